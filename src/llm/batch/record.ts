/**
 * What is known of a batch, on the disk before and after every step that cannot be taken back.
 *
 * @module
 */
import { ConfigError, DataError } from "../../base/errors.ts";
import { readFile, writeFileAtomic } from "../../base/files.ts";
import type { Endpoint, LlmRole } from "../endpoint.ts";
import type { RequestDialect } from "../protocol.ts";

/**
 * `ready`: nothing was sent that costs; `creating`: the server may or may not have it; `submitted`:
 * it has; `collecting`: its answers are on the disk; `collected`: they are in the request log;
 * `withdrawn`: the server did not take it.
 */
export type BatchState =
  | "ready"
  | "creating"
  | "submitted"
  | "collecting"
  | "collected"
  | "withdrawn";

/** A request that is to be asked again. */
export interface LostRequest {
  /** Its key. */
  readonly key: string;
  /** What went wrong. */
  readonly error: string;
  /** Whether the reply was paid for and of no use. */
  readonly paid: boolean;
  /** Whether this was a try; a request that the server wants put otherwise is not tried yet. */
  readonly counts: boolean;
  /** Whether it is to be asked without its schema from now on. */
  readonly withoutSchema: boolean;
}

/** `batch.json`. */
export interface BatchRecord {
  /** A random name, by which the batch is found again at the server. */
  readonly tag: string;
  /** Who asks. */
  readonly role: LlmRole;
  /** Model that is asked. */
  readonly model: string;
  /** Address that is asked. */
  readonly baseUrl: string;
  /** Requests. */
  readonly requests: number;
  /** Bytes of the file of requests. */
  readonly bytes: number;
  /** SHA-256 of the file of requests. */
  readonly sha256: string;
  /** The most that it can cost, in US dollars. */
  readonly worstUsd: number;
  /** How requests are put. */
  readonly dialect: RequestDialect;
  /** How far it is. */
  readonly state: BatchState;
  /** The server's name of the uploaded file; null before. */
  readonly fileId: string | null;
  /** The server's name of the batch; null before. */
  readonly batchId: string | null;
  /** When it was submitted, ISO 8601; null before. */
  readonly submittedAt: string | null;
  /** The server's last word on it; null before. */
  readonly status: string | null;
  /** Rows of the request log before its answers; null before they came. */
  readonly logRows: number | null;
  /** Requests that are to be asked again. */
  readonly lost: readonly LostRequest[];
  /** How requests are to be put from now on. */
  readonly nextDialect: RequestDialect;
  /** Whether the server found the file too large. */
  readonly tooLarge: boolean;
}

/** A batch and its folder. */
export class Batch {
  /** Its folder. */
  readonly folder: string;
  /** Where it is asked. */
  readonly endpoint: Endpoint;
  #record: BatchRecord;

  /** Takes what is on the disk. */
  constructor(folder: string, endpoint: Endpoint, record: BatchRecord) {
    this.folder = folder;
    this.endpoint = endpoint;
    this.#record = record;
  }

  /** What is known of it. */
  get record(): BatchRecord {
    return this.#record;
  }

  /** Number and role, for messages. */
  get name(): string {
    return `batch ${this.folder.replace(/.*[/\\]/, "")} (${this.#record.role})`;
  }

  /** Path of a file in its folder. */
  path(name: BatchFile): string {
    return `${this.folder}/${name}`;
  }

  /** Whether its answers are yet to come into the log. */
  get open(): boolean {
    return this.#record.state !== "collected" && this.#record.state !== "withdrawn";
  }

  /** Changes what is known, on the disk first. */
  async save(changes: Partial<BatchRecord>): Promise<void> {
    const record = { ...this.#record, ...changes };
    await writeRecord(this.folder, record);
    this.#record = record;
  }
}

/**
 * Files of a batch's folder: the requests as they were asked (which the log takes over), as they
 * are sent, and the server's answers.
 */
export type BatchFile = "requests.jsonl" | "input.jsonl" | "output.jsonl" | "errors.jsonl";

/** All of them. */
export const BATCH_FILES: readonly BatchFile[] = [
  "requests.jsonl",
  "input.jsonl",
  "output.jsonl",
  "errors.jsonl",
];

const recordPath = (folder: string): string => `${folder}/batch.json`;

/** Writes `batch.json`. */
export async function writeRecord(folder: string, record: BatchRecord): Promise<void> {
  await writeFileAtomic(recordPath(folder), JSON.stringify(record, null, 2) + "\n");
}

/**
 * Reads `batch.json`.
 *
 * @throws {DataError} where it is damaged.
 */
export async function readRecord(folder: string): Promise<BatchRecord> {
  const path = recordPath(folder);
  const text = new TextDecoder().decode(await readFile(path, "a batch"));
  const record: BatchRecord | undefined = parse(text);
  if (record?.tag) return record;
  throw new DataError(
    `reading batch ${path}: found no whole record, expected one as the kit writes it; what it ` +
      `asked may be under way at the server: restore the file, or remove its folder to ask again`,
  );
}

function parse(text: string): BatchRecord | undefined {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Numbered folders below `directory`, in order; those without a record were never sent. */
export async function batchFolders(directory: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name, isDirectory } of Deno.readDir(directory)) {
      if (isDirectory && /^\d{5,}$/.test(name)) names.push(name);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return names.sort((a, b) => Number(a) - Number(b)).map((name) => `${directory}/${name}`);
}

/** Whether a batch's record was written. */
export async function hasRecord(folder: string): Promise<boolean> {
  return await Deno.stat(recordPath(folder)).then(() => true, () => false);
}

/**
 * Checks that nothing is under way that a live run would ask a second time.
 *
 * @throws {ConfigError} where a batch is.
 */
export async function refuseOpenBatches(directory: string): Promise<void> {
  for (const folder of await batchFolders(directory)) {
    if (!await hasRecord(folder)) continue;
    const { state } = await readRecord(folder);
    if (state === "collected" || state === "withdrawn") continue;
    throw new ConfigError(
      `asking live: found ${folder} under way, expected no batch whose requests would be paid ` +
        `for twice; go on with --batch or --batch-files as before, or remove the folder`,
    );
  }
}
