/**
 * `deno task finetune`: goes on training a model on the packs of a mixed run.
 *
 * @module
 */
import type { Json } from "../base/canonical_json.ts";
import { ConfigError } from "../base/errors.ts";
import { hashFile } from "../base/hash.ts";
import { modelForm } from "../models/from_config.ts";
import { trainerOptions } from "../pipeline/model.ts";
import { readModelConfig, readWeights } from "../pipeline/model_folder.ts";
import { paper } from "../pipeline/profiles/paper.ts";
import { batchesOnce } from "../train/batches.ts";
import { openPacks, packFolderBatches } from "../train/packs.ts";
import { Trainer } from "../train/trainer.ts";
import { parseFlags } from "./args.ts";
import type { Command } from "./command.ts";
import { openGpu, precisionOf, VARIANT_FLAGS, VARIANT_USAGE } from "./open_gpu.ts";
import { trainAndSave } from "./train_and_save.ts";

const FLAGS = {
  packs: "text",
  from: "text",
  steps: "integer",
  batch: "integer",
  "at-once": "integer",
  "held-out": "integer",
  "learning-rate": "text",
  recompute: "switch",
  seed: "integer",
  precision: "text",
  runs: "text",
  out: "text",
  ...VARIANT_FLAGS,
} as const;

type Flags = ReturnType<typeof parseFlags<typeof FLAGS>>["flags"];

const { finetuning } = paper;
/** Packs of a step that hold the profile's tokens. */
const BATCH = finetuning.tokensPerStep / finetuning.lengths[0];
const HELD_OUT = 16;

/** `deno task finetune`. */
export const command: Command = {
  summary: "train a model further on the packs of a mixed distillation run",
  usage: `
  --packs DIR         the packs that deno task mix made, runs/distill/NAME/packs
  --from DIR          the model: a checkpoint of the kit, or config.json and model.safetensors
  --steps N           optimizer steps
  --batch N           packs a step (${BATCH})
  --at-once N         packs in memory at a time, of which --batch is a multiple; their gradients add up (1)
  --held-out N        packs, the last ones, that only watch training (${HELD_OUT}, or a tenth of fewer)
  --learning-rate X   highest learning rate (${finetuning.learningRate})
  --recompute         keeps no activations, and makes them again going back: less memory, more time
  --seed N            orders the packs after the first pass (1)
  --precision P       f16 reads the weights of linear layers in f16 going forward, f16-activations
                      what norms and scan hand to them too (f32)
${VARIANT_USAGE}
  --runs DIR          where checkpoints go while training (runs)
  --out DIR           where the model goes, in place of one before it (RUNS/finetune/model)`,
  async run(args) {
    const { flags } = parseFlags(args, FLAGS);
    await finetune(flags);
    return 0;
  },
};

async function finetune(flags: Flags): Promise<void> {
  const { packs, from, steps } = needed(flags);
  const [batch, atOnce, seed] = [flags.batch ?? BATCH, flags["at-once"] ?? 1, flags.seed ?? 1];
  if (atOnce < 1 || batch % atOnce !== 0) {
    throw new ConfigError(
      `finetune: found --batch ${batch} and --at-once ${atOnce}, expected a multiple of it`,
    );
  }
  const options = {
    ...trainerOptions({ ...finetuning, steps, learningRate: learningRate(flags) }),
    accumulation: batch / atOnce,
    activationCheckpoints: flags.recompute,
  };
  const folder = await openPacks(packs);
  const heldOut = flags["held-out"] ?? Math.min(HELD_OUT, Math.ceil(folder.count / 10));
  const count = folder.count - heldOut;
  if (batch < 1 || heldOut < 1 || count < batch) {
    throw new ConfigError(
      `finetune: found ${folder.count} packs for --held-out ${heldOut} and --batch ${batch}, ` +
        `expected at least 1 of each and a batch to train on; mix more rows or ask for fewer packs`,
    );
  }
  const form = modelForm(await readModelConfig(from));
  const weights = await readWeights(from);
  const identity = {
    packs: folder.hash,
    from: await hashFile(`${from}/model.safetensors`),
    ...{ options, atOnce, heldOut, seed },
    ...(flags.precision !== undefined && { precision: flags.precision }),
  } as unknown as Json;
  const precision = precisionOf(flags.precision);
  const gpu = await openGpu(flags, { precision });
  try {
    const model = form.make(gpu, weights, true, { precision });
    const trainer = new Trainer(model, options, packFolderBatches(folder, count, atOnce, seed));
    const watched = Array.from({ length: heldOut }, (_, i) => folder.pack(count + i));
    await trainAndSave(trainer, {
      command: "finetune",
      name: "model",
      identity,
      heldOut: batchesOnce(watched, atOnce),
      runs: flags.runs ?? "runs",
      ...(flags.out !== undefined && { out: flags.out }),
    });
  } finally {
    gpu.destroy();
  }
}

function needed({ packs, from, steps }: Flags): { packs: string; from: string; steps: number } {
  if (packs !== undefined && from !== undefined && steps !== undefined && steps > 0) {
    return { packs, from, steps };
  }
  throw new ConfigError(
    `finetune: found --packs ${packs ?? "missing"}, --from ${from ?? "missing"} and --steps ` +
      `${steps ?? "missing"}, expected a folder of packs, a folder of a model and at least 1 step`,
  );
}

function learningRate(flags: Flags): number {
  const text = flags["learning-rate"];
  if (text === undefined) return finetuning.learningRate;
  const value = Number(text);
  if (value > 0 && value < Infinity) return value;
  throw new ConfigError(`finetune: found --learning-rate=${text}, expected a number such as 2e-5`);
}
