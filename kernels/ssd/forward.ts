/**
 * The way forward through SSD.
 *
 * @module
 */
import type { GpuArray } from "../../src/gpu/array.ts";
import type { Gpu } from "../../src/gpu/gpu.ts";
import type { SsdArguments, SsdOptions, SsdSaved } from "./arguments.ts";
import { dispatch, dispatchTiles, type Sizes, stepConstants } from "./plan.ts";
import { carry, chunkStates, output, scoreConstants, scoreShape, scoreTiles } from "./products.ts";
import { scoresCode } from "./scores_wgsl.ts";
import { stepsCode, WORKGROUP } from "./wgsl.ts";

/** Arrays for what the forward can leave for the backward. */
export function makeSaved(gpu: Gpu, sizes: Sizes, sequences: boolean): SsdSaved {
  const { batch, chunks, heads, state, headDim, chunk } = sizes;
  return {
    states: gpu.empty([batch, chunks, heads, state, headDim]),
    steps: gpu.empty([batch, chunks, heads, chunk, 4]),
    ordinals: sequences ? gpu.empty([batch, chunks, chunk]) : undefined,
  };
}

/** Gives them back. */
export function releaseSaved(gpu: Gpu, { states, steps, ordinals }: SsdSaved): void {
  for (const array of [steps, states, ...(ordinals ? [ordinals] : [])]) gpu.release(array);
}

/** The forward over batch entries whose arrays fit a binding each; `last` where it is wanted. */
export function forwardPart(
  gpu: Gpu,
  sizes: Sizes,
  inputs: SsdArguments,
  options: SsdOptions,
  saved: SsdSaved,
  { out, last }: { readonly out: GpuArray; readonly last: GpuArray | undefined },
): void {
  const { x, B, C, D, initialState } = inputs;
  const { states, steps, ordinals } = saved;
  makeSteps(gpu, sizes, inputs, options, saved);
  chunkStates(gpu, sizes, steps, B, x, "w", states);
  carry(gpu, sizes, steps, states, initialState, undefined, last);
  const scores = gpu.empty(scoreShape(sizes));
  const constants = scoreConstants(sizes, inputs);
  const arrays = [steps, B, C, D, ordinals, scores];
  dispatchTiles(gpu, sizes, "ssdScores", constants, scoresCode, arrays, scoreTiles(sizes));
  output(gpu, sizes, saved, scores, C, x, out, false);
  gpu.release(scores);
}

/** Step sizes and decays; see {@linkcode stepsCode}. */
function makeSteps(
  gpu: Gpu,
  sizes: Sizes,
  a: SsdArguments,
  options: SsdOptions,
  { steps, ordinals }: SsdSaved,
): void {
  const { batch, chunks, heads, length } = sizes;
  const total = batch * chunks * heads;
  dispatch(
    gpu,
    "ssdSteps",
    stepConstants(sizes, a, options),
    stepsCode,
    [a.dt, a.dtBias, a.ALog, a.sequenceIndex, steps, ordinals],
    Math.ceil(total / WORKGROUP),
    [length, chunks, total],
  );
}
