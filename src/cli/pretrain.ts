/**
 * `deno task pretrain`: makes a base model from a profile's corpus, or from any text.
 *
 * @module
 */
import type { Json } from "../base/canonical_json.ts";
import { sha256 } from "../base/hash.ts";
import { oneOf } from "../base/config.ts";
import { ConfigError } from "../base/errors.ts";
import { readFile } from "../base/files.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { makeGenerate } from "../infer/mod.ts";
import type { LanguageModel } from "../models/language_model.ts";
import { initializeMamba, Mamba, mambaConfig } from "../models/mamba/mod.ts";
import { initializeMamba2, Mamba2, mamba2Config } from "../models/mamba2/mod.ts";
import { baseIdentity, baseTrainer, heldOutDocuments, trainerOptions } from "../pipeline/model.ts";
import { loadProfile } from "../pipeline/profiles/mod.ts";
import { tiny } from "../pipeline/profiles/tiny.ts";
import { checkSupported } from "../pipeline/supported.ts";
import { byteTokenizer, tinyTokenizer } from "../tokenizer/mod.ts";
import { windowBatches } from "../train/batches.ts";
import { Trainer } from "../train/trainer.ts";
import { parseFlags } from "./args.ts";
import type { Command } from "./command.ts";
import { openGpu, precisionOf, VARIANT_FLAGS, VARIANT_USAGE } from "./open_gpu.ts";
import { trainAndSave } from "./train_and_save.ts";

/** The start of a text is trained on, its end held out. */
const TRAINED_SHARE = 0.98;

const FLAGS = {
  profile: "text",
  set: "list",
  out: "text",
  text: "text",
  steps: "integer",
  batch: "integer",
  length: "integer",
  segment: "integer",
  mixer: "text",
  dim: "integer",
  layers: "integer",
  seed: "integer",
  prompt: "text",
  sample: "integer",
  precision: "text",
  runs: "text",
  ...VARIANT_FLAGS,
} as const;

type Flags = ReturnType<typeof parseFlags<typeof FLAGS>>["flags"];

const places = ({ runs = "runs", out }: Flags) => ({ runs, ...(out !== undefined && { out }) });

/** The base of a profile, from its own corpus. */
async function pretrainProfile(gpu: Gpu, flags: Flags): Promise<void> {
  const profile = loadProfile(flags.profile ?? "tiny", flags.set);
  const { pretraining } = profile;
  if (!pretraining) {
    throw new ConfigError(
      `pretrain: the profile "${profile.name}" takes its base from ${profile.checkpoint}; give --text, or --profile tiny`,
    );
  }
  checkSupported(profile);
  const tokenizer = tinyTokenizer();
  const trainer = baseTrainer(gpu, { ...profile, pretraining }, tokenizer);
  await trainAndSave(trainer, {
    command: "pretrain",
    name: profile.name,
    identity: baseIdentity(profile, tokenizer),
    heldOut: heldOutDocuments(pretraining, profile.seed, tokenizer),
    ...places(flags),
  });
}

/** Mamba-2 wants heads in fours, so that rows of its projection begin where loads of four can. */
const HEAD_DIMS = [64, 32, 16, 8];

/** The model that the flags ask for, with its first weights. */
function textModel(gpu: Gpu, vocabSize: number, flags: Flags, seed: number): LanguageModel {
  const sizes = { vocabSize, dim: flags.dim ?? 64, layers: flags.layers ?? 2 };
  const precision = precisionOf(flags.precision);
  const mixer = oneOf("mamba", "mamba2")(flags.mixer ?? "mamba", "--mixer");
  if (mixer === "mamba") {
    const config = mambaConfig(sizes);
    return new Mamba(gpu, config, initializeMamba(config, seed), true, precision);
  }
  const headDim = HEAD_DIMS.find((size) => 2 * sizes.dim % (4 * size) === 0) ?? 2;
  const config = mamba2Config({ ...sizes, headDim, state: Math.min(128, sizes.dim) });
  return new Mamba2(gpu, config, initializeMamba2(config, seed), true, precision);
}

/** A byte-level model of any text, and a sample from it. */
async function pretrainText(gpu: Gpu, path: string, flags: Flags): Promise<void> {
  const tokenizer = byteTokenizer();
  const bytes = await readFile(path, "the training text");
  const seed = flags.seed ?? 1;
  const [batch, length, steps] = [flags.batch ?? 16, flags.length ?? 256, flags.steps ?? 500];
  const model = textModel(gpu, tokenizer.vocabSize, flags, seed);
  const options = {
    ...trainerOptions({
      ...tiny.finetuning,
      learningRate: 4e-3,
      warmup: Math.min(100, Math.ceil(steps / 10)),
      steps,
    }),
    ...(flags.segment !== undefined &&
      { segments: { length: flags.segment, gradients: "exact" as const } }),
  };
  const windows = { batch, length, seed };
  const needed = 2 * (length + 1);
  if (bytes.length < needed) {
    throw new ConfigError(
      `pretrain: found ${bytes.length} bytes in ${path}, expected at least ${needed} for --length ` +
        `${length}: one window to train on and one held out; give a longer text or a smaller --length`,
    );
  }
  const cut = Math.min(Math.floor(bytes.length * TRAINED_SHARE), bytes.length - length - 1);
  const batches = windowBatches(Int32Array.from(bytes.subarray(0, cut)), windows);
  const heldOut = windowBatches(Int32Array.from(bytes.subarray(cut)), windows);
  const identity = {
    model: model.configJson,
    options,
    batch,
    length,
    seed,
    text: sha256(bytes),
    ...(model.precision !== "f32" && { precision: model.precision }),
  } as unknown as Json;
  const trainer = new Trainer(model, options, batches);
  await trainAndSave(trainer, {
    command: "pretrain",
    name: "text",
    identity,
    heldOut: [heldOut(0)],
    ...places(flags),
  });
  const prompt = flags.prompt ?? new TextDecoder().decode(bytes.subarray(0, 32));
  const generate = makeGenerate(gpu, model, {
    sampling: { temperature: 0.8, topK: 0, topP: 0.95, seed },
  });
  const [{ tokens }] = await generate([tokenizer.encode(prompt)], {
    maxNewTokens: flags.sample ?? 200,
    // Raw text holds no end token, so none has been learnt.
    stop: [],
  });
  console.log(`sample after ${JSON.stringify(prompt)}:\n${tokenizer.decode(tokens)}`);
}

/** Flags that a profile would pass over. */
const OF_TEXT = [
  "steps",
  "batch",
  "length",
  "segment",
  "mixer",
  "dim",
  "layers",
  "seed",
  "prompt",
  "sample",
  "precision",
] as const;

/** @throws {ConfigError} where a flag would be passed over. */
function checkTogether(flags: Flags): void {
  const stray = flags.text ? undefined : OF_TEXT.find((name) => flags[name] !== undefined);
  if (stray) {
    throw new ConfigError(
      `command line: found --${stray} without --text, expected it with a text; a profile's values are ` +
        "changed by --set, as --help shows",
    );
  }
  if (flags.text && (flags.profile !== undefined || flags.set.length > 0)) {
    throw new ConfigError(
      "command line: found --text with --profile or --set, expected one or the other; a text has no profile",
    );
  }
}

/** `deno task pretrain`. */
export const command: Command = {
  summary: "train a base model, from a profile's corpus or from any text",
  usage: `
  --profile NAME    whose base to make (tiny)
  --set KEY=VALUE   changes a value of the profile; may be repeated
  --text PATH       trains a byte-level model on this file instead, and samples from it
  --steps N         with --text: optimizer steps (500)
  --batch N         with --text: windows a step (16)
  --length N        with --text: bytes a window (256)
  --segment N       with --text: bytes of a window in memory at a time, a multiple of 8, with exact
                    gradients through the carried state; for long windows (the whole window)
  --mixer NAME      with --text: mamba or mamba2 (mamba)
  --dim N           with --text: width (64)
  --layers N        with --text: blocks (2)
  --seed N          with --text: decides weights and windows (1)
  --precision P     with --text: f16 reads the weights of linear layers in f16 going forward, where
                    the adapter can; the weights that are trained and saved stay f32 (f32)
  --prompt TEXT     with --text: what the sample goes on from (the text's first 32 bytes)
  --sample N        with --text: bytes to sample (200)
${VARIANT_USAGE}
  --runs DIR        where checkpoints go while training (runs)
  --out DIR         where the model goes, in place of one before it (RUNS/pretrain/tiny, the profile's
                    name, or RUNS/pretrain/text)`,
  async run(args) {
    const { flags } = parseFlags(args, FLAGS);
    checkTogether(flags);
    const gpu = await openGpu(flags, { precision: precisionOf(flags.precision) });
    if (flags.text) await pretrainText(gpu, flags.text, flags);
    else await pretrainProfile(gpu, flags);
    gpu.destroy();
    return 0;
  },
};
