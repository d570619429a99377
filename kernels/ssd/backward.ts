/**
 * The way back through SSD.
 *
 * @module
 */
import type { GpuArray } from "../../src/gpu/array.ts";
import { type Gpu, residual } from "../../src/gpu/gpu.ts";
import type { SsdArguments, SsdOptions, SsdSaved } from "./arguments.ts";
import {
  constantsOf,
  dispatch,
  dispatchTiles,
  placeOf,
  series,
  type Sizes,
  stepConstants,
  strides,
} from "./plan.ts";
import { carry, chunkStates, output, scoreConstants, scoreShape, scoreTiles } from "./products.ts";
import { scoresCode, sharedGradientCode, sharedTiles, stepGradientsCode } from "./scores_wgsl.ts";
import { columnWidth, commonWidth, rowsOf } from "./tile.ts";
import { WORKGROUP } from "./wgsl.ts";

/** Upstream gradients of some batch entries, and the places for theirs. */
export interface BackwardArrays {
  /** Of out. */
  readonly dOut: GpuArray;
  /** Of the last state. */
  readonly dLast: GpuArray | undefined;
  /** Gradients to write. */
  readonly dx: GpuArray;
  /** As dx. */
  readonly ddt: GpuArray;
  /** As dx. */
  readonly dB: GpuArray;
  /** As dx. */
  readonly dC: GpuArray;
  /** As dx, where there is an initial state. */
  readonly dInitialState: GpuArray | undefined;
  /** `[batch, chunks·3·heads]`: what belongs to a head, by chunk. */
  readonly perHead: GpuArray;
}

/** The backward over batch entries whose arrays fit a binding each. */
export function backwardPart(
  gpu: Gpu,
  sizes: Sizes,
  inputs: SsdArguments,
  options: SsdOptions,
  saved: SsdSaved,
  arrays: BackwardArrays,
): void {
  const { x, B, C } = inputs;
  const { dOut, dLast, dx, dB, dC, dInitialState } = arrays;
  const dStates = gpu.empty(saved.states.shape);
  chunkStates(gpu, sizes, saved.steps, C, dOut, "z", dStates);
  const carried = carry(gpu, sizes, saved.steps, dStates, dLast, saved.states, dInitialState)!;
  const within = scoreGradients(gpu, sizes, inputs, saved, dOut);
  const { dShared } = within;
  output(gpu, sizes, { ...saved, states: dStates }, within.scores, B, dOut, dx, true);
  const forC = { rows: dOut, columns: B, own: C, out: dC, states: saved.states };
  const forB = { rows: x, columns: C, own: B, out: dB, states: dStates };
  const read = sharedGradient(gpu, sizes, saved.steps, dShared, forC, false);
  const written = sharedGradient(gpu, sizes, saved.steps, dShared, forB, true);
  const partials = { ...within, carried, read, written };
  stepGradients(gpu, sizes, inputs, options, saved, partials, arrays);
  for (const used of [dStates, ...Object.values(partials)]) gpu.release(used);
}

/** Scores, and gradients of what made them; see {@linkcode scoresCode}. */
function scoreGradients(
  gpu: Gpu,
  sizes: Sizes,
  a: SsdArguments,
  { steps, ordinals }: SsdSaved,
  dOut: GpuArray,
) {
  const { batch, chunks, heads, headDim, groups, chunk } = sizes;
  const width = commonWidth(headDim, ...strides(a.x, dOut));
  const constants = {
    ...scoreConstants(sizes, a),
    back: { x: series(a.x, width), dOut: series(dOut, width) },
  };
  const made = {
    scores: gpu.empty(scoreShape(sizes)),
    dShared: gpu.empty([batch, chunks, groups, chunk, chunk]),
    perStep: gpu.empty([chunk / rowsOf(sizes), batch, chunks, heads, chunk, 4]),
    taken: gpu.empty([batch, chunks, heads, chunk]),
  };
  const arrays = [steps, a.B, a.C, a.D, ordinals, a.x, dOut, ...Object.values(made)];
  const tiles = scoreTiles(sizes);
  dispatchTiles(gpu, sizes, "ssdScoresBackward", constants, scoresCode, arrays, tiles);
  return made;
}

/** dC or dB, and the partial sums of what comes to the decays; see {@linkcode sharedGradientCode}. */
function sharedGradient(
  gpu: Gpu,
  sizes: Sizes,
  steps: GpuArray,
  dShared: GpuArray,
  { rows, columns, own, out, states }: Readonly<
    Record<"rows" | "columns" | "own" | "out" | "states", GpuArray>
  >,
  back: boolean,
): GpuArray {
  const { batch, chunks, heads, headDim, state, groups, chunk } = sizes;
  const stateWidth = commonWidth(headDim, ...strides(rows));
  const width = columnWidth(sizes, state, ...strides(columns, own, out));
  const constants = {
    ...constantsOf(sizes),
    rows: series(rows, stateWidth),
    columns: series(columns, width),
    own: series(own, width),
    out: placeOf(out),
    stateWidth,
    factor: back ? "w" as const : "z" as const,
    back,
  };
  const products = gpu.empty([batch, chunks, heads, chunk, sharedTiles(constants)]);
  const perChunk = sharedTiles(constants) * (chunk / rowsOf(sizes)) * groups;
  const arrays = [steps, rows, columns, own, states, dShared, out, products];
  dispatchTiles(gpu, sizes, "ssdShared", constants, sharedGradientCode, arrays, perChunk);
  return products;
}

/** ddt, and by chunk the gradients of what belongs to a head; see {@linkcode stepGradientsCode}. */
function stepGradients(
  gpu: Gpu,
  sizes: Sizes,
  a: SsdArguments,
  options: SsdOptions,
  { steps }: SsdSaved,
  { perStep, taken, carried, read, written }: Readonly<
    Record<"perStep" | "taken" | "carried" | "read" | "written", GpuArray>
  >,
  { ddt, perHead }: Pick<BackwardArrays, "ddt" | "perHead">,
): void {
  const { batch, chunks, heads, length } = sizes;
  const constants = {
    ...stepConstants(sizes, a, options),
    out: placeOf(ddt),
    tilesOf: [carried.columns, read.columns, written.columns] as const,
    perHeadOffset: residual(perHead),
  };
  const total = batch * chunks * heads;
  const sums = [steps, perStep, taken, carried, read, written];
  const arrays = [a.dt, a.dtBias, a.ALog, a.sequenceIndex, ...sums, ddt, perHead];
  const workgroups = Math.ceil(total / WORKGROUP);
  const params = [length, chunks, total];
  dispatch(gpu, "ssdStepGradients", constants, stepGradientsCode, arrays, workgroups, params);
}
