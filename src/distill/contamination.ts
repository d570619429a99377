/**
 * Finds rows that share a run of words with what models are evaluated on.
 *
 * Words are compared without case, punctuation and spacing, and eight of a question in a row are
 * enough: GPT-3 (arXiv 2005.14165, appendix C) takes runs of 8 to 13 words by the length of the
 * examples, never fewer, and PaLM (arXiv 2204.02311, section 8) takes 8. Passages that a benchmark
 * marks as evidence are longer, so that 8 words would often meet by chance; for them it is GPT-3's
 * 13. A question of four to seven words counts where a row's query holds all of it in a row; one of
 * fewer words is nobody's. PaLM asks for 70% of a question's runs; here one is enough, because a
 * row too many costs less than a question that was trained on.
 *
 * @module
 */
import { createHash, type Hash } from "node:crypto";
import { DataError } from "../base/errors.ts";
import { evidenceTurns, readHelmet, readLongMemEval } from "../sources/mod.ts";
import { readJsonObjects } from "../sources/json_objects.ts";
import { HashMap } from "./hash_map.ts";
import type { ComparedItems, Contamination, ContaminationCheck } from "./selection.ts";

/** Raised by whoever changes which rows are found. */
const CONTAMINATION_VERSION = 1;

/** Words of a question in a row that are enough. */
export const QUESTION_WORDS = 8;
/** Words of an evidence passage in a row that are enough. */
export const EVIDENCE_WORDS = 13;
/** Fewer words than this are no question that could be told from another. */
export const LEAST_WORDS = 4;

/** What rows are compared with. */
export interface EvaluationItem {
  /** Its name in reports. */
  readonly id: string;
  /** What is asked. */
  readonly question: string;
  /** Passages that hold the answer. */
  readonly evidence: readonly string[];
}

const words = (text: string): string[] =>
  text.normalize("NFKC").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Two random halves for each word: FNV-1a from two starts. */
function hashWords(text: readonly string[]): Int32Array {
  const hashes = new Int32Array(2 * text.length);
  for (const [i, word] of text.entries()) {
    let [high, low] = [0x811c9dc5, 0x2f0b4c47];
    for (let at = 0; at < word.length; at++) {
      const unit = word.charCodeAt(at);
      high = Math.imul(high ^ unit, 0x01000193);
      low = Math.imul(low ^ unit, 0x5bd1e995);
    }
    hashes[2 * i] = high;
    hashes[2 * i + 1] = low;
  }
  return hashes;
}

/** Spreads every bit of a number over all of them (MurmurHash3's last step). */
function mix(bits: number): number {
  bits = Math.imul(bits ^ bits >>> 16, 0x85ebca6b);
  bits = Math.imul(bits ^ bits >>> 13, 0xc2b2ae35);
  return (bits ^ bits >>> 16) >>> 0;
}

/**
 * An index of the runs of words of evaluation items. It holds 24 to 48 bytes a run and the items'
 * names, not their texts; two runs have one hash with a chance of 2^-64.
 */
export class ContaminationIndex implements ContaminationCheck {
  readonly #runs = new HashMap();
  readonly #ids: string[] = [];
  readonly #digest: Hash = createHash("sha256").update(`${CONTAMINATION_VERSION}\n`);
  readonly #files: Record<string, ComparedItems> = {};

  /** SHA-256 of the items in their order. */
  get hash(): string {
    return this.#digest.copy().digest("hex");
  }

  /** What came of each file, by its name. */
  get files(): Readonly<Record<string, ComparedItems>> {
    return this.#files;
  }

  /** Runs that rows are compared with. */
  get runs(): number {
    return this.#runs.size;
  }

  /** Adds an item of a file; runs that an earlier one has stay the earlier one's. */
  add(file: string, item: EvaluationItem): void {
    for (const part of [item.id, item.question, ...item.evidence, ""]) {
      this.#digest.update(`${part}\u0000`);
    }
    const owner = this.#ids.push(item.id) - 1;
    const asked = words(item.question);
    const tooShort = asked.length < LEAST_WORDS;
    if (!tooShort) this.#add(asked, Math.min(asked.length, QUESTION_WORDS), owner);
    const passages = item.evidence.map(words).filter(({ length }) => length >= EVIDENCE_WORDS);
    for (const passage of passages) this.#add(passage, EVIDENCE_WORDS, owner);
    const before = this.#files[file] ?? { items: 0, tooShort: 0, passages: 0 };
    this.#files[file] = {
      items: before.items + 1,
      tooShort: before.tooShort + (tooShort ? 1 : 0),
      passages: before.passages + passages.length,
    };
  }

  #add(text: readonly string[], length: number, owner: number): void {
    this.#scan(text, [length], (high, low) => {
      this.#runs.add(high, low, owner);
      return false;
    });
  }

  /** The item of the first run that the query, the context or the answer has. */
  contaminated(
    row: { readonly context: string; readonly query: string; readonly answer: string },
  ): Contamination | undefined {
    return this.#find(row.query, QUERY_LENGTHS) ?? this.#find(row.context, LONG) ??
      this.#find(row.answer, LONG);
  }

  #find(text: string, lengths: readonly number[]): Contamination | undefined {
    const all = words(text);
    let found: Contamination | undefined;
    this.#scan(all, lengths, (high, low, from, length) => {
      const owner = this.#runs.get(high, low);
      if (owner === undefined) return false;
      found = { id: this.#ids[owner], words: all.slice(from, from + length).join(" ") };
      return true;
    });
    return found;
  }

  /** Calls `visit` with the hash of each run of one of the `lengths`, until it says to stop. */
  #scan(
    text: readonly string[],
    lengths: readonly number[],
    visit: (high: number, low: number, from: number, length: number) => boolean,
  ): void {
    const hashes = hashWords(text);
    for (let from = 0; from + lengths[0] <= text.length; from++) {
      let high = 0;
      let low = 0;
      let done = 0;
      for (const length of lengths) {
        if (from + length > text.length) break;
        for (; done < length; done++) {
          const at = 2 * (from + done);
          high = Math.imul(high, 0x9e3779b1) + hashes[at] | 0;
          low = Math.imul(low, 0x85ebca77) + hashes[at + 1] | 0;
        }
        // The length keeps a short question apart from the beginning of a long one.
        if (visit(mix(high ^ length), mix(low + length), from, length)) return;
      }
    }
  }
}

/** Ascending, as a scan needs them. */
const LONG = [QUESTION_WORDS, EVIDENCE_WORDS];
const QUERY_LENGTHS = [
  ...Array.from({ length: QUESTION_WORDS - LEAST_WORDS }, (_, i) => LEAST_WORDS + i),
  ...LONG,
];

/**
 * Indexes files of evaluation items: LongMemEval's, HELMET's (both told by their fields), and
 * `.txt` with a question a line. Of LongMemEval's and HELMET's the marked evidence is indexed too.
 *
 * @throws {DataError} where a file cannot be read, or holds nothing that can be compared.
 */
export async function readContaminationIndex(
  paths: readonly string[],
): Promise<ContaminationIndex> {
  const index = new ContaminationIndex();
  for (const path of paths) {
    const name = path.replace(/^.*[/\\]/, "");
    for await (const item of readItems(path, name.replace(/\.\w+$/, ""))) index.add(name, item);
    const { items = 0, tooShort = 0, passages = 0 } = index.files[name] ?? {};
    if (items === tooShort && passages === 0) {
      throw new DataError(
        `reading ${path}: found ${items} questions, none of ${LEAST_WORDS} words or more, ` +
          `expected questions to compare rows with; leave the file out`,
      );
    }
  }
  return index;
}

async function* readItems(path: string, name: string): AsyncGenerator<EvaluationItem> {
  if (path.toLowerCase().endsWith(".txt")) return yield* readLines(path, name);
  if (await isLongMemEval(path)) {
    for await (const item of readLongMemEval(path)) {
      const { question_id, question } = item;
      yield { id: `${name}/${question_id}`, question, evidence: evidenceTurns(item) };
    }
    return;
  }
  for await (const { task, id, question, contexts } of readHelmet(path)) {
    const evidence = contexts.filter(({ relevance }) => relevance !== undefined && relevance > 0)
      .map(({ text }) => text);
    yield { id: `${task}/${name}/${id}`, question, evidence };
  }
}

async function isLongMemEval(path: string): Promise<boolean> {
  for await (const first of readJsonObjects(path)) {
    return Object.hasOwn(first as object, "haystack_sessions");
  }
  throw new DataError(
    `reading ${path}: found no item, expected LongMemEval's or HELMET's, or questions in a file ` +
      `that ends in .txt; check the file`,
  );
}

async function* readLines(path: string, name: string): AsyncGenerator<EvaluationItem> {
  const text = await Deno.readTextFile(path).catch((cause: unknown) => {
    throw new DataError(`opening ${path}: ${String(cause)}; check the path`, { cause });
  });
  for (const [i, line] of text.split("\n").entries()) {
    if (line.trim() !== "") yield { id: `${name}/${i + 1}`, question: line.trim(), evidence: [] };
  }
}
