/**
 * What `--list` shows: each stage, table and figure of a run with its state.
 *
 * @module
 */
import { orderStages } from "./graph.ts";
import { hashInputs } from "./inputs.ts";
import { joinPath } from "./run_directory.ts";
import type { Product, Stage } from "./stage.ts";
import { type Hashes, inspectStage, readTiming, type StageState } from "./stage_record.ts";

/** A stage's place in a run. */
export interface StageStatus {
  /** The stage's name. */
  readonly name: string;
  /** Done, stale (made from something else than now), missing, or failed. */
  readonly state: StageState;
  /** Why, in one line; empty where it is done. */
  readonly reason: string;
  /** Seconds it took when it was last finished; null where it never was. */
  readonly seconds: number | null;
  /** Its tables and figures; each has the stage's state. */
  readonly products: readonly Product[];
}

/**
 * Inspects every stage without running or locking anything; reads and hashes all outputs.
 *
 * @param directory `runs/<profile>`, which need not be there.
 * @throws {ConfigError} on a stage list that is wrong, or where a stage's file is not there.
 */
export async function listStages(
  stages: readonly Stage[],
  directory: string,
  kitVersion: string,
): Promise<StageStatus[]> {
  const done = new Map<string, Hashes>();
  const statuses: StageStatus[] = [];
  for (const stage of orderStages(stages)) {
    const folder = joinPath(directory, stage.name);
    const inputs = await hashInputs(stage, done);
    const found = await inspectStage(stage, folder, kitVersion, inputs);
    if (found.outputs) done.set(stage.name, found.outputs);
    const timing = await readTiming(folder);
    statuses.push({
      name: stage.name,
      state: found.state,
      reason: found.reason,
      seconds: timing?.complete ? timing.seconds : null,
      products: stage.products ?? [],
    });
  }
  return statuses;
}
