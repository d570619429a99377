/**
 * The way back from a cell to its items, and from an item to what the model read and wrote, packed
 * for one page: a light index, and one compressed block for each item and length that the page
 * unpacks when somebody opens it.
 *
 * Answers to one item repeat its context many times over, so a block stores its longest text once
 * and other texts as pieces of it.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { deflateRawSync } from "node:zlib";
import { DataError } from "../base/errors.ts";
import { type AnswerRow, type ScoreRow, type Series, TABLE_COLUMNS } from "../figures/mod.ts";
import { inSeries } from "../figures/shared/rows.ts";

/** A text, or its pieces: literal text, or `[start, length]` of the block's base. */
export type PackedText = string | readonly (string | readonly [start: number, length: number])[];

/** What one answer did, in a block. */
export interface PackedAnswer {
  /** Text, raw note and parsed note of each segment. */
  readonly segments: readonly (readonly [text: PackedText, raw: PackedText, note: PackedText])[];
  /** What the model read before it answered. */
  readonly prompt: PackedText;
  /** Everything that it wrote. */
  readonly output: PackedText;
  /** Tokens of all prompts, and of all outputs. */
  readonly tokens: readonly [prompt: number, generated: number];
  /** Why generation stopped. */
  readonly finish: string;
}

/** A block before compression: one item at one length. */
export interface Block {
  /** The longest text of its answers. */
  readonly base: string;
  /** Its answers, in the order of the answer rows. */
  readonly answers: readonly PackedAnswer[];
}

/** An item at one length: id, index of its length, of its column, question, gold answer. */
export type IndexItem = readonly [
  id: string,
  length: number,
  column: number,
  question: string,
  gold: string,
];

/**
 * A scored answer: its item, series, checkpoint, answer (null where there is none), value, status,
 * and its place in the item's block (−1 where there is none).
 */
export type IndexAnswer = readonly [
  item: number,
  series: number,
  model: string,
  answer: string | null,
  value: number | null,
  status: string,
  place: number,
];

/** What the page keeps unpacked. */
export interface TraceIndex {
  /** Lengths of the parts of table 1. */
  readonly lengths: readonly number[];
  /** Labels of the series. */
  readonly labels: readonly string[];
  /** Columns of table 1. */
  readonly columns: readonly string[];
  /** Items by length. */
  readonly items: readonly IndexItem[];
  /** Scored answers. */
  readonly answers: readonly IndexAnswer[];
}

/** Index and blocks. */
export interface Traces {
  /** The light part. */
  readonly index: TraceIndex;
  /** A block for each item of the index: deflated JSON in base64. */
  readonly blocks: readonly string[];
}

const itemKey = (row: { readonly item_id: string; readonly length: number }): string =>
  JSON.stringify([row.item_id, row.length]);

/** Texts shorter than this are kept as they are. */
const MIN_PIECE = 48;

/**
 * Packs scores and answers.
 *
 * @throws {DataError} where an answer's segments are not the JSON that the schema promises.
 */
export function packTraces(
  scores: readonly ScoreRow[],
  answers: readonly AnswerRow[],
  series: readonly Series[],
): Traces {
  const byItem = Map.groupBy(answers, itemKey);
  const lengths = [...new Set(scores.map((row) => row.length))].sort((a, b) => a - b);
  const place = new Map<string, number>();
  const items: IndexItem[] = [];
  const blocks: string[] = [];
  const indexAnswers: IndexAnswer[] = [];
  for (const row of scores) {
    const key = itemKey(row);
    const found = byItem.get(key) ?? [];
    if (!place.has(key)) {
      place.set(key, items.length);
      items.push([
        row.item_id,
        lengths.indexOf(row.length),
        columnIndex(row),
        found[0]?.question ?? "",
        found[0]?.gold ?? "",
      ]);
      blocks.push(compress(packBlock(found)));
    }
    const at = found.findIndex((a) => a.model === row.model && a.method === row.method);
    series.forEach((one, s) => {
      if (!inSeries(row, one)) return;
      const answer = found[at]?.answer ?? null;
      const item = place.get(key) as number;
      indexAnswers.push([item, s, row.model, answer, row.value, row.status, at]);
    });
  }
  const labels = series.map((one) => one.label);
  const columns = TABLE_COLUMNS;
  return { index: { lengths, labels, columns, items, answers: indexAnswers }, blocks };
}

function columnIndex(row: ScoreRow): number {
  const columns: readonly string[] = TABLE_COLUMNS;
  return columns.indexOf(row.abstention ? "abstention" : row.question_type);
}

/** Packs all answers to one item at one length. */
export function packBlock(rows: readonly AnswerRow[]): Block {
  const parsed = rows.map((row) => ({ row, segments: parseSegments(row) }));
  const texts = parsed.flatMap(({ row, segments }) => [
    row.final_prompt,
    row.raw_output,
    ...segments.map((segment) => segment.text),
  ]);
  const base = texts.reduce((best, text) => text.length > best.length ? text : best, "");
  const pack = (text: string) => packText(text, base);
  const answers = parsed.map(({ row, segments }): PackedAnswer => ({
    segments: segments.map(({ text, raw, note }) => [pack(text), pack(raw), pack(note)]),
    prompt: pack(row.final_prompt),
    output: pack(row.raw_output),
    tokens: [row.prompt_tokens, row.generated_tokens],
    finish: row.finish,
  }));
  return { base, answers };
}

interface Segment {
  readonly text: string;
  readonly raw: string;
  readonly note: string;
}

function parseSegments(row: AnswerRow): Segment[] {
  let found: unknown;
  try {
    found = JSON.parse(row.segments);
  } catch {
    found = undefined;
  }
  const isSegment = (value: unknown): value is Segment => {
    const segment = value as Partial<Segment> | null;
    return [segment?.text, segment?.raw, segment?.note].every((text) => typeof text === "string");
  };
  if (Array.isArray(found) && found.every(isSegment)) return found;
  throw new DataError(
    `report: the segments of item ${row.item_id} (length ${row.length}, ${row.model}, ` +
      `${row.method}) are ${row.segments.slice(0, 80)}, expected a JSON list of ` +
      `{ text, raw, note }; run the answers stage again`,
  );
}

/** A text as pieces of `base`: all of it, or its longest beginning and then its longest end. */
export function packText(text: string, base: string): PackedText {
  if (text.length < MIN_PIECE) return text;
  const whole = base.indexOf(text);
  if (whole >= 0) return [[whole, text.length]];
  const head = longest(text.length, (n) => base.indexOf(text.slice(0, n)));
  const room = text.length - head.length;
  const tail = longest(room, (n) => base.indexOf(text.slice(text.length - n)));
  const middle = text.slice(head.length, text.length - tail.length);
  const pieces: (string | readonly [number, number])[] = [];
  if (head.length >= MIN_PIECE) pieces.push([head.at, head.length]);
  pieces.push(head.length >= MIN_PIECE ? middle : text.slice(0, head.length) + middle);
  if (tail.length >= MIN_PIECE) pieces.push([tail.at, tail.length]);
  else pieces.push(text.slice(text.length - tail.length));
  return pieces.filter((piece) => piece !== "");
}

/** Largest n up to `limit` for which `find` has a place; found by halving, as n − 1 has one too. */
function longest(
  limit: number,
  find: (n: number) => number,
): { readonly length: number; readonly at: number } {
  let low = 0;
  let high = limit;
  while (low < high) {
    const n = Math.ceil((low + high) / 2);
    if (find(n) >= 0) low = n;
    else high = n - 1;
  }
  return { length: low, at: find(low) };
}

function compress(block: Block): string {
  return Buffer.from(deflateRawSync(JSON.stringify(block), { level: 9 })).toString("base64");
}
