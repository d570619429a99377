/**
 * How SSD is laid out on an adapter: sizes, what is baked into its text, spans of the batch.
 *
 * @module
 */
import { ShapeError } from "../../src/base/errors.ts";
import { expectDense, expectShape, GpuArray } from "../../src/gpu/array.ts";
import { type Gpu, residual } from "../../src/gpu/gpu.ts";
import { grid } from "../grid.ts";
import { labelOf } from "../label.ts";
import { checkRounds } from "../loops.ts";
import { type Span, spans } from "../spans.ts";
import { lanesOf } from "../team.ts";
import type { SsdArguments, SsdOptions } from "./arguments.ts";
import { type Place, rowsOf, type SsdConstants, type Width } from "./tile.ts";
import type { StepLimits } from "./wgsl.ts";

/** Sizes of SSD over some arrays. */
export interface Sizes extends SsdConstants {
  /** Sequences. */
  readonly batch: number;
  /** Steps. */
  readonly length: number;
  /** Chunks of a sequence. */
  readonly chunks: number;
}

const LONGEST_CHUNK = 64;

/** Sizes of SSD over these arrays. @throws {ShapeError} where they do not agree. */
export function sizesOf(gpu: Gpu, operation: string, a: SsdArguments, groups: number): Sizes {
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
export const constantsOf = (
  { batch: _b, length: _l, chunks: _c, ...constants }: Sizes,
): SsdConstants => constants;

/** Where an array lies. */
export const placeOf = (array: GpuArray): Place => ({
  stride: array.rowStride,
  offset: residual(array),
});

/** A series read in words of this width. */
export const series = (array: GpuArray, width: Width) => ({ place: placeOf(array), width });

/** What the rows of arrays, and so their words, begin at multiples of. */
export const strides = (...arrays: readonly GpuArray[]): number[] =>
  arrays.flatMap((array) => [array.rowStride, residual(array)]);

/** A kernel whose every constant is in its name. */
export function dispatch<C extends object>(
  gpu: Gpu,
  operation: string,
  constants: C,
  code: (constants: C) => string,
  arrays: readonly (GpuArray | undefined)[],
  workgroups: number,
  params: readonly number[],
): void {
  const kernel = gpu.kernel(labelOf(operation, constants), () => code(constants));
  gpu.dispatch(kernel, arrays.filter((array) => array !== undefined), grid(workgroups), params);
}

const limitsOf = ({ stepLimits: [least, most] = [0, Infinity] }: SsdOptions): StepLimits => ({
  least: least > 0 ? least : undefined,
  most: most < Infinity ? most : undefined,
});

/** What the kernels of single steps bake in. */
export const stepConstants = (sizes: Sizes, a: SsdArguments, options: SsdOptions) => ({
  ...constantsOf(sizes),
  ...limitsOf(options),
  dt: placeOf(a.dt),
  offsets: [residual(a.dtBias), residual(a.ALog)] as const,
  sequence: a.sequenceIndex ? residual(a.sequenceIndex) : -1,
});

/** Runs a kernel of so many tiles for every chunk. */
export function dispatchTiles<C extends SsdConstants>(
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

/** Arrays by name; an absent one stays absent. */
export type Arrays = Readonly<Record<string, GpuArray | undefined>>;

/** Inputs that belong to heads, whatever the sequence. */
const SHARED = new Set(["dtBias", "ALog", "D"]);
/** Small, and may begin anywhere in their bindings. */
const SMALL = new Set(["sequenceIndex", "perHead"]);

/** Batch entries `start` to `end` of the arrays that have such an axis. */
export function entries<A extends object>(arrays: A, { start, end }: Span): A {
  const parts = Object.entries(arrays as Arrays).map(([name, array]) =>
    [name, array && !SHARED.has(name) ? array.part(start, end) : array] as const
  );
  return Object.fromEntries(parts) as A;
}

/** Spans of batch entries that fit one binding of each array, and of what the kernels make besides. */
export function batchSpans(
  gpu: Gpu,
  operation: string,
  sizes: Sizes,
  ...groups: readonly object[]
): Span[] {
  const arrays = groups.flatMap((group) =>
    Object.entries(group as Arrays).flatMap(([name, array]) =>
      array && !SHARED.has(name) && !SMALL.has(name) ? [array] : []
    )
  );
  const { batch, chunks, heads, state, headDim, chunk } = sizes;
  // The states, the scores, and four partial sums a step and tile of rows; never read or written.
  const most = Math.max(state * headDim, chunk * chunk, 4 * chunk * chunk / rowsOf(sizes));
  const made = new GpuArray(arrays[0].pooled, [batch, Math.ceil(chunks * heads * most / 64) * 64]);
  return spans(gpu, operation, [...arrays, made]);
}
