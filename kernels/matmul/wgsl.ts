/**
 * WGSL of matrix products, unrolled from tile sizes and the subgroup width.
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
  const arrays = [`a: ${elementOf(c.aVec4, c.aHalf)}`, `b: ${elementOf(c.bVec4, c.bHalf)}`];
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
function eachSum(
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

/** What is baked into the text of the partial products of Aᵀ·B. */
export interface TransposedProductConstants {
  /** Columns of A: rows of the result. */
  readonly rows: number;
  /** Columns of B: columns of the result. */
  readonly columns: number;
  /** Result rows of a subgroup's tile, at most 4·lanes. */
  readonly tileRows: number;
  /** Words of four columns that a lane keeps of every result row of a tile. */
  readonly words: number;
  /** Rows of A and B that a round of the loop takes. */
  readonly unrolledRows: number;
  /** Whether every range is a whole number of rounds. */
  readonly exact: boolean;
  /** Whether a round fetches the next one's cache lines of A, see {@linkcode LINE}. */
  readonly fetchesAhead: boolean;
  /** Lanes that share a tile. */
  readonly lanes: number;
  /** Whether lanes exchange by subgroup operations. */
  readonly subgroups: boolean;
  /** Elements between rows of A. */
  readonly aStride: number;
  /** First element of A within its binding. */
  readonly aOffset: number;
  /** Whether A can be read as vec4f. */
  readonly aVec4: boolean;
  /** Elements between rows of B. */
  readonly bStride: number;
  /** First element of B within its binding. */
  readonly bOffset: number;
  /** Whether B can be read as vectors of four. */
  readonly bVec4: boolean;
  /** Whether B is of f16. */
  readonly bHalf: boolean;
  /** Whether A and B are parts of larger ones: the uniform then says where the partial sums go on. */
  readonly inParts?: boolean;
}

/** partials[s] = Σ_m over the s-th range of rows of A[m, ·]ᵀ·B[m, ·]. */
export function transposedProductCode(c: TransposedProductConstants): string {
  const arrays = [`a: ${elementOf(c.aVec4)}`, `b: ${elementOf(c.bVec4, c.bHalf)}`];
  arrays.push(`out c: ${elementOf(c.columns % 4 === 0)}`);
  const place = c.inParts ? ["first", "continues"] : [];
  return `${bindings(arrays, ["rows", "span", ...place])}
${entry(c.lanes, c.subgroups ? c.lanes : 0)}
  ${
    repeat(
      c.words,
      (w) => `let column${w} = ((group.x * ${c.words}u + ${w}u) * ${c.lanes}u + local) * 4u;`,
    )
  }
  let row0 = group.y * ${c.tileRows}u;
  let end = min((group.z + 1u) * params.span, params.rows);
  ${c.fetchesAhead ? "var fetched = 0u;" : ""}
  ${eachSum(c, (r, w) => `var acc${r}_${w} = vec4f();`)}${goOn(c)}
  for (var m = group.z * params.span; m < end; m += ${c.unrolledRows}u) {
${c.fetchesAhead ? fetchAhead(c) : ""}
${repeat(c.unrolledRows, (i) => loadRowOfB(c, i))}
${loadRowsOfA(c)}
${eachSum(c, (r, w) => repeat(c.unrolledRows, (i) => addRow(c, r, w, i)))}
  }
  ${c.fetchesAhead ? `if (fetched == 1u) { ${storeSum(c, 0, 0)} }` : ""}
${eachSum(c, (r, w) => storeSum(c, r, w))}
}`;
}

/** Where a sum lies among the partial ones. */
function sumAt(c: TransposedProductConstants, r: number, w: number): string {
  const piece = c.inParts ? "(params.first + group.z)" : "group.z";
  return `((${piece} * ${c.rows}u + row0 + ${r}u) * ${c.columns}u + column${w})`;
}

/** Takes up the sums that the part before has left. */
function goOn(c: TransposedProductConstants): string {
  if (!c.inParts) return "";
  const load = (r: number, w: number) =>
    `acc${r}_${w} = ${load4("c", sumAt(c, r, w), c.columns % 4 === 0)};`;
  return `\n  if (params.continues == 1u) {\n${eachSum(c, load)}\n  }`;
}

function storeSum(c: TransposedProductConstants, r: number, w: number): string {
  const at = sumAt(c, r, w);
  const store = store4("c", at, `acc${r}_${w}`, c.columns % 4 === 0, tailOf(c, w));
  return `if (row0 + ${r}u < ${c.rows}u) { ${store} }`;
}

/**
 * Floats of a cache line. A tile reads a narrow strip of A, in which lines follow each other at the
 * distance of a row: no processor foresees that, and lavapipe's loads, a loop over lanes each, let
 * it wait for one line at a time. Lanes that each read one float of another line wait for all at once.
 */
export const LINE = 16;

/** Lines of A in a round, one for each lane; what is read only seems to be used. */
function fetchAhead(c: TransposedProductConstants): string {
  const perRow = c.tileRows / LINE;
  const line = `(lane % ${c.unrolledRows * perRow}u)`;
  const row = `min(m + ${c.unrolledRows}u + ${line} / ${perRow}u, params.rows - 1u)`;
  const column = `min(row0 + ${line} % ${perRow}u * ${LINE}u, ${c.rows - 4}u)`;
  const at = `(${c.aOffset}u + ${row} * ${c.aStride}u + ${column})`;
  return `fetched |= bitcast<u32>(a[${at} >> 2u].x);`;
}

/** A row of a round; one past the end of the range is read as the last and counts as zeros. */
interface RoundRow {
  /** WGSL of its index. */
  readonly row: string;
  /** WGSL of whether it lies in the range, where that is not certain. */
  readonly within?: string;
}

function roundRow(c: TransposedProductConstants, ahead: string, certain: boolean): RoundRow {
  if (c.exact || certain) return { row: `(m + ${ahead})` };
  return { row: `min(m + ${ahead}, end - 1u)`, within: `m + ${ahead} < end` };
}

/** Loads the lane's columns of the i-th row of B. */
function loadRowOfB(c: TransposedProductConstants, i: number): string {
  const { row } = roundRow(c, `${i}u`, i === 0);
  return repeat(c.words, (w) => {
    const column = c.bVec4 ? `min(column${w}, ${c.columns - 4}u)` : `column${w}`;
    const at = `(${c.bOffset}u + ${row} * ${c.bStride}u + ${column})`;
    const tail = c.bVec4 ? undefined : tailOf(c, w);
    return `let b${i}_${w} = ${load4("b", at, c.bVec4, tail, c.bHalf)};`;
  });
}

/** Four columns of A from the tile's `first` on. */
function loadQuadOfA(c: TransposedProductConstants, { row, within }: RoundRow, first: string) {
  const column = c.aVec4 ? `min(${first}, ${c.rows - 4}u)` : first;
  const at = `(${c.aOffset}u + ${row} * ${c.aStride}u + ${column})`;
  const tail = c.aVec4 ? undefined : { position: first, limit: `${c.rows}u` };
  const value = load4("a", at, c.aVec4, tail);
  return within ? `select(vec4f(), ${value}, ${within})` : value;
}

/** Rows of A that one load brings: the lanes share out the tile's columns of as many as they can. */
function rowsPerLoad(c: TransposedProductConstants): number {
  return Math.min(c.unrolledRows, Math.floor(c.lanes / (c.tileRows / 4)));
}

/** Loads the tile's columns of a round's rows of A. */
function loadRowsOfA(c: TransposedProductConstants): string {
  const quads = c.tileRows / 4;
  if (!c.subgroups) {
    return repeat(c.unrolledRows, (i) =>
      repeat(quads, (q) => {
        const value = loadQuadOfA(c, roundRow(c, `${i}u`, i === 0), `(row0 + ${q * 4}u)`);
        return `let a${i}_${q} = ${value};`;
      }));
  }
  const together = rowsPerLoad(c);
  return repeat(Math.ceil(c.unrolledRows / together), (load) => {
    const ahead = `${load * together}u` +
      (together > 1 ? ` + lane / ${quads}u % ${together}u` : "");
    const row = roundRow(c, ahead, load === 0 && together === 1);
    return `let a${load} = ${loadQuadOfA(c, row, `(row0 + (lane % ${quads}u) * 4u)`)};`;
  });
}

/** Adds the i-th row's product to one sum. */
function addRow(c: TransposedProductConstants, r: number, w: number, i: number): string {
  const [quad, component] = [Math.floor(r / 4), COMPONENTS[r % 4]];
  const together = rowsPerLoad(c);
  const lane = i % together * (c.tileRows / 4) + quad;
  const shared = c.subgroups
    ? `subgroupBroadcast(a${Math.floor(i / together)}.${component}, ${lane}u)`
    : `a${i}_${quad}.${component}`;
  return `acc${r}_${w} = fma(vec4f(${shared}), b${i}_${w}, acc${r}_${w});`;
}
