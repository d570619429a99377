/**
 * Training that survives its process: a checkpoint every so many steps, and a start from the latest.
 *
 * @module
 */
import type { Json } from "../base/canonical_json.ts";
import { CheckpointError } from "../base/errors.ts";
import type { OnProgress } from "../base/progress.ts";
import type { EvaluationLogTableRow, TrainingLogTableRow } from "../tables/mod.ts";
import type { TrainingBatch } from "./batches.ts";
import { latestCheckpoint, loadCheckpoint, pruneSteps, saveStep } from "./checkpoint.ts";
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
  /** Held-out batches on which the model is evaluated before every checkpoint. */
  readonly heldOut: readonly TrainingBatch[];
  /** Told once where a checkpoint was found: the steps done, of all. */
  readonly resumed?: (step: number, steps: number) => void;
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
  if (trainer.step > 0) run.resumed?.(trainer.step, steps);
  const report = (row: TrainingLogTableRow) =>
    run.progress(row.step, steps, `loss ${row.loss.toFixed(4)}`);
  while (trainer.step < steps) {
    const next = Math.min(steps, (Math.floor(trainer.step / run.saveEvery) + 1) * run.saveEvery);
    await trainer.run(next, report);
    if (run.heldOut.length) await trainer.evaluate(run.heldOut);
    await save(trainer, run);
    run.checkStop();
  }
}

async function save(trainer: Trainer, run: TrainingRun): Promise<void> {
  const { step, weights, firstMoment, secondMoment, ...rest } = await trainer.state();
  await saveStep(run.directory, {
    weights,
    config: run.modelConfig,
    moments: { first: firstMoment, second: secondMoment },
    state: { step, configHash: run.configHash, trainer: rest as unknown as Json },
  });
}

async function resume(trainer: Trainer, run: TrainingRun): Promise<void> {
  const latest = await latestCheckpoint(run.directory);
  if (!latest) return;
  // A process killed after its last save did not come to it.
  await pruneSteps(run.directory);
  const { weights, moments, state } = await loadCheckpoint(latest);
  if (state.configHash !== run.configHash || !moments) {
    throw new CheckpointError(
      `resuming training from ${latest}: found a checkpoint of another configuration; ` +
        `delete ${run.directory} to start over, or train into another folder`,
    );
  }
  trainer.restore({
    ...decodeLogs(state.trainer, latest),
    step: state.step,
    weights,
    firstMoment: moments.first,
    secondMoment: moments.second,
  });
}

/** What {@linkcode save} put beside the step. */
function decodeLogs(
  value: Json,
  folder: string,
): { tokens: number; log: TrainingLogTableRow[]; evaluations: EvaluationLogTableRow[] } {
  const found = (value ?? {}) as { tokens?: unknown; log?: unknown; evaluations?: unknown };
  const { tokens, log, evaluations } = found;
  if (Number.isSafeInteger(tokens) && Array.isArray(log) && Array.isArray(evaluations)) {
    return { tokens: tokens as number, log, evaluations };
  }
  throw new CheckpointError(
    `resuming training from ${folder}: found a state with ${Object.keys(found).join(", ")}, ` +
      `expected tokens, log and evaluations; delete the folder to start over`,
  );
}
