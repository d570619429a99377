/**
 * Parts of the `answers` and `scores` tables' rows that the evaluation works with.
 *
 * @module
 */
import type { AnswersTableRow, ScoresTableRow } from "../tables/schemas.ts";

/** One item that every condition must answer. */
export type ExpectedItem = Pick<
  ScoresTableRow,
  "item_id" | "question_type" | "abstention" | "length"
>;

/** A model under a method: what a row of a result table stands for. */
export type Condition = Pick<ScoresTableRow, "model" | "method">;

/**
 * The columns of an answer that scoring reads. `answer` is empty where the output held none;
 * `finish` is `error` where generation could not run.
 */
export type ScorableAnswer = Pick<
  AnswersTableRow,
  "item_id" | "length" | "model" | "method" | "gold" | "answer" | "finish"
>;
