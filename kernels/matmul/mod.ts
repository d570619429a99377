/**
 * Matrix products: A·B, A·Bᵀ and Aᵀ·B, with bias, with an addend, over strided rows.
 *
 * @module
 */
import { ShapeError } from "../../src/base/errors.ts";
import { expectShape, GpuArray } from "../../src/gpu/array.ts";
import { type Gpu, residual } from "../../src/gpu/gpu.ts";
import { labelOf } from "../label.ts";
import { checkRounds } from "../loops.ts";
import { type Span, spans } from "../spans.ts";
import { lanesOf } from "../team.ts";
import { uniformWords } from "../uniform.ts";
import { variantOf } from "../variants.ts";
import { isVec4, members } from "../wgsl.ts";
import { packPanels } from "./panels.ts";
import { checkPrecision, type Precision } from "../precision.ts";
import { DEPTH as TILE_DEPTH, TILE, tiledProductCode } from "./tiled.ts";
import { productClass, productVariants } from "./variants.ts";
import { PRODUCT_SIZES, productCode, type ProductConstants } from "./wgsl.ts";
import { evenWords, hasCheapLoads, wordsFor } from "./words.ts";

export { matmulTransposeA } from "./transposed.ts";

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

/** Sums that a lane keeps on processors, words of four: what exceeds its registers is still in L1. */
const processorSums = (gpu: Gpu): number => hasCheapLoads(gpu) ? 32 : 64;

type ProductTile = Pick<ProductConstants, "tileRows" | "words" | "tiles">;

/** What `tiled`, whose text has its own tiles, leaves unused. */
const TILED: ProductTile = { tileRows: TILE, words: 1, tiles: 1 };

/** The largest tile that the rows fill; more rows a tile reuse each load of B more often. */
function productTile(gpu: Gpu, rows: number, columns: number): ProductTile {
  const tile = (choices: readonly number[], words: number): ProductTile => {
    const tileRows = choices.find((choice) => choice <= rows) ?? 1;
    return { tileRows, words, tiles: rows > tileRows ? TILES : 1 };
  };
  if (gpu.subgroupSize === 0) return tile([8, 4], 1);
  if (gpu.facts.kind !== "cpu") return tile([32, 16, 8, 4], 1);
  const sums = processorSums(gpu);
  const words = rows < sums / 2 ? wordsFor(gpu, columns) : evenWords(gpu, columns);
  return tile([64, 32, 16, 8, 4].filter((choice) => choice * words <= sums), words);
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

const arrayOf = (b: GpuArray | PackedMatrix): GpuArray => "array" in b ? b.array : b;

/** What is too large for one binding goes in spans: rows, panels of B, or the contracted axis. */
function productInSpans(gpu: Gpu, p: ProductOperands): void {
  const { b, addend } = p;
  const [a, c] = [p.a.matrix, p.c.matrix];
  const walked = addend ? [a, c, addend.matrix] : [a, c];
  const parts = spans(gpu, "matmul", [arrayOf(b)], "array" in b ? 1 : 4);
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
  const tiled = variantOf(gpu, productVariants, productClass(a.rows)) === "tiled";
  const constants = productConstants(gpu, p, tiled);
  const sizes = productSizes(p);
  const arrays = [a, arrayOf(b), ...(bias ? [bias] : []), ...(addend ? [addend] : []), c];
  if (tiled) {
    const kernel = gpu.kernel(
      labelOf("matmul tiled", constants),
      () => tiledProductCode(constants),
    );
    const groups = [Math.ceil(c.columns / TILE), Math.ceil(a.rows / TILE)] as const;
    gpu.dispatch(kernel, arrays, groups, sizes);
    return;
  }
  const kernel = gpu.kernel(labelOf("matmul", constants), () => productCode(constants));
  const tiles = Math.ceil(a.rows / constants.tileRows);
  const panels = Math.ceil(c.columns / (4 * constants.lanes * constants.words));
  gpu.dispatch(kernel, arrays, [panels, Math.ceil(tiles / constants.tiles)], sizes);
}

function productConstants(gpu: Gpu, p: ProductOperands, tiled: boolean): ProductConstants {
  const lanes = lanesOf(gpu);
  const { a, addend, c } = p;
  const cVec4 = isVec4(c) && (!addend || isVec4(addend));
  const packed = "array" in p.b;
  const b = arrayOf(p.b);
  const uniform = tiled ? 0 : uniformWords(gpu, b);
  return {
    ...(tiled ? TILED : productTile(gpu, a.rows, c.columns)),
    lanes,
    subgroups: gpu.subgroupSize > 0,
    exact: a.columns % (tiled ? TILE_DEPTH : 4) === 0,
    aVec4: isVec4(a),
    aHalf: a.dtype === "f16",
    packed,
    bVec4: packed || isVec4(b),
    bHalf: b.dtype === "f16",
    bUniform: uniform && throughTextures(gpu, [a, b, ...(addend && cVec4 ? [addend] : [])])
      ? 0
      : uniform,
    cVec4,
    bias: p.bias !== undefined,
    addend: addend !== undefined,
    continues: p.continues,
  };
}

/** Whether operands are read through textures, which are as fast as uniforms and of any size. */
const throughTextures = (gpu: Gpu, operands: readonly GpuArray[]): boolean =>
  gpu.readsTextures(operands.filter((array) => array.dtype === "f32" && isVec4(array)));

/** The uniform's numbers. */
function productSizes({ a, b, bias, addend, c }: ProductOperands): number[] {
  const storage = arrayOf(b);
  return members(PRODUCT_SIZES, {
    rows: a.rows,
    depth: a.columns,
    columns: c.columns,
    aStride: a.rowStride,
    aOffset: residual(a),
    bStride: storage.rowStride,
    bOffset: residual(storage),
    cStride: c.rowStride,
    cOffset: residual(c),
    biasOffset: bias ? residual(bias) : 0,
    addendStride: addend ? addend.rowStride : 0,
    addendOffset: addend ? residual(addend) : 0,
  });
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
