/**
 * Where a training step's time goes on the device: a span a dispatch, as a trace and as a table.
 *
 * @module
 */
import { DeviceError } from "../../base/errors.ts";
import { writeFileAtomic } from "../../base/files.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { chromeTrace, timesByOperation } from "../../gpu/timing.ts";
import { markdownTable } from "./table.ts";
import { stepTrainer, tinyWork } from "./training_step.ts";

/** Steps whose wall time is taken without timestamps, which cost time themselves. */
const STEPS = 10;

/**
 * Traces one step of the tiny model and writes the trace.
 *
 * @returns The table of operations, and how the step's wall time compares with their sum.
 * @throws {DeviceError} where the adapter has no timestamps.
 */
export async function profileStep(gpu: Gpu, file: string): Promise<string> {
  if (!gpu.device.features.has("timestamp-query")) {
    throw new DeviceError(
      `profiling: found no timestamps on ${gpu.facts.adapter}, expected the feature ` +
        `timestamp-query; time whole kernels with deno task bench instead`,
    );
  }
  const trainer = stepTrainer(gpu, tinyWork());
  try {
    await trainer.run(STEPS);
    const start = performance.now();
    await trainer.run(2 * STEPS);
    const wall = (performance.now() - start) / STEPS;
    const spans = await gpu.profile(async () => await trainer.run(trainer.step + 1));
    await writeFileAtomic(file, chromeTrace(spans, gpu.facts.adapter));
    const times = timesByOperation(spans);
    const sum = times.reduce((total, { milliseconds }) => total + milliseconds, 0);
    const cells = times.map(({ name, count, milliseconds }) => [
      name,
      String(count),
      milliseconds.toFixed(2),
      `${(100 * milliseconds / sum).toFixed(1)} %`,
    ]);
    const table = markdownTable(["operation", "dispatches", "ms", "share"], cells);
    return `${table}\n\n${spans.length} dispatches of one training step: ${sum.toFixed(1)} ms. ` +
      `Without timestamps a step takes ${wall.toFixed(1)} ms, ${(wall / sum).toFixed(2)} times ` +
      `their sum.\nTrace: ${file} (open it in chrome://tracing or ui.perfetto.dev)`;
  } finally {
    trainer.release();
    trainer.model.release();
  }
}
