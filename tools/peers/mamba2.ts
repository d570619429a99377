/**
 * `mamba2.ts`: logits, loss and gradients of small Mamba-2 models beside transformers'
 * `Mamba2ForCausalLM`.
 *
 * @module
 */
import { parseFlags } from "../../src/cli/args.ts";
import { type Command, runCommand } from "../../src/cli/command.ts";
import { writeFileAtomic } from "../../src/base/files.ts";
import { Rng } from "../../src/base/rng.ts";
import { Gpu } from "../../src/gpu/gpu.ts";
import {
  initializeMamba2,
  Mamba2,
  type Mamba2Config,
  mamba2Config,
} from "../../src/models/mamba2/mod.ts";
import type { NamedTensors } from "../../src/nn/parameters.ts";
import { writeSafetensors } from "../../src/nn/safetensors.ts";
import { Tape } from "../../src/tensor/mod.ts";
import type { TrainingBatch } from "../../src/train/batches.ts";
import { saveCheckpoint } from "../../src/train/checkpoint.ts";
import { batchLoss, labelledWeight } from "../../src/train/loss.ts";
import { checkPython, inPeerFolder, peerCommand } from "./python.ts";

const SIZES = { vocabSize: 61, dim: 48, layers: 3, headDim: 24, state: 20 };

/** What is compared. */
const CONFIGS: Readonly<Record<string, Mamba2Config>> = {
  "one group": mamba2Config(SIZES),
  "bounded step sizes": mamba2Config({ ...SIZES, leastStep: 0.02, largestStep: 0.6 }),
  "two groups": mamba2Config({ ...SIZES, groups: 2 }),
};

const [BATCH, LENGTH] = [2, 83];

/** No two numbers alike, so that none can stand in another's place unnoticed. */
function disturb(weights: NamedTensors): NamedTensors {
  return new Map([...weights].map(([name, { shape, data }]) => {
    const rng = new Rng(`peers/${name}`);
    return [name, { shape, data: data.map((x) => x + 0.1 * rng.normal()) }];
  }));
}

/** Random tokens, every position labelled. */
function randomBatch(): TrainingBatch {
  const rng = new Rng("peers/mamba2");
  const draw = () =>
    Int32Array.from({ length: BATCH * LENGTH }, () => rng.integer(SIZES.vocabSize));
  const weights = new Float32Array(BATCH * LENGTH).fill(1);
  return { batch: BATCH, length: LENGTH, ids: draw(), labels: draw(), weights };
}

/** A checkpoint folder with the batch, and what the kit makes of it, for `check_mamba2.py`. */
async function writeCase(gpu: Gpu, folder: string, config: Mamba2Config): Promise<void> {
  const weights = disturb(initializeMamba2(config, "peers"));
  const batch = randomBatch();
  const model = new Mamba2(gpu, config, weights, true);
  await saveCheckpoint(folder, {
    weights,
    config: model.configJson,
    state: { step: 0, configHash: "", trainer: null },
  });
  gpu.openScope();
  const tape = new Tape(gpu, false);
  const ids = gpu.upload(batch.ids, [BATCH, LENGTH]);
  const logits = model.logits(tape, model.forward(tape, { ids })).array;
  model.parameters.startGradients();
  const { loss } = batchLoss(model, batch, labelledWeight(batch), { train: true });
  const [scores, [value], flat] = await gpu.read(logits, loss, model.parameters.gradient!);
  gpu.closeScope();
  const gradients = model.parameters.unflatten(flat as Float32Array<ArrayBuffer>);
  model.release();
  await writeSafetensors(`${folder}/gradients.safetensors`, gradients);
  const record = {
    batch: BATCH,
    vocabulary: config.vocabSize,
    ids: [...batch.ids],
    labels: [...batch.labels],
    logits: [...scores],
    loss: value,
  };
  await writeFileAtomic(`${folder}/record.json`, JSON.stringify(record));
}

/** The command. */
export const command: Command = {
  summary: "compare Mamba-2's logits and gradients with those of transformers",
  usage: `
deno run -A tools/run.ts run -A tools/peers/mamba2.ts --python PATH

  --python PATH   an interpreter with the packages of tools/peers/requirements.txt

Exits with 1 where logits, the loss or a gradient differ by more than 1e-4 of the largest.`,
  async run(args) {
    const { flags } = parseFlags(args, { python: "text" });
    const python = await checkPython(flags.python);
    const gpu = await Gpu.open();
    console.log(`adapter: ${gpu.facts.adapter}`);
    try {
      return await inPeerFolder(async (root) => {
        let code = 0;
        for (const [name, config] of Object.entries(CONFIGS)) {
          const folder = `${root}/${name.replaceAll(" ", "-")}`;
          await writeCase(gpu, folder, config);
          console.log(`${name}:`);
          const io = { stdin: "null", stdout: "inherit" } as const;
          const ended = await peerCommand(python, "check_mamba2.py", [folder], io).output();
          code = Math.max(code, ended.code);
        }
        return code;
      });
    } finally {
      gpu.destroy();
    }
  },
};

if (import.meta.main) Deno.exit(await runCommand("mamba2", command, Deno.args));
