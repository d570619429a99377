/**
 * The columns of the kit's tables that figures and the report read. Any row that has them will do,
 * so a figure can be drawn from `readTable` or from rows written by hand.
 *
 * @module
 */

/** How an answer came to its score; everything but `scored` counts as wrong in strict accuracy. */
export type ScoreStatus = "scored" | "judge_failed" | "missing" | "error";

/** One row of `scores.arrow`. */
export interface ScoreRow {
  /** The item that was answered. */
  readonly item_id: string;
  /** LongMemEval's question type. */
  readonly question_type: string;
  /** Whether the right answer is to say that it is not known. */
  readonly abstention: boolean;
  /** Nominal length of the context in tokens. */
  readonly length: number;
  /** The checkpoint that answered. */
  readonly model: string;
  /** How it was asked: `direct`, `recall`, `ssa`, … */
  readonly method: string;
  /** What was measured. */
  readonly metric: string;
  /** From 0 to 1; null unless the status is `scored`. */
  readonly value: number | null;
  /** Whether there is a value, and if not, why. */
  readonly status: ScoreStatus;
}

/** One row of `answers.arrow`. */
export interface AnswerRow {
  /** The item that was answered. */
  readonly item_id: string;
  /** Nominal length of the context in tokens. */
  readonly length: number;
  /** The checkpoint that answered. */
  readonly model: string;
  /** How it was asked. */
  readonly method: string;
  /** The question. */
  readonly question: string;
  /** The right answer. */
  readonly gold: string;
  /** JSON text: a list of `{ text, raw, note }`, one a segment of the context. */
  readonly segments: string;
  /** What the model read before it answered. */
  readonly final_prompt: string;
  /** Everything the model wrote to it. */
  readonly raw_output: string;
  /** The answer found in the raw output. */
  readonly answer: string;
  /** Tokens of all prompts of this answer. */
  readonly prompt_tokens: number;
  /** Tokens of all outputs of this answer. */
  readonly generated_tokens: number;
  /** Why generation stopped. */
  readonly finish: string;
}

/** One row of `training_log.arrow`. */
export interface TrainingLogRow {
  /** Optimizer steps taken. */
  readonly step: number;
  /** Tokens seen. */
  readonly tokens: number;
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
