/**
 * A sample of many things in bounded memory, which depends on the things alone and not on their
 * order: those whose ids have the smallest hashes.
 *
 * @module
 */
import { hashJson } from "../base/hash.ts";

/** Keeps a few of many. */
export class SmallestHashes<T> {
  readonly #size: number;
  #kept: { readonly rank: string; readonly value: T }[] = [];
  #last: string | undefined;

  /** @param size How many to keep. */
  constructor(size: number) {
    this.#size = size;
  }

  /** Shows one thing; `id` names it. */
  add(id: string, value: T): void {
    const rank = hashJson(id);
    if (this.#last !== undefined && rank > this.#last) return;
    this.#kept.push({ rank, value });
    if (this.#kept.length >= 2 * this.#size) this.#cut();
  }

  /** The sample, in the order of the hashes. */
  values(): T[] {
    this.#cut();
    return this.#kept.map(({ value }) => value);
  }

  #cut(): void {
    this.#kept.sort((a, b) => a.rank < b.rank ? -1 : 1);
    this.#kept.length = Math.min(this.#size, this.#kept.length);
    if (this.#kept.length === this.#size) this.#last = this.#kept[this.#size - 1].rank;
  }
}
