/**
 * Facts of the embedded corpus: what can be said of whom, in which words, and how it is asked.
 *
 * @module
 */
import type { Rng } from "../../base/rng.ts";
import type { Turn } from "../items.ts";
import {
  ATTRIBUTES,
  ITEMS,
  PEOPLE,
  PREFERENCES,
  SMALL_NUMBERS,
  SUGGESTED,
  SUGGESTIONS,
} from "./vocabulary.ts";

/** What a fact is about. */
export type FactKind = "attribute" | "suggestion" | "preference" | "price" | "meeting";

/** A place for one value, such as the user's dog. */
export interface Slot {
  /** What it is about. */
  readonly kind: FactKind;
  /** Which one. */
  readonly key: string;
}

/** A statement of a slot's value as turns of a chat. */
export interface Fact {
  /** The sentence that states it, such as `my dog is rex .`. */
  readonly sentence: string;
  /** The turns. */
  readonly turns: readonly Turn[];
  /** Which of the turns holds the sentence. */
  readonly turn: number;
  /** Tokens of the turns, roles included. */
  readonly length: number;
}

const KEYS: Readonly<Record<FactKind, readonly string[]>> = {
  attribute: Object.keys(ATTRIBUTES),
  suggestion: SUGGESTED,
  preference: Object.keys(PREFERENCES),
  price: ITEMS,
  meeting: PEOPLE,
};

const slotsOf = (kind: FactKind): Slot[] => KEYS[kind].map((key) => ({ kind, key }));

/** The slots of each kind. */
export const SLOTS_OF: Readonly<Record<FactKind, readonly Slot[]>> = {
  attribute: slotsOf("attribute"),
  suggestion: slotsOf("suggestion"),
  preference: slotsOf("preference"),
  price: slotsOf("price"),
  meeting: slotsOf("meeting"),
};

/** All 27 slots; equal slots are the same object. */
export const SLOTS: readonly Slot[] = Object.values(SLOTS_OF).flat();

/** The values that a slot can have. */
export function slotValues(slot: Slot): readonly string[] {
  switch (slot.kind) {
    case "attribute":
      return ATTRIBUTES[slot.key];
    case "suggestion":
      return SUGGESTIONS;
    case "preference":
      return PREFERENCES[slot.key];
    case "price":
    case "meeting":
      return SMALL_NUMBERS;
  }
}

/**
 * The sentence that states a value.
 *
 * @param now Says `is now`; only attributes have that form.
 */
export function statement(slot: Slot, value: string, now = false): string {
  switch (slot.kind) {
    case "attribute":
      return `my ${slot.key} is ${now ? "now " : ""}${value} .`;
    case "suggestion":
      return `for a ${slot.key} try ${value} .`;
    case "preference":
      return `i love ${value} .`;
    case "price":
      return `the ${slot.key} cost ${value} .`;
    case "meeting":
      return `i met ${slot.key} on ${value} .`;
  }
}

/** The question for one slot's value. */
export function questionText(slot: Slot): string {
  switch (slot.kind) {
    case "attribute":
      return `what is my ${slot.key} ?`;
    case "suggestion":
      return `what did you suggest for ${slot.key} ?`;
    case "preference":
      return `recommend some ${slot.key} ?`;
    case "price":
      return `how much was the ${slot.key} ?`;
    case "meeting":
      return `when i met ${slot.key} ?`;
  }
}

/** The question for the sum of two prices or the days between two meetings. */
export function pairQuestionText(first: Slot, second: Slot): string {
  return first.kind === "price"
    ? `how much for ${first.key} and ${second.key} ?`
    : `how many days between ${first.key} and ${second.key} ?`;
}

const OPENINGS: readonly string[] = ["", "", "by the way ", "well ", "oh and "];
const REPLIES: readonly string[] = ["ok .", "got it .", "good to know .", ""];

/** States a value in a chat: said by the user, or suggested by the assistant when asked. */
export function makeFact(rng: Rng, slot: Slot, value: string, now = false): Fact {
  const sentence = statement(slot, value, now);
  const turns: Turn[] = [];
  if (slot.kind === "suggestion") {
    turns.push({ role: "user", content: `suggest a ${slot.key} .` });
    turns.push({ role: "assistant", content: sentence });
  } else {
    turns.push({ role: "user", content: rng.pick(OPENINGS) + sentence });
    const reply = rng.pick(REPLIES);
    if (reply !== "") turns.push({ role: "assistant", content: reply });
  }
  const turn = slot.kind === "suggestion" ? 1 : 0;
  return { sentence, turns, turn, length: turnsLength(turns) };
}

/** Tokens of a text of the corpus. */
export function wordCount(text: string): number {
  let count = 1;
  for (let i = text.indexOf(" "); i >= 0; i = text.indexOf(" ", i + 1)) count++;
  return count;
}

/** Tokens of turns, a role counting as one. */
export function turnsLength(turns: readonly Turn[]): number {
  return turns.reduce((sum, turn) => sum + 1 + wordCount(turn.content), 0);
}
