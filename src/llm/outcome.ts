/**
 * What becomes of a try: a usable reply, a request that failed for good, or one more try.
 *
 * | what the server did                               | outcome                                     |
 * | ------------------------------------------------- | ------------------------------------------- |
 * | text and a reason for stopping                    | reply                                       |
 * | refusal, or `content_filter`                      | reply with that finish reason, not retried  |
 * | no usage                                          | reply, tokens estimated from bytes          |
 * | cut off at `maxTokens`, with or without text      | reply with `length`                         |
 * | empty text, another model than asked              | up to 4 tries, then failed for good         |
 * | cut or stalled stream, invalid JSON, 408, 409, 500 | up to `tries`, then a TeacherError; a rerun |
 * |                                                   | asks again                                  |
 * | 429                                               | the same with twice as many tries           |
 * | 502, 503, 504, no connection, no response in time | the same; nothing is sent while it is gone  |
 * | 400, 422 and other refusals of the request        | failed for good, after a simpler dialect    |
 * | 401, 402, 403, 404, no quota, unknown model       | HaltError                                   |
 *
 * @module
 */
import { canonicalJson } from "../base/canonical_json.ts";
import { TeacherError } from "../base/errors.ts";
import { formOf } from "./chat_template.ts";
import { costOf, worstCostOf } from "./budget.ts";
import type { Endpoint } from "./endpoint.ts";
import type { CallFailure } from "./failure.ts";
import type { LogRow } from "./log_format.ts";
import {
  type FinishReason,
  type LlmReply,
  type LlmRequest,
  messagesOf,
  promptTokenBound,
  samplingOf,
} from "./request.ts";
import type { Delivered } from "./protocol.ts";
import type { CallResult } from "./transport.ts";

/** Tries whose replies are paid for and of no use. */
export const PAID_TRIES = 4;

/** Bytes of UTF-8 a token, for servers that send no usage. */
const BYTES_PER_TOKEN = 4;

/** What a try adds to its row of the log. */
export type Outcome = Pick<
  LogRow,
  | "outcome"
  | "status"
  | "text"
  | "finish_reason"
  | "reply_model"
  | "prompt_tokens"
  | "completion_tokens"
  | "usage_estimated"
  | "cost_usd"
  | "error"
>;

/** What a row of the log says of the request. */
export type Asked = Pick<
  LogRow,
  "key" | "role" | "model" | "base_url" | "messages" | "sampling" | "attempt"
>;

/** Tokens that a request is likely to take, for rates. */
export function likelyTokens(request: LlmRequest): number {
  return Math.ceil(promptTokenBound(request) / BYTES_PER_TOKEN) + request.maxTokens;
}

/** Reads how a try ended; `outcome` is `lost` where another try may help. */
export function outcomeOf(endpoint: Endpoint, request: LlmRequest, result: CallResult): Outcome {
  return "failure" in result
    ? ofFailure(endpoint, request, result.failure)
    : ofDelivered(endpoint, request, result.delivered);
}

function ofFailure(
  { prices, key }: Endpoint,
  request: LlmRequest,
  { kind, status, message, maybePaid, partial }: CallFailure,
): Outcome {
  return {
    outcome: kind === "refused" ? "failed" : "lost",
    status,
    text: partial,
    finish_reason: null,
    reply_model: null,
    prompt_tokens: null,
    completion_tokens: null,
    usage_estimated: maybePaid,
    cost_usd: maybePaid ? worstCostOf(prices, request) : 0,
    error: key ? key.redact(message) : message,
  };
}

function ofDelivered(endpoint: Endpoint, request: LlmRequest, delivered: Delivered): Outcome {
  const { usage, refusal, model } = delivered;
  const { prices } = endpoint;
  const text = delivered.text || refusal;
  const written = new TextEncoder().encode(text).length;
  const read = promptTokenBound(request);
  const finish = finishReason(delivered);
  const error = faultOf(endpoint, { ...delivered, text }, finish);
  return {
    outcome: error === null ? "reply" : "lost",
    status: 200,
    text,
    finish_reason: finish,
    reply_model: model,
    prompt_tokens: usage?.prompt ?? Math.ceil(read / BYTES_PER_TOKEN),
    completion_tokens: usage?.completion ?? Math.ceil(written / BYTES_PER_TOKEN),
    usage_estimated: usage === null,
    cost_usd: usage
      ? costOf(prices, usage.prompt, usage.completion)
      : costOf(prices, read, Math.min(written, request.maxTokens)),
    error: error && endpoint.key ? endpoint.key.redact(error) : error,
  };
}

function finishReason({ finish, refusal }: Delivered): FinishReason {
  if (refusal !== "") return "refusal";
  return finish === "length" || finish === "content_filter" ? finish : "stop";
}

function faultOf(
  { model: asked }: Endpoint,
  { text, model }: Delivered,
  finish: FinishReason,
): string | null {
  if (model !== null && !sameModel(asked, model)) {
    return `a reply of ${model}, expected one of ${asked}`;
  }
  return text.trim() === "" && finish === "stop" ? "an empty reply, expected text" : null;
}

/**
 * Whether a server's name of a model is the one that was asked for: servers add a version
 * (`gpt-4o-2024-08-06`, `llama3:latest`) or leave out the owner or the folder.
 */
export function sameModel(asked: string, answered: string): boolean {
  const [a, b] = [asked.toLowerCase(), answered.toLowerCase()];
  return a === b || (b.startsWith(a) && /^[-:@]/.test(b.slice(a.length))) ||
    a.endsWith(`/${b}`) || b.endsWith(`/${a}`);
}

/** What a row of the log says of the request. */
export function askedColumns(endpoint: Endpoint, key: string, request: LlmRequest): Asked {
  return {
    key,
    role: endpoint.role,
    model: endpoint.model,
    base_url: endpoint.baseUrl,
    messages: canonicalJson(messagesOf(request)),
    sampling: canonicalJson(samplingOf(request, formOf(endpoint))),
    attempt: request.attempt ?? 0,
  };
}

/** What was asked in vain, as a row of the notes table tells it. */
export function askedInVain(model: string, error: string | null): TeacherError {
  return new TeacherError(`asking ${model}: found ${error}; the row is noted with this error`);
}

/** The reply that a row of the log holds. */
export function replyOf(row: LogRow): LlmReply {
  return {
    text: row.text ?? "",
    finishReason: row.finish_reason as FinishReason,
    promptTokens: row.prompt_tokens ?? 0,
    completionTokens: row.completion_tokens ?? 0,
    usageEstimated: row.usage_estimated,
    costUsd: row.cost_usd,
    model: row.reply_model ?? row.model,
  };
}
