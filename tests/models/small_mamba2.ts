// Small Mamba-2 models with random weights.
import type { Gpu } from "../../src/gpu/gpu.ts";
import { initializeMamba2, Mamba2, mamba2Config } from "../../src/models/mamba2/mod.ts";

/** One group, sizes that are multiples of four. */
export const SMALL2 = mamba2Config({
  vocabSize: 45,
  dim: 32,
  layers: 2,
  headDim: 16,
  state: 16,
  initializerRange: 1,
  finalNorm: 32 ** -0.5,
});

/** Two groups, and no size a multiple of four, so that every kernel's tail is walked. */
export const ODD2 = mamba2Config({
  vocabSize: 19,
  dim: 14,
  layers: 2,
  headDim: 7,
  groups: 2,
  state: 5,
  conv: 3,
  initializerRange: 1,
  finalNorm: 0.3,
});

/** A model with random weights; step sizes large enough that the state carries a good part. */
export function randomMamba2(gpu: Gpu, config = SMALL2, trainable = false): Mamba2 {
  const weights = initializeMamba2(config, "tests/mamba2");
  for (const [name, { data }] of weights) {
    if (name.endsWith("dt_bias")) data.set(data.map((x) => 0.3 * x));
    if (name.endsWith("A_log")) data.set(data.map((x) => 0.3 * x));
  }
  return new Mamba2(gpu, config, weights, trainable);
}
