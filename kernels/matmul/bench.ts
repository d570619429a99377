/**
 * Times of the matrix products at the tiny model's sizes.
 *
 * @module
 */
import type { GpuArray } from "../../src/gpu/array.ts";
import type { Gpu } from "../../src/gpu/gpu.ts";
import { type BenchRow, type BenchWork, measureAll } from "../bench.ts";
import { randomTensor } from "../case.ts";
import type { Tuning, VariantTrial } from "../variants.ts";
import { matmul, matmulTransposeA, packTransposed } from "./mod.ts";
import { productClass, productVariants, TRANSPOSED_CLASS, transposedVariants } from "./variants.ts";

/** The tiny model's linear layers by inputs and outputs, and a large square. */
const SHAPES: readonly (readonly [rows: number, inputs: number, outputs: number])[] = [
  [4096, 64, 256],
  [4096, 128, 64],
  [4096, 128, 36],
  [4096, 4, 128],
  [4096, 64, 296],
  [512, 512, 512],
];

/** Forward (packing apart), input gradient and weight gradient of each linear layer. */
export function bench(gpu: Gpu): Promise<BenchRow[]> {
  return measureAll(gpu, () => SHAPES.flatMap((shape) => linear(gpu, shape)));
}

/** The forward with W in f16, where the adapter can. */
function forwardHalf(gpu: Gpu, a: GpuArray, w: GpuArray): [string, () => void][] {
  if (!gpu.f16) return [];
  const b = packTransposed(gpu, w, "f16");
  return [["forward f16", () => matmul(gpu, { a, b })]];
}

function productTrial(rows: number, depth: number, columns: number): VariantTrial {
  return {
    shapeClass: productClass(rows),
    shape: `${rows}×${depth}×${columns}`,
    prepare: (gpu) => {
      const a = gpu.upload(randomTensor("trial/matmul/a", [rows, depth]).data, [rows, depth]);
      const w = gpu.upload(randomTensor("trial/matmul/w", [columns, depth]).data, [columns, depth]);
      const b = packTransposed(gpu, w);
      return () => matmul(gpu, { a, b });
    },
  };
}

function transposedTrial(rows: number, m: number, n: number): VariantTrial {
  return {
    shapeClass: TRANSPOSED_CLASS,
    shape: `(${rows}×${m})ᵀ·${rows}×${n}`,
    prepare: (gpu) => {
      const a = gpu.upload(randomTensor("trial/matmul/dY", [rows, m]).data, [rows, m]);
      const b = gpu.upload(randomTensor("trial/matmul/x", [rows, n]).data, [rows, n]);
      return () => matmulTransposeA(gpu, a, b);
    },
  };
}

/** What a trial times: products of one token and of many, and a weight's gradient. */
export const tuning: readonly Tuning[] = [
  { set: productVariants, trials: [productTrial(4, 512, 2048), productTrial(2048, 256, 512)] },
  { set: transposedVariants, trials: [transposedTrial(2048, 512, 256)] },
];

function linear(gpu: Gpu, [rows, inputs, outputs]: (typeof SHAPES)[number]): BenchWork[] {
  const upload = (name: string, shape: number[]) =>
    gpu.upload(randomTensor(`bench/matmul/${name}`, shape).data, shape);
  const x = upload("x", [rows, inputs]);
  const w = upload("w", [outputs, inputs]);
  const dOut = upload("dOut", [rows, outputs]);
  const packed = packTransposed(gpu, w);
  const works: readonly [string, () => void][] = [
    ["forward", () => matmul(gpu, { a: x, b: packed })],
    ...forwardHalf(gpu, x, w),
    ["dX", () => matmul(gpu, { a: dOut, b: w })],
    ["dW", () => matmulTransposeA(gpu, dOut, x)],
  ];
  return works.map(([direction, run]) => ({
    operation: `matmul ${direction}`,
    shape: `${rows}×${inputs}×${outputs}`,
    amount: 2 * rows * inputs * outputs,
    unit: "GFLOP/s",
    alongside: 4 * (rows * inputs + inputs * outputs + rows * outputs),
    run,
  }));
}
