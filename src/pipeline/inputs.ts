/**
 * What a stage reads: paths and hashes of its input stages' outputs and of its files.
 *
 * @module
 */
import { nearest } from "../base/config.ts";
import { ConfigError } from "../base/errors.ts";
import { hashTree, joinPath } from "./run_directory.ts";
import type { Stage } from "./stage.ts";
import type { Hashes } from "./stage_record.ts";

/**
 * Hashes of all that a stage reads, by `stage/output` or file name.
 *
 * @param done Output hashes of the stages that are done.
 * @returns null where a stage before it is not done.
 * @throws {ConfigError} where one of its files is not there.
 */
export async function hashInputs(
  stage: Stage,
  done: ReadonlyMap<string, Hashes>,
): Promise<Hashes | null> {
  const hashes: Record<string, string> = {};
  for (const input of stage.inputs) {
    const outputs = done.get(input);
    if (!outputs) return null;
    for (const [name, hash] of Object.entries(outputs)) hashes[`${input}/${name}`] = hash;
  }
  for (const [name, path] of Object.entries(stage.files ?? {})) {
    try {
      hashes[name] = await hashTree(path);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
      throw new ConfigError(
        `stage "${stage.name}": found no file or folder ${path} for its input "${name}"; ` +
          `put it there or correct the path`,
      );
    }
  }
  return hashes;
}

/** The paths of all that a stage reads, by `stage/output` or file name. */
export function inputPaths(
  stage: Stage,
  runDirectory: string,
  hashes: Hashes,
): (name: string) => string | URL {
  return (name) => {
    const file = stage.files?.[name];
    if (file !== undefined) return file;
    if (Object.hasOwn(hashes, name)) return joinPath(runDirectory, name);
    const known = Object.keys(hashes);
    throw new ConfigError(
      `stage "${stage.name}": found no declared input "${name}"; ` +
        (known.length === 0 ? "it declares none" : `did you mean "${nearest(name, known)}"?`),
    );
  };
}
