import { assert, assertEquals } from "@std/assert";
import { randomIntegers, randomTensor } from "../../kernels/case.ts";
import { crossEntropy } from "../../kernels/cross_entropy/mod.ts";
import type { Gpu } from "../../src/gpu/gpu.ts";
import { linear, linearCrossEntropy, Parameter, Tape, Tensor } from "../../src/tensor/mod.ts";
import { withGpu } from "../gpu/with_gpu.ts";

const SEED = "tests/tensor/linear_cross_entropy";

/** A head of this many tokens, hidden states, and labels for them. */
function given(gpu: Gpu, rows: number, dim: number, vocabulary: number) {
  const shape = [vocabulary, dim];
  const { data } = randomTensor(`${SEED}/weight`, shape, dim ** -0.5);
  return {
    weight: new Parameter("head", gpu.upload(data, shape), gpu.zeros(shape)),
    hidden: gpu.upload(randomTensor(`${SEED}/hidden`, [rows, dim]).data, [rows, dim]),
    labels: gpu.upload(randomIntegers(`${SEED}/labels`, [rows], vocabulary).data),
    weights: gpu.upload(new Float32Array(rows).fill(1 / rows)),
    vocabulary,
  };
}

Deno.test("linearCrossEntropy: logits made at once give the bits of the two operations apart", () =>
  withGpu(async (gpu) => {
    gpu.openScope();
    const { weight, hidden, ...rest } = given(gpu, 40, 12, 301);
    const [whole, fused] = [new Tape(gpu), new Tensor(hidden)];
    const { loss, correct } = linearCrossEntropy(whole, fused, weight, rest);
    whole.backward();
    const found = await gpu.read(loss, correct, fused.gradient!, weight.target!);
    weight.touched = false;
    const [tape, apart] = [new Tape(gpu), new Tensor(hidden)];
    const logits = linear(tape, apart, weight);
    const made = crossEntropy(gpu, { logits: logits.array, ...rest });
    logits.gradient = gpu.retain(made.dLogits);
    tape.backward();
    assertEquals(
      found,
      await gpu.read(made.loss, made.correct, apart.gradient!, weight.target!),
    );
    gpu.release(weight.packed!.array);
    gpu.closeScope();
    assertEquals(gpu.pool.live, 0);
  }));

Deno.test("linearCrossEntropy: two micro-batches in chunks pack the weight once", () =>
  withGpu(async (gpu) => {
    gpu.openScope();
    const { weight, hidden, ...rest } = given(gpu, 128, 4, 70_000);
    const labels: string[] = [];
    const dispatch = gpu.dispatch.bind(gpu);
    gpu.dispatch = (kernel, ...others) => {
      labels.push(kernel.label.split(" ")[0]);
      dispatch(kernel, ...others);
    };
    const gradients: Float32Array[] = [];
    for (let i = 0; i < 2; i++) {
      const tape = new Tape(gpu);
      linearCrossEntropy(tape, new Tensor(hidden), weight, rest);
      tape.backward();
      gradients.push(await gpu.readFloats(weight.target!));
    }
    const count = (label: string) => labels.filter((found) => found === label).length;
    assertEquals(count("pack"), 1);
    // Of two chunks each: logits, those of the first once more, and the hidden states' gradient.
    assertEquals(count("matmul"), 2 * 5);
    assertEquals(count("crossEntropyStatistics"), 4);
    assertEquals(count("crossEntropyGradient"), 4);
    assert(gradients[0].some((x) => x !== 0));
    assertEquals(gradients[1], gradients[0].map((x) => 2 * x));
    gpu.release(weight.packed!.array);
    gpu.closeScope();
    assertEquals(gpu.pool.live, 0);
  }));
