/**
 * OpenAI's protocol in both directions: what a request says, what a reply holds, and which parts of
 * the protocol a server does without.
 *
 * @module
 */
import type OpenAI from "openai";
import type { Json } from "../base/canonical_json.ts";
import type { Endpoint } from "./endpoint.ts";
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

/** Parts of the protocol that are about the request and not about how its reply is sent. */
export interface RequestDialect {
  /** Whether `response_format` is known. */
  readonly responseFormat: boolean;
  /** Whether `max_tokens` has to be called `max_completion_tokens`. */
  readonly completionTokens: boolean;
}

/** What is known of a reply as far as it came. */
export interface Gathered {
  /** The text. */
  text: string;
  /** The refusal's text. */
  refusal: string;
  /** Why the server stopped; null until it did. */
  finish: string | null;
  /** null until the server said. */
  usage: Usage | null;
  /** null until the server said. */
  model: string | null;
}

/** A piece of a streamed reply, or a whole one. */
export interface Chunk {
  /** Model that the server says it runs. */
  readonly model?: string | null;
  /** Tokens. */
  readonly usage?:
    | { readonly prompt_tokens?: number; readonly completion_tokens?: number }
    | null;
  /** What was written; only the first is read. */
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

/** A client of the openai package, which is loaded here; it never tries anything twice. */
export async function openClient(
  { baseUrl, key }: Endpoint,
  timeoutMs: number,
): Promise<OpenAI> {
  const { default: Client } = await import("openai");
  return new Client({
    baseURL: baseUrl,
    apiKey: key?.reveal() ?? "none",
    // Null headers are not sent; the other settings would be taken from the environment.
    defaultHeaders: key ? {} : { Authorization: null },
    organization: null,
    project: null,
    logLevel: "off",
    maxRetries: 0,
    timeout: timeoutMs,
  });
}

/** The body of a request to `/completions`, but for `stream`. */
export function completionBody({ model }: Endpoint, request: LlmRequest, dialect: RequestDialect) {
  return { ...samplingBody(model, request, dialect), prompt: promptOf(request) };
}

/** The body of a request to `/chat/completions`, but for `stream`. */
export function chatBody({ model }: Endpoint, request: LlmRequest, dialect: RequestDialect) {
  const messages = [...request.messages];
  return { ...samplingBody(model, request, dialect), messages, ...formatOf(request, dialect) };
}

function samplingBody(model: string, request: LlmRequest, { completionTokens }: RequestDialect) {
  const { temperature, maxTokens, seed, stop } = request;
  return {
    model,
    temperature,
    ...(completionTokens ? { max_completion_tokens: maxTokens } : { max_tokens: maxTokens }),
    ...(seed === undefined ? {} : { seed }),
    ...(stop?.length ? { stop: [...stop] } : {}),
  };
}

function formatOf({ schema }: LlmRequest, { responseFormat }: RequestDialect): {
  response_format?: {
    type: "json_schema";
    json_schema: { name: string; schema: Record<string, unknown>; strict: boolean };
  };
} {
  if (!schema || !responseFormat) return {};
  const named = { name: schema.name, schema: { ...schema.schema as { [key: string]: Json } } };
  return { response_format: { type: "json_schema", json_schema: { ...named, strict: true } } };
}

/** For `completions`: the messages' contents with a blank line between; one where a template was. */
function promptOf({ messages }: LlmRequest): string {
  return messages.map(({ content }) => content).join("\n\n");
}

/** Nothing yet. */
export function startGathering(): Gathered {
  return { text: "", refusal: "", finish: null, usage: null, model: null };
}

/** Adds a piece of a reply. */
export function gather(into: Gathered, { model, usage, choices }: Chunk): void {
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

/**
 * What has been gathered, as a whole reply.
 *
 * @throws {Error} where the server did not say that it was finished.
 */
export function whole(gathered: Gathered): Delivered {
  const { finish } = gathered;
  if (finish === null) throw new Error("the reply ended before it was finished");
  return { ...gathered, finish };
}

/** What a server that refuses a part of a request, as `message` says, is to be asked with. */
export function withoutRefused(message: string): Partial<RequestDialect> | undefined {
  if (/max_completion_tokens/.test(message)) return { completionTokens: true };
  if (/response_format|json_schema|structured|grammar/.test(message)) {
    return { responseFormat: false };
  }
}
