/**
 * A client of any server that speaks OpenAI's protocol. What it was told once stands in the request
 * log and is not asked again.
 *
 * @module
 */
import { HaltError, type TeacherError } from "../base/errors.ts";
import { Rng } from "../base/rng.ts";
import { type Budget, type Reservation, worstCostOf } from "./budget.ts";
import { asSent, formOf } from "./chat_template.ts";
import type { Control, ServerSign } from "./control.ts";
import type { Endpoint } from "./endpoint.ts";
import type { CallFailure } from "./failure.ts";
import type { LogRow } from "./log_format.ts";
import {
  askedColumns,
  askedInVain,
  likelyTokens,
  outcomeOf,
  PAID_TRIES,
  replyOf,
} from "./outcome.ts";
import { checkRequest, type Llm, type LlmReply, type LlmRequest, requestKey } from "./request.ts";
import type { RequestLog } from "./request_log.ts";
import { type CallResult, Transport } from "./transport.ts";

/** Requests given up, none ever answered, after which the endpoint is taken for unusable. */
const HOPELESS = 8;
/** Replies that may be paid for and are of no use, none ever of any, after which the same holds. */
const WASTED = 32;

/** What a client is made of; log, control and budget may be shared by several. */
export interface LlmOptions {
  /** Where to ask. */
  readonly endpoint: Endpoint;
  /** Where every try is noted. */
  readonly log: RequestLog;
  /** How much to ask at once. */
  readonly control: Control;
  /** What may be spent; no limit where it is left out. */
  readonly budget?: Budget;
  /** Asks to stop: what is in flight comes to its end, nothing more is sent. */
  readonly signal?: AbortSignal;
}

/** What a client did so far. */
export interface LlmCounters {
  /** Tries sent. */
  readonly calls: number;
  /** Replies that came from the log. */
  readonly repliesFromLog: number;
  /** Tries after the first of their request. */
  readonly retries: number;
  /** US dollars paid by this client, at most. */
  readonly costUsd: number;
  /** Tokens read by the model. */
  readonly promptTokens: number;
  /** Tokens written by the model. */
  readonly completionTokens: number;
  /** Tries under way. */
  readonly inFlight: number;
}

/** A client that says what it did. */
export interface CountingLlm extends Llm {
  /** As of now. */
  readonly counters: LlmCounters;
}

/**
 * Opens a client; nothing is sent before the first question.
 *
 * @throws {ConfigError} where there is a budget and the endpoint has no prices.
 */
export function openLlm(options: LlmOptions): CountingLlm {
  options.budget?.check(options.endpoint);
  return new Client(options);
}

interface Tried {
  readonly row: LogRow;
  readonly failure: CallFailure | undefined;
}

class Client implements CountingLlm {
  readonly model: string;
  readonly baseUrl: string;
  readonly #options: LlmOptions;
  readonly #transport: Transport;
  /** One question asked twice at once is one call. */
  readonly #asked = new Map<string, Promise<LlmReply>>();
  readonly #counts = {
    calls: 0,
    repliesFromLog: 0,
    retries: 0,
    costUsd: 0,
    promptTokens: 0,
    completionTokens: 0,
    inFlight: 0,
  };
  #givenUp = 0;
  #wasted = 0;

  constructor(options: LlmOptions) {
    const { endpoint, control, signal } = options;
    this.model = endpoint.model;
    this.baseUrl = endpoint.baseUrl;
    this.#options = options;
    this.#transport = new Transport(endpoint, control.options);
    const stop = (): void => control.halt(new HaltError("asking a model: stopped as asked"));
    if (signal?.aborted) stop();
    else signal?.addEventListener("abort", stop, { once: true });
  }

  get counters(): LlmCounters {
    return { ...this.#counts };
  }

  async ask(request: LlmRequest): Promise<LlmReply> {
    checkRequest(request);
    const key = requestKey(this.model, this.baseUrl, request, formOf(this.#options.endpoint));
    const asked = this.#asked.get(key);
    if (asked) return await asked;
    const answer = this.#answer(key, request);
    this.#asked.set(key, answer);
    try {
      return await answer;
    } finally {
      this.#asked.delete(key);
    }
  }

  async #answer(key: string, request: LlmRequest): Promise<LlmReply> {
    const known = this.#options.log.get(key);
    if (known) {
      this.#counts.repliesFromLog++;
      return this.#read(known);
    }
    const { tries } = this.#options.control.options;
    const count = { all: 0, paid: 0 };
    for (let index = 0;; index++) {
      const { row, failure } = await this.#try(key, request, index, count.paid + 1 >= PAID_TRIES);
      if (row.outcome === "reply") return this.#read(row);
      if (row.outcome === "failed") throw failure ? this.#failed(row) : this.#giveUp(row);
      if (this.#wasted >= WASTED && this.#options.log.answered === 0) throw this.#useless(row);
      if (!failure) count.paid++;
      if (failure?.kind === "halt") throw this.#halt(row);
      if (failure?.kind !== "dialect") count.all++;
      if (count.all >= (failure?.kind === "pushback" ? 2 * tries : tries)) throw this.#giveUp(row);
      if (failure?.kind !== "dialect") await this.#backOff(key, count.all, failure?.retryAfterMs);
      this.#counts.retries++;
    }
  }

  /** One try, noted in the log before anyone hears of it. */
  async #try(key: string, request: LlmRequest, index: number, lastPaid: boolean): Promise<Tried> {
    const { endpoint, control, log } = this.#options;
    const sent = asSent(endpoint, request);
    const pass = await control.enter(likelyTokens(sent));
    const leave = (sign: ServerSign, retryAfterMs?: number): void =>
      control.leave(pass, sign, retryAfterMs, () => this.#transport.probe());
    const reservation = await this.#reserve(sent).catch((error) => {
      leave("there");
      throw error;
    });
    const start = performance.now();
    this.#counts.calls++;
    this.#counts.inFlight++;
    const result = await this.#transport.call(sent);
    this.#counts.inFlight--;
    const outcome = outcomeOf(endpoint, sent, result);
    reservation?.settle(outcome.cost_usd);
    const failure = "failure" in result ? result.failure : undefined;
    const wait = failure?.retryAfterMs;
    const { patienceMs } = control.options;
    // A reply of no use is no reason to ask for more at once.
    const sign = !failure && outcome.outcome === "lost" ? "there" : signOf(result);
    leave(sign, wait !== undefined && wait <= patienceMs ? wait : undefined);
    const unusable = !failure && outcome.outcome === "lost" && lastPaid;
    const row: LogRow = {
      ...askedColumns(endpoint, key, request),
      try: index,
      ...outcome,
      outcome: unusable ? "failed" : outcome.outcome,
      latency_ms: performance.now() - start,
      at: new Date().toISOString(),
    };
    this.#count(row);
    await log.append(row).catch((error) => {
      const halted = new HaltError(`asking a model: ${error.message}`, { cause: error });
      control.halt(halted);
      throw halted;
    });
    if (wait !== undefined && wait > patienceMs) throw this.#halt(row);
    return { row, failure };
  }

  async #reserve(request: LlmRequest): Promise<Reservation | undefined> {
    const { budget, endpoint, control } = this.#options;
    try {
      const reservation = await budget?.reserve(worstCostOf(endpoint.prices, request));
      if (!control.halted) return reservation;
      // Halted while it waited for money.
      reservation?.settle(0);
      throw control.halted;
    } catch (error) {
      if (error instanceof HaltError) control.halt(error);
      throw error;
    }
  }

  #count({ cost_usd, prompt_tokens, completion_tokens, outcome, status }: LogRow): void {
    this.#counts.costUsd += cost_usd;
    this.#counts.promptTokens += prompt_tokens ?? 0;
    this.#counts.completionTokens += completion_tokens ?? 0;
    if (outcome === "reply") this.#givenUp = this.#wasted = -Infinity;
    else if (status === 200) this.#wasted++;
  }

  /** The same reply or the same error, whether a row is new or years old. */
  #read(row: LogRow): LlmReply {
    if (row.outcome === "reply") return replyOf(row);
    throw this.#failed(row);
  }

  #failed({ error }: LogRow): TeacherError {
    return askedInVain(this.model, error);
  }

  #giveUp(row: LogRow): TeacherError | HaltError {
    const { log } = this.#options;
    if (++this.#givenUp < HOPELESS || log.answered > 0) return this.#failed(row);
    return this.#useless(row);
  }

  #useless(row: LogRow): HaltError {
    return this.#halt({ ...row, error: `${row.error}, and no reply to any request` });
  }

  #halt({ error }: LogRow): HaltError {
    const { endpoint: { role, baseUrl }, control } = this.#options;
    const halted = new HaltError(
      `asking ${this.model} at ${baseUrl}: found ${error}; check RWR_${role.toUpperCase()}_MODEL, ` +
        `_BASE_URL and _API_KEY, then run the command again to go on`,
    );
    control.halt(halted);
    return halted;
  }

  /** Waits longer each time, by a random part so that requests do not come back all at once. */
  async #backOff(key: string, failures: number, retryAfterMs = 0): Promise<void> {
    const { control } = this.#options;
    const { backoffMs, maxBackoffMs, seed } = control.options;
    const longest = Math.min(maxBackoffMs, backoffMs * 2 ** (failures - 1));
    const jitter = new Rng(`llm/${seed}/${key}/${failures}`).uniform();
    await control.sleep(Math.max(retryAfterMs, longest * (0.5 + jitter / 2)));
  }
}

function signOf(result: CallResult): ServerSign {
  if (!("failure" in result)) return "served";
  const { kind } = result.failure;
  return kind === "pushback" || kind === "gone" ? kind : "there";
}
