/**
 * Rules that turn an answer into a score: exact match, substring match and recognised abstention.
 *
 * @module
 */
import { DataError } from "../base/errors.ts";
import type { ScoresTableRow } from "../tables/schemas.ts";
import type { Condition, ExpectedItem, ScorableAnswer } from "./rows.ts";

const PUNCTUATION = /[!-/:-@[-`{-~]/g;
// JavaScript's \b knows ASCII letters alone and would cut the "a" off "aération".
const ARTICLE = /(?<![\p{L}\p{N}_])(?:an?|the)(?![\p{L}\p{N}_])/gu;

/**
 * The normalisation of SQuAD's evaluation, which HELMET uses too: lower case, no ASCII punctuation,
 * no `a`, `an`, `the`, single spaces.
 */
export function normalizeAnswer(text: string): string {
  return text.toLowerCase().replace(PUNCTUATION, "").replace(ARTICLE, " ")
    .split(/\s+/).filter((word) => word !== "").join(" ");
}

/**
 * Normalises a gold answer; one that normalises to nothing ("A" as a choice, "the") is kept in
 * lower case, because an empty gold answer would be found in every reply.
 */
function comparable(gold: string, prediction: string): [string, string] {
  const normalGold = normalizeAnswer(gold);
  if (normalGold !== "") return [normalGold, normalizeAnswer(prediction)];
  const plain = (text: string) => text.toLowerCase().trim();
  if (plain(gold) === "") {
    throw new DataError(
      `scoring an answer: found an empty gold answer, expected text; ` +
        `remove the item or give it an answer`,
    );
  }
  return [plain(gold), plain(prediction)];
}

/** Whether the normalised prediction equals one of the normalised gold answers. */
export function exactMatch(prediction: string, golds: readonly string[]): boolean {
  return golds.some((gold) => {
    const [want, found] = comparable(gold, prediction);
    return want === found;
  });
}

/** Whether one of the normalised gold answers stands inside the normalised prediction (HELMET). */
export function substringMatch(prediction: string, golds: readonly string[]): boolean {
  return golds.some((gold) => {
    const [want, found] = comparable(gold, prediction);
    return found.includes(want);
  });
}

// In the normal form of normalizeAnswer: no apostrophes, no articles.
const REFUSALS: readonly string[] = [
  "cannot be answered",
  "can not be answered",
  "cant be answered",
  "cannot answer",
  "cant answer",
  "cannot determine",
  "cannot be determined",
  "unanswerable",
  "dont know",
  "do not know",
  "not know",
  "no information",
  "not enough information",
  "insufficient information",
  "not mentioned",
  "not mention",
  "never mentioned",
  "not specified",
  "not provided",
  "did not say",
  "didnt say",
];

/**
 * Whether a reply says that the question cannot be answered: the one word `unknown`, or a reply
 * that holds one of a fixed list of phrases. A rule, not a judge: a refusal in other words fails.
 */
export function isAbstention(reply: string): boolean {
  const normal = ` ${normalizeAnswer(reply)} `;
  return normal.trim() === "unknown" || REFUSALS.some((phrase) => normal.includes(` ${phrase} `));
}

/** The rules by the name that stands in the `metric` column. */
export const METRICS: Readonly<
  Record<MetricName, (prediction: string, golds: readonly string[]) => boolean>
> = { exact_match: exactMatch, substring_match: substringMatch };

/** A rule's name. */
export type MetricName = "exact_match" | "substring_match";

/** What {@linkcode scoreAnswers} scores. */
export interface ScoreInput {
  /** Every item of every length; each condition owes an answer to each. */
  readonly items: readonly ExpectedItem[];
  /** Every model and method that was to answer. */
  readonly conditions: readonly Condition[];
  /** The answers that there are. */
  readonly answers: readonly ScorableAnswer[];
  /** The rule for answerable items; abstention items go by {@linkcode isAbstention}. */
  readonly metric: MetricName;
}

const keyOf = (item: Pick<ExpectedItem, "item_id" | "length">, condition: Condition): string =>
  JSON.stringify([item.length, item.item_id, condition.model, condition.method]);

/**
 * Scores every item under every condition, so that no failure leaves the count: an item without an
 * answer row is `missing`, one whose generation failed is `error`, and an output that holds no
 * answer is the model's own fault and scored 0.
 *
 * @returns One row per condition and item, in the order of `conditions`, then `items`.
 * @throws {DataError} on an answer that is there twice or that nobody asked for.
 */
export function scoreAnswers({ items, conditions, answers, metric }: ScoreInput): ScoresTableRow[] {
  const byKey = new Map<string, ScorableAnswer>();
  for (const answer of answers) {
    const key = keyOf(answer, answer);
    if (byKey.has(key)) {
      throw new DataError(
        `scoring answers: found two answers for [length, item, model, method] ${key}, ` +
          `expected one; make the answers again`,
      );
    }
    byKey.set(key, answer);
  }
  const rows = conditions.flatMap((condition) =>
    items.map((item) => {
      const key = keyOf(item, condition);
      const answer = byKey.get(key);
      byKey.delete(key);
      return scoreOne(item, condition, answer, metric);
    })
  );
  const [stray] = byKey.keys();
  if (stray !== undefined) {
    throw new DataError(
      `scoring answers: found ${byKey.size} answers to items or conditions that were not asked ` +
        `for, the first [length, item, model, method] ${stray}; score them with the items they ` +
        `belong to`,
    );
  }
  return rows;
}

function scoreOne(
  item: ExpectedItem,
  condition: Condition,
  answer: ScorableAnswer | undefined,
  metric: MetricName,
): ScoresTableRow {
  const row = {
    item_id: item.item_id,
    question_type: item.question_type,
    abstention: item.abstention,
    length: item.length,
    model: condition.model,
    method: condition.method,
    metric,
  };
  if (answer === undefined) return { ...row, value: null, status: "missing" };
  if (answer.finish === "error") return { ...row, value: null, status: "error" };
  const right = item.abstention
    ? isAbstention(answer.answer)
    : METRICS[metric](answer.answer, [answer.gold]);
  return { ...row, value: right ? 1 : 0, status: "scored" };
}
