/**
 * Matrix products: A·B, A·Bᵀ and Aᵀ·B, with bias, with an addend, over strided rows.
 *
 * @module
 */
import { ShapeError } from "../../src/base/errors.ts";
import { expectShape, GpuArray } from "../../src/gpu/array.ts";
import { type Gpu, residual } from "../../src/gpu/gpu.ts";
import { checkRounds } from "../loops.ts";
import { reducePartials, roomForPartials } from "../reduce/mod.ts";
import { bindable, pieceSpans, type Span, spans } from "../spans.ts";
import type { GradientTarget } from "../target.ts";
import { lanesOf } from "../team.ts";
import { variantOf } from "../variants.ts";
import { isVec4 } from "../wgsl.ts";
import { packPanels } from "./panels.ts";
import { checkPrecision, type Precision } from "../precision.ts";
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
  /** A `[…, depth]`, of f32 or f16; all axes but the last are rows. */
  readonly a: GpuArray;
  /** B `[depth, columns]`, or Bᵀ packed. */
  readonly b: GpuArray | PackedMatrix;
  /** `[columns]`, added to every row. */
  readonly bias?: GpuArray;
  /** Of the result's shape, added to it. */
  readonly addend?: GpuArray;
  /** Where to write; a new array where absent. */
  readonly out?: GpuArray;
  /**
   * Goes on from what `out` holds, the product over what came before on the contracted axis: in parts
   * the sum has the bits that it has at once. The bias belongs to the first part.
   */
  readonly continues?: boolean;
}

const TILES = 4;

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
export function matmul(
  gpu: Gpu,
  { a, b, bias, addend, out, continues = false }: MatmulArguments,
): GpuArray {
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
  productInSpans(gpu, { a, b, bias, addend, c, continues });
  return c;
}

interface ProductOperands {
  readonly a: GpuArray;
  readonly b: GpuArray | PackedMatrix;
  readonly bias: GpuArray | undefined;
  readonly addend: GpuArray | undefined;
  readonly c: GpuArray;
  readonly continues: boolean;
}

/** What is too large for one binding goes in spans: rows, panels of B, or the contracted axis. */
function productInSpans(gpu: Gpu, p: ProductOperands): void {
  const { b, addend } = p;
  const [a, c] = [p.a.matrix, p.c.matrix];
  const walked = addend ? [a, c, addend.matrix] : [a, c];
  const parts = spans(gpu, "matmul", ["array" in b ? b.array : b], "array" in b ? 1 : 4);
  for (const { start, end } of spans(gpu, "matmul", walked)) {
    const rows = {
      ...p,
      a: a.part(start, end),
      c: c.part(start, end),
      addend: addend?.matrix.part(start, end),
    };
    for (const part of parts) {
      product(gpu, "array" in b ? ofPanels(rows, b, part) : ofDepth(rows, b, part));
    }
  }
}

/** Columns of a packed operand, those of whole panels. */
export function packedColumns(b: PackedMatrix, start: number, end: number): PackedMatrix {
  const panel = b.array.columns;
  if (start % panel !== 0 || !(start < end && end <= b.columns)) {
    throw new ShapeError(
      `columns of a packed weight: found ${start} to ${end}, expected a range within 0 to ` +
        `${b.columns} that begins at a multiple of ${panel}`,
    );
  }
  const array = b.array.part(start / panel, Math.ceil(end / panel));
  return { array, depth: b.depth, columns: end - start };
}

function ofPanels(p: ProductOperands, b: PackedMatrix, { start, end }: Span): ProductOperands {
  const panel = b.array.columns;
  const [first, last] = [start * panel, Math.min(end * panel, b.columns)];
  return {
    ...p,
    b: packedColumns(b, first, last),
    bias: p.bias?.slice(first, last),
    addend: p.addend?.slice(first, last),
    c: p.c.slice(first, last),
  };
}

/** The first part takes the bias, the last the addend, as one product over the whole axis does. */
function ofDepth(p: ProductOperands, b: GpuArray, { start, end }: Span): ProductOperands {
  return {
    ...p,
    a: p.a.slice(start, end),
    b: b.part(start, end),
    bias: start === 0 ? p.bias : undefined,
    addend: end === b.shape[0] ? p.addend : undefined,
    continues: p.continues || start > 0,
  };
}

function product(gpu: Gpu, p: ProductOperands): void {
  const { a, b, bias, addend, c } = p;
  const storage = "array" in b ? b.array : b;
  const constants = productConstants(gpu, p);
  const baked = Object.values(constants).map(Number).join(" ");
  const arrays = [a, storage, ...(bias ? [bias] : []), ...(addend ? [addend] : []), c];
  const tiled = variantOf(gpu, productVariants, productClass(a.rows)) === "tiled";
  if (tiled) {
    const kernel = gpu.kernel(`matmul tiled ${baked}`, () => tiledProductCode(constants));
    const groups = [Math.ceil(c.columns / TILE), Math.ceil(a.rows / TILE)] as const;
    gpu.dispatch(kernel, arrays, groups, [a.rows]);
    return;
  }
  const kernel = gpu.kernel(`matmul ${baked}`, () => productCode(constants));
  const tiles = Math.ceil(a.rows / constants.tileRows);
  const panels = Math.ceil(c.columns / (4 * constants.lanes * constants.words));
  gpu.dispatch(kernel, arrays, [panels, Math.ceil(tiles / constants.tiles)], [a.rows]);
}

function productConstants(gpu: Gpu, p: ProductOperands): ProductConstants {
  const lanes = lanesOf(gpu);
  const tileRows = tileRowsFor(gpu, p.a.rows);
  const packed = "array" in p.b;
  const b = "array" in p.b ? p.b.array : p.b;
  return {
    depth: p.a.columns,
    columns: p.c.columns,
    tileRows,
    words: wordsFor(gpu, p.c.columns),
    lanes,
    subgroups: gpu.subgroupSize > 0,
    tiles: p.a.rows > tileRows ? TILES : 1,
    aStride: p.a.rowStride,
    aOffset: residual(p.a),
    aVec4: isVec4(p.a),
    aHalf: p.a.dtype === "f16",
    bStride: packed ? 4 * lanes : b.rowStride,
    packed,
    bOffset: residual(b),
    bVec4: packed || isVec4(b),
    bHalf: b.dtype === "f16",
    cStride: p.c.rowStride,
    cOffset: residual(p.c),
    cVec4: isVec4(p.c) && (!p.addend || isVec4(p.addend)),
    biasOffset: p.bias ? residual(p.bias) : -1,
    addendStride: p.addend ? p.addend.rowStride : -1,
    addendOffset: p.addend ? residual(p.addend) : 0,
    ...(p.continues && { continues: true }),
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
  const [columns, depth] = w.shape;
  const panel = array.columns;
  // Rows in groups of a panel, so that a span of rows makes whole panels.
  const shape = [array.shape[0], panel, depth];
  const groups = new GpuArray(w.pooled, shape, w.dtype, w.offset, w.rowStride);
  for (const { start, end } of spans(gpu, "packing a weight", [groups, array])) {
    const part = w.part(start * panel, Math.min(end * panel, columns));
    packPanels(gpu, [{ w: part, array: array.part(start, end) }]);
  }
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
  const { tileRows, tileColumns } = transposedTile(gpu, a, b, tiled);
  const tiles = Math.ceil(b.columns / tileColumns) * Math.ceil(a.columns / tileRows);
  const span = spanFor(gpu, tiles, a.rows);
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
  for (const { start, end, first, continues } of parts) {
    const [left, right] = [a.part(start, end), b.part(start, end)];
    const { tileRows, tileColumns } = transposedTile(gpu, a, b, whole);
    const constants = transposedConstants(gpu, left, right, tileRows, parts.length > 1);
    const baked = Object.values(constants).map(Number).join(" ");
    const kernel = whole
      ? gpu.kernel(`matmulTransposeA tiled ${baked}`, () => tiledTransposedProductCode(constants))
      : gpu.kernel(`matmulTransposeA ${baked}`, () => transposedProductCode(constants));
    const tiles = [Math.ceil(b.columns / tileColumns), Math.ceil(a.columns / tileRows)];
    const pieces = Math.ceil((end - start) / span);
    const place = constants.inParts ? [first, Number(continues)] : [];
    gpu.dispatch(kernel, [left, right, partials], [tiles[0], tiles[1], pieces], [
      end - start,
      span,
      ...place,
    ]);
  }
  reducePartials(gpu, partials, target);
  gpu.release(partials);
}

function transposedConstants(
  gpu: Gpu,
  a: GpuArray,
  b: GpuArray,
  tileRows: number,
  inParts: boolean,
) {
  const lanes = lanesOf(gpu);
  return {
    rows: a.columns,
    columns: b.columns,
    tileRows,
    words: wordsFor(gpu, b.columns),
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
    bHalf: b.dtype === "f16",
    ...(inParts && { inParts }),
  };
}

/** Rows and columns of the result that a tile takes. */
function transposedTile(gpu: Gpu, a: GpuArray, b: GpuArray, tiled: boolean) {
  if (tiled) return { tileRows: TILE, tileColumns: TILE };
  const widest = Math.min(32, gpu.subgroupSize ? 4 * lanesOf(gpu) : 8);
  return {
    tileRows: Math.min(widest, Math.ceil(a.columns / 4) * 4),
    tileColumns: 4 * lanesOf(gpu) * wordsFor(gpu, b.columns),
  };
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
