/**
 * Which share of a run a process does: `--shard i/n`, or what Slurm and Kubernetes say.
 *
 * @module
 */
import { ConfigError } from "../base/errors.ts";

/** One of `count` processes that share a run. */
export interface Shard {
  /** Number of this process, from 0. */
  readonly index: number;
  /** How many there are. */
  readonly count: number;
}

/** A run by one process. */
export const wholeRun: Shard = { index: 0, count: 1 };

/**
 * The shard of this process: the flag where it was given, else a Slurm array's task
 * (SLURM_ARRAY_TASK_ID counted from SLURM_ARRAY_TASK_MIN, SLURM_ARRAY_TASK_COUNT), else an Indexed
 * Job's (JOB_COMPLETION_INDEX with RWR_SHARDS, since Kubernetes does not tell a pod how many there
 * are), else the whole run.
 *
 * @param flag `i/n` with i from 0 to n − 1.
 * @throws {ConfigError} on another form, or where one of two variables is missing.
 */
export function shardOf(
  flag: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Shard {
  if (flag !== undefined) return parseShard(flag, "--shard");
  const task = environment.SLURM_ARRAY_TASK_ID;
  if (task !== undefined) {
    const count = needed(environment, "SLURM_ARRAY_TASK_COUNT", "SLURM_ARRAY_TASK_ID");
    const first = environment.SLURM_ARRAY_TASK_MIN ?? "0";
    return parseShard(`${Number(task) - Number(first)}/${count}`, "the Slurm array");
  }
  const pod = environment.JOB_COMPLETION_INDEX;
  if (pod === undefined) return wholeRun;
  const count = needed(environment, "RWR_SHARDS", "JOB_COMPLETION_INDEX");
  return parseShard(`${pod}/${count}`, "JOB_COMPLETION_INDEX/RWR_SHARDS");
}

/** Name of a shard's folder inside the run's; "" for a whole run. */
export function shardFolder({ index, count }: Shard): string {
  return count === 1 ? "" : `shard-${index}-of-${count}`;
}

function needed(
  environment: Readonly<Record<string, string | undefined>>,
  name: string,
  beside: string,
): string {
  const value = environment[name];
  if (value === undefined) {
    throw new ConfigError(
      `sharding: found ${beside} without ${name}, expected both; set ${name} to the number of ` +
        `processes, or give --shard i/n`,
    );
  }
  return value;
}

function parseShard(text: string, what: string): Shard {
  const found = /^(\d+)\/(\d+)$/.exec(text);
  const [index, count] = [Number(found?.[1]), Number(found?.[2])];
  if (found && index < count) return { index, count };
  throw new ConfigError(
    `sharding: found ${text} from ${what}, expected i/n with i from 0 to n - 1, such as 0/3`,
  );
}
