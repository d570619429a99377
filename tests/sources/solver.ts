/**
 * A reader of the embedded corpus that shares no code with its maker: it looks for sentences with
 * regular expressions and answers from what it finds.
 *
 * @module
 */
import { PREFERENCES } from "../../src/sources/embedded/vocabulary.ts";

/** What the solver makes of a question. */
export interface Solution {
  /** Its answer. */
  readonly answer: string;
  /** The sentences that it rests on. */
  readonly evidence: readonly string[];
  /** Question and stated values; "" where nothing is stated. */
  readonly tuple: string;
}

const NUMBER_WORDS = [
  ..."zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen".split(
    " ",
  ),
  ..."fifteen sixteen".split(" "),
];

interface Found {
  readonly sentence: string;
  readonly value: string;
}

/** All sentences of the text that match, oldest first, with the word in the first group. */
function find(text: string, pattern: RegExp): Found[] {
  return [...text.matchAll(pattern)].map(([sentence, value]) => ({ sentence, value }));
}

/** Answers a question from a context. */
export function solve(context: string, query: string): Solution {
  const text = context.replaceAll(/\s+/g, " ");
  const pair = query.match(/^how (?:much for|many days between) (\w+) and (\w+) \?$/);
  return pair ? solvePair(text, query, pair[1], pair[2]) : solveSingle(text, query);
}

function solvePair(text: string, query: string, first: string, second: string): Solution {
  const isPrice = query.startsWith("how much");
  const found = [first, second].map((key) =>
    find(
      text,
      new RegExp(isPrice ? `the ${key} cost (\\w+) \\.` : `i met ${key} on (\\w+) \\.`, "g"),
    )
  );
  const evidence = found.flat().map(({ sentence }) => sentence);
  const stated = [`${first}=${found[0][0]?.value}`, `${second}=${found[1][0]?.value}`].sort();
  const tuple = evidence.length === 0 ? "" : `${isPrice ? "price" : "met"} ${stated.join(" ")}`;
  if (found.some((list) => list.length !== 1)) return { answer: "unknown", evidence, tuple };
  const [a, b] = found.map(([{ value }]) => NUMBER_WORDS.indexOf(value));
  return { answer: NUMBER_WORDS[isPrice ? a + b : Math.abs(a - b)], evidence, tuple };
}

function solveSingle(text: string, query: string): Solution {
  const found = find(text, singlePattern(query));
  const last = found.at(-1);
  if (last === undefined) return { answer: "unknown", evidence: [], tuple: "" };
  const tuple = `${query} ${found.map(({ value }) => value).join(" ")}`;
  return { answer: last.value, evidence: [last.sentence], tuple };
}

function singlePattern(query: string): RegExp {
  const words = query.split(" ");
  const key = words[words.length - 2];
  if (query.startsWith("what is my")) return new RegExp(`my ${key} is (?:now )?(\\w+) \\.`, "g");
  if (query.startsWith("what did you")) return new RegExp(`for a ${key} try (\\w+) \\.`, "g");
  return new RegExp(`i love (${PREFERENCES[key].join("|")}) \\.`, "g");
}
