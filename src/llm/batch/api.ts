/**
 * OpenAI's Batch API: `/files` and `/batches`, with whatever goes wrong on the way.
 *
 * @module
 */
import type OpenAI from "openai";
import { DataError, HaltError, KitError } from "../../base/errors.ts";
import { readFile } from "../../base/files.ts";
import { formatDuration } from "../../base/progress.ts";
import type { Endpoint } from "../endpoint.ts";
import { readFailure } from "../failure.ts";
import { openClient } from "../protocol.ts";
import { pause } from "./carrier.ts";
import type { Batch, BatchFile } from "./record.ts";
import { batchUrl } from "./wire.ts";

/** What is read of a batch at the server. */
export interface ServerBatch {
  /** Its name there. */
  readonly id: string;
  /** `validating`, `in_progress`, `finalizing`, `completed`, `failed`, `expired`, … */
  readonly status: string;
  /** When it was created, in seconds since 1970. */
  readonly created_at?: number;
  /** The file that it was made of. */
  readonly input_file_id?: string;
  /** Answers. */
  readonly output_file_id?: string | null;
  /** Requests that failed. */
  readonly error_file_id?: string | null;
  /** What was attached to it. */
  readonly metadata?: unknown;
  /** Why it failed as a whole. */
  readonly errors?: {
    readonly data?: readonly { readonly code?: string; readonly message?: string }[];
  } | null;
  /** How far it is. */
  readonly request_counts?: {
    readonly total: number;
    readonly completed: number;
    readonly failed: number;
  } | null;
}

/** A server's answer that asking again does not change. */
export class Refusal extends Error {
  /** HTTP status. */
  readonly status: number | null;

  /** Keeps status and message. */
  constructor(status: number | null, message: string) {
    super(message);
    this.status = status;
  }
}

/** How long to try. */
export interface ApiTimes {
  /** Milliseconds before the first retry, doubled for each one after. */
  readonly backoffMs: number;
  /** How long a server may be gone, in milliseconds. */
  readonly patienceMs: number;
}

const UPLOAD_TIMEOUT_MS = 1_800_000;
const TIMEOUT_MS = 120_000;
const MAX_BACKOFF_MS = 60_000;
/** The name of the tag among a batch's metadata. */
const TAG = "rwr_batch";
const PAGE = 100;
/** How long a list of batches may lag behind, in milliseconds. */
const LAG_MS = 2000;
/** How far a server's clock may be behind, in seconds. */
const CLOCK_SLACK = 86_400;
/** Whether a server's word on an upload is about its size. */
const TOO_LARGE = /too large|too big|file size|size limit|exceeds.*(size|bytes|MB)/i;

/** Batches of one endpoint. */
export class BatchApi {
  readonly #endpoint: Endpoint;
  readonly #times: ApiTimes;
  readonly #signal: AbortSignal | undefined;
  #client: Promise<OpenAI> | undefined;

  /** @param signal Ends waiting. */
  constructor(endpoint: Endpoint, times: ApiTimes, signal: AbortSignal | undefined) {
    this.#endpoint = endpoint;
    this.#times = times;
    this.#signal = signal;
  }

  /** Uploads a batch's requests; undefined where the server finds the file too large. */
  async upload(batch: Batch): Promise<string | undefined> {
    const bytes = await readFile(batch.path("input.jsonl"), "a batch's requests");
    const file = new File([bytes], `rwr-${batch.record.tag}.jsonl`);
    try {
      const { id } = await this.#try(`uploading ${batch.name}`, async (client) => {
        return await client.files.create({ file, purpose: "batch" }, {
          timeout: UPLOAD_TIMEOUT_MS,
        });
      });
      return id;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.status === 413 || TOO_LARGE.test(error.message)) return undefined;
      throw this.#halt(`uploading ${batch.name}`, error);
    }
  }

  /**
   * Has the server begin with an uploaded file.
   *
   * @param maybeThere Whether a process that was killed may have done so.
   */
  async create(batch: Batch, maybeThere: boolean): Promise<ServerBatch> {
    const { tag, fileId } = batch.record;
    let look = maybeThere;
    return await this.#try(`submitting ${batch.name}`, async (client) => {
      const found = look && await this.#find(client, batch);
      if (found) return found;
      // Should no answer come, it may have been created all the same.
      look = true;
      return await client.batches.create({
        input_file_id: fileId!,
        endpoint: batchUrl(this.#endpoint),
        completion_window: "24h",
        metadata: { [TAG]: tag },
      }, { timeout: TIMEOUT_MS }) as ServerBatch;
    });
  }

  /** How far a batch is. */
  async retrieve(batch: Batch): Promise<ServerBatch> {
    const what = `asking after ${batch.name}`;
    try {
      return await this.#try(
        what,
        async (client) =>
          await client.batches.retrieve(batch.record.batchId!, {
            timeout: TIMEOUT_MS,
          }) as ServerBatch,
      );
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw this.#halt(what, error);
    }
  }

  /** Brings a file of the server into the batch's folder. */
  async download(batch: Batch, fileId: string, name: BatchFile): Promise<void> {
    const what = `fetching ${name} of ${batch.name}`;
    const part = `${batch.path(name)}.part`;
    try {
      await this.#try(what, async (client) => {
        const { body } = await client.files.content(fileId, { timeout: UPLOAD_TIMEOUT_MS });
        await keep(body, part);
      });
      await Deno.rename(part, batch.path(name));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw this.#halt(what, error);
    }
  }

  /** What stops the run. */
  halt(what: string, found: string): HaltError {
    const { key } = this.#endpoint;
    return this.#halt(what, new Refusal(null, key ? key.redact(found) : found));
  }

  #halt(what: string, { message }: Refusal): HaltError {
    const { model, baseUrl, role } = this.#endpoint;
    return new HaltError(
      `${what} of ${model} at ${baseUrl}: found ${message}, expected a batch; check ` +
        `RWR_${role.toUpperCase()}_BASE_URL and _API_KEY, then run the command again to go on`,
    );
  }

  /** The batch that a call before this one may have created; looks twice, as lists lag behind. */
  async #find(client: OpenAI, batch: Batch): Promise<ServerBatch | undefined> {
    try {
      const found = await this.#list(client, batch);
      if (found) return found;
      await pause(LAG_MS, this.#signal);
      return await this.#list(client, batch);
    } catch (error) {
      const { status, message } = readFailure(error, false, null);
      if (error instanceof KitError || status !== 404 && status !== 405) throw error;
      throw this.halt(
        `submitting ${batch.name}`,
        `no list of batches (${message}), and cannot tell whether one was made of the file ` +
          `${batch.record.fileId}: where there is none, remove ${batch.folder}`,
      );
    }
  }

  async #list(client: OpenAI, { record }: Batch): Promise<ServerBatch | undefined> {
    const since = Date.parse(record.submittedAt!) / 1000 - CLOCK_SLACK;
    for await (const found of client.batches.list({ limit: PAGE }, { timeout: TIMEOUT_MS })) {
      const batch = found as ServerBatch;
      const tag = (batch.metadata as Record<string, unknown> | null | undefined)?.[TAG];
      if (tag === record.tag) return batch;
      // Servers that forget metadata still know the file; one file is submitted once.
      if (tag === undefined && batch.input_file_id === record.fileId) return batch;
      if (batch.created_at !== undefined && batch.created_at < since) return undefined;
    }
  }

  /** Calls the server until it answers, or patience ends. */
  async #try<T>(what: string, call: (client: OpenAI) => Promise<T>): Promise<T> {
    const { backoffMs, patienceMs } = this.#times;
    const start = performance.now();
    for (let failures = 0;; failures++) {
      try {
        return await call(await (this.#client ??= openClient(this.#endpoint, TIMEOUT_MS)));
      } catch (error) {
        if (error instanceof KitError) throw error;
        const failure = readFailure(error, false, null);
        const { key } = this.#endpoint;
        const message = key ? key.redact(failure.message) : failure.message;
        const passes = ["fault", "pushback", "gone"].includes(failure.kind);
        if (!passes) throw new Refusal(failure.status, message);
        if (performance.now() - start >= patienceMs) {
          const waited = formatDuration(patienceMs / 1000);
          throw this.halt(what, `${message} for ${waited}`);
        }
        const backoff = Math.min(MAX_BACKOFF_MS, backoffMs * 2 ** failures);
        const wait = Math.min(Math.max(failure.retryAfterMs ?? 0, backoff), patienceMs);
        await pause(wait, this.#signal);
      }
    }
  }
}

/** Has a response on the disk. */
async function keep(body: ReadableStream<Uint8Array> | null, path: string): Promise<void> {
  const guard = async <T>(write: Promise<T>): Promise<T> => {
    try {
      return await write;
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new DataError(`writing ${path}: ${reason}; free space, then run the command again`, {
        cause,
      });
    }
  };
  using file = await guard(Deno.open(path, { write: true, create: true, truncate: true }));
  for await (const piece of body ?? []) {
    for (let done = 0; done < piece.length;) done += await guard(file.write(piece.subarray(done)));
  }
  await guard(file.sync());
}
