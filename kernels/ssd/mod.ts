/**
 * SSD, the state space of Mamba-2 (Dao and Gu, arXiv 2405.21060), in its chunked form of matrix
 * products, with an initial state, the gradient of the last state, and resets between packed sequences.
 *
 * @module
 */
import { ShapeError } from "../../src/base/errors.ts";
import { expectDense, expectShape, type GpuArray } from "../../src/gpu/array.ts";
import { type Gpu, residual } from "../../src/gpu/gpu.ts";
import { grid } from "../grid.ts";
import { checkRounds } from "../loops.ts";
import { reducePartials, roomForPartials } from "../reduce/mod.ts";
import type { GradientTarget } from "../target.ts";
import { lanesOf } from "../team.ts";
import {
  type ScoreConstants,
  scoresCode,
  sharedGradientCode,
  sharedTiles,
  stepGradientsCode,
} from "./scores_wgsl.ts";
import {
  columnTiles,
  columnWidth,
  commonWidth,
  type Place,
  rowsOf,
  type SsdConstants,
  stateRows,
  type Width,
} from "./tile.ts";
import {
  carryCode,
  type CarryConstants,
  carryTiles,
  chunkStatesCode,
  outputCode,
  type StepLimits,
  stepsCode,
  WORKGROUP,
} from "./wgsl.ts";

/** Inputs of SSD; rows of series may be columns of wider arrays. */
export interface SsdArguments {
  /** `[batch, length, heads·headdim]`. */
  readonly x: GpuArray;
  /** `[batch, length, heads]`, before bias and softplus. */
  readonly dt: GpuArray;
  /** `[heads]`: added to dt. */
  readonly dtBias: GpuArray;
  /** `[heads]`: log(−A). */
  readonly ALog: GpuArray;
  /** `[batch, length, groups·state]`. */
  readonly B: GpuArray;
  /** Like B. */
  readonly C: GpuArray;
  /** `[heads]`: adds D·x to the output. */
  readonly D: GpuArray;
  /** `[batch, heads·headdim, state]`: the state before the first step; zero where absent. */
  readonly initialState?: GpuArray;
  /** i32 `[batch, length]`: where it changes from one step to the next, the state starts from zero. */
  readonly sequenceIndex?: GpuArray;
}

/** How to run SSD. */
export interface SsdOptions {
  /** Groups of heads that share B and C. */
  readonly groups: number;
  /** Least and largest step size after softplus, upstream's `dt_limit`; 0 and infinity where absent. */
  readonly stepLimits?: readonly [number, number];
}

/** What the forward leaves for the backward. */
export interface SsdSaved {
  /** States before every chunk, in the kernel's own order. */
  readonly states: GpuArray;
  /** Step sizes and decays of every step and head. */
  readonly steps: GpuArray;
  /** With sequences: how many began in the chunk up to each step. */
  readonly ordinals?: GpuArray;
}

/** Results of the forward. */
export interface SsdResult {
  /** Like x. */
  readonly out: GpuArray;
  /** `[batch, heads·headdim, state]`: the state after the last step, where asked for. */
  readonly lastState?: GpuArray;
  /** Where asked for. */
  readonly saved?: SsdSaved;
}

/** Upstream gradients and the places for some results. */
export interface SsdUpstream {
  /** Gradient of out, like x. */
  readonly dOut: GpuArray;
  /** Gradient of lastState; zero where absent. */
  readonly dLastState?: GpuArray;
  /** Where to write dx; a new array where absent. */
  readonly dx?: GpuArray;
  /** Where to write the gradient of dt. */
  readonly ddt?: GpuArray;
  /** Where to write dB. */
  readonly dB?: GpuArray;
  /** Where to write dC. */
  readonly dC?: GpuArray;
  /** Where to leave the gradient of ALog. */
  readonly dALog?: GradientTarget;
  /** Where to leave the gradient of dtBias. */
  readonly dDtBias?: GradientTarget;
  /** Where to leave the gradient of D. */
  readonly dD?: GradientTarget;
}

/** Gradients by the names of their inputs. */
export interface SsdGradients {
  /** Like x. */
  readonly dx: GpuArray;
  /** Like dt. */
  readonly ddt: GpuArray;
  /** `[heads]`. */
  readonly dDtBias: GpuArray;
  /** `[heads]`. */
  readonly dALog: GpuArray;
  /** Like B. */
  readonly dB: GpuArray;
  /** Like C. */
  readonly dC: GpuArray;
  /** `[heads]`. */
  readonly dD: GpuArray;
  /** `[batch, heads·headdim, state]`, where an initial state was given. */
  readonly dInitialState?: GpuArray;
}

interface Sizes extends SsdConstants {
  readonly batch: number;
  readonly length: number;
  readonly chunks: number;
}

const LONGEST_CHUNK = 64;

function sizesOf(gpu: Gpu, operation: string, a: SsdArguments, groups: number): Sizes {
  const fail = (what: string): never => {
    throw new ShapeError(`${operation}: ${what}`);
  };
  if (a.x.shape.length !== 3) {
    fail(`found x of [${a.x.shape}], expected [batch, length, heads·headdim]`);
  }
  const [batch, length, inner] = a.x.shape;
  const heads = a.ALog.columns;
  const [headDim, state] = [inner / heads, a.B.columns / groups];
  if (!Number.isInteger(headDim) || !Number.isInteger(heads / groups)) {
    fail(
      `found ${inner} channels of ${heads} heads in ${groups} groups, expected heads that divide the ` +
        `channels, and groups that divide the heads`,
    );
  }
  if (!Number.isInteger(state)) {
    fail(`found B of [${a.B.shape}] for ${groups} groups, expected groups·state columns`);
  }
  for (const name of ["B", "C"] as const) {
    expectShape(operation, name, a[name], [batch, length, groups * state]);
  }
  expectShape(operation, "dt", a.dt, [batch, length, heads]);
  for (const name of ["dtBias", "ALog", "D"] as const) {
    expectShape(operation, name, a[name], [heads]);
  }
  if (a.initialState) {
    expectDense(operation, "initialState", a.initialState, [batch, inner, state]);
  }
  if (a.sequenceIndex) {
    expectShape(operation, "sequenceIndex", a.sequenceIndex, [batch, length]);
    if (a.sequenceIndex.dtype !== "i32") {
      fail(`found sequenceIndex of ${a.sequenceIndex.dtype}, expected i32`);
    }
  }
  const lanes = lanesOf(gpu);
  const chunk = chunkOf(length, state, lanes);
  const chunks = Math.ceil(length / chunk);
  checkRounds(gpu, operation, chunks, "run shorter pieces with a carried state");
  const tiles = gpu.subgroupSize ? Math.max(1, 32 / lanes) : 1;
  const subgroups = gpu.subgroupSize > 0;
  return { heads, headDim, groups, state, chunk, lanes, subgroups, tiles, batch, length, chunks };
}

/** Steps of a chunk: about as many as states, so that neither scores nor states take most work. */
function chunkOf(length: number, state: number, lanes: number): number {
  const wanted = Math.max(16, Math.min(LONGEST_CHUNK, 4 * lanes, state));
  return 2 ** Math.floor(Math.log2(Math.min(wanted, 2 ** Math.ceil(Math.log2(length)))));
}

/** The constants without what varies from call to call. */
const constantsOf = ({ batch: _b, length: _l, chunks: _c, ...constants }: Sizes): SsdConstants =>
  constants;

const placeOf = (array: GpuArray): Place => ({ stride: array.rowStride, offset: residual(array) });

const series = (array: GpuArray, width: Width) => ({ place: placeOf(array), width });

const strides = (...arrays: readonly GpuArray[]): number[] =>
  arrays.flatMap((array) => [array.rowStride, residual(array)]);

/** A kernel whose every constant is in its name. */
function dispatch<C extends object>(
  gpu: Gpu,
  operation: string,
  constants: C,
  code: (constants: C) => string,
  arrays: readonly (GpuArray | undefined)[],
  workgroups: number,
  params: readonly number[],
): void {
  const kernel = gpu.kernel(`${operation} ${JSON.stringify(constants)}`, () => code(constants));
  gpu.dispatch(kernel, arrays.filter((array) => array !== undefined), grid(workgroups), params);
}

const limitsOf = ({ stepLimits: [least, most] = [0, Infinity] }: SsdOptions): StepLimits => ({
  ...(least > 0 && { least }),
  ...(most < Infinity && { most }),
});

/** What the kernels of single steps bake in. */
const stepConstants = (sizes: Sizes, a: SsdArguments, options: SsdOptions) => ({
  ...constantsOf(sizes),
  ...limitsOf(options),
  dt: placeOf(a.dt),
  offsets: [residual(a.dtBias), residual(a.ALog)] as const,
  sequence: a.sequenceIndex ? residual(a.sequenceIndex) : -1,
});

function makeSteps(
  gpu: Gpu,
  sizes: Sizes,
  a: SsdArguments,
  options: SsdOptions,
): Pick<SsdSaved, "steps" | "ordinals"> {
  const { batch, chunks, heads, chunk, length } = sizes;
  const steps = gpu.empty([batch, chunks, heads, chunk, 4]);
  const ordinals = a.sequenceIndex && gpu.empty([batch, chunks, chunk]);
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
  return { steps, ordinals };
}

/** Runs a kernel of so many tiles for every chunk. */
function dispatchTiles<C extends SsdConstants>(
  gpu: Gpu,
  { batch, chunks, length, tiles }: Sizes,
  operation: string,
  constants: C,
  code: (constants: C) => string,
  arrays: readonly (GpuArray | undefined)[],
  perChunk: number,
): void {
  const total = batch * chunks * perChunk;
  const params = [length, chunks, total];
  dispatch(gpu, operation, constants, code, arrays, Math.ceil(total / tiles), params);
}

/** What every chunk's steps add to its states: Σ factor·rowsᵀ·columns. */
function chunkStates(
  gpu: Gpu,
  sizes: Sizes,
  steps: GpuArray,
  rows: GpuArray,
  columns: GpuArray,
  factor: "z" | "w",
): GpuArray {
  const { batch, chunks, heads, state, headDim } = sizes;
  const states = gpu.empty([batch, chunks, heads, state, headDim]);
  const width = columnWidth(sizes, headDim, ...strides(columns));
  const constants = {
    ...constantsOf(sizes),
    rows: series(rows, commonWidth(state, ...strides(rows))),
    columns: series(columns, width),
    factor,
  };
  const perChunk = columnTiles(sizes, headDim, width) * Math.ceil(state / stateRows(sizes)) * heads;
  const arrays = [steps, rows, columns, states];
  dispatchTiles(gpu, sizes, "ssdStates", constants, chunkStatesCode, arrays, perChunk);
  return states;
}

/** Walks along the chunks; see {@linkcode carryCode}. */
function carry(
  gpu: Gpu,
  sizes: Sizes,
  steps: GpuArray,
  states: GpuArray,
  start: GpuArray | undefined,
  forward: GpuArray | undefined,
  end: boolean,
): { end?: GpuArray; products?: GpuArray } {
  const { batch, chunks, heads, headDim, state, tiles } = sizes;
  const constants: CarryConstants = {
    ...constantsOf(sizes),
    width: commonWidth(state * headDim),
    back: forward !== undefined,
    start: start ? residual(start) : -1,
    end,
  };
  const perHead = carryTiles(constants);
  const products = forward && gpu.empty([batch, chunks, heads, perHead]);
  const last = end ? gpu.empty([batch, heads * headDim, state]) : undefined;
  const total = batch * heads * perHead;
  const arrays = [steps, states, start, forward, products, last];
  dispatch(gpu, "ssdCarry", constants, carryCode, arrays, Math.ceil(total / tiles), [
    chunks,
    total,
  ]);
  return { end: last, products };
}

/** out = factor·(rows·states) + scores·columns; back: over later steps. */
function output(
  gpu: Gpu,
  sizes: Sizes,
  { steps, states }: SsdSaved,
  scores: GpuArray,
  rows: GpuArray,
  columns: GpuArray,
  out: GpuArray,
  back: boolean,
): void {
  const { headDim, state, chunk, heads } = sizes;
  const width = columnWidth(sizes, headDim, ...strides(columns, out));
  const constants = {
    ...constantsOf(sizes),
    rows: series(rows, commonWidth(state, ...strides(rows))),
    columns: series(columns, width),
    out: placeOf(out),
    factor: back ? "w" as const : "z" as const,
    back,
  };
  const perChunk = columnTiles(sizes, headDim, width) * (chunk / rowsOf(sizes)) * heads;
  const arrays = [steps, rows, columns, states, scores, out];
  dispatchTiles(gpu, sizes, "ssdOutput", constants, outputCode, arrays, perChunk);
}

const scoreConstants = (sizes: Sizes, a: SsdArguments): ScoreConstants => {
  const width = commonWidth(sizes.state, ...strides(a.B, a.C));
  return {
    ...constantsOf(sizes),
    B: series(a.B, width),
    C: series(a.C, width),
    D: residual(a.D),
    packed: a.sequenceIndex !== undefined,
  };
};

const scoreTiles = (sizes: Sizes): number => sizes.chunk / rowsOf(sizes) * sizes.groups;

const scoreShape = ({ batch, chunks, heads, chunk }: Sizes): number[] => [
  batch,
  chunks,
  heads,
  chunk,
  chunk,
];

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
  const sizes = sizesOf(gpu, "ssd", inputs, options.groups);
  const { x, B, C, D } = inputs;
  const { steps, ordinals } = makeSteps(gpu, sizes, inputs, options);
  const states = chunkStates(gpu, sizes, steps, B, x, "w");
  const { initialState } = inputs;
  const carried = carry(
    gpu,
    sizes,
    steps,
    states,
    initialState,
    undefined,
    want.lastState === true,
  );
  const scores = gpu.empty(scoreShape(sizes));
  const constants = scoreConstants(sizes, inputs);
  const arrays = [steps, B, C, D, ordinals, scores];
  dispatchTiles(gpu, sizes, "ssdScores", constants, scoresCode, arrays, scoreTiles(sizes));
  const out = gpu.empty(x.shape);
  const saved = { states, steps, ordinals };
  output(gpu, sizes, saved, scores, C, x, out, false);
  const used = want.saved ? [scores] : [scores, steps, states, ...(ordinals ? [ordinals] : [])];
  for (const array of used) gpu.release(array);
  return { out, lastState: carried.end, ...(want.saved && { saved }) };
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
  const sizes = sizesOf(gpu, "ssdBackward", inputs, options.groups);
  const { x, dt, B, C, initialState } = inputs;
  const { dOut, dLastState } = upstream;
  expectShape("ssdBackward", "dOut", dOut, x.shape);
  if (dLastState) {
    const { batch, heads, headDim, state } = sizes;
    expectDense("ssdBackward", "dLastState", dLastState, [batch, heads * headDim, state]);
  }
  const into = (name: "dx" | "ddt" | "dB" | "dC", like: GpuArray): GpuArray => {
    const given = upstream[name] ?? gpu.empty(like.shape);
    expectShape("ssdBackward", name, given, like.shape);
    return given;
  };
  const dx = into("dx", x);
  const dStates = chunkStates(gpu, sizes, saved.steps, C, dOut, "z");
  const back = carry(
    gpu,
    sizes,
    saved.steps,
    dStates,
    dLastState,
    saved.states,
    initialState !== undefined,
  );
  const within = scoreGradients(gpu, sizes, inputs, saved, dOut);
  const { dShared } = within;
  output(gpu, sizes, { ...saved, states: dStates }, within.scores, B, dOut, dx, true);
  const forC = { rows: dOut, columns: B, own: C, out: into("dC", C), states: saved.states };
  const forB = { rows: x, columns: C, own: B, out: into("dB", B), states: dStates };
  const read = sharedGradient(gpu, sizes, saved.steps, dShared, forC, false);
  const written = sharedGradient(gpu, sizes, saved.steps, dShared, forB, true);
  const ddt = into("ddt", dt);
  const partials = { ...within, carried: back.products!, read, written };
  const perHead = stepGradients(gpu, sizes, inputs, options, saved, partials, ddt, upstream.dALog);
  const sums = sumHeads(gpu, sizes, perHead, upstream);
  for (const used of [dStates, perHead, ...Object.values(partials)]) gpu.release(used);
  return { dx, ddt, dB: forB.out, dC: forC.out, dInitialState: back.end, ...sums };
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
  ddt: GpuArray,
  target: GradientTarget | undefined,
): GpuArray {
  const { batch, chunks, heads, length } = sizes;
  const perHead = roomForPartials(gpu, target, [batch * chunks, 3 * heads]);
  const constants = {
    ...stepConstants(sizes, a, options),
    out: placeOf(ddt),
    tilesOf: [carried.columns, read.columns, written.columns] as const,
  };
  const total = batch * chunks * heads;
  const sums = [steps, perStep, taken, carried, read, written];
  const arrays = [a.dt, a.dtBias, a.ALog, a.sequenceIndex, ...sums, ddt, perHead];
  const workgroups = Math.ceil(total / WORKGROUP);
  const params = [length, chunks, total];
  dispatch(gpu, "ssdStepGradients", constants, stepGradientsCode, arrays, workgroups, params);
  return perHead;
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
