/**
 * Times of the gradient's norm and of AdamW over the tiny model and over one of ten million.
 *
 * @module
 */
import type { Gpu } from "../../src/gpu/gpu.ts";
import { type BenchRow, type BenchWork, measureAll } from "../bench.ts";
import { randomTensor } from "../case.ts";
import { adamw, adamwSettings, gradientNorm } from "./mod.ts";

const OPTIONS = {
  learningRate: 1e-6,
  beta1: 0.9,
  beta2: 0.95,
  epsilon: 1e-8,
  weightDecay: 0.01,
  maxNorm: 1,
};

/** Times the norm alone, then the norm with the step. */
export function bench(gpu: Gpu): Promise<BenchRow[]> {
  return measureAll(gpu, () => [...works(gpu, 90_000), ...works(gpu, 10_000_000)]);
}

function works(gpu: Gpu, size: number): BenchWork[] {
  const vector = (seed: string) => gpu.upload(randomTensor(seed, [size]).data);
  const [parameters, gradient] = [vector("bench/parameters"), vector("bench/gradient")];
  const [firstMoment, secondMoment] = [gpu.zeros([size]), gpu.zeros([size])];
  const settings = gpu.upload(adamwSettings(1, OPTIONS));
  const shape = `${size} parameters`;
  const unit = "GB/s";
  return [
    {
      operation: "gradient norm",
      shape,
      amount: 4 * size,
      unit,
      alongside: 2 * size,
      run: () => gradientNorm(gpu, gradient),
    },
    {
      operation: "norm and AdamW",
      shape,
      amount: 32 * size,
      unit,
      alongside: 19 * size,
      run: () => {
        const norm = gradientNorm(gpu, gradient);
        const vectors = { parameters, gradient, firstMoment, secondMoment };
        adamw(gpu, { ...vectors, norm, settings, decayed: size });
      },
    },
  ];
}
