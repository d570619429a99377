/**
 * The selective scan of Mamba-1 (Gu and Dao, arXiv 2312.00752; shapes and order of operations of
 * state-spaces/mamba), with what segmented answering and packed training need besides: an initial
 * state, the gradient of the last state, and resets between packed sequences.
 *
 * @module
 */
import { ShapeError } from "../../src/base/errors.ts";
import { expectShape, GpuArray } from "../../src/gpu/array.ts";
import { type Gpu, residual } from "../../src/gpu/gpu.ts";
import { grid } from "../grid.ts";
import { checkRounds } from "../loops.ts";
import { reducePartials } from "../reduce/mod.ts";
import type { GradientTarget } from "../target.ts";
import { isVec4 } from "../wgsl.ts";
import { type Placement, type ScanConstants, stateQuads, tilesPerGroup } from "./series.ts";
import { backwardCode, forwardCode, INPUTS, SHARED_SUM_WORKGROUP, sharedSumCode } from "./wgsl.ts";

/** Inputs of the scan. Shapes are upstream's; those in brackets hold for `timeMajor`. */
export interface SelectiveScanArguments {
  /** `[batch, dim, length]` (`[batch, length, dim]`). */
  readonly u: GpuArray;
  /** Like u, before bias and softplus. */
  readonly delta: GpuArray;
  /** `[dim, state]`, negative; or log(−A), see {@linkcode SelectiveScanOptions.logA}. */
  readonly A: GpuArray;
  /** `[batch, state, length]` or `[batch, groups, state, length]` (`[batch, length, groups·state]`). */
  readonly B: GpuArray;
  /** Like B. */
  readonly C: GpuArray;
  /** `[dim]`: adds D·u to the output. */
  readonly D?: GpuArray;
  /** Like u: the output is multiplied by SiLU(z). */
  readonly z?: GpuArray;
  /** `[dim]`: added to delta. */
  readonly deltaBias?: GpuArray;
  /** `[batch, dim, state]`: the state before the first step; zero where absent. */
  readonly initialState?: GpuArray;
  /** i32 `[batch, length]`: where it changes from one step to the next, the state starts from zero. */
  readonly sequenceIndex?: GpuArray;
}

/** How to run the scan. */
export interface SelectiveScanOptions {
  /** Passes delta + bias through softplus. */
  readonly deltaSoftplus?: boolean;
  /** u, delta, z, B and C have time before channels. */
  readonly timeMajor?: boolean;
  /** A holds log(−A), as Mamba's parameter does. */
  readonly logA?: boolean;
}

/** What the forward leaves for the backward. */
export interface SelectiveScanSaved {
  /** States before every chunk, in the kernel's own order. */
  readonly states: GpuArray;
}

/** Results of the forward. */
export interface SelectiveScanResult {
  /** Like u. */
  readonly out: GpuArray;
  /** `[batch, dim, state]`: the state after the last step, where asked for. */
  readonly lastState?: GpuArray;
  /** Where asked for. */
  readonly saved?: SelectiveScanSaved;
}

/** Upstream gradients and the places for some results. */
export interface SelectiveScanUpstream {
  /** Gradient of out, like u. */
  readonly dOut: GpuArray;
  /** Gradient of lastState, `[batch, dim, state]`; zero where absent. */
  readonly dLastState?: GpuArray;
  /** Where to write dz; a new array where absent. */
  readonly dz?: GpuArray;
  /** Where to write dB. */
  readonly dB?: GpuArray;
  /** Where to write dC. */
  readonly dC?: GpuArray;
  /** Where to leave the gradient of A (of log(−A) with `logA`). */
  readonly dA?: GradientTarget;
  /** Where to leave the gradient of D. */
  readonly dD?: GradientTarget;
  /** Where to leave the gradient of the delta bias. */
  readonly dDeltaBias?: GradientTarget;
}

/** Gradients by the names of their inputs. */
export interface SelectiveScanGradients {
  /** Like u. */
  readonly du: GpuArray;
  /** Like delta. */
  readonly ddelta: GpuArray;
  /** `[dim, state]`. */
  readonly dA: GpuArray;
  /** Like B. */
  readonly dB: GpuArray;
  /** Like C. */
  readonly dC: GpuArray;
  /** `[dim]`, where D was given. */
  readonly dD?: GpuArray;
  /** Like z, where z was given. */
  readonly dz?: GpuArray;
  /** `[dim]`, where a bias was given. */
  readonly dDeltaBias?: GpuArray;
  /** `[batch, dim, state]`, where an initial state was given. */
  readonly dInitialState?: GpuArray;
}

interface Sizes {
  readonly batch: number;
  readonly length: number;
  readonly dim: number;
  readonly state: number;
  readonly groups: number;
}

/** Unrolled steps times states; more only takes longer to compile. */
const UNROLLED = 128;
const LANES_WITHOUT_SUBGROUPS = 8;
const MAX_STATE = 128;

function sizesOf(gpu: Gpu, a: SelectiveScanArguments, timeMajor: boolean): Sizes {
  const fail = (what: string): never => {
    throw new ShapeError(`selectiveScan: ${what}; check the layout (timeMajor is ${timeMajor})`);
  };
  if (a.u.shape.length !== 3) fail(`found u of [${a.u.shape}], expected three axes`);
  const [batch, length, dim] = timeMajor ? a.u.shape : [a.u.shape[0], a.u.shape[2], a.u.shape[1]];
  const state = a.A.columns;
  expectShape("selectiveScan", "A", a.A, [dim, state]);
  if (state > MAX_STATE) fail(`found ${state} states, expected at most ${MAX_STATE}`);
  const groups = timeMajor ? a.B.columns / state : a.B.shape.length === 4 ? a.B.shape[1] : 1;
  if (!Number.isInteger(groups) || dim % groups) {
    fail(
      `found B of [${a.B.shape}] for ${dim} channels of ${state} states, expected groups that divide the channels`,
    );
  }
  const grouped = a.B.shape.length === 4 ? [batch, groups, state, length] : [batch, state, length];
  const shared = timeMajor ? [batch, length, groups * state] : grouped;
  for (const name of ["B", "C"] as const) expectShape("selectiveScan", name, a[name], shared);
  for (const name of ["delta", "z"] as const) {
    if (a[name]) expectShape("selectiveScan", name, a[name], a.u.shape);
  }
  for (const name of ["D", "deltaBias"] as const) {
    if (a[name]) expectShape("selectiveScan", name, a[name], [dim]);
  }
  if (a.initialState) {
    expectShape("selectiveScan", "initialState", a.initialState, [batch, dim, state]);
  }
  if (a.sequenceIndex) {
    expectShape("selectiveScan", "sequenceIndex", a.sequenceIndex, [batch, length]);
  }
  const rounds = Math.ceil(length / chunkOf(gpu, { length, state }));
  checkRounds(gpu, "selectiveScan", rounds, "run shorter pieces with a carried state");
  return { batch, length, dim, state, groups };
}

const placement = (array: GpuArray): Placement => ({
  stride: array.rowStride,
  offset: residual(array),
  vec4: isVec4(array),
});

/** Steps between saved states: fewer where more states would unroll into too much text. */
function chunkOf(gpu: Gpu, { length, state }: Pick<Sizes, "length" | "state">): number {
  const unrolled = gpu.subgroupSize ? UNROLLED : UNROLLED / 2;
  // One token at a time, as in decoding, needs no unrolled steps.
  const longest = length === 1 ? 1 : 8;
  return Math.max(1, Math.min(longest, 2 ** Math.floor(Math.log2(unrolled / state))));
}

function constantsOf(
  gpu: Gpu,
  sizes: Sizes,
  options: SelectiveScanOptions,
  arrays: Readonly<Record<string, GpuArray | undefined>>,
  flags: { save: boolean; lastState: boolean },
): ScanConstants {
  const chunk = chunkOf(gpu, sizes);
  // A later group's states begin at a multiple of the state size, which must keep the alignment.
  const aligned = !options.timeMajor || sizes.groups === 1 || sizes.state % 4 === 0;
  const at = Object.entries(arrays).flatMap(([name, array]) =>
    array ? [[name, placement(array)] as const] : []
  ).map(([name, place]) => {
    const vec4 = place.vec4 && (aligned || (name !== "B" && name !== "C"));
    return [name, { ...place, vec4 }];
  });
  const lanes = gpu.subgroupSize || LANES_WITHOUT_SUBGROUPS;
  const series = ["u", "delta", "z", "out", "dOut", "du", "ddelta", "dz"];
  // On a GPU neighbouring lanes' loads are one transaction anyway.
  const turned = gpu.facts.kind === "cpu" && chunk % 4 === 0 && gpu.subgroupSize > 0 &&
    gpu.subgroupSize % chunk === 0 &&
    options.timeMajor === true && sizes.length % chunk === 0 &&
    sizes.dim / sizes.groups % lanes === 0 &&
    series.every((name) => !arrays[name] || isVec4(arrays[name]));
  return {
    dim: sizes.dim,
    state: sizes.state,
    groups: sizes.groups,
    chunk,
    turned,
    lanes,
    subgroups: gpu.subgroupSize > 0,
    tiles: gpu.subgroupSize ? Math.max(1, 32 / gpu.subgroupSize) : 1,
    timeMajor: options.timeMajor ?? false,
    exact: sizes.length % chunk === 0,
    softplus: options.deltaSoftplus ?? false,
    logA: options.logA ?? false,
    at: Object.fromEntries(at),
    ...flags,
  };
}

function labelOf(operation: string, { at, ...rest }: ScanConstants): string {
  const places = Object.entries(at).map(([name, p]) =>
    `${name}:${p!.stride}/${p!.offset}/${Number(p!.vec4)}`
  );
  return `${operation} ${Object.values(rest).map(Number).join(" ")} ${places.join(" ")}`;
}

const workgroupsOf = (c: ScanConstants, batch: number): [number, number] => [
  Math.ceil(tilesPerGroup(c) * c.groups / c.tiles),
  batch,
];

const inputsOf = (a: SelectiveScanArguments): GpuArray[] =>
  INPUTS.flatMap((name) => a[name] ? [a[name]] : []);

/**
 * h_t = exp(Δ_t·A)·h_{t−1} + Δ_t·B_t·u_t, out_t = (C_t·h_t + D·u_t)·SiLU(z_t),
 * with Δ = softplus(delta + bias) where asked for.
 *
 * @param want.lastState Returns the state after the last step.
 * @param want.saved Keeps what {@linkcode selectiveScanBackward} needs: the states before every chunk
 * of eight steps (fewer for more than 16 states).
 * @throws {ShapeError} where shapes do not agree.
 */
export function selectiveScan(
  gpu: Gpu,
  inputs: SelectiveScanArguments,
  options: SelectiveScanOptions = {},
  want: { lastState?: boolean; saved?: boolean } = {},
): SelectiveScanResult {
  const sizes = sizesOf(gpu, inputs, options.timeMajor ?? false);
  const { batch, length, dim, state } = sizes;
  const out = gpu.empty(inputs.u.shape);
  const last = want.lastState ? gpu.empty([batch, dim, state]) : undefined;
  const flags = { save: want.saved ?? false, lastState: last !== undefined };
  const c = constantsOf(gpu, sizes, options, { ...inputs, out, lastState: last }, flags);
  const words = tilesPerGroup(c) * c.groups * c.lanes * stateQuads(c) * 4;
  const states = flags.save ? gpu.empty([batch, Math.ceil(length / c.chunk), words]) : undefined;
  const kernel = gpu.kernel(labelOf("selectiveScan", c), () => forwardCode(c));
  const outputs = [out, ...(states ? [states] : []), ...(last ? [last] : [])];
  gpu.dispatch(kernel, [...inputsOf(inputs), ...outputs], workgroupsOf(c, batch), [length, batch]);
  return { out, lastState: last, saved: states && { states } };
}

/**
 * Gradients of every input given, from those of out and lastState. States are recomputed from the
 * saved ones; dB and dC are summed over channels, the others over the batch, in a fixed order.
 *
 * @param inputs The forward's inputs, unchanged.
 * @param saved What the forward kept.
 * @throws {ShapeError} where shapes do not agree.
 */
export function selectiveScanBackward(
  gpu: Gpu,
  inputs: SelectiveScanArguments,
  options: SelectiveScanOptions,
  saved: SelectiveScanSaved,
  upstream: SelectiveScanUpstream,
): SelectiveScanGradients {
  const sizes = sizesOf(gpu, inputs, options.timeMajor ?? false);
  const { batch, length, dim, state, groups } = sizes;
  const { dOut, dLastState: dLast } = upstream;
  expectShape("selectiveScanBackward", "dOut", dOut, inputs.u.shape);
  if (dLast) expectShape("selectiveScanBackward", "dLastState", dLast, [batch, dim, state]);
  for (const [name, like] of [["dz", "z"], ["dB", "B"], ["dC", "C"]] as const) {
    const given = upstream[name];
    if (given && inputs[like]) {
      expectShape("selectiveScanBackward", name, given, inputs[like].shape);
    }
  }
  const du = gpu.empty(inputs.u.shape);
  const ddelta = gpu.empty(inputs.u.shape);
  const dz = inputs.z && (upstream.dz ?? gpu.empty(inputs.z.shape));
  const flags = { save: false, lastState: dLast !== undefined };
  const c = constantsOf(gpu, sizes, options, { ...inputs, dOut, dLast, du, ddelta, dz }, flags);
  const partialBC = gpu.empty([tilesPerGroup(c), batch * length * groups * 2 * state]);
  const perChannel = gpu.empty([batch, dim, state + 2]);
  const dInitialState = inputs.initialState && gpu.empty([batch, dim, state]);
  const kernel = gpu.kernel(labelOf("selectiveScanBackward", c), () => backwardCode(c));
  const optional = (array: GpuArray | undefined) => array ? [array] : [];
  const arrays = [
    ...inputsOf(inputs),
    dOut,
    saved.states,
    ...optional(dLast),
    du,
    ddelta,
    ...optional(dz),
    partialBC,
    perChannel,
    ...optional(dInitialState),
  ];
  gpu.dispatch(kernel, arrays, workgroupsOf(c, batch), [length, batch]);
  const dB = sumShared(gpu, c, sizes, partialBC, 0, upstream.dB ?? gpu.empty(inputs.B.shape));
  const dC = sumShared(gpu, c, sizes, partialBC, state, upstream.dC ?? gpu.empty(inputs.C.shape));
  const sums = sumChannels(gpu, sizes, perChannel, inputs, upstream);
  for (const used of [partialBC, perChannel]) gpu.release(used);
  return { du, ddelta, dz, dB, dC, dInitialState, ...sums };
}

/** Sums the tiles' partial results of dB (first = 0) or dC (first = state) into their array. */
function sumShared(
  gpu: Gpu,
  c: ScanConstants,
  { batch, length, groups, state }: Sizes,
  partials: GpuArray,
  first: number,
  target: GpuArray,
): GpuArray {
  const constants = {
    state,
    groups,
    first,
    tiles: tilesPerGroup(c),
    timeMajor: c.timeMajor,
    target: placement(target),
  };
  const { target: at, ...rest } = constants;
  const label = `selectiveScanSum ${
    Object.values(rest).map(Number).join(" ")
  } ${at.stride}/${at.offset}`;
  const kernel = gpu.kernel(label, () => sharedSumCode(constants));
  const threads = batch * length * groups * (state % 4 ? state : state / 4);
  const workgroups = grid(Math.ceil(threads / SHARED_SUM_WORKGROUP));
  gpu.dispatch(kernel, [partials, target], workgroups, [batch * length, length]);
  return target;
}

/** Sums dA, dD and the bias's gradient over the batch. */
function sumChannels(
  gpu: Gpu,
  { batch, dim, state }: Sizes,
  perChannel: GpuArray,
  inputs: SelectiveScanArguments,
  upstream: SelectiveScanUpstream,
): Pick<SelectiveScanGradients, "dA" | "dD" | "dDeltaBias"> {
  const fresh = (shape: readonly number[]): GradientTarget => ({
    array: gpu.empty(shape),
    accumulate: false,
  });
  const columns = (
    start: number,
    end: number,
    target: GradientTarget,
    shape: readonly number[],
  ): GpuArray => {
    expectShape("selectiveScanBackward", "target", target.array, shape);
    const slice = perChannel.slice(start, end);
    const partials = new GpuArray(
      slice.pooled,
      [batch, dim, end - start],
      "f32",
      slice.offset,
      slice.rowStride,
    );
    const { array, accumulate } = target;
    reducePartials(gpu, partials, { array: array.reshape([dim, end - start]), accumulate });
    return array;
  };
  return {
    dA: columns(0, state, upstream.dA ?? fresh([dim, state]), [dim, state]),
    dD: inputs.D && columns(state, state + 1, upstream.dD ?? fresh([dim]), [dim]),
    dDeltaBias: inputs.deltaBias &&
      columns(state + 1, state + 2, upstream.dDeltaBias ?? fresh([dim]), [dim]),
  };
}
