import { assertEquals, assertThrows } from "@std/assert";
import { randomTensor } from "../../kernels/case.ts";
import { rmsNorm, rmsNormBackward } from "../../kernels/rms_norm/mod.ts";
import { ShapeError } from "../../src/base/errors.ts";
import { Gpu } from "../../src/gpu/gpu.ts";

Deno.test("rmsNorm: without a residual the sum is x, released apart from it", async () => {
  const gpu = await Gpu.open();
  const x = gpu.upload(randomTensor("test/rms_norm/x", [3, 8]).data, [3, 8]);
  const weight = gpu.upload(new Float32Array(8).fill(1));
  const live = gpu.pool.live;
  const { out, sum, inverseRms } = rmsNorm(gpu, { x, weight, epsilon: 1e-5 });
  assertEquals(sum.pooled, x.pooled);
  for (const array of [out, sum, inverseRms]) gpu.release(array);
  assertEquals(gpu.pool.live, live);
  assertEquals((await gpu.readFloats(x)).length, 24);
  gpu.destroy();
});

Deno.test("rmsNorm: operands that do not fit are named", async () => {
  const gpu = await Gpu.open();
  const x = gpu.zeros([3, 8]);
  const weight = gpu.zeros([8]);
  const epsilon = 1e-5;
  const refuse = (body: () => unknown, text: string) => assertThrows(body, ShapeError, text);
  refuse(() => rmsNorm(gpu, { x, weight: weight.slice(0, 4), epsilon }), "rmsNorm: found weight");
  refuse(() => rmsNorm(gpu, { x, residual: weight, weight, epsilon }), "found residual of [8]");
  refuse(() => rmsNorm(gpu, { x, weight, epsilon: -1 }), "found epsilon -1");
  const { sum, inverseRms } = rmsNorm(gpu, { x, weight, epsilon });
  refuse(
    () => rmsNormBackward(gpu, { sum, inverseRms, weight, dOut: weight }),
    "rmsNormBackward: found dOut of [8], expected [3,8]",
  );
  gpu.destroy();
});
