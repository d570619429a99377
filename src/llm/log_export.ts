/**
 * A request log to hand on: what was answered, once each, without the tries that were lost.
 *
 * @module
 */
import { DataError } from "../base/errors.ts";
import { exists } from "../base/files.ts";
import type { ApiKey } from "./endpoint.ts";
import type { LogRow } from "./log_format.ts";
import { LogIndex } from "./log_index.ts";
import { jsonLine } from "./log_jsonl.ts";
import { RequestLog } from "./request_log.ts";

/** Rows in memory, and in one message: few, because a reply is found by decoding its message. */
const GROUP = 32;

/** What {@linkcode exportLogs} did. */
export interface ExportedLog {
  /** Replies and final failures written. */
  readonly rows: number;
  /** Rows left out because a key stands in them. */
  readonly withKey: number;
}

/**
 * Writes the replies and final failures of some logs into one file, as they were asked and paid: a
 * log that {@linkcode RequestLog.open} opens where the path ends in `.arrows`, JSON lines where it
 * ends in `.jsonl`.
 *
 * @param keys A row in whose text one of these stands is left out.
 * @throws {DataError} where the file is there already, a log cannot be read, or the disk refuses;
 *   nothing is left behind then.
 */
export async function exportLogs(
  logs: readonly string[],
  path: string,
  keys: readonly ApiKey[] = [],
): Promise<ExportedLog> {
  if (!/\.(arrows|jsonl)$/.test(path)) {
    throw new DataError(`exporting requests: found the name ${path}, expected .arrows or .jsonl`);
  }
  if (await exists(path)) {
    throw new DataError(
      `exporting requests: found ${path}, expected no such file: what is in it may have been ` +
        `paid for; choose another name or remove it`,
    );
  }
  const part = `${path}.${Deno.pid}.part`;
  try {
    const sink = path.endsWith(".jsonl") ? await openLines(part) : await openLog(part);
    let exported: ExportedLog;
    try {
      exported = await copyRows(logs, sink, keys);
    } finally {
      await sink.close();
    }
    await Deno.rename(part, path);
    return exported;
  } catch (error) {
    await Deno.remove(part).catch(() => undefined);
    if (error instanceof DataError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataError(`exporting requests to ${path}: ${reason}; free space or choose another`, {
      cause: error,
    });
  }
}

interface Sink {
  write(rows: readonly LogRow[]): Promise<void>;
  close(): Promise<void>;
}

async function openLog(path: string): Promise<Sink> {
  const log = await RequestLog.open(path);
  return {
    write: async (rows) => void await Promise.all(rows.map((row) => log.append(row))),
    close: () => log.close(),
  };
}

async function openLines(path: string): Promise<Sink> {
  await Deno.mkdir(path.replace(/[^/\\]*$/, "") || ".", { recursive: true });
  const file = await Deno.open(path, { write: true, create: true, truncate: true });
  return {
    async write(rows) {
      const bytes = new TextEncoder().encode(rows.map(jsonLine).join(""));
      for (let done = 0; done < bytes.length;) done += await file.write(bytes.subarray(done));
    },
    async close() {
      try {
        await file.sync();
      } finally {
        file.close();
      }
    },
  };
}

async function copyRows(
  logs: readonly string[],
  sink: Sink,
  keys: readonly ApiKey[],
): Promise<ExportedLog> {
  const seen = new LogIndex();
  let [rows, withKey, group]: [number, number, LogRow[]] = [0, 0, []];
  const write = async (): Promise<void> => {
    await sink.write(group);
    rows += group.length;
    group = [];
  };
  for (const log of logs) {
    for await (const row of RequestLog.rows(log)) {
      if (row.outcome === "lost" || seen.has(row.key)) continue;
      seen.add(row.key, { offset: 0, row: 0 });
      if (holds(row, keys)) withKey++;
      else group.push(row);
      if (group.length === GROUP) await write();
    }
  }
  await write();
  return { rows, withKey };
}

const holds = (row: LogRow, keys: readonly ApiKey[]): boolean =>
  Object.values(row).some((cell) =>
    typeof cell === "string" && keys.some((key) => key.redact(cell) !== cell)
  );
