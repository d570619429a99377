/**
 * From score rows to accuracies: per length, model, method and question type, their average over
 * the answerable types, abstention apart, and paired differences against a base condition.
 *
 * Strict accuracy counts every failure (missing, error, judge failed) as wrong; scored accuracy
 * divides by what could be scored. Both are always given, each with its own count.
 *
 * @module
 */
import { DataError } from "../base/errors.ts";
import type { ScoresTableRow } from "../tables/schemas.ts";
import type { Condition } from "./rows.ts";
import { accuracyEstimate, type Estimate, pairedDifference } from "../base/statistics.ts";
import { QUESTION_TYPES } from "../tables/question_types.ts";

/** Strict and scored accuracy of one set of items. */
export interface Accuracy {
  /** Over all items, failures wrong; null where there is no item. */
  readonly strict: Estimate | null;
  /** Over the scored items alone; null where a question type has none. */
  readonly scored: Estimate | null;
}

/** One question type under one condition. */
export interface TypeAccuracy extends Accuracy {
  /** The question type. */
  readonly question_type: string;
}

/** `ours − base` over the same items, strict accuracy. */
export interface Difference {
  /** The average over the answerable types. */
  readonly average: Estimate | null;
  /** Each answerable type in the order of {@linkcode Summary.questionTypes}. */
  readonly types: readonly (Estimate | null)[];
}

/** All results of one condition at one length. */
export interface SummaryRow extends Condition {
  /** The rule that gave the scores. */
  readonly metric: string;
  /** Context length in tokens. */
  readonly length: number;
  /** Each answerable type in the order of {@linkcode Summary.questionTypes}. */
  readonly types: readonly TypeAccuracy[];
  /** The mean of the answerable types, each with the same weight. */
  readonly average: Accuracy;
  /** The items that cannot be answered, never part of the average. */
  readonly abstention: Accuracy;
  /** How many items have no score, by reason. */
  readonly failures: {
    readonly missing: number;
    readonly error: number;
    readonly judge_failed: number;
  };
  /** Against the base condition at the same length; null for the base itself or without one. */
  readonly difference: Difference | null;
}

/** What {@linkcode summarize} gives; plain data, so it can be written as JSON. */
export interface Summary {
  /** The answerable question types: LongMemEval's in its order, then others by name. */
  readonly questionTypes: readonly string[];
  /** What the differences are taken against; null where none was asked for. */
  readonly base: Condition | null;
  /** By metric, length, then the conditions' order in the score rows. */
  readonly rows: readonly SummaryRow[];
}

/** How {@linkcode summarize} works. */
export interface SummaryOptions {
  /** Names the random stream of every interval; table 1 under the same seed has the same ones. */
  readonly seed: string;
  /** The condition that all others are compared with; none unless told. */
  readonly base?: Condition;
}

const strictValue = (row: ScoresTableRow): number => row.value ?? 0;

/** Checks that status and value agree. */
function checkRow(row: ScoresTableRow): void {
  const fits = row.status === "scored"
    ? row.value !== null && row.value >= 0 && row.value <= 1
    : row.value === null;
  if (!fits) {
    throw new DataError(
      `summary: item ${row.item_id} has status ${row.status} and value ${row.value}, expected a ` +
        `value from 0 to 1 exactly where the status is "scored"; make the scores again`,
    );
  }
}

function accuracy(groups: readonly (readonly ScoresTableRow[])[], seed: string): Accuracy {
  const totals = (count: (row: ScoresTableRow) => number) =>
    groups.map((rows) => rows.map((row) => ({ sum: strictValue(row), count: count(row) })));
  return {
    strict: accuracyEstimate(totals(() => 1), seed),
    // The same stream as the strict interval: without failures the two are the same numbers.
    scored: accuracyEstimate(totals((row) => row.value === null ? 0 : 1), seed),
  };
}

/** Rows in groups by a key, both in order of first appearance. */
function groupBy(
  rows: readonly ScoresTableRow[],
  key: (row: ScoresTableRow) => string,
): Map<string, ScoresTableRow[]> {
  const groups = new Map<string, ScoresTableRow[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}

/** The values of both conditions over the same items. */
function pair(ours: readonly ScoresTableRow[], base: readonly ScoresTableRow[], what: string) {
  const other = new Map(base.map((row) => [row.item_id, strictValue(row)]));
  const same = other.size === ours.length && ours.every((row) => other.has(row.item_id));
  if (!same) {
    throw new DataError(
      `summary: ${what} has ${ours.length} items and the base condition ${base.length}, or other ` +
        `ones; expected the same items; score both conditions on the same items`,
    );
  }
  return { ours: ours.map(strictValue), base: ours.map((row) => other.get(row.item_id) ?? 0) };
}

/** All rows of one condition at one length under one metric, by question type. */
class Cell {
  readonly name: string;
  /** Any row of the cell; all have its metric, length, model and method. */
  readonly first: ScoresTableRow;
  readonly #answerable: Map<string, ScoresTableRow[]>;
  readonly #rows: readonly ScoresTableRow[];
  readonly #types: readonly string[];
  readonly #seed: string;

  constructor(rows: readonly ScoresTableRow[], types: readonly string[], seed: string) {
    this.first = rows[0];
    const { metric, length, model, method } = this.first;
    this.name = `${metric}/${length}/${model}/${method}`;
    this.#rows = rows;
    this.#types = types;
    this.#seed = seed;
    this.#answerable = groupBy(rows.filter((row) => !row.abstention), (row) => row.question_type);
    const ids = new Set(rows.map((row) => row.item_id));
    if (ids.size !== rows.length) {
      throw new DataError(
        `summary: ${this.name} has ${rows.length} scores for ${ids.size} items, expected one ` +
          `score an item; make the scores again`,
      );
    }
  }

  /** The rows of one answerable type; empty where this length has none. */
  type(name: string): readonly ScoresTableRow[] {
    return this.#answerable.get(name) ?? [];
  }

  summarize(base: Cell | null): SummaryRow {
    const { metric, length, model, method } = this.first;
    const count = (status: string) => this.#rows.filter((row) => row.status === status).length;
    const groups = this.#types.map((name) => this.type(name));
    return {
      metric,
      length,
      model,
      method,
      types: this.#types.map((question_type, i) => ({
        question_type,
        ...accuracy([groups[i]], this.#seed),
      })),
      average: accuracy(groups, this.#seed),
      abstention: accuracy([this.#rows.filter((row) => row.abstention)], this.#seed),
      failures: {
        missing: count("missing"),
        error: count("error"),
        judge_failed: count("judge_failed"),
      },
      difference: base === null ? null : this.#difference(base),
    };
  }

  #difference(base: Cell): Difference {
    const seed = this.#seed;
    const pairs = this.#types.map((name) =>
      pair(this.type(name), base.type(name), `${this.name}, ${name},`)
    );
    return {
      average: pairedDifference(pairs, { seed }),
      types: pairs.map((one) => pairedDifference([one], { seed })),
    };
  }
}

/** The order of table 1, so that a resample of the average draws the same items in both. */
function inOrder(types: ReadonlySet<string>): string[] {
  const known: readonly string[] = QUESTION_TYPES;
  const others = [...types].filter((type) => !known.includes(type)).sort();
  return [...known.filter((type) => types.has(type)), ...others];
}

/**
 * Summarises score rows. The average is null where a question type has no item at that length: an
 * average over fewer types would be another quantity.
 *
 * @throws {DataError} on contradicting or doubled rows, on conditions scored on different items,
 * and where a base was named that has no scores.
 */
export function summarize(scores: readonly ScoresTableRow[], options: SummaryOptions): Summary {
  scores.forEach(checkRow);
  const answerable = scores.filter((row) => !row.abstention);
  const questionTypes = inOrder(new Set(answerable.map((row) => row.question_type)));
  const key = (row: ScoresTableRow) =>
    JSON.stringify([row.metric, row.length, row.model, row.method]);
  const cells = new Map(
    [...groupBy(scores, key)].map(([name, rows]) => [
      name,
      new Cell(rows, questionTypes, options.seed),
    ]),
  );
  const { base } = options;
  const rows = [...cells.values()].map((cell) => {
    if (!base) return cell.summarize(null);
    const { metric, length } = cell.first;
    const baseCell = cells.get(key({ ...cell.first, ...base }));
    if (!baseCell) {
      throw new DataError(
        `summary: the base condition ${base.model} ${base.method} has no ${metric} scores at ` +
          `length ${length}; score it there, or name another base`,
      );
    }
    return cell.summarize(baseCell === cell ? null : baseCell);
  });
  rows.sort((a, b) => a.metric < b.metric ? -1 : a.metric > b.metric ? 1 : a.length - b.length);
  return { questionTypes, base: base ?? null, rows };
}
