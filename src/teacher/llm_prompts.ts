/**
 * What a teaching or verifying language model is asked. Only the words "Please extract a note
 * relevant to the query:" are the paper's; the rest is ours. {@linkcode PROMPTS_VERSION} changes
 * whenever a word does.
 *
 * @module
 */
import type { Json } from "../base/canonical_json.ts";
import type { LlmMessage } from "../llm/request.ts";

/** Version of all prompts of this file, for tables. */
export const PROMPTS_VERSION = "1";

const system = (content: string): LlmMessage => ({ role: "system", content });
const user = (content: string): LlmMessage => ({ role: "user", content });

/** Asks for s = L(c, q), the note of what in the context the query needs. */
export function notePrompt(context: string, query: string): LlmMessage[] {
  return [
    system(
      "You take notes. Write down, briefly and in the context's own words, only what is needed to " +
        "answer the query; do not answer it. Where nothing in the context is relevant, write the " +
        "single word: empty",
    ),
    user(`${context}\n\nPlease extract a note relevant to the query: ${query}`),
  ];
}

/** Asks for the passages that carry the answer, so that c_r can be made without them. */
export function locatePrompt(context: string, query: string, answer: string): LlmMessage[] {
  return [
    system(
      "You find evidence. Copy, character for character, every sentence of the context that " +
        'reveals the answer to the query. Reply with JSON: {"passages": ["…"]}; with an empty ' +
        "list where no sentence does.",
    ),
    user(`Context:\n${context}\n\nQuery: ${query}\nAnswer: ${answer}`),
  ];
}

/** Asks for v = L(s, a): whether a note agrees with an answer. */
export function verifyPrompt(query: string, note: string, answer: string): LlmMessage[] {
  return [
    system(
      "You check notes. Say whether the answer to the query follows from the note alone. Reply " +
        'with JSON: {"agrees": true or false, "reason": "one sentence"}.',
    ),
    user(`Query: ${query}\nNote: ${note}\nAnswer: ${answer}`),
  ];
}

const text: Json = { type: "string" };

/** A located answer's form. */
export const LOCATE_SCHEMA: { readonly name: string; readonly schema: Json } = {
  name: "passages",
  schema: {
    type: "object",
    properties: { passages: { type: "array", items: text } },
    required: ["passages"],
    additionalProperties: false,
  },
};

/** A verdict's form. */
export const VERIFY_SCHEMA: { readonly name: string; readonly schema: Json } = {
  name: "verdict",
  schema: {
    type: "object",
    properties: { agrees: { type: "boolean" }, reason: text },
    required: ["agrees", "reason"],
    additionalProperties: false,
  },
};
