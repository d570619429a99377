import { assert, assertEquals, assertRejects } from "@std/assert";
import { DeviceError } from "../../src/base/errors.ts";
import { Gpu } from "../../src/gpu/gpu.ts";
import { chromeTrace, timesByOperation } from "../../src/gpu/timing.ts";
import { increment, withGpu } from "./with_gpu.ts";

Deno.test("device: facts name adapter and driver, limits are the adapter's", async () => {
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: "high-performance" });
  assert(adapter);
  await withGpu((gpu) => {
    const { facts, device } = gpu;
    assert(facts.adapter.length > 0 && facts.driver.length > 0);
    assert(["cpu", "gpu"].includes(facts.kind));
    assertEquals(gpu.subgroupSize, facts.subgroupSize);
    for (const name of ["maxBufferSize", "maxStorageBufferBindingSize"] as const) {
      assertEquals(device.limits[name], adapter.limits[name]);
    }
  });
});

Deno.test("device: subgroups can be refused, and are powers of two where they work", async () => {
  const without = await Gpu.open({ subgroups: false });
  assertEquals(without.subgroupSize, 0);
  assert(!without.device.features.has("subgroups" as GPUFeatureName));
  const array = without.zeros([64]);
  without.dispatch(increment(without), [array], [1]);
  assertEquals(new Set(await without.readFloats(array)), new Set([1]));
  without.destroy();
  await withGpu(({ subgroupSize }) => {
    assert(subgroupSize === 0 || [4, 8, 16, 32, 64].includes(subgroupSize), `${subgroupSize}`);
  });
});

Deno.test("device: a kernel is compiled once, and dispatches follow one another", () =>
  withGpu(async (gpu) => {
    const values = gpu.zeros([100]);
    for (let i = 0; i < 5; i++) gpu.dispatch(increment(gpu), [values], [2]);
    assertEquals(gpu.pipelines, 1);
    const read = await gpu.readFloats(values);
    assertEquals(new Set(read), new Set([5]));
  }));

Deno.test("profile: a span a dispatch, and work goes on as before afterwards", () =>
  withGpu(async (gpu) => {
    const values = gpu.zeros([64]);
    const spans = await gpu.profile(() => {
      for (let i = 0; i < 3; i++) gpu.dispatch(increment(gpu), [values], [1]);
    });
    if (gpu.device.features.has("timestamp-query")) {
      assertEquals(spans.map(({ label }) => label), Array(3).fill("increment workgroup=64 [64]"));
      assertEquals(spans[0].start, 0);
      spans.slice(1).forEach(({ start }, i) => {
        assert(start >= spans[i].start + spans[i].milliseconds && spans[i].milliseconds >= 0);
      });
      const [total] = timesByOperation(spans);
      const sum = spans.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
      assertEquals(total, { name: "increment", count: 3, milliseconds: sum });
    } else {
      assertEquals(spans, []);
    }
    gpu.dispatch(increment(gpu), [values], [1]);
    assertEquals(new Set(await gpu.readFloats(values)), new Set([4]));
  }));

Deno.test("a trace has a complete event a dispatch, in microseconds", () => {
  const spans = [
    { label: "matmul 64 256", start: 0, milliseconds: 1.5 },
    { label: "reduce 8", start: 2, milliseconds: 0.25 },
  ];
  const { traceEvents: [process, ...events] } = JSON.parse(chromeTrace(spans, "an adapter"));
  assertEquals([process.ph, process.args.name], ["M", "an adapter"]);
  assertEquals(events.map((e: Record<string, unknown>) => [e.name, e.ph, e.ts, e.dur, e.args]), [
    ["matmul", "X", 0, 1500, { label: "matmul 64 256" }],
    ["reduce", "X", 2000, 250, { label: "reduce 8" }],
  ]);
});

Deno.test("profile: an error inside, or too many dispatches, leave the device usable", () =>
  withGpu(async (gpu) => {
    const values = gpu.zeros([64]);
    const often = (times: number) => () => {
      for (let i = 0; i < times; i++) gpu.dispatch(increment(gpu), [values], [1]);
    };
    await assertRejects(
      () =>
        gpu.profile(() => {
          often(1)();
          throw new Error("inside");
        }),
      Error,
      "inside",
    );
    let done = 1;
    if (gpu.device.features.has("timestamp-query")) {
      await assertRejects(() => gpu.profile(often(2049)), DeviceError, "profile fewer steps");
      done += 2048;
    }
    often(2049)();
    assertEquals(new Set(await gpu.readFloats(values)), new Set([done + 2049]));
  }));
