/**
 * How a scan is laid out on an adapter: sizes, what is baked into its text, workgroups, and sections.
 *
 * @module
 */
import { ShapeError } from "../../src/base/errors.ts";
import { expectDense, expectShape, type GpuArray } from "../../src/gpu/array.ts";
import { type Gpu, residual } from "../../src/gpu/gpu.ts";
import { checkRounds } from "../loops.ts";
import { lanesOf } from "../team.ts";
import { variantOf } from "../variants.ts";
import { isVec4 } from "../wgsl.ts";
import type { SelectiveScanArguments, SelectiveScanOptions } from "./arguments.ts";
import { type Placement, type ScanConstants, stateQuads, tilesPerGroup } from "./constants.ts";
import { scatterRounds } from "./partial_sums.ts";
import { classOf, scanVariants } from "./variants.ts";

/** Sizes of a scan. */
export interface Sizes {
  /** Sequences. */
  readonly batch: number;
  /** Steps. */
  readonly length: number;
  /** Channels. */
  readonly dim: number;
  /** States of a channel. */
  readonly state: number;
  /** Groups of channels that share B and C. */
  readonly groups: number;
}

/** Unrolled steps times states of a channel; more only takes longer to compile. */
const UNROLLED = 128;
const MAX_STATE = 128;
/** Steps between saved states, unless a channel would have too many words of four states to hold. */
const BLOCK_STEPS = 64;
const BLOCK_WORDS = 64;
/** Lanes that keep a large GPU busy. */
const BUSY_LANES = 65_536;

/** Sizes of a scan over these arrays. @throws {ShapeError} where they do not agree. */
export function sizesOf(a: SelectiveScanArguments, timeMajor: boolean): Sizes {
  const fail = (what: string): never => {
    throw new ShapeError(`selectiveScan: ${what}; check the layout (timeMajor is ${timeMajor})`);
  };
  if (a.u.shape.length !== 3) fail(`found u of [${a.u.shape}], expected three axes`);
  for (const [name, array] of Object.entries({ ...a, sequenceIndex: undefined })) {
    if (array && array.dtype !== "f32") fail(`found ${name} of ${array.dtype}, expected f32`);
  }
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
    expectDense("selectiveScan", "initialState", a.initialState, [batch, dim, state]);
  }
  if (a.sequenceIndex) {
    expectShape("selectiveScan", "sequenceIndex", a.sequenceIndex, [batch, length]);
  }
  return { batch, length, dim, state, groups };
}

/** Where an array lies. */
export const placement = (array: GpuArray): Placement => ({
  stride: array.rowStride,
  offset: residual(array),
  vec4: isVec4(array),
});

/** The same of a series, whose rows may be as long as the sequence: other lengths share the text then. */
export function seriesPlacement(array: GpuArray, length: number, timeMajor: boolean): Placement {
  const { stride, ...rest } = placement(array);
  return timeMajor || stride !== length ? { stride, ...rest } : rest;
}

/** Steps that are unrolled: fewer where more states would make too much text. */
function chunkOf(gpu: Gpu, { length, state }: Pick<Sizes, "length" | "state">): number {
  const unrolled = gpu.subgroupSize ? UNROLLED : UNROLLED / 2;
  // One token at a time, as in decoding, needs no unrolled steps.
  const longest = length === 1 ? 1 : 8;
  return Math.max(1, Math.min(longest, 2 ** Math.floor(Math.log2(unrolled / state))));
}

/** Chunks of a block, before which the backward holds a channel's states at once. */
function blockOf({ length, state }: Pick<Sizes, "length" | "state">, chunk: number): number {
  const held = Math.max(1, Math.floor(BLOCK_WORDS / Math.ceil(state / 4)));
  return length === 1 ? 1 : Math.min(BLOCK_STEPS / chunk, held);
}

/** Longer ones would come near the rounds that a software adapter allows, see {@linkcode checkRounds}. */
const MOST_IN_ROUNDS = 32_768;

/**
 * Steps of a round. Two, for which every lane of eight loads one word of B: the backward compiles a
 * quarter sooner than with its whole chunk unrolled and is as fast. Other sizes were not timed.
 */
function roundOf({ length, state }: Sizes, chunk: number, lanes: number): number {
  const timed = lanes === 8 && Math.ceil(state / 4) === 4;
  return timed && length <= MOST_IN_ROUNDS ? 2 : chunk;
}

/** How time is cut. */
export interface Sections {
  /** Sections that run side by side. */
  readonly count: number;
  /** Blocks of each but the last. */
  readonly blocks: number;
}

/** Sections of time: as many as asked for, or as keep the adapter's lanes busy. */
export function sectionsOf(gpu: Gpu, sizes: Sizes, asked: number | undefined): Sections {
  const chunk = chunkOf(gpu, sizes);
  const blocks = Math.ceil(sizes.length / (chunk * blockOf(sizes, chunk)));
  const channels = sizes.batch * sizes.dim;
  const chunked = variantOf(gpu, scanVariants, classOf(channels)) === "chunked";
  const wanted = asked ?? (chunked ? Math.ceil(BUSY_LANES / channels) : 1);
  if (!Number.isInteger(wanted) || wanted < 1) {
    throw new ShapeError(
      `selectiveScan: found ${wanted} sections, expected a whole number above 0`,
    );
  }
  const each = Math.ceil(blocks / Math.min(wanted, blocks));
  return { count: Math.ceil(blocks / each), blocks: each };
}

/** Shape of the saved states: `[batch, blocks, …]` in the kernel's own order. */
export function savedShape(gpu: Gpu, sizes: Sizes): number[] {
  const { batch, length, dim, groups, state } = sizes;
  const lanes = lanesOf(gpu);
  const chunk = chunkOf(gpu, sizes);
  const words = tilesPerGroup({ dim, groups, lanes }) * groups * lanes * stateQuads({ state }) * 4;
  return [batch, Math.ceil(length / (chunk * blockOf(sizes, chunk))), words];
}

/** Numbers of a sequence's partial sums of dB|dC, where a lane has one channel: at most so many. */
export function partialSumsOf(gpu: Gpu, { length, dim, groups, state }: Sizes): number {
  return tilesPerGroup({ dim, groups, lanes: lanesOf(gpu) }) * length * groups * 2 * state;
}

/**
 * Checks a lane's rounds of its loops; each loop has one more, which ends it.
 *
 * @param passes Times that it walks a chunk: once forward, twice backward.
 * @throws {ShapeError} where it would go round too often for the adapter.
 */
export function checkLength(gpu: Gpu, sizes: Sizes, sections: Sections, passes: 1 | 2): void {
  const chunk = chunkOf(gpu, sizes);
  const lanes = lanesOf(gpu);
  const { state } = sizes;
  const scattered = scatterRounds({ subgroups: gpu.subgroupSize > 0, chunk, state, lanes });
  const each = passes === 1 ? 1 : 2 + scattered;
  const rounds = sections.blocks * (1 + passes + each * blockOf(sizes, chunk));
  checkRounds(gpu, "selectiveScan", rounds, "run shorter pieces with a carried state");
}

/** Names of series, of which a row may be as long as the sequence. */
const SERIES_NAMES: readonly string[] = ["u", "delta", "z", "out", "dOut", "du", "ddelta", "dz"];

type ScanArrays = Readonly<Record<string, GpuArray | undefined>>;

/**
 * What is baked into the text for these sizes and arrays.
 *
 * @param flags.paired Whether a lane may have two channels.
 */
export function constantsOf(
  gpu: Gpu,
  sizes: Sizes,
  options: SelectiveScanOptions,
  arrays: ScanArrays,
  flags: { save: boolean; lastState: boolean; paired?: boolean },
): ScanConstants {
  const chunk = chunkOf(gpu, sizes);
  const lanes = lanesOf(gpu);
  const timeMajor = options.timeMajor ?? false;
  const turned = timeMajor && canTurn(gpu, sizes, chunk, arrays);
  // Half as many partial sums of dB|dC are to be stored, which costs where series are turned round.
  const pairs = tilesPerGroup({ ...sizes, lanes }) % 2 === 0;
  const channels = flags.paired && turned && pairs ? 2 : 1;
  return {
    dim: sizes.dim,
    state: sizes.state,
    groups: sizes.groups,
    chunk,
    round: turned ? roundOf(sizes, chunk, lanes) : chunk,
    block: blockOf(sizes, chunk),
    turned,
    lanes,
    subgroups: gpu.subgroupSize > 0,
    tiles: gpu.subgroupSize ? Math.max(1, 32 / gpu.subgroupSize / channels) : 1,
    channels,
    stacked: gpu.facts.kind === "cpu" && gpu.subgroupSize > 0,
    timeMajor,
    exact: sizes.length % chunk === 0,
    softplus: options.deltaSoftplus ?? false,
    logA: options.logA ?? false,
    half: arrays.out?.dtype === "f16",
    at: placements(sizes, timeMajor, arrays),
    save: flags.save,
    lastState: flags.lastState,
  };
}

/** Whether series can be turned round in registers; on a GPU neighbours' loads are one anyway. */
function canTurn(gpu: Gpu, sizes: Sizes, chunk: number, arrays: ScanArrays): boolean {
  return gpu.facts.kind === "cpu" && chunk % 4 === 0 && gpu.subgroupSize > 0 &&
    gpu.subgroupSize % chunk === 0 && sizes.length % chunk === 0 &&
    sizes.dim / sizes.groups % lanesOf(gpu) === 0 &&
    SERIES_NAMES.every((name) => !arrays[name] || isVec4(arrays[name]));
}

function placements(sizes: Sizes, timeMajor: boolean, arrays: ScanArrays): ScanConstants["at"] {
  // A later group's states begin at a multiple of the state size, which must keep the alignment.
  const aligned = !timeMajor || sizes.groups === 1 || sizes.state % 4 === 0;
  const placed = (name: string, array: GpuArray): Placement => {
    const shared = name === "B" || name === "C";
    const place = shared || SERIES_NAMES.includes(name)
      ? seriesPlacement(array, sizes.length, timeMajor)
      : placement(array);
    return { ...place, vec4: place.vec4 && (aligned || !shared) };
  };
  return Object.fromEntries(
    Object.entries(arrays).flatMap(([name, array]) => array ? [[name, placed(name, array)]] : []),
  );
}

/** A placement in a kernel's name. */
export const placeLabel = ({ stride, offset, vec4 }: Placement): string =>
  `${stride ?? "length"}/${offset}/${Number(vec4)}`;

/** A kernel's name with all that is baked into it. */
export function labelOf(operation: string, { at, ...rest }: ScanConstants): string {
  const places = Object.entries(at).map(([name, place]) => `${name}:${placeLabel(place!)}`);
  return `${operation} ${Object.values(rest).map(Number).join(" ")} ${places.join(" ")}`;
}

/** Workgroups of a kernel that gives every lane a channel of a sequence and a section. */
export const workgroupsOf = (
  c: ScanConstants,
  batch: number,
  { count }: Sections,
): [number, number, number] => {
  const tiles = tilesPerGroup(c) * c.groups;
  return [Math.ceil(tiles / (c.tiles * c.channels)), batch, count];
};

/** Members of those kernels' uniform. */
export const paramsOf = (sizes: Sizes, { blocks }: Sections): number[] => [
  sizes.length,
  sizes.batch,
  blocks,
];
