/**
 * Times of the causal convolution at the tiny model's size.
 *
 * @module
 */
import type { Gpu } from "../../src/gpu/gpu.ts";
import { type BenchRow, measureAll } from "../bench.ts";
import { randomTensor } from "../case.ts";
import { conv1d, conv1dBackward } from "./mod.ts";

/** Forward and backward of 16 × 256 tokens of 128 channels, x half the columns of a projection. */
export function bench(gpu: Gpu): Promise<BenchRow[]> {
  return measureAll(gpu, () => {
    const [batch, length, dim, width] = [16, 256, 128, 4];
    const upload = (name: string, shape: number[]) =>
      gpu.upload(randomTensor(`bench/conv1d/${name}`, shape).data, shape);
    const args = {
      x: upload("x", [batch, length, 2 * dim]).slice(0, dim),
      weight: upload("weight", [dim, 1, width]),
      bias: upload("bias", [dim]),
    };
    const dOut = upload("dOut", [batch, length, dim]);
    const elements = batch * length * dim;
    const bytes = 4 * elements;
    const shape = `${batch}×${length}×${dim}, ${width} taps`;
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
