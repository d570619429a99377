/**
 * Times of RMS normalisation at the tiny model's size.
 *
 * @module
 */
import type { Gpu } from "../../src/gpu/gpu.ts";
import { type BenchRow, measureAll } from "../bench.ts";
import { randomTensor } from "../case.ts";
import { rmsNorm, rmsNormBackward } from "./mod.ts";

/** Forward with residual and whole backward of 4,096 tokens of 64 features. */
export function bench(gpu: Gpu): Promise<BenchRow[]> {
  return measureAll(gpu, () => {
    const [rows, dim, epsilon] = [4096, 64, 1e-5];
    const upload = (name: string, shape: number[]) =>
      gpu.upload(randomTensor(`bench/rms_norm/${name}`, shape).data, shape);
    const [x, residual, dOut, dSum] = ["x", "residual", "dOut", "dSum"].map((name) =>
      upload(name, [rows, dim])
    );
    const weight = upload("weight", [dim]);
    const forward = rmsNorm(gpu, { x, residual, weight, epsilon });
    const saved = { sum: forward.sum, inverseRms: forward.inverseRms };
    const bytes = 4 * rows * dim;
    const shape = `${rows}×${dim}`;
    return [
      {
        operation: "rmsNorm forward with residual",
        shape,
        amount: 4 * bytes,
        unit: "GB/s",
        alongside: 5 * rows * dim,
        run: () => rmsNorm(gpu, { x, residual, weight, epsilon }),
      },
      {
        operation: "rmsNorm backward with weight",
        shape,
        amount: 4 * bytes,
        unit: "GB/s",
        alongside: 10 * rows * dim,
        run: () => rmsNormBackward(gpu, { ...saved, weight, dOut, dSum }),
      },
    ];
  });
}
