/**
 * Times of cross-entropy: the tiny model's rows, and few rows of a large vocabulary.
 *
 * @module
 */
import type { Gpu } from "../../src/gpu/gpu.ts";
import { type BenchRow, type BenchWork, measureAll } from "../bench.ts";
import { randomIntegers, randomTensor } from "../case.ts";
import type { Tuning, VariantTrial } from "../variants.ts";
import { packTransposed } from "../matmul/mod.ts";
import { linearCrossEntropy } from "./linear.ts";
import { crossEntropy } from "./mod.ts";
import { logitsClass, teamVariants } from "./variants.ts";

/** Times loss and gradient together. */
export function bench(gpu: Gpu): Promise<BenchRow[]> {
  return measureAll(gpu, () => [
    work(gpu, 300, 296, 293),
    work(gpu, 4096, 296, 293),
    work(gpu, 32, 50280, 50277),
    linearWork(gpu, 300, 64, 296),
    linearWork(gpu, 256, 64, 50280),
  ]);
}

/** The end of a language model: three products, and a fourth where logits go in chunks. */
function linearWork(gpu: Gpu, rows: number, dim: number, vocabulary: number): BenchWork {
  const hidden = gpu.upload(randomTensor("bench/hidden", [rows, dim]).data, [rows, dim]);
  const shape = [vocabulary, dim];
  const weight = gpu.upload(randomTensor("bench/weight", shape, dim ** -0.5).data, shape);
  const labels = gpu.upload(randomIntegers("bench/labels", [rows], vocabulary).data);
  const weights = gpu.upload(new Float32Array(rows).fill(1 / rows));
  const args = { hidden, weight, packed: packTransposed(gpu, weight), labels, weights, vocabulary };
  const dWeight = { array: gpu.empty(shape), accumulate: false };
  return {
    operation: "linear cross-entropy both ways",
    shape: `${rows}×${dim}×${vocabulary}`,
    amount: 6 * rows * dim * vocabulary,
    unit: "GFLOP/s",
    run: () => linearCrossEntropy(gpu, args, { dWeight }),
  };
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

function trial(rows: number, width: number, vocabulary: number): VariantTrial {
  return {
    shapeClass: logitsClass(width),
    shape: `${rows}×${vocabulary} of ${width}`,
    prepare: (gpu) => work(gpu, rows, width, vocabulary).run,
  };
}

/** What a trial times: rows of a small vocabulary and of a large one. */
export const tuning: readonly Tuning[] = [
  { set: teamVariants, trials: [trial(4096, 296, 293), trial(32, 50280, 50277)] },
];
