import { assertEquals, assertThrows } from "@std/assert";
import {
  checkIds,
  embedding,
  embeddingBackward,
  makeRowIndex,
} from "../../kernels/embedding/mod.ts";
import { DataError, ShapeError } from "../../src/base/errors.ts";
import { Gpu } from "../../src/gpu/gpu.ts";

Deno.test("embedding: the index lists the positions of each id in their order", async () => {
  const gpu = await Gpu.open();
  const { starts, positions } = makeRowIndex(gpu, Int32Array.of(3, 0, 3, 1, 0, 3), 5);
  const [first, second] = await gpu.read(starts, positions);
  assertEquals([...first], [0, 2, 3, 3, 6, 6]);
  assertEquals([...second], [1, 4, 3, 0, 2, 5]);
  gpu.destroy();
});

Deno.test("embedding: checkIds names the first bad id, its position and the vocabulary", () => {
  checkIds("tokens", Int32Array.of(0, 4), 5);
  const refuse = (ids: Int32Array, text: string) =>
    assertThrows(() => checkIds("tokens", ids, 5), DataError, text);
  refuse(Int32Array.of(0, 5, -1), "tokens: found id 5 at position 1, expected 0 to 4");
  refuse(Int32Array.of(-100), "tokens: found id -100 at position 0");
});

Deno.test("embedding: rows that no id names become 0, or stay where it accumulates", async () => {
  const gpu = await Gpu.open();
  const index = makeRowIndex(gpu, Int32Array.of(2, 2), 3);
  const dOut = gpu.upload(Float32Array.of(1, 2, 30, 40), [2, 2]);
  const array = gpu.upload(new Float32Array(6).fill(7), [3, 2]);
  embeddingBackward(gpu, dOut, index, { array, accumulate: true });
  assertEquals([...await gpu.readFloats(array)], [7, 7, 7, 7, 38, 49]);
  embeddingBackward(gpu, dOut, index, { array, accumulate: false });
  assertEquals([...await gpu.readFloats(array)], [0, 0, 0, 0, 31, 42]);
  gpu.destroy();
});

Deno.test("embedding: operands that do not fit are named", async () => {
  const gpu = await Gpu.open();
  const index = makeRowIndex(gpu, Int32Array.of(0, 1), 3);
  const refuse = (body: () => unknown, text: string) => assertThrows(body, ShapeError, text);
  refuse(() => embedding(gpu, gpu.zeros([3, 2]), gpu.zeros([2])), "found ids of f32");
  refuse(() => embeddingBackward(gpu, gpu.zeros([5, 2]), index), "found 5 rows of gradient");
  gpu.destroy();
});

Deno.test("embedding: the most positions of one id are all summed; more are refused", async () => {
  const gpu = await Gpu.open();
  const index = makeRowIndex(gpu, new Int32Array(131_070), 131_070);
  const dOut = gpu.upload(new Float32Array(131_070).fill(1), [131_070, 1]);
  const [sum] = await gpu.readFloats(embeddingBackward(gpu, dOut, index));
  assertEquals(sum, 131_070);
  if (gpu.facts.kind === "cpu") {
    const tooMany = () => makeRowIndex(gpu, new Int32Array(131_071), 1);
    assertThrows(tooMany, ShapeError, "found one id at 131071 positions");
  }
  gpu.destroy();
});
