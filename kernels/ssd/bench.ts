/**
 * Times of SSD at a tiny Mamba-2's size, and at that of mamba2-130m.
 *
 * @module
 */
import type { Gpu } from "../../src/gpu/gpu.ts";
import { type BenchRow, type BenchWork, measureAll } from "../bench.ts";
import { randomTensor } from "../case.ts";
import { ssd, ssdBackward } from "./mod.ts";

/** `[batch, length, heads, headDim, state]`. */
const SHAPES = [[16, 256, 4, 32, 16], [1, 1024, 24, 64, 128]] as const;

/** Forward and backward with one group, as upstream's models have them. */
export function bench(gpu: Gpu): Promise<BenchRow[]> {
  return measureAll(gpu, () => SHAPES.flatMap((shape) => worksOf(gpu, shape)));
}

function worksOf(
  gpu: Gpu,
  [batch, length, heads, headDim, state]: typeof SHAPES[number],
): BenchWork[] {
  const upload = (name: string, shape: number[]) =>
    gpu.upload(randomTensor(`bench/ssd/${name}`, shape).data, shape);
  const inner = heads * headDim;
  const inputs = {
    x: upload("x", [batch, length, inner]),
    dt: upload("dt", [batch, length, heads]),
    dtBias: upload("dtBias", [heads]),
    ALog: upload("ALog", [heads]),
    B: upload("B", [batch, length, state]),
    C: upload("C", [batch, length, state]),
    D: upload("D", [heads]),
  };
  const dOut = upload("dOut", [batch, length, inner]);
  const options = { groups: 1 };
  const saved = ssd(gpu, inputs, options, { saved: true }).saved!;
  // What the recurrence needs: for every state a decay, a product with B and one with C; going back
  // the states again, and as much for their gradients and those of B and C.
  const products = 2 * batch * length * inner * state;
  const works: readonly [string, number, () => void][] = [
    ["forward", 3 * products, () => ssd(gpu, inputs, options)],
    ["backward", 9 * products, () => ssdBackward(gpu, inputs, options, saved, { dOut })],
  ];
  return works.map(([direction, amount, run]) => ({
    operation: `ssd ${direction}`,
    shape: `${batch}×${length}×${heads}×${headDim}, ${state} states`,
    amount,
    unit: "GFLOP/s",
    run,
  }));
}
