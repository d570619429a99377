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
  }));
}

/** Cells of a table: the median, the range, and the median as a multiple of the first side's. */
export function timeCells(times: readonly RunTimes[], i: number): string[] {
  const { median, range: [least, most] } = times[i];
  return [
    median.toFixed(2),
    `${least.toFixed(2)} to ${most.toFixed(2)}`,
    (median / times[0].median).toFixed(2),
  ];
}
