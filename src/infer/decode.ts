/**
 * Writing replies: a batch of sequences goes on token by token. Tokens stay on the GPU; every few
 * steps they are read back to see who has stopped.
 *
 * @module
 */
import { argmax, sample } from "../../kernels/sampling/mod.ts";
import { DataError } from "../base/errors.ts";
import { Rng } from "../base/rng.ts";
import type { GpuArray } from "../gpu/array.ts";
import type { Gpu } from "../gpu/gpu.ts";
import type { LanguageModel } from "../models/language_model.ts";
import { type MambaState, ownState, releaseState, selectState } from "../models/state.ts";
import type { Generation } from "../rwr/generate.ts";
import { Tape, Tensor } from "../tensor/mod.ts";
import type { Prefilled } from "./prefill.ts";

/** Drawing tokens at random instead of taking the most likely one. */
export interface Sampling {
  /** Decides, with a prompt's place in the call and a token's place in its reply, what is drawn. */
  readonly seed: number | string;
  /** Divides the logits; above 0. */
  readonly temperature: number;
  /** Draws from this many largest logits; 0 from all. */
  readonly topK: number;
  /** Draws from the fewest tokens whose probabilities sum to this share; 1 from all. */
  readonly topP: number;
}

/** How a batch's replies are written. */
export interface DecodeOptions {
  /** At most so many tokens a reply, at least 1. */
  readonly maxNewTokens: number;
  /** Token ids that end a reply. */
  readonly stop: readonly number[];
  /** Absent: the most likely token. */
  readonly sampling?: Sampling;
  /** Told how many replies of the batch are finished. */
  readonly onFinished?: (count: number) => void;
}

/** Replies of a batch. */
export interface Decoded {
  /** One a sequence, in order. */
  readonly replies: Generation[];
  /** Times that the model ran, each for one token of every sequence left. */
  readonly steps: number;
}

/** Steps between readbacks: a readback costs about as much as a step or two. */
const INTERVAL = 4;

interface Row {
  readonly prompt: number;
  readonly tokens: number[];
  readonly rng: Rng | undefined;
  finish: Generation["finish"] | undefined;
}

/**
 * Continues every sequence of a batch.
 *
 * @param start What {@linkcode Prefilled} says; taken over, also where this throws.
 * @param prompts Each sequence's number among all prompts of the call, for its random stream.
 * @throws {DataError} where logits are not numbers.
 */
export async function decode(
  gpu: Gpu,
  model: LanguageModel,
  start: Prefilled,
  prompts: readonly number[],
  options: DecodeOptions,
): Promise<Decoded> {
  const rows = prompts.map((prompt): Row => ({
    prompt,
    tokens: [],
    rng: options.sampling && new Rng(`${options.sampling.seed}/${prompt}`),
    finish: undefined,
  }));
  const batch = new Batch(gpu, model, start, rows, options);
  try {
    for (let written = 0; batch.rows.length; written += INTERVAL) {
      await batch.write(Math.min(INTERVAL, options.maxNewTokens - written));
      options.onFinished?.(rows.filter(({ finish }) => finish).length);
    }
  } finally {
    batch.release();
  }
  const replies = rows.map(({ tokens, finish }) => ({ tokens, finish: finish! }));
  return { replies, steps: batch.steps };
}

/** The sequences that are still on the GPU. */
class Batch {
  /** Times that the model ran. */
  steps = 0;
  #hidden: GpuArray | undefined;
  #ids: GpuArray | undefined;
  #state: MambaState;

  constructor(
    readonly gpu: Gpu,
    readonly model: LanguageModel,
    start: Prefilled,
    public rows: readonly Row[],
    readonly options: DecodeOptions,
  ) {
    this.#hidden = start.hidden;
    this.#state = start.state;
  }

  /** Writes tokens of every row, reads them back, and drops finished rows once half are done. */
  async write(count: number): Promise<void> {
    const used = this.#ids ? [this.#ids] : [];
    const written: GpuArray[] = [];
    try {
      for (let i = 0; i < count; i++) written.push(this.#next());
      const columns = await this.gpu.read(...written);
      this.rows.forEach((row, r) => this.#note(row, columns.map((tokens) => tokens[r])));
    } finally {
      for (const ids of [...used, ...written]) if (ids !== this.#ids) this.gpu.release(ids);
    }
    const going = this.rows.flatMap(({ finish }, r) => finish ? [] : [r]);
    if (2 * going.length <= this.rows.length) this.#compact(going);
  }

  /** Gives all memory back. */
  release(): void {
    if (this.#hidden) this.gpu.release(this.#hidden);
    if (this.#ids) this.gpu.release(this.#ids);
    releaseState(this.gpu, this.#state);
    [this.#hidden, this.#ids, this.#state] = [undefined, undefined, []];
  }

  /** The next token of every row, i32 `[rows]`, made from the last ones. */
  #next(): GpuArray {
    const { gpu, model } = this;
    return gpu.scope(() => {
      const hidden = this.#hidden ?? this.#step();
      const logits = model.logits(new Tape(gpu, false), new Tensor(hidden)).array;
      const ids = gpu.own(this.#pick(logits));
      if (this.#hidden) gpu.release(this.#hidden);
      this.#hidden = undefined;
      return this.#ids = ids;
    });
  }

  #step(): GpuArray {
    const { gpu, model } = this;
    const ids = this.#ids!.reshape([this.rows.length, 1]);
    const { hidden, state } = model.step({ ids }, this.#state);
    this.#state = ownState(gpu, state);
    this.steps++;
    return hidden.reshape([hidden.rows, hidden.columns]);
  }

  #pick(logits: GpuArray): GpuArray {
    const { gpu } = this;
    const vocabulary = this.model.config.vocabSize;
    const { sampling } = this.options;
    if (!sampling) return argmax(gpu, logits, vocabulary);
    // 24 bits, so that the float32 stays below 1.
    const uniforms = this.rows.map(({ rng }) => (rng!.uint32() >>> 8) / 2 ** 24);
    const { temperature, topK, topP } = sampling;
    const upload = gpu.upload(Float32Array.from(uniforms));
    return sample(gpu, logits, { vocabulary, temperature, topK, topP }, upload);
  }

  /** Adds tokens to a row up to its end; what it wrote beyond is dropped. */
  #note(row: Row, tokens: readonly number[]): void {
    for (const token of tokens) {
      if (row.finish) return;
      if (token < 0) {
        throw new DataError(
          `generating: found logits that are not numbers for prompt ${row.prompt} after ` +
            `${row.tokens.length} tokens, expected finite ones; take an earlier checkpoint`,
        );
      }
      if (this.options.stop.includes(token)) {
        row.finish = "stop";
        return;
      }
      row.tokens.push(token);
      if (row.tokens.length === this.options.maxNewTokens) row.finish = "length";
    }
  }

  #compact(going: readonly number[]): void {
    const { gpu } = this;
    const rows = going.map((r) => this.rows[r]);
    if (rows.length === 0) {
      this.release();
    } else {
      const before = this.#state;
      this.#state = gpu.scope(() => selectState(gpu, before, gpu.upload(Int32Array.from(going))));
      releaseState(gpu, before);
      gpu.release(this.#ids!);
      this.#ids = gpu.own(gpu.upload(Int32Array.from(rows, ({ tokens }) => tokens.at(-1)!)));
    }
    this.rows = rows;
  }
}
