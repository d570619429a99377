/**
 * Times of the causal convolution at the tiny model's size.
 *
 * @module
 */
import type { GpuArray } from "../../src/gpu/array.ts";
import type { Gpu } from "../../src/gpu/gpu.ts";
import { type BenchRow, measureAll } from "../bench.ts";
import { randomTensor } from "../case.ts";
import type { Tuning } from "../variants.ts";
import { conv1d, type Conv1dArguments, conv1dBackward } from "./mod.ts";
import { PIECE_CLASS, pieceVariants } from "./variants.ts";

const [batch, length, dim, width] = [16, 256, 128, 4];
const SHAPE = `${batch}×${length}×${dim}, ${width} taps`;

function operands(gpu: Gpu): { args: Conv1dArguments; dOut: GpuArray } {
  const upload = (name: string, shape: number[]) =>
    gpu.upload(randomTensor(`bench/conv1d/${name}`, shape).data, shape);
  const args = {
    x: upload("x", [batch, length, 2 * dim]).slice(0, dim),
    weight: upload("weight", [dim, 1, width]),
    bias: upload("bias", [dim]),
  };
  return { args, dOut: upload("dOut", [batch, length, dim]) };
}

/** What a trial times: both directions. */
export const tuning: readonly Tuning[] = [{
  set: pieceVariants,
  trials: [{
    shapeClass: PIECE_CLASS,
    shape: SHAPE,
    prepare: (gpu) => {
      const { args, dOut } = operands(gpu);
      return () => {
        conv1d(gpu, args, { lastState: false });
        conv1dBackward(gpu, args, dOut, {});
      };
    },
  }],
}];

/** Forward and backward of 16 × 256 tokens of 128 channels, x half the columns of a projection. */
export function bench(gpu: Gpu): Promise<BenchRow[]> {
  return measureAll(gpu, () => {
    const { args, dOut } = operands(gpu);
    const elements = batch * length * dim;
    const bytes = 4 * elements;
    const shape = SHAPE;
    return [
      {
        operation: "conv1d forward",
        shape,
        amount: 2 * bytes,
        unit: "GB/s",
        alongside: elements * (2 * width + 4),
        run: () => conv1d(gpu, args, { lastState: false }),
      },
      {
        operation: "conv1d backward",
        shape,
        amount: 3 * bytes,
        unit: "GB/s",
        alongside: elements * (6 * width + 9),
        run: () => conv1dBackward(gpu, args, dOut, {}),
      },
    ];
  });
}
