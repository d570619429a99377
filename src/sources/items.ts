/**
 * Items of all sources: LongMemEval's schema for chat histories, and rows of questions about
 * contexts.
 *
 * @module
 */
import { hashJson, sha256 } from "../base/hash.ts";
import type { SourceTableRow, Split } from "../tables/mod.ts";

export { QUESTION_TYPES, type QuestionType } from "../tables/question_types.ts";

/** One message of a chat. */
export interface Turn {
  /** Who wrote it. */
  readonly role: "user" | "assistant";
  /** What was written. */
  readonly content: string;
  /** Whether it holds evidence; a label for measurements, never shown to a model. */
  readonly has_answer?: boolean;
}

/** A question about a chat history, in LongMemEval's schema. */
export interface ChatItem {
  /** Id; ends in `_abs` where the right answer is that there is none. */
  readonly question_id: string;
  /** Usually one of {@linkcode QUESTION_TYPES}. */
  readonly question_type: string;
  /** The question. */
  readonly question: string;
  /** The gold answer. */
  readonly answer: string;
  /** When the question is asked, as text. */
  readonly question_date: string;
  /** Ids of the sessions. */
  readonly haystack_session_ids: readonly string[];
  /** Dates of the sessions as text; "" where a session has none. */
  readonly haystack_dates: readonly string[];
  /** The sessions, oldest first. */
  readonly haystack_sessions: readonly (readonly Turn[])[];
  /** Ids of the sessions with evidence. */
  readonly answer_session_ids: readonly string[];
}

/** A question about a context, as training reads it. */
export interface SourceRow {
  /** SHA-256 of the row's canonical JSON without its two ids. */
  readonly rowId: string;
  /** Part of the source. */
  readonly split: Split;
  /** SHA-256 of the context; rows with one context share it. */
  readonly contextId: string;
  /** The history as text, one utterance a line. */
  readonly context: string;
  /** The question. */
  readonly query: string;
  /** The gold answer. */
  readonly answer: string;
  /** LongMemEval's name, or the source's own. */
  readonly questionType: string;
  /** Sentences that carry the answer; only measurements may read them. */
  readonly evidence: readonly string[];
}

/** Whether the right answer to `item` is that the history does not hold one. */
export function isAbstention(item: Pick<ChatItem, "question_id">): boolean {
  return item.question_id.endsWith("_abs");
}

/**
 * The history as utterances: each session's date, where it has one, and then `role: content` of
 * each turn. Only dates, roles and contents are read, so labels cannot leak.
 */
export function renderHistory(
  item: Pick<ChatItem, "haystack_dates" | "haystack_sessions">,
): string[] {
  return item.haystack_sessions.flatMap((session, i) => {
    const date = item.haystack_dates[i];
    const turns = session.map((turn) => `${turn.role}: ${turn.content}`);
    return date === "" ? turns : [date, ...turns];
  });
}

/** The context of a {@linkcode SourceRow}: the utterances, one a line. */
export function contextText(utterances: readonly string[]): string {
  return utterances.join("\n");
}

/** Contents of the turns that are marked as evidence, in order. */
export function evidenceTurns(item: Pick<ChatItem, "haystack_sessions">): string[] {
  return item.haystack_sessions.flat().filter((turn) => turn.has_answer).map((turn) =>
    turn.content
  );
}

/** A row with its ids, which are hashes of what it holds. */
export function makeSourceRow(row: Omit<SourceRow, "rowId" | "contextId">): SourceRow {
  const { split, context, query, answer, questionType, evidence } = row;
  const held = { split, context, query, answer, questionType, evidence };
  return { rowId: hashJson(held), contextId: sha256(context), ...held };
}

/** The row as `source.arrow` stores it. */
export function toSourceTable(row: SourceRow): SourceTableRow {
  return {
    row_id: row.rowId,
    split: row.split,
    context_id: row.contextId,
    context: row.context,
    query: row.query,
    answer: row.answer,
    question_type: row.questionType,
    evidence: row.evidence,
  };
}

/** The row that `source.arrow` stores. */
export function fromSourceTable(row: SourceTableRow): SourceRow {
  return {
    rowId: row.row_id,
    split: row.split,
    contextId: row.context_id,
    context: row.context,
    query: row.query,
    answer: row.answer,
    questionType: row.question_type,
    evidence: row.evidence,
  };
}
