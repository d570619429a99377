/**
 * WGSL of the gather of rows and of its backward, a sum per row in the order of the positions.
 *
 * @module
 */
import { GROUP } from "../grid.ts";
import { bindings, elementOf, entry, load4, repeat, store4 } from "../wgsl.ts";

/** Threads of a gathering workgroup. */
export const WORKGROUP = 64;
/** Vectors of four columns that a thread copies, so that one read of an id serves them all. */
const COPIES = 4;

/** What is baked into the text of the gather. */
export interface GatherConstants {
  /** Features of a row. */
  readonly columns: number;
  /** Elements between rows of the table. */
  readonly stride: number;
  /** First element of the table within its binding. */
  readonly offset: number;
  /** Whether the table can be read as vec4f. */
  readonly vec4: boolean;
  /** First id within its binding. */
  readonly idOffset: number;
  /** Whether the table is part of a larger one: the uniform then says which rows it has. */
  readonly inParts?: boolean;
}

/** Threads that share a row. */
export function gatherThreads(columns: number): number {
  return Math.ceil(columns / (4 * COPIES));
}

/** out[i] = table[ids[i]]. */
export function gatherCode(c: GatherConstants): string {
  const threads = gatherThreads(c.columns);
  const outVec4 = c.columns % 4 === 0;
  const tail = { position: "column", limit: `${c.columns}u` };
  const copy = (k: number) => {
    const loaded = load4("table", "source + column", c.vec4, c.vec4 ? undefined : tail);
    return `{ let column = (part + ${k * threads}u) * 4u;
    if (column < ${c.columns}u) {
      let value = ${loaded};
      ${store4("result", `(i * ${c.columns}u + column)`, "value", outVec4, tail)}
    } }`;
  };
  return `${
    bindings([`table: ${elementOf(c.vec4)}`, "ids: i32", `out result: ${elementOf(outVec4)}`], [
      "count",
      ...(c.inParts ? ["first", "end"] : []),
    ])
  }
${entry(WORKGROUP, 0)}
  let thread = ${GROUP} * ${WORKGROUP}u + local;
  let i = thread / ${threads}u;
  let part = thread % ${threads}u;
  if (i >= params.count) { return; }
${sourceOf(c)}
${repeat(COPIES, copy)}
}`;
}

/** Where the row of an id lies in the table. */
function sourceOf(c: GatherConstants): string {
  const id = `u32(ids[${c.idOffset}u + i])`;
  if (!c.inParts) return `  let source = ${c.offset}u + ${id} * ${c.stride}u;`;
  return `  let id = ${id};
  if (id < params.first || id >= params.end) { return; }
  let source = ${c.offset}u + (id - params.first) * ${c.stride}u;`;
}

/** What is baked into the text of the gather's backward. */
export interface ScatterConstants {
  /** Features of a row. */
  readonly columns: number;
  /** Elements between rows of the upstream gradient. */
  readonly stride: number;
  /** First element of the upstream gradient within its binding. */
  readonly offset: number;
  /** Whether the upstream gradient can be read as vec4f. */
  readonly vec4: boolean;
  /** First element of the target within its binding. */
  readonly targetOffset: number;
  /** Whether the target can be written as vec4f. */
  readonly targetVec4: boolean;
  /** Adds to the target instead of overwriting it. */
  readonly accumulate: boolean;
  /** Threads that share the positions of a row; more than 1 join through workgroup memory. */
  readonly slices: number;
  /** Bindings that hold the upstream gradient; one where absent. */
  readonly upstreamParts?: number;
  /** Rows of all of those bindings but the last. */
  readonly upstreamRows?: number;
}

/** Threads along the columns of a row, and rows of a workgroup. */
export function scatterTile(
  { columns, slices }: ScatterConstants,
): { threads: number; rows: number } {
  const threads = Math.min(64, Math.ceil(columns / 4));
  return { threads, rows: slices > 1 ? 1 : Math.max(1, Math.floor(64 / threads)) };
}

/** target[v] = Σ dOut[p] over the positions p at which id v stands, lowest first. */
export function scatterCode(c: ScatterConstants): string {
  const { threads, rows } = scatterTile(c);
  const names = Array.from({ length: c.upstreamParts ?? 1 }, (_, i) => `upstream${i || ""}`);
  const arrays = names.map((name) => `${name}: ${elementOf(c.vec4)}`);
  arrays.push("starts: u32", "positions: u32");
  return `${bindings([...arrays, `out target_: ${elementOf(c.targetVec4)}`], ["rows"])}
${c.slices > 1 ? `var<workgroup> sums: array<vec4f, ${threads * c.slices}>;` : ""}
${termCode(c, names)}
${entry(threads * rows * c.slices, 0)}
  let slice = ${c.slices > 1 ? `local / ${threads}u` : "0u"};
  let row = ${GROUP} * ${rows}u + ${rows > 1 ? `local / ${threads}u` : "0u"};
  let column = (group.z * ${threads}u + local % ${threads}u) * 4u;
  var sum = vec4f();
  if (row < params.rows && column < ${c.columns}u) {
${sumPositions(c)}
  }
${joinSlices(c, threads)}
  if (row < params.rows && slice == 0u && column < ${c.columns}u) {
    ${storeSum(c)}
  }
}`;
}

/** WGSL of `term`: four columns of the gradient at a position. */
function termCode(c: ScatterConstants, names: readonly string[]): string {
  const load = (name: string) => load4(name, "at", c.vec4, c.vec4 ? undefined : limit(c));
  const at = (row: string) => `  let at = ${c.offset}u + ${row} * ${c.stride}u + column;`;
  const head = "fn term(p: u32, column: u32) -> vec4f {";
  if (names.length === 1) {
    return `${head}\n${at("positions[p]")}\n  return ${load(names[0])};\n}`;
  }
  return `${head}
  let row = positions[p];
${at(`(row % ${c.upstreamRows}u)`)}
  switch row / ${c.upstreamRows}u {
${names.slice(1).map((name, i) => `    case ${i + 1}u: { return ${load(name)}; }`).join("\n")}
    default: { return ${load(names[0])}; }
  }
}`;
}

const limit = (c: ScatterConstants) => ({ position: "column", limit: `${c.columns}u` });

/** Two independent sums hide the latency of the loads. */
function sumPositions({ slices }: ScatterConstants): string {
  return `    let end = starts[row + 1u];
    var other = vec4f();
    var p = starts[row] + slice;
    for (; p + ${slices}u < end; p += ${2 * slices}u) {
      sum += term(p, column);
      other += term(p + ${slices}u, column);
    }
    if (p < end) { sum += term(p, column); }
    sum += other;`;
}

function joinSlices({ slices }: ScatterConstants, threads: number): string {
  if (slices === 1) return "";
  return `  sums[local] = sum;
  workgroupBarrier();
${repeat(slices - 1, (s) => `  if (slice == 0u) { sum += sums[local + ${(s + 1) * threads}u]; }`)}`;
}

function storeSum(c: ScatterConstants): string {
  const at = `(${c.targetOffset}u + row * ${c.columns}u + column)`;
  const before = c.accumulate ? `${load4("target_", at, c.targetVec4)} + ` : "";
  return `let value = ${before}sum;
    ${store4("target_", at, "value", c.targetVec4, limit(c))}`;
}
