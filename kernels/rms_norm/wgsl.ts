/**
 * WGSL of RMS normalisation. `lanes` successive lanes share a row, lane l taking every `lanes`-th
 * group of four features from l on, and add up their sums: lanes of a subgroup by shuffles, a whole
 * workgroup through its memory.
 *
 * @module
 */
import { GROUP } from "../grid.ts";
import { bindings, elementOf, entry, load4, repeat, store4 } from "../wgsl.ts";

/** Threads of a workgroup. */
export const WORKGROUP = 64;

/** Groups of four features that a lane keeps in registers; beyond, it reads them twice. */
const HELD = 8;

/** A strided array as the text sees it. */
export interface View {
  /** Elements from one row to the next. */
  readonly stride: number;
  /** First element within the binding. */
  readonly offset: number;
  /** Whether rows can be read and written as vec4f. */
  readonly vec4: boolean;
}

/** What both directions bake into their text. */
export interface RowConstants {
  /** Features of a row. */
  readonly dim: number;
  /** Lanes that share a row: a power of two, no more than a subgroup has, or the workgroup's. */
  readonly lanes: number;
  /** Whether lanes exchange by shuffles. */
  readonly subgroups: boolean;
  /** The weight; its stride is unused. */
  readonly weight: View;
}

/** What the forward bakes into its text. */
export interface NormConstants extends RowConstants {
  /** Added to the mean square. */
  readonly epsilon: number;
  /** Input. */
  readonly x: View;
  /** Added to the input, the sum being written. */
  readonly residual: View | undefined;
  /** Whether the result is of f16. */
  readonly half: boolean;
}

/** What the backward bakes into its text. */
export interface NormBackwardConstants extends RowConstants {
  /** What was normalised. */
  readonly sum: View;
  /** First element of the inverse root mean squares within their binding. */
  readonly inverseOffset: number;
  /** Gradient of the output. */
  readonly dOut: View;
  /** Upstream gradient of the sum, if any. */
  readonly dSum: View | undefined;
}

/** out = (x + residual)·weight / √(mean (x + residual)² + ε). */
export function normCode(c: NormConstants): string {
  const dense = denseView(c);
  const arrays = [`x: ${elementOf(c.x.vec4)}`, `weight: ${elementOf(c.weight.vec4)}`];
  if (c.residual) {
    arrays.push(`addend: ${elementOf(c.residual.vec4)}`, `out sum: ${elementOf(dense.vec4)}`);
  }
  arrays.push(`out result: ${elementOf(dense.vec4, c.half)}`, "out inverse: f32");
  const addend = c.residual ? ` + ${load(c, "addend", c.residual)}` : "";
  const read = (i: string) => `let h${i} = ${load(c, "x", c.x)}${addend};`;
  const first = (i: string) =>
    `${read(i)}
    squares = fma(h${i}, h${i}, squares);
    ${c.residual ? store(c, "sum", dense, `h${i}`) : ""}`;
  const second = (i: string) =>
    `${held(c) ? "" : read(i)}
    ${store(c, "result", dense, `h${i} * r * ${load(c, "weight", c.weight)}`, c.half)}`;
  return `${bindings(arrays, ["rows"])}
${rowHead(c)}
  var squares = vec4f();
${eachQuad(c, first)}
  var total = dot(squares, vec4f(1.0));
${addLanes(c)}
  let r = inverseSqrt(fma(total, ${1 / c.dim}, ${c.epsilon}));
  if (part == 0u && wanted) { inverse[row] = r; }
${eachQuad(c, second)}
}`;
}

/** dX = r·w·dOut − x·r³·mean(w·dOut·x) + dSum. */
export function normBackwardCode(c: NormBackwardConstants): string {
  const dense = denseView(c);
  const arrays = [
    `sum: ${elementOf(c.sum.vec4)}`,
    "inverse: f32",
    `weight: ${elementOf(c.weight.vec4)}`,
    `dOut: ${elementOf(c.dOut.vec4)}`,
  ];
  if (c.dSum) arrays.push(`dSum: ${elementOf(c.dSum.vec4)}`);
  arrays.push(`out dX: ${elementOf(dense.vec4)}`);
  const read = (i: string) =>
    `let h${i} = ${load(c, "sum", c.sum)};
    let g${i} = ${load(c, "dOut", c.dOut)} * ${load(c, "weight", c.weight)};`;
  const dSum = c.dSum ? ` + ${load(c, "dSum", c.dSum)}` : "";
  const second = (i: string) =>
    `${held(c) ? "" : read(i)}
    ${store(c, "dX", dense, `(r * (g${i} - h${i} * k))${dSum}`)}`;
  return `${bindings(arrays, ["rows"])}
${rowHead(c)}
  let r = inverse[${c.inverseOffset}u + row];
  var products = vec4f();
${eachQuad(c, (i) => `${read(i)}\n    products = fma(h${i}, g${i}, products);`)}
  var total = dot(products, vec4f(1.0));
${addLanes(c)}
  let k = total * r * r * ${1 / c.dim};
${eachQuad(c, second)}
}`;
}

const quads = (c: RowConstants) => Math.ceil(c.dim / 4);
const tailOf = (c: RowConstants) => ({ position: "column", limit: `${c.dim}u` });
const denseView = (c: RowConstants): View => ({ stride: c.dim, offset: 0, vec4: c.dim % 4 === 0 });
const at = ({ offset, stride }: View) => `(${offset}u + row * ${stride}u + column)`;

/** Four features at `column`, zero past the last: where lanes do not divide a row, some have none. */
function load(c: RowConstants, name: string, view: View): string {
  const value = load4(name, at(view), view.vec4, tailOf(c));
  const ragged = view.vec4 && quads(c) % c.lanes !== 0;
  return ragged ? `select(vec4f(), ${value}, column < ${c.dim}u)` : value;
}

function store(c: RowConstants, name: string, view: View, value: string, half = false): string {
  return `if (wanted) { ${store4(name, at(view), value, view.vec4, tailOf(c), half)} }`;
}

/** Lanes of rows past the last work on the last, as shuffles need them, and store nothing. */
function rowHead(c: RowConstants): string {
  const columns = held(c)
    ? repeat(
      Math.ceil(quads(c) / c.lanes),
      (i) => `  let column${i} = part * 4u + ${4 * c.lanes * i}u;`,
    )
    : "";
  const scratch = exchangesByMemory(c) ? `var<workgroup> scratch: array<f32, ${WORKGROUP}>;\n` : "";
  return `${scratch}${entry(WORKGROUP, c.subgroups && c.lanes > 1 ? c.lanes : 0)}
  let place = ${GROUP} * ${WORKGROUP / c.lanes}u + local / ${c.lanes}u;
  let part = local % ${c.lanes}u;
  let wanted = place < params.rows;
  let row = min(place, params.rows - 1u);
${columns}`;
}

/** Whether a lane's features stay in registers between the sum and the result. */
const held = (c: RowConstants) => quads(c) <= HELD * c.lanes;

/**
 * Runs `body` for each group of four features of the lane, at `column`: unrolled with a number for
 * its names where the features are held, else in a loop that all lanes run equally often.
 */
function eachQuad(c: RowConstants, body: (i: string) => string): string {
  if (held(c)) {
    return repeat(
      Math.ceil(quads(c) / c.lanes),
      (i) => `    ${body(`${i}`).replaceAll(/\bcolumn\b/g, `column${i}`)}`,
    );
  }
  return `  for (var first = 0u; first < ${c.dim}u; first += ${4 * c.lanes}u) {
    let column = first + part * 4u;
    ${body("")}
  }`;
}

const exchangesByMemory = (c: RowConstants): boolean => !c.subgroups && c.lanes > 1;

/** Adds up `total` of the lanes that share a row, in pairs. */
function addLanes(c: RowConstants): string {
  if (exchangesByMemory(c)) {
    return `  scratch[local] = total;
  workgroupBarrier();
${
      repeat(Math.log2(c.lanes), (i) => {
        const half = c.lanes >> (i + 1);
        return `  if (local < ${half}u) { scratch[local] += scratch[local + ${half}u]; }
  workgroupBarrier();`;
      })
    }
  total = scratch[0];`;
  }
  return repeat(Math.log2(c.lanes), (i) => `  total += subgroupShuffleXor(total, ${1 << i}u);`);
}
