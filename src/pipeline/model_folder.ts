/**
 * Models from folders: a checkpoint of the kit, or config.json and model.safetensors of others.
 *
 * @module
 */
import { CheckpointError } from "../base/errors.ts";
import { exists, readFile } from "../base/files.ts";
import { upstreamNames } from "../models/mamba/hf.ts";
import type { NamedTensors } from "../nn/parameters.ts";
import { readSafetensors } from "../nn/safetensors.ts";
import { loadCheckpoint } from "../train/checkpoint.ts";

/**
 * The `config.json` of a model's folder.
 *
 * @throws {CheckpointError} where there is none.
 */
export async function readModelConfig(folder: string): Promise<unknown> {
  const path = `${folder}/config.json`;
  try {
    const text = new TextDecoder().decode(await readFile(path, "the model's configuration"));
    // Python writes a bound of step sizes that is none as a word that JSON does not have.
    return JSON.parse(text.replace(/("time_step_limit":[^\]]*)\bInfinity\b/, "$11e999"));
  } catch (error) {
    throw new CheckpointError(
      `model ${folder}: ${(error as Error).message}; expected a folder with config.json and ` +
        `model.safetensors, as \`deno task pretrain\` or transformers leaves one`,
      { cause: error },
    );
  }
}

/** The weights of a model's folder, under upstream's names. */
export async function readWeights(folder: string): Promise<NamedTensors> {
  // Checkpoints of the kit hold hashes of their files, which are compared.
  if (await exists(`${folder}/state.json`)) return (await loadCheckpoint(folder)).weights;
  return upstreamNames((await readSafetensors(`${folder}/model.safetensors`)).tensors);
}
