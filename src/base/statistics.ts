/**
 * 95% intervals of accuracies: Wilson's for one group of items, a seeded percentile bootstrap for
 * averages over groups and for paired differences between two conditions (Efron and Tibshirani, An
 * Introduction to the Bootstrap, chapters 8 and 13). Tables, figures and summaries all take theirs
 * from here.
 *
 * @module
 */
import { DataError } from "./errors.ts";
import { Rng } from "./rng.ts";

/** A mean with its interval. */
export interface Estimate {
  /** The mean; over several groups, the mean of the groups' means. */
  readonly mean: number;
  /** Lower end of the interval. */
  readonly low: number;
  /** Upper end of the interval. */
  readonly high: number;
  /** How many items it rests on: those with something to divide by. */
  readonly n: number;
}

/** How often items are drawn again, unless told otherwise. */
export const RESAMPLES = 2000;

/** How a bootstrap draws. */
export interface BootstrapOptions {
  /** Names the random stream; the same seed gives the same interval. */
  readonly seed: string;
  /** How often the items are drawn again; {@linkcode RESAMPLES} unless told. */
  readonly resamples?: number;
  /** The interval's coverage, between 0 and 1; 0.95 unless told. */
  readonly level?: number;
}

/** What one item adds to its group's ratio: several answers to one item stay together. */
export interface ItemTotal {
  /** Sum over the item's answers. */
  readonly sum: number;
  /** How many answers it divides by. */
  readonly count: number;
}

/** The items of each group: one group for a question type, six for the average over six types. */
export type Groups = readonly (readonly ItemTotal[])[];

/** The `q` quantile of sorted values, linear between neighbours (R's type 7). */
export function quantile(sorted: ArrayLike<number>, q: number): number {
  const at = q * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}

/** The median of at least one value, in any order. */
export function median(values: readonly number[]): number {
  return quantile(values.toSorted((a, b) => a - b), 0.5);
}

/** The mean over groups of Σ sum / Σ count of the items that `pick` chooses; NaN from 0 / 0. */
function meanOfRatios(groups: Groups, pick: (group: readonly ItemTotal[], i: number) => ItemTotal) {
  let total = 0;
  for (const group of groups) {
    let [sum, count] = [0, 0];
    for (let i = 0; i < group.length; i++) {
      const item = pick(group, i);
      sum += item.sum;
      count += item.count;
    }
    total += sum / count;
  }
  return total / groups.length;
}

/**
 * The mean over groups of Σ sum / Σ count with a percentile interval; items are drawn again within
 * their own group, so that every resample keeps the number of items of each question type.
 * Resamples in which a group has nothing to divide by are passed over.
 *
 * @param groups The items of each group.
 * @returns null where there is no group, or a group with nothing to divide by: its ratio does not
 * exist, and leaving it out would change what the average means.
 */
export function bootstrapRatio(
  groups: Groups,
  { seed, resamples = RESAMPLES, level = 0.95 }: BootstrapOptions,
): Estimate | null {
  const mean = meanOfRatios(groups, (group, i) => group[i]);
  if (Number.isNaN(mean)) return null;
  const rng = new Rng(`bootstrap/${seed}`);
  const drawn = new Float64Array(resamples);
  for (let r = 0; r < resamples; r++) {
    drawn[r] = meanOfRatios(groups, (group) => group[rng.integer(group.length)]);
  }
  const means = drawn.filter((value) => !Number.isNaN(value)).sort();
  return {
    mean,
    low: quantile(means, (1 - level) / 2),
    high: quantile(means, (1 + level) / 2),
    n: groups.reduce((sum, group) => sum + group.filter(({ count }) => count > 0).length, 0),
  };
}

/** The normal deviate that leaves 2.5% on either side. */
const Z = 1.959963984540054;

/**
 * Σ sum / Σ count of one group of shares, with Wilson's 95% score interval (Wilson, JASA 22, 1927),
 * which stays open where all items agree. Its n is the number of items, so several answers to one
 * item pass for one.
 *
 * @param items Each item's sum is from 0 to its count.
 * @returns null where no item has anything to divide by.
 */
export function wilson(items: readonly ItemTotal[]): Estimate | null {
  const counted = items.filter(({ count }) => count > 0);
  const total = (key: keyof ItemTotal) => counted.reduce((sum, item) => sum + item[key], 0);
  const n = counted.length;
  if (n === 0) return null;
  const mean = total("sum") / total("count");
  const scale = 1 / (1 + Z * Z / n);
  const centre = scale * (mean + Z * Z / (2 * n));
  const half = scale * Z * Math.sqrt(mean * (1 - mean) / n + Z * Z / (4 * n * n));
  // A mean of 0 or 1 is itself an end, which rounding would miss by a hair.
  const low = mean === 0 ? 0 : centre - half;
  const high = mean === 1 ? 1 : centre + half;
  return { mean, low, high, n };
}

/**
 * An accuracy with its 95% interval: {@linkcode wilson} for one group, {@linkcode bootstrapRatio}
 * for the average over several.
 *
 * @param groups One group for a question type, six for the average over six types.
 * @param seed Names the random stream of an average.
 * @returns null as those two do.
 */
export function accuracyEstimate(groups: Groups, seed: string): Estimate | null {
  return groups.length === 1 ? wilson(groups[0]) : bootstrapRatio(groups, { seed });
}

/**
 * The mean of the groups' means, one number per item, with the interval of
 * {@linkcode bootstrapRatio}. One group gives the ordinary bootstrap of a mean.
 *
 * @returns null where there is no group, or a group without values.
 */
export function bootstrapMean(
  groups: readonly (readonly number[])[],
  options: BootstrapOptions,
): Estimate | null {
  return bootstrapRatio(groups.map((group) => group.map((sum) => ({ sum, count: 1 }))), options);
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
