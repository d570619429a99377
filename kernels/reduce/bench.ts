/**
 * Times of the sum over partial results at the tiny model's size.
 *
 * @module
 */
import type { Gpu } from "../../src/gpu/gpu.ts";
import { type BenchRow, measureAll } from "../bench.ts";
import { randomTensor } from "../case.ts";
import { DeferredSums } from "./deferred.ts";
import { reducePartials, roomForPartials } from "./mod.ts";
import { GpuArray } from "../../src/gpu/array.ts";

/** Small sums that wait for each other. */
const SMALL = { pieces: 12, size: 1024 };

/** Partial weight gradients of a projection from 64 to 256 features. */
export function bench(gpu: Gpu): Promise<BenchRow[]> {
  return measureAll(gpu, () => {
    const [count, rows, columns] = [16, 256, 64];
    const { data } = randomTensor("bench/reduce", [count, rows, columns]);
    const partials = gpu.upload(data, [count, rows, columns]);
    const array = gpu.empty([rows, columns]);
    const together = (sums: DeferredSums) => {
      for (let i = 0; i < SMALL.pieces; i++) {
        const place = new GpuArray(array.pooled, [SMALL.size], "f32", i * SMALL.size);
        const target = { array: place, accumulate: false, sums };
        const room = roomForPartials(gpu, target, [count, SMALL.size]);
        reducePartials(gpu, room, target);
        gpu.release(room);
      }
      sums.flush();
    };
    return [{
      operation: "reducePartials",
      shape: `${count} of ${rows}×${columns}`,
      amount: 4 * (count + 1) * rows * columns,
      unit: "GB/s",
      alongside: count * rows * columns,
      run: () => reducePartials(gpu, partials, { array, accumulate: false }),
    }, {
      operation: "reducePartials together",
      shape: `${SMALL.pieces} × ${count} of ${SMALL.size}`,
      amount: 4 * (count + 1) * SMALL.pieces * SMALL.size,
      unit: "GB/s",
      run: () => together(new DeferredSums(gpu)),
    }];
  });
}
