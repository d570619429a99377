import { assert, assertEquals } from "@std/assert";
import { measureAll } from "../../kernels/bench.ts";
import { add } from "../../kernels/elementwise/mod.ts";
import { Gpu } from "../../src/gpu/gpu.ts";

Deno.test("a measurement gives a plausible rate and returns its buffers", async () => {
  const gpu = await Gpu.open();
  const size = 1 << 18;
  const [row] = await measureAll(gpu, () => {
    const a = gpu.zeros([size / 64, 64]);
    return [{
      operation: "add",
      shape: `${size}`,
      amount: 12 * size,
      unit: "GB/s",
      run: () => add(gpu, a, a),
    }];
  });
  assert(row.milliseconds > 0 && Number.isFinite(row.rate));
  assertEquals(row.rate, 12 * size / row.milliseconds / 1e6);
  assertEquals(gpu.pool.live, 0);
  gpu.destroy();
});
