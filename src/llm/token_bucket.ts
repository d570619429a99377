/**
 * A rate a minute, with two seconds' worth at once.
 *
 * @module
 */

const MINUTE_MS = 60_000;
const BURST_MS = 2_000;

/** Fills at a rate; what is taken may leave it in debt, which later takers wait out. */
export class TokenBucket {
  readonly #perMs: number;
  readonly #capacity: number;
  readonly #now: () => number;
  #level: number;
  #at: number;

  /**
   * Starts full.
   *
   * @param perMinute Infinity for no limit.
   * @param now A clock in milliseconds.
   */
  constructor(perMinute: number, now: () => number = () => performance.now()) {
    this.#perMs = perMinute / MINUTE_MS;
    this.#capacity = Math.max(1, this.#perMs * BURST_MS);
    this.#now = now;
    this.#level = this.#capacity;
    this.#at = now();
  }

  /** Milliseconds until `amount` may be taken; an amount above capacity waits for a full bucket. */
  wait(amount: number): number {
    if (this.#perMs === Infinity) return 0;
    this.#fill();
    const missing = Math.min(amount, this.#capacity) - this.#level;
    // A remainder of rounding is not worth a timer.
    return missing > 1e-9 ? missing / this.#perMs : 0;
  }

  /** Takes `amount`. */
  take(amount: number): void {
    if (this.#perMs === Infinity) return;
    this.#fill();
    this.#level -= amount;
  }

  #fill(): void {
    const now = this.#now();
    this.#level = Math.min(this.#capacity, this.#level + (now - this.#at) * this.#perMs);
    this.#at = now;
  }
}
