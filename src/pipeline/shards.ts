/**
 * Long work in pieces that survive the process.
 *
 * @module
 */
import { canonicalJson, type Json } from "../base/canonical_json.ts";
import { writeFileAtomic } from "../base/files.ts";
import { sha256 } from "../base/hash.ts";
import { joinPath } from "./run_directory.ts";
import type { StageContext } from "./stage.ts";

/** How work is cut. */
export interface ShardPlan {
  /** Names the shard files `<name>.part-<start>-<end>`. */
  readonly name: string;
  /** Units of work. */
  readonly total: number;
  /** Units in a shard: what a killed process loses at most. */
  readonly shardSize: number;
}

/**
 * Makes rows in shards and returns all of them in order. A finished shard is on disk and is not
 * made again; one that was torn is. Rows are returned as they were read back, so that a run that
 * was interrupted and one that was not go on with the same values.
 *
 * Shards are removed when the stage is finished. A stop request is honoured between shards.
 *
 * @param makeShard Makes the rows of the units from `start` up to but without `end`; rows are plain
 * JSON values, and depend on nothing but the unit's number and the stage's configuration and inputs.
 * @throws {DataError} on a number that JSON cannot hold, and where the disk refuses.
 * @throws {StopRequested} between shards.
 */
export async function resumeInShards<T>(
  context: StageContext,
  { name, total, shardSize }: ShardPlan,
  makeShard: (start: number, end: number) => Promise<readonly T[]>,
): Promise<T[]> {
  const rows: T[] = [];
  const digits = String(total).length;
  const pad = (unit: number): string => String(unit).padStart(digits, "0");
  for (let start = 0; start < total; start += shardSize) {
    const end = Math.min(start + shardSize, total);
    const path = joinPath(context.directory, `${name}.part-${pad(start)}-${pad(end)}`);
    let text = await readShard(path);
    if (text === null) {
      context.checkStop();
      text = canonicalJson(await makeShard(start, end) as unknown as Json);
      await writeFileAtomic(path, `${sha256(text)}\n${text}`);
    }
    for (const row of JSON.parse(text) as T[]) rows.push(row);
    context.progress(end, total);
  }
  return rows;
}

/** A shard's JSON; null where there is none or its bytes do not have the hash in its first line. */
async function readShard(path: string): Promise<string | null> {
  try {
    const bytes = await Deno.readTextFile(path);
    const text = bytes.slice(65);
    return sha256(text) === bytes.slice(0, 64) ? text : null;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
