import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { KERNELS } from "../../kernels/registry.ts";
import { variantsOf } from "../../kernels/tuning.ts";
import { runnable } from "../../kernels/variants.ts";
import type { Gpu } from "../../src/gpu/gpu.ts";
import { withGpu } from "../gpu/with_gpu.ts";
import { smallTrainer } from "./small_trainer.ts";

const STEPS = 6;

/** Trains under the i-th variant of every operation that the adapter can run. */
async function train(gpu: Gpu, i: number) {
  for (const set of variantsOf(KERNELS)) {
    const names = runnable(set, gpu);
    gpu.choices.pin(set.operation, names[i % names.length]);
  }
  const trainer = smallTrainer(gpu);
  await trainer.run(STEPS);
  const state = await trainer.state();
  trainer.release();
  trainer.model.release();
  return state;
}

Deno.test("training goes the same way under every variant, and again to the same bits", () =>
  withGpu(async (gpu) => {
    const most = Math.max(...variantsOf(KERNELS).map((set) => runnable(set, gpu).length));
    const first = await train(gpu, 0);
    for (let i = 1; i < most; i++) {
      const other = await train(gpu, i);
      assertEquals(await train(gpu, i), other);
      assertNotEquals(other.weights, first.weights);
      other.log.forEach(({ loss }, step) => {
        const expected = first.log[step].loss;
        assert(Math.abs(loss - expected) <= 1e-4 * expected, `step ${step}: ${loss}, ${expected}`);
      });
    }
    assertEquals(gpu.pool.live, 0);
  }));
