/**
 * WGSL of SSD's forward, and of those parts that the way back shares with it.
 *
 * A chunk's steps are matrices: C·Bᵀ weighted by decays times x is what steps of the chunk give one
 * another, C times the state before the chunk what came earlier. States before the chunks are carried
 * over by a walk along the chunks; everything else works on all chunks at once.
 *
 * @module
 */
import { GROUP } from "../grid.ts";
import { reductions, type Team } from "../team.ts";
import { bindings, entry, LOG2E, repeat, SOFTPLUS } from "../wgsl.ts";
import {
  at,
  columnTiles,
  inSequence,
  laneColumns,
  multiply,
  part,
  type Place,
  RowOperand,
  rowsOf,
  type SsdConstants,
  stateRows,
  stepFactor,
  tileHead,
  token,
  typeOf,
  type Width,
} from "./tile.ts";

/** Threads of a workgroup whose threads work alone. */
export const WORKGROUP = 64;

/** Bounds of the step sizes; an absent one does not bound. */
export interface StepLimits {
  /** Least step size. */
  readonly least: number | undefined;
  /** Largest step size. */
  readonly most: number | undefined;
}

/** A number as WGSL has it. */
export const literal = (x: number): string => Number.isInteger(x) ? `${x}.0` : `${x}`;

/** A step size within its bounds. */
export function limited(limits: StepLimits, value: string): string {
  const { least, most } = limits;
  const below = most === undefined ? value : `min(${value}, ${literal(most)})`;
  return least === undefined ? below : `max(${below}, ${literal(least)})`;
}

/** What the kernel of step sizes bakes in besides the sizes. */
export interface StepConstants extends SsdConstants, StepLimits {
  /** dt. */
  readonly dt: Place;
  /** First elements of the bias and of A_log. */
  readonly offsets: readonly [number, number];
  /** First element of the sequence indices; −1 where there are none. */
  readonly sequence: number;
}

/** Whether a sequence begins at step `t` of the whole row; the row's first step begins none. */
export function begins(sequence: number, t: string): string {
  if (sequence < 0) return "false";
  const index = (step: string) => `sequenceIndex[${sequence}u + batch * params.length + ${step}]`;
  return `(${t} > 0u && ${index(t)} != ${index(`max(${t}, 1u) - 1u`)})`;
}

/**
 * A vec4f for every step of every head: log2 of the decay from the chunk's (or sequence's) first step
 * on, the step size, the decay of the state before the chunk, and the weight with which the step enters
 * the state after it. With sequences, also how many of them began in the chunk up to each step.
 */
export function stepsCode(c: StepConstants): string {
  const packed = c.sequence >= 0;
  const arrays = ["dt: f32", "dtBias: f32", "ALog: f32"];
  if (packed) arrays.push("sequenceIndex: i32");
  arrays.push("out steps: vec4f");
  if (packed) arrays.push("out ordinals: f32");
  const { stride, offset } = c.dt;
  return `${bindings(arrays, ["length", "chunks", "total"])}${SOFTPLUS}
${entry(WORKGROUP, 0)}
  let i = ${GROUP} * ${WORKGROUP}u + local;
  if (i >= params.total) { return; }
  let head = i % ${c.heads}u;
  let place = i / ${c.heads}u;
  let chunk = place % params.chunks;
  let batch = place / params.chunks;
  let A = -exp(ALog[${c.offsets[1]}u + head]) * ${LOG2E};
  let bias = dtBias[${c.offsets[0]}u + head];
  var decay = 0.0;
  var carried = 1.0;
  var ordinal = 0.0;
  var first = 0u;
  for (var k = 0u; k < ${c.chunk}u; k++) {
    let wanted = chunk * ${c.chunk}u + k;
    let inside = wanted < params.length;
    let t = min(wanted, params.length - 1u);
    let raw = dt[${offset}u + (batch * params.length + t) * ${stride}u + head] + bias;
    let step = select(0.0, ${limited(c, "softplus(raw)")}, inside);
    let reset = ${packed ? `inside && ${begins(c.sequence, "t")}` : "false"};
    decay = select(fma(step, A, decay), 0.0, reset);
    carried = select(carried, 0.0, reset);
    first = select(first, k, reset);
    ordinal += f32(reset);
    steps[i * ${c.chunk}u + k] = vec4f(decay, step, carried * exp2(decay), 0.0);
    ${packed ? `if (head == 0u) { ordinals[place * ${c.chunk}u + k] = ordinal; }` : ""}
  }
  for (var k = first; k < ${c.chunk}u; k++) {
    let s = steps[i * ${c.chunk}u + k];
    steps[i * ${c.chunk}u + k].w = exp2(decay - s.x) * s.y;
  }
}`;
}

/** One side of a product with series: which, where, and in which words. */
export interface Series {
  /** Where it lies. */
  readonly place: Place;
  /** Elements of a word. */
  readonly width: Width;
}

/** What a product with the states of a chunk bakes in. */
export interface StateConstants extends SsdConstants {
  /** B, or C on the way back: `[batch, length, groups·state]`. */
  readonly rows: Series;
  /** x, or the gradient of y. */
  readonly columns: Series;
  /** Member of the steps by which each step is weighted. */
  readonly factor: "z" | "w";
}

/** What the steps of a chunk add to its states: Σ_t factor·rows_t·columns_tᵀ. */
export function chunkStatesCode(c: StateConstants): string {
  const rows = stateRows(c);
  const { width } = c.columns;
  const depth = Math.min(4, c.chunk);
  const T = typeOf(width);
  const a = new RowOperand(
    c,
    "a",
    Math.ceil(rows / c.rows.width) * c.rows.width,
    depth,
    "depth",
    c.rows.width,
    (row, step) =>
      at(
        "rows",
        `${token(c.rows.place, c, `(k + ${step})`)} + group_ * ${c.state}u + min(n0 + ${row}, ${
          c.state - c.rows.width
        }u)`,
        c.rows.width,
      ),
  );
  const factor = stepFactor(c, "f", depth, c.factor, "k");
  const axes = [
    ["columnTile", columnTiles(c, c.headDim, width)],
    ["rowTile", Math.ceil(c.state / rows)],
    ["head", c.heads],
  ] as const;
  const arrays = [
    "steps: vec4f",
    `rows: ${typeOf(c.rows.width)}`,
    `columns: ${T}`,
    `out states: ${T}`,
  ];
  const column = (k: number) =>
    `${
      at(
        "columns",
        `${token(c.columns.place, c, `(k + ${k}u)`)} + head * ${c.headDim}u + p`,
        width,
      )
    } * ${factor.value(k, 0)}`;
  return `${tileHead(c, arrays, axes)}
  let group_ = head / ${c.heads / c.groups}u;
  let n0 = rowTile * ${rows}u;
  let first = (place * ${c.heads}u + head) * ${c.chunk}u;
  ${laneColumns(c, "p", "columnTile", c.headDim, width)}
  ${repeat(rows, (r) => `var acc${r} = ${T}();`)}
  for (var k = 0u; k < ${c.chunk}u; k += ${depth}u) {
    ${a.load()}
    ${factor.load()}
    ${multiply(rows, depth, a, width, column)}
  }
  let to = (place * ${c.heads}u + head) * ${c.state * c.headDim}u + p;
  ${
    repeat(
      rows,
      (r) =>
        `if (pInside && n0 + ${r}u < ${c.state}u) { ${
          at("states", `to + (n0 + ${r}u) * ${c.headDim}u`, width)
        } = acc${r}; }`,
    )
  }
}`;
}

/** What the walk along the chunks bakes in. */
export interface CarryConstants extends SsdConstants {
  /** Elements of a word of states. */
  readonly width: Width;
  /** Goes back: the last chunk first, and products with the forward's states are summed. */
  readonly back: boolean;
  /** First element of the state (back: its gradient) that it begins with; −1 where that is zero. */
  readonly start: number;
  /** Whether it writes the state (back: its gradient) that it ends with. */
  readonly end: boolean;
}

/** Words of a head's states. */
export const wordsOfHead = (c: Pick<CarryConstants, "state" | "headDim" | "width">): number =>
  c.state * c.headDim / c.width;

/** Teams that walk a head's states. */
export const carryTiles = (c: CarryConstants): number => Math.ceil(wordsOfHead(c) / c.lanes);

const teamOf = (c: SsdConstants): Team => ({
  lanes: c.lanes,
  teams: c.tiles,
  subgroups: c.subgroups,
});

/** The sum over a team's lanes, which every lane gets. */
export const laneSum = (c: SsdConstants): string => reductions(teamOf(c), ["sumF32"]);

/**
 * Turns what each chunk adds into the state before it (back: into the gradient of the state after it),
 * in place, one word of four states a lane.
 */
export function carryCode(c: CarryConstants): string {
  const T = typeOf(c.width);
  const words = wordsOfHead(c);
  const arrays = ["steps: vec4f", `out states: ${T}`];
  if (c.start >= 0) arrays.push("start: f32");
  if (c.back) arrays.push(`forward: ${T}`, "out products: f32");
  if (c.end) arrays.push("out last: f32");
  // The kernel's own order has channels innermost, upstream's has states.
  const outer = (i: number) =>
    `((batch * ${c.heads}u + head) * ${c.headDim}u + (word * ${c.width}u + ${i}u) % ${c.headDim}u) * ${c.state}u + (word * ${c.width}u + ${i}u) / ${c.headDim}u`;
  const elements = Array.from({ length: c.width }, (_, i) => i);
  const begin = c.start < 0
    ? `${T}()`
    : `${T}(${elements.map((i) => `start[${c.start}u + ${outer(i)}]`).join(", ")})`;
  const chunk = c.back ? "params.chunks - 1u - i" : "i";
  const product = c.back
    ? `let product = select(0.0, keep * ${
      c.width === 1 ? "carried * forward[to]" : "dot(carried, forward[to])"
    }, inside);
    let sum = sumF32(product, local);
    if (live && lane == 0u) { products[(at * ${carryTiles(c)}u) + part_] = sum; }`
    : "";
  return `${bindings(arrays, ["chunks", "total"])}${c.back ? laneSum(c) : ""}
${entry(c.lanes * c.tiles, c.subgroups ? c.lanes : 0)}
  let index = ${GROUP} * ${c.tiles}u + local / ${c.lanes}u;
  let live = index < params.total;
  let tile = min(index, params.total - 1u);
  ${c.subgroups ? "" : `let lane = local % ${c.lanes}u;`}
  let part_ = tile % ${carryTiles(c)}u;
  let head = tile / ${carryTiles(c)}u % ${c.heads}u;
  let batch = tile / ${carryTiles(c) * c.heads}u;
  let wanted = part_ * ${c.lanes}u + lane;
  let inside = live && wanted < ${words}u;
  let word = min(wanted, ${words - 1}u);
  var carried = ${begin};
  for (var i = 0u; i < params.chunks; i++) {
    let at = (batch * params.chunks + ${chunk}) * ${c.heads}u + head;
    let to = at * ${words}u + word;
    let keep = steps[at * ${c.chunk}u + ${c.chunk - 1}u].z;
    let added = states[to];
    ${product}
    if (inside) { states[to] = carried; }
    carried = fma(${T}(keep), carried, added);
  }
  ${
    c.end
      ? `if (inside) { ${
        elements.map((i) => `last[${outer(i)}] = ${part("carried", c.width, i)};`).join(" ")
      } }`
      : ""
  }
}`;
}

/** What a product that yields a series bakes in. */
export interface OutputConstants extends SsdConstants {
  /** C, or B on the way back: multiplied by the states. */
  readonly rows: Series;
  /** x, or the gradient of y: multiplied by the scores. */
  readonly columns: Series;
  /** y, or the gradient of x. */
  readonly out: Place;
  /** Member of the steps by which each row's product with the states is weighted. */
  readonly factor: "z" | "w";
  /** Goes back: sums over later steps instead of earlier ones. */
  readonly back: boolean;
}

/** Scores lie as `[step that gives, step that takes]`: a row of either, for a tile of rows. */
export function scoreOperand(c: SsdConstants, array: string, back: boolean): RowOperand {
  const rows = rowsOf(c);
  const depth = Math.min(4, c.chunk);
  const width = depth as Width;
  return new RowOperand(
    c,
    "s",
    rows,
    depth,
    back ? "rows" : "depth",
    width,
    back
      ? (row, step) => at(array, `scoresAt + (t0 + ${row}) * ${c.chunk}u + k + ${step}`, width)
      : (row, step) => at(array, `scoresAt + (k + ${step}) * ${c.chunk}u + t0 + ${row}`, width),
  );
}

/** The steps that a tile of rows sums over: those before it or in it, or (back) from it on. */
export const scoreRange = (c: SsdConstants, back: boolean): string =>
  back
    ? `var k = t0; k < ${c.chunk}u; k += ${Math.min(4, c.chunk)}u`
    : `var k = 0u; k < t0 + ${rowsOf(c)}u; k += ${Math.min(4, c.chunk)}u`;

/** out_t = factor_t·(rows_t·states) + Σ_s scores[t, s]·columns_s. */
export function outputCode(c: OutputConstants): string {
  const rows = rowsOf(c);
  const { width } = c.columns;
  const depth = c.rows.width;
  const T = typeOf(width);
  const a = new RowOperand(c, "a", rows, depth, "rows", depth, (row, step) =>
    at(
      "rows",
      `${token(c.rows.place, c, `(t0 + ${row})`)} + group_ * ${c.state}u + n + ${step}`,
      depth,
    ));
  const factor = stepFactor(c, "f", rows, c.factor, "t0");
  const scores = scoreOperand(c, "scores", c.back);
  const axes = [
    ["columnTile", columnTiles(c, c.headDim, width)],
    ["rowTile", c.chunk / rows],
    ["head", c.heads],
  ] as const;
  const arrays = [
    "steps: vec4f",
    `rows: ${typeOf(depth)}`,
    `columns: ${T}`,
    `states: ${T}`,
    `scores: ${typeOf(scores.width)}`,
    `out result: ${T}`,
  ];
  const state = (k: number) => at("states", `statesAt + (n + ${k}u) * ${c.headDim}u`, width);
  const column = (k: number) =>
    at("columns", `${token(c.columns.place, c, `(k + ${k}u)`)} + head * ${c.headDim}u + p`, width);
  return `${tileHead(c, arrays, axes)}
  let group_ = head / ${c.heads / c.groups}u;
  let t0 = rowTile * ${rows}u;
  let first = (place * ${c.heads}u + head) * ${c.chunk}u;
  let scoresAt = first * ${c.chunk}u;
  ${laneColumns(c, "p", "columnTile", c.headDim, width)}
  let statesAt = (place * ${c.heads}u + head) * ${c.state * c.headDim}u + p;
  ${repeat(rows, (r) => `var acc${r} = ${T}();`)}
  for (var n = 0u; n < ${c.state}u; n += ${depth}u) {
    ${a.load()}
    ${multiply(rows, depth, a, width, state)}
  }
  ${factor.load()}
  ${repeat(rows, (r) => `acc${r} *= ${factor.value(r, 0)};`)}
  for (${scoreRange(c, c.back)}) {
    ${scores.load()}
    ${multiply(rows, scores.depth, scores, width, column)}
  }
  ${
    repeat(rows, (r) =>
      `if (pInside && ${inSequence(c, `t0 + ${r}u`)}) { ${
        at(
          "result",
          `${token(c.out, c, `t0 + ${r}u`)} + head * ${c.headDim}u + p`,
          width,
        )
      } = acc${r}; }`)
  }
}`;
}
