/**
 * One try at one request: the openai package sends it, this module keeps the clock and gathers the
 * stream. What it needs of the package is loaded with the first request.
 *
 * @module
 */
import type OpenAI from "openai";
import type { Json } from "../base/canonical_json.ts";
import type { ControlOptions } from "./control.ts";
import type { Endpoint } from "./endpoint.ts";
import { type CallFailure, readFailure } from "./failure.ts";
import type { LlmRequest } from "./request.ts";

/** Tokens as the server counted them. */
export interface Usage {
  /** Tokens read. */
  readonly prompt: number;
  /** Tokens written. */
  readonly completion: number;
}

/** What a server sent, to its end. */
export interface Delivered {
  /** The text. */
  readonly text: string;
  /** The refusal's text; "" where there is none. */
  readonly refusal: string;
  /** The server's word for why it stopped. */
  readonly finish: string;
  /** null where the server did not say. */
  readonly usage: Usage | null;
  /** Model that the server says it ran; null where it did not say. */
  readonly model: string | null;
}

/** How a try ended. */
export type CallResult = { readonly delivered: Delivered } | { readonly failure: CallFailure };

/** What of the protocol the server is asked for; parts that it refuses are left out from then on. */
interface Dialect {
  stream: boolean;
  usageInStream: boolean;
  responseFormat: boolean;
  completionTokens: boolean;
}

interface Gathered {
  text: string;
  refusal: string;
  finish: string | null;
  usage: Usage | null;
  model: string | null;
}

interface Chunk {
  readonly model?: string | null;
  readonly usage?:
    | { readonly prompt_tokens?: number; readonly completion_tokens?: number }
    | null;
  readonly choices?:
    | readonly {
      readonly finish_reason?: string | null;
      readonly text?: string | null;
      readonly delta?: Said | null;
      readonly message?: Said | null;
    }[]
    | null;
}

interface Said {
  readonly content?: string | null;
  readonly refusal?: string | null;
}

/** What a refusal names, and how to ask without it. */
const SIMPLER: readonly (readonly [RegExp, Partial<Dialect>])[] = [
  [/max_completion_tokens/, { completionTokens: true }],
  [/stream_options|include_usage/, { usageInStream: false }],
  [/response_format|json_schema|structured|grammar/, { responseFormat: false }],
  [/\bstream(ing)?\b/i, { stream: false }],
];

const PROBE_MS = 10_000;

/** Speaks to one endpoint. */
export class Transport {
  readonly #endpoint: Endpoint;
  readonly #times: Required<ControlOptions>;
  readonly #dialect: Dialect = {
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
    const gathered: Gathered = { text: "", refusal: "", finish: null, usage: null, model: null };
    const sent = { ...this.#dialect };
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
      const { finish } = gathered;
      if (finish === null) throw new Error("the reply ended before it was finished");
      return { delivered: { ...gathered, finish } };
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
    const { baseUrl, key } = this.#endpoint;
    return this.#client ??= import("openai").then(({ default: Client }) =>
      new Client({
        baseURL: baseUrl,
        apiKey: key?.reveal() ?? "none",
        // Null headers are not sent; the other settings would be taken from the environment.
        defaultHeaders: key ? {} : { Authorization: null },
        organization: null,
        project: null,
        logLevel: "off",
        maxRetries: 0,
        timeout: Math.ceil(this.#times.totalTimeoutMs) + 1000,
      })
    );
  }

  async #send(
    client: OpenAI,
    request: LlmRequest,
    signal: AbortSignal,
  ): Promise<AsyncIterable<Chunk> | Chunk> {
    const { model, api } = this.#endpoint;
    const { temperature, maxTokens, seed, messages } = request;
    const { stream, usageInStream, completionTokens } = this.#dialect;
    const common = {
      model,
      temperature,
      ...(completionTokens ? { max_completion_tokens: maxTokens } : { max_tokens: maxTokens }),
      ...(seed === undefined ? {} : { seed }),
      ...(request.stop?.length ? { stop: [...request.stop] } : {}),
      ...(stream && usageInStream ? { stream_options: { include_usage: true } } : {}),
    };
    if (api === "completions") {
      const body = { ...common, prompt: promptOf(request) };
      return stream
        ? await client.completions.create({ ...body, stream }, { signal })
        : await client.completions.create({ ...body, stream }, { signal });
    }
    const body = { ...common, messages: [...messages], ...this.#format(request) };
    return stream
      ? await client.chat.completions.create({ ...body, stream }, { signal })
      : await client.chat.completions.create({ ...body, stream }, { signal });
  }

  #format(request: LlmRequest): {
    response_format?: {
      type: "json_schema";
      json_schema: { name: string; schema: Record<string, unknown>; strict: boolean };
    };
  } {
    const { schema } = request;
    if (!schema || !this.#dialect.responseFormat || this.#withoutSchema.has(request)) return {};
    const named = { name: schema.name, schema: { ...schema.schema as { [key: string]: Json } } };
    return { response_format: { type: "json_schema", json_schema: { ...named, strict: true } } };
  }

  /** A server that refuses a part of the protocol is asked without it from then on. */
  #adapt(failure: CallFailure, sent: Dialect, request: LlmRequest): CallFailure {
    if (failure.kind !== "dialect") return failure;
    const named = SIMPLER.find(([words]) => words.test(failure.message))?.[1];
    // Some servers refuse what they do not know without a word on what it was.
    const simpler = named ??
      (this.#understood ? {} : { usageInStream: false, responseFormat: false });
    const news = Object.entries(simpler).some(([part, use]) => sent[part as keyof Dialect] !== use);
    Object.assign(this.#dialect, simpler);
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

/** For `completions`: the messages' contents with a blank line between; one where a template was. */
export function promptOf({ messages }: LlmRequest): string {
  return messages.map(({ content }) => content).join("\n\n");
}

function gather(into: Gathered, { model, usage, choices }: Chunk): void {
  if (model) into.model = model;
  const { prompt_tokens: prompt, completion_tokens: completion } = usage ?? {};
  if (typeof prompt === "number" && typeof completion === "number") {
    into.usage = { prompt, completion };
  }
  const choice = choices?.[0];
  if (!choice) return;
  const said = choice.delta ?? choice.message;
  into.text += said?.content ?? choice.text ?? "";
  into.refusal += said?.refusal ?? "";
  if (choice.finish_reason) into.finish = choice.finish_reason;
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
