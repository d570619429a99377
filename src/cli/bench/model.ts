/**
 * Times of whole models: a training step, reading a long context, writing replies.
 *
 * @module
 */
import { Rng } from "../../base/rng.ts";
import { median } from "../../base/statistics.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { makeGenerate } from "../../infer/generate.ts";
import { measurePrefill } from "../../infer/measure.ts";
import { Mamba } from "../../models/mamba/mod.ts";
import type { Trainer } from "../../train/trainer.ts";
import { BATCH, CONFIG, LENGTH, tinyTrainer, tinyWork } from "./training_step.ts";

/** One line of the table. */
export interface ModelRow {
  /** What the model does. */
  readonly work: string;
  /** Tokens that it does it with. */
  readonly shape: string;
  /** Median milliseconds. */
  readonly milliseconds: number;
  /** Tokens a second: those trained on, read or written. */
  readonly tokensPerSecond: number;
  /** Most bytes of GPU buffers in use at once. */
  readonly peakBytes: number;
}

/** Steps between two reads of the loss, as in training. */
const STEPS = 10;
const REPEATS = 5;
/** Tokens of a long context. */
const CONTEXT = 65_536;
/** Replies written at once, and the tokens of each. */
const REPLIES = 32;
const REPLY_TOKENS = 32;

/** Times the tiny model's training step, prefill and decoding. */
export async function measureModel(gpu: Gpu): Promise<ModelRow[]> {
  const work = tinyWork();
  const rows = [await trainingRow(gpu, tinyTrainer(gpu, work))];
  const model = new Mamba(gpu, CONFIG, work.weights, false);
  try {
    rows.push(await prefillRow(gpu, model), await decodeRow(gpu, model));
  } finally {
    model.release();
  }
  return rows;
}

const row = (
  work: string,
  shape: string,
  tokens: number,
  milliseconds: number,
  peakBytes: number,
): ModelRow => ({
  work,
  shape,
  milliseconds,
  tokensPerSecond: 1000 * tokens / milliseconds,
  peakBytes,
});

async function trainingRow(gpu: Gpu, trainer: Trainer): Promise<ModelRow> {
  try {
    await trainer.run(STEPS);
    gpu.pool.resetPeak();
    const time = await medianTime(async () => await trainer.run(trainer.step + STEPS)) / STEPS;
    return row("training step", `${BATCH}×${LENGTH}`, BATCH * LENGTH, time, gpu.pool.peakBytes);
  } finally {
    trainer.release();
    trainer.model.release();
  }
}

async function prefillRow(gpu: Gpu, model: Mamba): Promise<ModelRow> {
  const [{ milliseconds, peakBytes }] = await measurePrefill(gpu, model, [CONTEXT]);
  return row("prefill", `1×${CONTEXT}`, CONTEXT, milliseconds, peakBytes);
}

async function decodeRow(gpu: Gpu, model: Mamba): Promise<ModelRow> {
  const rng = new Rng("bench/decode");
  const prompts = Array.from({ length: REPLIES }, () => [rng.integer(CONFIG.vocabSize)]);
  const generate = makeGenerate(gpu, model);
  const write = async () => {
    await generate(prompts, { maxNewTokens: REPLY_TOKENS, stop: [] });
  };
  await write();
  gpu.pool.resetPeak();
  const shape = `${REPLIES}×${REPLY_TOKENS}`;
  const time = await medianTime(write);
  return row("decoding", shape, REPLIES * REPLY_TOKENS, time, gpu.pool.peakBytes);
}

async function medianTime(run: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < REPEATS; i++) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  return median(times);
}
