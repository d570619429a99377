import { assert, assertEquals, assertThrows } from "@std/assert";
import { randomIntegers, randomTensor } from "../../kernels/case.ts";
import {
  linearCrossEntropy,
  type LinearCrossEntropyArguments,
} from "../../kernels/cross_entropy/linear.ts";
import { packTransposed } from "../../kernels/matmul/mod.ts";
import { ShapeError } from "../../src/base/errors.ts";
import { Gpu } from "../../src/gpu/gpu.ts";

/** Hidden states and a weight; `change` spoils the weight. */
function operands(
  gpu: Gpu,
  [rows, dim, width]: readonly [number, number, number],
  change: (weight: Float32Array) => void = () => {},
): LinearCrossEntropyArguments {
  const seed = "tests/linear_cross_entropy";
  const hidden = gpu.upload(randomTensor(`${seed}/hidden`, [rows, dim]).data, [rows, dim]);
  const { data } = randomTensor(`${seed}/weight`, [width, dim], dim ** -0.5);
  change(data as Float32Array);
  const weight = gpu.upload(data, [width, dim]);
  return {
    hidden,
    weight,
    packed: packTransposed(gpu, weight),
    labels: gpu.upload(randomIntegers(`${seed}/labels`, [rows], width).data),
    weights: gpu.upload(new Float32Array(rows).fill(1 / rows)),
    vocabulary: width,
  };
}

for (const subgroups of [true, false]) {
  const where = subgroups ? "subgroups" : "no subgroups";
  Deno.test(`linearCrossEntropy: a logit that is not finite, in whatever chunk, makes the loss NaN (${where})`, async () => {
    const gpu = await Gpu.open({ subgroups });
    for (const bad of [NaN, Infinity, -Infinity, 3e38]) {
      for (const row of [0, 511, 512, 1299]) {
        gpu.openScope();
        const spoil = (weight: Float32Array) => weight.fill(bad, row * 8, row * 8 + 8);
        const args = operands(gpu, [3, 8, 1300], spoil);
        // So that 3e38 in every feature overflows, and infinities do not meet as NaN.
        gpu.write(args.hidden, new Float32Array(24).fill(2, 8));
        const dWeight = { array: gpu.empty([1300, 8]), accumulate: false };
        const made = linearCrossEntropy(gpu, args, { dWeight, logitBytes: 4 });
        const alone = linearCrossEntropy(gpu, args, { logitBytes: 4 });
        const [loss, losses, hits, dHidden, lossAlone] = await gpu.read(
          made.loss,
          made.rowLoss,
          made.correct,
          made.dHidden!,
          alone.loss,
        );
        const what = `${bad} in row ${row}`;
        assert(Number.isNaN(loss[0]) && Number.isNaN(lossAlone[0]), what);
        assert(Number.isNaN(losses[1]) && Number.isNaN(losses[2]), what);
        // Zeros times a finite number are a finite logit.
        assertEquals(Number.isFinite(losses[0]), Number.isFinite(bad), what);
        assertEquals([...hits.subarray(1)], [0, 0], what);
        assert(dHidden.subarray(8).every(Number.isNaN), what);
        gpu.closeScope();
      }
    }
    gpu.destroy();
  });
}

Deno.test("linearCrossEntropy: a label outside the vocabulary makes the loss NaN", async () => {
  const gpu = await Gpu.open();
  for (const label of [-1, 1300, 1e6]) {
    gpu.openScope();
    const args = operands(gpu, [2, 8, 1300]);
    gpu.write(args.labels, Int32Array.of(3, label));
    const dWeight = { array: gpu.empty([1300, 8]), accumulate: false };
    const { rowLoss, dHidden } = linearCrossEntropy(gpu, args, { dWeight, logitBytes: 4 });
    const [losses, gradient] = await gpu.read(rowLoss, dHidden!);
    assert(Number.isFinite(losses[0]) && Number.isNaN(losses[1]), `label ${label}`);
    assert(gradient.subarray(0, 8).every(Number.isFinite), `label ${label}`);
    assert(gradient.subarray(8).every(Number.isNaN), `label ${label}`);
    gpu.closeScope();
  }
  gpu.destroy();
});

Deno.test("linearCrossEntropy: extreme logits in different chunks neither overflow nor vanish", async () => {
  const gpu = await Gpu.open();
  for (const [best, other] of [[3, 700], [700, 3]]) {
    const args = operands(gpu, [1, 1, 1300], (weight) => {
      weight.fill(-3e38);
      weight[best] = 3e38;
    });
    gpu.write(args.hidden, Float32Array.of(1));
    for (const label of [best, other]) {
      gpu.write(args.labels, Int32Array.of(label));
      const dWeight = { array: gpu.empty([1300, 1]), accumulate: false };
      const made = linearCrossEntropy(gpu, args, { dWeight, logitBytes: 4 });
      const [losses, hits, gradient] = await gpu.read(made.rowLoss, made.correct, dWeight.array);
      assertEquals(hits[0], label === best ? 1 : 0);
      if (label === best) assertEquals(losses[0], 0);
      const expected = new Float32Array(1300);
      if (label === other) [expected[best], expected[other]] = [1, -1];
      assertEquals(gradient, expected);
    }
  }
  gpu.destroy();
});

Deno.test("linearCrossEntropy: of equal logits in different chunks the lowest column wins", async () => {
  const gpu = await Gpu.open();
  const args = operands(gpu, [4, 1, 1300], (weight) => {
    weight.fill(0);
    for (const column of [5, 7, 511, 512, 1299]) weight[column] = 2;
  });
  gpu.write(args.hidden, new Float32Array(4).fill(1));
  gpu.write(args.labels, Int32Array.of(5, 7, 512, 1299));
  const { correct } = linearCrossEntropy(gpu, args, { logitBytes: 4 });
  assertEquals([...(await gpu.read(correct))[0]], [1, 0, 0, 0]);
  gpu.destroy();
});

Deno.test("linearCrossEntropy: memory is that of a chunk, not of tokens × vocabulary", async () => {
  const gpu = await Gpu.open();
  const [rows, dim, width] = [1024, 16, 50280];
  const args = operands(gpu, [rows, dim, width]);
  const dWeight = { array: gpu.empty([width, dim]), accumulate: false };
  for (const options of [{}, { dWeight }]) {
    const before = gpu.pool.liveBytes;
    gpu.pool.resetPeak();
    const loss = gpu.scope(() => gpu.keep(linearCrossEntropy(gpu, args, options).loss));
    const peak = gpu.pool.peakBytes - before;
    assert(peak < 40e6, `${peak} bytes, of ${4 * rows * width} that all logits take`);
    const found = (await gpu.readFloats(loss))[0];
    assert(Math.abs(found - Math.log(width)) < 1, `a loss of ${found}`);
    gpu.release(loss);
  }
  gpu.destroy();
});

Deno.test("linearCrossEntropy: operands that do not fit are named", async () => {
  const gpu = await Gpu.open();
  const args = operands(gpu, [2, 8, 40]);
  const refuse = (change: Partial<LinearCrossEntropyArguments>, text: string) =>
    assertThrows(() => linearCrossEntropy(gpu, { ...args, ...change }), ShapeError, text);
  refuse({ hidden: gpu.zeros([2, 4]) }, "found hidden of [2,4] and a weight of [40,8]");
  refuse({ packed: packTransposed(gpu, gpu.zeros([8, 8])) }, "found a packed weight of [8, 8]");
  refuse({ vocabulary: 41 }, "found a vocabulary of 41, expected 1 to 40");
  refuse({ labels: gpu.zeros([3], "i32") }, "found labels i32 [3]");
  const dWeight = { array: gpu.zeros([8, 40]), accumulate: false };
  assertThrows(() => linearCrossEntropy(gpu, args, { dWeight }), ShapeError, "dWeight");
  gpu.destroy();
});
