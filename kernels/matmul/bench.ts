/**
 * Times of the matrix products at the tiny model's sizes.
 *
 * @module
 */
import type { Gpu } from "../../src/gpu/gpu.ts";
import { type BenchRow, type BenchWork, measureAll } from "../bench.ts";
import { randomTensor } from "../case.ts";
import { matmul, matmulTransposeA, packTransposed } from "./mod.ts";

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

function linear(gpu: Gpu, [rows, inputs, outputs]: (typeof SHAPES)[number]): BenchWork[] {
  const upload = (name: string, shape: number[]) =>
    gpu.upload(randomTensor(`bench/matmul/${name}`, shape).data, shape);
  const x = upload("x", [rows, inputs]);
  const w = upload("w", [outputs, inputs]);
  const dOut = upload("dOut", [rows, outputs]);
  const packed = packTransposed(gpu, w);
  const works: readonly [string, () => void][] = [
    ["forward", () => matmul(gpu, { a: x, b: packed })],
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
