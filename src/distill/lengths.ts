/**
 * Lengths of many texts in little memory: exact quartiles from counts.
 *
 * @module
 */

/** Five numbers of a set of lengths. */
export interface LengthSummary {
  /** How many. */
  readonly count: number;
  /** The shortest. */
  readonly least: number;
  /** A quarter are at most this. */
  readonly lower: number;
  /** Half are at most this. */
  readonly median: number;
  /** Three quarters are at most this. */
  readonly upper: number;
  /** The longest. */
  readonly most: number;
}

/** Counts lengths. */
export class Lengths {
  readonly #counts = new Map<number, number>();
  #count = 0;

  /** Adds one. */
  add(length: number): void {
    this.#counts.set(length, (this.#counts.get(length) ?? 0) + 1);
    this.#count++;
  }

  /** What was added so far; null where nothing was. */
  summary(): LengthSummary | null {
    if (this.#count === 0) return null;
    const sorted = [...this.#counts].sort(([a], [b]) => a - b);
    const at = (share: number): number => {
      let seen = 0;
      for (const [length, count] of sorted) {
        seen += count;
        if (seen >= share * this.#count) return length;
      }
      return sorted[sorted.length - 1][0];
    };
    return {
      count: this.#count,
      least: sorted[0][0],
      lower: at(0.25),
      median: at(0.5),
      upper: at(0.75),
      most: sorted[sorted.length - 1][0],
    };
  }
}

/** Words of a text: pieces between spaces. */
export function countWords(text: string): number {
  let words = 0;
  for (const _ of text.matchAll(/\S+/g)) words++;
  return words;
}
