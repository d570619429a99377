/**
 * Files that are never half-written: bytes go to a neighbour, are flushed, and take the place of
 * the old file in one rename.
 *
 * @module
 */
import { DataError } from "./errors.ts";

const describe = (error: unknown): string => error instanceof Error ? error.message : String(error);

/**
 * Writes `data` to `path` so that a reader sees the old file or the new one, nothing between.
 *
 * @throws {DataError} where the disk refuses (full, read-only); the old file is then untouched.
 */
export async function writeFileAtomic(path: string, data: Uint8Array | string): Promise<void> {
  const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
  const part = `${path}.${Deno.pid}.part`;
  try {
    await Deno.mkdir(path.replace(/[^/\\]*$/, "") || ".", { recursive: true });
    using file = await Deno.open(part, { write: true, create: true, truncate: true });
    for (let done = 0; done < bytes.length;) done += await file.write(bytes.subarray(done));
    await file.sync();
    await Deno.rename(part, path);
  } catch (error) {
    await Deno.remove(part).catch(() => undefined);
    throw new DataError(
      `writing ${path} (${bytes.length} bytes): ${describe(error)}; nothing was changed. ` +
        `Free space or choose another --runs directory, then run the command again`,
      { cause: error },
    );
  }
}

/** Whether a file or folder is there. */
export async function exists(path: string | URL): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    const { NotFound, NotADirectory } = Deno.errors;
    if (error instanceof NotFound || error instanceof NotADirectory) return false;
    throw error;
  }
}

/**
 * Reads a whole file.
 *
 * @throws {DataError} that names `what` and the path where the file cannot be read.
 */
export async function readFile(path: string, what: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    throw new DataError(`reading ${what} ${path}: ${describe(error)}; check the path`, {
      cause: error,
    });
  }
}
