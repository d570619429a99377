import { assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { DeviceError } from "../../src/base/errors.ts";
import { Gpu } from "../../src/gpu/gpu.ts";
import { increment, withBrokenGpu, withGpu } from "./with_gpu.ts";

const MISSPELT = `
@group(0) @binding(0) var<storage, read_write> values: array<f32>;
@compute @workgroup_size(1)
fn main() { values[0] = nonsense; }`;

Deno.test("errors: WGSL that does not compile names the kernel and the place", () =>
  withBrokenGpu(async (gpu) => {
    const array = gpu.zeros([4]);
    gpu.dispatch(gpu.kernel("misspelt rows=4", () => MISSPELT), [array], [1]);
    const error = await assertRejects(() => gpu.read(array), DeviceError);
    assertStringIncludes(error.message, "compiling kernel misspelt rows=4");
    assertStringIncludes(error.message, "nonsense");
    // Nothing that comes after is believed.
    assertThrows(() => gpu.dispatch(increment(gpu), [array], [1]), DeviceError, "misspelt");
    await assertRejects(() => gpu.sync(), DeviceError, "misspelt");
  }));

Deno.test("errors: arrays that do not fit a kernel's bindings are named by their shapes", async () => {
  for (const shapes of [[], [[2, 3], [7]]]) {
    await withBrokenGpu(async (gpu) => {
      gpu.dispatch(increment(gpu), shapes.map((shape) => gpu.zeros(shape)), [1]);
      const named = shapes.map((shape) => `[${shape}]`).join(" ");
      const expected = `binding ${named} to increment workgroup=64`;
      await assertRejects(() => gpu.sync(), DeviceError, expected);
    });
  }
});

Deno.test("errors: more workgroups or bytes than the device has are refused at once", () =>
  withGpu((gpu) => {
    const array = gpu.zeros([64]);
    const { maxComputeWorkgroupsPerDimension, maxBufferSize } = gpu.device.limits;
    const many = maxComputeWorkgroupsPerDimension + 1;
    for (const workgroups of [[many], [1, many], [1, 1, many]] as [number, number?, number?][]) {
      assertThrows(
        () => gpu.dispatch(increment(gpu), [array], workgroups),
        DeviceError,
        `expected at most ${maxComputeWorkgroupsPerDimension} an axis`,
      );
    }
    const tooMany = Math.floor(maxBufferSize / 4) + 1;
    assertThrows(() => gpu.empty([tooMany]), DeviceError, `found ${4 * tooMany} bytes wanted`);
    assertEquals(gpu.pool.live, 1);
  }));

Deno.test("errors: an array larger than one binding is named with its shape, and harms nothing", () =>
  withGpu(async (gpu) => {
    const array = gpu.upload(new Float32Array(128), [2, 64]);
    const whole = gpu.bindingLimit;
    gpu.bindingLimit = 256;
    const kernel = increment(gpu);
    const error = assertThrows(() => gpu.dispatch(kernel, [array], [1]), DeviceError);
    assertStringIncludes(error.message, "binding [2,64] to increment");
    assertStringIncludes(error.message, "found 512 bytes, expected at most 256");
    gpu.dispatch(kernel, [array.part(1, 2)], [1]);
    gpu.bindingLimit = whole;
    assertEquals(
      [...await gpu.readFloats(array)],
      Array.from({ length: 128 }, (_, i) => +(i > 63)),
    );
  }));

Deno.test("errors: what no scope catches is reported too", () =>
  withBrokenGpu(async (gpu) => {
    const seen = new Promise((resolve) => gpu.device.addEventListener("uncapturederror", resolve));
    gpu.device.createBuffer({ size: 16, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.STORAGE });
    await seen;
    await assertRejects(() => gpu.sync(), DeviceError, gpu.facts.adapter);
  }));

Deno.test("errors: a lost device says so and how to go on", () =>
  withBrokenGpu(async (gpu) => {
    const array = gpu.zeros([64]);
    await gpu.sync();
    gpu.device.destroy();
    await assertRejects(() => gpu.read(array), DeviceError, "run the command again");
    await assertRejects(() => gpu.sync(), DeviceError, "lost");
    assertThrows(() => gpu.dispatch(increment(gpu), [array], [1]), DeviceError, "lost");
  }));

Deno.test("errors: a closed device is not used", async () => {
  const gpu = await Gpu.open();
  const array = gpu.zeros([64]);
  gpu.destroy();
  assertThrows(() => gpu.dispatch(increment(gpu), [array], [1]), DeviceError, "after destroy()");
  await assertRejects(() => gpu.read(array), DeviceError, "after destroy()");
});
