/**
 * Batches as pure functions of the step, so that training resumed at any step sees what it would have
 * seen.
 *
 * @module
 */
import { ConfigError, DataError } from "../base/errors.ts";
import { Rng } from "../base/rng.ts";
import type { PackedRow } from "../rwr/packing.ts";
import { ignoredLabel } from "../rwr/sample.ts";

/** Tokens of one step; every array is row-major `[batch, length]`. */
export interface TrainingBatch {
  /** Number of rows. */
  readonly batch: number;
  /** Tokens of a row. */
  readonly length: number;
  /** Token ids. */
  readonly ids: Int32Array<ArrayBuffer>;
  /** Next-token labels, −100 where the loss looks away. */
  readonly labels: Int32Array<ArrayBuffer>;
  /** Loss weights of the labels. */
  readonly weights: Float32Array<ArrayBuffer>;
  /** Which sequence a token belongs to, where rows are packed. */
  readonly sequenceIndex?: Int32Array<ArrayBuffer>;
}

/** Gives the batch of a step, counted from 0; the same step always gives the same batch. */
export type BatchSource = (step: number) => TrainingBatch;

/**
 * Batches of packed rows: in the order given, and once more in a new random order after each pass.
 *
 * @param rowsPerStep Rows of a batch.
 * @throws {DataError} where there are fewer rows than a batch needs.
 */
export function packedBatches(
  rows: readonly PackedRow[],
  rowsPerStep: number,
  seed: number | string,
): BatchSource {
  if (rows.length < rowsPerStep) {
    throw new DataError(
      `training: found ${rows.length} packed rows, expected at least ${rowsPerStep} for one step; make more rows`,
    );
  }
  const orders = new Map<number, readonly number[]>();
  const orderOf = (pass: number): readonly number[] => {
    const known = orders.get(pass);
    if (known) return known;
    const inOrder = rows.map((_, i) => i);
    const order = pass === 0 ? inOrder : new Rng(`${seed}/pass/${pass}`).shuffle(inOrder);
    orders.set(pass, order);
    return order;
  };
  return (step) => {
    const picked = Array.from({ length: rowsPerStep }, (_, i) => {
      const at = step * rowsPerStep + i;
      return rows[orderOf(Math.floor(at / rows.length))[at % rows.length]];
    });
    return joinRows(picked);
  };
}

/** All packed rows once, in order; the last batch may be smaller. */
export function batchesOnce(rows: readonly PackedRow[], rowsPerBatch: number): TrainingBatch[] {
  const starts = Array.from({ length: Math.ceil(rows.length / rowsPerBatch) }, (_, i) => i);
  return starts.map((i) => joinRows(rows.slice(i * rowsPerBatch, (i + 1) * rowsPerBatch)));
}

/** Packed rows as one batch. */
export function joinRows(rows: readonly PackedRow[]): TrainingBatch {
  const length = rows[0].token_ids.length;
  const size = rows.length * length;
  const made = {
    batch: rows.length,
    length,
    ids: new Int32Array(size),
    labels: new Int32Array(size),
    weights: new Float32Array(size),
    sequenceIndex: new Int32Array(size),
  };
  rows.forEach((row, i) => {
    made.ids.set(row.token_ids, i * length);
    made.labels.set(row.labels, i * length);
    made.weights.set(row.weights, i * length);
    made.sequenceIndex.set(row.sequence_index, i * length);
  });
  return made;
}

/** A document as token ids with the weight of each token as a target. */
export interface WeightedDocument {
  /** Token ids. */
  readonly ids: readonly number[];
  /** Weight of each token when it is to be predicted. */
  readonly weights: readonly number[];
}

/** A batch of documents of one length, each token the label of the one before it. */
export function documentBatch(documents: readonly WeightedDocument[]): TrainingBatch {
  const length = documents[0].ids.length;
  const size = documents.length * length;
  const ids = new Int32Array(size);
  const labels = new Int32Array(size).fill(ignoredLabel);
  const weights = new Float32Array(size);
  documents.forEach((document, row) => {
    ids.set(document.ids, row * length);
    for (let t = 0; t + 1 < length; t++) {
      const weight = document.weights[t + 1];
      if (weight > 0) labels[row * length + t] = document.ids[t + 1];
      weights[row * length + t] = weight;
    }
  });
  return { batch: documents.length, length, ids, labels, weights };
}

/**
 * Random windows of a long text, every token a target.
 *
 * @param ids The text's tokens.
 * @throws {ConfigError} where the text is shorter than one window.
 */
export function windowBatches(
  ids: Int32Array,
  { batch, length, seed }: { batch: number; length: number; seed: number | string },
): BatchSource {
  if (ids.length < length + 1) {
    throw new ConfigError(
      `pretraining: found a text of ${ids.length} tokens, expected more than ${length}; give a longer text or --length`,
    );
  }
  const weights = new Float32Array(batch * length).fill(1);
  return (step) => {
    const rng = new Rng(`${seed}/windows/${step}`);
    const made = {
      batch,
      length,
      ids: new Int32Array(batch * length),
      labels: new Int32Array(batch * length),
      weights,
    };
    for (let row = 0; row < batch; row++) {
      const start = rng.integer(ids.length - length);
      made.ids.set(ids.subarray(start, start + length), row * length);
      made.labels.set(ids.subarray(start + 1, start + length + 1), row * length);
    }
    return made;
  };
}
