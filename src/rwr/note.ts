/**
 * Reading what a model wrote: the note, whether it says "empty" in one of the many ways models say
 * it, and the answer behind it.
 *
 * @module
 */
import type { PromptFormat } from "./prompts.ts";

/** A reply taken apart. */
export interface ParsedReply {
  /** The note without headings; "" where it is empty. */
  readonly note: string;
  /** The answer; null where the reply holds no answer marker. */
  readonly answer: string | null;
}

const heading = /^[\w' ,]*\bnotes?\s*:/i;
const headingLine = /^[\w' ,]*\bnotes?\s*:?$/i;
/** "… I will output: empty", "the answer would be "empty"", "**Extracted note:** empty". */
const conclusion = new RegExp(
  "\\b(?:output|answer|notes?|result|reply|respond|response)\\b" +
    "(?:\\s+(?:to the question|would|will|should|be|is|are|remains?|with|just|the|literal|word))*" +
    "\\s*:?\\W*empty\\W*(?:(?:as|for|because|since)\\b[^.!?]*\\W*)?$",
  "i",
);
/** "No relevant information was found …" at the start, with no "However, the user …" behind it. */
const nothingFound = /^no relevant information\b[^.]*\bfound\b/i;
const afterAll = /\bhowever,\s+(?:there|the user)\b/i;
/** "Relevant information found: None" at the end. */
const noneFound = /^(?:relevant (?:user )?information(?: found)?:\s*)?none\b/i;
/** "If nothing is relevant, the output would be empty" concludes nothing. */
const condition = /^(?:if|when|should)\b/i;
const otherEmpties = new Set(["", "none", "n/a", "nothing", "nothing relevant"]);

/**
 * Reads a note. It is empty where the reply is nothing but "empty" (however quoted, marked up or
 * capitalised), opens with a line that is, concludes with it ("… I will output: empty"), or says that
 * no relevant information was found and nothing else of the user. A reply
 * that says "empty" and then goes on with something relevant, or that mentions an empty fridge,
 * is a note.
 */
export function parseNote(raw: string): string {
  const text = withoutHeading(raw.replace(/^\s*```\w*\n|\n```\s*$/g, "").trim());
  const lines = text.split("\n").map(plainLine).filter((line) => line !== "");
  if (lines.length === 0 || otherEmpties.has(lines.join(" ").toLowerCase())) return "";
  if (isEmptyWord(lines[0]) || concludesEmpty(lines[lines.length - 1])) return "";
  if (nothingFound.test(lines[0]) && !afterAll.test(text)) return "";
  return text;
}

/**
 * Takes a reply to a recall prompt apart: the note before the format's answer marker, the answer
 * behind it. Everything from the end token on is dropped.
 */
export function parseReply(raw: string, format: PromptFormat): ParsedReply {
  const { answerMarker } = format;
  // A marker that begins with a line break may open the reply, where no break stands before it.
  const lead = answerMarker.startsWith("\n") ? "\n" : "";
  const reply = lead + raw.split(format.endToken, 1)[0].trimStart();
  const at = reply.indexOf(answerMarker);
  if (at < 0) return { note: parseNote(reply), answer: null };
  const answer = reply.slice(at + answerMarker.length);
  return { note: parseNote(reply.slice(0, at)), answer: parseAnswer(answer, format) };
}

/** Reads a direct answer: up to the end token or a further answer marker, trimmed. */
export function parseAnswer(raw: string, format: PromptFormat): string {
  return raw.split(format.endToken, 1)[0].split(format.answerMarker, 1)[0].trim();
}

/** Without mark-up, list marks, quotes and brackets around it. */
const plainLine = (line: string): string =>
  line.replace(/[*_`#]+/g, "").replace(/^[\s>\-•]+|\s+$/g, "").trim();

const isEmptyWord = (line: string): boolean => /^\W*empty\W*$/i.test(line);

/** Whether a line concludes that the note is empty. */
const concludesEmpty = (line: string): boolean =>
  isEmptyWord(line) || noneFound.test(line) || conclusion.test(line) && !condition.test(line);

/** The text behind a heading such as "**Extracted Note**" or "Here are the extracted notes:". */
function withoutHeading(text: string): string {
  const [first, ...rest] = text.split("\n");
  const plain = plainLine(first);
  if (rest.length > 0 && headingLine.test(plain)) return unquote(rest.join("\n").trim());
  const found = heading.exec(plain);
  if (!found) return unquote(text);
  return unquote([plain.slice(found[0].length), ...rest].join("\n").trim());
}

/** Without quotes around the whole. */
const unquote = (text: string): string =>
  /^(["'“])[^"“”]*["'”]$/s.test(text) ? text.slice(1, -1).trim() : text;
