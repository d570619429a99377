/**
 * The loss of a batch on labelled positions alone, and its way back through the model.
 *
 * @module
 */
import { DataError } from "../base/errors.ts";
import type { GpuArray } from "../gpu/array.ts";
import { crossEntropy } from "../../kernels/cross_entropy/mod.ts";
import { checkIds } from "../../kernels/embedding/mod.ts";
import type { Mamba } from "../models/mamba/mod.ts";
import { ignoredLabel } from "../rwr/sample.ts";
import { selectRows, Tape } from "../tensor/mod.ts";
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
  model: Mamba,
  batch: TrainingBatch,
  totalWeight: number,
  options: { train: boolean; checkpoints?: boolean },
): BatchLoss {
  const { gpu, config } = model;
  const at = labelledPositions(batch, config.vocabSize);
  if (at.length === 0 && totalWeight > 0) {
    // Other micro-batches of the step have labels; this one adds nothing to them.
    const labels = Int32Array.of(ignoredLabel);
    return { loss: gpu.zeros([1]), correct: gpu.zeros([1], "u32"), labels };
  }
  const { ids } = batch;
  const { rows, labels, weights } = labelledRows(batch, at, totalWeight, config.vocabSize);
  const shape = [batch.batch, batch.length];
  const tape = new Tape(gpu, options.train);
  const hidden = model.forward(tape, {
    ids: gpu.upload(ids, shape),
    hostIds: ids,
    sequenceIndex: batch.sequenceIndex && gpu.upload(batch.sequenceIndex, shape),
  }, options.checkpoints);
  const logits = model.logits(tape, selectRows(tape, hidden, rows));
  const made = crossEntropy(gpu, {
    logits: logits.array,
    labels: gpu.upload(labels),
    weights: gpu.upload(weights),
    vocabulary: config.vocabSize,
  });
  if (options.train) {
    logits.gradient = gpu.retain(made.dLogits);
    tape.backward();
  }
  return { loss: made.loss, correct: made.correct, labels };
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
) {
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
