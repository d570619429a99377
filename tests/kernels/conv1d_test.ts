import { assert, assertEquals, assertThrows } from "@std/assert";
import { randomTensor } from "../../kernels/case.ts";
import { conv1d, conv1dBackward } from "../../kernels/conv1d/mod.ts";
import { ShapeError } from "../../src/base/errors.ts";
import { Gpu } from "../../src/gpu/gpu.ts";

const upload = (gpu: Gpu, name: string, shape: number[]) =>
  gpu.upload(randomTensor(`test/conv1d/${name}`, shape).data, shape);

Deno.test("conv1d: chunks that hand their state on give the whole's bits", async () => {
  const gpu = await Gpu.open();
  const [length, dim] = [70, 12];
  const x = upload(gpu, "x", [1, length, dim]);
  const weight = upload(gpu, "weight", [dim, 1, 4]);
  const bias = upload(gpu, "bias", [dim]);
  const whole = conv1d(gpu, { x, weight, bias }, { lastState: true });
  const numbers = await gpu.readFloats(x);
  const pieces: number[] = [];
  let state: Float32Array<ArrayBuffer> = new Float32Array(dim * 3);
  let from = 0;
  for (const count of [1, 2, 1, 30, 36]) {
    const piece = gpu.upload(numbers.slice(from * dim, (from + count) * dim), [1, count, dim]);
    const initialState = gpu.upload(state, [1, dim, 3]);
    const { out, lastState } = conv1d(gpu, { x: piece, weight, bias, initialState }, {
      lastState: true,
    });
    assert(lastState);
    state = await gpu.readFloats(lastState);
    pieces.push(...await gpu.readFloats(out));
    from += count;
  }
  assert(whole.lastState);
  assertEquals(pieces, [...await gpu.readFloats(whole.out)]);
  assertEquals(state, await gpu.readFloats(whole.lastState));
  gpu.destroy();
});

Deno.test("conv1d: packed sequences give the bits that each gives alone", async () => {
  const gpu = await Gpu.open();
  const [dim, lengths] = [8, [5, 1, 2, 40]];
  const length = lengths.reduce((sum, n) => sum + n);
  const x = upload(gpu, "packed", [1, length, dim]);
  const weight = upload(gpu, "weight", [dim, 1, 4]);
  const index = Int32Array.from(lengths.flatMap((n, i) => Array(n).fill(i)));
  const sequenceIndex = gpu.upload(index, [1, length]);
  const packed = conv1d(gpu, { x, weight, sequenceIndex }, { lastState: false });
  assertEquals(packed.lastState, undefined);
  const numbers = await gpu.readFloats(x);
  const alone: number[] = [];
  let from = 0;
  for (const count of lengths) {
    const piece = gpu.upload(numbers.slice(from * dim, (from + count) * dim), [1, count, dim]);
    const { out } = conv1d(gpu, { x: piece, weight }, { lastState: false });
    alone.push(...await gpu.readFloats(out));
    from += count;
  }
  assertEquals([...await gpu.readFloats(packed.out)], alone);
  gpu.destroy();
});

Deno.test("conv1d: operands that do not fit are named", async () => {
  const gpu = await Gpu.open();
  const x = upload(gpu, "x", [2, 5, 8]);
  const weight = upload(gpu, "weight", [8, 1, 4]);
  const refuse = (body: () => unknown, text: string) => assertThrows(body, ShapeError, text);
  const options = { lastState: false };
  refuse(() => conv1d(gpu, { x: x.reshape([10, 8]), weight }, options), "expected [batch, length");
  refuse(() => conv1d(gpu, { x, weight: weight.reshape([8, 4, 1]) }, options), "width 2 or more");
  refuse(() => conv1d(gpu, { x, weight: weight.slice(0, 3) }, options), "row stride 4");
  refuse(() => conv1d(gpu, { x, weight, bias: x.slice(0, 4) }, options), "expected [8]");
  const floats = upload(gpu, "floats", [2, 5]);
  refuse(() => conv1d(gpu, { x, weight, sequenceIndex: floats }, options), "expected i32");
  const state = upload(gpu, "state", [2, 8, 4]);
  refuse(() => conv1d(gpu, { x, weight, initialState: state }, options), "expected [2,8,3]");
  refuse(() => conv1dBackward(gpu, { x, weight }, floats, {}), "conv1dBackward: found dOut");
  gpu.destroy();
});
