import { assert, assertEquals } from "@std/assert";
import { Rng } from "../../src/base/rng.ts";
import { GpuArray } from "../../src/gpu/array.ts";
import { Gpu } from "../../src/gpu/gpu.ts";
import type { Mamba } from "../../src/models/mamba/mod.ts";
import { backwardOf, gradientsOf, lossOf, tinyNet } from "./loss.ts";

/** Elements of each parameter that are moved. */
const ELEMENTS = 3;

/** Change of the loss with one number of a parameter: a central difference of fourth order. */
async function slopeAt(
  model: Mamba,
  name: string,
  element: number,
  value: number,
): Promise<number> {
  const { array } = model.parameters.get(name);
  const place = new GpuArray(array.pooled, [1], "f32", array.offset + element);
  const lossAt = async (moved: number) => {
    model.gpu.write(place, Float32Array.of(moved));
    model.parameters.changed();
    return { at: Math.fround(moved), loss: await lossOf(model) };
  };
  const step = 0.06 * Math.max(0.5, Math.abs(value));
  const across = async (distance: number) => {
    const up = await lossAt(value + distance);
    const down = await lossAt(value - distance);
    return (up.loss - down.loss) / (up.at - down.at);
  };
  const [near, far] = [await across(step), await across(2 * step)];
  await lossAt(value);
  return (4 * near - far) / 3;
}

for (const subgroups of [true, false]) {
  const where = subgroups ? "subgroups" : "no subgroups";
  Deno.test(`gradients of a whole model equal central differences (${where})`, async () => {
    const gpu = await Gpu.open({ subgroups });
    const model = tinyNet(gpu);
    model.parameters.startGradients();
    backwardOf(model, false);
    const gradients = await gradientsOf(model);
    const weights = await model.parameters.save();
    for (const [name, { data }] of gradients) {
      assert(data.every(Number.isFinite), name);
      const rng = new Rng(name);
      const largest = data.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
      assert(largest > 0, `${name} has no gradient`);
      const places = [data.findIndex((x) => Math.abs(x) === largest)];
      while (places.length < ELEMENTS) places.push(rng.integer(data.length));
      for (const element of places) {
        const expected = await slopeAt(model, name, element, weights.get(name)!.data[element]);
        const bound = 2e-3 * largest + 1e-4;
        const off = Math.abs(data[element] - expected);
        assert(off <= bound, `${name}[${element}]: found ${data[element]}, expected ${expected}`);
      }
    }
    gpu.destroy();
  });
}

Deno.test("gradients: activation checkpoints change not one bit", async () => {
  const gpu = await Gpu.open();
  const model = tinyNet(gpu);
  const found: number[][] = [];
  for (const checkpoints of [false, true, false]) {
    model.parameters.startGradients();
    backwardOf(model, checkpoints);
    found.push([...await gpu.readFloats(model.parameters.gradient!)]);
  }
  assertEquals(found[1], found[0]);
  assertEquals(found[2], found[0]);
  gpu.destroy();
});

Deno.test("gradients: a second micro-batch adds to the first", async () => {
  const gpu = await Gpu.open();
  const model = tinyNet(gpu);
  model.parameters.startGradients();
  backwardOf(model, false);
  const once = [...await gpu.readFloats(model.parameters.gradient!)];
  backwardOf(model, false);
  const twice = await gpu.readFloats(model.parameters.gradient!);
  const largest = Math.max(...once.map(Math.abs));
  once.forEach((x, i) => assert(Math.abs(twice[i] - 2 * x) <= 1e-5 * largest, `element ${i}`));
  gpu.destroy();
});

Deno.test("gradients: checkpoints save memory, and a step returns all of it", async () => {
  const gpu = await Gpu.open();
  const model = tinyNet(gpu);
  const live = gpu.pool.live;
  const peaks = [];
  for (const checkpoints of [false, true]) {
    gpu.pool.resetPeak();
    backwardOf(model, checkpoints);
    model.parameters.changed();
    assertEquals(gpu.pool.live, live);
    peaks.push(gpu.pool.peakBytes);
  }
  assert(peaks[1] < peaks[0], `${peaks}`);
  model.release();
  assertEquals(gpu.pool.live, 0);
  await gpu.sync();
  gpu.destroy();
});
