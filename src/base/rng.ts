/**
 * Seeded random numbers: xoshiro128** seeded by SHA-256
 * (Blackman and Vigna, https://prng.di.unimi.it).
 *
 * @module
 */
import { ConfigError } from "./errors.ts";
import { sha256 } from "./hash.ts";

const rotateLeft = (x: number, k: number): number => ((x << k) | (x >>> (32 - k))) >>> 0;

/** A deterministic generator; the same seed gives the same numbers on every machine. */
export class Rng {
  #state: Uint32Array<ArrayBuffer>;

  /**
   * Starts the stream that the seed names.
   *
   * @param seed An integer or any text; text is hashed, so `"train/3"` names a stream of its own.
   * @throws {ConfigError} where a number is no integer.
   */
  constructor(seed: number | string) {
    if (typeof seed === "number" && !Number.isSafeInteger(seed)) {
      throw new ConfigError(`seed: found ${seed}, expected an integer or text`);
    }
    const digest = sha256(`rng:${seed}`);
    this.#state = new Uint32Array(4);
    for (let i = 0; i < 4; i++) this.#state[i] = parseInt(digest.slice(8 * i, 8 * i + 8), 16);
  }

  /** An unsigned 32-bit integer. */
  uint32(): number {
    const s = this.#state;
    const result = Math.imul(rotateLeft(Math.imul(s[1], 5) >>> 0, 7), 9) >>> 0;
    const t = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotateLeft(s[3], 11);
    return result;
  }

  /** A number in [0, 1) with 53 random bits. */
  uniform(): number {
    return ((this.uint32() >>> 5) * 67108864 + (this.uint32() >>> 6)) / 9007199254740992;
  }

  /** An integer in [0, below). */
  integer(below: number): number {
    return Math.floor(this.uniform() * below);
  }

  /** A standard normal number (Box and Muller; one of the pair is thrown away to keep no state). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** One of `items`, each equally likely. */
  pick<T>(items: readonly T[]): T {
    return items[this.integer(items.length)];
  }

  /** A shuffled copy (Fisher and Yates). */
  shuffle<T>(items: readonly T[]): T[] {
    const out = [...items];
    for (let i = out.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      [out[i], out[j]] = [out[j], out[i]];
    }
    return out;
  }

  /** `count` different items in random order. */
  sample<T>(items: readonly T[], count: number): T[] {
    return this.shuffle(items).slice(0, count);
  }
}
