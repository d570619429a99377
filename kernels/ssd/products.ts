/**
 * The matrix products and the walk along chunks that both ways of SSD take.
 *
 * @module
 */
import type { GpuArray } from "../../src/gpu/array.ts";
import { type Gpu, residual } from "../../src/gpu/gpu.ts";
import type { SsdArguments, SsdSaved } from "./arguments.ts";
import {
  constantsOf,
  dispatch,
  dispatchTiles,
  placeOf,
  series,
  type Sizes,
  strides,
} from "./plan.ts";
import type { ScoreConstants } from "./scores_wgsl.ts";
import { columnTiles, columnWidth, commonWidth, rowsOf, stateRows } from "./tile.ts";
import { carryCode, type CarryConstants, carryTiles, chunkStatesCode, outputCode } from "./wgsl.ts";

/** What every chunk's steps add to its states: Σ factor·rowsᵀ·columns, written to `states`. */
export function chunkStates(
  gpu: Gpu,
  sizes: Sizes,
  steps: GpuArray,
  rows: GpuArray,
  columns: GpuArray,
  factor: "z" | "w",
  states: GpuArray,
): void {
  const { heads, state, headDim } = sizes;
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
}

/** Walks along the chunks; see {@linkcode carryCode}. */
export function carry(
  gpu: Gpu,
  sizes: Sizes,
  steps: GpuArray,
  states: GpuArray,
  start: GpuArray | undefined,
  forward: GpuArray | undefined,
  last: GpuArray | undefined,
): GpuArray | undefined {
  const { batch, chunks, heads, headDim, state, tiles } = sizes;
  const constants: CarryConstants = {
    ...constantsOf(sizes),
    width: commonWidth(state * headDim),
    back: forward !== undefined,
    start: start ? residual(start) : -1,
    end: last !== undefined,
  };
  const perHead = carryTiles(constants);
  const products = forward && gpu.empty([batch, chunks, heads, perHead]);
  const total = batch * heads * perHead;
  const arrays = [steps, states, start, forward, products, last];
  dispatch(gpu, "ssdCarry", constants, carryCode, arrays, Math.ceil(total / tiles), [
    chunks,
    total,
  ]);
  return products;
}

/** out = factor·(rows·states) + scores·columns; back: over later steps. */
export function output(
  gpu: Gpu,
  sizes: Sizes,
  { steps, states }: Pick<SsdSaved, "steps" | "states">,
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

/** What both kernels of scores bake in. */
export const scoreConstants = (sizes: Sizes, a: SsdArguments): ScoreConstants => {
  const width = commonWidth(sizes.state, ...strides(a.B, a.C));
  return {
    ...constantsOf(sizes),
    B: series(a.B, width),
    C: series(a.C, width),
    D: residual(a.D),
    packed: a.sequenceIndex !== undefined,
  };
};

/** Tiles of a chunk's scores. */
export const scoreTiles = (sizes: Sizes): number => sizes.chunk / rowsOf(sizes) * sizes.groups;

/** Scores of every chunk and head, by the step that gives and the step that takes. */
export const scoreShape = ({ batch, chunks, heads, chunk }: Sizes): number[] => [
  batch,
  chunks,
  heads,
  chunk,
  chunk,
];
