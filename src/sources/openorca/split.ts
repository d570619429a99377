/**
 * A row of OpenOrca as a context and a query, or the reason why it is not taken.
 *
 * @module
 */
import { type Optioned, withoutCue, withoutOptions, withoutPointers } from "./options.ts";
import { looksLikeAnother } from "./plain.ts";
import { matchTemplate, type TemplateMatch } from "./match.ts";
import type { OpenOrcaRow } from "./row.ts";
import { OPENORCA_STRATA, type OpenOrcaStratum } from "./templates/mod.ts";

/** Why a row is not taken, in the order in which it is asked. */
export const SPLIT_REASONS = [
  "unknown collection",
  "empty question",
  "empty answer",
  "reversed",
  "generation",
  "closed book",
  "no template",
  "worked examples",
  "no answer overlap",
  "context too short",
  "context too long",
  "query too long",
  "answer too long",
] as const;

/** One of {@linkcode SPLIT_REASONS}. */
export type SplitReason = typeof SPLIT_REASONS[number];

/** A row cut into its parts. */
export interface OpenOrcaSplit {
  /** Collection that the row is from. */
  readonly stratum: OpenOrcaStratum;
  /** Name of the template that fitted. */
  readonly template: string;
  /** What the question is about. */
  readonly context: string;
  /** The question, with its options, where it has any. */
  readonly query: string;
  /** OpenOrca's response. */
  readonly answer: string;
}

/** What may be taken, in tokens of the tokenizer whose count is handed to {@linkcode splitOpenOrca}. */
export interface SplitLimits {
  /** Least tokens of a context. */
  readonly minContextTokens: number;
  /** Most tokens of a context. */
  readonly maxContextTokens: number;
  /** Most tokens of a query. */
  readonly maxQueryTokens: number;
  /** Most tokens of an answer. */
  readonly maxAnswerTokens: number;
  /** Least share of the answer's words that an extractive template's context must hold. */
  readonly minOverlap: number;
}

/** A row that is taken, or why it is not. */
export type SplitResult = { readonly split: OpenOrcaSplit } | { readonly reason: SplitReason };

/**
 * Cuts a row into context and query by the templates of its collection.
 *
 * @param countTokens Tokens of a text.
 */
export function splitOpenOrca(
  row: OpenOrcaRow,
  limits: SplitLimits,
  countTokens: (text: string) => number,
): SplitResult {
  const stratum = OPENORCA_STRATA.find((name) => row.id.startsWith(`${name}.`));
  if (!stratum) return { reason: "unknown collection" };
  const answer = row.response.trim();
  const { text, options } = prepare(row.question, stratum);
  if (text === "") return { reason: "empty question" };
  if (answer === "") return { reason: "empty answer" };
  const match = findMatch(text, stratum);
  if (typeof match === "string") return { reason: match };
  const { template, context } = match;
  const asked = (template.ask ?? "{query}").replace("{query}", () => match.query);
  const query = options === "" ? asked : `${asked}\n\n${options}`;
  const needsOverlap = template.extractive && options === "";
  if (needsOverlap && !(answerOverlap(answer, context, asked) >= limits.minOverlap)) {
    return { reason: "no answer overlap" };
  }
  const split = { stratum, template: template.name, context, query, answer };
  const reason = outsideLimits(split, limits, countTokens);
  return reason ? { reason } : { split };
}

/** Natural Instructions' layouts end in words that ask for the answer, which are part of them. */
function prepare(question: string, stratum: OpenOrcaStratum): Optioned {
  const text = question.replaceAll("\r\n", "\n").trim();
  if (stratum === "niv") return { text, options: "" };
  const optioned = withoutOptions(withoutCue(text));
  return { ...optioned, text: withoutPointers(optioned.text) };
}

/** What may stand before a whole prompt. */
const LEAD =
  /^(?:Please answer the following question|Given the question|Question|Problem|Ques|Q|\[Q\]|Student|Teacher|Input)\s*:\s*/i;

function findMatch(text: string, stratum: OpenOrcaStratum): TemplateMatch | SplitReason {
  if (stratum === "niv") {
    const match = matchTemplate(text, stratum);
    if (!match) return "no template";
    if (WORKED_EXAMPLE.test(match.context)) return "worked examples";
    // Without words of its own a layout would take those of another for the definition.
    if (match.template.layout.startsWith("{query}") && TASK_LABEL.test(match.query)) {
      return "no template";
    }
    return TASK_GENERATES.test(match.query) ? "generation" : match;
  }
  const bare = text.replace(LEAD, "");
  const lines = [bare.slice(0, LINE_LENGTH), bare.slice(bare.lastIndexOf("\n") + 1)];
  if (lines.some((line) => REVERSED.test(line))) return "reversed";
  if (lines.some((line) => GENERATES.test(line) || SHORTENS.test(line.split("\n")[0]))) {
    return "generation";
  }
  if (CLOSED_BOOK.test(bare)) return "closed book";
  if (lines.some((line) => REASONS_ALOUD.test(line))) return "no template";
  const whole = matchTemplate(text, stratum);
  // A layout that begins with a place would take the words before the prompt for its own.
  const match = whole && !whole.template.layout.startsWith("{")
    ? whole
    : matchTemplate(bare, stratum) ?? whole;
  if (match && WORKED_EXAMPLE.test(match.context)) return "worked examples";
  if (match && looksLikeAnother(match.template, match.context, match.query)) return "no template";
  return match ?? (bare.includes("\n") ? "no template" : "closed book");
}

const TASK_LABEL = /^(?:Q|Definition|(?:Detailed )?Instructions|Teacher)\s*:/;
const LINE_LENGTH = 160;
const POLITE = "(?:please |can you |could you |now,? |briefly )*";
/** The question or title is what is asked for: answer and question have changed places. */
const REVERSED = new RegExp(
  `^${POLITE}(?:ask|write|generate|create|compose|come up with|think of|pose)\\b[^\\n]{0,50}` +
    "\\b(?:questions?|title|headline|subject line)\\b|" +
    "^what (?:is|are|was) (?:a|an|some|one|the) (?:(?:possible|good|potential) )?" +
    "(?:questions?|title|headline|subject line)\\b|" +
    "^what question would\\b|what was the question\\b|^do you have any questions",
  "i",
);
/** A text of the model's own is asked for. */
const GENERATES = new RegExp(
  `^${POLITE}(?:write|generate|summari[sz]e|translate|compose|create|produce|expand|continue|` +
    "complete|rewrite|paraphrase|construct|make up|imagine|add|capitali[sz]e|propose|repeat)\\b",
  "i",
);
/** A summary or a translation is asked for. */
const SHORTENS =
  /^[^\n]{0,60}\b(?:summary|summari[sz]e|highlights?|key points|main points|important parts|what was th(?:is|at) article about|shorter version|going on in|tl;?dr|how do you say|said in)\b[^\n]{0,60}$/i;
const TASK_GENERATES =
  /\b(?:generate|write|create|compose|paraphrase|rewrite|construct|produce|come up with|translat\w*)\b/i;
/** Asks for the way to the answer, in words that stand around the question. */
const REASONS_ALOUD =
  /\b(?:step[- ]by[- ]step|chain[- ]of[- ]thoughts?|th(?:ink|inking) (?:out loud|first|carefully|before)|let'?s (?:think|see|solve)|let me think|your thoughts?|thought process|reasoning process|the reasoning before|i think:|cot:|explain your answer|say why)/i;
/** A question that stands alone but for words that ask for its answer. */
const CLOSED_BOOK = new RegExp(
  "^(?:please )?(?:answer (?:the following|this) question|what is the answer|write the answer|" +
    "next question)[^\\S\\n]*[:.]?\\n+[^\\n]+$|^[^\\n]+\\n(?:what is the answer|and the answer is)\\W*$",
  "i",
);
/** The answer of an example, inside the context. */
const WORKED_EXAMPLE = /^(?:A|Answer|Output|Solution)\s?: ?\S/m;

const FILLER = new Set(
  ("the and that this with from was were are for his her its their they has had have been not but " +
    "answer question article passage paragraph text context according based following given which " +
    "who what when where would could because therefore can also such than then there these those " +
    "into about").split(" "),
);

function contentWords(text: string): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(words.filter((word) => (word.length > 2 || /\d/.test(word)) && !FILLER.has(word)));
}

/**
 * The share of the answer's words that occur in the context, words of the query and fillers apart;
 * 0 where the answer has no other words.
 */
export function answerOverlap(answer: string, context: string, query: string): number {
  const asked = contentWords(query);
  const words = [...contentWords(answer)].filter((word) => !asked.has(word));
  if (words.length === 0) return 0;
  const held = contentWords(context);
  return words.filter((word) => held.has(word)).length / words.length;
}

/** More characters than that for one token is no text; saves tokenizing what cannot fit. */
const MOST_CHARACTERS = 16;
/** A character is at most four bytes, and a token at least one. */
const MOST_TOKENS = 4;

function outsideLimits(
  { context, query, answer }: OpenOrcaSplit,
  limits: SplitLimits,
  countTokens: (text: string) => number,
): SplitReason | undefined {
  const exceeds = (text: string, most: number): boolean =>
    text.length > most * MOST_CHARACTERS ||
    (text.length * MOST_TOKENS > most && !(countTokens(text) <= most));
  if (exceeds(query, limits.maxQueryTokens)) return "query too long";
  if (exceeds(answer, limits.maxAnswerTokens)) return "answer too long";
  if (context.length * MOST_TOKENS < limits.minContextTokens) return "context too short";
  if (context.length > limits.maxContextTokens * MOST_CHARACTERS) return "context too long";
  const tokens = countTokens(context);
  if (!(tokens >= limits.minContextTokens)) return "context too short";
  if (!(tokens <= limits.maxContextTokens)) return "context too long";
}
