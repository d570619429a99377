/**
 * What figures and the report read: the columns they need of the kit's tables, measurements of
 * cost, and the series that rows are grouped into.
 *
 * @module
 */
import type { AnswersTableRow, ScoresTableRow } from "../../tables/schemas.ts";

/** A row of `scores.arrow`. */
export type ScoreRow = ScoresTableRow;

/** A row of `answers.arrow`. */
export type AnswerRow = AnswersTableRow;

/** What is drawn of a row of `training_log.arrow`. */
export interface TrainingLogRow {
  /** Optimizer steps taken. */
  readonly step: number;
  /** Mean loss of the step's labelled tokens, in nats. */
  readonly loss: number;
}

/** One measurement of what an answer costs; kept in `*.timing.json`, never in a table. */
export interface CostRow {
  /** Name of the curve, for instance `Mamba`. */
  readonly label: string;
  /** Context length in tokens. */
  readonly length: number;
  /** Wall time of one answer in milliseconds; several rows of one length show as their median. */
  readonly milliseconds: number;
  /** Largest sum of live GPU buffers in bytes, or null where it was not measured. */
  readonly peak_bytes: number | null;
}

/** A row of a table or a curve of a figure: answers of one method by one or more checkpoints. */
export interface Series {
  /** Its name in tables and figures, for instance `RwR+SSA`. */
  readonly label: string;
  /** Checkpoints whose answers count, for instance one a training seed. */
  readonly models: readonly string[];
  /** How they were asked. */
  readonly method: string;
}

/** Whether a row belongs to a series. */
export function inSeries(
  row: { readonly model: string; readonly method: string },
  series: Series,
): boolean {
  return row.method === series.method && series.models.includes(row.model);
}
