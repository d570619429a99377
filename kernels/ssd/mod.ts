/**
 * SSD, the state space of Mamba-2 (Dao and Gu, arXiv 2405.21060), in its chunked form of matrix
 * products, with an initial state, the gradient of the last state, and resets between packed sequences.
 *
 * @module
 */
import { expectDense, expectShape, GpuArray } from "../../src/gpu/array.ts";
import type { Gpu } from "../../src/gpu/gpu.ts";
import { reducePartials, roomForPartials } from "../reduce/mod.ts";
import type { GradientTarget } from "../target.ts";
import type {
  SsdArguments,
  SsdGradients,
  SsdOptions,
  SsdResult,
  SsdSaved,
  SsdUpstream,
} from "./arguments.ts";
import { backwardPart } from "./backward.ts";
import { forwardPart, makeSaved, releaseSaved } from "./forward.ts";
import { batchSpans, entries, type Sizes, sizesOf } from "./plan.ts";

export type {
  SsdArguments,
  SsdGradients,
  SsdOptions,
  SsdResult,
  SsdSaved,
  SsdUpstream,
} from "./arguments.ts";

/**
 * S_t = exp(Δ_t·A)·S_{t−1} + Δ_t·x_t·B_tᵀ, out_t = S_t·C_t + D·x_t for every head, with
 * Δ = softplus(dt + dtBias) within the limits and A = −exp(ALog).
 *
 * @param want.lastState Returns the state after the last step.
 * @param want.saved Keeps what {@linkcode ssdBackward} needs: the states before every chunk.
 * @throws {ShapeError} where shapes do not agree.
 */
export function ssd(
  gpu: Gpu,
  inputs: SsdArguments,
  options: SsdOptions,
  want: { lastState?: boolean; saved?: boolean } = {},
): SsdResult {
  const whole = sizesOf(gpu, "ssd", inputs, options.groups);
  const { batch, heads, headDim, state } = whole;
  const out = gpu.empty(inputs.x.shape);
  const last = want.lastState ? gpu.empty([batch, heads * headDim, state]) : undefined;
  const sequences = inputs.sequenceIndex !== undefined;
  const saved = want.saved ? makeSaved(gpu, whole, sequences) : undefined;
  for (const span of batchSpans(gpu, "ssd", whole, inputs, { out, last }, saved ?? {})) {
    const sizes = { ...whole, batch: span.end - span.start };
    const kept = saved ? entries(saved, span) : makeSaved(gpu, sizes, sequences);
    forwardPart(gpu, sizes, entries(inputs, span), options, kept, entries({ out, last }, span));
    if (!saved) releaseSaved(gpu, kept);
  }
  return { out, lastState: last, ...(saved && { saved }) };
}

/**
 * Gradients of every input, from those of out and lastState. Scores are computed again; all sums are
 * taken in a fixed order.
 *
 * @param inputs The forward's inputs, unchanged.
 * @param saved What the forward kept.
 * @throws {ShapeError} where shapes do not agree.
 */
export function ssdBackward(
  gpu: Gpu,
  inputs: SsdArguments,
  options: SsdOptions,
  saved: SsdSaved,
  upstream: SsdUpstream,
): SsdGradients {
  const whole = sizesOf(gpu, "ssdBackward", inputs, options.groups);
  const { batch, chunks, heads, headDim, state } = whole;
  const { dOut, dLastState: dLast } = upstream;
  const lastShape = [batch, heads * headDim, state];
  expectShape("ssdBackward", "dOut", dOut, inputs.x.shape);
  if (dLast) expectDense("ssdBackward", "dLastState", dLast, lastShape);
  const into = (name: "dx" | "ddt" | "dB" | "dC", like: GpuArray): GpuArray => {
    const given = upstream[name] ?? gpu.empty(like.shape);
    expectShape("ssdBackward", name, given, like.shape);
    return given;
  };
  const made = {
    dx: into("dx", inputs.x),
    ddt: into("ddt", inputs.dt),
    dB: into("dB", inputs.B),
    dC: into("dC", inputs.C),
    dInitialState: inputs.initialState && gpu.empty(lastShape),
  };
  const sums = roomForPartials(gpu, upstream.dALog, [batch * chunks, 3 * heads]);
  const perHead = new GpuArray(sums.pooled, [batch, chunks * 3 * heads], "f32", sums.offset);
  const arrays = { ...made, dOut, dLast, perHead };
  for (const span of batchSpans(gpu, "ssdBackward", whole, inputs, saved, arrays)) {
    const sizes = { ...whole, batch: span.end - span.start };
    const kept = entries(saved, span);
    backwardPart(gpu, sizes, entries(inputs, span), options, kept, entries(arrays, span));
  }
  const perParameter = sumHeads(gpu, whole, sums, upstream);
  gpu.release(sums);
  return { ...made, ...perParameter };
}

/** Sums what belongs to a head over chunks and batch. */
function sumHeads(
  gpu: Gpu,
  { heads }: Sizes,
  perHead: GpuArray,
  upstream: SsdUpstream,
): Pick<SsdGradients, "dALog" | "dDtBias" | "dD"> {
  const sum = (i: number, target: GradientTarget | undefined): GpuArray => {
    const into = target ?? { array: gpu.empty([heads]), accumulate: false };
    expectShape("ssdBackward", "target", into.array, [heads]);
    reducePartials(gpu, perHead.slice(i * heads, (i + 1) * heads), into);
    return into.array;
  };
  return {
    dALog: sum(0, upstream.dALog),
    dDtBias: sum(1, upstream.dDtBias),
    dD: sum(2, upstream.dD),
  };
}
