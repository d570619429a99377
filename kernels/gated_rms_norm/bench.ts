/**
 * Times of the gated norm at a tiny Mamba-2's size.
 *
 * @module
 */
import type { Gpu } from "../../src/gpu/gpu.ts";
import { type BenchRow, measureAll } from "../bench.ts";
import { randomTensor } from "../case.ts";
import { gatedRmsNorm, gatedRmsNormBackward } from "./mod.ts";

/** Forward and backward of 4,096 rows of 128 channels. */
export function bench(gpu: Gpu): Promise<BenchRow[]> {
  return measureAll(gpu, () => {
    const [rows, dim] = [4096, 128];
    const upload = (name: string, shape: number[]) =>
      gpu.upload(randomTensor(`bench/gated/${name}`, shape).data, shape);
    const [x, z, dOut] = ["x", "z", "dOut"].map((name) => upload(name, [rows, dim]));
    const args = { x, z, weight: upload("weight", [dim]), groups: 1, epsilon: 1e-5 };
    const { inverseRms } = gatedRmsNorm(gpu, args);
    const one = 4 * rows * dim;
    const works: readonly [string, number, () => void][] = [
      ["forward", 3 * one, () => gatedRmsNorm(gpu, args)],
      ["backward", 5 * one, () => gatedRmsNormBackward(gpu, args, inverseRms, { dOut })],
    ];
    return works.map(([direction, amount, run]) => ({
      operation: `gatedRmsNorm ${direction}`,
      shape: `${rows}×${dim}`,
      amount,
      unit: "GB/s",
      run,
    }));
  });
}
