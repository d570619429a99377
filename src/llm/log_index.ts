/**
 * Where each reply stands in the request log, in typed arrays: 20 bytes a slot, and between three
 * eighths and three quarters of the slots are taken.
 *
 * @module
 */

/** A place in the log. */
export interface LogPlace {
  /** Where the message starts in the file, in bytes. */
  readonly offset: number;
  /** The row within the message. */
  readonly row: number;
}

const SMALLEST = 1024;

/**
 * A hash table with open addressing over the first 64 bits of keys. Two keys may share those:
 * {@linkcode LogIndex.places} yields all candidates, and the caller compares whole keys.
 */
export class LogIndex {
  #slots = SMALLEST;
  #count = 0;
  #high = new Uint32Array(SMALLEST);
  #low = new Uint32Array(SMALLEST);
  /** −1 where the slot is free. */
  #offsets = new Float64Array(SMALLEST).fill(-1);
  #rows = new Uint32Array(SMALLEST);

  /** Places noted. */
  get size(): number {
    return this.#count;
  }

  /** Bytes that the arrays take. */
  get bytes(): number {
    return this.#slots * 20;
  }

  /** Notes where the key's reply stands. */
  add(key: string, { offset, row }: LogPlace): void {
    if (this.#count + 1 > this.#slots * 0.75) this.#grow();
    this.#put(parseInt(key.slice(0, 8), 16), parseInt(key.slice(8, 16), 16), offset, row);
    this.#count++;
  }

  /** Where the key's reply may stand, in the order of noting. */
  *places(key: string): Generator<LogPlace> {
    const high = parseInt(key.slice(0, 8), 16);
    const low = parseInt(key.slice(8, 16), 16);
    for (let i = low & (this.#slots - 1); this.#offsets[i] >= 0; i = (i + 1) & (this.#slots - 1)) {
      if (this.#high[i] === high && this.#low[i] === low) {
        yield { offset: this.#offsets[i], row: this.#rows[i] };
      }
    }
  }

  /** Whether a key with the same first 64 bits was noted: the key itself, but for 1 in 2⁶⁴. */
  has(key: string): boolean {
    return !this.places(key).next().done;
  }

  #put(high: number, low: number, offset: number, row: number): void {
    let i = low & (this.#slots - 1);
    while (this.#offsets[i] >= 0) i = (i + 1) & (this.#slots - 1);
    this.#high[i] = high;
    this.#low[i] = low;
    this.#offsets[i] = offset;
    this.#rows[i] = row;
  }

  #grow(): void {
    const [high, low, offsets, rows] = [this.#high, this.#low, this.#offsets, this.#rows];
    this.#slots *= 2;
    this.#high = new Uint32Array(this.#slots);
    this.#low = new Uint32Array(this.#slots);
    this.#offsets = new Float64Array(this.#slots).fill(-1);
    this.#rows = new Uint32Array(this.#slots);
    offsets.forEach((offset, i) => {
      if (offset >= 0) this.#put(high[i], low[i], offset, rows[i]);
    });
  }
}
