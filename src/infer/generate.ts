/**
 * Generation for many prompts: read in batches of similar length, written together.
 *
 * Every kernel treats rows apart from one another and sums in one order whatever their number, so a
 * reply does not depend on which prompts share its batch.
 *
 * @module
 */
import { ConfigError, DataError } from "../base/errors.ts";
import type { Gpu } from "../gpu/gpu.ts";
import type { LanguageModel } from "../models/language_model.ts";
import type { Generate, GenerateOptions, Generation } from "../rwr/generate.ts";
import { groupByLength } from "./batches.ts";
import { decode, type Sampling } from "./decode.ts";
import { prefill } from "./prefill.ts";

/** What one call of the generator cost. */
export interface InferenceReport {
  /** Prompts answered. */
  readonly prompts: number;
  /** Batches they made. */
  readonly batches: number;
  /** Tokens of all prompts. */
  readonly promptTokens: number;
  /** Tokens of all replies. */
  readonly generatedTokens: number;
  /** Times that the model ran for one token of every reply of a batch. */
  readonly decodeSteps: number;
  /** Wall time of reading the prompts. */
  readonly prefillSeconds: number;
  /** Wall time of writing the replies. */
  readonly decodeSeconds: number;
  /** Prompt tokens read a second. */
  readonly promptTokensPerSecond: number;
  /** Reply tokens written a second. */
  readonly generatedTokensPerSecond: number;
  /** Wall time of one decoding step of a batch; 0 where there was none. */
  readonly millisecondsPerStep: number;
  /** Most bytes of GPU buffers in use at once, the model's own among them. */
  readonly peakBytes: number;
}

/** How the generator works. */
export interface InferenceOptions {
  /** Absent: greedy, the most likely token. */
  readonly sampling?: Sampling;
  /** Most prompts of a batch; 256 where absent. Fewer where their states would not fit. */
  readonly maxRows?: number;
  /** Told after every call what it cost. */
  readonly onReport?: (report: InferenceReport) => void;
}

const MAX_ROWS = 256;

/** Bytes that the states of a batch may take; a step holds those before and after it. */
const STATE_BUDGET = 2 ** 30;

/**
 * A generator over a model.
 *
 * @returns Replies in the order of the prompts. The same prompt at the same place gets the same
 * reply, whatever else is asked. It throws {@linkcode DataError} for an empty prompt, a token
 * outside the vocabulary, and logits that are not numbers; {@linkcode ConfigError} for options out
 * of range.
 */
export function makeGenerate(
  gpu: Gpu,
  model: LanguageModel,
  options: InferenceOptions = {},
): Generate {
  const fits = Math.max(1, Math.floor(STATE_BUDGET / model.stateBytes));
  const maxRows = Math.min(options.maxRows ?? MAX_ROWS, fits);
  if (!Number.isSafeInteger(maxRows) || maxRows < 1) {
    throw new ConfigError(`generating: found maxRows ${options.maxRows}, expected at least 1`);
  }
  return async (prompts, wanted) => {
    checkOptions(wanted, model.config.vocabSize);
    prompts.forEach((prompt, index) => checkPrompt(prompt, index, model.config.vocabSize));
    const costs = new Costs(gpu);
    const replies = new Array<Generation>(prompts.length);
    let finished = 0;
    for (const group of groupByLength(prompts.map(({ length }) => length), maxRows)) {
      const read = await costs.time(
        "prefill",
        () => prefill(gpu, model, group.map((i) => prompts[i])),
      );
      const decoded = await costs.time("decode", () =>
        decode(gpu, model, read, group, {
          ...wanted,
          sampling: options.sampling,
          onFinished: (count) => wanted.onProgress?.(finished + count, prompts.length),
        }));
      group.forEach((index, row) => replies[index] = decoded.replies[row]);
      finished += group.length;
      costs.add(group.map((i) => prompts[i].length), decoded);
    }
    options.onReport?.(costs.report());
    return replies;
  };
}

function checkOptions({ maxNewTokens, stop }: GenerateOptions, vocabulary: number): void {
  if (!Number.isSafeInteger(maxNewTokens) || maxNewTokens < 1) {
    throw new ConfigError(
      `generating: found maxNewTokens ${maxNewTokens}, expected an integer of at least 1`,
    );
  }
  const strange = stop.find((token) => !isToken(token, vocabulary));
  if (strange !== undefined) {
    throw new ConfigError(
      `generating: found stop token ${strange}, expected 0 to ${
        vocabulary - 1
      }; take it from the ` +
        `tokenizer that the model was made with`,
    );
  }
}

function checkPrompt(prompt: readonly number[], index: number, vocabulary: number): void {
  if (prompt.length === 0) {
    throw new DataError(
      `generating: found prompt ${index} empty, expected at least one token; start every prompt ` +
        `with a token such as <bos>`,
    );
  }
  const position = prompt.findIndex((token) => !isToken(token, vocabulary));
  if (position >= 0) {
    throw new DataError(
      `generating: found token ${prompt[position]} at position ${position} of prompt ${index}, ` +
        `expected 0 to ${
          vocabulary - 1
        } (vocabulary of ${vocabulary}); use the tokenizer that the ` +
        `model was made with`,
    );
  }
}

function isToken(token: number, vocabulary: number): boolean {
  return Number.isSafeInteger(token) && token >= 0 && token < vocabulary;
}

/** Adds up what batches cost. */
class Costs {
  #prompts = 0;
  #batches = 0;
  #promptTokens = 0;
  #generatedTokens = 0;
  #steps = 0;
  #seconds = { prefill: 0, decode: 0 };

  constructor(readonly gpu: Gpu) {
    gpu.resetPeak();
  }

  /** Runs one of the two parts of the work and adds its wall time. */
  async time<T>(part: "prefill" | "decode", work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    const result = await work();
    this.#seconds[part] += (performance.now() - start) / 1000;
    return result;
  }

  add(
    lengths: readonly number[],
    decoded: { replies: readonly Generation[]; steps: number },
  ): void {
    this.#prompts += lengths.length;
    this.#batches++;
    for (const length of lengths) this.#promptTokens += length;
    for (const { tokens } of decoded.replies) this.#generatedTokens += tokens.length;
    this.#steps += decoded.steps;
  }

  report(): InferenceReport {
    const { prefill, decode } = this.#seconds;
    const rate = (count: number, of: number) => of > 0 ? count / of : 0;
    return {
      prompts: this.#prompts,
      batches: this.#batches,
      promptTokens: this.#promptTokens,
      generatedTokens: this.#generatedTokens,
      decodeSteps: this.#steps,
      prefillSeconds: prefill,
      decodeSeconds: decode,
      promptTokensPerSecond: rate(this.#promptTokens, prefill),
      generatedTokensPerSecond: rate(this.#generatedTokens, decode),
      millisecondsPerStep: rate(1000 * decode, this.#steps),
      peakBytes: this.gpu.peakBytes,
    };
  }
}
