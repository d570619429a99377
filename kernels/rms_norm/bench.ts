/**
 * Times of RMS normalisation at the tiny model's size.
 *
 * @module
 */
import type { Gpu } from "../../src/gpu/gpu.ts";
import { type BenchRow, measureAll } from "../bench.ts";
import { randomTensor } from "../case.ts";
import type { Tuning, VariantTrial } from "../variants.ts";
import { rmsNorm, rmsNormBackward } from "./mod.ts";
import { rowClass, rowVariants } from "./variants.ts";

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

function trial(rows: number, dim: number): VariantTrial {
  return {
    shapeClass: rowClass(dim),
    shape: `${rows}×${dim}`,
    prepare: (gpu) => {
      const upload = (name: string, shape: number[]) =>
        gpu.upload(randomTensor(`trial/rms_norm/${name}`, shape).data, shape);
      const [x, residual, dOut] = ["x", "residual", "dOut"].map((name) =>
        upload(name, [rows, dim])
      );
      const weight = upload("weight", [dim]);
      return () => {
        const forward = rmsNorm(gpu, { x, residual, weight, epsilon: 1e-5 });
        rmsNormBackward(gpu, { ...forward, weight, dOut });
      };
    },
  };
}

/** What a trial times: both directions, over narrow and over wide rows. */
export const tuning: readonly Tuning[] = [
  { set: rowVariants, trials: [trial(4096, 64), trial(1024, 768)] },
];
