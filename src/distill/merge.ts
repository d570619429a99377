/**
 * Joins the folders of shards into the folder of the run, byte for byte what one process makes.
 *
 * @module
 */
import { DataError } from "../base/errors.ts";
import { exists, readFile, writeFileAtomic } from "../base/files.ts";
import { hashFile } from "../base/hash.ts";
import { partPath } from "./parts.ts";
import type { SelectionSummary } from "./selection.ts";
import { shardFolder } from "./shard.ts";

/** What {@linkcode mergeShards} joined. */
export interface Merged {
  /** Shards that took part. */
  readonly shards: number;
  /** Parts of the notes table. */
  readonly parts: number;
}

/**
 * Copies the selection and every part of the notes table from `shard-<i>-of-<n>` into `directory`,
 * and the request logs beside them as `requests-<i>.arrows`.
 *
 * @throws {DataError} where there are no shards, one is missing, their selections differ, or a part
 *   is not made yet.
 */
export async function mergeShards(directory: string): Promise<Merged> {
  const folders = await shardsOf(directory);
  const selection = await commonSelection(folders);
  for (let part = 0; part < selection.parts; part++) {
    const owner = folders[part % folders.length];
    for (const kind of ["selection", "notes"]) {
      const from = partPath(`${owner}/${kind}`, part);
      if (!await exists(from)) {
        throw new DataError(
          `merging ${directory}: found no ${from}, expected every part of this shard; run the ` +
            `shard again to its end`,
        );
      }
      await copy(from, partPath(`${directory}/${kind}`, part));
    }
    // A run whose verifier is a rule has none.
    const again = partPath(`${owner}/reasked`, part);
    if (await exists(again)) await copy(again, partPath(`${directory}/reasked`, part));
  }
  for (const [i, folder] of folders.entries()) {
    const log = `${folder}/requests.arrows`;
    if (await exists(log)) await copy(log, `${directory}/requests-${i}.arrows`);
  }
  await copy(`${folders[0]}/selection.json`, `${directory}/selection.json`);
  return { shards: folders.length, parts: selection.parts };
}

async function copy(from: string, to: string): Promise<void> {
  await writeFileAtomic(to, await readFile(from, "a shard's file"));
}

/** The folders of all shards, in order. */
async function shardsOf(directory: string): Promise<string[]> {
  const counts = new Set<number>();
  const names = new Set<string>();
  try {
    for await (const { name } of Deno.readDir(directory)) {
      const found = /^shard-\d+-of-(\d+)$/.exec(name);
      if (found) counts.add(Number(found[1])), names.add(name);
    }
  } catch (cause) {
    throw new DataError(
      `merging ${directory}: found no such folder, expected that of a run whose shards are done`,
      { cause },
    );
  }
  const [count] = counts;
  if (counts.size !== 1) {
    throw new DataError(
      `merging ${directory}: found shards of ${counts.size} different numbers ` +
        `(${[...names].sort().join(", ") || "none"}), expected shard-<i>-of-<n> of one n`,
    );
  }
  const wanted = Array.from({ length: count }, (_, index) => shardFolder({ index, count }));
  const missing = wanted.filter((name) => !names.has(name));
  if (missing.length > 0) {
    throw new DataError(
      `merging ${directory}: found ${names.size} of ${count} shards, expected ` +
        `${missing.join(", ")} too; run ${missing.length === 1 ? "it" : "them"} first`,
    );
  }
  return wanted.map((name) => `${directory}/${name}`);
}

/** The selection, which every shard must have made alike. */
async function commonSelection(folders: readonly string[]): Promise<SelectionSummary> {
  const hashes = new Map<string, string>();
  for (const folder of folders) {
    const path = `${folder}/selection.json`;
    if (!await exists(path)) {
      throw new DataError(
        `merging: found no ${path}, expected a shard that has begun; run it to its end`,
      );
    }
    hashes.set(await hashFile(path), folder);
  }
  if (hashes.size > 1) {
    throw new DataError(
      `merging: found different selections in ${[...hashes.values()].join(" and ")}, expected ` +
        `all shards to select alike; run them with the same flags, source and version`,
    );
  }
  const bytes = await readFile(`${folders[0]}/selection.json`, "a selection");
  return JSON.parse(new TextDecoder().decode(bytes)) as SelectionSummary;
}
