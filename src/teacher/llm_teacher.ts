/**
 * A language model as teacher: any server that speaks OpenAI's protocol, a fine-tuned Mamba behind
 * one included.
 *
 * @module
 */
import { TeacherError } from "../base/errors.ts";
import type { Llm, LlmReply } from "../llm/request.ts";
import { LOCATE_SCHEMA, locatePrompt, notePrompt, PROMPTS_VERSION } from "./llm_prompts.ts";
import { looseObject } from "./loose_json.ts";
import type { Teacher, TeacherUsage } from "./teacher.ts";
import { verbatimOf } from "./verbatim.ts";

/** How much a teacher may write. */
export interface LlmTeacherOptions {
  /** Most tokens of a note; LongMemEval's session notes have 500. */
  readonly noteTokens: number;
  /** Most tokens of the located passages. */
  readonly locateTokens: number;
}

/** A teacher that asks `llm`, greedily. */
export function llmTeacher(
  llm: Llm,
  { noteTokens, locateTokens }: LlmTeacherOptions = { noteTokens: 500, locateTokens: 1000 },
): Teacher {
  return {
    name: `${llm.model} prompts-${PROMPTS_VERSION}`,
    async writeNote(context, query) {
      const messages = notePrompt(context, query);
      const reply = await llm.ask({ messages, temperature: 0, maxTokens: noteTokens });
      return { raw: usable(reply, "a note"), ...usageOf(reply) };
    },
    async locateAnswer(context, query, answer) {
      const messages = locatePrompt(context, query, answer);
      const schema = LOCATE_SCHEMA;
      const reply = await llm.ask({ messages, temperature: 0, maxTokens: locateTokens, schema });
      const quotes = passagesOf(usable(reply, "the answer's passages"));
      const found = quotes.map((quote) => verbatimOf(context, quote));
      const missing = quotes.filter((_, i) => found[i] === undefined);
      if (missing.length > 0) {
        throw new TeacherError(
          `locating the answer: found ${missing.length} of ${quotes.length} passages that are ` +
            `not in the context, expected verbatim ones`,
        );
      }
      return { passages: [...new Set(found.map((text) => text!))], ...usageOf(reply) };
    },
  };
}

/** @throws {TeacherError} where the model refused or a filter stopped it. */
function usable({ text, finishReason }: LlmReply, what: string): string {
  if (finishReason === "stop" || finishReason === "length") return text;
  throw new TeacherError(`asking for ${what}: found a ${finishReason}, expected a reply`);
}

function usageOf(
  { finishReason, promptTokens, completionTokens, costUsd }: LlmReply,
): TeacherUsage {
  const cut = finishReason === "length";
  return { finishReason: cut ? "length" : "stop", promptTokens, completionTokens, costUsd };
}

/** The passages of a reply: JSON, or a list with a passage a line. */
function passagesOf(reply: string): string[] {
  const passages = looseObject(reply)?.passages;
  if (Array.isArray(passages)) {
    return passages.filter((text) => typeof text === "string" && text.trim() !== "");
  }
  const lines = reply.split("\n").map((line) =>
    /^\s*(?:[-*•]|\d+[.)])\s+(.*\S)\s*$/.exec(line)?.[1]
  );
  const listed = lines.filter((line) => line !== undefined)
    .map((line) => line.replace(/^["“](.*)["”]$/, "$1"));
  if (listed.length > 0) return listed;
  throw new TeacherError(
    `locating the answer: found a reply of ${reply.length} characters without a list, expected ` +
      `{"passages": [...]}`,
  );
}
