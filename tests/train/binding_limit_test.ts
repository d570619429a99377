import { assert, assertEquals } from "@std/assert";
import { initializeMamba, Mamba, mambaConfig } from "../../src/models/mamba/mod.ts";
import { Trainer } from "../../src/train/trainer.ts";
import { withGpu } from "../gpu/with_gpu.ts";
import { OPTIONS } from "./small_trainer.ts";
import { windowBatches } from "../../src/train/batches.ts";

/** Bytes; more than 64 rows of logits, which are always bound at once. */
const LIMIT = 2 ** 18;

Deno.test("training: a model larger than one binding learns the same bits in spans", () =>
  withGpu(async (gpu) => {
    const config = mambaConfig({ vocabSize: 999, dim: 128, layers: 1 });
    const text = Int32Array.from({ length: 500 }, (_, i) => (i * i * i) % config.vocabSize);
    const batches = windowBatches(text, { batch: 2, length: 24, seed: 1 });
    const whole = gpu.bindingLimit;
    const states = [];
    for (const limit of [whole, LIMIT]) {
      gpu.bindingLimit = limit;
      const model = new Mamba(gpu, config, initializeMamba(config, "tests/train/limit"), true);
      assert(model.parameters.flat.size * 4 > 3 * LIMIT, "the model fits three bindings");
      const trainer = new Trainer(model, { ...OPTIONS, steps: 3 }, batches);
      await trainer.run(3);
      states.push(await trainer.state());
      trainer.release();
      model.release();
    }
    assertEquals(states[1], states[0]);
  }));
