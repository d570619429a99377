/**
 * Training that survives its process: a checkpoint every so many steps, and a start from the latest.
 *
 * @module
 */
import type { Json } from "../base/canonical_json.ts";
import { CheckpointError } from "../base/errors.ts";
import type { OnProgress } from "../base/progress.ts";
import type { TrainingLogTableRow } from "../tables/mod.ts";
import { latestCheckpoint, loadCheckpoint, saveStep } from "./checkpoint.ts";
import type { Trainer } from "./trainer.ts";

/** Where and how often training is saved, and whom it tells. */
export interface TrainingRun {
  /** Folder of the checkpoints. */
  readonly directory: string;
  /** Hash of everything that decides the result; a checkpoint of another one is refused. */
  readonly configHash: string;
  /** The model's `config.json`. */
  readonly modelConfig: Json;
  /** Steps between checkpoints. */
  readonly saveEvery: number;
  /** Told after every tenth step. */
  readonly progress: OnProgress;
  /** Called after each checkpoint; throws where the user asked to stop. */
  readonly checkStop: () => void;
}

/**
 * Runs a trainer to its last step, from the latest checkpoint on. The weights afterwards have the same
 * bits whether or not the run was interrupted.
 *
 * @throws {CheckpointError} where the latest checkpoint is of another configuration.
 */
export async function trainWithCheckpoints(trainer: Trainer, run: TrainingRun): Promise<void> {
  await resume(trainer, run);
  const { steps } = trainer.options;
  const report = (row: TrainingLogTableRow) =>
    run.progress(row.step, steps, `loss ${row.loss.toFixed(4)}`);
  while (trainer.step < steps) {
    const next = Math.min(steps, (Math.floor(trainer.step / run.saveEvery) + 1) * run.saveEvery);
    await trainer.run(next, report);
    await save(trainer, run);
    run.checkStop();
  }
}

async function save(trainer: Trainer, run: TrainingRun): Promise<void> {
  const { step, tokens, weights, firstMoment, secondMoment, log } = await trainer.state();
  await saveStep(run.directory, {
    weights,
    config: run.modelConfig,
    moments: { first: firstMoment, second: secondMoment },
    state: {
      step,
      configHash: run.configHash,
      trainer: { tokens, log: log.map((row) => ({ ...row })) },
    },
  });
}

async function resume(trainer: Trainer, run: TrainingRun): Promise<void> {
  const latest = await latestCheckpoint(run.directory);
  if (!latest) return;
  const { weights, moments, state } = await loadCheckpoint(latest);
  if (state.configHash !== run.configHash || !moments) {
    throw new CheckpointError(
      `resuming training from ${latest}: found a checkpoint of another configuration; ` +
        `delete ${run.directory} to start over, or train into another folder`,
    );
  }
  const { tokens, log } = state.trainer as unknown as {
    tokens: number;
    log: TrainingLogTableRow[];
  };
  trainer.restore({
    step: state.step,
    tokens,
    weights,
    firstMoment: moments.first,
    secondMoment: moments.second,
    log,
  });
}
