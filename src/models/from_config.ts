/**
 * Which model a `config.json` describes: its mixer and sizes.
 *
 * @module
 */
import type { Gpu } from "../gpu/gpu.ts";
import type { NamedTensors } from "../nn/parameters.ts";
import type { LanguageModel } from "./language_model.ts";
import { mambaConfigFromHf } from "./mamba/hf.ts";
import { Mamba, paddedVocab } from "./mamba/mod.ts";
import { isMamba2Config, mamba2ConfigFrom } from "./mamba2/formats.ts";
import { Mamba2 } from "./mamba2/mod.ts";
import type { ModelPrecision } from "./precision.ts";

/** A model that can be made once its weights are there. */
export interface ModelForm {
  /** Tokens that can be predicted, as the configuration says. */
  readonly vocabSize: number;
  /** Rows that the embedding has for a vocabulary of this size. */
  rowsFor(vocabSize: number): number;
  /**
   * The model on the GPU.
   *
   * @param weights Tensors under upstream's names.
   * @param trainable Also allocates gradients.
   * @throws {CheckpointError} where the weights do not fit.
   * @throws {DeviceError} where the adapter lacks the precision.
   */
  make(gpu: Gpu, weights: NamedTensors, trainable: boolean, options?: MakeOptions): LanguageModel;
}

/** How to make a model. */
export interface MakeOptions {
  /** Tokens that can be predicted, where the configuration knows the padded size alone. */
  readonly vocabSize?: number;
  /** In which linear layers read their operands; f32 where absent. */
  readonly precision?: ModelPrecision;
}

/** No maker pads a vocabulary to multiples of more. */
const LARGEST_MULTIPLE = 64;

/**
 * Reads a `config.json` of transformers' Mamba or Mamba-2, or of upstream's Mamba-2.
 *
 * @throws {CheckpointError} where it is another model, or a form that the kit lacks.
 * @throws {ConfigError} on a size that is missing or out of range.
 */
export function modelForm(json: unknown): ModelForm {
  if (isMamba2Config(json)) {
    const config = mamba2ConfigFrom(json);
    return {
      vocabSize: config.vocabSize,
      rowsFor: (vocabSize) => {
        const padding = config.paddedVocab - vocabSize;
        return 0 <= padding && padding < LARGEST_MULTIPLE ? config.paddedVocab : vocabSize;
      },
      make: (gpu, weights, trainable, { vocabSize = config.vocabSize, precision } = {}) =>
        new Mamba2(gpu, { ...config, vocabSize }, weights, trainable, precision),
    };
  }
  const config = mambaConfigFromHf(json);
  return {
    vocabSize: config.vocabSize,
    rowsFor: (vocabSize) => paddedVocab({ ...config, vocabSize }),
    make: (gpu, weights, trainable, { vocabSize = config.vocabSize, precision } = {}) =>
      new Mamba(gpu, { ...config, vocabSize }, weights, trainable, precision),
  };
}
