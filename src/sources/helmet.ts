/**
 * HELMET's data files (princeton-nlp/HELMET, `data.py`): one item at a time, every field checked.
 * What the files of a task hold is told by their fields, because their names differ by length.
 *
 * @module
 */
import { DataError } from "../base/errors.ts";
import { readJsonObjects } from "./json_objects.ts";

/** Tasks that have data files; HELMET takes the others from their own datasets. */
export const HELMET_TASKS = [
  "rag",
  "rerank",
  "json_kv",
  "ruler",
  "alce",
  "narrativeqa",
  "infbench",
] as const;

/** One of {@linkcode HELMET_TASKS}. */
export type HelmetTask = typeof HELMET_TASKS[number];

/** A passage that an item is to be answered from. */
export interface HelmetContext {
  /** Its title; "" where it has none. */
  readonly title: string;
  /** Its text. */
  readonly text: string;
  /** Above 0 where it holds the answer; undefined where the file does not say. */
  readonly relevance?: number;
}

/** A question of HELMET. */
export interface HelmetItem {
  /** What it belongs to. */
  readonly task: HelmetTask;
  /** The file's id, else `item 7`, counted from 0. */
  readonly id: string;
  /** The question, or the key whose value is asked for. */
  readonly question: string;
  /** Everything that is to be answered, each with the ways to say it; none for a ranking. */
  readonly answers: readonly (readonly string[])[];
  /** The passages in their order; one where the context is one text. */
  readonly contexts: readonly HelmetContext[];
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Yields the items of a HELMET file: JSONL, a JSON array, or an object that holds one under `data`
 * or `demos`.
 *
 * @throws {DataError} that names the item and field where one is missing or of another type, where
 *   the fields are of no known task, where the file is torn, and where it holds no item.
 */
export async function* readHelmet(path: string): AsyncGenerator<HelmetItem> {
  let index = 0;
  for await (const value of readJsonObjects(path)) {
    const { data, demos } = value as Fields;
    const wrapped = [data, demos].find((list) => Array.isArray(list) && isFields(list[0]));
    const items = (wrapped ?? [value]) as unknown[];
    for (const item of items) yield new ItemReader(item, path, index++).read();
  }
  if (index === 0) {
    throw new DataError(`reading ${path}: found no item, expected HELMET items; check the file`);
  }
}

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** One item's fields, and where they stand, for messages. */
class ItemReader {
  readonly #fields: Fields;
  readonly #path: string;
  readonly #index: number;

  constructor(value: unknown, path: string, index: number) {
    this.#path = path;
    this.#index = index;
    this.#fields = isFields(value) ? value : this.#fail("", value, "an object");
  }

  read(): HelmetItem {
    const task = this.#task();
    const { id, qid, sample_id, key } = this.#fields;
    const found = [id, qid, sample_id, key].find((value) => value !== undefined && value !== null);
    const named = found === undefined ? `item ${this.#index}` : String(found);
    return { task, id: named, ...READERS[task](this) };
  }

  #task(): HelmetTask {
    const has = (...names: string[]) => names.every((name) => Object.hasOwn(this.#fields, name));
    if (has("ordered_kv_records") || has("num_kvs")) return "json_kv";
    if (has("ctxs")) return has("query") ? "rerank" : "rag";
    if (has("docs")) return "alce";
    if (has("document", "question")) return "narrativeqa";
    if (has("context", "input")) return "infbench";
    if (has("context") && (has("query") || has("question"))) return "ruler";
    const names = Object.keys(this.#fields).slice(0, 12).join(", ");
    return this.#fail(
      "",
      names,
      `fields of one of HELMET's tasks with data files, ${HELMET_TASKS.join(", ")}`,
    );
  }

  has(field: string): boolean {
    return this.#fields[field] !== undefined && this.#fields[field] !== null;
  }

  text(field: string): string {
    return this.#text(field, this.#fields[field]);
  }

  #text(place: string, value: unknown): string {
    return typeof value === "string" ? value : this.#fail(place, value, "text");
  }

  /** The `text` of an object. */
  inner(field: string): string {
    return this.#innerText(field, this.#fields[field]);
  }

  #innerText(place: string, value: unknown): string {
    if (!isFields(value)) return this.#fail(place, value, "an object with text");
    return this.#text(`${place}.text`, value.text);
  }

  list(field: string): readonly unknown[] {
    const value = this.#fields[field];
    return Array.isArray(value) ? value : this.#fail(field, value, "a list");
  }

  texts(field: string): string[] {
    return this.list(field).map((value, i) => this.#text(`${field}[${i}]`, value));
  }

  innerTexts(field: string): string[] {
    return this.list(field).map((value, i) => this.#innerText(`${field}[${i}]`, value));
  }

  /** A list of texts, or of lists of texts that mean the same. */
  alternatives(field: string): string[][] {
    return this.list(field).map((value, i) =>
      [value].flat().map((text) => this.#text(`${field}[${i}]`, text))
    );
  }

  /** The `short_answers` of ASQA's question pairs. */
  shortAnswers(field: string): string[][] {
    return this.list(field).map((pair, i) => {
      const place = `${field}[${i}].short_answers`;
      const answers = isFields(pair) ? pair.short_answers : undefined;
      if (!Array.isArray(answers)) return this.#fail(place, answers, "a list");
      return answers.map((text) => this.#text(place, text));
    });
  }

  passages(field: string): HelmetContext[] {
    return this.list(field).map((value, i) => {
      const place = `${field}[${i}]`;
      if (!isFields(value)) return this.#fail(place, value, "a passage { title, text }");
      const text = this.#text(`${place}.text`, value.text);
      const title = this.#text(`${place}.title`, value.title ?? "");
      const relevance = value.label ?? value.has_answer;
      if (relevance === undefined || relevance === null) return { title, text };
      const label = Number(relevance);
      if (!["number", "boolean", "string"].includes(typeof relevance) || !Number.isFinite(label)) {
        this.#fail(`${place}, label or has_answer`, relevance, "a number, true or false");
      }
      return { title, text, relevance: label };
    });
  }

  #fail(field: string, value: unknown, expected: string): never {
    const shown = JSON.stringify(value)?.slice(0, 120) ?? "nothing";
    throw new DataError(
      `reading ${this.#path}: item ${this.#index}${field && `, ${field}`}: found ${shown}, ` +
        `expected ${expected}; correct the file or fetch it again`,
    );
  }
}

type Parts = Pick<HelmetItem, "question" | "answers" | "contexts">;

const whole = (text: string): HelmetContext[] => [{ title: "", text }];

/** A list of answers that are all asked for. */
const each = (texts: readonly string[]): string[][] => texts.map((text) => [text]);

const READERS: Readonly<Record<HelmetTask, (item: ItemReader) => Parts>> = {
  rag: (item) => ({
    question: item.text("question"),
    answers: [item.texts("answers")],
    contexts: item.passages("ctxs"),
  }),
  rerank: (item) => ({
    question: item.text("query"),
    answers: [],
    contexts: item.passages("ctxs"),
  }),
  // HELMET's files have `context`, `question`, `answer`; the ones that they grew from have records.
  json_kv: (item) =>
    item.has("ordered_kv_records")
      ? {
        question: item.text("key"),
        answers: [[item.text("value")]],
        contexts: whole(JSON.stringify(Object.fromEntries(item.list("ordered_kv_records") as []))),
      }
      : {
        question: item.text("question"),
        answers: [[item.text("answer")]],
        contexts: whole(item.text("context")),
      },
  ruler: (item) => ({
    question: item.text(item.has("query") ? "query" : "question"),
    answers: each(item.texts(item.has("answer") ? "answer" : "outputs")),
    contexts: whole(item.text("context")),
  }),
  alce: (item) => ({
    question: item.text("question"),
    answers: item.has("qa_pairs")
      ? item.shortAnswers("qa_pairs")
      : item.has("answers")
      ? item.alternatives("answers")
      : [[item.text("answer")]],
    contexts: item.passages("docs"),
  }),
  narrativeqa: (item) => ({
    question: item.inner("question"),
    answers: [item.innerTexts("answers")],
    contexts: whole(item.inner("document")),
  }),
  infbench: (item) => ({
    question: item.text("input"),
    answers: [item.texts("answer")],
    contexts: whole(item.text("context")),
  }),
};
