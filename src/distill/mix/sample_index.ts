/**
 * All samples of a mix as numbers in typed arrays: under 50 bytes a sample, however long its text.
 *
 * @module
 */
import { Candidates } from "../draw.ts";
import { FATES, type SampleHeader } from "./sample_file.ts";
import { MIX_SETS } from "./samples.ts";

/** How many, and their tokens. */
export interface SampleCount {
  /** Samples. */
  samples: number;
  /** Their tokens. */
  tokens: number;
}

/** Samples that fit a pack, by number in the order they were added; and counts of those that do not. */
export class SampleIndex {
  #ranks = new Float64Array(0);
  #sets = new Uint8Array(0);
  #files = new Uint32Array(0);
  #offsets = new Uint32Array(0);
  #tokens = new Uint32Array(0);
  #prompts = new Uint32Array(0);
  #size = 0;
  readonly #candidates = new Candidates();
  /** Samples that fit no pack, by set and by fate, both as indices. */
  readonly left: SampleCount[][] = MIX_SETS.map(() => FATES.map(() => ({ samples: 0, tokens: 0 })));

  /** Makes room for `count` samples more; what is there is copied once. */
  reserve(count: number): void {
    const length = this.#size + count;
    const grown = <T extends Float64Array | Uint32Array | Uint8Array>(old: T, made: T): T => {
      made.set(old.subarray(0, this.#size));
      return made;
    };
    this.#ranks = grown(this.#ranks, new Float64Array(length));
    this.#sets = grown(this.#sets, new Uint8Array(length));
    this.#files = grown(this.#files, new Uint32Array(length));
    this.#offsets = grown(this.#offsets, new Uint32Array(length));
    this.#tokens = grown(this.#tokens, new Uint32Array(length));
    this.#prompts = grown(this.#prompts, new Uint32Array(length));
  }

  /** Adds a sample of file number `file`. */
  add(file: number, { rank, draw, set, fate, tokens, prompt, offset }: SampleHeader): void {
    if (fate > 0) {
      this.left[set][fate].samples++;
      this.left[set][fate].tokens += tokens;
      return;
    }
    if (this.#size === this.#ranks.length) this.reserve(this.#size + 1024);
    const at = this.#size++;
    this.#candidates.add(at, draw, set);
    this.#ranks[at] = rank;
    this.#sets[at] = set;
    this.#files[at] = file;
    this.#offsets[at] = offset;
    this.#tokens[at] = tokens;
    this.#prompts[at] = prompt;
  }

  /** Where sample `i` lies, and how long it is. */
  at(i: number): { file: number; offset: number; tokens: number; prompt: number } {
    const [file, offset] = [this.#files[i], this.#offsets[i]];
    return { file, offset, tokens: this.#tokens[i], prompt: this.#prompts[i] };
  }

  /** Tokens of sample `i`. */
  tokensOf(i: number): number {
    return this.#tokens[i];
  }

  /** Samples of each set. */
  counts(): number[] {
    return this.#candidates.counts(MIX_SETS.length);
  }

  /**
   * `quota[s]` samples of each set `s`, all together in the order of their ranks. What is drawn does
   * not depend on ranks, so that a set that is not drawn whole is spread over the whole order.
   */
  draw(quota: readonly number[]): Uint32Array {
    return this.#candidates.draw(quota)
      .sort((a, b) => this.#ranks[a] - this.#ranks[b] || a - b);
  }

  /** Samples, tokens and labelled tokens of each set among those given. */
  sums(drawn: Uint32Array): (SampleCount & { labelledTokens: number })[] {
    const sums = MIX_SETS.map(() => ({ samples: 0, tokens: 0, labelledTokens: 0 }));
    for (const i of drawn) {
      const sum = sums[this.#sets[i]];
      sum.samples++;
      sum.tokens += this.#tokens[i];
      sum.labelledTokens += this.#tokens[i] - this.#prompts[i];
    }
    return sums;
  }
}
