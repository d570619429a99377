/**
 * Sum over partial results in a fixed order: what other kernels use instead of atomics.
 *
 * @module
 */
import { expectShape, type GpuArray } from "../../src/gpu/array.ts";
import { type Gpu, residual } from "../../src/gpu/gpu.ts";
import { grid } from "../grid.ts";
import type { GradientTarget } from "../target.ts";
import { reduceCode, WORKGROUP } from "./wgsl.ts";

/**
 * target = Σ_p partials[p] (+ target where it accumulates).
 *
 * @param partials `[count, …shape of the target]`, rows may be strided.
 * @throws {ShapeError} where the shapes do not agree.
 */
export function reducePartials(gpu: Gpu, partials: GpuArray, target: GradientTarget): GpuArray {
  const { array, accumulate } = target;
  const [count, ...shape] = partials.shape;
  expectShape("reduce", "target", array, shape);
  const constants = {
    columns: array.columns,
    rowStride: array.rowStride,
    offset: residual(array),
    partialStride: partials.rowStride,
    partialOffset: residual(partials),
    accumulate,
  };
  const label = `reduce ${Object.values(constants).join(" ")}`;
  const kernel = gpu.kernel(label, () => reduceCode(constants));
  gpu.dispatch(kernel, [partials, array], grid(Math.ceil(array.size / WORKGROUP)), [
    array.size,
    count,
    array.rows * partials.rowStride,
  ]);
  return array;
}
