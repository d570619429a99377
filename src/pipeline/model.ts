/**
 * From a profile to a model and a trainer.
 *
 * @module
 */
import type { Json } from "../base/canonical_json.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { modelForm } from "../models/from_config.ts";
import type { LanguageModel } from "../models/language_model.ts";
import { initializeMamba, Mamba, type MambaConfig, mambaConfig } from "../models/mamba/mod.ts";
import type { ModelPrecision } from "../models/precision.ts";
import { CORPUS_VERSION, pretrainingDocuments } from "../sources/mod.ts";
import type { Tokenizer } from "../tokenizer/mod.ts";
import { type BatchSource, documentBatch, type TrainingBatch } from "../train/batches.ts";
import { loadCheckpoint } from "../train/checkpoint.ts";
import { Trainer, type TrainerOptions } from "../train/trainer.ts";
import type { ModelShape, Optimization, Pretraining, Profile } from "./profile.ts";

/** The model that a profile names. */
export function modelConfig(shape: ModelShape): MambaConfig {
  const { vocab, paddedVocab: _, ...sizes } = shape;
  return mambaConfig({ ...sizes, vocabSize: vocab });
}

/** The trainer's settings that a profile names. */
export function trainerOptions(o: Optimization): TrainerOptions {
  return {
    learningRate: o.learningRate,
    warmup: o.warmup,
    steps: o.steps,
    floor: o.floor,
    beta1: o.betas[0],
    beta2: o.betas[1],
    weightDecay: o.weightDecay,
    clipNorm: o.clipNorm,
    accumulation: 1,
    activationCheckpoints: false,
  };
}

/** Steps are told apart by the seed of their documents; no seed of a run comes near the next one's. */
const SEEDS_PER_RUN = 1_000_000;

/** Documents of the embedded corpus, in lengths that grow as the profile says. */
export function pretrainingBatches(
  p: Pretraining,
  seed: number,
  tokenizer: Tokenizer,
): BatchSource {
  return (step) => {
    const phase = p.phases.findLast(({ from }) => from <= step / p.steps) ?? p.phases[0];
    const length = phase.tokens;
    const count = Math.floor(p.tokensPerStep / length);
    const documents = pretrainingDocuments({ seed: seed * SEEDS_PER_RUN + step, count, length });
    return documentBatch([...documents].map(({ text, weights }) => ({
      ids: tokenizer.encode(text),
      weights,
    })));
  };
}

/** Documents that training never comes to, in its longest length. */
export function heldOutDocuments(
  p: Pretraining,
  seed: number,
  tokenizer: Tokenizer,
): TrainingBatch[] {
  const batches = pretrainingBatches(p, seed, tokenizer);
  return [batches(p.steps), batches(p.steps + 1)];
}

/** A trainer that makes the profile's base model from nothing. */
export function baseTrainer(
  gpu: Gpu,
  profile: Profile & { pretraining: Pretraining },
  tokenizer: Tokenizer,
): Trainer {
  const config = modelConfig(profile.model);
  const model = new Mamba(gpu, config, initializeMamba(config, profile.seed), true);
  const { pretraining, seed } = profile;
  return new Trainer(
    model,
    trainerOptions(pretraining),
    pretrainingBatches(pretraining, seed, tokenizer),
  );
}

/** What decides a base checkpoint besides code and adapter. */
export function baseIdentity({ model, pretraining, seed }: Profile, tokenizer: Tokenizer): Json {
  return {
    model,
    pretraining,
    seed,
    tokenizer: tokenizer.hash,
    corpus: CORPUS_VERSION,
  } as unknown as Json;
}

/**
 * Loads a model from a checkpoint folder; its `config.json` says which mixer it has.
 *
 * @param trainable Also allocates gradients.
 * @param precision In which linear layers read their operands.
 * @throws {CheckpointError} where the folder is incomplete, torn, or of another model.
 * @throws {DeviceError} where the adapter lacks the precision.
 */
export async function loadModel(
  gpu: Gpu,
  folder: string,
  trainable: boolean,
  precision: ModelPrecision = "f32",
): Promise<LanguageModel> {
  const { weights, config } = await loadCheckpoint(folder);
  return modelForm(config).make(gpu, weights, trainable, { precision });
}
