import { assert, assertEquals, assertThrows } from "@std/assert";
import { ShapeError } from "../../src/base/errors.ts";
import { expectShape, GpuArray } from "../../src/gpu/array.ts";
import { residual } from "../../src/gpu/gpu.ts";
import { increment, withGpu } from "./with_gpu.ts";

const count = (n: number): Float32Array<ArrayBuffer> =>
  Float32Array.from({ length: n }, (_, i) => i);

Deno.test("arrays: every kind of number comes back, several in one reading", () =>
  withGpu(async (gpu) => {
    const sent = [count(5), Uint32Array.of(0, 2 ** 32 - 1), Int32Array.of(-1, 2 ** 31 - 1, 3)];
    const arrays = sent.map((numbers) => gpu.upload(numbers));
    assertEquals(arrays.map(({ dtype }) => dtype), ["f32", "u32", "i32"]);
    assertEquals(await gpu.read(...arrays), sent);
  }));

Deno.test("arrays: columns of a matrix are read without their neighbours", () =>
  withGpu(async (gpu) => {
    const whole = gpu.upload(count(24), [2, 3, 4]);
    const columns = whole.slice(1, 3);
    assertEquals(columns.shape, [2, 3, 2]);
    assert(!columns.contiguous);
    const expected = [1, 2, 5, 6, 9, 10, 13, 14, 17, 18, 21, 22];
    const inner = columns.slice(1, 2);
    const [wide, narrow, all] = await gpu.read(columns, inner, whole);
    assertEquals([...wide], expected);
    assertEquals([...narrow], expected.filter((_, i) => i % 2 === 1));
    assertEquals([...all], [...count(24)]);
    assertEquals([...await gpu.readFloats(columns.reshape([6, 2]))], expected);
  }));

Deno.test("arrays: a view with gaps is neither written nor copied nor reshaped across rows", () =>
  withGpu((gpu) => {
    const columns = gpu.upload(count(12), [3, 4]).slice(1, 3);
    assertThrows(() => gpu.write(columns, count(6)), ShapeError, "expected 6 for [3,2]");
    assertThrows(() => gpu.copy(columns, gpu.zeros([6])), ShapeError, "without gaps");
    assertThrows(() => columns.reshape([6]), ShapeError, "row stride 4");
    assertThrows(() => columns.slice(1, 3), ShapeError, "expected a range within 0 to 2");
    assertThrows(() => columns.slice(1, 1), ShapeError, "found columns 1 to 1");
    assertThrows(() => gpu.write(gpu.zeros([4]), count(5)), ShapeError, "found 5 numbers");
    assertThrows(() => gpu.empty([3, 0]), ShapeError, "found shape [3,0]");
    assertThrows(() => expectShape("sum", "x", columns, [2, 3]), ShapeError, "found x of [3,2]");
  }));

Deno.test("arrays: a part of a buffer is written, cleared and copied in its place alone", () =>
  withGpu(async (gpu) => {
    const whole = gpu.upload(count(200));
    const part = new GpuArray(whole.pooled, [3], "f32", 70);
    assertEquals(residual(part), 6);
    gpu.write(part, Float32Array.of(-1, -2, -3));
    gpu.clear(new GpuArray(whole.pooled, [2], "f32", 71));
    const elsewhere = gpu.zeros([100]);
    gpu.copy(part, new GpuArray(elsewhere.pooled, [3], "f32", 50));
    const [wrote, copied] = await gpu.read(whole, elsewhere);
    const expected = count(200);
    expected.set([-1, 0, 0], 70);
    assertEquals(wrote, expected);
    assertEquals([...copied].map((x, i) => [i, x]).filter(([, x]) => x !== 0), [[50, -1]]);
    const within = new GpuArray(whole.pooled, [3], "f32", 100);
    assertThrows(() => gpu.copy(part, within), ShapeError, "of the same buffer");
  }));

Deno.test("arrays: work encoded before a write sees the old numbers", () =>
  withGpu(async (gpu) => {
    const values = gpu.upload(count(64));
    const before = gpu.empty([64]);
    gpu.dispatch(increment(gpu), [values], [1]);
    gpu.copy(values, before);
    gpu.write(values, new Float32Array(64).fill(7));
    gpu.dispatch(increment(gpu), [values], [1]);
    const [old, now] = await gpu.read(before, values);
    assertEquals([...old], [...count(64)].map((x) => x + 1));
    assertEquals(new Set(now), new Set([8]));
  }));

Deno.test("arrays: poison marks what nobody wrote", () =>
  withGpu(async (gpu) => {
    gpu.poison = true;
    assert((await gpu.readFloats(gpu.empty([9]))).every(Number.isNaN));
    assertEquals([...await gpu.readFloats(gpu.zeros([3]))], [0, 0, 0]);
  }));
