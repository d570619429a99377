/**
 * Matrix products: A·B, A·Bᵀ and Aᵀ·B, with bias, with an addend, over strided rows.
 *
 * @module
 */
import { ShapeError } from "../../src/base/errors.ts";
import { expectShape, type GpuArray } from "../../src/gpu/array.ts";
import { type Gpu, residual } from "../../src/gpu/gpu.ts";
import { checkRounds } from "../loops.ts";
import { reducePartials, roomForPartials } from "../reduce/mod.ts";
import type { GradientTarget } from "../target.ts";
import { variantOf } from "../variants.ts";
import { isVec4 } from "../wgsl.ts";
import { packPanels } from "./panels.ts";
import { checkPrecision, type Precision } from "./precision.ts";
import { TILE, tiledProductCode, tiledTransposedProductCode } from "./tiled.ts";
import { productClass, productVariants, TRANSPOSED_CLASS, transposedVariants } from "./variants.ts";
import { LINE, productCode, type ProductConstants, transposedProductCode } from "./wgsl.ts";

/** A weight W `[columns, depth]` laid out for products with Wᵀ; made by {@linkcode packTransposed}. */
export interface PackedMatrix {
  /** Panels `[⌈columns / width⌉, depth, width]`. */
  readonly array: GpuArray;
  /** Rows of Wᵀ. */
  readonly depth: number;
  /** Columns of Wᵀ. */
  readonly columns: number;
}

/** Operands of {@linkcode matmul}. */
export interface MatmulArguments {
  /** A `[…, depth]`; all axes but the last are rows. */
  readonly a: GpuArray;
  /** B `[depth, columns]`, or Bᵀ packed. */
  readonly b: GpuArray | PackedMatrix;
  /** `[columns]`, added to every row. */
  readonly bias?: GpuArray;
  /** Of the result's shape, added to it. */
  readonly addend?: GpuArray;
  /** Where to write; a new array where absent. */
  readonly out?: GpuArray;
}

/** Lanes that share a tile where there are no subgroups. */
const LANES_WITHOUT_SUBGROUPS = 8;
const TILES = 4;

/** Lanes of a tile on this device. */
function lanesOf(gpu: Gpu): number {
  return gpu.subgroupSize || LANES_WITHOUT_SUBGROUPS;
}

/** The largest tile that the rows fill; more rows a tile reuse each load of B more often. */
function tileRowsFor(gpu: Gpu, rows: number): number {
  const choices = gpu.subgroupSize ? [32, 16, 8, 4] : [8, 4];
  return choices.find((choice) => choice <= rows) ?? 1;
}

/** Columns of a tile on processors: there a load costs as much as many products, so more share one. */
const PROCESSOR_COLUMNS = 64;

/** Words of four columns a lane. */
function wordsFor(gpu: Gpu, columns: number): number {
  const wide = gpu.facts.kind === "cpu" && gpu.subgroupSize > 0;
  const wanted = Math.min(wide ? PROCESSOR_COLUMNS : 0, columns);
  return Math.max(1, Math.ceil(wanted / (4 * lanesOf(gpu))));
}

/**
 * C = A·B (+ bias) (+ addend), f32.
 *
 * @returns `[…rows of a, columns]`.
 * @throws {ShapeError} where the operands do not fit.
 */
export function matmul(gpu: Gpu, { a, b, bias, addend, out }: MatmulArguments): GpuArray {
  const packed = "array" in b;
  const [depth, columns] = packed ? [b.depth, b.columns] : b.shape;
  if ((!packed && b.shape.length !== 2) || a.columns !== depth) {
    const found = packed ? `packed [${depth}, ${columns}]` : `[${b.shape}]`;
    throw new ShapeError(
      `matmul: found a of [${a.shape}] and b of ${found}, expected b of [${a.columns}, n]`,
    );
  }
  checkRounds(gpu, "matmul", Math.ceil(depth / 4), "split the contracted axis and add the parts");
  const c = out ?? gpu.empty([...a.shape.slice(0, -1), columns]);
  if (c.rows !== a.rows || c.columns !== columns) {
    throw new ShapeError(
      `matmul: found out of [${c.shape}], expected ${a.rows} rows of ${columns}`,
    );
  }
  if (bias) expectShape("matmul", "bias", bias, [columns]);
  if (addend && (addend.rows !== a.rows || addend.columns !== columns)) {
    throw new ShapeError(
      `matmul: found addend of [${addend.shape}], expected ${a.rows} rows of ${columns}`,
    );
  }
  const storage = packed ? b.array : b;
  const constants = productConstants(gpu, {
    a,
    b: storage,
    packed,
    bias,
    addend,
    c,
    depth,
    columns,
  });
  const baked = Object.values(constants).map(Number).join(" ");
  const arrays = [a, storage, ...(bias ? [bias] : []), ...(addend ? [addend] : []), c];
  if (variantOf(gpu, productVariants, productClass(a.rows)) === "tiled") {
    const kernel = gpu.kernel(`matmul tiled ${baked}`, () => tiledProductCode(constants));
    const groups = [Math.ceil(columns / TILE), Math.ceil(a.rows / TILE)] as const;
    gpu.dispatch(kernel, arrays, groups, [a.rows]);
    return c;
  }
  const kernel = gpu.kernel(`matmul ${baked}`, () => productCode(constants));
  const tiles = Math.ceil(a.rows / constants.tileRows);
  const panels = Math.ceil(columns / (4 * constants.lanes * constants.words));
  gpu.dispatch(kernel, arrays, [panels, Math.ceil(tiles / constants.tiles)], [a.rows]);
  return c;
}

interface ProductOperands {
  readonly a: GpuArray;
  readonly b: GpuArray;
  readonly packed: boolean;
  readonly bias: GpuArray | undefined;
  readonly addend: GpuArray | undefined;
  readonly c: GpuArray;
  readonly depth: number;
  readonly columns: number;
}

function productConstants(gpu: Gpu, p: ProductOperands): ProductConstants {
  const lanes = lanesOf(gpu);
  const tileRows = tileRowsFor(gpu, p.a.rows);
  return {
    depth: p.depth,
    columns: p.columns,
    tileRows,
    words: wordsFor(gpu, p.columns),
    lanes,
    subgroups: gpu.subgroupSize > 0,
    tiles: p.a.rows > tileRows ? TILES : 1,
    aStride: p.a.rowStride,
    aOffset: residual(p.a),
    aVec4: isVec4(p.a),
    bStride: p.packed ? 4 * lanes : p.b.rowStride,
    packed: p.packed,
    bOffset: residual(p.b),
    bVec4: p.packed || isVec4(p.b),
    bHalf: p.b.dtype === "f16",
    cStride: p.c.rowStride,
    cOffset: residual(p.c),
    cVec4: isVec4(p.c) && (!p.addend || isVec4(p.addend)),
    biasOffset: p.bias ? residual(p.bias) : -1,
    addendStride: p.addend ? p.addend.rowStride : -1,
    addendOffset: p.addend ? residual(p.addend) : 0,
  };
}

/**
 * Lays W out for products with Wᵀ.
 *
 * @param w `[columns, depth]`, rows without gaps between elements.
 * @param precision Of the panels; f16 halves what a product reads of W, sums stay in f32.
 * @throws {DeviceError} where the adapter cannot read and write this precision.
 */
export function packTransposed(
  gpu: Gpu,
  w: GpuArray,
  precision: Precision = "f32",
): PackedMatrix {
  checkPrecision(gpu, precision);
  const array = gpu.empty(panelShape(gpu, w), precision);
  packPanels(gpu, [{ w, array }]);
  const [columns, depth] = w.shape;
  return { array, depth, columns };
}

/** Shape of a packed weight's panels. @throws {ShapeError} where it has not two axes. */
export function panelShape(gpu: Gpu, w: GpuArray): readonly [number, number, number] {
  if (w.shape.length !== 2) {
    throw new ShapeError(`packing a weight: found [${w.shape}], expected two axes`);
  }
  const [columns, depth] = w.shape;
  const panel = 4 * lanesOf(gpu);
  return [Math.ceil(columns / panel), depth, panel];
}

/**
 * Aᵀ·B over all rows: the gradient of a weight from its output's gradient A and its input B.
 *
 * @param a `[…, m]`.
 * @param b `[…, n]`, as many rows.
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
  const lanes = lanesOf(gpu);
  const widest = Math.min(32, gpu.subgroupSize ? 4 * lanes : 8);
  const tileRows = tiled ? TILE : Math.min(widest, Math.ceil(a.columns / 4) * 4);
  const words = wordsFor(gpu, b.columns);
  const tileColumns = tiled ? TILE : 4 * lanes * words;
  const tiles = [Math.ceil(b.columns / tileColumns), Math.ceil(a.columns / tileRows)];
  const span = spanFor(gpu, tiles[0] * tiles[1], a.rows);
  const splits = Math.ceil(a.rows / span);
  const constants = {
    rows: a.columns,
    columns: b.columns,
    tileRows,
    words,
    unrolledRows: UNROLLED_ROWS,
    exact: a.rows % UNROLLED_ROWS === 0,
    fetchesAhead: gpu.facts.kind === "cpu" && isVec4(a) && a.rowStride > tileRows &&
      lanes * LINE >= UNROLLED_ROWS * tileRows && tileRows % LINE === 0,
    lanes,
    subgroups: gpu.subgroupSize > 0,
    aStride: a.rowStride,
    aOffset: residual(a),
    aVec4: isVec4(a),
    bStride: b.rowStride,
    bOffset: residual(b),
    bVec4: isVec4(b),
  };
  const baked = Object.values(constants).map(Number).join(" ");
  const kernel = tiled
    ? gpu.kernel(`matmulTransposeA tiled ${baked}`, () => tiledTransposedProductCode(constants))
    : gpu.kernel(`matmulTransposeA ${baked}`, () => transposedProductCode(constants));
  const partials = roomForPartials(gpu, target, [splits, a.columns, b.columns]);
  gpu.dispatch(kernel, [a, b, partials], [tiles[0], tiles[1], splits], [a.rows, span]);
  reducePartials(gpu, partials, target);
  gpu.release(partials);
  return target.array;
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
