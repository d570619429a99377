/**
 * Batches that a server answers: submitted once each, whatever happens to the process.
 *
 * @module
 */
import { HaltError } from "../../base/errors.ts";
import { formatDuration, type ProgressSink } from "../../base/progress.ts";
import { type ApiTimes, BatchApi, Refusal, type ServerBatch } from "./api.ts";
import { type Carrier, pause } from "./carrier.ts";
import type { Batch } from "./record.ts";

/** Options of {@linkcode onlineCarrier}. */
export interface OnlineOptions {
  /** Milliseconds until a batch is first asked after; more and more up to a minute; 1,000. */
  readonly pollMs?: number;
  /** Milliseconds before a call is tried again, doubled each time; 1,000. */
  readonly backoffMs?: number;
  /** How long a server may be gone, in milliseconds; 3,600,000. */
  readonly patienceMs?: number;
  /** Told how far batches are. */
  readonly say: ProgressSink;
  /** Ends waiting; batches go on at the server. */
  readonly signal?: AbortSignal;
}

const LONGEST_POLL_MS = 60_000;
const SAY_EVERY_MS = 30_000;
/** How often a batch may be turned away by a full queue while no other of ours is in it. */
const TURNED_AWAY = 10;
/** Whether a server's word on a batch is that too much is enqueued. */
const QUEUE_FULL = /token_limit_exceeded|rate_limit|enqueued|queue/i;

/** A carrier by OpenAI's Batch API. */
export function onlineCarrier(options: OnlineOptions): Carrier {
  return new Online(options);
}

/** What was last said of a batch, and since when it is watched. */
interface Watched {
  readonly since: number;
  readonly answeredBefore: number;
  said: string;
  saidAt: number;
}

class Online implements Carrier {
  readonly #pollMs: number;
  readonly #times: ApiTimes;
  readonly #options: OnlineOptions;
  readonly #apis = new Map<Batch["endpoint"], BatchApi>();
  readonly #watched = new Map<Batch, Watched>();
  /** Batches that this process has begun to create. */
  readonly #fresh = new Set<Batch>();
  #full = false;
  #turnedAway = 0;

  constructor(options: OnlineOptions) {
    const { pollMs = 1000, backoffMs = 1000, patienceMs = 3_600_000 } = options;
    this.#pollMs = pollMs;
    this.#times = { backoffMs, patienceMs };
    this.#options = options;
  }

  async carry(
    batches: readonly Batch[],
    collect: (batch: Batch) => Promise<void>,
  ): Promise<void> {
    let wait = this.#pollMs;
    while (batches.some(({ open }) => open)) {
      const before = batches.map(({ record }) => record);
      for (const batch of batches) if (batch.open) await this.#advance(batch, collect);
      const moved = batches.some(({ record }, i) => record !== before[i]);
      wait = moved ? this.#pollMs : Math.min(1.5 * wait, LONGEST_POLL_MS);
      if (this.#full && !batches.some(({ record }) => record.state === "submitted")) {
        // Somebody else's batches are in the queue.
        this.#full = false;
        wait = Math.min(this.#pollMs * 2 ** this.#turnedAway, LONGEST_POLL_MS);
      }
      if (batches.some(({ open }) => open)) await pause(wait, this.#options.signal);
    }
  }

  /** Takes a batch as far as it goes without waiting. */
  async #advance(batch: Batch, collect: (batch: Batch) => Promise<void>): Promise<void> {
    await pause(0, this.#options.signal);
    if (batch.record.state === "ready" && !this.#full) await this.#upload(batch);
    if (batch.record.state === "creating") await this.#create(batch);
    else if (batch.record.state === "submitted") await this.#look(batch);
    if (batch.record.state !== "collecting") return;
    await collect(batch);
    this.#full = false;
    this.#turnedAway = 0;
    if (batch.record.status !== "cancelled") return;
    throw new HaltError(
      `waiting for ${batch.name}: found it cancelled at ${batch.record.baseUrl}, expected it to ` +
        `come to its end; its answers are kept, and the same command asks for the others again`,
    );
  }

  async #upload(batch: Batch): Promise<void> {
    const fileId = batch.record.fileId ?? await this.#api(batch).upload(batch);
    if (fileId === undefined) return await this.#withdraw(batch);
    await batch.save({ state: "creating", fileId, submittedAt: new Date().toISOString() });
    this.#fresh.add(batch);
  }

  /** The server takes no file of this size: its requests go into smaller ones. */
  async #withdraw(batch: Batch): Promise<void> {
    const { requests, bytes } = batch.record;
    await batch.save({ state: "withdrawn", tooLarge: true });
    if (requests === 1) {
      throw this.#api(batch).halt(
        `uploading ${batch.name}`,
        `that a file of one request, ${bytes} bytes, is too large`,
      );
    }
    this.#options.say(`${batch.name}: ${bytes} bytes are too much for the server; asking in parts`);
  }

  async #create(batch: Batch): Promise<void> {
    try {
      const { id, status } = await this.#api(batch).create(batch, !this.#fresh.has(batch));
      await batch.save({ state: "submitted", batchId: id, status });
      this.#options.say(`${batch.name}: submitted with ${batch.record.requests} requests as ${id}`);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // The server has said that there is none.
      await batch.save({ state: "ready" });
      throw this.#api(batch).halt(`submitting ${batch.name}`, error.message);
    }
  }

  async #look(batch: Batch): Promise<void> {
    const found = await this.#api(batch).retrieve(batch);
    const { status } = found;
    this.#report(batch, found);
    if (status === "failed") return await this.#failed(batch, found);
    if (!["completed", "expired", "cancelled"].includes(status)) return;
    const api = this.#api(batch);
    const { output_file_id: output, error_file_id: errors } = found;
    if (output) await api.download(batch, output, "output.jsonl");
    if (errors) await api.download(batch, errors, "errors.jsonl");
    await batch.save({ state: "collecting", status });
  }

  /** Nothing of it was answered: the server did not like the file, or its queue is full. */
  async #failed(batch: Batch, { errors }: ServerBatch): Promise<void> {
    const said = (errors?.data ?? []).map(({ code, message }) => `${code}: ${message}`);
    const reason = said.slice(0, 3).join("; ") || "no reason given";
    const api = this.#api(batch);
    if (!QUEUE_FULL.test(reason)) {
      await batch.save({ state: "withdrawn", status: "failed" });
      throw api.halt(`submitting ${batch.name}`, reason);
    }
    // Under another tag, so that the one that failed is not taken for it.
    await batch.save({ state: "ready", batchId: null, tag: crypto.randomUUID() });
    if (!this.#full) this.#turnedAway++;
    this.#full = true;
    if (this.#turnedAway > TURNED_AWAY) {
      throw new HaltError(
        `submitting ${batch.name}: found ${reason}, expected room for ` +
          `${batch.record.requests} requests; wait for other batches, or give a smaller ` +
          `--batch-size after removing ${batch.folder}, then run the command again`,
      );
    }
    this.#options.say(`${batch.name}: the server's queue is full; waiting for room`);
  }

  #report(batch: Batch, { status, request_counts: counts }: ServerBatch): void {
    const now = performance.now();
    const answered = (counts?.completed ?? 0) + (counts?.failed ?? 0);
    const watched = this.#watched.get(batch) ??
      { since: now, answeredBefore: answered, said: "", saidAt: -Infinity };
    this.#watched.set(batch, watched);
    if (status === watched.said && now - watched.saidAt < SAY_EVERY_MS) return;
    watched.said = status;
    watched.saidAt = now;
    const { requests } = batch.record;
    const [done, left] = [answered - watched.answeredBefore, requests - answered];
    const rate = done / (now - watched.since);
    const time = rate > 0 && left > 0 ? `, ${formatDuration(left / rate / 1000)} left` : "";
    const failed = counts?.failed ? `, ${counts.failed} failed` : "";
    this.#options.say(`${batch.name}: ${status}, ${answered} of ${requests}${failed}${time}`);
  }

  #api({ endpoint }: Batch): BatchApi {
    const api = this.#apis.get(endpoint) ??
      new BatchApi(endpoint, this.#times, this.#options.signal);
    this.#apis.set(endpoint, api);
    return api;
  }
}
