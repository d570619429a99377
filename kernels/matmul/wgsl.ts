/**
 * WGSL of A·B, unrolled from tile sizes and the subgroup width.
 *
 * A subgroup computes a tile: each lane keeps words of four successive columns of every row in
 * registers. The operand that all lanes share is loaded once, a piece by each lane, and handed
 * round by broadcast; without subgroups every lane loads it itself.
 *
 * @module
 */
import { bindings, COMPONENTS, elementOf, entry, load4, repeat, store4 } from "../wgsl.ts";

/** What is baked into the text of C = A·B (+ bias) (+ addend); sizes and places are {@linkcode PRODUCT_SIZES}. */
export interface ProductConstants {
  /** Rows of a tile. */
  readonly tileRows: number;
  /** Words of four columns that a lane keeps of every row of a tile. */
  readonly words: number;
  /** Lanes that share a tile. */
  readonly lanes: number;
  /** Whether lanes exchange by subgroup operations. */
  readonly subgroups: boolean;
  /** Tiles of a workgroup. */
  readonly tiles: number;
  /** Whether the contracted axis is a whole number of rounds. */
  readonly exact: boolean;
  /** Whether A can be read as vectors of four. */
  readonly aVec4: boolean;
  /** Whether A is of f16. */
  readonly aHalf: boolean;
  /** Whether B lies in panels of 4·lanes columns. */
  readonly packed: boolean;
  /** Whether B can be read as vec4f. */
  readonly bVec4: boolean;
  /** Whether B is of f16; packed, then. */
  readonly bHalf: boolean;
  /** Vectors of four in B's binding where it is a uniform, else 0. */
  readonly bUniform: number;
  /** Whether C (and the addend) can be written as vec4f. */
  readonly cVec4: boolean;
  /** Whether there is a bias. */
  readonly bias: boolean;
  /** Whether there is an addend. */
  readonly addend: boolean;
  /** Goes on from what C holds. */
  readonly continues: boolean;
}

/**
 * Members of the uniform: sizes (`depth` is the contracted axis), elements between rows, and first
 * elements within the bindings. So layers whose tiles and alignment are alike share a text: compiling
 * one takes longer than a training step.
 */
export const PRODUCT_SIZES = [
  "rows",
  "depth",
  "columns",
  "aStride",
  "aOffset",
  "bStride",
  "bOffset",
  "cStride",
  "cOffset",
  "biasOffset",
  "addendStride",
  "addendOffset",
] as const;

/** C = A·B (+ bias) (+ addend). Panels change fastest, so that a tile's rows of A stay in the cache. */
export function productCode(c: ProductConstants): string {
  return `${productBindings(c)}
${entry(c.lanes * c.tiles, c.subgroups ? c.lanes : 0)}
  let depth = params.depth;
  let tileLane = local % ${c.lanes}u;
  let row0 = (group.y * ${c.tiles}u + local / ${c.lanes}u) * ${c.tileRows}u;
  ${
    repeat(c.words, (w) =>
      `let column${w} = ${columnOf(c, w)};\nlet panel${w} = ${panelOf(c, w)};`)
  }
  ${c.packed ? "" : "let bStride = params.bStride;"}
  ${operandRows(c)}
  ${eachSum(c, (r, w) => `var acc${r}_${w} = ${initial(c, `row0 + ${r}u`, w)};`)}
  for (var k = 0u; k < depth; k += 4u) {
${loadOperands(c)}
${eachSum(c, (r, w) => multiply(c, r, w))}
  }
${eachSum(c, (r, w) => storeWord(c, `(row0 + ${r}u)`, r, w))}
}`;
}

/** What every variant of C = A·B declares. */
export function productBindings(c: ProductConstants): string {
  const b = c.bUniform ? `uniform b: vec4f, ${c.bUniform}` : `b: ${elementOf(c.bVec4, c.bHalf)}`;
  const arrays = [`a: ${elementOf(c.aVec4, c.aHalf)}`, b];
  if (c.bias) arrays.push("bias: f32");
  if (c.addend) arrays.push(`addend: ${elementOf(c.cVec4)}`);
  arrays.push(`out c: ${elementOf(c.cVec4)}`);
  return bindings(arrays, PRODUCT_SIZES);
}

/** Four columns of a B that is read as vectors, in f32. */
export function loadVectorOfB(c: ProductConstants, at: string): string {
  return load4("b", at, true, undefined, c.bHalf);
}

/** One piece of text for every row and word of a tile. */
export function eachSum(
  c: { readonly tileRows: number; readonly words: number },
  piece: (r: number, w: number) => string,
): string {
  return repeat(c.tileRows, (r) => repeat(c.words, (w) => piece(r, w)));
}

/** First of the four columns of a lane's word. */
function columnOf(c: ProductConstants, w: number): string {
  return `((group.x * ${c.words}u + ${w}u) * ${c.lanes}u + tileLane) * 4u`;
}

/** Where a word's columns end. */
export const tailOf = (w: number) => ({ position: `column${w}`, limit: "params.columns" });

/**
 * What a sum begins with. Rows past the last go on from the last one: their results are never stored.
 *
 * @param row WGSL of its row.
 */
export function initial(c: ProductConstants, row: string, w: number): string {
  if (c.continues) {
    return load4(
      "c",
      `(params.cOffset + min(${row}, params.rows - 1u) * params.cStride + column${w})`,
      c.cVec4,
      tailOf(w),
    );
  }
  if (!c.bias) return "vec4f()";
  return load4("bias", `(params.biasOffset + column${w})`, false, tailOf(w));
}

/** Number of loads that bring four columns of every tile row to the lanes. */
function operandLoads(c: ProductConstants): number {
  return c.subgroups ? Math.ceil(c.tileRows / c.lanes) : c.tileRows;
}

/** Rows past the last are read as the last: their results are never stored. */
function operandRows(c: ProductConstants): string {
  const row = (i: number) => {
    if (!c.subgroups) return `row0 + ${i}u`;
    return c.tileRows < c.lanes ? `row0 + lane % ${c.tileRows}u` : `row0 + ${i * c.lanes}u + lane`;
  };
  return repeat(
    operandLoads(c),
    (i) => `let rowA${i} = params.aOffset + min(${row(i)}, params.rows - 1u) * params.aStride;`,
  );
}

function panelOf(c: ProductConstants, w: number): string {
  if (c.packed) {
    const width = 4 * c.lanes;
    const last = `(params.columns - 1u) / ${width}u`;
    const panel = `min(group.x * ${c.words}u + ${w}u, ${last})`;
    return `params.bOffset + ${panel} * depth * ${width}u + tileLane * 4u`;
  }
  // A plain matrix: lanes past its last column read the last ones and store nothing.
  return `params.bOffset + ${c.bVec4 ? `min(column${w}, params.columns - 4u)` : `column${w}`}`;
}

function loadOperands(c: ProductConstants): string {
  const tail = { position: "k", limit: "depth" };
  const a = repeat(operandLoads(c), (i) => {
    const value = load4("a", `rowA${i} + k`, c.aVec4, c.exact ? undefined : tail, c.aHalf);
    return `let a${i} = ${value};`;
  });
  const b = repeat(4, (j) => {
    const row = c.exact ? `(k + ${j}u)` : `min(k + ${j}u, depth - 1u)`;
    return repeat(c.words, (w) => {
      const at = `panel${w} + ${row} * ${c.packed ? `${4 * c.lanes}u` : "bStride"}`;
      const value = c.bVec4 ? loadVectorOfB(c, at) : load4("b", at, false, tailOf(w));
      return `let b${j}_${w} = ${value};`;
    });
  });
  return `${a}\n${b}`;
}

/** Four products into one sum in a row, so that it stays in a register. */
function multiply(c: ProductConstants, r: number, w: number): string {
  return repeat(4, (j) => {
    const shared = c.subgroups
      ? `subgroupBroadcast(a${Math.floor(r / c.lanes)}.${COMPONENTS[j]}, ${r % c.lanes}u)`
      : `a${r}.${COMPONENTS[j]}`;
    return `acc${r}_${w} = fma(vec4f(${shared}), b${j}_${w}, acc${r}_${w});`;
  });
}

/** Stores the sum `acc` with what is added to it, where its row is one. */
export function storeWord(c: ProductConstants, row: string, r: number, w: number): string {
  const tail = tailOf(w);
  const addendAt = `(params.addendOffset + ${row} * params.addendStride + column${w})`;
  const addend = c.addend ? ` + ${load4("addend", addendAt, c.cVec4, tail)}` : "";
  const at = `(params.cOffset + ${row} * params.cStride + column${w})`;
  return `if (${row} < params.rows) { ${store4("c", at, `acc${r}_${w}${addend}`, c.cVec4, tail)} }`;
}
