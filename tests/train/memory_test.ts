import { assertEquals } from "@std/assert";
import { initializeMamba, Mamba, mambaConfig } from "../../src/models/mamba/mod.ts";
import { windowBatches } from "../../src/train/batches.ts";
import { Trainer } from "../../src/train/trainer.ts";
import { withGpu } from "../gpu/with_gpu.ts";
import { OPTIONS } from "./small_trainer.ts";

const STEPS = 2000;
/** By then every size of buffer has occurred. */
const SETTLED = 50;

Deno.test(`memory: ${STEPS} training steps hold no more than the first ${SETTLED}`, () =>
  withGpu(async (gpu) => {
    const config = mambaConfig({ vocabSize: 11, dim: 8, layers: 1 });
    const model = new Mamba(gpu, config, initializeMamba(config, "tests/memory"), true);
    const text = Int32Array.from({ length: 300 }, (_, i) => (i * i) % config.vocabSize);
    const batches = windowBatches(text, { batch: 1, length: 8, seed: 1 });
    const trainer = new Trainer(model, { ...OPTIONS, steps: STEPS }, batches);
    const held = () => ({
      ...gpu.kept,
      pipelines: gpu.pipelines,
      live: gpu.pool.live,
      liveBytes: gpu.pool.liveBytes,
      peakBytes: gpu.pool.peakBytes,
    });
    await trainer.run(SETTLED);
    const settled = held();
    await trainer.run(STEPS);
    assertEquals(held(), settled);
    trainer.release();
    model.release();
    assertEquals(gpu.pool.live, 0);
  }));
