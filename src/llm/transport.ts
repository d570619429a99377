/**
 * One try at one request: the openai package sends it, this module keeps the clock and gathers the
 * stream. What it needs of the package is loaded with the first request.
 *
 * @module
 */
import type OpenAI from "openai";
import type { ControlOptions } from "./control.ts";
import type { Endpoint } from "./endpoint.ts";
import { type CallFailure, readFailure } from "./failure.ts";
import {
  chatBody,
  type Chunk,
  completionBody,
  type Delivered,
  gather,
  openClient,
  type RequestDialect,
  SIMPLER_REQUESTS,
  startGathering,
  whole,
} from "./protocol.ts";
import type { LlmRequest } from "./request.ts";

/** How a try ended. */
export type CallResult = { readonly delivered: Delivered } | { readonly failure: CallFailure };

/** What of the protocol the server is asked for; parts that it refuses are left out from then on. */
interface Dialect extends RequestDialect {
  readonly stream: boolean;
  readonly usageInStream: boolean;
}

/** What a refusal names, and how to ask without it. */
const SIMPLER: readonly (readonly [RegExp, Partial<Dialect>])[] = [
  ...SIMPLER_REQUESTS,
  [/stream_options|include_usage/, { usageInStream: false }],
  [/\bstream(ing)?\b/i, { stream: false }],
];

/** A stream, or the whole reply of a server that was asked for a stream and does not know of them. */
async function eitherWay<T extends AsyncIterable<Chunk>>(
  asked: { withResponse(): Promise<{ readonly data: T; readonly response: Response }> },
): Promise<AsyncIterable<Chunk> | Chunk> {
  const { data, response } = await asked.withResponse();
  const isWhole = response.headers.get("content-type")?.startsWith("application/json");
  return isWhole ? await response.json() as Chunk : data;
}

const PROBE_MS = 10_000;

/** Speaks to one endpoint. */
export class Transport {
  readonly #endpoint: Endpoint;
  readonly #times: Required<ControlOptions>;
  #dialect: Dialect = {
    stream: true,
    usageInStream: true,
    responseFormat: true,
    completionTokens: false,
  };
  #understood = false;
  /** Requests whose schema the server refused; others of its schemas it may know. */
  readonly #withoutSchema = new WeakSet<LlmRequest>();
  #client: Promise<OpenAI> | undefined;

  /** @param times Its time limits are kept. */
  constructor(endpoint: Endpoint, times: Required<ControlOptions>) {
    this.#endpoint = endpoint;
    this.#times = times;
  }

  /** Whether the server answers anything; costs nothing. */
  async probe(): Promise<boolean> {
    try {
      const client = await this.#open();
      await client.models.list({ timeout: Math.min(PROBE_MS, this.#times.connectTimeoutMs) });
      return true;
    } catch (error) {
      const { status } = error as { status?: unknown };
      return typeof status === "number" && status < 500;
    }
  }

  /** Sends a request once. Never throws. */
  async call(request: LlmRequest): Promise<CallResult> {
    const clock = new Clock(this.#times, this.#dialect.stream);
    const gathered = startGathering();
    const sent = this.#dialect;
    let began = false;
    try {
      const client = await this.#open();
      const response = await this.#send(client, request, clock.signal);
      began = true;
      if (Symbol.asyncIterator in response) {
        clock.tick();
        for await (const chunk of response) {
          clock.tick();
          gather(gathered, chunk);
        }
      } else gather(gathered, response);
      clock.check();
      this.#understood = true;
      return { delivered: whole(gathered) };
    } catch (error) {
      const partial = gathered.text || null;
      const failure = clock.expired
        ? timeOut(clock.expired, began, partial)
        : readFailure(error, began, partial);
      return { failure: this.#adapt(failure, sent, request) };
    } finally {
      clock.stop();
    }
  }

  #open(): Promise<OpenAI> {
    const timeoutMs = Math.ceil(this.#times.totalTimeoutMs) + 1000;
    return this.#client ??= openClient(this.#endpoint, timeoutMs);
  }

  async #send(
    client: OpenAI,
    request: LlmRequest,
    signal: AbortSignal,
  ): Promise<AsyncIterable<Chunk> | Chunk> {
    const { stream, usageInStream } = this.#dialect;
    const usage = stream && usageInStream ? { stream_options: { include_usage: true } } : {};
    if (this.#endpoint.api === "completions") {
      const body = { ...completionBody(this.#endpoint, request, this.#dialect), ...usage };
      return stream
        ? await eitherWay(client.completions.create({ ...body, stream }, { signal }))
        : await client.completions.create({ ...body, stream }, { signal });
    }
    const responseFormat = this.#dialect.responseFormat && !this.#withoutSchema.has(request);
    const dialect = { ...this.#dialect, responseFormat };
    const body = { ...chatBody(this.#endpoint, request, dialect), ...usage };
    return stream
      ? await eitherWay(client.chat.completions.create({ ...body, stream }, { signal }))
      : await client.chat.completions.create({ ...body, stream }, { signal });
  }

  /** A server that refuses a part of the protocol is asked without it from then on. */
  #adapt(failure: CallFailure, sent: Dialect, request: LlmRequest): CallFailure {
    if (failure.kind !== "dialect") return failure;
    const named = SIMPLER.find(([words]) => words.test(failure.message))?.[1];
    // Some servers refuse what they do not know without a word on what it was.
    const simpler = named ??
      (this.#understood ? {} : { usageInStream: false, responseFormat: false });
    const news = Object.entries(simpler).some(([part, use]) => sent[part as keyof Dialect] !== use);
    this.#dialect = { ...this.#dialect, ...simpler };
    return news || this.#suspectSchema(request, sent, named)
      ? failure
      : { ...failure, kind: "refused" };
  }

  /** Whether the request is to be tried once more without its schema, and no other is. */
  #suspectSchema(request: LlmRequest, sent: Dialect, named: unknown): boolean {
    const sentIt = this.#endpoint.api === "chat" && request.schema && sent.responseFormat;
    if (named || !sentIt || this.#withoutSchema.has(request)) return false;
    this.#withoutSchema.add(request);
    return true;
  }
}

const timeOut = (what: string, began: boolean, partial: string | null): CallFailure => ({
  kind: began ? "fault" : "gone",
  status: began ? 200 : null,
  message: `no ${what}`,
  maybePaid: true,
  partial,
});

type Timer = ReturnType<typeof setTimeout>;

/** The three time limits of a try. */
class Clock {
  readonly #times: Required<ControlOptions>;
  readonly #abort = new AbortController();
  readonly #total: Timer;
  #next: Timer;
  #expired: string | undefined;

  /** @param stream Whether the response begins before the reply is whole. */
  constructor(times: Required<ControlOptions>, stream: boolean) {
    const { connectTimeoutMs, totalTimeoutMs } = times;
    this.#times = times;
    this.#total = this.#after(totalTimeoutMs, "end of the reply");
    this.#next = this.#after(stream ? connectTimeoutMs : totalTimeoutMs, "response");
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** What did not come in time. */
  get expired(): string | undefined {
    return this.#expired;
  }

  tick(): void {
    clearTimeout(this.#next);
    this.#next = this.#after(this.#times.idleTimeoutMs, "next piece of the reply");
  }

  /** The package ends an aborted stream as if it were whole. */
  check(): void {
    if (this.#expired) throw new Error(this.#expired);
  }

  stop(): void {
    clearTimeout(this.#next);
    clearTimeout(this.#total);
  }

  #after(milliseconds: number, what: string): Timer {
    return setTimeout(() => {
      this.#expired ??= `${what} within ${milliseconds} ms`;
      this.#abort.abort();
    }, milliseconds);
  }
}
