/**
 * Asking by batches: what the request log does not answer is put off and gathered, and `settle`
 * gets the answers to all of it at once.
 *
 * @module
 */
import { ConfigError, HaltError } from "../../base/errors.ts";
import type { ProgressSink } from "../../base/progress.ts";
import { formOf } from "../chat_template.ts";
import type { CountingLlm, LlmCounters } from "../client.ts";
import type { Endpoint } from "../endpoint.ts";
import { LogIndex } from "../log_index.ts";
import { askedInVain, replyOf } from "../outcome.ts";
import type { RequestDialect } from "../protocol.ts";
import { checkRequest, type LlmReply, type LlmRequest, requestKey } from "../request.ts";
import type { RequestLog } from "../request_log.ts";
import type { Carrier } from "./carrier.ts";
import { collectBatch, type Collected, keysSince } from "./collect.ts";
import { type BatchLimits, Gathering, worstUsd } from "./gathering.ts";
import { PutOff } from "./put_off.ts";
import {
  Batch,
  BATCH_FILES,
  batchFolders,
  type BatchRecord,
  hasRecord,
  readRecord,
} from "./record.ts";
import { BATCH_TRIES, Tries } from "./tries.ts";

/**
 * OpenAI's limit of requests; half its limit of bytes, since a file is held in memory while it is
 * sent and other servers take less.
 */
export const BATCH_LIMITS: BatchLimits = { requests: 50_000, bytes: 100_000_000 };

/** What a desk is made of. */
export interface BatchDeskOptions {
  /** Folder of all batches. */
  readonly directory: string;
  /** Where every try is noted. */
  readonly log: RequestLog;
  /** Who is asked; one for each role. */
  readonly endpoints: readonly Endpoint[];
  /** How batches come by their answers. */
  readonly carrier: Carrier;
  /** What a batch may hold. */
  readonly limits: BatchLimits;
  /** US dollars over all that is in the log and under way; no limit where it is left out. */
  readonly maxCostUsd?: number;
  /** Told what goes on. */
  readonly say: ProgressSink;
}

type Counts = { -readonly [N in keyof LlmCounters]: number };

/** What belongs to one endpoint. */
interface Place {
  readonly endpoint: Endpoint;
  readonly counts: Counts;
  /** Batches that are filled, and at the end the one that is being filled. */
  readonly gathered: Gathering[];
  dialect: RequestDialect;
}

/** Asks by batches. */
export class BatchDesk {
  readonly #options: BatchDeskOptions;
  readonly #places: readonly Place[];
  readonly #tries = new Tries();
  #batches: Batch[] = [];
  #last = 0;
  #maxBytes: number;
  /** Questions put off since the last {@linkcode BatchDesk.settle}. */
  #asked = new LogIndex();
  #gatheredUsd = 0;
  /** What a question would cost that was not gathered for want of money. */
  #tooDear: number | undefined;

  private constructor(options: BatchDeskOptions) {
    this.#options = options;
    this.#maxBytes = options.limits.bytes;
    this.#places = options.endpoints.map((endpoint) => ({
      endpoint,
      counts: {
        calls: 0,
        repliesFromLog: 0,
        retries: 0,
        costUsd: 0,
        promptTokens: 0,
        completionTokens: 0,
        inFlight: 0,
      },
      dialect: { responseFormat: true, completionTokens: false },
      gathered: [],
    }));
  }

  /**
   * Opens the folder of batches, with those that are under way.
   *
   * @throws {ConfigError} where a batch is under way at another endpoint, or a limit is no number.
   * @throws {DataError} where a record is damaged.
   */
  static async open(options: BatchDeskOptions): Promise<BatchDesk> {
    const { requests } = options.limits;
    if (!(Number.isSafeInteger(requests) && requests >= 1)) {
      throw new ConfigError(`batch size: found ${requests}, expected 1 or more requests`);
    }
    const desk = new BatchDesk(options);
    for (const folder of await batchFolders(options.directory)) await desk.#take(folder);
    return desk;
  }

  /** Who answers from the log, and puts off what is not there. */
  llm(role: Endpoint["role"]): CountingLlm {
    const place = this.#places.find(({ endpoint }) => endpoint.role === role)!;
    const { model, baseUrl } = place.endpoint;
    const inFlight = ({ endpoint }: Place): number =>
      this.#batches.filter((batch) => batch.open && batch.endpoint === endpoint)
        .reduce((sum, { record }) => sum + record.requests, 0);
    return {
      model,
      baseUrl,
      get counters() {
        return { ...place.counts, inFlight: inFlight(place) };
      },
      // Not at once, so that a failure is a rejected promise.
      ask: async (request) => await Promise.resolve().then(() => this.#ask(place, request)),
    };
  }

  /**
   * Gets the answers to all questions put off so far, and to those of batches under way.
   *
   * @throws {HaltError} where they do not come now, or the money is spent.
   */
  async settle(): Promise<void> {
    for (const place of this.#places) await this.#close(place);
    const open = this.#batches.filter((batch) => batch.open);
    const tooDear = this.#tooDear;
    this.#asked = new LogIndex();
    this.#gatheredUsd = 0;
    this.#tooDear = undefined;
    if (open.length > 0) {
      const requests = open.reduce((sum, { record }) => sum + record.requests, 0);
      this.#options.say(`${requests} requests in ${open.length} batches`);
      await this.#options.carrier.carry(open, (batch) => this.#collect(batch));
      this.#batches = this.#batches.filter((batch) => batch.open);
      for (const { record } of open) this.#learn(record);
    } else if (tooDear !== undefined) throw this.#spent(tooDear);
  }

  #ask(place: Place, request: LlmRequest): LlmReply {
    checkRequest(request);
    const { endpoint, counts } = place;
    const key = requestKey(endpoint.model, endpoint.baseUrl, request, formOf(endpoint));
    const known = this.#options.log.get(key);
    if (known) {
      counts.repliesFromLog++;
      if (known.outcome === "reply") return replyOf(known);
      throw askedInVain(endpoint.model, known.error);
    }
    const { count, error, withoutSchema } = this.#tries.of(key);
    if (count >= BATCH_TRIES) throw askedInVain(endpoint.model, error);
    this.#gather(place, key, request, withoutSchema);
    throw new PutOff(`asking ${endpoint.model}: put off`);
  }

  #gather(place: Place, key: string, request: LlmRequest, withoutSchema: boolean): void {
    // Keys that share their beginning are taken for one; the other is asked a round later.
    if (!this.#asked.places(key).next().done) return;
    const { maxCostUsd = Infinity } = this.#options;
    const usd = worstUsd(place.endpoint, request);
    const committed = this.#batches.reduce((sum, { record }) => sum + record.worstUsd, 0);
    if (this.#options.log.costUsd + committed + this.#gatheredUsd + usd > maxCostUsd) {
      this.#tooDear = Math.max(this.#tooDear ?? 0, usd);
      return;
    }
    this.#asked.add(key, { offset: 0, row: 0 });
    this.#gatheredUsd += usd;
    const limits = { ...this.#options.limits, bytes: this.#maxBytes };
    const now = place.gathered.at(-1) ?? this.#start(place);
    const line = now.lineOf(key, request, withoutSchema);
    (now.holds(line, limits) ? now : this.#start(place)).add(key, request, line);
  }

  #start({ endpoint, dialect, gathered }: Place): Gathering {
    const folder = `${this.#options.directory}/${String(++this.#last).padStart(5, "0")}`;
    const gathering = new Gathering(folder, endpoint, dialect);
    gathered.push(gathering);
    return gathering;
  }

  /** Batches that are filled count from here on. */
  async #close({ gathered }: Place): Promise<void> {
    for (const gathering of gathered.splice(0)) {
      using filled = gathering;
      this.#batches.push(await filled.finish());
    }
  }

  /** A batch that an earlier process left. */
  async #take(folder: string): Promise<void> {
    this.#last = Number(folder.replace(/.*[/\\]/, ""));
    if (!await hasRecord(folder)) return await Deno.remove(folder, { recursive: true });
    const record = await readRecord(folder);
    const place = this.#placeOf(record);
    const batch = place && new Batch(folder, place.endpoint, record);
    if (record.state === "collected" || record.state === "withdrawn") {
      this.#learn(record);
      return await clear(folder);
    }
    if (batch) return void this.#batches.push(batch);
    throw new ConfigError(
      `opening batch ${folder}: found it under way at ${record.model} of ${record.baseUrl}, ` +
        `expected the run's ${record.role}; set RWR_${record.role.toUpperCase()}_MODEL and ` +
        `_BASE_URL as they were until it is collected, or remove the folder and lose its answers`,
    );
  }

  #placeOf(record: BatchRecord): Place | undefined {
    return this.#places.find(({ endpoint: { role, model, baseUrl } }) =>
      role === record.role && model === record.model && baseUrl === record.baseUrl
    );
  }

  /** What a batch that came to its end says about the next ones. */
  #learn(record: BatchRecord): void {
    this.#tries.add(record.lost);
    const place = this.#placeOf(record);
    if (place && record.state === "collected") place.dialect = record.nextDialect;
    if (record.tooLarge) this.#maxBytes = Math.min(this.#maxBytes, record.bytes / 2);
  }

  async #collect(batch: Batch): Promise<void> {
    const { log } = this.#options;
    const { logRows } = batch.record;
    const done = logRows === null ? new Set<string>() : await keysSince(log.path, logRows);
    if (logRows === null) await batch.save({ state: "collecting", logRows: log.rowCount });
    const collected = await collectBatch(batch, log, this.#tries, done);
    const { lost, dialect: nextDialect } = collected;
    await batch.save({ state: "collected", lost, nextDialect });
    await clear(batch.folder);
    this.#count(batch, collected);
    if (collected.halt !== null) throw this.#hopeless(batch, collected.halt);
  }

  #count(batch: Batch, collected: Collected): void {
    const { counts } = this.#placeOf(batch.record)!;
    counts.calls += collected.rows;
    counts.retries += collected.retries;
    counts.costUsd += collected.costUsd;
    counts.promptTokens += collected.promptTokens;
    counts.completionTokens += collected.completionTokens;
    this.#options.say(
      `${batch.name}: ${collected.replies} of ${batch.record.requests} replies, ` +
        `$${collected.costUsd.toFixed(4)}`,
    );
  }

  #hopeless({ name, endpoint: { role, model, baseUrl } }: Batch, found: string): HaltError {
    return new HaltError(
      `asking ${model} at ${baseUrl}: found ${found} and no reply in ${name}; check ` +
        `RWR_${role.toUpperCase()}_MODEL, _BASE_URL and _API_KEY, then run the command again to ` +
        `go on`,
    );
  }

  #spent(usd: number): HaltError {
    const { log, maxCostUsd } = this.#options;
    return new HaltError(
      `asking within $${maxCostUsd}: found $${log.costUsd.toFixed(6)} spent and a request of up ` +
        `to $${usd.toFixed(6)}, expected room for it; raise the maximum cost to go on`,
    );
  }
}

/** What was in these files is in the request log. */
async function clear(folder: string): Promise<void> {
  for (const name of BATCH_FILES) {
    await Deno.remove(`${folder}/${name}`).catch((error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
  }
}
