/**
 * Questions of the embedded corpus with the facts that answer them.
 *
 * @module
 */
import type { Rng } from "../../base/rng.ts";
import type { Split } from "../../tables/mod.ts";
import type { QuestionType } from "../items.ts";
import {
  type Fact,
  type FactKind,
  makeFact,
  pairQuestionText,
  questionText,
  type Slot,
  SLOTS_OF,
  slotValues,
} from "./facts.ts";
import { splitOf } from "./splits.ts";
import { EMPTY_NOTE, NUMBERS, UNKNOWN } from "./vocabulary.ts";

/** A question, its answer, and the facts that a history must state. */
export interface EmbeddedQuestion {
  /** Its type. */
  readonly type: QuestionType;
  /** Whether the right answer is `unknown`. */
  readonly abstention: boolean;
  /** The slots it asks about; distractors leave them alone. */
  readonly slots: readonly Slot[];
  /** Values that the facts state, as in `QuestionTuple`. */
  readonly values: readonly (string | null)[];
  /** Facts to state, oldest first. */
  readonly facts: readonly Fact[];
  /** The question. */
  readonly question: string;
  /** The answer, one word. */
  readonly answer: string;
  /** The sentences that carry the answer, in the order of the question; none where none does. */
  readonly evidence: readonly string[];
}

/** What a question should be. */
export interface QuestionWish {
  /** Its type. */
  readonly type: QuestionType;
  /** No fact is stated. */
  readonly absent: boolean;
  /**
   * Of two facts only one is stated; where there is one fact it is worded as an update, so that
   * `now` alone does not tell a later value.
   */
  readonly partial: boolean;
}

const KIND_OF: Readonly<Record<QuestionType, FactKind>> = {
  "single-session-user": "attribute",
  "single-session-assistant": "suggestion",
  "single-session-preference": "preference",
  "multi-session": "price",
  "temporal-reasoning": "meeting",
  "knowledge-update": "attribute",
};

/** The type that asks for one value of a kind of slot; none for prices and meetings. */
export const SINGLE_TYPE: Readonly<Record<FactKind, QuestionType | undefined>> = {
  attribute: "single-session-user",
  suggestion: "single-session-assistant",
  preference: "single-session-preference",
  price: undefined,
  meeting: undefined,
};

/** Draws a question whose tuple belongs to `split`. */
export function drawQuestion(rng: Rng, split: Split, wish: QuestionWish): EmbeddedQuestion {
  const kind = KIND_OF[wish.type];
  const two = kind === "price" || kind === "meeting";
  while (true) {
    const question = two ? drawPair(rng, kind, wish) : drawSingle(rng, kind, wish);
    const { type, slots, values } = question;
    if ((splitOf({ type, slots, values }) ?? split) === split) return question;
  }
}

function unanswerable(
  type: QuestionType,
  slots: readonly Slot[],
  question: string,
): EmbeddedQuestion {
  return {
    type,
    abstention: true,
    slots,
    values: [],
    facts: [],
    question,
    answer: UNKNOWN,
    evidence: [],
  };
}

function drawSingle(rng: Rng, kind: FactKind, wish: QuestionWish): EmbeddedQuestion {
  const slot = rng.pick(SLOTS_OF[kind]);
  const question = questionText(slot);
  if (wish.absent) return unanswerable(wish.type, [slot], question);
  const count = wish.type === "knowledge-update" ? rng.pick([2, 2, 3]) : 1;
  const values = rng.sample(slotValues(slot), count);
  const facts = values.map((value, i) => makeFact(rng, slot, value, i > 0 || wish.partial));
  const answer = values[count - 1];
  const evidence = [facts[count - 1].sentence];
  return {
    type: wish.type,
    abstention: false,
    slots: [slot],
    values,
    facts,
    question,
    answer,
    evidence,
  };
}

function drawPair(rng: Rng, kind: FactKind, wish: QuestionWish): EmbeddedQuestion {
  const slots = rng.sample(SLOTS_OF[kind], 2);
  const question = pairQuestionText(slots[0], slots[1]);
  if (wish.absent) return unanswerable(wish.type, slots, question);
  const pool = slotValues(slots[0]);
  const first = rng.pick(pool);
  const second = rng.pick(kind === "meeting" ? pool.filter((value) => value !== first) : pool);
  const facts = [makeFact(rng, slots[0], first), makeFact(rng, slots[1], second)];
  const common = { type: wish.type, slots, question };
  if (wish.partial) {
    const kept = rng.integer(2);
    const values = [kept === 0 ? first : null, kept === 1 ? second : null];
    const stated = [facts[kept]];
    const evidence = [facts[kept].sentence];
    return { ...common, abstention: true, values, facts: stated, answer: UNKNOWN, evidence };
  }
  const [a, b] = [NUMBERS.indexOf(first), NUMBERS.indexOf(second)];
  const answer = NUMBERS[kind === "price" ? a + b : Math.abs(a - b)];
  const evidence = facts.map((fact) => fact.sentence);
  const values = [first, second];
  return { ...common, abstention: false, values, facts: rng.shuffle(facts), answer, evidence };
}

/** The ideal note: the evidence, or the note that says there is none. */
export function idealNote(question: Pick<EmbeddedQuestion, "evidence">): string {
  return question.evidence.length > 0 ? question.evidence.join(" ") : EMPTY_NOTE;
}
