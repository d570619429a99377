// A model small enough that a step takes milliseconds, with its batches.
import { Rng } from "../../src/base/rng.ts";
import type { Gpu } from "../../src/gpu/gpu.ts";
import { initializeMamba, Mamba, mambaConfig } from "../../src/models/mamba/mod.ts";
import { type BatchSource, type TrainingBatch, windowBatches } from "../../src/train/batches.ts";
import { Trainer, type TrainerOptions } from "../../src/train/trainer.ts";

/** Sizes of the model. */
export const CONFIG = mambaConfig({
  vocabSize: 45,
  dim: 32,
  layers: 2,
  initializerRange: 1,
  finalNorm: 32 ** -0.5,
});

/** Settings under which the model learns its text in few steps. */
export const OPTIONS: TrainerOptions = {
  learningRate: 4e-3,
  warmup: 5,
  steps: 24,
  floor: 0.05,
  beta1: 0.9,
  beta2: 0.95,
  weightDecay: 0.01,
  clipNorm: 1,
  accumulation: 1,
  activationCheckpoints: false,
};

const text = Int32Array.from({ length: 500 }, (_, i) => (i * i) % CONFIG.vocabSize);

/** Windows of a text in which every token follows from those before. */
export const batches: BatchSource = windowBatches(text, { batch: 2, length: 24, seed: 1 });

/** A trainable model; the same numbers at every call. */
export function smallModel(gpu: Gpu): Mamba {
  return new Mamba(gpu, CONFIG, initializeMamba(CONFIG, "tests/train"), true);
}

/** A trainer of a new model. */
export function smallTrainer(
  gpu: Gpu,
  options: Partial<TrainerOptions> = {},
  source: BatchSource = batches,
): Trainer {
  return new Trainer(smallModel(gpu), { ...OPTIONS, ...options }, source);
}

/** Random tokens and weights, with every third label left out. */
export function randomBatch(seed: string, batch: number, length: number): TrainingBatch {
  const rng = new Rng(seed);
  const size = batch * length;
  const ids = Int32Array.from({ length: size }, () => rng.integer(CONFIG.vocabSize));
  const labels = ids.map((_, i) => i % 3 === 0 ? -100 : rng.integer(CONFIG.vocabSize));
  const weights = Float32Array.from({ length: size }, () => rng.uniform());
  return { batch, length, ids, labels, weights };
}
