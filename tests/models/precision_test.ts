import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { packTransposed } from "../../kernels/matmul/mod.ts";
import { DeviceError, ShapeError } from "../../src/base/errors.ts";
import type { Gpu } from "../../src/gpu/gpu.ts";
import { initializeMamba, Mamba } from "../../src/models/mamba/mod.ts";
import { initializeMamba2, Mamba2, mamba2Config } from "../../src/models/mamba2/mod.ts";
import { loadModel } from "../../src/pipeline/model.ts";
import { pretrainingDocuments } from "../../src/sources/mod.ts";
import type { ModelPrecision } from "../../src/models/precision.ts";
import { Tape, Tensor } from "../../src/tensor/mod.ts";
import { tinyTokenizer } from "../../src/tokenizer/mod.ts";
import { Trainer } from "../../src/train/trainer.ts";
import { withGpu } from "../gpu/with_gpu.ts";
import { pathOf } from "../repository.ts";
import { batches, CONFIG, OPTIONS } from "../train/small_trainer.ts";

/** Runs `body` where the adapter can, and says so where it cannot. */
function withF16(body: (gpu: Gpu) => Promise<void>): Promise<void> {
  return withGpu(async (gpu) => {
    if (gpu.f16) await body(gpu);
    else console.warn(`SKIPPED: ${gpu.facts.adapter} has no f16`);
  });
}

const [ROWS, LENGTH] = [4, 200];

/** Logits of the shipped base over documents that it was not trained on. */
async function tinyLogits(gpu: Gpu, precision: ModelPrecision) {
  const tokenizer = tinyTokenizer();
  const documents = [...pretrainingDocuments({ seed: 7, count: ROWS, length: LENGTH + 50 })];
  const ids = documents.flatMap(({ text }) => tokenizer.encode(text).slice(0, LENGTH));
  const model = await loadModel(gpu, pathOf("data/tiny/mamba"), false, precision);
  gpu.openScope();
  const input = { ids: gpu.upload(Int32Array.from(ids), [ROWS, LENGTH]) };
  const tape = new Tape(gpu, false);
  const hidden = model.forward(tape, input).array;
  const rows = new Tensor(hidden.reshape([ROWS * LENGTH, hidden.columns]));
  const { array } = model.logits(tape, rows);
  const numbers = await gpu.readFloats(array);
  gpu.closeScope();
  const weights = await model.parameters.save();
  model.release();
  return { numbers, columns: array.columns, weights };
}

const largest = (row: Float32Array): number => row.reduce((at, x, i) => x > row[at] ? i : at, 0);

// The bound of kernels/matmul/README.md.
const LOGITS_BOUND = 0.05;

for (const precision of ["f16", "f16-activations"] as const) {
  Deno.test(`${precision}: the tiny base's logits move within the stated bound, its weights not at all`, () =>
    withF16(async (gpu) => {
      const full = await tinyLogits(gpu, "f32");
      const half = await tinyLogits(gpu, precision);
      assertEquals(half.weights, full.weights);
      assertNotEquals(half.numbers, full.numbers);
      const { columns } = full;
      let alike = 0;
      for (let start = 0; start < full.numbers.length; start += columns) {
        const [a, b] = [full, half].map(({ numbers }) => numbers.subarray(start, start + columns));
        a.forEach((x, i) => assert(Math.abs(x - b[i]) <= LOGITS_BOUND, `${x} and ${b[i]}`));
        if (largest(a) === largest(b)) alike++;
      }
      assert(alike >= 0.99 * ROWS * LENGTH, `${alike} best tokens alike`);
      assertEquals(gpu.pool.live, 0);
    }));

  Deno.test(`${precision}: training goes as with f32, in f32 weights, and again to the same bits`, () =>
    withF16(async (gpu) => {
      const train = async (precision: ModelPrecision) => {
        const weights = initializeMamba(CONFIG, "tests/train");
        const trainer = new Trainer(
          new Mamba(gpu, CONFIG, weights, true, precision),
          OPTIONS,
          batches,
        );
        await trainer.run(OPTIONS.steps);
        const state = await trainer.state();
        trainer.release();
        trainer.model.release();
        return state;
      };
      const [full, half] = [await train("f32"), await train(precision)];
      assertEquals(await train(precision), half);
      assertNotEquals(half.weights, full.weights);
      half.log.forEach(({ loss }, i) => {
        const expected = full.log[i].loss;
        assert(Math.abs(loss - expected) <= 1e-3 * expected, `step ${i}: ${loss}, f32 ${expected}`);
      });
      const embedding = half.weights.get("backbone.embedding.weight")!.data;
      const bits = new Uint32Array(embedding.buffer, embedding.byteOffset, embedding.length);
      assert(bits.some((word) => (word & 0x1fff) !== 0), "the weights have more bits than f16");
      assertEquals(gpu.pool.live, 0);
    }));
}

Deno.test("f16-activations: another model than f16, and a Mamba-2 too", () =>
  withF16(async (gpu) => {
    const { numbers } = await tinyLogits(gpu, "f16");
    assertNotEquals((await tinyLogits(gpu, "f16-activations")).numbers, numbers);
    const config = mamba2Config({ vocabSize: 45, dim: 32, layers: 2, headDim: 16, state: 16 });
    const weights = initializeMamba2(config, "tests/precision");
    const ids = Int32Array.from({ length: 3 * 70 }, (_, i) => (i * 7) % 45);
    const hidden = async (precision: ModelPrecision) => {
      const model = new Mamba2(gpu, config, weights, false, precision);
      gpu.openScope();
      const input = { ids: gpu.upload(ids, [3, 70]) };
      const found = await gpu.readFloats(model.forward(new Tape(gpu, false), input).array);
      gpu.closeScope();
      model.release();
      return found;
    };
    const [full, half] = [await hidden("f32"), await hidden("f16-activations")];
    assertNotEquals(half, full);
    const scale = full.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    full.forEach((x, i) => assert(Math.abs(x - half[i]) <= 0.02 * scale, `${x} and ${half[i]}`));
    assertEquals(gpu.pool.live, 0);
  }));

Deno.test("f16: refused by name where the adapter lacks it", () =>
  withGpu((gpu) => {
    Object.defineProperty(gpu, "f16", { value: false });
    const weights = initializeMamba(CONFIG, 1);
    const message = "lacks the feature shader-f16, expected it; take precision f32";
    assertThrows(() => new Mamba(gpu, CONFIG, weights, false, "f16"), DeviceError, message);
    const w = gpu.zeros([4, 4]);
    assertThrows(() => packTransposed(gpu, w, "f16"), DeviceError, message);
    gpu.release(w);
    assertEquals(gpu.pool.live, 0);
  }));

Deno.test("f16: arrays take half the bytes, bind where they begin, and stay on the device", () =>
  withF16((gpu) => {
    const array = gpu.empty([300, 64], "f16");
    assertEquals(array.pooled.bytes, gpu.pool.take(300 * 64 * 2).bytes);
    assertEquals([array.slice(32, 64).residual, array.slice(32, 64).elementBytes], [32, 2]);
    assertThrows(() => gpu.write(array, new Float32Array(300 * 64)), ShapeError, "found f16");
    return gpu.read(array).then(
      () => assert(false, "read"),
      (error) => assert(error instanceof ShapeError && error.message.includes("found f16")),
    );
  }));
