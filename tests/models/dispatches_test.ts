import { assert, assertEquals } from "@std/assert";
import type { Gpu } from "../../src/gpu/gpu.ts";
import { initializeMamba, Mamba } from "../../src/models/mamba/mod.ts";
import type { LanguageModel } from "../../src/models/language_model.ts";
import { initializeMamba2, Mamba2, mamba2Config } from "../../src/models/mamba2/mod.ts";
import { Trainer, type TrainerOptions } from "../../src/train/trainer.ts";
import { countDispatches, withGpu } from "../gpu/with_gpu.ts";
import { batches, CONFIG, OPTIONS } from "../train/small_trainer.ts";

/** Dispatches of a layer, forward and backward together. */
const MOST_A_LAYER = 25;
const MOST_A_MAMBA2_LAYER = 26;

function mambaOf(gpu: Gpu, layers: number): LanguageModel {
  const config = { ...CONFIG, layers };
  return new Mamba(gpu, config, initializeMamba(config, "tests/dispatches"), true);
}

function mamba2Of(gpu: Gpu, layers: number): LanguageModel {
  const { vocabSize, dim } = CONFIG;
  const config = mamba2Config({ vocabSize, dim, layers, headDim: 4, state: 8 });
  return new Mamba2(gpu, config, initializeMamba2(config, 1), true);
}

Deno.test("a Mamba-2 layer takes few dispatches, forward and backward together", () =>
  withGpu(async (gpu) => {
    const [two, four] = [
      await operationsOf(gpu, 2, {}, mamba2Of),
      await operationsOf(gpu, 4, {}, mamba2Of),
    ];
    const layer = (four.length - two.length) / 2;
    assert(layer > 0 && layer <= MOST_A_MAMBA2_LAYER, `found ${layer} dispatches a layer`);
  }));

/** Operations of a training step once the weights have been packed before. */
async function operationsOf(
  gpu: Gpu,
  layers: number,
  options: Partial<TrainerOptions> = {},
  make = mambaOf,
): Promise<string[]> {
  const model = make(gpu, layers);
  const trainer = new Trainer(model, { ...OPTIONS, ...options }, batches);
  await trainer.run(1);
  const count = countDispatches(gpu);
  await trainer.run(2);
  const labels = count();
  trainer.release();
  model.release();
  return labels.map((label) => label.split(" ")[0]);
}

const countOf = (operations: readonly string[], name: string): number =>
  operations.filter((operation) => operation === name).length;

Deno.test("a Mamba layer takes few dispatches, forward and backward together", () =>
  withGpu(async (gpu) => {
    const [two, four] = [await operationsOf(gpu, 2), await operationsOf(gpu, 4)];
    const layer = (four.length - two.length) / 2;
    assert(layer > 0 && layer <= MOST_A_LAYER, `found ${layer} dispatches a layer`);
    for (const operations of [two, four]) {
      assertEquals(countOf(operations, "pack"), 1, "all weights are packed in one dispatch");
      assertEquals(countOf(operations, "adamw"), 1, "all parameters are updated in one dispatch");
    }
  }));

Deno.test("micro-batches share the packed weights; each adds up its gradients at its end", () =>
  withGpu(async (gpu) => {
    const one = await operationsOf(gpu, 2);
    const two = await operationsOf(gpu, 2, { accumulation: 2 });
    assertEquals(countOf(two, "pack"), 1);
    assertEquals(countOf(two, "reduce"), 2 * countOf(one, "reduce"));
    assertEquals(countOf(two, "adamw"), 1);
  }));

Deno.test("recomputed layers leave their sums to the whole's end", () =>
  withGpu(async (gpu) => {
    const kept = await operationsOf(gpu, 4);
    const recomputed = await operationsOf(gpu, 4, { activationCheckpoints: true });
    assertEquals(countOf(recomputed, "reduce"), countOf(kept, "reduce"));
    assertEquals(countOf(recomputed, "pack"), 1);
  }));
