/**
 * The training steps that are timed, here and beside PyTorch (tools/peers): text of the embedded
 * corpus, every position labelled with equal weight, and a constant learning rate.
 *
 * @module
 */
import type { Gpu } from "../../gpu/gpu.ts";
import { initializeMamba, Mamba, type MambaConfig, mambaConfig } from "../../models/mamba/mod.ts";
import type { NamedTensors } from "../../nn/parameters.ts";
import { modelConfig, trainerOptions } from "../../pipeline/model.ts";
import { tiny } from "../../pipeline/profiles/tiny.ts";
import { pretrainingDocuments } from "../../sources/mod.ts";
import { tinyTokenizer } from "../../tokenizer/mod.ts";
import type { BatchSource, TrainingBatch } from "../../train/batches.ts";
import { Trainer, type TrainerOptions } from "../../train/trainer.ts";

/** What is trained on how much a step. */
interface StepSizes {
  /** The model's sizes. */
  readonly config: MambaConfig;
  /** Rows of a step. */
  readonly batch: number;
  /** Tokens of a row. */
  readonly length: number;
  /** Different batches; step s takes batch s modulo their number. */
  readonly different: number;
}

const tinyConfig = modelConfig(tiny.model);

/** The tiny profile's step. */
const TINY: StepSizes = { config: tinyConfig, batch: 16, length: 256, different: 10 };

/** A step of four times the width and twice the layers, over one long row. */
const WIDE: StepSizes = {
  config: mambaConfig({ vocabSize: tinyConfig.vocabSize, dim: 256, layers: 4 }),
  batch: 1,
  length: 4096,
  different: 2,
};

/** The tiny profile's optimizer; warm-up of one step and floor 1, so that the rate is the same throughout. */
export const OPTIONS: TrainerOptions = trainerOptions({
  ...tiny.finetuning,
  learningRate: 1e-3,
  warmup: 1,
  steps: 1_000_000,
  floor: 1,
});

/** A model and what it trains on; always the same. */
export interface StepWork extends StepSizes {
  /** Weights under upstream's names. */
  readonly weights: NamedTensors;
  /** Batches in turn. */
  readonly batches: readonly TrainingBatch[];
}

/** Two layers of 64 over 16 × 256 tokens, as the tiny profile trains. */
export const tinyWork = (): StepWork => makeWork(TINY);

/** Four layers of 256 over 1 × 4,096 tokens. */
export const wideWork = (): StepWork => makeWork(WIDE);

function makeWork(sizes: StepSizes): StepWork {
  const { config, batch, length, different } = sizes;
  const documents = pretrainingDocuments({
    seed: 1,
    count: different * batch,
    length: length + 1,
  });
  const tokenizer = tinyTokenizer();
  const rows = [...documents].map(({ text }) => tokenizer.encode(text));
  return {
    ...sizes,
    weights: initializeMamba(config, "peers"),
    batches: Array.from(
      { length: different },
      (_, i) => fullyLabelled(rows.slice(i * batch, (i + 1) * batch), length),
    ),
  };
}

/** Every token but a row's first is the label of the one before it. */
function fullyLabelled(rows: readonly (readonly number[])[], length: number): TrainingBatch {
  return {
    batch: rows.length,
    length,
    ids: Int32Array.from(rows.flatMap((row) => row.slice(0, -1))),
    labels: Int32Array.from(rows.flatMap((row) => row.slice(1))),
    weights: new Float32Array(rows.length * length).fill(1),
  };
}

/** The kit's trainer over this work; the caller releases the model and the trainer. */
export function stepTrainer(gpu: Gpu, { config, weights, batches }: StepWork): Trainer {
  const source: BatchSource = (step) => batches[step % batches.length];
  return new Trainer(new Mamba(gpu, config, weights, true), OPTIONS, source);
}

/** `2 layers of 64, 16×256 tokens`. */
export const describeStep = ({ config, batch, length }: StepSizes): string =>
  `${config.layers} layers of ${config.dim}, ${batch}×${length} tokens`;
