/**
 * The kernel that lays weights out in panels, many of them in one dispatch.
 *
 * @module
 */
import type { GpuArray } from "../../src/gpu/array.ts";
import type { Gpu } from "../../src/gpu/gpu.ts";
import { grid } from "../grid.ts";
import { coverOf, findRow, tableBinding, tableParams, tableSize } from "../table.ts";
import { bindings, elementOf, entry } from "../wgsl.ts";

/** A weight and where its panels go. */
export interface Panels {
  /** `[columns, depth]`, rows without gaps between elements. */
  readonly w: GpuArray;
  /** `[⌈columns / panel⌉, depth, panel]`, from a multiple of four elements on. */
  readonly array: GpuArray;
}

/** Threads of a workgroup. */
const WORKGROUP = 64;

/**
 * array[panel][k][column] = w[panel·width + column][k], zero past the last row: lanes then read
 * successive memory, and no power-of-two stride makes cache lines fight for one set.
 *
 * @param pieces At most {@linkcode MAX_ROWS}; all weights lie in one buffer and all panels in
 * another, each within what one binding reaches.
 */
export function packPanels(gpu: Gpu, pieces: readonly Panels[]): void {
  const from = coverOf(pieces.map(({ w }) => w));
  const to = coverOf(pieces.map(({ array }) => array));
  const rows = pieces.map(({ w, array }) => {
    const [columns, depth] = w.shape;
    const place = (array.offset - to.offset) / 4;
    const words = [w.offset - from.offset, w.rowStride, columns, depth, place, array.size / 4];
    return { groups: Math.ceil(array.size / 4 / WORKGROUP), words };
  });
  const half = to.dtype === "f16";
  const constants = { size: tableSize(rows.length), panel: pieces[0].array.columns, half };
  const label = `pack ${Object.values(constants).map(Number).join(" ")}`;
  const kernel = gpu.kernel(label, () => packCode(constants));
  const groups = rows.reduce((sum, { groups }) => sum + groups, 0);
  gpu.dispatch(kernel, [from, to], grid(groups), tableParams(rows));
}

/** What is baked into the text. */
interface PackConstants {
  /** Rows of the table. */
  readonly size: number;
  /** Columns of a panel. */
  readonly panel: number;
  /** Whether the panels are of f16. */
  readonly half: boolean;
}

function packCode({ size, panel, half }: PackConstants): string {
  const quads = panel / 4;
  const element = elementOf(true, half);
  return `${bindings(["w: f32", `out packed: ${element}`])}${tableBinding(2, size)}
${entry(WORKGROUP, 0)}
${findRow(size, WORKGROUP)}
  if (i >= rowB.y) { return; }
  let word = i / ${quads}u;
  let k = word % rowA.w;
  let n = word / rowA.w * ${panel}u + i % ${quads}u * 4u;
  let last = vec4u(rowA.z - 1u);
  let columns = n + vec4u(0u, 1u, 2u, 3u);
  let at = rowA.x + min(columns, last) * rowA.y + k;
  let values = vec4f(w[at.x], w[at.y], w[at.z], w[at.w]);
  packed[rowB.x + i] = ${element}(select(vec4f(), values, columns <= last));
}`;
}
