/**
 * How good a teacher's notes are, measured against evidence labels that the teacher never sees.
 *
 * @module
 */
import { splitSentences, words } from "./text.ts";

/** A note beside the sentences that carry the answer. */
export interface MeasuredNote {
  /** The row's question type, by which figures are grouped. */
  readonly questionType: string;
  /** The parsed note; "" for an empty one. */
  readonly note: string;
  /** The sentences that carry the answer; none where the context does not hold it. */
  readonly evidence: readonly string[];
}

/** Agreement of notes with evidence. */
export interface Agreement {
  /** Notes measured. */
  readonly rows: number;
  /** Share of notes whose sentences are exactly the evidence, in any order. */
  readonly exact: number;
  /** Share of the evidence's sentences found in the notes; null where there is no evidence. */
  readonly recall: number | null;
  /** Share of the notes' sentences that are evidence; null where every note is empty. */
  readonly precision: number | null;
}

interface Counts {
  rows: number;
  exact: number;
  evidence: number;
  noted: number;
  shared: number;
}

/** Agreement by question type, in alphabetical order, and over all rows under `all`. */
export function measureTeacher(notes: readonly MeasuredNote[]): Map<string, Agreement> {
  const counts = new Map<string, Counts>();
  const zero = (): Counts => ({ rows: 0, exact: 0, evidence: 0, noted: 0, shared: 0 });
  for (const note of notes) {
    const noted = sentenceSet(splitSentences(note.note));
    const evidence = sentenceSet(note.evidence);
    const shared = [...noted].filter((sentence) => evidence.has(sentence)).length;
    for (const type of [note.questionType, "all"]) {
      const of = counts.get(type) ?? zero();
      counts.set(type, of);
      of.rows++;
      of.exact += Number(shared === noted.size && shared === evidence.size);
      of.evidence += evidence.size;
      of.noted += noted.size;
      of.shared += shared;
    }
  }
  const types = [...counts.keys()].filter((type) => type !== "all").sort();
  return new Map([...types, "all"].flatMap((type) => {
    const of = counts.get(type);
    return of ? [[type, agreement(of)] as const] : [];
  }));
}

const sentenceSet = (sentences: readonly string[]): Set<string> =>
  new Set(sentences.map((sentence) => words(sentence).join(" ")));

const agreement = ({ rows, exact, evidence, noted, shared }: Counts): Agreement => ({
  rows,
  exact: exact / rows,
  recall: evidence > 0 ? shared / evidence : null,
  precision: noted > 0 ? shared / noted : null,
});
