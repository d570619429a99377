import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { DataError } from "../../src/base/errors.ts";
import type { Gpu } from "../../src/gpu/gpu.ts";
import type { Mamba } from "../../src/models/mamba/mod.ts";
import { Tape } from "../../src/tensor/mod.ts";
import type { TrainingBatch } from "../../src/train/batches.ts";
import { batchLoss, labelledWeight } from "../../src/train/loss.ts";
import { withGpu } from "../gpu/with_gpu.ts";
import { CONFIG, randomBatch, smallModel } from "./small_trainer.ts";

const batch = randomBatch("tests/train/loss", 2, 24);
const total = labelledWeight(batch);

/** Loss and gradient of a batch. */
async function lossOf(model: Mamba, given: TrainingBatch, checkpoints = false) {
  const { gpu, parameters } = model;
  parameters.startGradients();
  gpu.openScope();
  const { loss } = batchLoss(model, given, labelledWeight(given), { train: true, checkpoints });
  const [read, gradient] = await gpu.read(loss, parameters.gradient!);
  gpu.closeScope();
  return { loss: read[0], gradient };
}

/** The same loss from the logits of every position, summed in float64. */
async function lossOnHost(model: Mamba, { ids, labels, weights, ...shape }: TrainingBatch) {
  const { gpu } = model;
  const read = gpu.scope(() => {
    const tape = new Tape(gpu, false);
    const array = gpu.upload(ids, [shape.batch, shape.length]);
    return gpu.readFloats(model.logits(tape, model.forward(tape, { ids: array })).array);
  });
  const logits = await read;
  const width = logits.length / ids.length;
  return labels.reduce((sum, label, i) => {
    if (label < 0) return sum;
    const row = [...logits.subarray(i * width, i * width + CONFIG.vocabSize)];
    const whole = row.reduce((all, x) => all + Math.exp(x), 0);
    return sum + weights[i] / total * (Math.log(whole) - row[label]);
  }, 0);
}

const onModel = (body: (model: Mamba, gpu: Gpu) => Promise<void> | void) => () =>
  withGpu((gpu) => body(smallModel(gpu), gpu));

Deno.test(
  "loss: the weighted mean over labelled positions alone",
  onModel(async (model) => {
    const { loss } = await lossOf(model, batch);
    assertAlmostEquals(loss, await lossOnHost(model, batch), 1e-5);
  }),
);

Deno.test(
  "loss: a label without weight counts as no label",
  onModel(async (model) => {
    const weights = batch.weights.map((weight, i) => i % 5 === 0 ? 0 : weight);
    const labels = batch.labels.map((label, i) => i % 5 === 0 ? -100 : label);
    const weighed = await lossOf(model, { ...batch, weights });
    assertEquals(await lossOf(model, { ...batch, labels, weights }), weighed);
  }),
);

Deno.test(
  "loss: activation checkpoints change neither loss nor gradient by one bit",
  onModel(async (model) => {
    const kept = await lossOf(model, batch);
    assertEquals(await lossOf(model, batch, true), kept);
    assert(kept.gradient.some((x) => x !== 0));
  }),
);

const refused: [string, Partial<TrainingBatch>, RegExp][] = [
  [
    "a sequence of length zero",
    { length: 0, ids: new Int32Array(0), labels: new Int32Array(0), weights: new Float32Array(0) },
    /sequence of length zero, expected at least one token/,
  ],
  ["a batch without labels", { labels: batch.labels.map(() => -100) }, /check the label spans/],
  ["labels without weight", { weights: batch.weights.map(() => 0) }, /check the label spans/],
  [
    "a label outside the vocabulary",
    { labels: batch.labels.with(1, CONFIG.vocabSize) },
    /training labels.*45/,
  ],
  ["a token outside the vocabulary", { ids: batch.ids.with(2, -1) }, /training tokens.*-1/],
];
for (const [what, change, message] of refused) {
  Deno.test(
    `loss: ${what} is refused, and nothing is left over`,
    onModel((model, gpu) => {
      const live = gpu.pool.live;
      const spoilt = { ...batch, ...change };
      const run = () =>
        gpu.scope(() => batchLoss(model, spoilt, labelledWeight(spoilt), { train: true }));
      const error = assertThrows(run, DataError);
      assert(message.test(error.message), error.message);
      assertEquals(gpu.pool.live, live);
    }),
  );
}

Deno.test("loss: a micro-batch without labels adds nothing to a step that has some", () =>
  withGpu(async (gpu) => {
    const model = smallModel(gpu);
    const empty = { ...batch, labels: batch.labels.map(() => -100) };
    gpu.openScope();
    const { loss, labels } = batchLoss(model, empty, total, { train: true });
    assertEquals([...await gpu.readFloats(loss)], [0]);
    assertEquals([...labels], [-100]);
    gpu.closeScope();
    model.release();
  }));
