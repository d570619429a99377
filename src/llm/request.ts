/**
 * What is asked of a language model and what comes back: all that teachers and verifiers need to
 * know of a client.
 *
 * @module
 */
import type { Json } from "../base/canonical_json.ts";
import { ConfigError } from "../base/errors.ts";
import { hashJson } from "../base/hash.ts";

/** One message of a conversation. */
export interface LlmMessage {
  /** Who speaks. */
  readonly role: "system" | "user" | "assistant";
  /** What is said. */
  readonly content: string;
}

/** One question to a language model. */
export interface LlmRequest {
  /** The conversation up to where the model goes on; one message at least. */
  readonly messages: readonly LlmMessage[];
  /** Sampling temperature; 0 is greedy. */
  readonly temperature: number;
  /** Most tokens that the model may write. */
  readonly maxTokens: number;
  /** Seed of the sampling, where the server has one. */
  readonly seed?: number;
  /** Texts at which the model stops. */
  readonly stop?: readonly string[];
  /** JSON schema of the reply; sent as `response_format` where the server supports it. */
  readonly schema?: { readonly name: string; readonly schema: Json };
  /** 0; k for the k-th time that the same question is asked on purpose (re-asked samples). */
  readonly attempt?: number;
}

/** Why a model stopped writing. */
export type FinishReason = "stop" | "length" | "content_filter" | "refusal";

/** What a language model replied. */
export interface LlmReply {
  /** The text as it came; of a refusal, the refusal's text. */
  readonly text: string;
  /** Why the model stopped. */
  readonly finishReason: FinishReason;
  /** Tokens that the model read. */
  readonly promptTokens: number;
  /** Tokens that the model wrote. */
  readonly completionTokens: number;
  /** The server sent no usage: tokens were estimated from characters. */
  readonly usageEstimated: boolean;
  /** Price in US dollars; 0 where no prices are known, an upper bound where usage is estimated. */
  readonly costUsd: number;
  /** Model that the server says it ran. */
  readonly model: string;
}

/** What teachers and verifiers need of a client. */
export interface Llm {
  /** The model that is asked. */
  readonly model: string;
  /** The server's address, without a slash at its end. */
  readonly baseUrl: string;
  /**
   * Asks one question. A question that was answered before is answered from the request log.
   *
   * @throws {TeacherError} this request failed for good (the row is accounted for with the error).
   * @throws {HaltError} nothing more can be asked now (budget spent, key refused, model unknown,
   *   endpoint down, stop asked): the run stops, resumable.
   */
  ask(request: LlmRequest): Promise<LlmReply>;
}

/**
 * All of a request beside its messages, as it is hashed and logged.
 *
 * @param template {@linkcode ChatTemplate.hash} of the endpoint; left out where it has none.
 */
export function samplingOf(
  request: LlmRequest,
  template?: string,
): { readonly [name: string]: Json | undefined } {
  const { temperature, maxTokens, seed, stop, schema } = request;
  return { temperature, maxTokens, seed, stop, schema: schema && { ...schema }, template };
}

/** The messages as JSON. */
export function messagesOf(request: LlmRequest): Json {
  return request.messages.map(({ role, content }) => ({ role, content }));
}

/**
 * What a request is known by: SHA-256 of the canonical JSON of model, address, messages, sampling,
 * schema, attempt and the chat template's hash, where there is one.
 */
export function requestKey(
  model: string,
  baseUrl: string,
  request: LlmRequest,
  template?: string,
): string {
  const { schema, ...sampling } = samplingOf(request);
  return hashJson({
    model,
    baseUrl,
    messages: messagesOf(request),
    sampling,
    schema,
    attempt: request.attempt ?? 0,
    template,
  });
}

/**
 * Most tokens that the prompt can be: a token of a byte-level tokenizer is one byte of UTF-8 at
 * least. Templates add a few around every message.
 */
export function promptTokenBound(request: LlmRequest): number {
  const encoder = new TextEncoder();
  const bytes = (text: string): number => encoder.encode(text).length;
  const schema = request.schema ? bytes(JSON.stringify(request.schema)) : 0;
  const spoken = request.messages.map(({ content }) => bytes(content) + TOKENS_AROUND_MESSAGE);
  return spoken.reduce((sum, n) => sum + n, TOKENS_AROUND_PROMPT + schema);
}

const TOKENS_AROUND_MESSAGE = 16;
const TOKENS_AROUND_PROMPT = 64;

/**
 * Checks a request.
 *
 * @throws {ConfigError} where it cannot be asked: no message, no room for a reply.
 */
export function checkRequest(request: LlmRequest): void {
  const fail = (what: string, found: unknown, expected: string): never => {
    throw new ConfigError(`asking a model: ${what}: found ${found}, expected ${expected}`);
  };
  const { messages, maxTokens, temperature, attempt = 0 } = request;
  if (messages.length === 0) fail("messages", "none", "one at least");
  if (!(Number.isSafeInteger(maxTokens) && maxTokens >= 1)) {
    fail("maxTokens", maxTokens, "an integer of 1 or more");
  }
  if (!(temperature >= 0 && temperature <= 2)) fail("temperature", temperature, "0 to 2");
  if (!(Number.isSafeInteger(attempt) && attempt >= 0)) {
    fail("attempt", attempt, "an integer of 0 or more");
  }
}
