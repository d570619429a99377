import { assert, assertEquals } from "@std/assert";
import { matmul, packTransposed } from "../../kernels/matmul/mod.ts";
import { uniformWords } from "../../kernels/uniform.ts";
import { Rng } from "../../src/base/rng.ts";
import type { GpuArray } from "../../src/gpu/array.ts";
import { countDispatches, withGpu } from "../gpu/with_gpu.ts";

const [ROWS, DEPTH] = [33, 64];
const numbers = (count: number, seed: string): Float32Array<ArrayBuffer> => {
  const rng = new Rng(seed);
  return Float32Array.from({ length: count }, () => rng.uniform() - 0.5);
};

/** Fails where a product of a row of A with a row of the weight is off. */
function assertProduct(found: Float32Array, a: Float32Array, w: Float32Array, columns: number) {
  found.forEach((value, at) => {
    const [row, column] = [Math.floor(at / columns), at % columns];
    let sum = 0;
    for (let k = 0; k < DEPTH; k++) sum += a[row * DEPTH + k] * w[column * DEPTH + k];
    assert(Math.abs(value - sum) <= 1e-5, `${value} and ${sum} at ${row}, ${column}`);
  });
}

Deno.test("a small weight is bound as a uniform, a larger one as storage, and either is right", () =>
  withGpu(async (gpu) => {
    const most = gpu.device.limits.maxUniformBufferBindingSize;
    const gathers = gpu.facts.kind === "cpu" && gpu.subgroupSize > 0;
    const a = numbers(ROWS * DEPTH, "uniform/a");
    const A = gpu.upload(a, [ROWS, DEPTH]);
    const fits = most / 4 / DEPTH;
    for (const columns of [fits, 2 * fits]) {
      const w = numbers(columns * DEPTH, `uniform/${columns}`);
      const b = packTransposed(gpu, gpu.upload(w, [columns, DEPTH]));
      assertEquals(uniformWords(gpu, b.array), gathers && columns === fits ? most / 16 : 0);
      assertProduct(await gpu.readFloats(matmul(gpu, { a: A, b })), a, w, columns);
    }
  }));

Deno.test("a weight within the flat parameters is bound as a uniform where it begins anywhere", () =>
  withGpu(async (gpu) => {
    const columns = 96;
    const flat = numbers(1000 + columns * DEPTH, "uniform/flat");
    const all = gpu.upload(flat);
    const d = gpu.upload(numbers(ROWS * columns, "uniform/d"), [ROWS, columns]);
    const gathers = gpu.facts.kind === "cpu" && gpu.subgroupSize > 0;
    for (const offset of [4, 68, 256]) {
      const w: GpuArray = all.part(offset, offset + columns * DEPTH).reshape([columns, DEPTH]);
      assertEquals(uniformWords(gpu, w) > 0, gathers);
      const copy = gpu.empty([columns, DEPTH]);
      gpu.write(copy, flat.slice(offset, offset + columns * DEPTH));
      const labels = countDispatches(gpu);
      const [view, dense] = [w, copy].map((b) => matmul(gpu, { a: d, b }));
      assertEquals(labels().length, 2);
      assertEquals(await gpu.readFloats(view), await gpu.readFloats(dense));
    }
  }));
