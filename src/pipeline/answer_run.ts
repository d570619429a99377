/**
 * A run over a LongMemEval file with any tokenizer: what is asked, of which model, in which words.
 *
 * @module
 */
import type { Json } from "../base/canonical_json.ts";
import { nearest } from "../base/config.ts";
import { ConfigError } from "../base/errors.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { modelForm } from "../models/from_config.ts";
import type { LanguageModel } from "../models/language_model.ts";
import { hfConfig } from "../models/mamba/hf.ts";
import { initializeMamba, Mamba, mambaConfig } from "../models/mamba/mod.ts";
import type { ModelPrecision } from "../models/precision.ts";
import { plainFormat, type PromptFormat, tinyFormat } from "../rwr/prompts.ts";
import type { Tokenizer } from "../tokenizer/mod.ts";
import { readModelConfig, readWeights } from "./model_folder.ts";

/** The ways of answering, in the order of tables. */
export const ANSWER_METHODS = ["direct", "rwr", "rwr+ssa"] as const;

/** One of {@linkcode ANSWER_METHODS}. */
export type AnswerMethod = typeof ANSWER_METHODS[number];

/** Stands wherever answers of a model without training are shown or stored. */
export const UNTRAINED_NOTICE = "untrained: answers are nonsense, the way is real";

/** The model that answers. */
export interface AnsweringModel {
  /** Its name in tables. */
  readonly name: string;
  /** {@linkcode UNTRAINED_NOTICE}, or null where the model was trained. */
  readonly notice: string | null;
  /** What decides it besides its files, for stage keys. */
  readonly identity: Json;
  /** The folder it comes from, for stage keys; empty where it is made from nothing. */
  readonly files: Readonly<Record<string, string>>;
  /** Puts it on the GPU. @throws {CheckpointError} where its folder is damaged. */
  make(gpu: Gpu): Promise<LanguageModel>;
}

/** Everything that the stages of a run share. */
export interface AnswerRun {
  /** A file in LongMemEval's schema. */
  readonly data: string;
  /** The `tokenizer.json`. */
  readonly tokenizerFile: string;
  /** Loaded from it. */
  readonly tokenizer: Tokenizer;
  /** How prompts are worded. */
  readonly format: PromptFormat;
  /** Where the model runs. */
  readonly gpu: Gpu;
  /** Who answers. */
  readonly model: AnsweringModel;
  /** How it is asked; at least one way. */
  readonly methods: readonly AnswerMethod[];
  /** Longest segment of segmented summarization, in tokens. */
  readonly segmentTokens: number;
  /** Only so many items from the file's beginning; all where undefined. */
  readonly maxItems: number | undefined;
  /** Most tokens of a note. */
  readonly maxNoteTokens: number;
  /** Most tokens of an answer. */
  readonly maxAnswerTokens: number;
  /** Stage times are guessed from it before this machine has measured its own. */
  readonly expectedTokens: number;
}

/**
 * Reads a list of methods such as `direct,rwr+ssa`; the result is in the order of tables.
 *
 * @throws {ConfigError} on an unknown name, a name given twice, and an empty list.
 */
export function parseMethods(text: string): AnswerMethod[] {
  const names = text.split(",").map((name) => name.trim());
  const known: readonly string[] = ANSWER_METHODS;
  for (const name of names) {
    if (!known.includes(name)) {
      throw new ConfigError(
        `--methods: found "${name}", did you mean "${nearest(name, known)}"? ` +
          `Known methods: ${known.join(", ")}; join several with a comma`,
      );
    }
  }
  if (new Set(names).size !== names.length) {
    throw new ConfigError(`--methods: found a method twice in "${text}", expected each once`);
  }
  return ANSWER_METHODS.filter((method) => names.includes(method));
}

const TINY_TOKENS = ["<bos>", "<q>", "<r>", "<a>", "<eos>"];
/** What ends a text for the tokenizers in use: GPT-2 and NeoX, Llama 3, Llama 2, Gemma. */
const END_TOKENS = ["<|endoftext|>", "<|end_of_text|>", "</s>", "<eos>"];

/**
 * The words in which a tokenizer's model is asked: the tiny format where its tokens are there, else
 * English text that ends with the tokenizer's own end token.
 *
 * @throws {ConfigError} where no token that ends a text is known.
 */
export function formatFor(tokenizer: Tokenizer): PromptFormat {
  if (TINY_TOKENS.every((token) => tokenizer.tokenId(token) !== undefined)) return tinyFormat;
  const endToken = END_TOKENS.find((token) => tokenizer.tokenId(token) !== undefined);
  if (endToken === undefined) {
    throw new ConfigError(
      `choosing the prompts: the tokenizer has none of the tokens ${END_TOKENS.join(", ")}, ` +
        `expected one that ends a text; take the tokenizer.json of a language model`,
    );
  }
  if (endToken === plainFormat.endToken) return plainFormat;
  const ending = (text: string) => text.slice(0, -plainFormat.endToken.length) + endToken;
  return {
    ...plainFormat,
    endToken,
    directResponse: (answer) => ending(plainFormat.directResponse(answer)),
    recallResponse: (note, answer) => ending(plainFormat.recallResponse(note, answer)),
  };
}

const UNTRAINED_SEED = 1;

/** Identities of before there were other precisions stay as they were. */
const named = (precision: ModelPrecision): { precision?: ModelPrecision } =>
  precision === "f32" ? {} : { precision };

/**
 * A Mamba of the tiny profile's width with its first, random weights.
 *
 * @param precision In which linear layers read their operands.
 */
export function untrainedModel(
  tokenizer: Tokenizer,
  precision: ModelPrecision = "f32",
): AnsweringModel {
  const config = mambaConfig({ vocabSize: tokenizer.vocabSize, dim: 64, layers: 2 });
  return {
    name: "untrained",
    notice: UNTRAINED_NOTICE,
    identity: {
      notice: UNTRAINED_NOTICE,
      seed: UNTRAINED_SEED,
      config: hfConfig(config),
      ...named(precision),
    },
    files: {},
    make: (gpu) => {
      const weights = initializeMamba(config, UNTRAINED_SEED);
      return Promise.resolve(new Mamba(gpu, config, weights, false, precision));
    },
  };
}

/**
 * A model from a folder: a checkpoint of the kit, or `config.json` and `model.safetensors` as
 * transformers saves a Mamba or Mamba-2.
 *
 * @param precision In which linear layers read their operands.
 * @throws {CheckpointError} where the folder holds no configuration, or of another model.
 * @throws {ConfigError} where its vocabulary is not the tokenizer's.
 */
export async function modelFromFolder(
  folder: string,
  tokenizer: Tokenizer,
  precision: ModelPrecision = "f32",
): Promise<AnsweringModel> {
  const found = modelForm(await readModelConfig(folder));
  // Other makers' configurations know the padded size alone.
  if (![tokenizer.vocabSize, found.rowsFor(tokenizer.vocabSize)].includes(found.vocabSize)) {
    throw new ConfigError(
      `--model ${folder}: found a vocabulary of ${found.vocabSize} tokens and a tokenizer of ` +
        `${tokenizer.vocabSize}, expected the same; give the tokenizer.json that the model was ` +
        `made with`,
    );
  }
  const name = folder.replace(/[/\\]+$/, "").split(/[/\\]/).at(-1)!;
  return {
    name,
    notice: null,
    identity: { name, ...named(precision) },
    files: { model: folder },
    make: async (gpu) => {
      const options = { vocabSize: tokenizer.vocabSize, precision };
      return found.make(gpu, await readWeights(folder), false, options);
    },
  };
}
