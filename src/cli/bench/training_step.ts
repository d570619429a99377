/**
 * The training step that is timed, here and beside PyTorch (tools/peers): the tiny profile's model,
 * 16 × 256 tokens of the embedded corpus, every position labelled with equal weight, and a constant
 * learning rate.
 *
 * @module
 */
import type { Gpu } from "../../gpu/gpu.ts";
import { initializeMamba, Mamba } from "../../models/mamba/mod.ts";
import type { NamedTensors } from "../../nn/parameters.ts";
import { modelConfig, trainerOptions } from "../../pipeline/model.ts";
import { tiny } from "../../pipeline/profiles/tiny.ts";
import { pretrainingDocuments } from "../../sources/mod.ts";
import { tinyTokenizer } from "../../tokenizer/mod.ts";
import type { BatchSource, TrainingBatch } from "../../train/batches.ts";
import { Trainer, type TrainerOptions } from "../../train/trainer.ts";

/** Rows of a step. */
export const BATCH = 16;
/** Tokens of a row. */
export const LENGTH = 256;
/** The model of the tiny profile. */
export const CONFIG = modelConfig(tiny.model);
/** Different batches; step s takes batch s modulo their number. */
const BATCHES = 10;

/** The tiny profile's optimizer; warm-up of one step and floor 1, so that the rate is the same throughout. */
export const OPTIONS: TrainerOptions = trainerOptions({
  ...tiny.finetuning,
  learningRate: 1e-3,
  warmup: 1,
  steps: 1_000_000,
  floor: 1,
});

/** Weights and batches; always the same. */
export interface TinyWork {
  /** Weights under upstream's names. */
  readonly weights: NamedTensors;
  /** Batches in turn. */
  readonly batches: readonly TrainingBatch[];
}

/** Makes the weights and batches. */
export function tinyWork(): TinyWork {
  const documents = pretrainingDocuments({
    seed: 1,
    count: BATCHES * BATCH,
    length: LENGTH + 1,
  });
  const tokenizer = tinyTokenizer();
  const rows = [...documents].map(({ text }) => tokenizer.encode(text));
  return {
    weights: initializeMamba(CONFIG, "peers"),
    batches: Array.from(
      { length: BATCHES },
      (_, i) => fullyLabelled(rows.slice(i * BATCH, (i + 1) * BATCH)),
    ),
  };
}

/** Every token but a row's first is the label of the one before it. */
function fullyLabelled(rows: readonly (readonly number[])[]): TrainingBatch {
  return {
    batch: rows.length,
    length: LENGTH,
    ids: Int32Array.from(rows.flatMap((row) => row.slice(0, -1))),
    labels: Int32Array.from(rows.flatMap((row) => row.slice(1))),
    weights: new Float32Array(rows.length * LENGTH).fill(1),
  };
}

/** The kit's trainer over this work; the caller releases the model and the trainer. */
export function tinyTrainer(gpu: Gpu, { weights, batches }: TinyWork): Trainer {
  const source: BatchSource = (step) => batches[step % batches.length];
  return new Trainer(new Mamba(gpu, CONFIG, weights, true), OPTIONS, source);
}
