/**
 * What every variant is proved and picked by: the cases of a kernel under each of its variants, and
 * a short timed trial.
 *
 * @module
 */
import type { Gpu } from "../src/gpu/gpu.ts";
import type { ChoiceReason } from "../src/gpu/choices.ts";
import type { KernelSuite } from "./case.ts";
import type { RegisteredKernel } from "./registry.ts";
import { choiceOf, runnable, type Variants, type VariantTrial, withVariant } from "./variants.ts";

/** The operations of these kernels that have variants. */
export function variantsOf(kernels: readonly RegisteredKernel[]): Variants[] {
  return kernels.flatMap(({ tuning }) => tuning.map(({ set }) => set));
}

/**
 * A kernel's cases, and again under each other variant that this adapter can run; finite differences, which
 * never touch the device, are taken once.
 *
 * @param pinned Proves the variants in force alone.
 */
export function suitesOf(
  gpu: Gpu,
  { suite, tuning }: RegisteredKernel,
  pinned = false,
): KernelSuite[] {
  if (pinned) return [suite];
  const others = tuning.flatMap(({ set, trials }) =>
    runnable(set, gpu)
      .filter((name) => trials.some((t) => choiceOf(gpu, set, t.shapeClass).variant !== name))
      .map((name) => underVariant(suite, set.operation, name))
  );
  return [suite, ...others];
}

function underVariant(suite: KernelSuite, operation: string, variant: string): KernelSuite {
  return {
    name: suite.name,
    cases: () =>
      suite.cases().map((test) => ({
        ...test,
        name: `${test.name} (${operation}=${variant})`,
        run: (gpu, inputs) => withVariant(gpu, operation, variant, () => test.run(gpu, inputs)),
        differentiable: undefined,
      })),
  };
}

/** What a trial of one shape class found. */
export interface TrialResult {
  /** The operation. */
  readonly operation: string;
  /** The shape class. */
  readonly shapeClass: string;
  /** Sizes of the timed work. */
  readonly shape: string;
  /** Each variant that the adapter can run, with milliseconds of one run: the least of several. */
  readonly times: readonly { readonly variant: string; readonly milliseconds: number }[];
  /** The variant in force without this trial. */
  readonly usual: string;
  /** Whether `usual` is the default or pinned. */
  readonly usualReason: ChoiceReason;
  /** The fastest, unless `usual` is pinned or nearly as fast. */
  readonly picked: string;
}

/** Rounds in which every variant is timed in turn. */
const ROUNDS = 4;
/** Milliseconds that a measurement should take. */
const LONG_ENOUGH = 25;
const MOST_RUNS = 200;
/** Least milliseconds that a run is taken for. */
const LEAST = 1e-3;
/** A variant whose run takes so many times as long as a measurement and the best is not timed further. */
const HOPELESS = 5;
/** Share of its time that another variant has to save; less is lost in the noise of a trial. */
const WORTH = 0.1;

/**
 * Times every variant of these kernels. Choices are as before afterwards: `gpu.choices.adopt` takes a
 * pick over.
 */
export async function tune(
  gpu: Gpu,
  kernels: readonly RegisteredKernel[],
): Promise<TrialResult[]> {
  const results: TrialResult[] = [];
  for (const { set, trials } of kernels.flatMap(({ tuning }) => tuning)) {
    for (const trial of trials) results.push(await runTrial(gpu, set, trial));
  }
  return results;
}

async function runTrial(gpu: Gpu, set: Variants, trial: VariantTrial): Promise<TrialResult> {
  const { shapeClass, shape } = trial;
  const { variant: usual, reason: usualReason } = choiceOf(gpu, set, shapeClass);
  gpu.openScope();
  try {
    const run = trial.prepare(gpu);
    const variants = runnable(set, gpu);
    const time = async (variant: string, runs: number): Promise<number> => {
      const start = performance.now();
      for (let i = 0; i < runs; i++) withVariant(gpu, set.operation, variant, () => gpu.scope(run));
      await gpu.sync();
      return performance.now() - start;
    };
    const least = await inTurn(variants, time);
    const times = variants.map((variant, i) => ({ variant, milliseconds: least[i] }));
    const picked = usualReason === "pinned" ? usual : pick(times, usual);
    return {
      operation: set.operation,
      shapeClass,
      shape,
      times,
      usual,
      usualReason,
      picked,
    };
  } finally {
    gpu.closeScope();
  }
}

/** Least milliseconds of a run of each, the wait for the device taken off. */
async function inTurn(
  variants: readonly string[],
  time: (variant: string, runs: number) => Promise<number>,
): Promise<number[]> {
  const least: number[] = [];
  let wait = Infinity;
  for (const variant of variants) {
    // The first run compiles.
    await time(variant, 1);
    wait = Math.min(wait, await time(variant, 0));
    least.push(Math.max(LEAST, await time(variant, 1) - wait));
  }
  const counts = least.map((once) => Math.min(MOST_RUNS, Math.ceil(LONG_ENOUGH / once)));
  const limit = HOPELESS * (LONG_ENOUGH + Math.min(...least));
  const hopeful = variants.map((_, i) => i).filter((i) => least[i] <= limit);
  // A single short run says little beside the wait: it counts for those alone that are left out.
  for (const i of hopeful) least[i] = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    wait = Math.min(wait, await time(variants[0], 0));
    for (const i of hopeful) least[i] = Math.min(least[i], await time(variants[i], counts[i]));
  }
  for (const i of hopeful) least[i] = Math.max(LEAST, (least[i] - wait) / counts[i]);
  return least;
}

function pick(times: TrialResult["times"], usual: string): string {
  const best = times.reduce((a, b) => b.milliseconds < a.milliseconds ? b : a);
  const now = times.find(({ variant }) => variant === usual);
  const saved = now ? 1 - best.milliseconds / now.milliseconds : 1;
  return saved >= WORTH ? best.variant : usual;
}
