import { assert, assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { CheckpointError, DataError } from "../../src/base/errors.ts";
import type { Gpu } from "../../src/gpu/gpu.ts";
import { hfConfig } from "../../src/models/mamba/hf.ts";
import { baseTrainer } from "../../src/pipeline/model.ts";
import { loadProfile } from "../../src/pipeline/profiles/mod.ts";
import { readRows } from "../../src/tables/mod.ts";
import { tinyTokenizer } from "../../src/tokenizer/mod.ts";
import type { BatchSource, TrainingBatch } from "../../src/train/batches.ts";
import { loadCheckpoint, saveStep } from "../../src/train/checkpoint.ts";
import { trainWithCheckpoints } from "../../src/train/run.ts";
import { Trainer, type TrainerState } from "../../src/train/trainer.ts";
import { withGpu } from "../gpu/with_gpu.ts";
import { inTemporaryDirectory } from "../pipeline/toy.ts";
import { pathOf } from "../repository.ts";
import {
  batches,
  CONFIG,
  OPTIONS,
  randomBatch,
  smallModel,
  smallTrainer,
} from "./small_trainer.ts";

/** The largest difference of two states' weights as a share of the largest weight. */
function distance(a: TrainerState, b: TrainerState): number {
  let [most, off] = [0, 0];
  for (const [name, { data }] of a.weights) {
    const other = b.weights.get(name)!.data;
    data.forEach((x, i) => {
      most = Math.max(most, Math.abs(x));
      off = Math.max(off, Math.abs(x - other[i]));
    });
  }
  return off / most;
}

const runIn = (directory: string, stopAt = Infinity) => {
  let saves = 0;
  return {
    directory,
    configHash: "a configuration",
    modelConfig: hfConfig(CONFIG),
    saveEvery: 6,
    heldOut: [randomBatch("held out", 2, 24)],
    progress: () => undefined,
    checkStop: () => {
      if (++saves === stopAt) throw new Error("stopped");
    },
  };
};

Deno.test("trainer: stopped at a checkpoint and resumed twice, the same bits as in one go", () =>
  withGpu((gpu) =>
    inTemporaryDirectory(async (folder) => {
      const whole = smallTrainer(gpu);
      await trainWithCheckpoints(whole, runIn(`${folder}/whole`));
      const expected = await whole.state();
      assertEquals(expected.evaluations.map(({ step }) => step), [6, 12, 18, 24]);
      const cutShort = `${folder}/cut-short`;
      for (const stopAt of [1, 2]) {
        const cut = () => trainWithCheckpoints(smallTrainer(gpu), runIn(cutShort, stopAt));
        await assertRejects(cut, Error, "stopped");
      }
      const resumed = smallTrainer(gpu);
      await trainWithCheckpoints(resumed, runIn(cutShort));
      assertEquals(await resumed.state(), expected);
      assertEquals([...Deno.readDirSync(cutShort)].map(({ name }) => name).sort(), [
        "step-000018",
        "step-000024",
      ]);
      const saved = await loadCheckpoint(`${cutShort}/step-000024`);
      assertEquals(saved.weights, expected.weights);
      // A finished training is not gone on with.
      const again = smallTrainer(gpu, {}, () => assert(false, "a batch was asked for") as never);
      await trainWithCheckpoints(again, runIn(cutShort));
      assertEquals(await again.state(), expected);
      assert(expected.log[23].loss < expected.log[0].loss - 1, `${expected.log[23].loss}`);
    })
  ));

Deno.test("trainer: when the losses are read changes nothing", () =>
  withGpu(async (gpu) => {
    const [often, seldom] = [smallTrainer(gpu), smallTrainer(gpu)];
    for (let step = 1; step <= 24; step++) await often.run(step);
    const read: number[] = [];
    await seldom.run(24, ({ step }) => read.push(step));
    assertEquals(read, [10, 20, 24]);
    assertEquals(await often.state(), await seldom.state());
  }));

/** Rows of a batch as batches of their own, in order. */
function rowByRow(whole: BatchSource, rows: number): BatchSource {
  return (micro) => {
    const batch = whole(Math.floor(micro / rows));
    const [from, to] = [(micro % rows) * batch.length, (micro % rows + 1) * batch.length];
    return {
      batch: 1,
      length: batch.length,
      ids: batch.ids.slice(from, to),
      labels: batch.labels.slice(from, to),
      weights: batch.weights.slice(from, to),
    };
  };
}

Deno.test("trainer: two accumulated micro-batches are one batch of both", () =>
  withGpu(async (gpu) => {
    // Weights differ between the rows, so that averaging their means would show.
    const whole: BatchSource = (step) => randomBatch(`accumulate/${step}`, 2, 24);
    const together = smallTrainer(gpu, {}, whole);
    const apart = smallTrainer(gpu, { accumulation: 2 }, rowByRow(whole, 2));
    await together.run(5);
    await apart.run(5);
    apart.log.forEach((row, i) => {
      const expected = together.log[i];
      assertEquals([row.step, row.tokens], [expected.step, expected.tokens]);
      assertAlmostEquals(row.loss, expected.loss, 1e-3 * expected.loss);
      assertAlmostEquals(row.gradient_norm, expected.gradient_norm, 1e-3 * expected.gradient_norm);
    });
    const off = distance(await together.state(), await apart.state());
    assert(off < 2e-3, `weights differ by ${off}`);
  }));

Deno.test("trainer: activation checkpoints change not one bit of training", () =>
  withGpu(async (gpu) => {
    const states = [];
    for (const activationCheckpoints of [false, true]) {
      const trainer = smallTrainer(gpu, { activationCheckpoints });
      await trainer.run(4);
      states.push(await trainer.state());
    }
    assertEquals(states[1], states[0]);
  }));

/** A checkpoint of 6 steps, changed by `spoil`, and a training that should go on from it. */
async function resumeFrom(
  gpu: Gpu,
  spoil: (saved: Awaited<ReturnType<typeof loadCheckpoint>>) => typeof saved,
): Promise<void> {
  await inTemporaryDirectory(async (folder) => {
    const cut = () => trainWithCheckpoints(smallTrainer(gpu), runIn(folder, 1));
    await assertRejects(cut, Error, "stopped");
    await saveStep(folder, spoil(await loadCheckpoint(`${folder}/step-000006`)));
    await trainWithCheckpoints(smallTrainer(gpu), runIn(folder));
  });
}

const D = "backbone.layers.1.mixer.D";

Deno.test("trainer: checkpoints that do not belong to the training are refused", () =>
  withGpu(async (gpu) => {
    const refused = (spoil: Parameters<typeof resumeFrom>[1], message: string) =>
      assertRejects(() => resumeFrom(gpu, spoil), CheckpointError, message);
    await refused(
      (saved) => ({ ...saved, state: { ...saved.state, configHash: "another" } }),
      "found a checkpoint of another configuration",
    );
    await refused(({ moments: _, ...saved }) => saved, "another configuration");
    await refused((saved) => {
      saved.weights.get(D)!.data[3] = NaN;
      return saved;
    }, `found NaN at element 3 of "${D}"`);
    await refused((saved) => {
      saved.moments!.second.get(D)!.data[3] = NaN;
      return saved;
    }, `found NaN at element 3 of "${D}"`);
    await refused((saved) => {
      const first = new Map(saved.moments!.first);
      first.delete(D);
      return { ...saved, moments: { ...saved.moments!, first } };
    }, `"${D}" is missing`);
    await refused(
      (saved) => ({ ...saved, state: { ...saved.state, step: 7 } }),
      "found 7 steps and 6 log rows",
    );
    await refused(
      (saved) => ({ ...saved, state: { ...saved.state, trainer: { log: "none" } } }),
      "expected tokens, log and evaluations",
    );
  }));

Deno.test("trainer: a state of more steps than are asked for is refused", () =>
  withGpu(async (gpu) => {
    const trainer = smallTrainer(gpu);
    await trainer.run(4);
    const state = await trainer.state();
    const shorter = smallTrainer(gpu, { steps: 3 });
    assertThrows(() => shorter.restore(state), CheckpointError, "at most 3");
  }));

Deno.test("trainer: a loss that is not finite ends it with the step's number", () =>
  withGpu(async (gpu) => {
    const live = gpu.pool.live;
    // The second goes on for ten steps before it reads the loss.
    for (const until of [5, 24]) {
      const trainer = smallTrainer(gpu);
      const { parameters } = trainer.model;
      await trainer.run(2);
      gpu.write(parameters.get(D).array, new Float32Array(64).fill(NaN));
      parameters.changed();
      const error = await assertRejects(() => trainer.run(until), DataError, "training step 3");
      assert(/expected finite numbers; lower the learning rate/.test(error.message));
      assertEquals(trainer.log.map(({ step }) => step), [1, 2]);
      trainer.release();
      trainer.model.release();
      assertEquals(gpu.pool.live, live);
    }
  }));

Deno.test("trainer: steps before a batch that is refused are in the state", () =>
  withGpu(async (gpu) => {
    const [refused, whole] = [14, 24].map((most) =>
      smallTrainer(gpu, {}, (step) => {
        const batch = batches(step);
        return step === most ? { ...batch, labels: batch.labels.map(() => -100) } : batch;
      })
    );
    await assertRejects(() => refused.run(24), DataError, "without a labelled token");
    await whole.run(14);
    assertEquals(await refused.state(), await whole.state());
  }));

Deno.test("trainer: a batch that is refused leaves the device as it was", () =>
  withGpu(async (gpu) => {
    const unlabelled = (batch: TrainingBatch) => ({
      ...batch,
      labels: batch.labels.map(() => -100),
    });
    const trainer = smallTrainer(gpu, {}, (step) => {
      const batch = batches(step);
      return step === 1 ? unlabelled(batch) : batch;
    });
    await trainer.run(1);
    const live = gpu.pool.live;
    await assertRejects(() => trainer.run(3), DataError, "without a labelled token");
    assertEquals([gpu.pool.live, trainer.step], [live, 1]);
  }));

Deno.test("trainer: buffers return after every step, and memory does not grow over 200", () =>
  withGpu(async (gpu) => {
    const trainer = smallTrainer(gpu, { steps: 200 });
    const live = gpu.pool.live;
    await trainer.run(1);
    assertEquals(gpu.pool.live, live);
    await trainer.run(20);
    assertEquals(gpu.pool.live, live);
    const before = { peak: gpu.pool.peakBytes, resident: Deno.memoryUsage().rss };
    for (let step = 40; step <= 200; step += 40) {
      await trainer.run(step);
      assertEquals(gpu.pool.live, live);
    }
    assertEquals(gpu.pool.peakBytes, before.peak);
    const grown = Deno.memoryUsage().rss - before.resident;
    assert(grown < 64 * 2 ** 20, `the process grew by ${grown} bytes`);
    trainer.release();
    trainer.model.release();
    assertEquals(gpu.pool.live, 0);
  }));

Deno.test("trainer: packed sequences train as they would apart", () =>
  withGpu(async (gpu) => {
    const row = randomBatch("packed", 1, 24);
    const apart = [[0, 9], [9, 24]].map(([from, to]) => ({
      batch: 1,
      length: to - from,
      ids: row.ids.slice(from, to),
      labels: row.labels.slice(from, to),
      weights: row.weights.slice(from, to),
    }));
    const sequenceIndex = Int32Array.from(row.ids, (_, i) => Number(i >= 9));
    const packed = new Trainer(smallModel(gpu), OPTIONS, () => ({ ...row, sequenceIndex }));
    const single = smallTrainer(gpu, { accumulation: 2 }, (micro) => apart[micro % 2]);
    await packed.run(3);
    await single.run(3);
    const off = distance(await packed.state(), await single.state());
    assert(off < 2e-3, `weights differ by ${off}`);
  }));

Deno.test("trainer: the shipped base's first steps are reproduced", async () => {
  const profile = loadProfile("tiny");
  const path = pathOf(`${profile.checkpoint}/training_log.arrow`);
  const shipped = await Deno.stat(path).then(() => true, () => false);
  if (!shipped) {
    console.warn(`SKIPPED: ${profile.checkpoint} is not shipped yet`);
    return;
  }
  const expected = (await readRows(path, "training_log")).slice(0, 10);
  await withGpu(async (gpu) => {
    const { pretraining } = profile;
    assert(pretraining);
    const trainer = baseTrainer(gpu, { ...profile, pretraining }, tinyTokenizer());
    await trainer.run(10);
    assertEquals(trainer.log.length, expected.length);
    trainer.log.forEach((row, i) => {
      const { loss, tokens, learning_rate } = expected[i];
      assertEquals(row.tokens, tokens);
      assertAlmostEquals(row.learning_rate, learning_rate, 1e-6 * learning_rate);
      assertAlmostEquals(row.loss, loss, 1e-3 * loss, `step ${row.step}`);
    });
  });
});
