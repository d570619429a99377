/**
 * LongMemEval files (xiaowu0162/LongMemEval): read one item at a time, every field checked.
 *
 * @module
 */
import { DataError } from "../base/errors.ts";
import type { ChatItem, Turn } from "./items.ts";
import { readJsonObjects } from "./json_objects.ts";

/**
 * Yields the items of a LongMemEval file, a JSON array or JSONL.
 *
 * @throws {DataError} that names the item and field where one is missing or of another type, where
 *   the file is torn, and where it holds no item.
 */
export async function* readLongMemEval(path: string): AsyncGenerator<ChatItem> {
  let index = 0;
  for await (const value of readJsonObjects(path)) yield checkItem(value, path, index++);
  if (index === 0) {
    throw new DataError(
      `reading ${path}: found no item, expected LongMemEval items; check the file`,
    );
  }
}

/** Fails with the place of a wrong value in its message. */
type Fail = (field: string, value: unknown, expected: string) => never;

function checkItem(value: unknown, path: string, index: number): ChatItem {
  const record = value as Readonly<Record<string, unknown>>;
  const id = typeof record.question_id === "string" ? record.question_id : "without question_id";
  const fail: Fail = (field, found, expected) => {
    const shown = JSON.stringify(found)?.slice(0, 80) ?? "nothing";
    throw new DataError(
      `reading ${path}: item ${index} (${id}), ${field}: found ${shown}, expected ${expected}; ` +
        `correct the file or fetch it again`,
    );
  };
  const sessions = list(record, "haystack_sessions", fail).map((session, s) =>
    checkSession(session, `haystack_sessions[${s}]`, fail)
  );
  const perSession = (field: string): string[] => {
    const texts = textList(record, field, fail);
    if (texts.length !== sessions.length) {
      fail(field, texts.length, `as many entries as haystack_sessions, ${sessions.length}`);
    }
    return texts;
  };
  return {
    question_id: text(record, "question_id", fail),
    question_type: text(record, "question_type", fail),
    question: text(record, "question", fail),
    answer: answerText(record.answer, fail),
    question_date: text(record, "question_date", fail),
    haystack_session_ids: perSession("haystack_session_ids"),
    haystack_dates: perSession("haystack_dates"),
    haystack_sessions: sessions,
    answer_session_ids: textList(record, "answer_session_ids", fail),
  };
}

function checkSession(value: unknown, field: string, fail: Fail): Turn[] {
  if (!Array.isArray(value)) fail(field, value, "a list of turns");
  return value.map((turn: unknown, t) => {
    const place = `${field}[${t}]`;
    if (typeof turn !== "object" || turn === null) fail(place, turn, "a turn { role, content }");
    const { role, content, has_answer } = turn as Readonly<Record<string, unknown>>;
    if (role !== "user" && role !== "assistant") fail(`${place}.role`, role, "user or assistant");
    if (typeof content !== "string") fail(`${place}.content`, content, "text");
    if (has_answer === undefined || has_answer === null) return { role, content };
    if (typeof has_answer !== "boolean") fail(`${place}.has_answer`, has_answer, "true or false");
    return { role, content, has_answer };
  });
}

function text(record: Readonly<Record<string, unknown>>, field: string, fail: Fail): string {
  const value = record[field];
  return typeof value === "string" ? value : fail(field, value, "text");
}

/** Counts are stored as numbers in the official files. */
function answerText(value: unknown, fail: Fail): string {
  if (typeof value === "number") return String(value);
  return typeof value === "string" ? value : fail("answer", value, "text or a number");
}

function list(record: Readonly<Record<string, unknown>>, field: string, fail: Fail): unknown[] {
  const value = record[field];
  return Array.isArray(value) ? value : fail(field, value, "a list");
}

function textList(record: Readonly<Record<string, unknown>>, field: string, fail: Fail): string[] {
  return list(record, field, fail).map((value, i) =>
    typeof value === "string" ? value : fail(`${field}[${i}]`, value, "text")
  );
}
