/**
 * Shapes on which `deno task verify` proves cross-entropy.
 *
 * @module
 */
import { type HostTensor, type KernelCase, type KernelSuite, randomTensor } from "../case.ts";
import { packTransposed } from "../matmul/mod.ts";
import { Rng } from "../../src/base/rng.ts";
import { linearCrossEntropy } from "./linear.ts";
import { crossEntropy } from "./mod.ts";
import { crossEntropyReference, linearCrossEntropyReference } from "./reference.ts";

interface Shape {
  readonly rows: number;
  readonly vocabulary: number;
  /** Columns of the logits; the vocabulary where absent. */
  readonly width?: number;
  /** Columns of other numbers on either side of every row. */
  readonly margin?: number;
  /** Standard deviation of the logits. */
  readonly scale?: number;
  /** Rounds logits, so that the largest is often tied. */
  readonly ties?: boolean;
  /** Ignores every row. */
  readonly ignored?: boolean;
}

/** Labels of which every fourth or so is ignored, with weights that sum to 1. */
function labelled(seed: string, { rows, vocabulary, ignored }: Shape): HostTensor[] {
  const rng = new Rng(seed);
  const pick = () => ignored || rng.uniform() < 0.25 ? -100 : rng.integer(vocabulary);
  const labels = Int32Array.from({ length: rows }, pick);
  const raw = Array.from({ length: rows }, (_, r) => labels[r] < 0 ? 0 : 0.5 + rng.uniform());
  const sum = raw.reduce((a, b) => a + b, 0) || 1;
  const weights = Float32Array.from(raw, (weight) => weight / sum);
  return [{ data: labels, shape: [rows] }, { data: weights, shape: [rows] }];
}

function logitsOf(seed: string, shape: Shape, columns: number): HostTensor {
  const tensor = randomTensor(`${seed}/logits`, [shape.rows, columns], shape.scale ?? 2);
  if (shape.ties) tensor.data.forEach((x, i) => tensor.data[i] = Math.round(x));
  return tensor;
}

function lossCase(name: string, shape: Shape): KernelCase {
  const { rows, vocabulary, width = vocabulary, margin = 0, scale = 2 } = shape;
  const seed = `crossEntropy/${name}`;
  const columns = width + 2 * margin;
  const [labels, weights] = labelled(`${seed}/labels`, shape);
  const inner = (logits: Float64Array) =>
    logits.filter((_, i) => i % columns >= margin && i % columns < margin + width);
  // Logits of this size carry an error of their own: half a unit in the last place of the largest.
  const rounding = 4 * scale * 2 ** -23;
  return {
    name,
    inputs: {
      logits: logitsOf(seed, shape, columns),
      labels,
      weights,
      one: { data: Float32Array.of(1), shape: [1] },
    },
    run: (gpu, { logits, labels, weights }) => {
      const view = logits.slice(margin, margin + width);
      return { ...crossEntropy(gpu, { logits: view, labels, weights, vocabulary }) };
    },
    reference: ({ logits, labels, weights }) =>
      crossEntropyReference({ logits: inner(logits), labels, weights, vocabulary, width }),
    tolerance: {
      loss: { absolute: 1e-6 + rounding, relative: 2e-6 },
      rowLoss: { absolute: 1e-6 + rounding, relative: 2e-6 },
      dLogits: { absolute: (1e-6 + rounding) / Math.max(1, rows / 4), relative: 1e-5 },
      correct: { absolute: 0, relative: 0 },
    },
    ...(margin ? {} : {
      differentiable: { outputs: { loss: "one" }, inputs: { logits: "dLogits" } },
    }),
  };
}

interface LinearShape extends Shape {
  readonly dim: number;
  /** Bytes of logits at once; as many as there are where absent. */
  readonly logitBytes?: number;
}

/** The loss behind a linear layer, its logits made at once or in parts; forward alone as well. */
function linearCase(name: string, shape: LinearShape): KernelCase {
  const { rows, vocabulary, width = vocabulary, dim, logitBytes } = shape;
  const seed = `linearCrossEntropy/${name}`;
  const [labels, weights] = labelled(`${seed}/labels`, shape);
  const operand = (part: string, sizes: number[], scale: number) => {
    const tensor = randomTensor(`${seed}/${part}`, sizes, scale);
    if (shape.ties) tensor.data.forEach((x, i) => tensor.data[i] = Math.round(x));
    return tensor;
  };
  const loss = { absolute: 5e-6, relative: 2e-6 };
  const gradient = { absolute: 2e-5 / rows, relative: 2e-5 };
  return {
    name: `linear ${name}`,
    inputs: {
      hidden: operand("hidden", [rows, dim], 1),
      weight: operand("weight", [width, dim], shape.ties ? 1 : 2 * dim ** -0.5),
      before: randomTensor(`${seed}/before`, [width, dim], 1 / rows),
      labels,
      weights,
      one: { data: Float32Array.of(1), shape: [1] },
    },
    run: (gpu, { hidden, weight, before, labels, weights }) => {
      const packed = packTransposed(gpu, weight);
      const args = { hidden, weight, packed, labels, weights, vocabulary };
      const dWeight = { array: gpu.empty(weight.shape), accumulate: false };
      const made = linearCrossEntropy(gpu, args, { dWeight, logitBytes });
      const again = { array: gpu.empty(weight.shape), accumulate: true };
      gpu.copy(before, again.array);
      linearCrossEntropy(gpu, args, { dWeight: again, logitBytes });
      const alone = linearCrossEntropy(gpu, args, { logitBytes });
      return {
        ...made,
        dWeight: dWeight.array,
        added: again.array,
        lossAlone: alone.loss,
        correctAlone: alone.correct,
      };
    },
    reference: ({ hidden, weight, before, labels, weights }) => {
      const made = linearCrossEntropyReference({
        hidden,
        weight,
        labels,
        weights,
        vocabulary,
        dim,
      });
      return {
        ...made,
        added: made.dWeight.map((x, i) => x + before[i]),
        lossAlone: made.loss,
        correctAlone: made.correct,
      };
    },
    tolerance: {
      loss,
      rowLoss: loss,
      lossAlone: loss,
      correct: { absolute: 0, relative: 0 },
      correctAlone: { absolute: 0, relative: 0 },
      dHidden: gradient,
      dWeight: gradient,
      added: gradient,
    },
    differentiable: {
      outputs: { loss: "one" },
      inputs: { hidden: "dHidden", weight: "dWeight" },
    },
  };
}

/** Cross-entropy. */
export const suite: KernelSuite = {
  name: "cross_entropy",
  cases: () => [
    lossCase("1×1", { rows: 1, vocabulary: 1 }),
    lossCase("1×296", { rows: 1, vocabulary: 296 }),
    lossCase("63×293 of 296", { rows: 63, vocabulary: 293, width: 296 }),
    lossCase("65×5", { rows: 65, vocabulary: 5 }),
    lossCase("372×257 of 300", { rows: 372, vocabulary: 257, width: 300 }),
    lossCase("784×61", { rows: 784, vocabulary: 61 }),
    lossCase("1134×296, ties", { rows: 1134, vocabulary: 296, ties: true }),
    lossCase("4096×296", { rows: 4096, vocabulary: 296 }),
    lossCase("33×296, logits of 100", { rows: 33, vocabulary: 296, scale: 100 }),
    lossCase("33×296, strided by 4", { rows: 33, vocabulary: 290, width: 296, margin: 4 }),
    lossCase("33×61, strided by 3", { rows: 33, vocabulary: 61, margin: 3 }),
    lossCase("17×1500", { rows: 17, vocabulary: 1499, width: 1500 }),
    lossCase("3×50280", { rows: 3, vocabulary: 50277, width: 50280 }),
    lossCase("2×5001", { rows: 2, vocabulary: 5001 }),
    lossCase("70×296, all ignored", { rows: 70, vocabulary: 296, ignored: true }),
    linearCase("33×12×61 of 64, at once", { rows: 33, dim: 12, vocabulary: 61, width: 64 }),
    linearCase("300×5×61, in spans of 128 rows", {
      rows: 300,
      dim: 5,
      vocabulary: 61,
      logitBytes: 4 * 61 * 140,
    }),
    linearCase("37×12×999 of 1003, in chunks of 512 columns", {
      rows: 37,
      dim: 12,
      vocabulary: 999,
      width: 1003,
      logitBytes: 4 * 37 * 600,
    }),
    linearCase("200×36×1300 of 1304, in spans and chunks", {
      rows: 200,
      dim: 36,
      vocabulary: 1300,
      width: 1304,
      logitBytes: 4 * 128 * 512,
    }),
    linearCase("1×8×513 of 520, a chunk of one column that counts", {
      rows: 1,
      dim: 8,
      vocabulary: 513,
      width: 520,
      logitBytes: 4,
    }),
    linearCase("70×4×800, ties between chunks, in spans of 64 rows", {
      rows: 70,
      dim: 4,
      vocabulary: 800,
      ties: true,
      logitBytes: 4,
    }),
    linearCase("70×12×800, all ignored, in chunks", {
      rows: 70,
      dim: 12,
      vocabulary: 800,
      ignored: true,
      logitBytes: 4,
    }),
  ],
};
