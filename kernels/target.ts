/**
 * Where a kernel leaves a parameter's gradient.
 *
 * @module
 */
import type { GpuArray } from "../src/gpu/array.ts";

/** An array to overwrite, or to add to where an earlier micro-batch or use has written already. */
export interface GradientTarget {
  /** Contiguous array of the parameter's shape. */
  readonly array: GpuArray;
  /** `true` adds to what is there. */
  readonly accumulate: boolean;
}
