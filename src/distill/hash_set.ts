/**
 * A set of 64-bit keys in one typed array: 16 to 32 bytes a key, and nothing for the garbage
 * collector to walk.
 *
 * @module
 */

/** Keys are two unsigned 32-bit halves; both are to be random bits, as of a hash. */
export class HashSet {
  #keys = new Uint32Array(2 << 10);
  #size = 0;
  #hasZero = false;

  /** Number of keys. */
  get size(): number {
    return this.#size + (this.#hasZero ? 1 : 0);
  }

  /** Adds a key; false where it is in the set already. */
  add(high: number, low: number): boolean {
    if (high === 0 && low === 0) {
      const added = !this.#hasZero;
      this.#hasZero = true;
      return added;
    }
    // An empty place is a pair of zeros.
    if (4 * this.#size >= this.#keys.length) this.#grow();
    if (!insert(this.#keys, high, low)) return false;
    this.#size++;
    return true;
  }

  #grow(): void {
    const old = this.#keys;
    this.#keys = new Uint32Array(2 * old.length);
    for (let i = 0; i < old.length; i += 2) {
      if (old[i] !== 0 || old[i + 1] !== 0) insert(this.#keys, old[i], old[i + 1]);
    }
  }
}

function insert(keys: Uint32Array, high: number, low: number): boolean {
  const mask = keys.length - 1;
  for (let at = 2 * low & mask;; at = (at + 2) & mask) {
    if (keys[at] === high && keys[at + 1] === low) return false;
    if (keys[at] === 0 && keys[at + 1] === 0) {
      keys[at] = high;
      keys[at + 1] = low;
      return true;
    }
  }
}
