/**
 * The embedded corpus: training contexts with their questions, and items for evaluation.
 *
 * @module
 */
import { ConfigError } from "../../base/errors.ts";
import { Rng } from "../../base/rng.ts";
import type { Split } from "../../tables/mod.ts";
import {
  type ChatItem,
  contextText,
  makeSourceRow,
  QUESTION_TYPES,
  renderHistory,
  type SourceRow,
} from "../items.ts";
import { wordCount } from "./facts.ts";
import { factsLength, makeHistory, SMALL_TALK_ROOM } from "./history.ts";
import { drawQuestion, type EmbeddedQuestion, idealNote } from "./questions.ts";

/**
 * Raised by whoever changes what any generator of this folder writes for the same options: it stands
 * in the configuration of all that is made from the corpus.
 */
export const CORPUS_VERSION = 2;

/** Distractor facts in 256 tokens of an evaluation history. */
export const EVALUATION_DENSITY = 8;
/** Training histories have from none to this many. */
const MAX_TRAINING_DENSITY = 12;
/** The shortest sequence that has room for a question of every type. */
const MIN_LENGTH = 96;

/** What {@linkcode trainingContexts} makes. */
export interface TrainingOptions {
  /** Decides everything. */
  readonly seed: number;
  /** Number of contexts. */
  readonly count: number;
  /** Tokens of context and question turns with recall responses; each equally likely. */
  readonly lengths: readonly number[];
  /** Whose facts are asked about. */
  readonly split: Split;
  /** Most question turns on one context, from one up equally likely; 3 unless told. */
  readonly turns?: number;
  /** Share of questions of which no fact is stated; 0.5 unless told. */
  readonly absent?: number;
  /** Share of other two-fact questions of which one fact is stated; 0.45 unless told. */
  readonly partial?: number;
}

/** One context and the questions about it. */
export interface TrainingContext {
  /** Id of the context, the same in every row. */
  readonly contextId: string;
  /** Tokens of the opening token, the context and all question turns with recall responses. */
  readonly length: number;
  /** The question turns in their order, at least one. */
  readonly rows: readonly SourceRow[];
}

/**
 * Yields training contexts. Context, questions and recall responses
 * (`<bos> context (<q> question <r> note <a> answer <eos>)…`, the notes being the evidence or the
 * empty note) are exactly `length` tokens long. The i-th context does not depend on `count`.
 *
 * @throws {ConfigError} where a length leaves no room for a question and its facts.
 */
export function* trainingContexts(options: TrainingOptions): Generator<TrainingContext> {
  const tooShort = options.lengths.find((length) => length < MIN_LENGTH);
  if (tooShort !== undefined || options.lengths.length === 0) {
    throw new ConfigError(
      `embedded corpus: found lengths [${options.lengths}], expected at least one and each ` +
        `${MIN_LENGTH} tokens or more`,
    );
  }
  for (let i = 0; i < options.count; i++) {
    const rng = new Rng(`${options.seed}/contexts/${options.split}/${i}`);
    yield trainingContext(rng, options);
  }
}

function trainingContext(rng: Rng, options: TrainingOptions): TrainingContext {
  const length = rng.pick(options.lengths);
  const questions = drawFitting(rng, options, length);
  const density = rng.uniform() * MAX_TRAINING_DENSITY;
  const history = makeHistory(rng, contextLength(length, questions), questions, density);
  const context = contextText(renderHistory(history));
  const rows = rng.shuffle(questions).map((question) =>
    makeSourceRow({
      split: options.split,
      context,
      query: question.question,
      answer: question.answer,
      questionType: question.type,
      evidence: question.evidence,
    })
  );
  return { contextId: rows[0].contextId, length, rows };
}

/** Questions about different slots, as many of those drawn as leave room for their facts. */
function drawFitting(rng: Rng, options: TrainingOptions, length: number): EmbeddedQuestion[] {
  const questions = drawQuestions(rng, options, 1 + rng.integer(options.turns ?? 3));
  const fits = () => contextLength(length, questions) >= factsLength(questions) + SMALL_TALK_ROOM;
  while (!fits()) questions.pop();
  return questions.length > 0 ? questions : drawFitting(rng, options, length);
}

function drawQuestions(rng: Rng, options: TrainingOptions, count: number): EmbeddedQuestion[] {
  const { split, absent = 0.5, partial = 0.45 } = options;
  const questions: EmbeddedQuestion[] = [];
  for (let tries = 0; tries < 20 && questions.length < count; tries++) {
    const question = drawQuestion(rng, split, {
      type: rng.pick(QUESTION_TYPES),
      absent: rng.uniform() < absent,
      partial: rng.uniform() < partial,
    });
    const asked = new Set(questions.flatMap((other) => other.slots));
    if (!question.slots.some((slot) => asked.has(slot))) questions.push(question);
  }
  return questions;
}

/** Tokens that the opening token and the question turns leave for the context. */
function contextLength(length: number, questions: readonly EmbeddedQuestion[]): number {
  const turns = questions.map((question) =>
    // <q> question <r> note <a> answer <eos>
    5 + wordCount(question.question) + wordCount(idealNote(question))
  );
  return length - 1 - turns.reduce((sum, turn) => sum + turn, 0);
}

/** What {@linkcode evaluationItems} makes. */
export interface EvaluationOptions {
  /** Decides everything. */
  readonly seed: number;
  /** Whose facts are asked about. */
  readonly split: Split;
  /** Tokens of `<bos> context <q> question`. */
  readonly length: number;
  /** Items of each of the six types, and items that ask for abstention. */
  readonly perType: number;
}

/** An item with the sentences that carry its answer. */
export interface EmbeddedItem extends ChatItem {
  /** The sentences, in the order of the question; none where the right answer is `unknown`. */
  readonly evidence: readonly string[];
}

/**
 * Items for evaluation: `perType` of each type, then as many of mixed types whose facts are absent.
 * The i-th item of a type does not depend on `perType`.
 *
 * @throws {ConfigError} where the length leaves no room for the facts.
 */
export function evaluationItems(options: EvaluationOptions): EmbeddedItem[] {
  return [...QUESTION_TYPES, "abstention" as const].flatMap((group) =>
    Array.from({ length: options.perType }, (_, i) => evaluationItem(options, group, i))
  );
}

function evaluationItem(
  { seed, split, length }: EvaluationOptions,
  group: typeof QUESTION_TYPES[number] | "abstention",
  index: number,
): EmbeddedItem {
  const id = `${split}-${length}-${group}-${index}`;
  const rng = new Rng(`${seed}/items/${id}`);
  const absent = group === "abstention";
  const type = absent ? rng.pick(QUESTION_TYPES) : group;
  const question = drawQuestion(rng, split, { type, absent, partial: false });
  const room = length - 2 - wordCount(question.question);
  const history = makeHistory(rng, room, [question], EVALUATION_DENSITY);
  return {
    question_id: absent ? `${id}_abs` : id,
    question_type: type,
    question: question.question,
    answer: question.answer,
    question_date: history.haystack_dates.at(-1) ?? "",
    ...history,
    evidence: question.evidence,
  };
}
