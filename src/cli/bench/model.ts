/**
 * Times of whole models: training steps, reading a context, writing replies.
 *
 * @module
 */
import { Rng } from "../../base/rng.ts";
import { median } from "../../base/statistics.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { makeGenerate } from "../../infer/generate.ts";
import { measurePrefill } from "../../infer/measure.ts";
import { Mamba } from "../../models/mamba/mod.ts";
import { describeStep, stepTrainer, type StepWork, tinyWork, wideWork } from "./training_step.ts";

/** One measurement. */
export interface ModelRow {
  /** What the model does. */
  readonly work: string;
  /** The model's size and the tokens that it does it with. */
  readonly shape: string;
  /** Tokens trained on, read or written in one run. */
  readonly tokens: number;
  /** Median milliseconds of one run. */
  readonly milliseconds: number;
  /** Milliseconds of one run of the fastest repeat. */
  readonly least: number;
  /** Repeats. */
  readonly repeats: number;
  /** Most bytes of GPU buffers in use at once. */
  readonly peakBytes: number;
}

/** How much is measured. */
export interface ModelPlan {
  /** Training steps, each with the steps between two reads of the loss. */
  readonly training: readonly { readonly work: () => StepWork; readonly steps: number }[];
  /** Tokens of contexts. */
  readonly contexts: readonly number[];
  /** Replies written at once. */
  readonly replies: readonly number[];
  /** Tokens of a reply. */
  readonly replyTokens: number;
}

/** What every bench run measures; steps of the tiny model as in training. */
export const PLAN: ModelPlan = {
  training: [{ work: tinyWork, steps: 10 }, { work: wideWork, steps: 1 }],
  contexts: [4096, 65_536],
  replies: [1, 8, 32],
  replyTokens: 32,
};

/** With a context of a million tokens too. */
export const LONG_PLAN: ModelPlan = { ...PLAN, contexts: [...PLAN.contexts, 1_048_576] };

const REPEATS = 5;

/** Times what a plan names; reading and writing with the tiny model. */
export async function measureModel(gpu: Gpu, plan: ModelPlan): Promise<ModelRow[]> {
  const rows: ModelRow[] = [];
  for (const { work, steps } of plan.training) rows.push(await trainingRow(gpu, work(), steps));
  const { config, weights } = tinyWork();
  const model = new Mamba(gpu, config, weights, false);
  try {
    for (const tokens of plan.contexts) rows.push(await prefillRow(gpu, model, tokens));
    for (const replies of plan.replies) {
      rows.push(await decodeRow(gpu, model, replies, plan.replyTokens));
    }
  } finally {
    model.release();
  }
  return rows;
}

const sizeOf = ({ config: { layers, dim } }: { config: { layers: number; dim: number } }) =>
  `${layers} layers of ${dim}`;

async function trainingRow(gpu: Gpu, work: StepWork, steps: number): Promise<ModelRow> {
  const trainer = stepTrainer(gpu, work);
  try {
    await trainer.run(steps);
    gpu.resetPeak();
    const times = await timesOf(async () => await trainer.run(trainer.step + steps), steps);
    return {
      work: "training step",
      shape: describeStep(work),
      tokens: work.batch * work.length,
      ...times,
      peakBytes: gpu.peakBytes,
    };
  } finally {
    trainer.release();
    trainer.model.release();
  }
}

async function prefillRow(gpu: Gpu, model: Mamba, tokens: number): Promise<ModelRow> {
  const [cost] = await measurePrefill(gpu, model, [tokens]);
  return { work: "prefill", shape: `${sizeOf(model)}, 1×${tokens} tokens`, tokens, ...cost };
}

async function decodeRow(
  gpu: Gpu,
  model: Mamba,
  replies: number,
  tokens: number,
): Promise<ModelRow> {
  const rng = new Rng("bench/decode");
  const prompts = Array.from({ length: replies }, () => [rng.integer(model.config.vocabSize)]);
  const generate = makeGenerate(gpu, model);
  const write = async () => {
    await generate(prompts, { maxNewTokens: tokens, stop: [] });
  };
  await write();
  gpu.resetPeak();
  const times = await timesOf(write, 1);
  return {
    work: "decoding",
    shape: `${sizeOf(model)}, ${replies}×${tokens} tokens`,
    tokens: replies * tokens,
    ...times,
    peakBytes: gpu.peakBytes,
  };
}

/** Milliseconds of one of `runs`, over several repeats. */
async function timesOf(run: () => Promise<void>, runs: number) {
  const times: number[] = [];
  for (let i = 0; i < REPEATS; i++) {
    const start = performance.now();
    await run();
    times.push((performance.now() - start) / runs);
  }
  return { milliseconds: median(times), least: Math.min(...times), repeats: REPEATS };
}
