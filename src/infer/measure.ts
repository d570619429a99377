/**
 * What reading a context costs as it grows: time and memory, for the figure of cost by length.
 *
 * @module
 */
import { ConfigError } from "../base/errors.ts";
import { Rng } from "../base/rng.ts";
import { median } from "../base/statistics.ts";
import type { Gpu } from "../gpu/gpu.ts";
import type { LanguageModel } from "../models/language_model.ts";
import { releaseState } from "../models/state.ts";
import { prefill } from "./prefill.ts";

/** One measurement of {@linkcode measurePrefill}. */
export interface PrefillCost {
  /** Tokens of the context. */
  readonly length: number;
  /** Wall time of one context in a batch of its own; the median of the repeats. */
  readonly milliseconds: number;
  /** Wall time of the fastest repeat. */
  readonly least: number;
  /** Repeats. */
  readonly repeats: number;
  /** Most bytes of GPU buffers in use at once, the model's own among them. */
  readonly peakBytes: number;
}

const REPEATS = 3;

/**
 * Times one random context of each length, after a run that compiles the kernels.
 *
 * @param lengths Tokens, each at least 1.
 * @returns One measurement a length, in order.
 * @throws {ConfigError} where a length is not a positive integer.
 */
export async function measurePrefill(
  gpu: Gpu,
  model: LanguageModel,
  lengths: readonly number[],
): Promise<PrefillCost[]> {
  const costs: PrefillCost[] = [];
  for (const length of lengths) {
    if (!Number.isSafeInteger(length) || length < 1) {
      throw new ConfigError(`measuring prefill: found length ${length}, expected 1 or more tokens`);
    }
    const rng = new Rng(`measure/${length}`);
    const tokens = Int32Array.from({ length }, () => rng.integer(model.config.vocabSize));
    await readOnce(gpu, model, tokens);
    gpu.resetPeak();
    const times: number[] = [];
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      times.push(await readOnce(gpu, model, tokens));
    }
    costs.push({
      length,
      milliseconds: median(times),
      least: Math.min(...times),
      repeats: REPEATS,
      peakBytes: gpu.peakBytes,
    });
  }
  return costs;
}

/** Milliseconds that one context takes. */
async function readOnce(gpu: Gpu, model: LanguageModel, tokens: Int32Array): Promise<number> {
  const start = performance.now();
  const { hidden, state } = await prefill(gpu, model, [tokens]);
  const milliseconds = performance.now() - start;
  gpu.release(hidden);
  releaseState(gpu, state);
  return milliseconds;
}
