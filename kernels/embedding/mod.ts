/**
 * Gather of a table's rows by id, and its backward: embeddings, and the choice of labelled tokens.
 *
 * @module
 */
import { DataError, ShapeError } from "../../src/base/errors.ts";
import { expectShape, type GpuArray } from "../../src/gpu/array.ts";
import { type Gpu, residual } from "../../src/gpu/gpu.ts";
import { grid } from "../grid.ts";
import { type Span, spans } from "../spans.ts";
import type { GradientTarget } from "../target.ts";
import { isVec4 } from "../wgsl.ts";
import { gatherCode, gatherThreads, scatterCode, scatterTile, WORKGROUP } from "./wgsl.ts";

/** Where each id stands: a counting sort, so that its gradient is summed in a fixed order. */
export interface RowIndex {
  /** u32 `[rows + 1]`: where the positions of each id begin, and the end of the last. */
  readonly starts: GpuArray;
  /** u32 `[count]`: positions sorted by id, then by place. */
  readonly positions: GpuArray;
}

/**
 * out[i] = table[ids[i]].
 *
 * @param table `[…, D]`; all axes but the last are rows; rows may lie apart.
 * @param ids i32 of any shape without gaps, each within the table's rows ({@linkcode checkIds}).
 * @returns `[…shape of ids, D]`.
 * @throws {ShapeError} where the ids are not integers or have gaps.
 */
export function embedding(gpu: Gpu, table: GpuArray, ids: GpuArray): GpuArray {
  if (ids.dtype !== "i32" || !ids.contiguous) {
    throw new ShapeError(
      `embedding: found ids of ${ids.dtype} with row stride ${ids.rowStride}, expected i32 ` +
        `without gaps`,
    );
  }
  const out = gpu.empty([...ids.shape, table.columns]);
  const [numbers, rows] = [ids.reshape([ids.size]), out.matrix];
  const tables = spans(gpu, "embedding", [table.matrix]);
  for (const { start, end } of spans(gpu, "embedding", [numbers, rows])) {
    const wanted = { ids: numbers.part(start, end), out: rows.part(start, end) };
    for (const span of tables) gather(gpu, table.matrix, wanted, span, tables.length > 1);
  }
  return out;
}

/** Rows of one span of the table; ids outside it are left to the other spans. */
function gather(
  gpu: Gpu,
  table: GpuArray,
  { ids, out }: { ids: GpuArray; out: GpuArray },
  { start, end }: Span,
  inParts: boolean,
): void {
  const part = table.part(start, end);
  const constants = {
    columns: part.columns,
    stride: part.rowStride,
    offset: residual(part),
    vec4: isVec4(part),
    idOffset: residual(ids),
    ...(inParts && { inParts }),
  };
  const label = `embedding ${Object.values(constants).map(Number).join(" ")}`;
  const kernel = gpu.kernel(label, () => gatherCode(constants));
  const groups = Math.ceil(ids.size * gatherThreads(part.columns) / WORKGROUP);
  const place = inParts ? [start, end] : [];
  gpu.dispatch(kernel, [part, ids, out], grid(groups), [ids.size, ...place]);
}

/** Lavapipe ends a thread's loops at 65,535 rounds, without a word; a round visits two positions. */
const MAX_POSITIONS = 131_070;

/**
 * Sorts positions by id on the CPU and uploads them.
 *
 * @param ids At least one, each within `rows`; {@linkcode checkIds} says so beforehand.
 * @param rows Rows of the table.
 * @throws {ShapeError} where one id stands at more positions than a loop can visit on this device.
 */
export function makeRowIndex(gpu: Gpu, ids: Int32Array, rows: number): RowIndex {
  const starts = new Uint32Array(rows + 1);
  for (const id of ids) starts[id + 1]++;
  const most = starts.reduce((a, b) => Math.max(a, b));
  if (gpu.facts.kind === "cpu" && most > MAX_POSITIONS) {
    throw new ShapeError(
      `embedding: found one id at ${most} positions, expected at most ${MAX_POSITIONS} on ` +
        `${gpu.facts.adapter}; use smaller batches`,
    );
  }
  for (let row = 0; row < rows; row++) starts[row + 1] += starts[row];
  const next = starts.slice();
  const positions = new Uint32Array(ids.length);
  ids.forEach((id, position) => positions[next[id]++] = position);
  return { starts: gpu.upload(starts), positions: gpu.upload(positions) };
}

/**
 * Checks ids before they reach the GPU, which would read another row without a word.
 *
 * @param what What the ids are, for the message.
 * @throws {DataError} that names the first bad id, its position and the vocabulary's size.
 */
export function checkIds(what: string, ids: Int32Array, vocabulary: number): void {
  const position = ids.findIndex((id) => id < 0 || id >= vocabulary);
  if (position < 0) return;
  throw new DataError(
    `${what}: found id ${ids[position]} at position ${position}, expected 0 to ${vocabulary - 1} ` +
      `(vocabulary of ${vocabulary}); use the tokenizer that the model was made with`,
  );
}

/** Mean positions an id from which on several threads share them: a barrier costs a CPU more. */
const CROWDED = { cpu: 32, gpu: 4 };
const SLICES = 4;

/**
 * target[v] = Σ dOut[p] over the positions p of id v (+ target[v] where it accumulates).
 *
 * @param dOut `[…, D]`, as many rows as the index has positions; rows may lie apart.
 * @param target Contiguous `[V, D]` or any shape of V rows; a new `[V, D]` where absent.
 * Rows that no id names become 0, or stay where it accumulates.
 * @throws {ShapeError} where the shapes do not agree.
 */
export function embeddingBackward(
  gpu: Gpu,
  dOut: GpuArray,
  index: RowIndex,
  target: GradientTarget = {
    array: gpu.empty([index.starts.size - 1, dOut.columns]),
    accumulate: false,
  },
): GpuArray {
  const { array, accumulate } = target;
  const rows = index.starts.size - 1;
  expectShape("embedding backward", "target", array, [...array.shape.slice(0, -1), dOut.columns]);
  if (array.rows !== rows || !array.contiguous || dOut.rows !== index.positions.size) {
    throw new ShapeError(
      `embedding backward: found ${dOut.rows} rows of gradient and a target of [${array.shape}] ` +
        `with row stride ${array.rowStride}, expected ${index.positions.size} rows and a target of ` +
        `${rows} rows without gaps`,
    );
  }
  const upstream = upstreamParts(gpu, dOut.matrix);
  const whole = array.matrix;
  for (
    const { start, end } of spans(gpu, "embedding backward", [whole, index.starts.part(0, rows)])
  ) {
    const part = whole.part(start, end);
    const constants = {
      columns: dOut.columns,
      stride: dOut.rowStride,
      offset: residual(dOut),
      vec4: isVec4(dOut),
      targetOffset: residual(part),
      targetVec4: isVec4(part),
      accumulate,
      slices: dOut.rows >= CROWDED[gpu.facts.kind] * rows ? SLICES : 1,
      ...(upstream.length > 1 &&
        { upstreamRows: upstream[0].rows, upstreamParts: upstream.length }),
    };
    const label = `embeddingBackward ${Object.values(constants).map(Number).join(" ")}`;
    const kernel = gpu.kernel(label, () => scatterCode(constants));
    const tile = scatterTile(constants);
    const blocks = Math.ceil(dOut.columns / (4 * tile.threads));
    const size = [...grid(Math.ceil((end - start) / tile.rows)), blocks] as const;
    const starts = index.starts.part(start, end + 1);
    gpu.dispatch(kernel, [...upstream, starts, index.positions, part], size, [end - start]);
  }
  return array;
}

/** A row of the target may take from anywhere, so all parts of the upstream gradient are bound. */
function upstreamParts(gpu: Gpu, dOut: GpuArray): GpuArray[] {
  const parts = spans(gpu, "embedding backward", [dOut]);
  const most = gpu.device.limits.maxStorageBuffersPerShaderStage - 3;
  if (parts.length > most) {
    throw new ShapeError(
      `embedding backward: found dOut of [${dOut.shape}], ${parts.length} bindings of at most ` +
        `${gpu.bindingLimit} bytes, expected at most ${most} on ${gpu.facts.adapter}; use smaller ` +
        `batches`,
    );
  }
  return parts.map(({ start, end }) => dOut.part(start, end));
}
