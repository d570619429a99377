/**
 * The directory of a run, `runs/<profile>`: who may write in it, and what lies in it.
 *
 * @module
 */
import { DataError } from "../base/errors.ts";
import { hashFile, hashJson } from "../base/hash.ts";

const describe = (error: unknown): string => error instanceof Error ? error.message : String(error);

/** Joins path parts with `/`, which every system that Deno runs on understands. */
export function joinPath(...parts: readonly string[]): string {
  return parts.map((part, i) => i < parts.length - 1 ? part.replace(/[/\\]+$/, "") : part).join(
    "/",
  );
}

/**
 * Takes a run directory for this process alone, and makes it where it is not there. The lock is the
 * operating system's own lock on the file `lock`, so that it ends with the process, however that
 * ends: there is no stale lock to remove.
 *
 * @returns Gives the directory back when disposed of.
 * @throws {DataError} where another process holds it, with that process's number.
 */
export async function lockRunDirectory(directory: string): Promise<Disposable> {
  const path = joinPath(directory, "lock");
  let file: Deno.FsFile | undefined;
  let held: boolean;
  try {
    await Deno.mkdir(directory, { recursive: true });
    file = await Deno.open(path, { read: true, write: true, create: true });
    held = await file.tryLock(true);
  } catch (error) {
    file?.close();
    throw new DataError(
      `locking the run directory ${directory}: ${describe(error)}; ` +
        `choose a directory on a local disk that you may write to`,
      { cause: error },
    );
  }
  if (!held) {
    file.close();
    // Where locks are mandatory (Windows) the holder's number cannot be read.
    const holder = await Deno.readTextFile(path).catch(() => "");
    throw new DataError(
      `locking the run directory ${directory}: it is in use by ` +
        `${holder.trim() === "" ? "another process" : `process ${holder.trim()}`}; ` +
        `wait until that ends, stop it, or choose another run directory`,
    );
  }
  await file.truncate(0);
  await file.write(new TextEncoder().encode(`${Deno.pid}\n`));
  return { [Symbol.dispose]: () => file.close() };
}

/** Whether a file holds measured times, which depend on a clock and are never hashed. */
const isTiming = (name: string): boolean => name.endsWith("timing.json");

/**
 * SHA-256 of a file's bytes, or of a folder: its files' names and hashes, without `*timing.json`.
 *
 * @throws {Deno.errors.NotFound} where nothing is there.
 */
export async function hashTree(path: string | URL): Promise<string> {
  if (!(await Deno.stat(path)).isDirectory) return await hashFile(path);
  const files: Record<string, string> = {};
  const base = path instanceof URL ? path.href.replace(/\/?$/, "/") : path;
  for await (const entry of Deno.readDir(path)) {
    if (isTiming(entry.name)) continue;
    const child = path instanceof URL ? new URL(entry.name, base) : joinPath(base, entry.name);
    files[entry.name] = await hashTree(child);
  }
  return hashJson(files);
}
