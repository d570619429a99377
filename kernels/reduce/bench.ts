/**
 * Times of the sum over partial results at the tiny model's size.
 *
 * @module
 */
import type { Gpu } from "../../src/gpu/gpu.ts";
import { type BenchRow, measureAll } from "../bench.ts";
import { randomTensor } from "../case.ts";
import { reducePartials } from "./mod.ts";

/** Partial weight gradients of a projection from 64 to 256 features. */
export function bench(gpu: Gpu): Promise<BenchRow[]> {
  return measureAll(gpu, () => {
    const [count, rows, columns] = [16, 256, 64];
    const { data } = randomTensor("bench/reduce", [count, rows, columns]);
    const partials = gpu.upload(data, [count, rows, columns]);
    const array = gpu.empty([rows, columns]);
    return [{
      operation: "reducePartials",
      shape: `${count} of ${rows}×${columns}`,
      amount: 4 * (count + 1) * rows * columns,
      unit: "GB/s",
      alongside: count * rows * columns,
      run: () => reducePartials(gpu, partials, { array, accumulate: false }),
    }];
  });
}
