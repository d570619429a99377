/**
 * WGSL of matrix products over tiles in workgroup memory: 64 threads compute 64 × 64 numbers, each
 * 8 × 8 in registers; a round stages 16 of the contracted axis of both operands between two
 * barriers. Both tiles lie with the contracted axis outermost, so that threads read vectors.
 *
 * @module
 */
import { bindings, COMPONENTS, elementOf, entry, load4, repeat, store4 } from "../wgsl.ts";
import {
  initial,
  loadVectorOfB,
  productBindings,
  type ProductConstants,
  storeWord,
  tailOf,
} from "./wgsl.ts";
import { TRANSPOSED_SIZES, type TransposedProductConstants } from "./transposed_wgsl.ts";

/** Rows and columns of a tile. */
export const TILE = 64;

/** Of the contracted axis in a round. */
export const DEPTH = 16;

/** Threads of a workgroup: 8 × 8, each with 8 rows and 8 columns. */
const THREADS = 64;

/** Vectors of four across a tile. */
const QUADS = TILE / 4;

/** Vectors of each operand that a thread stages a round. */
const STAGED = (DEPTH * QUADS) / THREADS;

/** C = A·B (+ bias) (+ addend) over tiles; the constants of a subgroup's tiles go unused. */
export function tiledProductCode(c: ProductConstants): string {
  return `${productBindings(c)}
${TILES}
${entry(THREADS, 0)}
${PLACE}
${
    repeat(4, (i) => {
      const row = `min(tileRow + local / 4u * 4u + ${i}u, params.rows - 1u)`;
      return `  let rowA${i} = params.aOffset + ${row} * params.aStride;`;
    })
  }
  let columnB = tileColumn + local % ${QUADS}u * 4u;
  let firstB = ${firstOfB(c)};
${eachSum((r, w) => `  var acc${r}_${w} = ${initial(c, rowOf(r), w)};`)}
  for (var k = 0u; k < params.depth; k += ${DEPTH}u) {
    workgroupBarrier();
${stageTransposedA(c)}
${repeat(STAGED, (i) => `    tileB[${placeInTile(i)}] = ${loadB(c, i)};`)}
    workgroupBarrier();
${multiply()}
  }
${eachSum((r, w) => storeWord(c, rowOf(r), r, w))}
}`;
}

/** partials[s] = Σ_m over the s-th range of rows of A[m, ·]ᵀ·B[m, ·], over tiles. */
export function tiledTransposedProductCode(c: TransposedProductConstants): string {
  const arrays = [`a: ${elementOf(c.aVec4)}`, `b: ${elementOf(c.bVec4, c.bHalf)}`];
  arrays.push(`out c: ${elementOf(c.cVec4)}`);
  const stage = (i: number) => {
    const row = `min(k + ${depthOf(i)}, end - 1u)`;
    const aRow = `params.aOffset + ${row} * params.aStride`;
    const bRow = `params.bOffset + ${row} * params.bStride`;
    const a = alongRow("a", c.aVec4, aRow, ["columnA", "params.resultRows"]);
    const b = alongRow("b", c.bVec4, bRow, COLUMN_B, c.bHalf);
    // A row past the end of the range counts as zeros.
    return `    tileA[${placeInTile(i)}] = select(vec4f(), ${a}, k + ${depthOf(i)} < end);
    tileB[${placeInTile(i)}] = ${b};`;
  };
  const store = (r: number, w: number) => {
    const row = `group.z * params.resultRows + ${rowOf(r)}`;
    const at = `((${row}) * params.columns + column${w})`;
    const value = store4("c", at, `acc${r}_${w}`, c.cVec4, tailOf(w));
    return `  if (${rowOf(r)} < params.resultRows) { ${value} }`;
  };
  return `${bindings(arrays, TRANSPOSED_SIZES)}
${TILES}
${entry(THREADS, 0)}
${PLACE}
  let columnA = tileRow + local % ${QUADS}u * 4u;
  let columnB = tileColumn + local % ${QUADS}u * 4u;
  let end = min((group.z + 1u) * params.span, params.rows);
${eachSum((r, w) => `  var acc${r}_${w} = vec4f();`)}
  for (var k = group.z * params.span; k < end; k += ${DEPTH}u) {
    workgroupBarrier();
${repeat(STAGED, stage)}
    workgroupBarrier();
${multiply()}
  }
${eachSum(store)}
}`;
}

const TILES = `var<workgroup> tileA: array<vec4f, ${DEPTH * QUADS}>;
var<workgroup> tileB: array<vec4f, ${DEPTH * QUADS}>;`;

/**
 * A thread's rows are two fours half a tile apart, and so are its columns: the vectors that
 * neighbours read from a tile then lie side by side.
 */
const PLACE = `  let tileRow = group.y * ${TILE}u;
  let tileColumn = group.x * ${TILE}u;
  let quadA = local / 8u;
  let quadB = local % 8u;
  let column0 = tileColumn + quadB * 4u;
  let column1 = column0 + ${TILE / 2}u;`;

/** One piece of text for every row and word of a thread. */
function eachSum(piece: (r: number, w: number) => string): string {
  return repeat(8, (r) => repeat(2, (w) => piece(r, w)));
}

const rowOf = (r: number): string =>
  `(tileRow + quadA * 4u + ${Math.floor(r / 4) * (TILE / 2) + r % 4}u)`;

/** Of the contracted axis, which row of the tiles a thread's i-th vector belongs to. */
const depthOf = (i: number): string => `(local / ${QUADS}u + ${(i * THREADS) / QUADS}u)`;

const placeInTile = (i: number): string => `local + ${i * THREADS}u`;

const COLUMN_B = ["columnB", "params.columns"] as const;

/** Four columns of a row, inside its length: what is read past the last column is never stored. */
function alongRow(
  name: string,
  vec4: boolean,
  row: string,
  [column, columns]: readonly [string, string],
  half = false,
): string {
  const inside = vec4 ? `min(${column}, ${columns} - 4u)` : column;
  const tail = vec4 ? undefined : { position: column, limit: columns };
  return load4(name, `(${row} + ${inside})`, vec4, tail, half);
}

/** Where a packed B's four columns of the thread begin; nothing of the kind for a plain one. */
function firstOfB(c: ProductConstants): string {
  if (!c.packed) return "params.bOffset";
  const width = `${4 * c.lanes}u`;
  const panel = `min(columnB, params.columns - 1u) / ${width}`;
  return `params.bOffset + ${panel} * params.depth * ${width} + columnB % ${width}`;
}

function loadB(c: ProductConstants, i: number): string {
  const stride = c.packed ? `${4 * c.lanes}u` : "params.bStride";
  const row = `firstB + min(k + ${depthOf(i)}, params.depth - 1u) * ${stride}`;
  return c.packed ? loadVectorOfB(c, row) : alongRow("b", c.bVec4, row, COLUMN_B);
}

/** Each thread turns four rows by four of the contracted axis; past its end A counts as zeros. */
function stageTransposedA(c: ProductConstants): string {
  const tail = { position: "kA", limit: "params.depth" };
  const load = (i: number) => {
    if (c.exact || !c.aVec4) {
      return load4("a", `rowA${i} + kA`, c.aVec4, c.exact ? undefined : tail, c.aHalf);
    }
    const inside = load4("a", `rowA${i} + min(kA, params.depth - 4u)`, true, undefined, c.aHalf);
    return `select(vec4f(), ${inside}, kA < params.depth)`;
  };
  const turned = (j: number) =>
    `vec4f(${[0, 1, 2, 3].map((i) => `a${i}.${COMPONENTS[j]}`).join(", ")})`;
  return `    let kA = k + local % 4u * 4u;
${repeat(4, (i) => `    let a${i} = ${load(i)};`)}
${
    repeat(4, (j) =>
      `    tileA[(local % 4u * 4u + ${j}u) * ${QUADS}u + local / 4u] = ${turned(j)};`)
  }`;
}

/** Unrolled in full: lavapipe counts the rounds of a thread's loops (kernels/loops.ts). */
function multiply(): string {
  return repeat(DEPTH, (d) => {
    const fours = [0, QUADS / 2].map((half) => d * QUADS + half);
    const products = eachSum((r, w) => {
      const sum = `acc${r}_${w}`;
      return `${sum} = fma(vec4f(x${Math.floor(r / 4)}.${COMPONENTS[r % 4]}), y${w}, ${sum});`;
    });
    return `    {
${
      repeat(2, (h) =>
        `let x${h} = tileA[quadA + ${fours[h]}u]; let y${h} = tileB[quadB + ${fours[h]}u];`)
    }
${products}
    }`;
  });
}
