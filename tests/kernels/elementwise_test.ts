import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { add, scaleInPlace, softplus, sumRows } from "../../kernels/elementwise/mod.ts";
import { ShapeError } from "../../src/base/errors.ts";
import { Gpu } from "../../src/gpu/gpu.ts";

Deno.test("softplus keeps its relative precision in both tails", async () => {
  const gpu = await Gpu.open();
  const points = [-70, -20, -12, 0, 12, 90, 1e4];
  const found = await gpu.readFloats(softplus(gpu, gpu.upload(Float32Array.from(points))));
  points.forEach((x, i) => {
    const expected = Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    assertAlmostEquals(found[i] / expected, 1, 1e-5);
  });
  gpu.destroy();
});

Deno.test("elementwise: more than 65,535 workgroups reach every element", async () => {
  const gpu = await Gpu.open();
  const rows = 32768 * 64 + 3;
  const x = gpu.upload(new Float32Array(4 * rows).fill(0.5), [rows, 4]);
  scaleInPlace(gpu, x, 4);
  const found = await gpu.readFloats(x);
  assert(found.every((v) => v === 2));
  gpu.destroy();
});

Deno.test("elementwise: shapes that differ are named", async () => {
  const gpu = await Gpu.open();
  const [a, b] = [gpu.zeros([3, 4]), gpu.zeros([4, 3])];
  assertThrows(() => add(gpu, a, b), ShapeError, "add: found b of [4,3], expected [3,4]");
  const target = { array: gpu.zeros([3]), accumulate: false };
  assertThrows(() => sumRows(gpu, a, target), ShapeError, "sumRows: found target");
  const sums = await gpu.readFloats(sumRows(gpu, a));
  assertEquals([...sums], [0, 0, 0, 0]);
  gpu.destroy();
});
