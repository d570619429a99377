/**
 * What answering needs of a model: token ids in, token ids out. `src/infer` implements it, so that
 * this folder needs no GPU.
 *
 * @module
 */
import type { OnProgress } from "../base/progress.ts";

/** How to generate. */
export interface GenerateOptions {
  /** At most so many tokens a prompt. */
  readonly maxNewTokens: number;
  /** Token ids that end a reply; they are not part of it. */
  readonly stop: readonly number[];
  /** Told as prompts are finished. */
  readonly onProgress?: OnProgress;
}

/** One reply. */
export interface Generation {
  /** Token ids, without the stop token. */
  readonly tokens: number[];
  /** `stop` where a stop token ended the reply, `length` where the limit did. */
  readonly finish: "stop" | "length";
}

/** Replies to prompts, in their order; greedy unless the implementation was made otherwise. */
export type Generate = (
  prompts: readonly (readonly number[])[],
  options: GenerateOptions,
) => Promise<Generation[]>;
