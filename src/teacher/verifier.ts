/**
 * Who says whether a note may be trained on: the verifier's interface and the named rule that
 * needs no model.
 *
 * @module
 */
import { splitSentences, supersedes, words } from "./text.ts";
import { type Needs, needsOf, numberOf, numberWord } from "./thesaurus.ts";

/** The answer of a row whose context does not hold what the query asks for. */
export const unknownAnswer: string = "unknown";

/** A note to be checked against an answer (v = L(s, a) of the paper). */
export interface NoteToVerify {
  /** The question that the note serves. */
  readonly query: string;
  /** The parsed note; "" where the teacher found nothing relevant. */
  readonly note: string;
  /** The row's answer. */
  readonly answer: string;
}

/** What a verifier found. */
export interface Verdict {
  /** Whether the note implies the answer. */
  readonly accepted: boolean;
  /** One sentence: what was found. */
  readonly reason: string;
}

/** Checks notes; a model may stand behind it, so it answers later. */
export interface Verifier {
  /** Name of the rule, for the table's `rule`. */
  readonly rule: string;
  /** Version of the rule; it changes whenever a verdict could. */
  readonly version: string;
  /**
   * Checks one note.
   *
   * @throws {TeacherError} where a verifying model cannot be reached.
   */
  verify(input: NoteToVerify): Promise<Verdict>;
}

/**
 * The rule `implied-answer`: works out what the note implies (a value, the sum or the difference of
 * two numbers in words, or that the answer is unknown) and compares it with the answer.
 */
export const impliedAnswerRule: Verifier = {
  rule: "implied-answer",
  version: "1",
  verify: (input) => Promise.resolve(verdictOf(input)),
};

function verdictOf({ query, note, answer }: NoteToVerify): Verdict {
  const needs = needsOf(query);
  const unanswerable = same(answer, unknownAnswer);
  const about = current(splitSentences(note)).filter((text) => concerns(text, needs));
  if (words(note).length === 0) {
    return unanswerable
      ? accept("the note is empty and the answer is unknown")
      : reject(`the note is empty, the answer is "${answer}"`);
  }
  if (about.length === 0) return reject("the note says nothing about the question");
  if (needs.relation.answer !== "value") return verdictOfTwo(about, needs, answer);
  if (unanswerable) return reject("the note is not empty, the answer is unknown");
  return about.some((text) => contains(text, answer))
    ? accept("the note holds the answer")
    : reject(`the note does not hold the answer "${answer}", or only an outdated one`);
}

function verdictOfTwo(about: readonly string[], needs: Needs, answer: string): Verdict {
  const values = needs.subjects.map((subject) => valueFor(subject, about));
  const [a, b] = values;
  const known = a !== undefined && b !== undefined;
  const implied = !known
    ? unknownAnswer
    : numberWord(needs.relation.answer === "sum" ? a + b : Math.abs(a - b));
  const found = values.filter((value) => value !== undefined).length;
  const said = `the note holds ${found} of ${values.length} facts and implies "${implied}"`;
  return same(implied, answer) ? accept(said) : reject(`${said}, the answer is "${answer}"`);
}

/** The last number in the last sentence that names the subject. */
function valueFor(subject: ReadonlySet<string>, about: readonly string[]): number | undefined {
  const spoken = about.map(words).findLast((list) => list.some((word) => subject.has(word)));
  return spoken?.map(numberOf).findLast((value) => value !== undefined);
}

/** The sentences that no later one takes the place of. */
function current(sentences: readonly string[]): string[] {
  return sentences.filter((earlier, i) =>
    !sentences.slice(i + 1).some((later) => supersedes(later, earlier))
  );
}

function concerns(text: string, { subjects }: Needs): boolean {
  const spoken = words(text);
  return subjects.length === 0 || subjects.some((subject) => spoken.some((w) => subject.has(w)));
}

/** Whether the answer's words stand in the text, one after the other. */
function contains(text: string, answer: string): boolean {
  const wanted = words(answer).join(" ");
  return wanted !== "" && ` ${words(text).join(" ")} `.includes(` ${wanted} `);
}

const same = (a: string, b: string): boolean => words(a).join(" ") === words(b).join(" ");
const accept = (reason: string): Verdict => ({ accepted: true, reason });
const reject = (reason: string): Verdict => ({ accepted: false, reason });
