/**
 * Times of the selective scan at the tiny model's size.
 *
 * @module
 */
import type { GpuArray } from "../../src/gpu/array.ts";
import type { Gpu } from "../../src/gpu/gpu.ts";
import { type BenchRow, measureAll } from "../bench.ts";
import { randomTensor } from "../case.ts";
import type { Tuning } from "../variants.ts";
import { selectiveScan, type SelectiveScanArguments, selectiveScanBackward } from "./mod.ts";
import { classOf, scanVariants } from "./variants.ts";

type Shape = readonly [batch: number, length: number, dim: number, state: number];
const SMALL: Shape = [16, 256, 128, 16];
const OPTIONS = { deltaSoftplus: true, timeMajor: true, logA: true };

const named = ([batch, length, dim, state]: Shape): string =>
  `${batch}×${length}×${dim}, ${state} states`;

function operands(
  gpu: Gpu,
  [batch, length, dim, state]: Shape,
): { inputs: SelectiveScanArguments; dOut: GpuArray } {
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
  return { inputs, dOut: series("dOut") };
}

/** What a trial times: both directions, of one long sequence and of many short ones. */
export const tuning: readonly Tuning[] = [{
  set: scanVariants,
  trials: ([[1, 2048, 256, 16], [64, 256, 128, 16]] as const).map((shape) => ({
    shapeClass: classOf(shape[0] * shape[2]),
    shape: named(shape),
    prepare: (gpu) => {
      const { inputs, dOut } = operands(gpu, shape);
      return () => {
        const { saved } = selectiveScan(gpu, inputs, OPTIONS, { saved: true });
        selectiveScanBackward(gpu, inputs, OPTIONS, saved!, { dOut });
      };
    },
  })),
}];

/** Forward and backward as Mamba runs them: 16 × 256 tokens, 128 channels of 16 states. */
export function bench(gpu: Gpu): Promise<BenchRow[]> {
  return measureAll(gpu, () => {
    const [batch, length, dim, state] = SMALL;
    const { inputs, dOut } = operands(gpu, SMALL);
    const forward = (saved: boolean) => selectiveScan(gpu, inputs, OPTIONS, { saved });
    const saved = forward(true).saved!;
    const one = 4 * batch * length * dim;
    const shared = 4 * batch * length * 2 * state;
    // Operations a state and step by the equations: 7 forward, and 12 more to go back over them.
    const each = batch * length * dim * state;
    const works: readonly [string, number, number, () => void][] = [
      ["forward", 4 * one + shared, 7 * each, () => forward(false)],
      [
        "forward, states kept",
        4 * one + shared + 4 * saved.states.size,
        7 * each,
        () => forward(true),
      ],
      [
        "backward",
        7 * one + 2 * shared + 4 * saved.states.size,
        19 * each,
        () => selectiveScanBackward(gpu, inputs, OPTIONS, saved, { dOut }),
      ],
    ];
    return works.map(([direction, amount, alongside, run]) => ({
      operation: `selectiveScan ${direction}`,
      shape: named(SMALL),
      amount,
      unit: "GB/s",
      alongside,
      run,
    }));
  });
}
