/**
 * Training by a command: checkpoints on the way, a stop by Ctrl-C, and the model at the end.
 *
 * @module
 */
import kit from "../../deno.json" with { type: "json" };
import type { Json } from "../base/canonical_json.ts";
import { exists } from "../base/files.ts";
import { hashJson } from "../base/hash.ts";
import { progressLines } from "../base/progress.ts";
import { StopRequested } from "../pipeline/stage.ts";
import { adapterConfig } from "../pipeline/stages/kit.ts";
import { writeRows } from "../tables/mod.ts";
import type { TrainingBatch } from "../train/batches.ts";
import { saveCheckpoint } from "../train/checkpoint.ts";
import { trainWithCheckpoints } from "../train/run.ts";
import type { Trainer } from "../train/trainer.ts";
import { stopOnInterrupt } from "./interrupt.ts";

const SAVE_EVERY = 200;

/** What is trained, and where it goes. */
export interface Training {
  /** The command, which names the folder of checkpoints. */
  readonly command: "pretrain" | "finetune";
  /** The model's folder where `out` is absent. */
  readonly name: string;
  /** All that decides the result, besides code and adapter. */
  readonly identity: Json;
  /** Batches that are not trained on; at least one. */
  readonly heldOut: readonly TrainingBatch[];
  /** Folder of the runs. */
  readonly runs: string;
  /** Folder of the model. */
  readonly out?: string;
}

/** Trains to the end, with checkpoints on the way, and leaves the model in its folder. */
export async function trainAndSave(trainer: Trainer, training: Training): Promise<void> {
  const { command, name, identity, heldOut, runs } = training;
  const { gpu, configJson } = trainer.model;
  using interrupt = stopOnInterrupt(console.log);
  const root = `${runs}/${command}`;
  const directory = `${root}/${hashJson(identity).slice(0, 16)}`;
  const out = training.out ?? `${root}/${name}`;
  const { adapter, driver } = gpu.facts;
  const code = `${kit.version}+${command}`;
  const configHash = hashJson({ identity, code, ...adapterConfig(gpu) });
  console.log(
    `training ${trainer.model.parameters.count} parameters on ${adapter}; checkpoints in ${directory}`,
  );
  if (await exists(`${out}/COMPLETE`)) console.log(`the model in ${out} will be replaced`);
  await trainWithCheckpoints(trainer, {
    directory,
    configHash,
    modelConfig: configJson,
    saveEvery: SAVE_EVERY,
    heldOut,
    progress: progressLines(command, console.log),
    resumed: (step, steps) => console.log(`going on from step ${step} of ${steps}`),
    checkStop: () => {
      if (interrupt.signal.aborted) {
        throw new StopRequested("stopped; the same command goes on from the last checkpoint");
      }
    },
  });
  const { weights, step, log } = await trainer.state();
  await saveCheckpoint(out, {
    weights,
    config: configJson,
    state: { step, configHash, trainer: null },
  });
  await writeRows(`${out}/training_log.arrow`, "training_log", log, {
    config: { ...identity as { [key: string]: Json }, variants: gpu.choices.record() },
    inputs: {},
    code,
    adapter,
    driver,
    rowsIn: log.length,
  });
  const held = trainer.evaluations[trainer.evaluations.length - 1];
  console.log(
    `wrote ${out}: last loss ${log[log.length - 1].loss.toFixed(4)}, held-out loss ` +
      `${held.loss.toFixed(4)}, ${
        (100 * held.accuracy).toFixed(1)
      }% of ${held.labelled} tokens right`,
  );
}
