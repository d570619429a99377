/**
 * Replies of OpenAI's protocol: one JSON object, or server-sent events.
 *
 * @module
 */
import type { Json } from "../base/canonical_json.ts";
import type { ServedRequest } from "./request.ts";

/** What the model wrote. */
export interface ServedReply {
  /** The text, without what ended it. */
  readonly text: string;
  /** Why it ended. */
  readonly finish: "stop" | "length";
  /** Tokens read. */
  readonly promptTokens: number;
  /** Tokens written. */
  readonly completionTokens: number;
}

/** Puts a reply in the form that its request asked for. */
export function replyTo(request: ServedRequest, reply: ServedReply, model: string): Response {
  return request.stream ? asEvents(request, reply, model) : asJson(request, reply, model);
}

/** An error in the protocol's form. */
export function errorReply(status: number, message: string, type: string): Response {
  return Response.json({ error: { message, type, param: null, code: null } }, { status });
}

const usageOf = ({ promptTokens, completionTokens }: ServedReply): Json => ({
  prompt_tokens: promptTokens,
  completion_tokens: completionTokens,
  total_tokens: promptTokens + completionTokens,
});

/** What all objects of one reply begin with. */
function headOf({ api, stream }: ServedRequest, model: string): { readonly [name: string]: Json } {
  const kind = api === "completions" ? "text_completion" : "chat.completion";
  return {
    id: `${api === "chat" ? "chatcmpl" : "cmpl"}-${crypto.randomUUID()}`,
    object: api === "chat" && stream ? `${kind}.chunk` : kind,
    created: Math.floor(Date.now() / 1000),
    model,
  };
}

function asJson(request: ServedRequest, reply: ServedReply, model: string): Response {
  const { text, finish } = reply;
  const said = request.api === "chat"
    ? { message: { role: "assistant", content: text } }
    : { text };
  return Response.json({
    ...headOf(request, model),
    choices: [{ index: 0, ...said, logprobs: null, finish_reason: finish }],
    usage: usageOf(reply),
  });
}

/** The text comes in one piece: a batch is read back when it is done. */
function asEvents(request: ServedRequest, reply: ServedReply, model: string): Response {
  const head = headOf(request, model);
  const piece = (text: string, finish: string | null): Json => {
    const said = request.api === "chat"
      ? { delta: { role: "assistant", content: text } }
      : { text };
    return { ...head, choices: [{ index: 0, ...said, finish_reason: finish }] };
  };
  const events: Json[] = [piece(reply.text, null), piece("", reply.finish)];
  if (request.streamUsage) events.push({ ...head, choices: [], usage: usageOf(reply) });
  const body = [...events.map((event) => JSON.stringify(event)), "[DONE]"];
  return new Response(body.map((data) => `data: ${data}\n\n`).join(""), {
    headers: { "content-type": "text/event-stream" },
  });
}
