/**
 * An answer in a notebook: what was read, what was noted of it, and what came of it.
 *
 * @module
 */
import { DataError } from "../base/errors.ts";
import { escapeHtml } from "../figures/export/html.ts";
import type { AnswersTableRow } from "../tables/mod.ts";
import { cell, tableHtml, tableText } from "./table.ts";
import { makeView, type View } from "./view.ts";

/** A segment as the table's column `segments` holds it. */
interface SegmentText {
  readonly text: string;
  readonly note: string;
}

/** Sentences of a note end so in every prompt format. */
const SENTENCE = /[^.!?]*[.!?]|[^.!?]+$/g;

/**
 * A row of `answers.arrow` to show: the question, every segment with its note (the noted sentences
 * marked where they stand), the answer, and the gold answer beside it.
 *
 * @throws {DataError} where the row's segments are no list of segments.
 */
export function answerView(answer: AnswersTableRow): View {
  const segments = parseSegments(answer);
  const verdict = `${answer.answer || "(nothing)"}, expected ${answer.gold}`;
  const rows = segments.map(({ text, note }, i) => [
    cell(String(i + 1), "right"),
    cell(markSentences(text, note)),
    cell(note === "" ? "<i>empty</i>" : escapeHtml(note)),
  ]);
  const html = `<p><b>Question</b> ${escapeHtml(answer.question)}</p>` +
    tableHtml(["", "segment", "note"], rows) +
    `<p><b>Answer</b> ${escapeHtml(answer.answer) || "<i>nothing</i>"} · ` +
    `<b>expected</b> ${escapeHtml(answer.gold)}</p>`;
  const notes = segments.map(({ note }, i) => [i + 1, note === "" ? null : note]);
  const text = `question: ${answer.question}\n\n${tableText(["segment", "note"], notes)}\n\n` +
    `answer: ${verdict}`;
  return makeView({ "text/html": html, "text/plain": text });
}

function parseSegments({ item_id, segments }: AnswersTableRow): readonly SegmentText[] {
  let found: unknown;
  try {
    found = JSON.parse(segments);
  } catch {
    found = undefined;
  }
  if (Array.isArray(found) && found.every(isSegment)) return found;
  throw new DataError(
    `showing the answer to ${item_id}: found segments ${segments.slice(0, 60)}, expected a JSON ` +
      `list of { text, raw, note }; take a row of answers.arrow as it is`,
  );
}

function isSegment(value: unknown): value is SegmentText {
  const { text, note } = (value ?? {}) as Partial<SegmentText>;
  return typeof text === "string" && typeof note === "string";
}

/** The text with the note's sentences marked where they stand in it word for word. */
function markSentences(text: string, note: string): string {
  const sentences = (note.match(SENTENCE) ?? []).map((sentence) => sentence.trim()).filter(Boolean);
  if (sentences.length === 0) return escapeHtml(text);
  // Of sentences that begin at one place the longest counts; one pass, so that no mark nests.
  sentences.sort((a, b) => b.length - a.length);
  const found = new RegExp(`(${sentences.map((sentence) => RegExp.escape(sentence)).join("|")})`);
  return text.split(found)
    .map((piece, i) => i % 2 ? `<mark>${escapeHtml(piece)}</mark>` : escapeHtml(piece)).join("");
}
