/**
 * Timing several sides of a comparison in turn, so that what the machine does meanwhile meets all.
 *
 * @module
 */
import { median } from "../../src/base/statistics.ts";

/** Runs something so many times and yields the milliseconds of all together. */
export type Timed = (times: number) => number | Promise<number>;

/** What one run takes, in milliseconds. */
export interface RunTimes {
  /** The median over the repeats. */
  readonly median: number;
  /** The fastest and the slowest repeat. */
  readonly range: readonly [number, number];
  /** How many repeats. */
  readonly repeats: number;
}

/** The same work on several sides, timed in turn in one run. */
export interface Comparison {
  /** What was run. */
  readonly operation: string;
  /** On what sizes. */
  readonly shape: string;
  /** Floating-point operations of one run; null where nobody counted. */
  readonly operations: number | null;
  /** Who ran it, and how long it took; the kit first. */
  readonly sides: readonly { readonly name: string; readonly times: RunTimes }[];
}

/**
 * Times each side, one after the other, and again.
 *
 * @param longEnough Milliseconds that a repeat should take, so that the wait at its end hardly counts.
 */
export async function timeInTurn(
  sides: readonly Timed[],
  { repeats, longEnough }: { repeats: number; longEnough: number },
): Promise<RunTimes[]> {
  const runs: number[] = [];
  for (const side of sides) {
    await side(1);
    runs.push(Math.max(1, Math.ceil(longEnough / await side(1))));
  }
  const times = sides.map((): number[] => []);
  for (let i = 0; i < repeats; i++) {
    for (const [j, side] of sides.entries()) times[j].push(await side(runs[j]) / runs[j]);
  }
  return times.map((all) => ({
    median: median(all),
    range: [Math.min(...all), Math.max(...all)],
    repeats,
  }));
}

/** Rows of a table: for each side of each comparison work, shape, who, rate and times. */
export function comparisonCells(comparisons: readonly Comparison[]): string[][] {
  return comparisons.flatMap(({ operation, shape, operations, sides }) => {
    const times = sides.map((side) => side.times);
    return sides.map(({ name }, i) => [
      operation,
      shape,
      name,
      operations === null ? "" : (operations / times[i].median / 1e6).toFixed(1),
      ...timeCells(times, i),
    ]);
  });
}

/** The heading above {@linkcode comparisonCells}. */
export const COMPARISON_HEADING: readonly string[] = [
  "work",
  "shape",
  "side",
  "GFLOP/s",
  "median ms",
  "range",
  "of the first's time",
];

/** Cells of a table: the median, the range, and the median as a multiple of the first side's. */
export function timeCells(times: readonly RunTimes[], i: number): string[] {
  const { median, range: [least, most] } = times[i];
  return [
    median.toFixed(2),
    `${least.toFixed(2)} to ${most.toFixed(2)}`,
    (median / times[0].median).toFixed(2),
  ];
}
