/**
 * Times of the selective scan at the tiny model's size.
 *
 * @module
 */
import type { Gpu } from "../../src/gpu/gpu.ts";
import { type BenchRow, measureAll } from "../bench.ts";
import { randomTensor } from "../case.ts";
import { selectiveScan, selectiveScanBackward } from "./mod.ts";

/** Forward and backward as Mamba runs them: 16 × 256 tokens, 128 channels of 16 states. */
export function bench(gpu: Gpu): Promise<BenchRow[]> {
  return measureAll(gpu, () => {
    const [batch, length, dim, state] = [16, 256, 128, 16];
    const upload = (name: string, shape: number[], scale = 1) =>
      gpu.upload(randomTensor(`bench/scan/${name}`, shape, scale).data, shape);
    const series = (name: string) => upload(name, [batch, length, dim]);
    const inputs = {
      u: series("u"),
      delta: series("delta"),
      A: upload("A", [dim, state], 0.5),
      B: upload("B", [batch, length, state]),
      C: upload("C", [batch, length, state]),
      D: upload("D", [dim]),
      z: series("z"),
      deltaBias: upload("deltaBias", [dim]),
    };
    const dOut = series("dOut");
    const options = { deltaSoftplus: true, timeMajor: true, logA: true };
    const forward = (saved: boolean) => selectiveScan(gpu, inputs, options, { saved });
    const saved = forward(true).saved!;
    const one = 4 * batch * length * dim;
    const shared = 4 * batch * length * 2 * state;
    const works: readonly [string, number, () => void][] = [
      ["forward", 4 * one + shared, () => forward(false)],
      ["forward, states kept", 4 * one + shared + 4 * saved.states.size, () => forward(true)],
      [
        "backward",
        7 * one + 2 * shared + 4 * saved.states.size,
        () => selectiveScanBackward(gpu, inputs, options, saved, { dOut }),
      ],
    ];
    return works.map(([direction, amount, run]) => ({
      operation: `selectiveScan ${direction}`,
      shape: `${batch}×${length}×${dim}, ${state} states`,
      amount,
      unit: "GB/s",
      run,
    }));
  });
}
