/**
 * Times of the gather of rows and its backward at the tiny model's shapes.
 *
 * @module
 */
import type { Gpu } from "../../src/gpu/gpu.ts";
import { type BenchRow, type BenchWork, measureAll } from "../bench.ts";
import { randomIntegers, randomTensor } from "../case.ts";
import { embedding, embeddingBackward, makeRowIndex } from "./mod.ts";

/** Times the embedding of 16 × 256 tokens and the selection of 300 labelled ones, both ways. */
export function bench(gpu: Gpu): Promise<BenchRow[]> {
  return measureAll(gpu, () => [...works(gpu, 4096, 296, 64), ...works(gpu, 300, 4096, 64)]);
}

function works(gpu: Gpu, count: number, rows: number, columns: number): BenchWork[] {
  const ids = randomIntegers("bench/ids", [count], rows).data as Int32Array<ArrayBuffer>;
  const onGpu = gpu.upload(ids);
  const index = makeRowIndex(gpu, ids, rows);
  const upload = (seed: string, shape: readonly number[]) =>
    gpu.upload(randomTensor(seed, shape).data, shape);
  const table = upload("bench/table", [rows, columns]);
  const dOut = upload("bench/dOut", [count, columns]);
  const shape = `${count} ids, table ${rows}×${columns}`;
  const unit = "GB/s";
  return [
    {
      operation: "embedding",
      shape,
      amount: 4 * count * (2 * columns + 1),
      unit,
      run: () => embedding(gpu, table, onGpu),
    },
    {
      operation: "embedding backward",
      shape,
      amount: 4 * (count * (columns + 1) + rows * (columns + 1)),
      unit,
      alongside: count * columns,
      run: () => embeddingBackward(gpu, dOut, index),
    },
  ];
}
