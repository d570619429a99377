/**
 * How often a request was asked in vain.
 *
 * @module
 */
import type { LostRequest } from "./record.ts";

/** Tries of a request, each in another batch. */
export const BATCH_TRIES = 4;

/** Tries of one request. */
export interface Tried {
  /** How many. */
  readonly count: number;
  /** How many of them were paid for. */
  readonly paid: number;
  /** What went wrong with the last one. */
  readonly error: string;
}

/** Tries by request; only those that failed take memory. */
export class Tries {
  readonly #tried = new Map<string, Tried>();

  /** Notes tries that failed. */
  add(lost: readonly LostRequest[]): void {
    for (const { key, error, paid } of lost) {
      const before = this.of(key);
      const count = before.count + 1;
      this.#tried.set(key, { count, paid: before.paid + Number(paid), error });
    }
  }

  /** What is known of a request. */
  of(key: string): Tried {
    return this.#tried.get(key) ?? { count: 0, paid: 0, error: "" };
  }
}
