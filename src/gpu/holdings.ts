/**
 * What a scope holds.
 *
 * @module
 */
import type { PooledBuffer } from "./pool.ts";

/** Counts holders of buffers: views share bytes, so one buffer may be held more than once. */
export class Holdings {
  #counts = new Map<PooledBuffer, number>();

  /** One more holder. */
  add(pooled: PooledBuffer): void {
    this.#counts.set(pooled, (this.#counts.get(pooled) ?? 0) + 1);
  }

  /** One holder less; false where there was none here. */
  remove(pooled: PooledBuffer): boolean {
    const count = this.#counts.get(pooled);
    if (!count) return false;
    if (count === 1) this.#counts.delete(pooled);
    else this.#counts.set(pooled, count - 1);
    return true;
  }

  /** Every holding, one entry a holder. */
  *all(): Generator<PooledBuffer> {
    for (const [pooled, count] of this.#counts) for (let i = 0; i < count; i++) yield pooled;
  }
}
