/**
 * The loss of a batch on labelled positions alone, and its way back through the model.
 *
 * @module
 */
import { DataError } from "../base/errors.ts";
import type { GpuArray } from "../gpu/array.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { checkIds } from "../../kernels/embedding/mod.ts";
import type { LanguageModel } from "../models/language_model.ts";
import { ignoredLabel } from "../rwr/sample.ts";
import { linearCrossEntropy, selectRows, Tape, type Tensor } from "../tensor/mod.ts";
import type { TrainingBatch } from "./batches.ts";

/** What a batch came to; arrays belong to the caller's scope. */
export interface BatchLoss {
  /** `[1]`: Σ weight · negative log-likelihood / total weight. */
  readonly loss: GpuArray;
  /** u32 `[labelled, padded]`: 1 where the label was the likeliest token. */
  readonly correct: GpuArray;
  /** The labelled positions' labels, −100 for padding, in the order of `correct`. */
  readonly labels: Int32Array<ArrayBuffer>;
}

/** Labelled rows are padded to multiples of this, so that few buffer sizes occur. */
const ROW_STEP = 128;

/** Sum of the weights of labelled positions. */
export function labelledWeight({ labels, weights }: TrainingBatch): number {
  let sum = 0;
  for (let i = 0; i < labels.length; i++) if (labels[i] >= 0) sum += weights[i];
  return sum;
}

/**
 * Runs a batch forward and, where the tape records, back: gradients go to the model's parameters.
 *
 * @param totalWeight What the loss is divided by: that of all micro-batches of a step together.
 * @throws {DataError} where a token or label is outside the vocabulary, or nothing is labelled.
 */
export function batchLoss(
  model: LanguageModel,
  batch: TrainingBatch,
  totalWeight: number,
  options: { train: boolean; checkpoints?: boolean },
): BatchLoss {
  const { gpu } = model;
  const marks = markedRows(batch, totalWeight, model.config.vocabSize);
  if (!marks) return nothingLabelled(gpu);
  const tape = new Tape(gpu, options.train);
  const hidden = model.forward(tape, modelInput(gpu, batch), options.checkpoints);
  const made = markedLoss(tape, model, hidden, marks);
  if (options.train) tape.backward();
  return made;
}

/** A batch's tokens on the GPU. */
export function modelInput(gpu: Gpu, { batch, length, ids, sequenceIndex }: TrainingBatch) {
  const shape = [batch, length];
  return {
    ids: gpu.upload(ids, shape),
    hostIds: ids,
    sequenceIndex: sequenceIndex && gpu.upload(sequenceIndex, shape),
  };
}

/** Other batches of the step have labels; one without adds nothing to them. */
function nothingLabelled(gpu: Gpu): BatchLoss {
  const labels = Int32Array.of(ignoredLabel);
  return { loss: gpu.zeros([1]), correct: gpu.zeros([1], "u32"), labels };
}

/** The loss of marked rows; where the tape records, their hidden states then have a gradient. */
export function markedLoss(
  tape: Tape,
  model: LanguageModel,
  hidden: Tensor,
  { rows, labels, weights }: MarkedRows,
): BatchLoss {
  const { gpu } = tape;
  const made = linearCrossEntropy(tape, selectRows(tape, hidden, rows), model.head, {
    labels: gpu.upload(labels),
    weights: gpu.upload(weights),
    vocabulary: model.config.vocabSize,
  });
  return { ...made, labels };
}

/** The rows that the loss looks at, padded with ignored ones. */
export interface MarkedRows {
  /** Row numbers within the batch. */
  readonly rows: Int32Array<ArrayBuffer>;
  /** Their labels, −100 for padding. */
  readonly labels: Int32Array<ArrayBuffer>;
  /** Their weights over the total. */
  readonly weights: Float32Array<ArrayBuffer>;
}

/**
 * The labelled rows of a batch; none where only other batches of the step have labels.
 *
 * @throws {DataError} where a token or label is outside the vocabulary, or the step has no label.
 */
export function markedRows(
  batch: TrainingBatch,
  totalWeight: number,
  vocabulary: number,
): MarkedRows | undefined {
  const at = labelledPositions(batch, vocabulary);
  if (at.length === 0 && totalWeight > 0) return undefined;
  return labelledRows(batch, at, totalWeight, vocabulary);
}

/** Positions that the loss looks at. */
function labelledPositions({ ids, labels, weights }: TrainingBatch, vocabulary: number): number[] {
  if (ids.length === 0) {
    throw new DataError("training: found a sequence of length zero, expected at least one token");
  }
  checkIds("training tokens", ids, vocabulary);
  return [...labels.keys()].filter((i) => labels[i] >= 0 && weights[i] > 0);
}

function labelledRows(
  { labels, weights }: TrainingBatch,
  at: readonly number[],
  totalWeight: number,
  vocabulary: number,
): MarkedRows {
  if (!(totalWeight > 0) || at.length === 0) {
    throw new DataError(
      "training: found a batch without a labelled token, expected at least one; check the label spans",
    );
  }
  const chosen = Int32Array.from(at, (i) => labels[i]);
  checkIds("training labels", chosen, vocabulary);
  const size = Math.ceil(at.length / ROW_STEP) * ROW_STEP;
  const made = {
    rows: new Int32Array(size),
    labels: new Int32Array(size).fill(ignoredLabel),
    weights: new Float32Array(size),
  };
  made.rows.set(at);
  made.labels.set(chosen);
  at.forEach((i, row) => made.weights[row] = weights[i] / totalWeight);
  return made;
}
