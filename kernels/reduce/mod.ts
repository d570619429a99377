/**
 * Sum over partial results in a fixed order: what other kernels use instead of atomics.
 *
 * @module
 */
import { expectShape, type GpuArray } from "../../src/gpu/array.ts";
import type { Gpu } from "../../src/gpu/gpu.ts";
import { grid } from "../grid.ts";
import { coverOf, overlap, shareBinding, tableParams, tableSize } from "../table.ts";
import type { GradientTarget } from "../target.ts";
import { reduceCode, type ReduceRow, reduceRow } from "./wgsl.ts";

/**
 * target = Σ_p partials[p] (+ target where it accumulates): at once, or with others later where the
 * target says so.
 *
 * @param partials `[count, …shape of the target]`, rows may be strided.
 * @returns The target's array.
 * @throws {ShapeError} where the shapes do not agree.
 */
export function reducePartials(gpu: Gpu, partials: GpuArray, target: GradientTarget): GpuArray {
  reduceEach(gpu, [{ partials, target }]);
  return target.array;
}

/**
 * The same for several sums of partial results that lie in one buffer: in one dispatch where their
 * targets share another and do not overlap.
 *
 * @param sums At most {@linkcode MAX_ROWS}.
 * @throws {ShapeError} where the shapes do not agree.
 */
export function reduceEach(gpu: Gpu, sums: readonly PartialSum[]): void {
  for (const { partials, target } of sums) {
    expectShape("reduce", "target", target.array, partials.shape.slice(1));
  }
  const now = sums.filter(({ partials, target }) => !target.sums?.defer(partials, target));
  for (const each of mayGoTogether(gpu, now) ? [now] : now.map((sum) => [sum])) {
    reduceAll(gpu, each);
  }
}

function mayGoTogether(gpu: Gpu, sums: readonly PartialSum[]): boolean {
  if (sums.length < 2) return false;
  const targets = sums.map(({ target }) => target.array);
  const apart = targets.every((a, i) => targets.slice(i + 1).every((b) => !overlap(a, b)));
  return apart && shareBinding(gpu, targets) &&
    shareBinding(gpu, sums.map(({ partials }) => partials));
}

/**
 * Room for partial results that {@linkcode reducePartials} will sum: the caller releases it then.
 *
 * @param target Of one of the sums; of none where absent.
 */
export function roomForPartials(
  gpu: Gpu,
  target: GradientTarget | undefined,
  shape: readonly number[],
): GpuArray {
  return target?.sums?.room(target.array, shape) ?? gpu.empty(shape);
}

/** A sum that {@linkcode reducePartials} was asked for. */
export interface PartialSum {
  /** `[count, …shape of the target]`. */
  readonly partials: GpuArray;
  /** Where it goes. */
  readonly target: GradientTarget;
}

/**
 * Takes sums together: one dispatch for those that vectors of four can take, one for the rest.
 *
 * @param sums At most {@linkcode MAX_ROWS}; all partial results lie in one buffer and all targets in
 * another, each within what one binding reaches, and no target is named twice.
 */
export function reduceAll(gpu: Gpu, sums: readonly PartialSum[]): void {
  const partials = coverOf(sums.map(({ partials }) => partials));
  const targets = coverOf(sums.map(({ target }) => target.array));
  const rows = sums.map((sum) => rowOf(sum, partials.offset, targets.offset));
  for (const vec4 of [true, false]) {
    const chosen = rows.filter((row) => isAligned(row) === vec4).map((row) => reduceRow(row, vec4));
    if (chosen.length === 0) continue;
    const constants = { size: tableSize(chosen.length), vec4 };
    const label = `reduce ${constants.size} ${Number(vec4)}`;
    const kernel = gpu.kernel(label, () => reduceCode(constants));
    const groups = chosen.reduce((sum, { groups }) => sum + groups, 0);
    gpu.dispatch(kernel, [partials, targets], grid(groups), tableParams(chosen));
  }
}

function rowOf({ partials, target }: PartialSum, partialsAt: number, targetsAt: number): ReduceRow {
  const { array, accumulate } = target;
  // Without gaps on either side all rows are one.
  const whole = partials.rowStride === partials.columns && array.contiguous;
  return {
    partialAt: partials.offset - partialsAt,
    partialStride: partials.rowStride,
    partialStep: array.rows * partials.rowStride,
    count: partials.shape[0],
    targetAt: array.offset - targetsAt,
    targetStride: array.rowStride,
    columns: whole ? array.size : array.columns,
    rows: whole ? 1 : array.rows,
    accumulate,
  };
}

function isAligned(row: ReduceRow): boolean {
  const { partialAt, partialStride, partialStep, targetAt, targetStride, columns, rows } = row;
  const strides = rows === 1 ? [] : [partialStride, targetStride];
  return [partialAt, partialStep, targetAt, columns, ...strides].every((n) => n % 4 === 0);
}
