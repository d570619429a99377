/**
 * The lines of a batch's files, as OpenAI's Batch API and vLLM's `run-batch` read and write them.
 *
 * @module
 */
import { asSent } from "../chat_template.ts";
import type { Endpoint } from "../endpoint.ts";
import { readFailure } from "../failure.ts";
import {
  chatBody,
  type Chunk,
  completionBody,
  gather,
  type RequestDialect,
  startGathering,
  whole,
} from "../protocol.ts";
import type { LlmRequest } from "../request.ts";
import type { CallResult } from "../transport.ts";

/** What a batch asks of the server, by the endpoint's kind. */
export function batchUrl({ api }: Endpoint): "/v1/completions" | "/v1/chat/completions" {
  return api === "completions" ? "/v1/completions" : "/v1/chat/completions";
}

/** A request's line in a file of requests; its key is its `custom_id`. */
export function inputLine(
  endpoint: Endpoint,
  key: string,
  request: LlmRequest,
  dialect: RequestDialect,
): string {
  const sent = asSent(endpoint, request);
  const body = endpoint.api === "completions"
    ? completionBody(endpoint, sent, dialect)
    : chatBody(endpoint, sent, dialect);
  return JSON.stringify({ custom_id: key, method: "POST", url: batchUrl(endpoint), body });
}

/** What is read of a line of answers or errors. */
export interface OutputLine {
  /** The request's key. */
  readonly custom_id: string;
  /** The server's response; null where there was none. */
  readonly response?: { readonly status_code?: unknown; readonly body?: unknown } | null;
  /** Why there was none. */
  readonly error?: Told | null;
}

interface Told {
  readonly code?: unknown;
  readonly type?: unknown;
  readonly message?: unknown;
  readonly error?: Told | null;
}

/** Reads a line; undefined where it is torn, or says that nobody wanted an answer any more. */
export function readOutputLine(text: string): OutputLine | undefined {
  try {
    const line: OutputLine | null = JSON.parse(text);
    if (typeof line?.custom_id !== "string" || line.error?.code === "batch_cancelled") return;
    return line;
  } catch {
    return undefined;
  }
}

/** What a line says, as if the server had been asked live. */
export function resultOf({ response, error }: OutputLine): CallResult {
  const status = response?.status_code;
  const body = response?.body as (Chunk & Told) | null | undefined;
  if (status === 200) return readReply(body ?? {});
  const told = body?.error ?? body ?? error?.error ?? error ?? {};
  const said = typeof told.message === "string" ? told.message : undefined;
  if (typeof status === "number") {
    const message = `${status} ${said ?? "status code (no body)"}`;
    const { code, type } = told;
    return { failure: readFailure({ status, code, type, message }, true, null) };
  }
  const code = typeof told.code === "string" ? `${told.code}: ` : "";
  return unanswered(`${code}${said ?? "no reason given"}`);
}

/** A request to which no answer came, and which therefore cost nothing. */
export function unanswered(message: string): CallResult {
  return { failure: { kind: "fault", status: null, message, maybePaid: false, partial: null } };
}

function readReply(body: Chunk): CallResult {
  const gathered = startGathering();
  try {
    gather(gathered, body);
    return { delivered: whole(gathered) };
  } catch (error) {
    return { failure: readFailure(error, true, gathered.text || null) };
  }
}
