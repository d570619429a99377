/**
 * What a running stage is given, in whichever thread it runs.
 *
 * @module
 */
import { nearest } from "../base/config.ts";
import { ConfigError } from "../base/errors.ts";
import type { OnProgress } from "../base/progress.ts";
import { inputPaths } from "./inputs.ts";
import { joinPath } from "./run_directory.ts";
import { type Stage, type StageContext, StopRequested } from "./stage.ts";
import { codeOf, type Hashes } from "./stage_record.ts";

/** What decides a stage's context. */
export interface StageTask {
  /** The run directory. */
  readonly run: string;
  /** The kit's version. */
  readonly kitVersion: string;
  /** Hashes of all that the stage reads. */
  readonly inputs: Hashes;
}

/** Whom a running stage tells how far it is, and asks whether to go on. */
export interface StageFollower {
  /** Told how far the stage is. */
  readonly progress: OnProgress;
  /** Whether the user asked to stop. */
  readonly stopAsked: () => boolean;
}

/** The error of a stop at this place. */
export const stopped = (where: string): StopRequested =>
  new StopRequested(
    `stopped ${where}, as asked; all finished work is kept: ` +
      `run the same command again to go on from there`,
  );

/** The context of one stage. */
export function stageContext(
  stage: Stage,
  task: StageTask,
  follower: StageFollower,
): StageContext {
  const directory = joinPath(task.run, stage.name);
  return {
    directory,
    inputHashes: task.inputs,
    code: codeOf(stage, task.kitVersion),
    input: inputPaths(stage, task.run, task.inputs),
    output: (name) => {
      if (stage.outputs.includes(name)) return joinPath(directory, name);
      throw new ConfigError(
        `stage "${stage.name}": found no declared output "${name}"; ` +
          `did you mean "${nearest(name, stage.outputs)}"?`,
      );
    },
    progress: follower.progress,
    checkStop: () => {
      if (follower.stopAsked()) throw stopped(`inside the stage ${stage.name}`);
    },
  };
}
