/**
 * The small thesaurus by which the embedded teacher and the rule of the verifier match questions
 * and statements that do not share their words.
 *
 * @module
 */
import { words } from "./text.ts";

/** One way of asking, and how statements that answer it are worded. */
export interface Relation {
  /** What a question of this kind contains. */
  readonly ask: RegExp;
  /** Words of which a statement that answers it contains at least one; empty: nothing special. */
  readonly tell: readonly string[];
  /** How the facts make the answer: one value, or the sum or difference of two numbers. */
  readonly answer: "value" | "sum" | "difference";
}

/** What a query needs: for each fact, the words of which a statement must hold one. */
export interface Needs {
  /** How the query asks. */
  readonly relation: Relation;
  /** One entry a fact: the query's own word, with the members where it names a category. */
  readonly subjects: readonly ReadonlySet<string>[];
}

const relations: readonly Relation[] = [
  { ask: /\bhow much .*\band\b/, tell: ["cost", "costs", "paid", "price"], answer: "sum" },
  { ask: /\bhow much\b/, tell: ["cost", "costs", "paid", "price"], answer: "value" },
  { ask: /\bdays? between .*\band\b/, tell: ["met", "meet"], answer: "difference" },
  { ask: /\b(?:met|meet)\b/, tell: ["met", "meet"], answer: "value" },
  { ask: /\byou (?:suggest|recommend)/, tell: ["try", "suggested"], answer: "value" },
  { ask: /\brecommend (?:some|a)\b/, tell: ["love", "like", "enjoy", "prefer"], answer: "value" },
  { ask: /\bmy\b/, tell: ["my"], answer: "value" },
];
const plain: Relation = { ask: /^/, tell: [], answer: "value" };

/** Categories that a question names where a statement names a member. */
const categories: Readonly<Record<string, string>> = {
  music: "jazz rock opera blues folk techno disco reggae",
  movies: "comedy horror drama western thriller fantasy romance anime",
  drinks: "tea coffee cola juice wine beer milk cocoa",
};

const functionWords = new Set(
  ("a an the is are was were be do does did i my me you your what when where who which how much " +
    "many some of for to in on at and or between days day cost costs price paid met meet suggest " +
    "suggested recommend now please").split(" "),
);

const numbers: readonly string[] =
  ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen " +
    "fifteen sixteen seventeen eighteen nineteen twenty").split(" ");

/** What `query` needs to be answered. */
export function needsOf(query: string): Needs {
  const lower = query.toLowerCase();
  const relation = relations.find(({ ask }) => ask.test(lower)) ?? plain;
  const content = words(query).filter((word) => !functionWords.has(word));
  const subjects = content.map((word) => new Set([word, ...members(word)]));
  return { relation, subjects };
}

const members = (word: string): string[] =>
  Object.hasOwn(categories, word) ? categories[word].split(" ") : [];

/** The number that a word names (`six` or `6`), or undefined. */
export function numberOf(word: string): number | undefined {
  if (/^\d+$/.test(word)) return Number(word);
  const index = numbers.indexOf(word);
  return index < 0 ? undefined : index;
}

/** The word for a whole number from 0 to 20, digits beyond. */
export function numberWord(value: number): string {
  return numbers[value] ?? String(value);
}
