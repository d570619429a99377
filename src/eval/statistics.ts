/**
 * Seeded percentile bootstrap for means, for averages over question types, and for paired
 * differences between two conditions (Efron and Tibshirani, An Introduction to the Bootstrap,
 * chapters 8 and 13).
 *
 * @module
 */
import { DataError } from "../base/errors.ts";
import { Rng } from "../base/rng.ts";

/** A mean with its interval. */
export interface Estimate {
  /** The mean; over several groups, the mean of the groups' means. */
  readonly mean: number;
  /** Lower end of the interval. */
  readonly low: number;
  /** Upper end of the interval. */
  readonly high: number;
  /** How many items it rests on. */
  readonly n: number;
}

/** How a bootstrap draws. */
export interface BootstrapOptions {
  /** Names the random stream; the same seed gives the same interval. */
  readonly seed: string;
  /** How often the items are drawn again; 2,000 unless told. */
  readonly resamples?: number;
  /** The interval's coverage, between 0 and 1; 0.95 unless told. */
  readonly level?: number;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The `q` quantile of sorted values, linear between neighbours (R's type 7). */
export function quantile(sorted: ArrayLike<number>, q: number): number {
  const at = q * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}

/**
 * The mean of the groups' means with a percentile interval; items are drawn again within their own
 * group, so that every resample keeps the number of items of each question type. One group gives
 * the ordinary bootstrap of a mean.
 *
 * @param groups The values of each group, one number per item.
 * @returns null where there is no group, or a group without values: its mean does not exist, and
 * leaving it out would change what the average means.
 */
export function bootstrapMean(
  groups: readonly (readonly number[])[],
  { seed, resamples = 2000, level = 0.95 }: BootstrapOptions,
): Estimate | null {
  if (groups.length === 0 || groups.some((group) => group.length === 0)) return null;
  const rng = new Rng(`bootstrap/${seed}`);
  const means = new Float64Array(resamples);
  for (let r = 0; r < resamples; r++) {
    let total = 0;
    for (const group of groups) {
      let sum = 0;
      for (let i = 0; i < group.length; i++) sum += group[rng.integer(group.length)];
      total += sum / group.length;
    }
    means[r] = total / groups.length;
  }
  means.sort();
  return {
    mean: mean(groups.map(mean)),
    low: quantile(means, (1 - level) / 2),
    high: quantile(means, (1 + level) / 2),
    n: groups.reduce((sum, group) => sum + group.length, 0),
  };
}

/** Two conditions' values for the same items, in the same order. */
export interface Pair {
  /** The values of the condition that is compared. */
  readonly ours: readonly number[];
  /** The values of the condition that it is compared with. */
  readonly base: readonly number[];
}

/**
 * The mean difference `ours − base` over the same items, averaged over groups, with the interval of
 * {@linkcode bootstrapMean}: each resample draws items, and takes both conditions' values of each.
 *
 * @throws {DataError} where a pair's sides differ in length.
 */
export function pairedDifference(
  groups: readonly Pair[],
  options: BootstrapOptions,
): Estimate | null {
  const differences = groups.map(({ ours, base }) => {
    if (ours.length !== base.length) {
      throw new DataError(
        `paired difference: found ${ours.length} and ${base.length} values, expected the same ` +
          `items on both sides; score both conditions on the same items`,
      );
    }
    return ours.map((value, i) => value - base[i]);
  });
  return bootstrapMean(differences, options);
}
