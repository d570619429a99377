/**
 * Compares the gradients of one training batch with PyTorch's in float64, parameter by parameter:
 *
 *     deno run -A tools/run.ts run -A tools/peers/step_gradients.ts --python venv/bin/python
 *
 * Exits with 1 where one differs by more than 1e-4 of that parameter's largest gradient.
 *
 * @module
 */
import { Rng } from "../../src/base/rng.ts";
import { parseFlags } from "../../src/cli/args.ts";
import { type Command, runCommand } from "../../src/cli/command.ts";
import { Gpu } from "../../src/gpu/gpu.ts";
import { Mamba, type MambaConfig } from "../../src/models/mamba/mod.ts";
import type { NamedTensors } from "../../src/nn/parameters.ts";
import { writeSafetensors } from "../../src/nn/safetensors.ts";
import { batchLoss, labelledWeight } from "../../src/train/loss.ts";
import type { TrainingBatch } from "../../src/train/batches.ts";
import { checkPython, inPeerFolder, peerCommand } from "./python.ts";
import { tinyWork } from "../../src/cli/bench/training_step.ts";
import { writeWork } from "./step_work.ts";

/** No two numbers alike, so that no gradient can stand in another's place unnoticed. */
function disturb(weights: NamedTensors): NamedTensors {
  return new Map([...weights].map(([name, { shape, data }]) => {
    const rng = new Rng(`peers/${name}`);
    return [name, { shape, data: data.map((x) => x + 0.1 * rng.normal()) }];
  }));
}

async function kitGradients(
  gpu: Gpu,
  config: MambaConfig,
  weights: NamedTensors,
  batch: TrainingBatch,
): Promise<{ loss: number; gradients: NamedTensors }> {
  const model = new Mamba(gpu, config, weights, true);
  gpu.openScope();
  model.parameters.startGradients();
  const { loss } = batchLoss(model, batch, labelledWeight(batch), { train: true });
  const [[value], flat] = await gpu.read(loss, model.parameters.gradient!);
  gpu.closeScope();
  model.release();
  return { loss: value, gradients: model.parameters.unflatten(flat as Float32Array<ArrayBuffer>) };
}

/** The command. */
export const command: Command = {
  summary: "compare the gradients of one batch with PyTorch's in float64",
  usage: `
deno run -A tools/run.ts run -A tools/peers/step_gradients.ts --python PATH

  --python PATH   an interpreter with the packages of tools/peers/requirements.txt

Exits with 1 where a gradient differs by more than 1e-4 of that parameter's largest one.`,
  async run(args) {
    const { flags } = parseFlags(args, { python: "text" });
    const python = await checkPython(flags.python);
    const work = tinyWork();
    const { config, batches: [batch], weights: initial } = work;
    const weights = disturb(initial);
    const gpu = await Gpu.open();
    console.log(`adapter: ${gpu.facts.adapter}`);
    const { loss, gradients } = await kitGradients(gpu, config, weights, batch);
    gpu.destroy();
    return await inPeerFolder(async (folder) => {
      await writeWork(folder, { ...work, weights, batches: [batch] }, "tuned", { loss });
      await writeSafetensors(`${folder}/gradients.safetensors`, gradients);
      const io = { stdin: "null", stdout: "inherit" } as const;
      return (await peerCommand(python, "step_gradients.py", [folder], io).output()).code;
    });
  },
};

if (import.meta.main) Deno.exit(await runCommand("step_gradients", command, Deno.args));
