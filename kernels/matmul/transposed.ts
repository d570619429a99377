/**
 * Aᵀ·B over all rows: the gradient of a linear layer's weight.
 *
 * @module
 */
import { ShapeError } from "../../src/base/errors.ts";
import { expectShape, type GpuArray } from "../../src/gpu/array.ts";
import { type Gpu, residual } from "../../src/gpu/gpu.ts";
import { labelOf } from "../label.ts";
import { reducePartials, roomForPartials } from "../reduce/mod.ts";
import { bindable, pieceSpans } from "../spans.ts";
import type { GradientTarget } from "../target.ts";
import { lanesOf } from "../team.ts";
import { variantOf } from "../variants.ts";
import { isVec4, members } from "../wgsl.ts";
import { TILE, tiledTransposedProductCode } from "./tiled.ts";
import {
  LINE,
  TRANSPOSED_SIZES,
  transposedProductCode,
  type TransposedProductConstants,
} from "./transposed_wgsl.ts";
import { TRANSPOSED_CLASS, transposedVariants } from "./variants.ts";
import { evenWords, hasCheapLoads } from "./words.ts";

/**
 * Aᵀ·B over all rows: the gradient of a weight from its output's gradient A and its input B.
 *
 * @param a `[…, m]`.
 * @param b `[…, n]`, of f32 or f16, as many rows.
 * @param target `[m, n]`; a new array where absent.
 * @throws {ShapeError} where the operands do not fit.
 */
export function matmulTransposeA(
  gpu: Gpu,
  a: GpuArray,
  b: GpuArray,
  target: GradientTarget = { array: gpu.empty([a.columns, b.columns]), accumulate: false },
): GpuArray {
  if (a.rows !== b.rows) {
    throw new ShapeError(`matmulTransposeA: found ${a.rows} and ${b.rows} rows, expected as many`);
  }
  expectShape("matmulTransposeA", "target", target.array, [a.columns, b.columns]);
  const tiled = variantOf(gpu, transposedVariants, TRANSPOSED_CLASS) === "tiled";
  const span = spanFor(gpu, countedTiles(a, b, tiled), a.rows);
  const splits = Math.ceil(a.rows / span);
  const most = resultRowsOf(gpu, splits * b.columns);
  const [left, right] = [a.matrix, b.matrix];
  for (let start = 0; start < a.columns; start += most) {
    const end = Math.min(start + most, a.columns);
    const part = { ...target, array: target.array.part(start, end) };
    sumOuterProducts(gpu, left.slice(start, end), right, part, { span, splits, tiled });
  }
  return target.array;
}

/** Most partial sums held at once, 32 MiB: a large weight's gradient goes in parts of its rows. */
const PARTIAL_SUMS = 2 ** 23;

/** Rows of the result whose partial sums, so many numbers a row, are made at once. */
function resultRowsOf(gpu: Gpu, size: number): number {
  const most = Math.max(1, Math.floor(Math.min(PARTIAL_SUMS, bindable(gpu)) / size));
  if (size > bindable(gpu)) {
    throw new ShapeError(
      `matmulTransposeA: found ${size} partial sums a row of the result, expected at most ` +
        `${bindable(gpu)}, which ${gpu.facts.adapter} binds at once; use smaller batches`,
    );
  }
  return most < ALIGNED ? most : Math.floor(most / ALIGNED) * ALIGNED;
}

/** Columns that begin at multiples of this are read as those of the whole matrix. */
const ALIGNED = 64;

function sumOuterProducts(
  gpu: Gpu,
  a: GpuArray,
  b: GpuArray,
  target: GradientTarget,
  { span, splits, tiled }: { span: number; splits: number; tiled: boolean },
): void {
  const partials = roomForPartials(gpu, target, [splits, a.columns, b.columns]);
  const parts = pieceSpans(gpu, "matmulTransposeA", [a, b], span, UNROLLED_ROWS);
  const whole = tiled && parts.length === 1;
  const turned = !whole && isNarrow(gpu, a, b);
  for (const { start, end, first, continues } of parts) {
    const rows = [a.part(start, end), b.part(start, end)];
    const [left, right] = turned ? rows.reverse() : rows;
    const tile = transposedTile(gpu, left, right, whole);
    const constants = {
      ...transposedConstants(gpu, left, right, tile),
      // What its text leaves unused.
      ...(whole && { words: 1, exact: true, fetchesAhead: false }),
      inParts: parts.length > 1,
      turned,
      cVec4: turned || right.columns % 4 === 0,
    };
    const kernel = whole
      ? gpu.kernel(
        labelOf("matmulTransposeA tiled", constants),
        () => tiledTransposedProductCode(constants),
      )
      : gpu.kernel(labelOf("matmulTransposeA", constants), () => transposedProductCode(constants));
    const tileColumns = whole ? TILE : 4 * lanesOf(gpu) * tile.words;
    const tiles = [Math.ceil(right.columns / tileColumns), Math.ceil(left.columns / tile.tileRows)];
    const pieces = Math.ceil((end - start) / span);
    const sizes = members(TRANSPOSED_SIZES, {
      rows: end - start,
      span,
      resultRows: left.columns,
      columns: right.columns,
      aStride: left.rowStride,
      aOffset: residual(left),
      bStride: right.rowStride,
      bOffset: residual(right),
      first,
      continues: Number(continues),
    });
    gpu.dispatch(kernel, [left, right, partials], [tiles[0], tiles[1], pieces], sizes);
  }
  reducePartials(gpu, partials, target);
  gpu.release(partials);
}

/** Most columns of a narrow B. */
const NARROW = 16;

/**
 * Whether B has so few columns that most lanes would have none: Bᵀ·A is computed then, whose lanes take
 * A's columns, and stored turned round.
 */
function isNarrow(gpu: Gpu, a: GpuArray, b: GpuArray): boolean {
  return gpu.facts.kind === "cpu" && gpu.subgroupSize > 0 && b.columns <= NARROW &&
    b.columns % 4 === 0 && b.columns < a.columns && b.dtype === "f32";
}

function transposedConstants(
  gpu: Gpu,
  a: GpuArray,
  b: GpuArray,
  { tileRows, words }: TransposedTile,
): Omit<TransposedProductConstants, "cVec4" | "inParts" | "turned"> {
  const lanes = lanesOf(gpu);
  return {
    tileRows,
    words,
    unrolledRows: UNROLLED_ROWS,
    exact: a.rows % UNROLLED_ROWS === 0,
    fetchesAhead: gpu.facts.kind === "cpu" && isVec4(a) && a.rowStride > tileRows &&
      lanes * LINE >= UNROLLED_ROWS * tileRows && tileRows % LINE === 0,
    lanes,
    subgroups: gpu.subgroupSize > 0,
    aVec4: isVec4(a),
    bVec4: isVec4(b),
    bHalf: b.dtype === "f16",
  };
}

/** Rows of the result that a tile takes, and words of four columns a lane. */
interface TransposedTile {
  readonly tileRows: number;
  readonly words: number;
}

function transposedTile(gpu: Gpu, a: GpuArray, b: GpuArray, tiled: boolean): TransposedTile {
  const words = evenWords(gpu, b.columns);
  if (tiled) return { tileRows: TILE, words };
  const widest = Math.min(mostTileRows(gpu, words), gpu.subgroupSize ? 4 * lanesOf(gpu) : 8);
  const all = Math.ceil(a.columns / 4) * 4;
  return { tileRows: all <= widest ? all : widest - widest % LINE || widest, words };
}

function mostTileRows(gpu: Gpu, words: number): number {
  if (gpu.facts.kind !== "cpu") return 32;
  if (hasCheapLoads(gpu)) return 16;
  return words === 1 ? 64 : 40;
}

/**
 * Tiles by which the rows are cut into pieces: not those that a kernel takes, so that the order of a sum
 * does not hang on them.
 */
function countedTiles(a: GpuArray, b: GpuArray, tiled: boolean): number {
  const [rows, columns] = tiled ? [TILE, TILE] : [32, 64];
  return Math.ceil(b.columns / columns) * Math.ceil(a.columns / rows);
}

/** Rows that a piece streams through while the tiles' operands stay in the cache. */
const CACHED_ROWS = 512;

/** Rows of a round: what a round costs besides its products is spread over them. */
const UNROLLED_ROWS = 4;

/** Rows of a piece, whole rounds: enough pieces to occupy the device, none shorter than 64 rows. */
function spanFor(gpu: Gpu, tiles: number, rows: number): number {
  const occupied = gpu.facts.kind === "cpu" ? 16 : 512;
  const wanted = Math.max(occupied / tiles, rows / CACHED_ROWS);
  const pieces = Math.max(1, Math.min(Math.ceil(wanted), Math.floor(rows / 64)));
  return Math.ceil(rows / pieces / UNROLLED_ROWS) * UNROLLED_ROWS;
}
