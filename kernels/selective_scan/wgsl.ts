/**
 * WGSL of the selective scan, forward and backward.
 *
 * A lane owns one channel of one sequence and walks time with its states in registers. Lanes of a
 * subgroup are neighbouring channels of one group, so they need the same B and C: each loads a piece
 * and the pieces are handed round by broadcast. The forward saves the states before every chunk of
 * {@linkcode ScanConstants.chunk} steps; the backward walks the chunks in reverse, recomputes their
 * states in registers, and sums dB and dC over lanes in a fixed order.
 *
 * @module
 */
import { GROUP } from "../grid.ts";
import { bindings, COMPONENTS, elementOf, entry, load4, repeat } from "../wgsl.ts";
import {
  has,
  keepTurned,
  loadTurned,
  type Placement,
  type ScanConstants,
  SERIES,
  seriesAt,
  stateQuads,
  storeSeries,
  storeTurned,
  tilesPerGroup,
  timeOf,
  turningBits,
} from "./series.ts";

const LOG2E = "1.4426950408889634";

const HELPERS = `
fn sigmoid(x: f32) -> f32 { return 1.0 / (1.0 + exp(-x)); }
// log(1 + e) loses its digits for small e; three terms of the series keep them.
fn softplus(x: f32) -> f32 {
  let e = exp(-abs(x));
  return max(x, 0.0) + select(log(1.0 + e), e * (1.0 - e * (0.5 - e * 0.33333334)), e < 0.01);
}
`;

/** Declares the lane's channel `d`, its tile, and whether the channel exists. */
function channel(c: ScanConstants): string {
  const perGroup = tilesPerGroup(c);
  const width = c.dim / c.groups;
  return `
  let batch = group.y;
  let tile = group.x * ${c.tiles}u + local / ${c.lanes}u;
  let tileLane = local % ${c.lanes}u;
  let inGroup = (tile % ${perGroup}u) * ${c.lanes}u + tileLane;
  let g = min(tile / ${perGroup}u, ${c.groups - 1}u);
  let valid = inGroup < ${width}u && tile < ${perGroup * c.groups}u;
  let d = g * ${width}u + min(inGroup, ${width - 1}u);
  let chunks = (params.length + ${c.chunk - 1}u) / ${c.chunk}u;
  let saved = ((batch * ${perGroup * c.groups}u + min(tile, ${
    perGroup * c.groups - 1
  }u)) * chunks) * ${stateQuads(c) * c.lanes}u + tileLane;`;
}

/** A in units of log2, so that exp2 gives the decay. */
function loadA(c: ScanConstants): string {
  const { stride, offset } = c.at.A!;
  return repeat(c.state, (n) => {
    const raw = `A[${offset}u + d * ${stride}u + ${n}u]`;
    return `let A${n} = ${c.logA ? `-exp(${raw})` : raw} * ${LOG2E};`;
  }) + (has(c, "D") ? `\nlet Dskip = D[${c.at.D!.offset}u + d];` : "") +
    (has(c, "deltaBias") ? `\nlet bias = deltaBias[${c.at.deltaBias!.offset}u + d];` : "");
}

const stateIndex = (c: ScanConstants, name: string): string =>
  `${c.at[name]!.offset}u + (batch * ${c.dim}u + d) * ${c.at[name]!.stride}u`;

/** B or C of a chunk as vec4f words, one a lane, and the text that yields the value of (step, state). */
class SharedOperand {
  constructor(readonly c: ScanConstants, readonly name: string) {}

  /** Words of a step (time-major: four states) or of a state (channel-major: four steps). */
  get #perRow(): number {
    return this.c.timeMajor ? stateQuads(this.c) : Math.ceil(this.c.chunk / 4);
  }

  get #words(): number {
    return this.#perRow * (this.c.timeMajor ? this.c.chunk : this.c.state);
  }

  #address(word: string): string {
    const { c, name } = this;
    const { stride, offset } = c.at[name]!;
    const row = `(${word} / ${this.#perRow}u)`;
    const quad = `(${word} % ${this.#perRow}u) * 4u`;
    if (c.timeMajor) {
      const at = `(${offset}u + (batch * params.length + ${
        timeOf(c, row)
      }) * ${stride}u + g * ${c.state}u + ${quad})`;
      return load4(name, at, c.at[name]!.vec4, { position: quad, limit: `${c.state}u` });
    }
    const base = `(${offset}u + ((batch * ${c.groups}u + g) * ${c.state}u + min(${row}, ${
      c.state - 1
    }u)) * ${stride}u`;
    if (c.at[name]!.vec4 && c.exact && c.chunk % 4 === 0) {
      return load4(name, `${base} + t0 + ${quad})`, true);
    }
    const parts = [0, 1, 2, 3].map((i) => {
      const index = `${base} + min(t0 + ${quad} + ${i}u, params.length - 1u))`;
      return c.at[name]!.vec4 ? `${name}[${index} >> 2u][${index} & 3u]` : `${name}[${index}]`;
    });
    return `vec4f(${parts.join(", ")})`;
  }

  /** Loads the chunk's words. */
  load(): string {
    const { c, name } = this;
    if (!c.subgroups) {
      return repeat(this.#words, (w) => `let ${name}w${w} = ${this.#address(`${w}u`)};`);
    }
    const last = this.#words - 1;
    return repeat(Math.ceil(this.#words / c.lanes), (i) => {
      const word = (i + 1) * c.lanes <= this.#words
        ? `(${i * c.lanes}u + lane)`
        : `min(${i * c.lanes}u + lane, ${last}u)`;
      return `let ${name}w${i} = ${this.#address(word)};`;
    });
  }

  /** The value at step k of the chunk for state n. */
  value(k: number, n: number): string {
    const { c, name } = this;
    const [word, part] = c.timeMajor
      ? [k * this.#perRow + (n >> 2), n & 3]
      : [n * this.#perRow + (k >> 2), k & 3];
    if (!c.subgroups) return `${name}w${word}.${COMPONENTS[part]}`;
    return `subgroupBroadcast(${name}w${Math.floor(word / c.lanes)}.${COMPONENTS[part]}, ${
      word % c.lanes
    }u)`;
  }
}

/** Loads what step k needs: u, z, the step size, and −∞ in the decay's exponent at a new sequence. */
function loadStep(c: ScanConstants, k: number): string {
  const t = timeOf(c, k);
  const raw = `${seriesAt(c, "delta", k)}${has(c, "deltaBias") ? " + bias" : ""}`;
  const step = c.softplus ? `softplus(raw${k})` : `raw${k}`;
  // Past the end the step is zero after softplus: the state stays as it is.
  const size = c.exact ? step : `select(0.0, ${step}, t0 + ${k}u < params.length)`;
  const { offset } = c.at.sequenceIndex ?? { offset: 0 };
  const index = (at: string) => `sequenceIndex[${offset}u + batch * params.length + ${at}]`;
  const changed = `${index(t)} != ${index(`max(${t}, 1u) - 1u`)}`;
  const reset = has(c, "sequenceIndex")
    ? `let reset${k} = select(0.0, -1e30, ${changed}${
      c.exact ? "" : ` && t0 + ${k}u < params.length`
    });`
    : "";
  return `let raw${k} = ${raw}; let dt${k} = ${size};
let u${k} = ${seriesAt(c, "u", k)}; let du${k} = dt${k} * u${k};
${has(c, "z") ? `let z${k} = ${seriesAt(c, "z", k)};` : ""}${reset}`;
}

const decay = (c: ScanConstants, k: number, n: number): string =>
  has(c, "sequenceIndex") ? `exp2(fma(dt${k}, A${n}, reset${k}))` : `exp2(dt${k} * A${n})`;

/** Inputs in the order of their bindings. */
export const INPUTS = [
  "u",
  "delta",
  "A",
  "B",
  "C",
  "D",
  "z",
  "deltaBias",
  "initialState",
  "sequenceIndex",
] as const;

function inputBindings(c: ScanConstants): string[] {
  return INPUTS.filter((name) => has(c, name)).map((name) => {
    if (name === "sequenceIndex") return `${name}: i32`;
    const words = name === "B" || name === "C" || (c.turned && SERIES.includes(name));
    return `${name}: ${words ? elementOf(c.at[name]!.vec4) : "f32"}`;
  });
}

/** The forward scan. Outputs: out, then the saved states and the last state where asked for. */
export function forwardCode(c: ScanConstants): string {
  const arrays = [...inputBindings(c), `out result: ${elementOf(c.turned)}`];
  if (c.save) arrays.push("out states: vec4f");
  if (c.lastState) arrays.push("out last: f32");
  const [B, C] = [new SharedOperand(c, "B"), new SharedOperand(c, "C")];
  const initial = (n: number) =>
    has(c, "initialState") ? `initialState[${stateIndex(c, "initialState")} + ${n}u]` : "0.0";
  return `${bindings(arrays, ["length", "batch"])}${HELPERS}
${entry(c.lanes * c.tiles, c.subgroups ? c.lanes : 0)}${channel(c)}
  ${turningBits(c)}
  ${loadA(c)}
  ${repeat(c.state, (n) => `var h${n} = ${initial(n)};`)}
  for (var chunk = 0u; chunk < chunks; chunk++) {
    let t0 = chunk * ${c.chunk}u;
    ${c.save ? saveStates(c) : ""}
    ${B.load()}
    ${C.load()}
    ${loadTurned(c)}
    ${keepTurned(c, ["out"])}
    ${repeat(c.chunk, (k) => forwardStep(c, k, B, C))}
    ${storeTurned(c, ["out"], ["result"])}
  }
  ${
    c.lastState
      ? `if (valid) { ${
        repeat(c.state, (n) => `last[${stateIndex(c, "lastState")} + ${n}u] = h${n};`)
      } }`
      : ""
  }
}`;
}

function saveStates(c: ScanConstants): string {
  const word = (q: number) =>
    [0, 1, 2, 3].map((i) => q * 4 + i < c.state ? `h${q * 4 + i}` : "0.0").join(", ");
  const stores = repeat(
    stateQuads(c),
    (q) => `states[saved + (chunk * ${stateQuads(c)}u + ${q}u) * ${c.lanes}u] = vec4f(${word(q)});`,
  );
  return `if (tile < ${tilesPerGroup(c) * c.groups}u) { ${stores} }`;
}

function forwardStep(c: ScanConstants, k: number, B: SharedOperand, C: SharedOperand): string {
  const states = repeat(
    c.state,
    (n) =>
      `h${n} = fma(${decay(c, k, n)}, h${n}, du${k} * ${B.value(k, n)});
y = fma(h${n}, ${C.value(k, n)}, y);`,
  );
  const gate = has(c, "z") ? ` * z${k} * sigmoid(z${k})` : "";
  const inside = c.exact ? "valid" : `valid && t0 + ${k}u < params.length`;
  return `{ ${loadStep(c, k)}
var y = ${has(c, "D") ? `Dskip * u${k}` : "0.0"};
${states}
if (${inside}) { ${storeSeries(c, "out", "result", k, `y${gate}`)} } }`;
}

/**
 * The backward scan. Inputs follow those of the forward: dOut, the saved states, and the gradient of
 * the last state where there is one. Outputs: du, ddelta, dz where gated, the partial sums of dB|dC by
 * tile, and by batch dA, dD, the gradient of the delta bias, and that of the initial state.
 */
export function backwardCode(c: ScanConstants): string {
  const word = elementOf(c.turned);
  const arrays = [...inputBindings(c), `dOut: ${word}`, "states: vec4f"];
  if (c.lastState) arrays.push("dLast: f32");
  arrays.push(`out du: ${word}`, `out ddelta: ${word}`);
  if (has(c, "z")) arrays.push(`out dz: ${word}`);
  arrays.push(
    `out partialBC: ${sharedWidth(c) > 1 ? `vec${sharedWidth(c)}f` : "f32"}`,
    "out perChannel: f32",
  );
  if (has(c, "initialState")) arrays.push("out dInitial: f32");
  const gradients = ["du", "ddelta", ...(has(c, "z") ? ["dz"] : [])];
  const [B, C] = [new SharedOperand(c, "B"), new SharedOperand(c, "C")];
  const initial = (n: number) =>
    c.lastState ? `select(0.0, dLast[${stateIndex(c, "dLast")} + ${n}u], valid)` : "0.0";
  const workgroupMemory = c.subgroups
    ? ""
    : `var<workgroup> exchanged: array<f32, ${2 * c.state * c.lanes}>;`;
  return `${bindings(arrays, ["length", "batch"])}${HELPERS}${workgroupMemory}
${entry(c.lanes * c.tiles, c.subgroups ? c.lanes : 0)}${channel(c)}
  ${turningBits(c)}
  ${loadA(c)}
  ${repeat(c.state, (n) => `var g${n} = ${initial(n)}; var dA${n} = 0.0;`)}
  var dD = 0.0;
  var dBias = 0.0;
  for (var left = chunks; left > 0u; left--) {
    let chunk = left - 1u;
    let t0 = chunk * ${c.chunk}u;
    ${B.load()}
    ${C.load()}
    ${loadTurned(c)}
    ${keepTurned(c, gradients)}
    ${recompute(c, B, C)}
    ${Array.from({ length: c.chunk }, (_, i) => backwardStep(c, c.chunk - 1 - i, B, C)).join("\n")}
    ${storeTurned(c, gradients, gradients)}
  }
  ${storeChannel(c)}
}`;
}

/** States of the chunk from the saved ones, and what each step's output contributes. */
function recompute(c: ScanConstants, B: SharedOperand, C: SharedOperand): string {
  const saved = repeat(
    stateQuads(c),
    (q) => `let saved${q} = states[saved + (chunk * ${stateQuads(c)}u + ${q}u) * ${c.lanes}u];`,
  );
  const before = repeat(c.state, (n) => `let hs_${n} = saved${n >> 2}.${COMPONENTS[n & 3]};`);
  const steps = repeat(c.chunk, (k) => {
    const previous = (n: number) => k ? `h${k - 1}_${n}` : `hs_${n}`;
    const inside = c.exact ? "valid" : `valid && t0 + ${k}u < params.length`;
    const upstream = `let dOut${k} = select(0.0, ${seriesAt(c, "dOut", k)}, ${inside});`;
    const states = repeat(c.state, (n) =>
      `let e${k}_${n} = ${decay(c, k, n)};
let h${k}_${n} = fma(e${k}_${n}, ${previous(n)}, du${k} * ${B.value(k, n)});`);
    if (!has(c, "z")) return `${loadStep(c, k)}${upstream}${states}let dy${k} = dOut${k};`;
    const output = `var y${k} = ${has(c, "D") ? `Dskip * u${k}` : "0.0"};` +
      repeat(c.state, (n) => `y${k} = fma(h${k}_${n}, ${C.value(k, n)}, y${k});`);
    return `${loadStep(c, k)}${upstream}${states}${output}
let s${k} = sigmoid(z${k});
let dy${k} = dOut${k} * z${k} * s${k};
if (${inside}) { ${
      storeSeries(c, "dz", "dz", k, `dOut${k} * y${k} * s${k} * (1.0 + z${k} * (1.0 - s${k}))`)
    } }`;
  });
  return `${saved}\n${before}\n${steps}`;
}

/** One step back in time: gradients of the step's inputs, then of the state before it. */
function backwardStep(c: ScanConstants, k: number, B: SharedOperand, C: SharedOperand): string {
  const previous = (n: number) => k ? `h${k - 1}_${n}` : `hs_${n}`;
  const states = repeat(c.state, (n) =>
    `g${n} = fma(dy${k}, ${C.value(k, n)}, g${n});
let pB${n} = g${n} * du${k};
let pC${n} = dy${k} * h${k}_${n};
fromB = fma(g${n}, ${B.value(k, n)}, fromB);
g${n} *= e${k}_${n};
{ let q = g${n} * ${
      previous(n)
    }; fromA = fma(q, A${n}, fromA); dA${n} = fma(q, dt${k}, dA${n}); }`);
  const inside = c.exact ? "valid" : `valid && t0 + ${k}u < params.length`;
  const slope = c.softplus ? ` * sigmoid(raw${k})` : "";
  const skip = has(c, "D") ? `Dskip * dy${k} + ` : "";
  return `{ var fromB = 0.0; var fromA = 0.0;
${states}
${has(c, "D") ? `dD = fma(dy${k}, u${k}, dD);` : ""}
if (${inside}) {
  let slope = (u${k} * fromB + fromA * 0.6931471805599453)${slope};
  dBias += slope;
  ${storeSeries(c, "ddelta", "ddelta", k, "slope")}
  ${storeSeries(c, "du", "du", k, `${skip}dt${k} * fromB`)}
}
${c.subgroups ? scatterBySubgroup(c, k) : scatterByWorkgroup(c, k)} }`;
}

/** Values of dB|dC that each lane ends up with. */
export const sharedPerLane = (c: Pick<ScanConstants, "state" | "lanes">): number =>
  Math.ceil(2 * c.state / c.lanes);

/** Values of a word in which a lane stores its share of dB|dC: 1 where they would make no whole one. */
function sharedWidth(c: ScanConstants): number {
  const width = sharedPerLane(c);
  const whole = c.subgroups && (width === 2 || width === 4) && 2 * c.state === width * c.lanes;
  return whole ? width : 1;
}

const sharedValue = (c: ScanConstants, v: number): string =>
  v < c.state ? `pB${v}` : v < 2 * c.state ? `pC${v - c.state}` : "0.0";

/** First element of this tile's and step's row of the partial sums. */
const partialRow = (c: ScanConstants, k: number): string =>
  `((((tile % ${
    tilesPerGroup(c)
  }u) * params.batch + batch) * params.length + t0 + ${k}u) * ${c.groups}u + g) * ${2 * c.state}u`;

/**
 * Sums 2·state values over the lanes so that lane l keeps values l·q to l·q + q − 1: at every round a
 * lane hands half of its values to the lane whose number differs in one bit.
 */
function scatterBySubgroup(c: ScanConstants, k: number): string {
  const q = sharedPerLane(c);
  const kept = Array.from({ length: q }, (_, i) => {
    let lines = "";
    let names = Array.from({ length: c.lanes }, (_, l) => sharedValue(c, l * q + i));
    for (let half = c.lanes / 2; half >= 1; half /= 2) {
      const bit = `(lane & ${half}u) != 0u`;
      names = Array.from({ length: half }, (_, j) => {
        const name = `r${i}_${half}_${j}`;
        lines += `let ${name} = select(${names[j]}, ${
          names[j + half]
        }, ${bit}) + subgroupShuffleXor(select(${names[j + half]}, ${
          names[j]
        }, ${bit}), ${half}u);\n`;
        return name;
      });
    }
    return { lines, name: names[0] };
  });
  const inside = `tile < ${tilesPerGroup(c) * c.groups}u${
    c.exact ? "" : ` && t0 + ${k}u < params.length`
  }`;
  const row = partialRow(c, k);
  const width = sharedWidth(c);
  const store = width > 1
    ? `partialBC[(${row}) / ${width}u + lane] = vec${width}f(${
      kept.map(({ name }) => name).join(", ")
    });`
    : kept.map(({ name }, i) => {
      const v = `(lane * ${q}u + ${i}u)`;
      return `if (${v} < ${2 * c.state}u) { partialBC[${row} + ${v}] = ${name}; }`;
    }).join("\n");
  return `${kept.map(({ lines }) => lines).join("")}if (${inside}) { ${store} }`;
}

/** The same sums through workgroup memory, for devices without subgroups. */
function scatterByWorkgroup(c: ScanConstants, k: number): string {
  const writes = repeat(
    2 * c.state,
    (v) => `exchanged[${v * c.lanes}u + local] = ${sharedValue(c, v)};`,
  );
  const inside = c.exact ? "true" : `t0 + ${k}u < params.length`;
  return `workgroupBarrier();
${writes}
workgroupBarrier();
for (var v = local; v < ${2 * c.state}u; v += ${c.lanes}u) {
  var sum = 0.0;
  for (var l = 0u; l < ${c.lanes}u; l++) { sum += exchanged[v * ${c.lanes}u + l]; }
  if (${inside}) { partialBC[${partialRow(c, k)} + v] = sum; }
}`;
}

/** Sums over time that belong to a channel: `[batch, dim, state + 2]` holds dA, dD and the bias. */
function storeChannel(c: ScanConstants): string {
  const scale = (n: number) => c.logA ? ` * A${n} * 0.6931471805599453` : "";
  const row = (n: number | string) =>
    `perChannel[(batch * ${c.dim}u + d) * ${c.state + 2}u + ${n}u]`;
  return `if (valid) {
${repeat(c.state, (n) => `${row(n)} = dA${n}${scale(n)};`)}
${row(c.state)} = dD;
${row(c.state + 1)} = dBias;
${
    has(c, "initialState")
      ? repeat(c.state, (n) => `dInitial[(batch * ${c.dim}u + d) * ${c.state}u + ${n}u] = g${n};`)
      : ""
  }
}`;
}

/** What is baked into the text that sums the partial results of dB or dC over tiles. */
export interface SharedSumConstants {
  /** States. */
  readonly state: number;
  /** Groups. */
  readonly groups: number;
  /** 0 for dB, `state` for dC. */
  readonly first: number;
  /** Tiles to sum over. */
  readonly tiles: number;
  /** Layout of the target. */
  readonly timeMajor: boolean;
  /** Where the target lies. */
  readonly target: Placement;
}

/** Threads of a workgroup of {@linkcode sharedSumCode}. */
export const SHARED_SUM_WORKGROUP = 64;

/** dB (or dC) = Σ over tiles of the partial sums, in the order of the tiles. */
export function sharedSumCode(c: SharedSumConstants): string {
  const { stride, offset } = c.target;
  const vec4 = c.state % 4 === 0;
  const width = vec4 ? c.state / 4 : c.state;
  const per = vec4 ? 4 : 1;
  const at = (i: string) =>
    c.timeMajor
      ? `${offset}u + row * ${stride}u + g * ${c.state}u + ${i}`
      : `${offset}u + ((batch * ${c.groups}u + g) * ${c.state}u + ${i}) * ${stride}u + row % params.length`;
  const stores = vec4
    ? repeat(4, (i) => `target_[${at(`n * 4u + ${i}u`)}] = sum.${COMPONENTS[i]};`)
    : `target_[${at("n")}] = sum;`;
  return `${bindings([`partials: ${elementOf(vec4)}`, "out target_: f32"], ["rows", "length"])}
${entry(SHARED_SUM_WORKGROUP, 0)}
  let i = ${GROUP} * ${SHARED_SUM_WORKGROUP}u + local;
  if (i >= params.rows * ${c.groups * width}u) { return; }
  let n = i % ${width}u;
  let g = (i / ${width}u) % ${c.groups}u;
  let row = i / ${width * c.groups}u;
  let batch = row / params.length;
  let stride = params.rows * ${c.groups * 2 * c.state / per}u;
  var at = (row * ${c.groups}u + g) * ${2 * c.state / per}u + ${c.first / per}u + n;
  var sum = ${vec4 ? "vec4f()" : "0.0"};
  for (var tile = 0u; tile < ${c.tiles}u; tile++) { sum += partials[at]; at += stride; }
  ${stores}
}`;
}
