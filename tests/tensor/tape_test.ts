import { assert, assertEquals, assertThrows } from "@std/assert";
import { randomTensor } from "../../kernels/case.ts";
import { ShapeError } from "../../src/base/errors.ts";
import { Gpu } from "../../src/gpu/gpu.ts";
import { addRmsNorm, linear, Parameter, split, Tape, Tensor } from "../../src/tensor/mod.ts";

function upload(gpu: Gpu, seed: string, shape: readonly number[]) {
  return gpu.upload(randomTensor(seed, shape).data, shape);
}

function parameter(gpu: Gpu, name: string, shape: readonly number[]): Parameter {
  return new Parameter(name, upload(gpu, name, shape), gpu.zeros(shape));
}

Deno.test("tape: a tensor used twice gets both gradients", async () => {
  const gpu = await Gpu.open();
  const weight = parameter(gpu, "weight", [6, 10]);
  const found: number[][] = [];
  for (const uses of [1, 2]) {
    weight.touched = false;
    gpu.openScope();
    const tape = new Tape(gpu);
    const x = new Tensor(upload(gpu, "x", [7, 10]));
    const outputs = Array.from({ length: uses }, () => linear(tape, x, weight));
    for (const out of outputs) out.gradient = upload(gpu, "dOut", [7, 6]);
    tape.backward();
    assert(outputs.every(({ gradient }) => gradient === undefined), "gradients are given back");
    const [dx, dWeight] = await gpu.read(x.gradient!, weight.target!);
    found.push([...dx, ...dWeight]);
    gpu.closeScope();
  }
  const largest = Math.max(...found[0].map(Math.abs));
  found[0].forEach((once, i) => {
    assert(Math.abs(found[1][i] - 2 * once) <= 1e-6 * largest, `element ${i}`);
  });
  gpu.destroy();
});

Deno.test("tape: a scope gives back all that a step made", async () => {
  const gpu = await Gpu.open();
  const weight = parameter(gpu, "weight", [12, 10]);
  const norm = parameter(gpu, "norm", [6]);
  const xs = upload(gpu, "x", [7, 10]);
  const live = gpu.pool.live;
  for (const recording of [true, false]) {
    gpu.scope(() => {
      const tape = new Tape(gpu, recording);
      const [a, b] = split(linear(tape, new Tensor(xs), weight), [6, 6]);
      const { out } = addRmsNorm(tape, a, b, norm, 1e-5);
      if (recording) out.gradient = upload(gpu, "dOut", [7, 6]);
      tape.backward();
    });
    gpu.release(weight.packed!.array);
    weight.packed = undefined;
    assertEquals(gpu.pool.live, live);
  }
  await gpu.sync();
  gpu.destroy();
});

Deno.test("tape: an error in a scope leaves nothing behind", async () => {
  const gpu = await Gpu.open();
  const weight = parameter(gpu, "weight", [6, 10]);
  const live = gpu.pool.live;
  assertThrows(
    () => gpu.scope(() => linear(new Tape(gpu), new Tensor(gpu.zeros([7, 9])), weight)),
    ShapeError,
    "matmul",
  );
  gpu.release(weight.packed!.array);
  assertEquals(gpu.pool.live, live);
  gpu.destroy();
});

Deno.test("split: pieces must add up, and each is used by one operation", async () => {
  const gpu = await Gpu.open();
  const x = new Tensor(upload(gpu, "x", [7, 10]));
  assertThrows(() => split(x, [4, 5]), ShapeError, "expected them to add up to 10");
  const weight = parameter(gpu, "weight", [6, 4]);
  const tape = new Tape(gpu);
  const [piece] = split(x, [4, 6]);
  const outputs = [linear(tape, piece, weight), linear(tape, piece, weight)];
  for (const out of outputs) out.gradient = upload(gpu, "dOut", [7, 6]);
  assertThrows(
    () => tape.backward(),
    ShapeError,
    "a piece of a split may be used by one operation",
  );
  gpu.destroy();
});

Deno.test("split: the whole is not used beside its pieces, and every piece is used", async () => {
  const gpu = await Gpu.open();
  const run = (use: (tape: Tape, x: Tensor, a: Tensor, b: Tensor) => Tensor[]) => {
    const tape = new Tape(gpu);
    const source = parameter(gpu, "source", [10, 10]);
    const x = linear(tape, new Tensor(upload(gpu, "input", [7, 10])), source);
    const [a, b] = split(x, [4, 6]);
    for (const out of use(tape, x, a, b)) out.gradient = upload(gpu, "dOut", [7, 6]);
    tape.backward();
  };
  const narrow = parameter(gpu, "narrow", [6, 4]);
  const wide = parameter(gpu, "wide", [6, 6]);
  const all = parameter(gpu, "all", [6, 10]);
  run((tape, _, a, b) => [linear(tape, a, narrow), linear(tape, b, wide)]);
  const beside = "used both whole and in pieces";
  const pieces = (
    tape: Tape,
    a: Tensor,
    b: Tensor,
  ) => [linear(tape, a, narrow), linear(tape, b, wide)];
  assertThrows(
    () => run((tape, x, a, b) => [linear(tape, x, all), ...pieces(tape, a, b)]),
    ShapeError,
    beside,
  );
  assertThrows(
    () => run((tape, x, a, b) => [...pieces(tape, a, b), linear(tape, x, all)]),
    ShapeError,
    beside,
  );
  assertThrows(() => run((tape, _, a) => [linear(tape, a, narrow)]), ShapeError, "use every piece");
  gpu.destroy();
});

Deno.test("tape: gradients that cannot be are refused", async () => {
  const gpu = await Gpu.open();
  const frozen = new Parameter("frozen.weight", upload(gpu, "weight", [6, 10]));
  const tape = new Tape(gpu);
  const x = new Tensor(upload(gpu, "x", [7, 10]));
  const out = linear(tape, x, frozen);
  out.gradient = upload(gpu, "dOut", [7, 6]);
  assertThrows(() => tape.backward(), ShapeError, "gradient of frozen.weight");
  const norm = parameter(gpu, "norm", [10]);
  const again = new Tape(gpu);
  const { sum } = addRmsNorm(again, x, undefined, norm, 1e-5);
  sum.gradient = upload(gpu, "dSum", [7, 10]);
  assertThrows(() => again.backward(), ShapeError, "the normalised output must be used");
  gpu.destroy();
});
