/**
 * Where a kernel leaves a parameter's gradient.
 *
 * @module
 */
import type { GpuArray } from "../src/gpu/array.ts";
import type { DeferredSums } from "./reduce/deferred.ts";

/** An array to overwrite, or to add to where an earlier micro-batch or use has written already. */
export interface GradientTarget {
  /** Array of the parameter's shape. */
  readonly array: GpuArray;
  /** `true` adds to what is there. */
  readonly accumulate: boolean;
  /** Where sums over partial results may wait for others; absent, they are taken at once. */
  readonly sums?: DeferredSums;
}
