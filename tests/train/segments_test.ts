import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { ConfigError, DataError, ShapeError } from "../../src/base/errors.ts";
import type { Mamba } from "../../src/models/mamba/mod.ts";
import { Tape } from "../../src/tensor/mod.ts";
import type { TrainingBatch } from "../../src/train/batches.ts";
import { batchLoss, labelledWeight } from "../../src/train/loss.ts";
import { segmentedLoss, type Segments } from "../../src/train/segments.ts";
import { withGpu } from "../gpu/with_gpu.ts";
import { randomBatch, smallModel, smallTrainer } from "./small_trainer.ts";

const LENGTH = 40;
const batch = randomBatch("tests/train/segments", 2, LENGTH);

/** Loss, gradient, and most bytes held, with the rows whole or in segments. */
async function run(model: Mamba, given: TrainingBatch, segments?: Segments) {
  const { gpu, parameters } = model;
  const total = labelledWeight(given);
  parameters.startGradients();
  gpu.pool.resetPeak();
  gpu.openScope();
  try {
    const loss = segments
      ? segmentedLoss(model, given, total, segments)
      : batchLoss(model, given, total, { train: true }).loss;
    const [[value], gradient] = await gpu.read(loss, parameters.gradient!);
    return { loss: value, gradient, peak: gpu.pool.peakBytes };
  } finally {
    gpu.closeScope();
  }
}

/** Largest difference as a share of the largest number. */
function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [off, largest] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    off = Math.max(off, Math.abs(a[i] - b[i]));
    largest = Math.max(largest, Math.abs(a[i]));
  }
  return off / largest;
}

/** The batch with the labels of some times left out. */
const without = (from: number, to: number): TrainingBatch => ({
  ...batch,
  labels: batch.labels.map((label, i) => {
    const t = i % LENGTH;
    return t >= from && t < to ? -100 : label;
  }),
});

Deno.test("segments: exact gradients are those of the whole sequence, whatever the cut", () =>
  withGpu(async (gpu) => {
    const model = smallModel(gpu);
    const live = gpu.pool.live;
    const whole = await run(model, batch);
    for (const length of [8, 16, 24, LENGTH, 64]) {
      const cut = await run(model, batch, { length, gradients: "exact" });
      assertAlmostEquals(cut.loss, whole.loss, 1e-5);
      const off = distance(whole.gradient, cut.gradient);
      assert(off < 1e-5, `segments of ${length}: gradients differ by ${off}`);
    }
    // Weights stay packed until they change.
    model.parameters.changed();
    assertEquals(gpu.pool.live, live);
  }));

Deno.test("segments: a last segment of one token, or of a few, is exact too", () =>
  withGpu(async (gpu) => {
    const model = smallModel(gpu);
    for (const length of [33, 34, 37, 43]) {
      const odd = randomBatch(`tests/train/segments/${length}`, 2, length);
      const whole = await run(model, odd);
      const cut = await run(model, odd, { length: 16, gradients: "exact" });
      const off = distance(whole.gradient, cut.gradient);
      assert(off < 1e-5, `${length} tokens: gradients differ by ${off}`);
    }
  }));

Deno.test("segments: micro-batches add up, one without labels among them", () =>
  withGpu(async (gpu) => {
    const labels = batch.labels.map(() => -100);
    const source = (i: number) => i % 2 ? { ...batch, labels } : batch;
    const options = { accumulation: 2 };
    const segments = { length: 16, gradients: "exact" } as const;
    const trainers = [
      smallTrainer(gpu, options, source),
      smallTrainer(gpu, { ...options, segments }, source),
    ];
    for (const trainer of trainers) await trainer.run(3);
    const [whole, cut] = trainers.map(({ log }) => log);
    cut.forEach(({ loss }, i) => assertAlmostEquals(loss, whole[i].loss, 1e-5));
  }));

Deno.test("segments: an evaluation is that of whole rows, in the memory of a segment", () =>
  withGpu(async (gpu) => {
    const segments = { length: 256, gradients: "exact" } as const;
    const [whole, cut] = [smallTrainer(gpu), smallTrainer(gpu, { segments })];
    const long = randomBatch("tests/train/segments/held-out", 1, 4096);
    const peaks: number[] = [];
    const rows = [];
    for (const trainer of [whole, cut]) {
      gpu.pool.resetPeak();
      rows.push(await trainer.evaluate([long]));
      peaks.push(gpu.pool.peakBytes);
    }
    assertAlmostEquals(rows[1].loss, rows[0].loss, 1e-5);
    assertEquals({ ...rows[1], loss: 0 }, { ...rows[0], loss: 0 });
    assert(peaks[1] < peaks[0] / 4, `${peaks[0]} bytes for whole rows, ${peaks[1]} in segments`);
  }));

Deno.test("segments: going back without a gradient of the hidden states is refused", () =>
  withGpu((gpu) => {
    const model = smallModel(gpu);
    gpu.scope(() => {
      const tape = new Tape(gpu);
      const ids = gpu.upload(batch.ids, [2, LENGTH]);
      const { state } = model.forwardFrom(tape, { ids }, undefined);
      state[1].scan.gradient = gpu.zeros(state[1].scan.shape);
      assertThrows(() => tape.backward(), ShapeError, "set it to zeros where nothing follows");
    });
  }));

Deno.test("segments: gradients go back through segments without labels", () =>
  withGpu(async (gpu) => {
    const model = smallModel(gpu);
    for (const given of [without(0, 32), without(8, 24), without(16, LENGTH)]) {
      const whole = await run(model, given);
      const cut = await run(model, given, { length: 8, gradients: "exact" });
      assertAlmostEquals(cut.loss, whole.loss, 1e-5);
      const off = distance(whole.gradient, cut.gradient);
      assert(off < 1e-5, `gradients differ by ${off}`);
    }
  }));

Deno.test("segments: truncated gradients have the same loss and stop at the cuts", () =>
  withGpu(async (gpu) => {
    const model = smallModel(gpu);
    const whole = await run(model, batch);
    const cut = await run(model, batch, { length: 8, gradients: "truncated" });
    assertAlmostEquals(cut.loss, whole.loss, 1e-5);
    assert(distance(whole.gradient, cut.gradient) > 1e-3, "nothing was cut off");
    const one = await run(model, batch, { length: LENGTH, gradients: "truncated" });
    assert(distance(whole.gradient, one.gradient) < 1e-5);
  }));

Deno.test("segments: memory does not grow with the length but for the states between them", () =>
  withGpu(async (gpu) => {
    const model = smallModel(gpu);
    const peak = async (length: number) => {
      const long = randomBatch("tests/train/segments/long", 1, length);
      return (await run(model, long, { length: 256, gradients: "exact" })).peak;
    };
    const [short, long] = [await peak(1024), await peak(8192)];
    // Per layer a window of 3 and 16 states for each of 64 channels.
    const states = (8192 - 1024) / 256 * 2 * 4 * 64 * (16 + 3);
    assert(long <= short + 2 * states, `${short} bytes for 1,024 tokens, ${long} for 8,192`);
  }));

Deno.test("segments: training goes on as with whole rows, and resumes to the same bits", () =>
  withGpu(async (gpu) => {
    const segments = { length: 8, gradients: "exact" } as const;
    const [whole, cut, again] = [
      smallTrainer(gpu),
      smallTrainer(gpu, { segments }),
      smallTrainer(gpu, { segments }),
    ];
    for (const trainer of [whole, cut, again]) await trainer.run(6);
    cut.log.forEach((row, i) => assertAlmostEquals(row.loss, whole.log[i].loss, 1e-4));
    assertEquals(await cut.state(), await again.state());
  }));

Deno.test("segments: bad lengths, packed rows and two ways at once are refused", () =>
  withGpu((gpu) => {
    const model = smallModel(gpu);
    const live = gpu.pool.live;
    const attempt = (given: TrainingBatch, length: number) => () =>
      gpu.scope(() => segmentedLoss(model, given, 1, { length, gradients: "exact" }));
    for (const length of [0, 12, 8.5]) {
      assertThrows(attempt(batch, length), ConfigError, "multiple of 8");
    }
    const empty = randomBatch("tests/train/segments/empty", 2, 0);
    assertThrows(attempt(empty, 8), DataError, "length zero");
    const packed = { ...batch, sequenceIndex: new Int32Array(batch.ids.length) };
    assertThrows(attempt(packed, 8), DataError, "packed rows");
    const labels = batch.labels.map(() => -100);
    assertThrows(
      () =>
        gpu.scope(() =>
          segmentedLoss(model, { ...batch, labels }, 0, { length: 8, gradients: "truncated" })
        ),
      DataError,
      "without a labelled token",
    );
    for (const place of [0, LENGTH - 1]) {
      const ids = batch.ids.with(place, 999);
      assertThrows(attempt({ ...batch, ids }, 8), DataError, "999");
    }
    assertEquals(gpu.pool.live, live);
    const segments = { length: 8, gradients: "exact" } as const;
    assertThrows(
      () => smallTrainer(gpu, { segments, activationCheckpoints: true }),
      ConfigError,
      "expected one of them",
    );
    const unknown = { length: 8, gradients: "exat" as "exact" };
    assertThrows(() => smallTrainer(gpu, { segments: unknown }), ConfigError, '"exat"');
    const odd = { length: 12, gradients: "exact" } as const;
    assertThrows(() => smallTrainer(gpu, { segments: odd }), ConfigError, "multiple of 8");
  }));
