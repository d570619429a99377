/**
 * Learning rate against step.
 *
 * @module
 */

/** A linear warm-up, then half a cosine down to a share of the peak. */
export interface Schedule {
  /** Highest learning rate. */
  readonly learningRate: number;
  /** Steps of the warm-up. */
  readonly warmup: number;
  /** Steps in all. */
  readonly steps: number;
  /** The last learning rate as a share of the highest. */
  readonly floor: number;
}

/** The learning rate of a step, counted from 0. */
export function learningRateAt(
  { learningRate, warmup, steps, floor }: Schedule,
  step: number,
): number {
  const rise = Math.min(1, (step + 1) / Math.max(1, warmup));
  const fall = 0.5 * (1 + Math.cos(Math.PI * Math.min(1, step / steps)));
  return learningRate * rise * (floor + (1 - floor) * fall);
}
