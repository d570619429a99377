/**
 * Documents that the base model is trained on: chat with facts, small talk, sums and differences in
 * words, echoes of facts, and questions about one fact.
 *
 * @module
 */
import { Rng } from "../../base/rng.ts";
import type { Turn } from "../items.ts";
import { makeFact, questionText, type Slot, SLOTS, slotValues, statement } from "./facts.ts";
import { SINGLE_TYPE } from "./questions.ts";
import { makeFiller } from "./small_talk.ts";
import { splitOf } from "./splits.ts";
import { DAYS, NUMBERS, SMALL_NUMBERS, UNKNOWN } from "./vocabulary.ts";

/** Weight of a token that nothing determines. */
const PLAIN = 0.1;
/** Weight of a sum or difference. */
const SUM = 0.5;
/** Weight of a recalled value or an answer. */
const ANSWER = 1;

/** A document with the loss weight of each token. */
export interface PretrainingDocument {
  /** Words of the tiny vocabulary, `<bos>` first. */
  readonly text: string;
  /** Weight of each token as a target; 0 for `<bos>`. */
  readonly weights: readonly number[];
}

/** What {@linkcode pretrainingDocuments} makes. */
export interface PretrainingOptions {
  /** Decides everything. */
  readonly seed: number;
  /** Number of documents. */
  readonly count: number;
  /** Tokens of each document. */
  readonly length: number;
}

/**
 * Yields documents of exactly `length` tokens. No question in them is about facts held out for
 * validation or test (see `splitOf`); such facts are stated, and echoed without a question.
 * The i-th document does not depend on `count`.
 */
export function* pretrainingDocuments(options: PretrainingOptions): Generator<PretrainingDocument> {
  for (let i = 0; i < options.count; i++) {
    const rng = new Rng(`${options.seed}/documents/${options.length}/${i}`);
    yield new DocumentWriter(rng, options.length).write();
  }
}

/** How many slots a document may speak of: short documents begin with few. */
function activeSlotChoices(length: number): readonly number[] {
  if (length <= 32) return [2, 3, 4];
  return length <= 64 ? [2, 3, 5, 8] : [3, 5, 8, 12, 20];
}

class DocumentWriter {
  readonly #rng: Rng;
  readonly #length: number;
  readonly #active: readonly Slot[];
  /** Values stated so far, oldest first. */
  readonly #stated = new Map<Slot, string[]>();
  readonly #words: string[] = ["<bos>"];
  readonly #weights: number[] = [0];

  constructor(rng: Rng, length: number) {
    this.#rng = rng;
    this.#length = length;
    this.#active = rng.sample(SLOTS, rng.pick(activeSlotChoices(length)));
  }

  write(): PretrainingDocument {
    while (this.#words.length < this.#length) this.#addPassage();
    return {
      text: this.#words.slice(0, this.#length).join(" "),
      weights: this.#weights.slice(0, this.#length),
    };
  }

  #addPassage(): void {
    const rng = this.#rng;
    const share = rng.uniform();
    if (share < 0.13) this.#addTurns(makeFiller(rng));
    else if (share < 0.16) this.#add(`day ${rng.pick(DAYS)}`);
    else if (share < 0.24) this.#addArithmetic();
    else if (share < 0.48 || this.#stated.size === 0) this.#addFact();
    else if (rng.uniform() < 0.18) this.#addUnknown();
    else if (rng.uniform() < 0.4) this.#addEcho();
    else this.#addQuestion();
  }

  /** `weight` is that of the last word but one, where the answer stands. */
  #add(text: string, weight = PLAIN): void {
    const words = text.split(" ");
    this.#words.push(...words);
    for (let i = 0; i < words.length; i++) {
      this.#weights.push(i === words.length - 2 ? weight : PLAIN);
    }
  }

  #addTurns(turns: readonly Turn[]): void {
    for (const { role, content } of turns) this.#add(`${role}: ${content}`);
  }

  #addArithmetic(): void {
    const [a, b] = [this.#rng.pick(SMALL_NUMBERS), this.#rng.pick(SMALL_NUMBERS)];
    const [x, y] = [NUMBERS.indexOf(a), NUMBERS.indexOf(b)];
    if (this.#rng.uniform() < 0.5) this.#add(`${a} plus ${b} is ${NUMBERS[x + y]} .`, SUM);
    else this.#add(`between ${a} and ${b} is ${NUMBERS[Math.abs(x - y)]} .`, SUM);
  }

  #addFact(): void {
    const slot = this.#rng.pick(this.#active);
    const value = this.#rng.pick(slotValues(slot));
    const before = this.#stated.get(slot) ?? [];
    if (before.at(-1) === value) return;
    this.#addTurns(makeFact(this.#rng, slot, value, before.length > 0).turns);
    this.#stated.set(slot, [...before, value]);
  }

  #addUnknown(): void {
    const slot = this.#rng.pick(SLOTS);
    if (!this.#stated.has(slot)) {
      this.#add(`<q> ${questionText(slot)} <a> ${UNKNOWN} <eos>`, ANSWER);
    }
  }

  /** Taste is named without what it is in, so that only a question tells which is meant. */
  #addEcho(): void {
    const slot = this.#rng.pick([...this.#stated.keys()]);
    const asked = this.#rng.uniform() < 0.6 || slot.kind === "preference";
    if (asked && this.#mayAsk(slot)) this.#add(`<q> ${questionText(slot)}`);
    this.#add("assistant: you said");
    this.#add(statement(slot, this.#valueOf(slot)), ANSWER);
  }

  #addQuestion(): void {
    const slot = this.#rng.pick([...this.#stated.keys()]);
    if (!this.#mayAsk(slot)) return;
    this.#add(`<q> ${questionText(slot)} <a> ${this.#valueOf(slot)} <eos>`, ANSWER);
  }

  #valueOf(slot: Slot): string {
    return this.#stated.get(slot)?.at(-1) ?? UNKNOWN;
  }

  /** Whether a question about the slot's present value asks about no held-out tuple. */
  #mayAsk(slot: Slot): boolean {
    const type = SINGLE_TYPE[slot.kind];
    const values = this.#stated.get(slot) ?? [];
    if (type === undefined || values.length > 3) return true;
    const updated = slot.kind === "attribute" && values.length > 1;
    const tuple = updated
      ? { type: "knowledge-update" as const, slots: [slot], values }
      : { type, slots: [slot], values: values.slice(-1) };
    return (splitOf(tuple) ?? "train") === "train";
  }
}
