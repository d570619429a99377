/**
 * Reading the request log's file, message by message.
 *
 * @module
 */
import { DataError } from "../base/errors.ts";
import {
  bodyLength,
  decodeBatch,
  type LogBatch,
  metadataLength,
  PREFIX_BYTES,
  SCHEMA_BYTES,
} from "./log_format.ts";

/** Opens a log that is there. */
export async function openToRead(path: string): Promise<Deno.FsFile> {
  try {
    return await Deno.open(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataError(`reading request log ${path}: ${reason}; check the path`, { cause: error });
  }
}

const notALog = (path: string): DataError =>
  new DataError(
    `reading request log ${path}: found another kind of file or other columns, expected the ` +
      `Arrow stream that this version of the kit writes; choose another folder`,
  );

/**
 * Checks that a file of `size` bytes starts as a log, as far as it goes.
 *
 * @throws {DataError} where it does not.
 */
export function checkSchema(path: string, file: Deno.FsFile, size: number): void {
  const length = Math.min(size, SCHEMA_BYTES.length);
  const bytes = readAt(file, 0, length);
  if (bytes.some((byte, i) => byte !== SCHEMA_BYTES[i])) throw notALog(path);
}

function readAt(file: Deno.FsFile, at: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  file.seekSync(at, Deno.SeekMode.Start);
  for (let done = 0; done < length;) {
    const got = file.readSync(bytes.subarray(done));
    if (got === null) return bytes.subarray(0, done);
    done += got;
  }
  return bytes;
}

/** The whole message at `at`, and where it ends; undefined where there is none before `size`. */
export function readMessage(
  file: Deno.FsFile,
  at: number,
  size: number,
): { readonly batch: LogBatch; readonly end: number } | undefined {
  if (at + PREFIX_BYTES > size) return undefined;
  const metadata = metadataLength(readAt(file, at, PREFIX_BYTES));
  if (metadata === undefined || at + PREFIX_BYTES + metadata > size) return undefined;
  const body = bodyLength(readAt(file, at + PREFIX_BYTES, metadata));
  if (body === undefined) return undefined;
  const end = at + PREFIX_BYTES + metadata + body;
  if (end > size) return undefined;
  const batch = decodeBatch(readAt(file, at, end - at));
  return batch && { batch, end };
}

/** Where the next whole message starts; messages start at multiples of eight. */
export function findMessage(file: Deno.FsFile, from: number, size: number): number | undefined {
  for (let at = from; at + PREFIX_BYTES <= size; at += PREFIX_BYTES) {
    if (readMessage(file, at, size)) return at;
  }
  return undefined;
}
