/**
 * Stages that train: the base model, and its fine-tunings.
 *
 * @module
 */
import type { Json } from "../../base/canonical_json.ts";
import { ConfigError } from "../../base/errors.ts";
import { readFile, writeFileAtomic } from "../../base/files.ts";
import { hashJson } from "../../base/hash.ts";
import type { TrainingMode } from "../../rwr/mixing.ts";
import type { PackedRow } from "../../rwr/packing.ts";
import { readRows, readTable, writeRows } from "../../tables/mod.ts";
import { batchesOnce, packedBatches, type TrainingBatch } from "../../train/batches.ts";
import { loadCheckpoint, saveCheckpoint } from "../../train/checkpoint.ts";
import { trainWithCheckpoints } from "../../train/run.ts";
import { Trainer } from "../../train/trainer.ts";
import {
  baseIdentity,
  baseTrainer,
  heldOutDocuments,
  loadModel,
  trainerOptions,
} from "../model.ts";
import type { Optimization } from "../profile.ts";
import type { Stage, StageContext } from "../stage.ts";
import { rowsPerStep } from "./data.ts";
import { inputPath, type Kit, manifestOf, onAdapter } from "./kit.ts";

/** Steps that a killed process loses at most. */
const SAVE_EVERY = 100;
const OUTPUTS = ["model", "training_log.arrow"] as const;
/** Outputs of training itself: also how held-out rows fared. */
const TRAINED = [...OUTPUTS, "evaluation_log.arrow"];
/** Seconds that training takes for a token, before this machine has measured its own. */
const TOKEN_SECONDS = 5e-5;
const expectedSeconds = ({ steps, tokensPerStep }: Optimization): number =>
  steps * tokensPerStep * TOKEN_SECONDS;

/** Where the shipped base lies: a folder as `deno task pretrain --out` leaves it. */
export interface ShippedBase {
  /** The folder. */
  readonly folder: string;
}

/** The base model: the shipped checkpoint, or one trained from nothing. */
export function baseStage(kit: Kit, shipped: ShippedBase | undefined): Stage {
  return shipped ? shippedBaseStage(kit.profile.checkpoint, shipped) : trainedBaseStage(kit);
}

function shippedBaseStage(checkpoint: string, { folder }: ShippedBase): Stage {
  const config = { shipped: checkpoint };
  return {
    name: "base",
    inputs: [],
    files: { checkpoint: folder },
    config,
    version: 2,
    outputs: OUTPUTS,
    expectedSeconds: 1,
    async run(context) {
      await saveCheckpoint(context.output("model"), await loadCheckpoint(folder));
      // Byte for byte: its manifest names the adapter that trained the base, not this one.
      const log = `${folder}/training_log.arrow`;
      await readTable(log, "training_log");
      await writeFileAtomic(context.output("training_log.arrow"), await readFile(log, "the log"));
    },
  };
}

function trainedBaseStage(kit: Kit): Stage {
  const { profile, gpu, tokenizer } = kit;
  const { pretraining } = profile;
  if (!pretraining) {
    throw new ConfigError(
      `--from-scratch: the profile "${profile.name}" has no pretraining; its base is ${profile.checkpoint}`,
    );
  }
  const config = onAdapter(kit, { base: baseIdentity(profile, tokenizer) });
  return {
    name: "base",
    inputs: [],
    config,
    version: 2,
    outputs: TRAINED,
    place: "aside",
    expectedSeconds: expectedSeconds(pretraining),
    async run(context) {
      const trainer = baseTrainer(gpu, { ...profile, pretraining }, tokenizer);
      const heldOut = heldOutDocuments(pretraining, profile.seed, tokenizer);
      await train(context, kit, config, trainer, heldOut);
    },
  };
}

/** Fine-tunes the base on the packed rows of one mode. */
export function finetuneStage(kit: Kit, mode: TrainingMode): Stage {
  const { finetuning, seed } = kit.profile;
  const config = onAdapter(kit, { mode, finetuning: finetuning as unknown as Json, seed });
  return {
    name: `train-${mode}`,
    inputs: ["base", `packs-${mode}`],
    config,
    version: 2,
    outputs: TRAINED,
    place: "aside",
    expectedSeconds: expectedSeconds(finetuning),
    async run(context) {
      const rows = rowsPerStep(finetuning.tokensPerStep);
      const read = async (file: string) =>
        await readRows(
          inputPath(context, `packs-${mode}/${file}`),
          "packs",
        ) as unknown as PackedRow[];
      const batches = packedBatches(await read("packs.arrow"), rows, `${seed}/${mode}`);
      const model = await loadModel(kit.gpu, inputPath(context, "base/model"), true);
      const trainer = new Trainer(model, trainerOptions(finetuning), batches);
      await train(context, kit, config, trainer, batchesOnce(await read("held-out.arrow"), rows));
    },
  };
}

async function train(
  context: StageContext,
  kit: Kit,
  config: Json,
  trainer: Trainer,
  heldOut: readonly TrainingBatch[],
): Promise<void> {
  const modelConfig = trainer.model.configJson;
  const configHash = hashJson({ config, inputs: context.inputHashes, code: context.code });
  await trainWithCheckpoints(trainer, {
    directory: `${context.directory}/checkpoints`,
    configHash,
    modelConfig,
    saveEvery: SAVE_EVERY,
    heldOut,
    progress: context.progress,
    checkStop: () => context.checkStop(),
  });
  const { weights, step, log, evaluations } = await trainer.state();
  await saveCheckpoint(context.output("model"), {
    weights,
    config: modelConfig,
    state: { step, configHash, trainer: null },
  });
  const made = (rows: number) => manifestOf(context, kit, config, rows, true);
  await writeRows(context.output("training_log.arrow"), "training_log", log, made(log.length));
  await writeRows(
    context.output("evaluation_log.arrow"),
    "evaluation_log",
    evaluations,
    made(evaluations.length),
  );
  trainer.release();
  trainer.model.release();
}
