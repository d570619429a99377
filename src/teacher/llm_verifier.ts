/**
 * A language model as verifier (v = L(s, a) of the paper), and rules that need none.
 *
 * @module
 */
import { TeacherError } from "../base/errors.ts";
import type { Llm } from "../llm/request.ts";
import { PROMPTS_VERSION, VERIFY_SCHEMA, verifyPrompt } from "./llm_prompts.ts";
import { looseObject } from "./loose_json.ts";
import { words } from "./text.ts";
import { type NoteToVerify, unknownAnswer, type Verdict, type Verifier } from "./verifier.ts";

const VERDICT_TOKENS = 200;
/** Share of the answer's words that a note must hold for `lexical-overlap`. */
const OVERLAP = 0.7;

/**
 * Asks `llm` whether the note and the answer agree. Empty notes are not asked about: they agree
 * with an unknown answer and with no other.
 *
 * @param attempt k for the k-th time that the same notes are checked, to measure agreement.
 */
export function llmVerifier(llm: Llm, attempt = 0): Verifier {
  return {
    rule: `llm-judge ${llm.model}`,
    version: PROMPTS_VERSION,
    async verify({ query, note, answer }) {
      const empty = ofEmpty(note, answer);
      if (empty) return empty;
      const messages = verifyPrompt(query, note, answer);
      const request = {
        messages,
        temperature: 0,
        maxTokens: VERDICT_TOKENS,
        schema: VERIFY_SCHEMA,
      };
      const { text, finishReason } = await llm.ask({ ...request, attempt });
      const found = looseObject(text);
      const agrees = found?.agrees ?? spoken(text);
      if (typeof agrees !== "boolean") {
        throw new TeacherError(
          `verifying a note: found a reply without a verdict (${finishReason}, ${text.length} ` +
            `characters), expected {"agrees": true or false}`,
        );
      }
      const reason = typeof found?.reason === "string" ? found.reason.trim() : "";
      return { accepted: agrees, reason: reason || (agrees ? "it agrees" : "it does not agree") };
    },
  };
}

/** A verdict in a word, where the server knows no JSON. */
function spoken(text: string): boolean | undefined {
  const word = /^\W*(yes|no|true|false)\b/i.exec(text)?.[1].toLowerCase();
  return word === undefined ? undefined : word === "yes" || word === "true";
}

/** `exact-containment`: the answer stands in the note character for character. */
export const exactContainment: Verifier = rule(
  "exact-containment",
  ({ note, answer }) => note.includes(answer.trim()),
);

/** `normalised-containment`: the same but for case, punctuation, articles and spaces. */
export const normalisedContainment: Verifier = rule(
  "normalised-containment",
  ({ note, answer }) => ` ${plain(note)} `.includes(` ${plain(answer)} `),
);

/** `lexical-overlap`: the note holds at least 70 % of the answer's different words. */
export const lexicalOverlap: Verifier = rule("lexical-overlap", ({ note, answer }) => {
  const held = new Set(plain(note).split(" "));
  const wanted = [...new Set(plain(answer).split(" "))];
  return wanted.filter((word) => held.has(word)).length >= OVERLAP * wanted.length;
});

function rule(name: string, holds: (input: NoteToVerify) => boolean): Verifier {
  return {
    rule: name,
    version: "1",
    verify: (input) => Promise.resolve(ofEmpty(input.note, input.answer) ?? verdict(holds(input))),
  };
}

function verdict(accepted: boolean): Verdict {
  return {
    accepted,
    reason: accepted ? "the note holds the answer" : "the note does not hold the answer",
  };
}

function ofEmpty(note: string, answer: string): Verdict | undefined {
  const unknown = answer === unknownAnswer;
  if (note === "") {
    return unknown
      ? { accepted: true, reason: "the note is empty and the answer is unknown" }
      : { accepted: false, reason: "the note is empty, the answer is not" };
  }
  if (unknown) return { accepted: false, reason: "the note is not empty, the answer is unknown" };
}

const ARTICLES = new Set(["a", "an", "the"]);
const plain = (text: string): string => words(text).filter((word) => !ARTICLES.has(word)).join(" ");
