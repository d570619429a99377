/**
 * WGSL for sections of time that run side by side, for adapters with more lanes than there are
 * channels: reduce, then scan.
 *
 * The state after a section is what it would be from zero plus the state before it times the product
 * of the section's decays. So each section is first summed up from zero; then the sums are carried
 * from section to section; then every section runs from its own state. The gradient of the state goes
 * the other way by the same rule.
 *
 * @module
 */
import { GROUP } from "../grid.ts";
import { bindings, elementOf, entry, repeat, SOFTPLUS } from "../wgsl.ts";
import { has, type ScanConstants } from "./constants.ts";
import { loadTurned, seriesAt, turningBits } from "./series.ts";
import {
  advance,
  channel,
  decay,
  drive,
  eachQuad,
  inputBindings,
  type INPUTS,
  loadA,
  PARAMS,
  place,
  sectionRow,
  SharedOperand,
  stateOf,
  stepReset,
  stepSize,
  upstream,
} from "./step.ts";

type Input = (typeof INPUTS)[number];

/** What the state after a section depends on. */
export const FORWARD_INPUTS: readonly Input[] = [
  "u",
  "delta",
  "A",
  "B",
  "deltaBias",
  "sequenceIndex",
];

/** What the gradient of the state before a section depends on, besides dOut. */
export const BACKWARD_INPUTS: readonly Input[] = [
  "delta",
  "A",
  "C",
  "z",
  "deltaBias",
  "sequenceIndex",
];

/** `ends[batch, section, dim, state]`: states after each section from zero; `products`: of its decays. */
export function forwardSumsCode(c: ScanConstants): string {
  const B = new SharedOperand(c, "B");
  const steps = repeat(
    c.chunk,
    (k) =>
      `{ ${stepReset(c, k)}${stepSize(c, k)} ${drive(c, k)} ${addStep(c, k)}
${eachQuad(c, (q) => advance(c, k, q, B))} }`,
  );
  return sumsCode(
    c,
    inputBindings(c, FORWARD_INPUTS),
    (first, end) =>
      `for (var chunk = ${first}; chunk < ${end}; chunk++) {
    let t0 = chunk * ${c.chunk}u;
    ${B.load()}
    ${loadTurned(c, ["u", "delta"])}
    ${steps}
  }`,
  );
}

/** The same for the gradient of the state before each section, where that after it is zero. */
export function backwardSumsCode(c: ScanConstants): string {
  const C = new SharedOperand(c, "C");
  const gate = (k: number) =>
    has(c, "z")
      ? `let z${k} = ${seriesAt(c, "z", k)}; let dy = dOut${k} * z${k} * sigmoid(z${k});`
      : `let dy = dOut${k};`;
  const step = (k: number) =>
    `{ ${stepReset(c, k)}${stepSize(c, k)} ${addStep(c, k)}
${upstream(c, k)} ${gate(k)}
${eachQuad(c, (q) => `h${q} = fma(vec4f(dy), ${C.quad(k, q)}, h${q}) * ${decay(c, k, q)};`)} }`;
  const arrays = [...inputBindings(c, BACKWARD_INPUTS), `dOut: ${elementOf(c.turned)}`];
  return sumsCode(c, arrays, (first, end) =>
    `for (var left = ${end}; left > ${first}; left--) {
    let t0 = (left - 1u) * ${c.chunk}u;
    ${C.load()}
    ${loadTurned(c, ["delta", "z", "dOut"])}
    ${repeat(c.chunk, (i) => step(c.chunk - 1 - i))}
  }`);
}

/** Sums the step sizes, which give the product of the decays; a new sequence makes it zero. */
const addStep = (c: ScanConstants, k: number): string =>
  `time += dt${k};${has(c, "sequenceIndex") ? ` resets += reset${k};` : ""}`;

function sumsCode(
  c: ScanConstants,
  inputs: readonly string[],
  loop: (first: string, end: string) => string,
): string {
  const arrays = [...inputs, "out ends: f32", "out products: f32"];
  const reset = has(c, "sequenceIndex");
  const at = (n: number) => `${sectionRow(c)} * ${c.state}u + ${n}u`;
  return `${bindings(arrays, PARAMS)}${SOFTPLUS}
${entry(c.lanes * c.tiles, c.subgroups ? c.lanes : 0)}${place(c)}${channel(c)}
  ${turningBits(c)}
  ${loadA(c)}
  ${eachQuad(c, (q) => `var h${q} = vec4f();`)}
  var time = 0.0;
  ${reset ? "var resets = 0.0;" : ""}
  ${loop(`firstBlock * ${c.block}u`, `min(endBlock * ${c.block}u, chunks)`)}
  if (valid) {
    ${
    eachQuad(c, (q) =>
      `let product${q} = exp2(${
        reset ? `fma(vec4f(time), A${q}, vec4f(resets))` : `time * A${q}`
      });`)
  }
    ${
    repeat(c.state, (n) =>
      `ends[${at(n)}] = ${stateOf("h", n)};
    products[${at(n)}] = ${stateOf("product", n)};`)
  }
  }
}`;
}

/** Threads of a workgroup of {@linkcode carryCode}. */
export const CARRY_WORKGROUP = 64;

/** What is baked into the text that carries states from section to section. */
export interface CarryConstants {
  /** From the last section to the first. */
  readonly reverse: boolean;
  /** Whether there is a state to begin with. */
  readonly initial: boolean;
  /** First element of that state within its binding. */
  readonly offset: number;
}

/**
 * carried[batch, section, i] is the state that enters a section: that which entered the one before,
 * times the product of its decays, plus what it adds.
 */
export function carryCode(c: CarryConstants): string {
  const arrays = ["ends: f32", "products: f32"];
  if (c.initial) arrays.push("initial: f32");
  arrays.push("out carried: f32");
  const section = c.reverse ? "params.sections - 1u - i" : "i";
  return `${bindings(arrays, ["size", "width", "sections"])}
${entry(CARRY_WORKGROUP, 0)}
  let lane = ${GROUP} * ${CARRY_WORKGROUP}u + local;
  if (lane >= params.size) { return; }
  let batch = lane / params.width;
  var state = ${c.initial ? `initial[${c.offset}u + lane]` : "0.0"};
  for (var i = 0u; i < params.sections; i++) {
    let at = (batch * params.sections + ${section}) * params.width + lane % params.width;
    carried[at] = state;
    state = fma(products[at], state, ends[at]);
  }
}`;
}
