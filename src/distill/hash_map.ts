/**
 * A map from 64-bit keys to numbers in typed arrays: 24 to 48 bytes a key, and nothing for the
 * garbage collector to walk.
 *
 * @module
 */

/** Keys are two unsigned 32-bit halves; both are to be random bits, as of a hash. */
export class HashMap {
  #keys = new Uint32Array(2 << 10);
  /** Values from 1; 0 marks an empty place. */
  #values = new Uint32Array(1 << 10);
  #size = 0;

  /** Number of keys. */
  get size(): number {
    return this.#size;
  }

  /**
   * Adds a key with its value, an integer from 0 and below 2^32 − 1; a key that is there keeps the
   * value that it has.
   */
  add(high: number, low: number, value: number): void {
    if (2 * this.#size >= this.#values.length) this.#grow();
    const place = this.#placeOf(high, low);
    if (this.#values[place] !== 0) return;
    this.#put(place, high, low, value + 1);
    this.#size++;
  }

  /** The key's value; undefined where it has none. */
  get(high: number, low: number): number | undefined {
    const value = this.#values[this.#placeOf(high, low)];
    return value === 0 ? undefined : value - 1;
  }

  #put(place: number, high: number, low: number, stored: number): void {
    this.#keys[2 * place] = high;
    this.#keys[2 * place + 1] = low;
    this.#values[place] = stored;
  }

  /** Where the key stands, or the empty place where it would. */
  #placeOf(high: number, low: number): number {
    const mask = this.#values.length - 1;
    let place = low & mask;
    while (
      this.#values[place] !== 0 &&
      (this.#keys[2 * place] !== high || this.#keys[2 * place + 1] !== low)
    ) place = (place + 1) & mask;
    return place;
  }

  #grow(): void {
    const [keys, values] = [this.#keys, this.#values];
    this.#keys = new Uint32Array(2 * keys.length);
    this.#values = new Uint32Array(2 * values.length);
    for (let i = 0; i < values.length; i++) {
      if (values[i] === 0) continue;
      const [high, low] = [keys[2 * i], keys[2 * i + 1]];
      this.#put(this.#placeOf(high, low), high, low, values[i]);
    }
  }
}
