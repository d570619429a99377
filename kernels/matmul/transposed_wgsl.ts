/**
 * WGSL of Aᵀ·B, unrolled from tile sizes and the subgroup width.
 *
 * A subgroup computes a tile of the result over a range of rows: each lane keeps words of four columns
 * of B, the tile's columns of A are loaded a piece by each lane and handed round by broadcast.
 *
 * @module
 */
import { bindings, COMPONENTS, elementOf, entry, load4, repeat, store4 } from "../wgsl.ts";
import { eachSum, tailOf } from "./wgsl.ts";

/** What is baked into the text of the partial products of Aᵀ·B; sizes and places are {@linkcode TRANSPOSED_SIZES}. */
export interface TransposedProductConstants {
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
  /** Whether A can be read as vec4f. */
  readonly aVec4: boolean;
  /** Whether B can be read as vectors of four. */
  readonly bVec4: boolean;
  /** Whether B is of f16. */
  readonly bHalf: boolean;
  /** Whether the partial sums can be written as vec4f. */
  readonly cVec4: boolean;
  /** Whether A and B are parts of larger ones, whose partial sums go on. */
  readonly inParts: boolean;
  /** Whether the result is stored turned round, `[columns, rows]`; rows are a multiple of four, then. */
  readonly turned: boolean;
}

/**
 * Members of the uniform: rows of A and B and of a range of them, rows and columns of the result
 * (columns of A and of B), elements between rows, first elements within the bindings, and for parts
 * the first range's number and whether its sums go on from what is there.
 */
export const TRANSPOSED_SIZES = [
  "rows",
  "span",
  "resultRows",
  "columns",
  "aStride",
  "aOffset",
  "bStride",
  "bOffset",
  "first",
  "continues",
] as const;

/** partials[s] = Σ_m over the s-th range of rows of A[m, ·]ᵀ·B[m, ·]. */
export function transposedProductCode(c: TransposedProductConstants): string {
  const arrays = [`a: ${elementOf(c.aVec4)}`, `b: ${elementOf(c.bVec4, c.bHalf)}`];
  arrays.push(`out c: ${elementOf(c.cVec4)}`);
  return `${bindings(arrays, TRANSPOSED_SIZES)}
${entry(c.lanes, c.subgroups ? c.lanes : 0)}
  ${
    repeat(
      c.words,
      (w) => `let column${w} = ((group.x * ${c.words}u + ${w}u) * ${c.lanes}u + local) * 4u;`,
    )
  }
  let row0 = group.y * ${c.tileRows}u;
  let resultRows = params.resultRows;
  let columns = params.columns;
  let aStride = params.aStride;
  let aOffset = params.aOffset;
  let bStride = params.bStride;
  let bOffset = params.bOffset;
  let end = min((group.z + 1u) * params.span, params.rows);
  ${c.fetchesAhead ? "var fetched = 0u;" : ""}
  ${eachSum(c, (r, w) => `var acc${r}_${w} = vec4f();`)}${goOn(c)}
  for (var m = group.z * params.span; m < end; m += ${c.unrolledRows}u) {
${c.fetchesAhead ? fetchAhead(c) : ""}
${repeat(c.unrolledRows, (i) => loadRowOfB(c, i))}
${loadRowsOfA(c)}
${eachSum(c, (r, w) => repeat(c.unrolledRows, (i) => addRow(c, r, w, i)))}
  }
  ${
    c.fetchesAhead
      ? `if (fetched == 1u) { ${c.turned ? storeTurned(c, 0, 0) : storeSum(c, 0, 0)} }`
      : ""
  }
${
    c.turned
      ? repeat(c.tileRows / 4, (q) => repeat(c.words, (w) => storeTurned(c, q, w)))
      : eachSum(c, (r, w) => storeSum(c, r, w))
  }
}`;
}

/** WGSL of the piece that a workgroup sums up. */
const pieceOf = (c: TransposedProductConstants): string =>
  c.inParts ? "(params.first + group.z)" : "group.z";

/** Where a sum lies among the partial ones. */
function sumAt(c: TransposedProductConstants, r: number, w: number): string {
  return `((${pieceOf(c)} * resultRows + row0 + ${r}u) * columns + column${w})`;
}

/** Where four rows' sums of a column lie among partial ones that are turned round. */
function turnedAt(c: TransposedProductConstants, quad: number, w: number, i: number): string {
  return `((${pieceOf(c)} * columns + column${w} + ${i}u) * resultRows + row0 + ${4 * quad}u)`;
}

/** Takes up the sums that the part before has left. */
function goOn(c: TransposedProductConstants): string {
  if (!c.inParts) return "";
  const load = (r: number, w: number) =>
    c.turned
      ? `acc${r}_${w} = vec4f(${
        [0, 1, 2, 3].map((i) => `c[${turnedAt(c, r >> 2, w, i)} >> 2u].${COMPONENTS[r & 3]}`).join(
          ", ",
        )
      });`
      : `acc${r}_${w} = ${load4("c", sumAt(c, r, w), c.cVec4)};`;
  return `\n  if (params.continues == 1u) {\n${eachSum(c, load)}\n  }`;
}

/** Stores four rows' sums of the lane's columns where each column's lie together. */
function storeTurned(c: TransposedProductConstants, quad: number, w: number): string {
  return repeat(4, (i) => {
    const four = [0, 1, 2, 3].map((r) => `acc${4 * quad + r}_${w}[${i}]`).join(", ");
    const inside = `row0 + ${4 * quad}u < resultRows && column${w} + ${i}u < columns`;
    return `if (${inside}) { c[${turnedAt(c, quad, w, i)} >> 2u] = vec4f(${four}); }`;
  });
}

function storeSum(c: TransposedProductConstants, r: number, w: number): string {
  const at = sumAt(c, r, w);
  const store = store4("c", at, `acc${r}_${w}`, c.cVec4, tailOf(w));
  return `if (row0 + ${r}u < resultRows) { ${store} }`;
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
  const column = `min(row0 + ${line} % ${perRow}u * ${LINE}u, resultRows - 4u)`;
  const at = `(aOffset + ${row} * aStride + ${column})`;
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
    const column = c.bVec4 ? `min(column${w}, columns - 4u)` : `column${w}`;
    const at = `(bOffset + ${row} * bStride + ${column})`;
    const tail = c.bVec4 ? undefined : tailOf(w);
    return `let b${i}_${w} = ${load4("b", at, c.bVec4, tail, c.bHalf)};`;
  });
}

/** Four columns of A from the tile's `first` on. */
function loadQuadOfA(c: TransposedProductConstants, { row, within }: RoundRow, first: string) {
  const column = c.aVec4 ? `min(${first}, resultRows - 4u)` : first;
  const at = `(aOffset + ${row} * aStride + ${column})`;
  const tail = c.aVec4 ? undefined : { position: first, limit: "resultRows" };
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
