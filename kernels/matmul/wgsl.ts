/**
 * WGSL of matrix products, unrolled from tile sizes and the subgroup width.
 *
 * A subgroup computes a tile of `rows` × 4·lanes: each lane keeps four successive columns of every
 * row in registers. The operand that all lanes share is loaded once, a piece by each lane, and handed
 * round by broadcast; without subgroups every lane loads it itself.
 *
 * @module
 */
import { GROUP } from "../grid.ts";
import { bindings, COMPONENTS, elementOf, entry, load4, repeat, store4 } from "../wgsl.ts";

/** What is baked into the text of C = A·B (+ bias) (+ addend). */
export interface ProductConstants {
  /** Contracted axis: columns of A, rows of B. */
  readonly depth: number;
  /** Columns of B and C. */
  readonly columns: number;
  /** Rows of a tile. */
  readonly tileRows: number;
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
  /** Whether A can be read as vec4f. */
  readonly aVec4: boolean;
  /** Elements between rows of B. */
  readonly bStride: number;
  /** Whether B lies in panels of 4·lanes columns. */
  readonly packed: boolean;
  /** First element of B within its binding. */
  readonly bOffset: number;
  /** Whether B can be read as vec4f. */
  readonly bVec4: boolean;
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
}

/** C = A·B (+ bias) (+ addend). */
export function productCode(c: ProductConstants): string {
  const arrays = [`a: ${elementOf(c.aVec4)}`, `b: ${elementOf(c.bVec4)}`];
  if (c.biasOffset >= 0) arrays.push("bias: f32");
  if (c.addendStride >= 0) arrays.push(`addend: ${elementOf(c.cVec4)}`);
  arrays.push(`out c: ${elementOf(c.cVec4)}`);
  return `${bindings(arrays, ["rows"])}
${entry(c.lanes * c.tiles, c.subgroups ? c.lanes : 0)}
  let tileLane = local % ${c.lanes}u;
  let row0 = (group.x * ${c.tiles}u + local / ${c.lanes}u) * ${c.tileRows}u;
  let column = (group.y * ${c.lanes}u + tileLane) * 4u;
  ${operandRows(c)}
  let panel = ${c.bOffset}u + ${panelStart(c)};
  ${repeat(c.tileRows, (r) => `var acc${r} = ${initial(c)};`)}
  for (var k = 0u; k < ${c.depth}u; k += 4u) {
${loadOperands(c)}
${multiply(c)}
  }
${repeat(c.tileRows, (r) => storeRow(c, r))}
}`;
}

function initial(c: ProductConstants): string {
  if (c.biasOffset < 0) return "vec4f()";
  const tail = { position: "column", limit: `${c.columns}u` };
  return load4("bias", `(${c.biasOffset}u + column)`, false, tail);
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

function panelStart(c: ProductConstants): string {
  if (c.packed) return `group.y * ${c.depth * 4 * c.lanes}u + tileLane * 4u`;
  // A plain matrix: lanes past its last column read the last ones and store nothing.
  return c.bVec4 ? `min(column, ${c.columns - 4}u)` : "column";
}

function loadOperands(c: ProductConstants): string {
  const tail = { position: "k", limit: `${c.depth}u` };
  const exact = c.depth % 4 === 0;
  const a = repeat(
    operandLoads(c),
    (i) => `let a${i} = ${load4("a", `rowA${i} + k`, c.aVec4, exact ? undefined : tail)};`,
  );
  const b = repeat(4, (j) => {
    const depth = exact ? `(k + ${j}u)` : `min(k + ${j}u, ${c.depth - 1}u)`;
    const at = `panel + ${depth} * ${c.bStride}u`;
    const columns = c.bVec4 ? undefined : { position: "column", limit: `${c.columns}u` };
    return `let b${j} = ${load4("b", at, c.bVec4, columns)};`;
  });
  return `${a}\n${b}`;
}

function multiply(c: ProductConstants): string {
  return repeat(4, (j) =>
    repeat(c.tileRows, (r) => {
      const shared = c.subgroups
        ? `subgroupBroadcast(a${Math.floor(r / c.lanes)}.${COMPONENTS[j]}, ${r % c.lanes}u)`
        : `a${r}.${COMPONENTS[j]}`;
      return `acc${r} = fma(vec4f(${shared}), b${j}, acc${r});`;
    }));
}

function storeRow(c: ProductConstants, r: number): string {
  const tail = { position: "column", limit: `${c.columns}u` };
  const addend = c.addendStride < 0 ? "" : ` + ${
    load4(
      "addend",
      `(${c.addendOffset}u + (row0 + ${r}u) * ${c.addendStride}u + column)`,
      c.cVec4,
      tail,
    )
  }`;
  const at = `(${c.cOffset}u + (row0 + ${r}u) * ${c.cStride}u + column)`;
  return `if (row0 + ${r}u < params.rows) { ${
    store4("c", at, `acc${r}${addend}`, c.cVec4, tail)
  } }`;
}

/** What is baked into the text of the partial products of Aᵀ·B. */
export interface TransposedProductConstants {
  /** Columns of A: rows of the result. */
  readonly rows: number;
  /** Columns of B: columns of the result. */
  readonly columns: number;
  /** Result rows of a tile, at most 4·lanes. */
  readonly tileRows: number;
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
  /** Whether B can be read as vec4f. */
  readonly bVec4: boolean;
}

/** partials[s] = Σ_m over the s-th range of rows of A[m, ·]ᵀ·B[m, ·]. */
export function transposedProductCode(c: TransposedProductConstants): string {
  const arrays = [`a: ${elementOf(c.aVec4)}`, `b: ${elementOf(c.bVec4)}`];
  const outVec4 = c.columns % 4 === 0;
  arrays.push(`out c: ${elementOf(outVec4)}`);
  const tail = { position: "column", limit: `${c.columns}u` };
  const bColumn = c.bVec4 ? `min(column, ${c.columns - 4}u)` : "column";
  return `${bindings(arrays, ["rows", "span"])}
${entry(c.lanes, c.subgroups ? c.lanes : 0)}
  let column = (group.x * ${c.lanes}u + local) * 4u;
  let row0 = group.y * ${c.tileRows}u;
  let end = min((group.z + 1u) * params.span, params.rows);
  ${repeat(c.tileRows, (r) => `var acc${r} = vec4f();`)}
  for (var m = group.z * params.span; m < end; m++) {
    let b0 = ${
    load4(
      "b",
      `(${c.bOffset}u + m * ${c.bStride}u + ${bColumn})`,
      c.bVec4,
      c.bVec4 ? undefined : tail,
    )
  };
${sharedRows(c)}
  }
${
    repeat(c.tileRows, (r) => {
      const at = `((group.z * ${c.rows}u + row0 + ${r}u) * ${c.columns}u + column)`;
      return `if (row0 + ${r}u < ${c.rows}u) { ${store4("c", at, `acc${r}`, outVec4, tail)} }`;
    })
  }
}`;
}

function sharedRows(c: TransposedProductConstants): string {
  const at = (row: string) => {
    const position = c.aVec4 ? `min(${row}, ${c.rows - 4}u)` : row;
    const tail = c.aVec4 ? undefined : { position: row, limit: `${c.rows}u` };
    return load4("a", `(${c.aOffset}u + m * ${c.aStride}u + ${position})`, c.aVec4, tail);
  };
  const quads = c.tileRows / 4;
  if (c.subgroups) {
    return `let a0 = ${at(`(row0 + (lane % ${quads}u) * 4u)`)};
${
      repeat(c.tileRows, (r) => {
        const shared = `subgroupBroadcast(a0.${COMPONENTS[r % 4]}, ${Math.floor(r / 4)}u)`;
        return `acc${r} = fma(vec4f(${shared}), b0, acc${r});`;
      })
    }`;
  }
  return repeat(quads, (q) =>
    `let a${q} = ${at(`(row0 + ${q * 4}u)`)};
${repeat(4, (j) => `acc${q * 4 + j} = fma(vec4f(a${q}.${COMPONENTS[j]}), b0, acc${q * 4 + j});`)}`);
}

/** What is baked into the text that lays Wᵀ out in panels. */
export interface PackConstants {
  /** Rows of W: columns of the packed operand. */
  readonly rows: number;
  /** Columns of W: the contracted axis. */
  readonly depth: number;
  /** Columns of a panel. */
  readonly panel: number;
  /** Elements between rows of W. */
  readonly stride: number;
  /** First element of W within its binding. */
  readonly offset: number;
}

/** Threads of a packing workgroup. */
export const PACK_WORKGROUP = 64;

/**
 * packed[panel][k][column] = W[panel·width + column][k], zero past the last row: lanes then read
 * successive memory, and no power-of-two stride makes cache lines fight for one set.
 */
export function packCode(c: PackConstants): string {
  const quads = c.panel / 4;
  return `${bindings(["w: f32", "out packed: vec4f"], ["size"])}
fn at(n: u32, k: u32) -> f32 {
  return select(0.0, w[${c.offset}u + min(n, ${c.rows - 1}u) * ${c.stride}u + k], n < ${c.rows}u);
}
${entry(PACK_WORKGROUP, 0)}
  let i = ${GROUP} * ${PACK_WORKGROUP}u + local;
  if (i >= params.size) { return; }
  let k = (i / ${quads}u) % ${c.depth}u;
  let n = (i / ${quads * c.depth}u) * ${c.panel}u + (i % ${quads}u) * 4u;
  packed[i] = vec4f(at(n, k), at(n + 1u, k), at(n + 2u, k), at(n + 3u, k));
}`;
}
