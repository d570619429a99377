import { assert, assertEquals, assertRejects } from "@std/assert";
import { DeviceError } from "../../src/base/errors.ts";
import type { Gpu } from "../../src/gpu/gpu.ts";
import {
  canReadTextures,
  readThroughTextures,
  texturesFrom,
  vectorBindings,
  WORTH_COPYING,
} from "../../src/gpu/textures.ts";
import { stepTrainer, tinyWork } from "../../src/cli/bench/training_step.ts";
import { withBrokenGpu, withGpu } from "./with_gpu.ts";

const DOUBLING = `
@group(0) @binding(0) var<storage, read> given: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> made: array<vec4f>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x < arrayLength(&made)) { made[id.x] = 2.0 * given[id.x]; }
}`;

/**
 * Runs `body` on a device that reads large arrays through textures, and on one that reads storage alone;
 * where textures cannot be read, twice the same.
 */
async function eitherWay<T>(body: (gpu: Gpu) => Promise<T>): Promise<[T, T]> {
  const results: T[] = [];
  for (const from of [WORTH_COPYING, Infinity]) {
    await withGpu(async (gpu) => {
      const able = canReadTextures(gpu.device);
      if (!able) console.log(`skipped: ${gpu.facts.adapter} reads no textures`);
      gpu.texturesFrom = able ? from : Infinity;
      results.push(await body(gpu));
      assertEquals(gpu.kept.textureBytes > 0, gpu.texturesFrom < Infinity);
    });
  }
  return [results[0], results[1]];
}

Deno.test("textures: the default is textures on processors with 8 lanes alone", () =>
  withGpu(({ device }) => {
    const facts = { adapter: "", driver: "" };
    const some = canReadTextures(device) ? WORTH_COPYING : Infinity;
    assertEquals(texturesFrom(device, { ...facts, kind: "cpu", subgroupSize: 8 }), some);
    for (const [kind, subgroupSize] of [["cpu", 16], ["cpu", 0], ["gpu", 8]] as const) {
      assertEquals(texturesFrom(device, { ...facts, kind, subgroupSize }), Infinity);
    }
  }));

Deno.test("textures: the text keeps what is written, what is not of vectors, and other names", () => {
  const text = `enable f16;
@group(0) @binding(0) var<storage, read> a: array<vec4f>;
@group(0) @binding(1) var<storage, read> aa: array<f32>;
@group(0) @binding(2) var<storage, read> at: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> out: array<vec4f>;
let x = a[u32(at[a[i].x][2]) + 1u].y + aa[3] + out[a[0].x].x;`;
  assertEquals(vectorBindings(text), [0, 2]);
  const code = readThroughTextures(text);
  assert(code.startsWith("enable f16;"));
  assert(
    code.endsWith(
      "let x = load_a(u32(load_at(load_a(i).x)[2]) + 1u).y + aa[3] + out[load_a(0).x].x;",
    ),
  );
  assert(code.includes("@binding(0) var texels_a: texture_storage_2d<rgba32float, read>;"));
  assert(code.includes("@binding(1) var<storage, read> aa: array<f32>;"));
  assert(code.includes("@binding(3) var<storage, read_write> out: array<vec4f>;"));
});

Deno.test("textures: small and large arrays, whole rows of texels and rests, views, one after another", async () => {
  const sizes = [4, 2 ** 15, 2 ** 15 + 4, 3 * 2 ** 15 + 8, 2 ** 18, 2 ** 15];
  const run = async (gpu: Gpu) => {
    const kernel = gpu.kernel("doubling", () => DOUBLING);
    const made = sizes.flatMap((size) => {
      const numbers = Float32Array.from({ length: size + 64 }, (_, i) => Math.fround(i / 7));
      const given = gpu.upload(numbers);
      // Bindings start at multiples of 256 bytes.
      return [0, 64].map((start) => {
        const out = gpu.empty([size]);
        gpu.dispatch(kernel, [given.part(start, start + size), out], [Math.ceil(size / 256)]);
        return { out, numbers, start };
      });
    });
    for (const { out, numbers, start } of made) {
      const expected = numbers.subarray(start, start + out.size).map((x) => 2 * x);
      assertEquals(await gpu.readFloats(out), expected);
    }
    // The largest array has 32 rows of 2,048 texels; what a new measurement needs is made anew.
    const bytes = gpu.kept.textureBytes;
    assertEquals(bytes, gpu.texturesFrom < Infinity ? 4 * 2 ** 18 : 0);
    gpu.resetPeak();
    const [{ out, numbers }] = made.slice(2);
    gpu.dispatch(kernel, [gpu.upload(numbers.slice(0, out.size)), out], [2 ** 13]);
    assertEquals(await gpu.readFloats(out), numbers.subarray(0, out.size).map((x) => 2 * x));
    assertEquals(gpu.kept.textureBytes, bytes / 8);
  };
  await eitherWay(run);
});

Deno.test("textures: what an earlier dispatch wrote is what is read, within one submit", async () => {
  const run = async (gpu: Gpu) => {
    const size = 2 ** 16;
    const kernel = gpu.kernel("doubling", () => DOUBLING);
    let array = gpu.upload(Float32Array.from({ length: size }, (_, i) => i));
    for (let i = 0; i < 3; i++) {
      const out = gpu.empty([size]);
      gpu.dispatch(kernel, [array, out], [size / 256]);
      array = out;
    }
    return await gpu.readFloats(array);
  };
  const [through, without] = await eitherWay(run);
  assertEquals(through, without);
  assertEquals(through[5], 40);
});

Deno.test("textures: a dispatch with too few arrays is refused where it is bound", () =>
  withBrokenGpu(async (gpu) => {
    gpu.texturesFrom = 0;
    gpu.dispatch(gpu.kernel("doubling", () => DOUBLING), [], [1]);
    await assertRejects(() => gpu.sync(), DeviceError, "to doubling");
  }));

Deno.test("textures: a timed dispatch is one span, its copies within", async () => {
  const run = async (gpu: Gpu) => {
    const array = gpu.zeros([2 ** 16]);
    const spans = await gpu.profile(() => {
      for (let i = 0; i < 3; i++) {
        const kernel = gpu.kernel("doubling", () => DOUBLING);
        gpu.dispatch(kernel, [array, gpu.empty([2 ** 16])], [2 ** 16 / 256]);
      }
    });
    spans.slice(1).forEach(({ start, milliseconds }, i) => {
      assert(start >= spans[i].start + spans[i].milliseconds && milliseconds >= 0);
    });
    assertEquals(spans.length, gpu.device.features.has("timestamp-query") ? 3 : 0);
  };
  await eitherWay(run);
});

Deno.test("textures: a training step has the same bits by either way", async () => {
  const work = tinyWork();
  const [through, without] = await eitherWay(async (gpu) => {
    const trainer = stepTrainer(gpu, work);
    await trainer.run(2);
    const state = await trainer.state();
    trainer.release();
    trainer.model.release();
    return state;
  });
  assertEquals(through, without);
});
