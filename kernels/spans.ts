/**
 * Arrays larger than one binding: kernels run over spans of them.
 *
 * @module
 */
import { ShapeError } from "../src/base/errors.ts";
import type { GpuArray } from "../src/gpu/array.ts";
import { type Gpu, residual } from "../src/gpu/gpu.ts";

/** Entries `start` to `end` (exclusive) of a first axis. */
export interface Span {
  /** First entry. */
  readonly start: number;
  /** One past the last entry. */
  readonly end: number;
}

/** Bindings start at multiples of 256 bytes: of so many elements. */
const alignmentOf = (array: GpuArray): number => 256 / array.elementBytes;

const divisor = (a: number, b: number): number => b === 0 ? a : divisor(b, a % b);

/** Elements of one binding. */
export function bindable(gpu: Gpu): number {
  return Math.floor(gpu.bindingLimit / 16) * 4;
}

/** Most entries of the first axis that fit one binding of each array, however far in it they start. */
function mostEntries(gpu: Gpu, arrays: readonly GpuArray[], start: (array: GpuArray) => number) {
  const most = arrays.map((array) => (bindable(gpu) - start(array)) / array.leadingStride);
  return Math.floor(Math.min(...most));
}

/**
 * Spans of the arrays' first axis, one where they fit whole. A span of each array starts as far into
 * its binding as the array itself, so all spans run the same kernel.
 *
 * @param operation Named in the error.
 * @param arrays With first axes of the same size.
 * @param multiple Spans are multiples of so many entries.
 * @throws {ShapeError} where the least span is more than the device binds.
 */
export function spans(
  gpu: Gpu,
  operation: string,
  arrays: readonly GpuArray[],
  multiple = 1,
): Span[] {
  const count = arrays[0].shape[0];
  const most = mostEntries(gpu, arrays, residual);
  if (most >= count) return [{ start: 0, end: count }];
  const steps = arrays.map((array) =>
    alignmentOf(array) / divisor(array.leadingStride, alignmentOf(array))
  );
  const aligned = Math.max(...steps);
  const step = aligned * multiple / divisor(aligned, multiple);
  const size = Math.floor(most / step) * step;
  if (size < 1) throw unbindable(gpu, operation, arrays, step);
  return Array.from({ length: Math.ceil(count / size) }, (_, i) => ({
    start: i * size,
    end: Math.min((i + 1) * size, count),
  }));
}

/** A sum over rows in pieces of `span` rows: the part of it that one dispatch does. */
export interface PieceSpan extends Span {
  /** The piece to which the first row belongs. */
  readonly first: number;
  /** Whether that piece has been begun by the dispatch before. */
  readonly continues: boolean;
}

/**
 * Spans of rows for kernels that sum over pieces of `span` rows each: whole pieces where they fit,
 * else parts of one piece that go on from what the part before has left.
 *
 * @param arrays `[rows, …]`.
 * @param span Rows of a piece.
 * @param round A part of a piece is a multiple of so many rows.
 * @throws {ShapeError} where not even that is bound at once.
 */
export function pieceSpans(
  gpu: Gpu,
  operation: string,
  arrays: readonly GpuArray[],
  span: number,
  round: number,
): PieceSpan[] {
  const rows = arrays[0].shape[0];
  if (mostEntries(gpu, arrays, residual) >= rows) {
    return [{ start: 0, end: rows, first: 0, continues: false }];
  }
  const most = mostEntries(gpu, arrays, (array) => alignmentOf(array) - 1);
  const size = Math.floor(most / span) * span || Math.floor(most / round) * round;
  if (size < 1) throw unbindable(gpu, operation, arrays, round);
  const made: PieceSpan[] = [];
  for (let start = 0; start < rows;) {
    const first = Math.floor(start / span);
    // Parts of one piece end with it.
    const end = Math.min(start + size, size < span ? (first + 1) * span : rows, rows);
    made.push({ start, end, first, continues: start > first * span });
    start = end;
  }
  return made;
}

function unbindable(
  gpu: Gpu,
  operation: string,
  arrays: readonly GpuArray[],
  entries: number,
): ShapeError {
  return new ShapeError(
    `${operation}: found [${arrays.map(({ shape }) => shape).join("], [")}], of which ${entries} ` +
      `entries are more than the ${gpu.bindingLimit} bytes that ${gpu.facts.adapter} binds at ` +
      `once, expected them to fit; use smaller batches or shorter sequences`,
  );
}
