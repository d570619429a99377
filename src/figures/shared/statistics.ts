/**
 * From score rows to what `base/statistics.ts` estimates: strict and scored accuracy, and paired
 * differences.
 *
 * Strict accuracy divides by every answer that was due: a failed judge, a missing answer and an
 * error count as wrong. Scored accuracy divides by the answers that have a score. Items are what is
 * counted, so several checkpoints that answer one item do not pass for independent evidence.
 *
 * @module
 */
import { DataError } from "../../base/errors.ts";
import {
  accuracyEstimate,
  bootstrapRatio,
  type Estimate,
  type Groups,
} from "../../base/statistics.ts";
import type { ScoreRow } from "./rows.ts";

/** Lower and upper end of a 95% interval. */
export type Interval = readonly [number, number];

/** Accuracy of one cell; every number is null where there is nothing to divide by. */
export interface Accuracy {
  /** Answers that were due. */
  readonly n: number;
  /** Answers that have a score. */
  readonly scored: number;
  /** Mean over all answers that were due, failures as 0. */
  readonly strict: number | null;
  /** Interval of `strict`: Wilson's for one stratum, bootstrap for an average over several. */
  readonly strictInterval: Interval | null;
  /** Mean over scored answers. */
  readonly scoredAccuracy: number | null;
  /** Interval of `scoredAccuracy`, of the same kind. */
  readonly scoredInterval: Interval | null;
}

/** A paired difference of strict accuracies. */
export interface Difference {
  /** Items that both sides answered. */
  readonly items: number;
  /** Mean of (method − baseline) over items, or null where no item is shared. */
  readonly difference: number | null;
  /** Bootstrap interval of the difference. */
  readonly interval: Interval | null;
}

/** Sums over the answers to one item. */
interface ItemTotals {
  readonly due: number;
  readonly scored: number;
  readonly sum: number;
}

/** The groups of a cell: one for a question type, six for the average over types. */
type Strata = readonly (readonly ItemTotals[])[];

/**
 * Accuracy of the rows of each stratum, averaged over strata with equal weight. A question type is
 * one stratum; the average over six types is six.
 *
 * @throws {DataError} on rows of several metrics, repeated rows, and values that disagree with
 * their status or leave 0 to 1.
 */
export function accuracy(strata: readonly (readonly ScoreRow[])[], seed: string): Accuracy {
  const totals = strata.map((rows) => [...itemTotals(rows).values()]);
  const count = (key: "due" | "scored") => totals.flat().reduce((sum, item) => sum + item[key], 0);
  const strict = accuracyEstimate(groupsOf(totals, "due"), seed);
  const scored = accuracyEstimate(groupsOf(totals, "scored"), seed);
  return {
    n: count("due"),
    scored: count("scored"),
    strict: strict && strict.mean,
    strictInterval: intervalOf(strict),
    scoredAccuracy: scored && scored.mean,
    scoredInterval: intervalOf(scored),
  };
}

/**
 * Strict accuracy of `rows` minus that of `baseline`, item by item, averaged over strata with equal
 * weight. Items that only one side answered are left out, and `items` says how many were not.
 *
 * @throws {DataError} as {@linkcode accuracy} does.
 */
export function pairedDifference(
  rows: readonly (readonly ScoreRow[])[],
  baseline: readonly (readonly ScoreRow[])[],
  seed: string,
): Difference {
  const strata = rows.map((stratum, i) => pairs(itemTotals(stratum), itemTotals(baseline[i])));
  const items = strata.reduce((sum, stratum) => sum + stratum.length, 0);
  const estimate = bootstrapRatio(groupsOf(strata, "due"), { seed });
  return { items, difference: estimate && estimate.mean, interval: intervalOf(estimate) };
}

/** The items of each stratum with what their sums divide by. */
function groupsOf(strata: Strata, count: "due" | "scored"): Groups {
  return strata.map((items) => items.map(({ sum, ...n }) => ({ sum, count: n[count] })));
}

const intervalOf = (estimate: Estimate | null): Interval | null =>
  estimate && [estimate.low, estimate.high];

/** Each shared item's difference of means, as totals of one answer. */
function pairs(left: Map<string, ItemTotals>, right: Map<string, ItemTotals>): ItemTotals[] {
  const out: ItemTotals[] = [];
  for (const [id, a] of left) {
    const b = right.get(id);
    if (b) out.push({ due: 1, scored: 1, sum: a.sum / a.due - b.sum / b.due });
  }
  return out;
}

function itemTotals(rows: readonly ScoreRow[]): Map<string, ItemTotals> {
  const totals = new Map<string, ItemTotals>();
  const seen = new Set<string>();
  for (const row of rows) {
    checkRow(row, rows[0].metric);
    const key = JSON.stringify([row.item_id, row.length, row.model, row.method]);
    if (seen.has(key)) {
      throw new DataError(
        `accuracy: the score of item ${row.item_id} (length ${row.length}, ${row.model}, ` +
          `${row.method}) is there twice, expected one row; score the answers again`,
      );
    }
    seen.add(key);
    const { due, scored, sum } = totals.get(row.item_id) ?? { due: 0, scored: 0, sum: 0 };
    totals.set(row.item_id, {
      due: due + 1,
      scored: scored + (row.status === "scored" ? 1 : 0),
      sum: sum + (row.value ?? 0),
    });
  }
  return totals;
}

function checkRow(row: ScoreRow, metric: string): void {
  const where = `accuracy: item ${row.item_id} (length ${row.length}, ${row.model}, ${row.method})`;
  if (row.metric !== metric) {
    throw new DataError(
      `${where} has metric ${row.metric} among rows of ${metric}, expected one metric; ` +
        `filter the score rows by metric first`,
    );
  }
  const inRange = row.value !== null && row.value >= 0 && row.value <= 1;
  if (row.status === "scored" ? !inRange : row.value !== null) {
    throw new DataError(
      `${where}: found value ${row.value} with status ${row.status}, expected a number from 0 to ` +
        `1 where scored and null elsewhere; score the answers again`,
    );
  }
}
