import { Rng } from "../../src/base/rng.ts";
import type { Gpu } from "../../src/gpu/gpu.ts";
import { initializeMamba, Mamba, mambaConfig } from "../../src/models/mamba/mod.ts";

/** The sizes that the tests run on: a small one, and that of the tiny profile. */
export const SMALL = mambaConfig({
  vocabSize: 45,
  dim: 32,
  layers: 2,
  initializerRange: 1,
  finalNorm: 32 ** -0.5,
});
export const TINY = mambaConfig({
  vocabSize: 293,
  dim: 64,
  layers: 2,
  initializerRange: 1,
  finalNorm: 0.125,
});

/** A model with random weights. */
export function randomMamba(gpu: Gpu, config = SMALL, trainable = false): Mamba {
  return new Mamba(gpu, config, initializeMamba(config, "tests/infer"), trainable);
}

/** Random tokens, the same for the same seed. */
export function randomTokens(seed: string, length: number, vocabulary = 45): number[] {
  const rng = new Rng(seed);
  return Array.from({ length }, () => rng.integer(vocabulary));
}

/** Fails unless |a − b| ≤ relative · max|b| everywhere. */
export function assertClose(
  a: Float32Array | readonly number[],
  b: Float32Array | readonly number[],
  relative: number,
  what: string,
): void {
  if (a.length !== b.length) throw new Error(`${what}: ${a.length} and ${b.length} numbers`);
  const scale = Array.from(b).reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  for (let i = 0; i < a.length; i++) {
    if (!(Math.abs(a[i] - b[i]) <= relative * scale)) {
      throw new Error(
        `${what}: found ${a[i]} at ${i}, expected ${b[i]} within ${relative * scale}`,
      );
    }
  }
}
