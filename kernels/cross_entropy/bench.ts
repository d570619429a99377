/**
 * Times of cross-entropy: the tiny model's rows, and few rows of a large vocabulary.
 *
 * @module
 */
import type { Gpu } from "../../src/gpu/gpu.ts";
import { type BenchRow, type BenchWork, measureAll } from "../bench.ts";
import { randomIntegers, randomTensor } from "../case.ts";
import { crossEntropy } from "./mod.ts";

/** Times loss and gradient together. */
export function bench(gpu: Gpu): Promise<BenchRow[]> {
  return measureAll(gpu, () => [
    work(gpu, 300, 296, 293),
    work(gpu, 4096, 296, 293),
    work(gpu, 32, 50280, 50277),
  ]);
}

function work(gpu: Gpu, rows: number, width: number, vocabulary: number): BenchWork {
  const logits = gpu.upload(randomTensor("bench/logits", [rows, width]).data, [rows, width]);
  const labels = gpu.upload(randomIntegers("bench/labels", [rows], vocabulary).data);
  const weights = gpu.upload(new Float32Array(rows).fill(1 / rows));
  return {
    operation: "cross-entropy both ways",
    shape: `${rows}×${vocabulary} of ${width}`,
    amount: 8 * rows * width,
    unit: "GB/s",
    alongside: 6 * rows * vocabulary,
    // In place: each run takes the last one's gradient for logits, which costs the same.
    run: () => crossEntropy(gpu, { logits, labels, weights, vocabulary }),
  };
}
