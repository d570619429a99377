/**
 * WGSL of the causal depthwise convolution with SiLU, unrolled over the taps.
 *
 * A thread owns four successive channels of one batch entry and walks a piece of time with the last
 * `width − 1` tokens in registers. A piece that does not begin at token 0 reads the `width − 1`
 * tokens before it again, so pieces need nothing of each other.
 *
 * @module
 */
import { SIGMOID } from "../elementwise/wgsl.ts";
import { bindings, COMPONENTS, elementOf, entry, load4, repeat, store4 } from "../wgsl.ts";

/** Threads of a workgroup. */
export const WORKGROUP = 64;

/** Names of the uniform's members: tokens, tokens of a piece, pieces of a batch entry, threads. */
const PARAMS = ["length", "span", "pieces", "threads"];

/** What both directions bake into their text. */
export interface ConvConstants {
  /** Channels. */
  readonly dim: number;
  /** Taps. */
  readonly width: number;
  /** Elements between tokens of x. */
  readonly xStride: number;
  /** First element of x within its binding. */
  readonly xOffset: number;
  /** Whether x can be read as vec4f. */
  readonly xVec4: boolean;
  /** First element of the weight within its binding. */
  readonly weightOffset: number;
  /** Whether four channels of the weight can be read as vec4f. */
  readonly weightVec4: boolean;
  /** First element of the bias within its binding, or −1 for no bias. */
  readonly biasOffset: number;
  /** First element of the initial state within its binding, or −1 for none. */
  readonly initialOffset: number;
  /** Whether four channels of the initial state can be read as vec4f. */
  readonly initialVec4: boolean;
  /** First element of the sequence index within its binding, or −1 for none. */
  readonly sequenceOffset: number;
}

/** What the forward bakes into its text besides. */
export interface ConvForwardConstants extends ConvConstants {
  /** Whether the last state is written. */
  readonly lastState: boolean;
}

/** What the backward bakes into its text besides. */
export interface ConvBackwardConstants extends ConvConstants {
  /** Elements between tokens of the output's gradient. */
  readonly dOutStride: number;
  /** First element of the output's gradient within its binding. */
  readonly dOutOffset: number;
  /** Whether the output's gradient can be read as vec4f. */
  readonly dOutVec4: boolean;
  /** Elements between tokens of the gradient of x. */
  readonly dXStride: number;
  /** First element of the gradient of x within its binding. */
  readonly dXOffset: number;
  /** Whether the gradient of x can be written as vec4f. */
  readonly dXVec4: boolean;
  /** First element of the last state's gradient within its binding, or −1 for none. */
  readonly dLastOffset: number;
  /** Whether four channels of the last state's gradient can be read as vec4f. */
  readonly dLastVec4: boolean;
}

/** out[t] = silu(bias + Σ_j weight[j]·x[t − width + 1 + j]). */
export function forwardCode(c: ConvForwardConstants): string {
  const vec4 = c.dim % 4 === 0;
  const arrays = [...inputs(c), `out result: ${elementOf(vec4)}`];
  if (c.lastState) arrays.push(`out last: ${elementOf(vec4)}`);
  const at = `((batch * params.length + t) * ${c.dim}u + channel)`;
  return `${SIGMOID}${bindings(arrays, PARAMS)}
${entry(WORKGROUP, 0)}
${head(c)}
  for (var t = start; t < end; t++) {
${activation(c)}
    ${store4("result", at, "pre * sigmoid(pre)", vec4, channelTail(c))}
${shiftWindow(c)}
  }
${
    c.lastState
      ? `if (end == params.length) {\n${storeTaps(c, "last", "v", c.width - 1, vec4)}\n}`
      : ""
  }
}`;
}

/**
 * Gradients of a piece of time. Token t adds to the gradients of the `width` tokens that it read,
 * which wait in registers d0, d1, …: the oldest is complete and leaves. The walk goes on `width − 1`
 * tokens past the piece, whose weight gradients belong to the next one.
 */
export function backwardCode(c: ConvBackwardConstants): string {
  const past = c.width - 1;
  const taps = elementOf(c.dim % 4 === 0);
  const arrays = [...inputs(c), `dOut: ${elementOf(c.dOutVec4)}`];
  if (c.dLastOffset >= 0) arrays.push(`dLast: ${elementOf(c.dLastVec4)}`);
  arrays.push(`out dX: ${elementOf(c.dXVec4)}`, `out dWeight: ${taps}`);
  if (c.biasOffset >= 0) arrays.push(`out dBias: ${taps}`);
  if (c.initialOffset >= 0) arrays.push("out dInitial: f32");
  return `${SIGMOID}${bindings(arrays, PARAMS)}
${entry(WORKGROUP, 0)}
${head(c)}
  var gradientBias = vec4f();
  ${repeat(c.width, (j) => `var gradientWeight${j} = vec4f();`)}
  ${repeat(past, (j) => `var d${j} = vec4f();`)}
  for (var t = start; t < end + ${past}u; t++) {
    var g = vec4f();
    if (t < params.length) {
${activation(c)}
${activationGradient(c)}
${shiftWindow(c)}
    }${lastStateGradient(c)}
    ${repeat(past, (j) => `d${j} = fma(${whereValid(c, j, `w${j}`)}, g, d${j});`)}
${storeInputGradient(c)}
    ${repeat(past, (j) => j + 1 < past ? `d${j} = d${j + 1};` : `d${j} = w${past} * g;`)}
    ${c.sequenceOffset < 0 ? "" : `valid = min(valid + 1u, ${past}u);`}
  }
${storePartials(c)}
}`;
}

function inputs(c: ConvConstants): string[] {
  const arrays = [`x: ${elementOf(c.xVec4)}`, `weight: ${elementOf(c.weightVec4)}`];
  if (c.biasOffset >= 0) arrays.push("bias: f32");
  if (c.initialOffset >= 0) arrays.push(`initial: ${elementOf(c.initialVec4)}`);
  if (c.sequenceOffset >= 0) arrays.push("sequence: i32");
  return arrays;
}

const channelTail = (c: ConvConstants) => ({ position: "channel", limit: `${c.dim}u` });

/** Which channels and tokens the thread owns, its weights, and its window at the first token. */
function head(c: ConvConstants): string {
  const bias = c.biasOffset < 0
    ? "vec4f()"
    : load4("bias", `(${c.biasOffset}u + channel)`, false, channelTail(c));
  return `  let i = group.x * ${WORKGROUP}u + local;
  if (i >= params.threads) { return; }
  let channel = (i % ${Math.ceil(c.dim / 4)}u) * 4u;
  let piece = i / ${Math.ceil(c.dim / 4)}u;
  let batch = piece / params.pieces;
  let start = (piece % params.pieces) * params.span;
  let end = min(start + params.span, params.length);
${loadTaps(c, "w", "weight", "0u", c.width, c.weightOffset, c.weightVec4)}
  let offset = ${bias};
  ${repeat(c.width - 1, (j) => `var v${j} = vec4f();`)}
${firstWindow(c)}`;
}

/** The initial state, or the tokens before the piece; `span ≥ width − 1` keeps those in range. */
function firstWindow(c: ConvConstants): string {
  const past = c.width - 1;
  const sequences = c.sequenceOffset >= 0;
  const initial = c.initialOffset < 0 ? "" : `{
${loadTaps(c, "s", "initial", "batch", past, c.initialOffset, c.initialVec4)}
${repeat(past, (j) => `v${j} = s${j};`)}
  }`;
  const token = (j: number) => {
    const reset = j === 0 ? "" : resetAt(c, `start - ${past - j}u`, j, past - j);
    return `${sequences && j > 0 ? reset : ""}
    v${j} = ${loadToken(c, "x", `(start - ${past - j}u)`, c.xStride, c.xOffset, c.xVec4)};`;
  };
  return `${
    sequences
      ? `var valid = ${past}u;
  var current = ${sequenceAt(c, `max(start, ${past}u) - ${past}u`)};`
      : ""
  }
  if (start > 0u) {${repeat(past, token)}
  } else {${initial}}`;
}

const sequenceAt = (c: ConvConstants, t: string) =>
  `sequence[${c.sequenceOffset}u + batch * params.length + ${t}]`;

/** Empties the first `held` places of the window where token `t` begins another sequence. */
function resetAt(c: ConvConstants, t: string, held: number, valid: number): string {
  return `{
      let next = ${sequenceAt(c, t)};
      if (next != current) { ${repeat(held, (j) => `v${j} = vec4f();`)} valid = ${valid}u; }
      current = next;
    }`;
}

/** Four channels of token `t`. */
function loadToken(
  c: ConvConstants,
  name: string,
  t: string,
  stride: number,
  offset: number,
  vec4: boolean,
): string {
  const at = `(${offset}u + (batch * params.length + ${t}) * ${stride}u + channel)`;
  return load4(name, at, vec4, channelTail(c));
}

/** Token `t` enters the window; `pre` is its value before SiLU. */
function activation(c: ConvConstants): string {
  const past = c.width - 1;
  const terms = repeat(c.width, (j) => `pre = fma(w${j}, v${j}, pre);`);
  return `    ${c.sequenceOffset < 0 ? "" : resetAt(c, "t", past, 0)}
    let v${past} = ${loadToken(c, "x", "t", c.xStride, c.xOffset, c.xVec4)};
    var pre = offset;
    ${terms}`;
}

function shiftWindow(c: ConvConstants): string {
  return repeat(c.width - 1, (j) => `    v${j} = v${j + 1};`);
}

function activationGradient(c: ConvBackwardConstants): string {
  const upstream = loadToken(c, "dOut", "t", c.dOutStride, c.dOutOffset, c.dOutVec4);
  return `    let s = sigmoid(pre);
    g = ${upstream} * s * fma(pre, 1.0 - s, vec4f(1.0));
    let own = select(vec4f(), g, t < end);
    gradientBias += own;
    ${repeat(c.width, (j) => `gradientWeight${j} = fma(own, v${j}, gradientWeight${j});`)}`;
}

/** `value`, or zero where place `j` of the window belongs to an earlier sequence. */
function whereValid(c: ConvConstants, j: number, value: string): string {
  if (c.sequenceOffset < 0) return value;
  return `select(vec4f(), ${value}, valid + ${j}u >= ${c.width - 1}u)`;
}

/** The last state is the window after the last token. */
function lastStateGradient(c: ConvBackwardConstants): string {
  if (c.dLastOffset < 0) return "";
  const past = c.width - 1;
  return ` else if (t == params.length) {
${loadTaps(c, "u", "dLast", "batch", past, c.dLastOffset, c.dLastVec4)}
      ${repeat(past, (j) => `d${j} += ${whereValid(c, j, `u${j}`)};`)}
    }`;
}

function storeInputGradient(c: ConvBackwardConstants): string {
  const past = c.width - 1;
  const at = `(${c.dXOffset}u + (batch * params.length + t - ${past}u) * ${c.dXStride}u + channel)`;
  const state = `(batch * ${c.dim}u + channel) * ${past}u + t`;
  const initial = c.initialOffset < 0 ? "" : ` else if (start == 0u) {
      ${
    repeat(4, (k) =>
      `if (channel + ${k}u < ${c.dim}u) { dInitial[${state} + ${k * past}u] = d0.${
        COMPONENTS[k]
      }; }`)
  }
    }`;
  return `    if (t >= start + ${past}u) {
      ${store4("dX", at, "d0", c.dXVec4, channelTail(c))}
    }${initial}`;
}

function storePartials(c: ConvBackwardConstants): string {
  const vec4 = c.dim % 4 === 0;
  const bias = store4(
    "dBias",
    `(piece * ${c.dim}u + channel)`,
    "gradientBias",
    vec4,
    channelTail(c),
  );
  return `${storeTaps(c, "dWeight", "gradientWeight", c.width, vec4, "piece")}
  ${c.biasOffset < 0 ? "" : bias}`;
}

/**
 * Declares `prefix0`, `prefix1`, …: four channels of each tap of an array `[entries, dim, taps]`.
 * Aligned, the 4·taps successive numbers of four channels are read as vectors and transposed.
 */
function loadTaps(
  c: ConvConstants,
  prefix: string,
  name: string,
  batch: string,
  taps: number,
  offset: number,
  vec4: boolean,
): string {
  const base = `(${offset}u + (${batch} * ${c.dim}u + channel) * ${taps}u)`;
  const element = (channel: number, tap: number) => {
    const i = channel * taps + tap;
    if (vec4) return `${prefix}Raw${i >> 2}.${COMPONENTS[i & 3]}`;
    return `select(0.0, ${name}[${base} + ${i}u], channel + ${channel}u < ${c.dim}u)`;
  };
  const raw = vec4
    ? repeat(taps, (i) => `let ${prefix}Raw${i} = ${name}[(${base} >> 2u) + ${i}u];`)
    : "";
  return `${raw}\n${
    repeat(taps, (tap) => {
      const parts = [0, 1, 2, 3].map((channel) => element(channel, tap));
      return `let ${prefix}${tap} = vec4f(${parts.join(", ")});`;
    })
  }`;
}

/** Stores what {@linkcode loadTaps} reads, from the start of the binding. */
function storeTaps(
  c: ConvConstants,
  name: string,
  prefix: string,
  taps: number,
  vec4: boolean,
  batch = "batch",
): string {
  const base = `((${batch} * ${c.dim}u + channel) * ${taps}u)`;
  const element = (i: number) => `${prefix}${i % taps}.${COMPONENTS[Math.floor(i / taps)]}`;
  if (vec4) {
    return repeat(taps, (i) => {
      const parts = [0, 1, 2, 3].map((k) => element(4 * i + k));
      return `${name}[(${base} >> 2u) + ${i}u] = vec4f(${parts.join(", ")});`;
    });
  }
  return repeat(
    4 * taps,
    (i) =>
      `if (channel + ${Math.floor(i / taps)}u < ${c.dim}u) { ${name}[${base} + ${i}u] = ${
        element(i)
      }; }`,
  );
}
