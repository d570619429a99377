/**
 * Which split a question's facts belong to. Of the value tuples of a question about two or more
 * values, a sixteenth each (at least one) goes to validation and to test by rank of hash, so that
 * every such question is asked in every split and no tuple in two.
 *
 * A single value is held out of nothing. A question has 8 to 12 of them: holding one out would ask
 * the test about four suggestions in all, and ask whether a name that never was a dog's can be one,
 * rather than whether the history was read. Histories themselves are never shared.
 *
 * @module
 */
import { sha256 } from "../../base/hash.ts";
import type { Split } from "../../tables/mod.ts";
import type { QuestionType } from "../items.ts";
import { type Slot, slotValues } from "./facts.ts";

const HELD_OUT = 1 / 16;

/** What a question asks about: its type, its slots, and the values that the history states. */
export interface QuestionTuple {
  /** The type. */
  readonly type: QuestionType;
  /** The slots asked about. */
  readonly slots: readonly Slot[];
  /**
   * For one slot its values over time; for two slots the value of each, null where the history does
   * not state it.
   */
  readonly values: readonly (string | null)[];
}

/** The split that a tuple belongs to; undefined where it may be asked in every split. */
export function splitOf(tuple: QuestionTuple): Split | undefined {
  if (tuple.values.filter((value) => value !== null).length < 2) return undefined;
  const { slots, values } = inOrder(tuple);
  const stated = values.map((value) => value === null ? "-" : "+").join("");
  const family = `${tuple.type} ${slots.map((slot) => slot.key).join(" ")} ${stated}`;
  const splits = families.get(family) ?? assign(family, valueTuples(slots, values));
  families.set(family, splits);
  return splits.get(tupleKey(values));
}

const families = new Map<string, ReadonlyMap<string, Split>>();

const tupleKey = (values: readonly (string | null)[]): string =>
  values.map((value) => value ?? "-").join(" ");

/** Two slots are asked about in either order, which makes no other tuple. */
function inOrder({ slots, values }: QuestionTuple): Pick<QuestionTuple, "slots" | "values"> {
  if (slots.length < 2 || slots[0].key < slots[1].key) return { slots, values };
  return { slots: [slots[1], slots[0]], values: [values[1], values[0]] };
}

/** All tuples of a family: as many values from the same slots, stated and not stated alike. */
function valueTuples(
  slots: readonly Slot[],
  values: readonly (string | null)[],
): (string | null)[][] {
  let tuples: (string | null)[][] = [[]];
  values.forEach((value, i) => {
    const pool = slotValues(slots[Math.min(i, slots.length - 1)]);
    const next = value === null ? [null] : pool;
    const distinct = slots[0].kind !== "price";
    tuples = tuples.flatMap((tuple) =>
      next.filter((v) => !distinct || !tuple.includes(v)).map((v) => [...tuple, v])
    );
  });
  return tuples;
}

function assign(family: string, tuples: (string | null)[][]): ReadonlyMap<string, Split> {
  const ranked = tuples.map(tupleKey)
    .map((key) => ({ key, rank: sha256(`split:${family}:${key}`) }))
    .sort((a, b) => a.rank < b.rank ? -1 : 1);
  const held = Math.max(1, Math.round(ranked.length * HELD_OUT));
  const splitAt = (i: number): Split => i < held ? "validation" : i < 2 * held ? "test" : "train";
  return new Map(ranked.map(({ key }, i) => [key, splitAt(i)]));
}
