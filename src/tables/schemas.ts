/**
 * The kinds of table and the columns of each. A row's type and its schema are checked against each
 * other by the compiler.
 *
 * @module
 */

/** A list of numbers; tables hand them back as typed arrays. */
export type Numbers = readonly number[] | Int32Array | Float32Array;

/** Which part of a source a row belongs to. */
export type Split = "train" | "validation" | "test";

/** A row of `source.arrow`: one question about one context. */
export interface SourceTableRow {
  /** Hash of the canonical row. */
  readonly row_id: string;
  /** Part of the source. */
  readonly split: Split;
  /** Rows with one context share this id. */
  readonly context_id: string;
  /** The history as text. */
  readonly context: string;
  /** The question. */
  readonly query: string;
  /** The gold answer. */
  readonly answer: string;
  /** LongMemEval's name of the type, or the source's own. */
  readonly question_type: string;
  /** Sentences that carry the answer; for measurements only. */
  readonly evidence: readonly string[];
}

/** A row of `notes.arrow`: what the teacher wrote for a source row, and what became of it. */
export interface NotesTableRow {
  /** The source row. */
  readonly row_id: string;
  /** Whether the teacher saw the whole context, or one with the evidence removed. */
  readonly role: "full" | "removed";
  /** The context that the teacher saw. */
  readonly context: string;
  /** The question. */
  readonly query: string;
  /** The gold answer. */
  readonly answer: string;
  /** The source row's type. */
  readonly question_type: string;
  /** The teacher's reply as it came; null where the call failed. */
  readonly raw_note: string | null;
  /** The parsed note; null where there is none. */
  readonly note: string | null;
  /** Why the teacher stopped. */
  readonly finish_reason: string | null;
  /** Tokens of the teacher's prompt. */
  readonly prompt_tokens: number | null;
  /** Tokens of the teacher's reply. */
  readonly completion_tokens: number | null;
  /** What the call cost, in US dollars. */
  readonly cost_usd: number | null;
  /** The failure's text; null where the call succeeded. */
  readonly error: string | null;
  /** The verification rule; null before verification. */
  readonly rule: string | null;
  /** The rule's version. */
  readonly rule_version: string | null;
  /** The rule's verdict; null before verification. */
  readonly verdict: "accepted" | "rejected" | null;
  /** Why the rule decided so. */
  readonly reason: string | null;
  /** The training set that the row went to; null for neither. */
  readonly set: "D_f" | "D_e" | null;
}

/** A row of `reasked/part-*.arrow`: a note that was judged a second time. */
export interface ReaskedTableRow {
  /** The source row. */
  readonly row_id: string;
  /** The verdict on record. */
  readonly verdict: "accepted" | "rejected";
  /** Its reason. */
  readonly reason: string;
  /** The second verdict; null where the verifier failed. */
  readonly verdict_again: "accepted" | "rejected" | null;
  /** Its reason, or why the verifier failed. */
  readonly reason_again: string;
}

/** A row of `packs.arrow`: one packed training sequence. */
export interface PacksTableRow {
  /** Token ids `[length]`. */
  readonly token_ids: Numbers;
  /** Target of each position `[length]`; −100 is ignored. */
  readonly labels: Numbers;
  /** Loss weight of each position `[length]`. */
  readonly weights: Numbers;
  /** Which packed sequence a position belongs to `[length]`. */
  readonly sequence_index: Numbers;
  /** Position within that sequence `[length]`. */
  readonly positions: Numbers;
  /** The source rows in the pack. */
  readonly row_ids: readonly string[];
}

/** A row of `training_log.arrow`: one optimiser step. */
export interface TrainingLogTableRow {
  /** Step number, from 1. */
  readonly step: number;
  /** Tokens seen so far. */
  readonly tokens: number;
  /** Mean loss of the step, in nats a weighted token. */
  readonly loss: number;
  /** Learning rate of the step. */
  readonly learning_rate: number;
  /** Norm of the gradient before clipping. */
  readonly gradient_norm: number;
}

/** A row of `evaluation_log.arrow`: held-out rows during training. */
export interface EvaluationLogTableRow {
  /** Optimiser steps done. */
  readonly step: number;
  /** Mean loss on the held-out rows, in nats a weighted token. */
  readonly loss: number;
  /** Share of labelled tokens that were the likeliest. */
  readonly accuracy: number;
  /** Labelled tokens. */
  readonly labelled: number;
}

/** A row of `answers.arrow`: what one method answered to one item. */
export interface AnswersTableRow {
  /** The item. */
  readonly item_id: string;
  /** LongMemEval's name of the type. */
  readonly question_type: string;
  /** Whether the right answer is that there is none. */
  readonly abstention: boolean;
  /** Length class of the item, in tokens. */
  readonly length: number;
  /** The model. */
  readonly model: string;
  /** The method, such as `rwr+ssa`. */
  readonly method: string;
  /** The question. */
  readonly question: string;
  /** The gold answer. */
  readonly gold: string;
  /** JSON text: a list of `{ text, raw, note }`. */
  readonly segments: string;
  /** The prompt of the last call. */
  readonly final_prompt: string;
  /** All that the model wrote. */
  readonly raw_output: string;
  /** The answer parsed from it. */
  readonly answer: string;
  /** Tokens of all prompts. */
  readonly prompt_tokens: number;
  /** Tokens of all replies. */
  readonly generated_tokens: number;
  /** Why the last call stopped. */
  readonly finish: string;
}

/** A row of `scores.arrow`: one metric of one answer. */
export interface ScoresTableRow {
  /** The item. */
  readonly item_id: string;
  /** LongMemEval's name of the type. */
  readonly question_type: string;
  /** Whether the right answer is that there is none. */
  readonly abstention: boolean;
  /** Length class of the item, in tokens. */
  readonly length: number;
  /** The model. */
  readonly model: string;
  /** The method. */
  readonly method: string;
  /** The metric. */
  readonly metric: string;
  /** Its value; null where there is none. */
  readonly value: number | null;
  /** Whether there is a value, and if not why. */
  readonly status: "scored" | "judge_failed" | "missing" | "error";
}

/** A row of `bench.arrow`: one measurement of speed. */
export interface BenchTableRow {
  /** A peak of the adapter, a kernel, a whole model, or one side of a comparison. */
  readonly part: "peak" | "kernel" | "model" | "peers";
  /** The kernel's folder; null where it is no kernel. */
  readonly kernel: string | null;
  /** What was run. */
  readonly operation: string;
  /** On what sizes. */
  readonly shape: string;
  /** Who ran it: `the kit`, or a peer with its version. */
  readonly side: string;
  /** Median milliseconds of one run. */
  readonly median_ms: number;
  /** Milliseconds of one run of the fastest repeat. */
  readonly least_ms: number;
  /** Repeats. */
  readonly repeats: number;
  /** Work a second, by the median; null where nobody counted it. */
  readonly rate: number | null;
  /** Unit of the rate. */
  readonly unit: "GB/s" | "GFLOP/s" | "tokens/s" | null;
  /** The rate as a share of the adapter's peak in the same unit; null where there is none. */
  readonly share_of_peak: number | null;
  /** Bytes of one run read and written at least once; null where nobody counted. */
  readonly bytes: number | null;
  /** Floating-point operations of one run; null where nobody counted. */
  readonly operations: number | null;
  /** Most bytes of GPU buffers in use at once; null where it was not watched. */
  readonly peak_bytes: number | null;
}

/** The row type of each kind of table. */
export interface TableRows {
  /** Questions about contexts. */
  readonly source: SourceTableRow;
  /** Teacher notes and verdicts. */
  readonly notes: NotesTableRow;
  /** Notes that were judged a second time. */
  readonly reasked: ReaskedTableRow;
  /** Packed training sequences. */
  readonly packs: PacksTableRow;
  /** Optimiser steps. */
  readonly training_log: TrainingLogTableRow;
  /** Evaluations during training. */
  readonly evaluation_log: EvaluationLogTableRow;
  /** Answers of models. */
  readonly answers: AnswersTableRow;
  /** Scores of answers. */
  readonly scores: ScoresTableRow;
  /** Measurements of speed. */
  readonly bench: BenchTableRow;
}

/** A kind of table. */
export type TableKind = keyof TableRows;

/** A row of a kind. */
export type TableRow<K extends TableKind> = TableRows[K];

/** The columns of a kind: as many values in each as there are rows. */
export type TableColumns<K extends TableKind> = {
  readonly [C in keyof TableRows[K]]: ArrayLike<TableRows[K][C]>;
};

/**
 * How a column is stored. `dictionary` is text stored once however often it repeats; `?` allows
 * null.
 */
export type ColumnType =
  | "text"
  | "text?"
  | "dictionary"
  | "int32"
  | "int32?"
  | "float64"
  | "float64?"
  | "boolean"
  | "list<text>"
  | "list<int32>"
  | "list<float32>";

/** The storage types that fit a value of type `V`. */
export type ColumnFor<V> = [V] extends [string] ? "text" | "dictionary"
  : [V] extends [string | null] ? "text?"
  : [V] extends [boolean] ? "boolean"
  : [V] extends [number] ? "int32" | "float64"
  : [V] extends [number | null] ? "int32?" | "float64?"
  : [V] extends [readonly string[]] ? "list<text>"
  : "list<int32>" | "list<float32>";

/** The columns of a kind, in the order they are stored. */
export type TableSchema<K extends TableKind> = {
  readonly [C in keyof TableRows[K]]: ColumnFor<TableRows[K][C]>;
};

/** The columns of every kind. */
export const SCHEMAS: { readonly [K in TableKind]: TableSchema<K> } = {
  source: {
    row_id: "text",
    split: "text",
    context_id: "text",
    context: "dictionary",
    query: "text",
    answer: "text",
    question_type: "text",
    evidence: "list<text>",
  },
  notes: {
    row_id: "text",
    role: "text",
    context: "dictionary",
    query: "text",
    answer: "text",
    question_type: "text",
    raw_note: "text?",
    note: "text?",
    finish_reason: "text?",
    prompt_tokens: "int32?",
    completion_tokens: "int32?",
    cost_usd: "float64?",
    error: "text?",
    rule: "text?",
    rule_version: "text?",
    verdict: "text?",
    reason: "text?",
    set: "text?",
  },
  reasked: {
    row_id: "text",
    verdict: "text",
    reason: "text",
    verdict_again: "text?",
    reason_again: "text",
  },
  packs: {
    token_ids: "list<int32>",
    labels: "list<int32>",
    weights: "list<float32>",
    sequence_index: "list<int32>",
    positions: "list<int32>",
    row_ids: "list<text>",
  },
  training_log: {
    step: "int32",
    tokens: "float64",
    loss: "float64",
    learning_rate: "float64",
    gradient_norm: "float64",
  },
  evaluation_log: {
    step: "int32",
    loss: "float64",
    accuracy: "float64",
    labelled: "int32",
  },
  answers: {
    item_id: "text",
    question_type: "text",
    abstention: "boolean",
    length: "int32",
    model: "text",
    method: "text",
    question: "text",
    gold: "text",
    segments: "text",
    final_prompt: "text",
    raw_output: "text",
    answer: "text",
    prompt_tokens: "int32",
    generated_tokens: "int32",
    finish: "text",
  },
  scores: {
    item_id: "text",
    question_type: "text",
    abstention: "boolean",
    length: "int32",
    model: "text",
    method: "text",
    metric: "text",
    value: "float64?",
    status: "text",
  },
  bench: {
    part: "text",
    kernel: "text?",
    operation: "text",
    shape: "text",
    side: "text",
    median_ms: "float64",
    least_ms: "float64",
    repeats: "int32",
    rate: "float64?",
    unit: "text?",
    share_of_peak: "float64?",
    bytes: "float64?",
    operations: "float64?",
    peak_bytes: "float64?",
  },
};

/** The columns of `kind` as pairs of name and storage type, in stored order. */
export function columnsOf(kind: TableKind): [name: string, type: ColumnType][] {
  return Object.entries<ColumnType>(SCHEMAS[kind]);
}
