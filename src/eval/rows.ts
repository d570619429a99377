/**
 * What the evaluation reads and writes: one answer row and one score row per item and condition.
 * Field names are those of the `answers` and `scores` tables in camel case.
 *
 * @module
 */

/** One item that every condition must answer. */
export interface ExpectedItem {
  /** The item's id; an abstention item's ends in `_abs` in LongMemEval's own files. */
  readonly itemId: string;
  /** One of the benchmark's question types. */
  readonly questionType: string;
  /** Whether the question cannot be answered from the context. */
  readonly abstention: boolean;
  /** The context length that the item was cut or built to, in tokens. */
  readonly length: number;
}

/** A model under a method: what a row of a result table stands for. */
export interface Condition {
  /** The architecture or checkpoint family, such as `mamba`. */
  readonly model: string;
  /** How it answers, such as `rwr+ssa`. */
  readonly method: string;
}

/** The columns of the `answers` table that scoring reads. */
export interface AnswerRow extends ExpectedItem, Condition {
  /** The right answer. */
  readonly gold: string;
  /** What was read out of the model's output; empty where the output held no answer. */
  readonly answer: string;
  /** How generation ended: `stop`, `length`, or `error` where it could not run. */
  readonly finish: string;
}

/** What became of an item: scored, not judged, never answered, or failed while answering. */
export type ScoreStatus = "scored" | "judge_failed" | "missing" | "error";

/** One row of the `scores` table. */
export interface ScoreRow extends ExpectedItem, Condition {
  /** The rule that gave the value, such as `exact_match`. */
  readonly metric: string;
  /** From 0 (wrong) to 1 (right); null unless the status is `scored`. */
  readonly value: number | null;
  /** Why there is or is not a value. */
  readonly status: ScoreStatus;
}
