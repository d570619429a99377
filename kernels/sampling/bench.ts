/**
 * Times of the choice of tokens for a batch of prompts.
 *
 * @module
 */
import type { Gpu } from "../../src/gpu/gpu.ts";
import { type BenchRow, type BenchWork, measureAll } from "../bench.ts";
import { randomTensor } from "../case.ts";
import { argmax, sample } from "./mod.ts";

/** Times argmax, and sampling with both cuts, for the tiny vocabulary and a large one. */
export function bench(gpu: Gpu): Promise<BenchRow[]> {
  return measureAll(gpu, () => [...works(gpu, 64, 296), ...works(gpu, 4, 50280)]);
}

function works(gpu: Gpu, rows: number, vocabulary: number): BenchWork[] {
  const shape = [rows, vocabulary];
  const logits = gpu.upload(randomTensor("bench/logits", shape, 3).data, shape);
  const uniforms = gpu.upload(new Float32Array(rows).fill(0.5));
  const options = { vocabulary, temperature: 0.8, topK: 40, topP: 0.95 };
  const sizes = { shape: shape.join("×"), amount: 4 * rows * vocabulary, unit: "GB/s" } as const;
  return [
    { operation: "argmax", ...sizes, run: () => argmax(gpu, logits, vocabulary) },
    {
      operation: "sample, top 40 and 0.95",
      ...sizes,
      run: () => sample(gpu, logits, options, uniforms),
    },
  ];
}
