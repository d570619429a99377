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

/** What is baked into the text of C = A·B (+ bias) (+ addend). */
export interface ProductConstants {
  /** Contracted axis: columns of A, rows of B. */
  readonly depth: number;
  /** Columns of B and C. */
  readonly columns: number;
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
  /** Elements between rows of A. */
  readonly aStride: number;
  /** First element of A within its binding. */
  readonly aOffset: number;
  /** Whether A can be read as vectors of four. */
  readonly aVec4: boolean;
  /** Whether A is of f16. */
  readonly aHalf: boolean;
  /** Elements between rows of B. */
  readonly bStride: number;
  /** Whether B lies in panels of 4·lanes columns. */
  readonly packed: boolean;
  /** First element of B within its binding. */
  readonly bOffset: number;
  /** Whether B can be read as vec4f. */
  readonly bVec4: boolean;
  /** Whether B is of f16; packed, then. */
  readonly bHalf: boolean;
  /** Vectors of four in B's binding where it is a uniform, else 0. */
  readonly bUniform: number;
  /** Elements between rows of C. */
  readonly cStride: number;
  /** First element of C within its binding. */
  readonly cOffset: number;
  /** Whether C (and the addend) can be written as vec4f. */
  readonly cVec4: boolean;
  /** First element of the bias within its binding, or −1 for no bias. */
  readonly biasOffset: number;
  /** Elements between rows of the addend, or −1 for none. */
  readonly addendStride: number;
  /** First element of the addend within its binding. */
  readonly addendOffset: number;
  /** Goes on from what C holds. */
  readonly continues?: boolean;
}

/** C = A·B (+ bias) (+ addend). Panels change fastest, so that a tile's rows of A stay in the cache. */
export function productCode(c: ProductConstants): string {
  return `${productBindings(c)}
${entry(c.lanes * c.tiles, c.subgroups ? c.lanes : 0)}
  let tileLane = local % ${c.lanes}u;
  let row0 = (group.y * ${c.tiles}u + local / ${c.lanes}u) * ${c.tileRows}u;
  ${
    repeat(c.words, (w) =>
      `let column${w} = ${columnOf(c, w)};\nlet panel${w} = ${panelOf(c, w)};`)
  }
  ${operandRows(c)}
  ${eachSum(c, (r, w) => `var acc${r}_${w} = ${initial(c, `row0 + ${r}u`, w)};`)}
  for (var k = 0u; k < ${c.depth}u; k += 4u) {
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
  if (c.biasOffset >= 0) arrays.push("bias: f32");
  if (c.addendStride >= 0) arrays.push(`addend: ${elementOf(c.cVec4)}`);
  arrays.push(`out c: ${elementOf(c.cVec4)}`);
  return bindings(arrays, ["rows"]);
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
export const tailOf = (c: { readonly columns: number }, w: number) => ({
  position: `column${w}`,
  limit: `${c.columns}u`,
});

/**
 * What a sum begins with. Rows past the last go on from the last one: their results are never stored.
 *
 * @param row WGSL of its row.
 */
export function initial(c: ProductConstants, row: string, w: number): string {
  if (c.continues) {
    return load4(
      "c",
      `(${c.cOffset}u + min(${row}, params.rows - 1u) * ${c.cStride}u + column${w})`,
      c.cVec4,
      tailOf(c, w),
    );
  }
  if (c.biasOffset < 0) return "vec4f()";
  return load4("bias", `(${c.biasOffset}u + column${w})`, false, tailOf(c, w));
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
    (i) => `let rowA${i} = ${c.aOffset}u + min(${row(i)}, params.rows - 1u) * ${c.aStride}u;`,
  );
}

function panelOf(c: ProductConstants, w: number): string {
  if (c.packed) {
    const panels = Math.ceil(c.columns / (4 * c.lanes));
    const panel = `min(group.x * ${c.words}u + ${w}u, ${panels - 1}u)`;
    return `${c.bOffset}u + ${panel} * ${c.depth * 4 * c.lanes}u + tileLane * 4u`;
  }
  // A plain matrix: lanes past its last column read the last ones and store nothing.
  return `${c.bOffset}u + ${c.bVec4 ? `min(column${w}, ${c.columns - 4}u)` : `column${w}`}`;
}

function loadOperands(c: ProductConstants): string {
  const tail = { position: "k", limit: `${c.depth}u` };
  const exact = c.depth % 4 === 0;
  const a = repeat(operandLoads(c), (i) => {
    const value = load4("a", `rowA${i} + k`, c.aVec4, exact ? undefined : tail, c.aHalf);
    return `let a${i} = ${value};`;
  });
  const b = repeat(4, (j) => {
    const depth = exact ? `(k + ${j}u)` : `min(k + ${j}u, ${c.depth - 1}u)`;
    return repeat(c.words, (w) => {
      const at = `panel${w} + ${depth} * ${c.bStride}u`;
      const value = c.bVec4 ? loadVectorOfB(c, at) : load4("b", at, false, tailOf(c, w));
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
  const tail = tailOf(c, w);
  const addendAt = `(${c.addendOffset}u + ${row} * ${c.addendStride}u + column${w})`;
  const addend = c.addendStride < 0 ? "" : ` + ${load4("addend", addendAt, c.cVec4, tail)}`;
  const at = `(${c.cOffset}u + ${row} * ${c.cStride}u + column${w})`;
  return `if (${row} < params.rows) { ${store4("c", at, `acc${r}_${w}${addend}`, c.cVec4, tail)} }`;
}
