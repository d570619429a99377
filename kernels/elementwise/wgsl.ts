/**
 * WGSL of operations on single elements, four at a time, and of sums over rows.
 *
 * @module
 */
import { GROUP } from "../grid.ts";
import { bindings, elementOf, entry, load4, repeat, store4 } from "../wgsl.ts";

/** Threads of a workgroup. */
export const WORKGROUP = 64;

/** exp is kept from overflow, whose result WGSL leaves open; below −80 the sigmoid is 1e-35 anyway. */
export const SIGMOID = `fn sigmoid(x: vec4f) -> vec4f {
  return 1.0 / (1.0 + exp(min(-x, vec4f(80.0))));
}
`;

/**
 * ln(1 + exp(x)) = max(x, 0) + ln(1 + e) with e = exp(−|x|), and ln(1 + e) = 2·artanh(s) with
 * s = e / (2 + e) ≤ 1/3. Eight terms of the series leave 2e-9; nothing is lost where e is tiny.
 */
const SOFTPLUS = `fn softplus(x: vec4f) -> vec4f {
  let e = exp(max(-abs(x), vec4f(-80.0)));
  let s = e / (2.0 + e);
  let q = s * s;
  var p = vec4f(${1 / 15});
${repeat(7, (k) => `  p = fma(p, q, vec4f(${1 / (13 - 2 * k)}));`)}
  return max(x, vec4f()) + 2.0 * s * p;
}
`;

/** Functions that formulas may call. */
const FUNCTIONS = SIGMOID + SOFTPLUS;

/** A strided array as the text sees it. */
export interface View {
  /** Elements from one row to the next; 0 reads the same row always. */
  readonly stride: number;
  /** First element within the binding. */
  readonly offset: number;
  /** Whether rows can be read and written as vec4f. */
  readonly vec4: boolean;
}

/** What is baked into the text of an operation on single elements. */
export interface ElementwiseConstants {
  /** Elements of a row. */
  readonly columns: number;
  /** Inputs `a`, `b`, `c` in order. */
  readonly inputs: readonly View[];
  /** Outputs in the order of the formulas. */
  readonly outputs: readonly View[];
}

/** Names of the inputs in formulas. */
const NAMES = "abc";

const quads = (columns: number) => Math.ceil(columns / 4);

/**
 * Every output is its formula of vec4f `a`, `b`, `c` at the same place.
 *
 * @param steps Statements before the formulas.
 */
export function elementwiseCode(
  c: ElementwiseConstants,
  formulas: readonly string[],
  steps = "",
): string {
  const tail = { position: "column", limit: `${c.columns}u` };
  const arrays = [
    ...c.inputs.map((view, i) => `input${i}: ${elementOf(view.vec4)}`),
    ...c.outputs.map((view, i) => `out output${i}: ${elementOf(view.vec4)}`),
  ];
  const load = (view: View, i: number) =>
    `  let ${NAMES[i]} = ${load4(`input${i}`, position(view), view.vec4, tail)};`;
  const store = (view: View, i: number) =>
    `  ${store4(`output${i}`, position(view), formulas[i], view.vec4, tail)}`;
  return `${FUNCTIONS}${bindings(arrays, ["rows"])}
${placeHead(c.columns)}
${c.inputs.map(load).join("\n")}
${steps}
${c.outputs.map(store).join("\n")}
}`;
}

/** x ← x·factor; the factor's bits come in the uniform. */
export function scaleCode(columns: number, view: View): string {
  const tail = { position: "column", limit: `${columns}u` };
  const value = load4("x", position(view), view.vec4, tail);
  return `${bindings([`out x: ${elementOf(view.vec4)}`], ["rows", "factor"])}
${placeHead(columns)}
  let scaled = ${value} * bitcast<f32>(params.factor);
  ${store4("x", position(view), "scaled", view.vec4, tail)}
}`;
}

const position = ({ offset, stride }: View) => `(${offset}u + row * ${stride}u + column)`;

/** Entry of a kernel with a thread for every four elements: `row`, `column`. */
function placeHead(columns: number): string {
  return `${entry(WORKGROUP, 0)}
  let i = ${GROUP} * ${WORKGROUP}u + local;
  let row = i / ${quads(columns)}u;
  let column = (i % ${quads(columns)}u) * 4u;
  if (row >= params.rows) { return; }`;
}

/** What is baked into the text of sums over rows. */
export interface ColumnSumConstants {
  /** Columns. */
  readonly columns: number;
  /** Factors of each term: x, or x and y. */
  readonly factors: readonly View[];
  /** First element of a factor a row within its binding, or −1 for none. */
  readonly rowFactorOffset: number;
  /** Whether the rows are part of more: the uniform then says where the partial sums go on. */
  readonly inParts?: boolean;
}

/**
 * partials[p] = Σ_m over the p-th range of `span` rows of the product of the factors at row m. A
 * thread sums four columns.
 */
export function columnSumCode(c: ColumnSumConstants): string {
  const vec4 = c.columns % 4 === 0;
  const tail = { position: "column", limit: `${c.columns}u` };
  const arrays = c.factors.map((view, i) => `factor${i}: ${elementOf(view.vec4)}`);
  if (c.rowFactorOffset >= 0) arrays.push("rowFactor: f32");
  arrays.push(`out partials: ${elementOf(vec4)}`);
  const terms = c.factors.map((view, i) => load4(`factor${i}`, position(view), view.vec4, tail));
  if (c.rowFactorOffset >= 0) terms.push(`rowFactor[${c.rowFactorOffset}u + row]`);
  const sumAt = `(${c.inParts ? "(params.first + piece)" : "piece"} * ${c.columns}u + column)`;
  const place = c.inParts ? ["first", "continues"] : [];
  const before = `\n  if (params.continues == 1u) { sum = ${
    load4("partials", sumAt, vec4, tail)
  }; }`;
  return `${bindings(arrays, ["rows", "span", "threads", ...place])}
${entry(WORKGROUP, 0)}
  let i = group.x * ${WORKGROUP}u + local;
  if (i >= params.threads) { return; }
  let column = (i % ${quads(c.columns)}u) * 4u;
  let piece = i / ${quads(c.columns)}u;
  let end = min((piece + 1u) * params.span, params.rows);
  var sum = vec4f();${c.inParts ? before : ""}
  for (var row = piece * params.span; row < end; row++) {
    sum += ${terms.join(" * ")};
  }
  ${store4("partials", sumAt, "sum", vec4, tail)}
}`;
}
