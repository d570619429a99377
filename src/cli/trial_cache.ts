/**
 * What `deno task doctor --tune` picked, kept in a file for each adapter, driver and kit version in
 * the user's cache folder. A command reads it only where `--tuned` asks for it.
 *
 * @module
 */
import { checkVariant, type Variants } from "../../kernels/variants.ts";
import { list, object, text } from "../base/config.ts";
import { KitError } from "../base/errors.ts";
import { exists, writeFileAtomic } from "../base/files.ts";
import { hashJson } from "../base/hash.ts";
import type { Gpu } from "../gpu/gpu.ts";

/** What a trial picked for one shape class. */
export interface Pick {
  /** The operation. */
  readonly operation: string;
  /** The shape class. */
  readonly shapeClass: string;
  /** The variant's name. */
  readonly picked: string;
}

const decodePicks = list(object({ operation: text, shapeClass: text, picked: text }));

/** Whose trial it is. */
function identity({ facts }: Gpu, kit: string): Record<string, string | number> {
  const { adapter, driver, subgroupSize } = facts;
  return { adapter, driver, subgroupSize, kit };
}

/**
 * The kit's cache folder: `RWR_CACHE`, or `rwr-kit` where the system keeps a user's caches.
 *
 * @returns undefined where the environment names no home.
 */
export function cacheFolder(
  environment: Readonly<Record<string, string>> = Deno.env.toObject(),
  os: typeof Deno.build.os = Deno.build.os,
): string | undefined {
  const { RWR_CACHE, XDG_CACHE_HOME, LOCALAPPDATA, HOME } = environment;
  if (RWR_CACHE) return RWR_CACHE;
  if (os === "windows") return LOCALAPPDATA && `${LOCALAPPDATA}\\rwr-kit\\cache`;
  if (os === "darwin") return HOME && `${HOME}/Library/Caches/rwr-kit`;
  if (XDG_CACHE_HOME) return `${XDG_CACHE_HOME}/rwr-kit`;
  return HOME && `${HOME}/.cache/rwr-kit`;
}

/** The file of this adapter in the folder. */
export function trialFile(folder: string, gpu: Gpu, kit: string): string {
  return `${folder}/variants-${hashJson(identity(gpu, kit)).slice(0, 16)}.json`;
}

/** Keeps picks, in place of those before. @throws {DataError} where the folder cannot be written. */
export async function writePicks(
  path: string,
  gpu: Gpu,
  kit: string,
  picks: readonly Pick[],
): Promise<void> {
  const kept = picks.map(({ operation, shapeClass, picked }) => ({
    operation,
    shapeClass,
    picked,
  }));
  await writeFileAtomic(
    path,
    JSON.stringify({ ...identity(gpu, kit), picks: kept }, null, 2) + "\n",
  );
}

/**
 * Takes over the picks of a file.
 *
 * @returns What is wrong where there is no such file, or it is broken and therefore ignored.
 */
export async function adoptPicks(
  path: string,
  gpu: Gpu,
  known: readonly Variants[],
): Promise<string | undefined> {
  if (!await exists(path)) {
    return `no trial of this adapter in ${path}: defaults are taken; run \`deno task doctor --tune\``;
  }
  try {
    const content: unknown = JSON.parse(await Deno.readTextFile(path));
    const found = typeof content === "object" && content !== null && "picks" in content
      ? content.picks
      : undefined;
    const picks = decodePicks(found, "picks");
    for (const { operation, picked } of picks) checkVariant(gpu, known, operation, picked);
    for (const { operation, shapeClass, picked } of picks) {
      gpu.choices.adopt(operation, shapeClass, picked);
    }
  } catch (error) {
    if (!(error instanceof KitError || error instanceof SyntaxError)) throw error;
    return `ignoring the trial in ${path}: ${error.message}; run \`deno task doctor --tune\` again`;
  }
}
