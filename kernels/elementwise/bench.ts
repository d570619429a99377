/**
 * Times of the operations on single elements at the tiny model's size.
 *
 * @module
 */
import type { Gpu } from "../../src/gpu/gpu.ts";
import { type BenchRow, measureAll } from "../bench.ts";
import { randomTensor } from "../case.ts";
import { add, scaleInPlace, siluGate, siluGateBackward, softplus, sumRows } from "./mod.ts";

/** 4,096 tokens of 128 channels. */
export function bench(gpu: Gpu): Promise<BenchRow[]> {
  return measureAll(gpu, () => {
    const [rows, columns] = [4096, 128];
    const [a, b, c] = ["a", "b", "c"].map((name) => {
      const { data } = randomTensor(`bench/elementwise/${name}`, [rows, columns]);
      return gpu.upload(data, [rows, columns]);
    });
    const works: readonly [string, arrays: number, operations: number, () => void][] = [
      ["add", 3, 1, () => add(gpu, a, b)],
      ["siluGate forward", 3, 5, () => siluGate(gpu, a, b)],
      ["siluGate backward", 5, 11, () => siluGateBackward(gpu, a, b, c)],
      ["softplus forward", 2, 4, () => softplus(gpu, a)],
      ["scaleInPlace", 2, 1, () => scaleInPlace(gpu, c, 1)],
      ["sumRows", 1, 1, () => sumRows(gpu, a)],
    ];
    return works.map(([operation, arrays, operations, run]) => ({
      operation,
      shape: `${rows}×${columns}`,
      amount: 4 * rows * columns * arrays,
      unit: "GB/s",
      alongside: rows * columns * operations,
      run,
    }));
  });
}
