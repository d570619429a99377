import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { DeviceError } from "../../src/base/errors.ts";
import type { GpuArray } from "../../src/gpu/array.ts";
import { sizeClass } from "../../src/gpu/pool.ts";
import { withGpu } from "./with_gpu.ts";

Deno.test("scopes: what a scope made goes back, what it kept stays", () =>
  withGpu((gpu) => {
    const kept = gpu.scope(() => {
      gpu.zeros([8]);
      return gpu.keep(gpu.zeros([8]));
    });
    assertEquals(gpu.pool.live, 1);
    gpu.release(kept);
    assertEquals(gpu.pool.live, 0);
  }));

Deno.test("scopes: keep hands over to the scope around, own takes out of all", () =>
  withGpu((gpu) => {
    let owned: GpuArray | undefined;
    gpu.scope(() => {
      gpu.scope(() => {
        gpu.keep(gpu.zeros([8]));
        owned = gpu.own(gpu.zeros([8]));
      });
      assertEquals(gpu.pool.live, 2);
    });
    assertEquals(gpu.pool.live, 1);
    gpu.release(owned!);
    assertEquals(gpu.pool.live, 0);
  }));

Deno.test("scopes: an array of an outer scope may be released inside, and once", () =>
  withGpu((gpu) => {
    gpu.scope(() => {
      const outer = gpu.zeros([8]);
      gpu.scope(() => gpu.release(outer));
      assertEquals(gpu.pool.live, 0);
    });
    assertEquals(gpu.pool.live, 0);
  }));

Deno.test("scopes: a retained array needs as many releases as it has holders", () =>
  withGpu((gpu) => {
    const array = gpu.zeros([8]);
    gpu.scope(() => gpu.retain(array));
    assertEquals([gpu.pool.live, array.pooled.holders], [1, 1]);
    const again = gpu.retain(array);
    gpu.release(array);
    assertEquals(gpu.pool.live, 1);
    gpu.release(again);
    assertEquals(gpu.pool.live, 0);
  }));

Deno.test("scopes: views share their bytes, so a slice may be released in the whole's place", () =>
  withGpu((gpu) => {
    gpu.scope(() => gpu.release(gpu.zeros([4, 8]).slice(2, 5)));
    assertEquals(gpu.pool.live, 0);
  }));

Deno.test("scopes: an error gives back what the scopes made so far", () =>
  withGpu((gpu) => {
    assertThrows(
      () =>
        gpu.scope(() => {
          gpu.zeros([8]);
          gpu.scope(() => {
            gpu.zeros([8]);
            throw new Error("inner");
          });
        }),
      Error,
      "inner",
    );
    assertEquals(gpu.pool.live, 0);
    // No scope is left open: this array has no scope to go back with.
    gpu.zeros([8]);
    gpu.scope(() => undefined);
    assertEquals(gpu.pool.live, 1);
  }));

Deno.test("pool: buffers of near sizes are used again, and never by two at once", () =>
  withGpu((gpu) => {
    const first = gpu.empty([1000]);
    gpu.release(first);
    assertThrows(() => gpu.release(first), DeviceError, "found it released already");
    const second = gpu.empty([1010]);
    assertEquals(second.pooled, first.pooled);
    const third = gpu.empty([1000]);
    assertNotEquals(third.pooled.id, second.pooled.id);
    assertEquals(gpu.pool.live, 2);
  }));

Deno.test("pool: a trimmed pool makes new buffers, and the peak counts what was out at once", () =>
  withGpu((gpu) => {
    const bytes = sizeClass(4 * 5000);
    const [a, b] = [gpu.empty([5000]), gpu.empty([5000])];
    gpu.release(a);
    gpu.release(b);
    gpu.empty([5000]);
    assertEquals(gpu.pool.peakBytes, 2 * bytes);
    gpu.pool.resetPeak();
    assertEquals(gpu.pool.peakBytes, bytes);
    gpu.pool.trim();
    const made = gpu.empty([5000]);
    assert(made.pooled.id > Math.max(a.pooled.id, b.pooled.id));
  }));

Deno.test("pool: size classes hold what was asked for and waste at most a quarter", () => {
  for (let bytes = 4; bytes < 2 ** 31; bytes = Math.ceil(bytes * 1.37)) {
    const size = sizeClass(bytes);
    assert(size >= bytes && size % 256 === 0, `${bytes} in ${size}`);
    assert(size <= Math.max(1.25 * bytes, bytes + 256), `${bytes} in ${size}`);
    assertEquals(sizeClass(size), size);
  }
});
