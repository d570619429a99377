import { assert, assertEquals } from "@std/assert";
import { randomTensor } from "../../kernels/case.ts";
import { DeferredSums } from "../../kernels/reduce/deferred.ts";
import { reduceEach, reducePartials, roomForPartials } from "../../kernels/reduce/mod.ts";
import { emptyTogether, MAX_ROWS } from "../../kernels/table.ts";
import { GpuArray } from "../../src/gpu/array.ts";
import type { Gpu } from "../../src/gpu/gpu.ts";
import { countDispatches, withGpu } from "../gpu/with_gpu.ts";

const upload = (gpu: Gpu, name: string, shape: readonly number[]) =>
  gpu.upload(randomTensor(`test/reduce/${name}`, shape).data, shape);

/** Asks for a sum of these numbers. */
function ask(gpu: Gpu, given: GpuArray, target: GpuArray, sums: DeferredSums | undefined): void {
  const into = { array: target, accumulate: false, sums };
  const room = roomForPartials(gpu, into, given.shape);
  gpu.copy(given, room);
  reducePartials(gpu, room, into);
  gpu.release(room);
}

Deno.test("sums that wait have the bits of those taken at once", () =>
  withGpu(async (gpu) => {
    const live = gpu.pool.live;
    gpu.openScope();
    const shapes = [[33, 64], [5, 7], [1], [12, 1, 4]];
    const given = shapes.map((shape, i) => upload(gpu, `bits/${i}`, [8 + i, ...shape]));
    const found: number[][] = [];
    for (const sums of [undefined, new DeferredSums(gpu)]) {
      const home = gpu.zeros([4096]);
      const count = countDispatches(gpu);
      given.forEach((partials, i) =>
        ask(gpu, partials, new GpuArray(home.pooled, shapes[i], "f32", i && 2112 + 64 * i), sums)
      );
      sums?.flush();
      // One for those in vectors of four, one for the others.
      assertEquals(count().length, sums ? 2 : shapes.length);
      found.push([...await gpu.readFloats(home)]);
    }
    assertEquals(found[1], found[0]);
    gpu.closeScope();
    assertEquals(gpu.pool.live, live);
  }));

Deno.test("a full arena and a full table are emptied, and rooms still open keep their numbers", () =>
  withGpu(async (gpu) => {
    const live = gpu.pool.live;
    gpu.openScope();
    const home = gpu.zeros([64 * (MAX_ROWS + 20)]);
    const sums = new DeferredSums(gpu);
    const ones = gpu.upload(new Float32Array(3 * 64).fill(1), [3, 64]);
    const target = (i: number) => new GpuArray(home.pooled, [64], "f32", 64 * i);
    const count = countDispatches(gpu);
    for (let i = 0; i < MAX_ROWS + 10; i++) ask(gpu, ones, target(i), sums);
    assertEquals(count().length, 1, "the table is full once");
    const into = { array: target(MAX_ROWS + 10), accumulate: false, sums };
    const open = roomForPartials(gpu, into, [3, 64]);
    gpu.copy(ones, open);
    const half = gpu.upload(new Float32Array(home.size * 8).fill(1), [home.size * 8 / 64, 64]);
    for (let i = 11; i < 14; i++) ask(gpu, half, target(MAX_ROWS + i), sums);
    reducePartials(gpu, open, into);
    gpu.release(open);
    sums.flush();
    const found = [...await gpu.readFloats(home)];
    const means = Array.from(
      { length: MAX_ROWS + 20 },
      (_, i) => found.slice(64 * i, 64 * i + 64).reduce((sum, x) => sum + x, 0) / 64,
    );
    const filled = means.slice(0, MAX_ROWS + 14);
    assertEquals(
      filled,
      filled.map((_, i) => i <= MAX_ROWS + 10 ? 3 : home.size * 8 / 64),
    );
    assertEquals(means.slice(MAX_ROWS + 14), new Array(6).fill(0));
    gpu.closeScope();
    assertEquals(gpu.pool.live, live);
  }));

Deno.test("sums into two buffers, and partial results too large to wait", () =>
  withGpu(async (gpu) => {
    const live = gpu.pool.live;
    gpu.openScope();
    const [a, b] = [gpu.zeros([64]), gpu.zeros([64])];
    const sums = new DeferredSums(gpu);
    const ones = gpu.upload(new Float32Array(2 * 64).fill(1), [2, 64]);
    ask(gpu, ones, a, sums);
    ask(gpu, ones, b, sums);
    assert(sums.waitsFor(b) && !sums.waitsFor(a));
    const many = gpu.upload(new Float32Array(1000 * 64).fill(1), [1000, 64]);
    ask(gpu, many, a, sums);
    assert(!sums.waitsFor(a));
    sums.flush();
    const [first, second] = await gpu.read(a, b);
    assertEquals([first[63], second[63]], [1000, 2]);
    ask(gpu, ones, a, sums);
    sums.release();
    gpu.closeScope();
    assertEquals(gpu.pool.live, live);
  }));

Deno.test("a second sum into a target that waits is taken after the first", () =>
  withGpu(async (gpu) => {
    const live = gpu.pool.live;
    gpu.openScope();
    const sums = new DeferredSums(gpu);
    const array = gpu.upload(new Float32Array(512).fill(100));
    [false, true].forEach((accumulate, i) => {
      const into = { array, accumulate, sums };
      const room = roomForPartials(gpu, into, [3, 512]);
      gpu.copy(gpu.upload(new Float32Array(3 * 512).fill(i + 1), [3, 512]), room);
      reducePartials(gpu, room, into);
      gpu.release(room);
    });
    sums.flush();
    assertEquals([...await gpu.readFloats(array)], new Array(512).fill(9));
    gpu.closeScope();
    assertEquals(gpu.pool.live, live);
  }));

Deno.test("sums into one buffer are one dispatch; into the same elements, one after another", () =>
  withGpu(async (gpu) => {
    const live = gpu.pool.live;
    gpu.openScope();
    const partials = gpu.upload(Float32Array.from({ length: 3 * 12 }, (_, i) => i), [3, 12]);
    const [a, b] = emptyTogether(gpu, [[8], [4]]);
    const sums = (into: readonly GpuArray[], accumulate: boolean) =>
      into.map((array, i) => ({
        partials: partials.slice(i * 8, i * 8 + array.size),
        target: { array, accumulate },
      }));
    const apart = countDispatches(gpu);
    reduceEach(gpu, sums([a, b], false));
    assertEquals(apart().length, 1);
    const column = (i: number) => i + (12 + i) + (24 + i);
    assertEquals([...await gpu.readFloats(a)], [0, 1, 2, 3, 4, 5, 6, 7].map(column));
    assertEquals([...await gpu.readFloats(b)], [8, 9, 10, 11].map(column));
    const overlapping = [a, new GpuArray(a.pooled, [4], "f32", a.offset)];
    const over = countDispatches(gpu);
    reduceEach(gpu, sums(overlapping, true));
    assertEquals(over().length, 2);
    assertEquals(
      [...await gpu.readFloats(a)],
      [0, 1, 2, 3, 4, 5, 6, 7].map((i) => 2 * column(i) + (i < 4 ? column(8 + i) : 0)),
    );
    gpu.release(a);
    assertEquals([...await gpu.readFloats(b)], [8, 9, 10, 11].map(column));
    gpu.closeScope();
    assertEquals(gpu.pool.live, live);
  }));
