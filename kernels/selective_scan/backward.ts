/**
 * WGSL of the backward selective scan.
 *
 * Blocks are walked in reverse. The states before every chunk of a block are computed again from
 * those saved before the block and kept in private memory; then the chunks are walked in reverse, the
 * states of each once more in registers. Nothing is divided by a decay.
 *
 * @module
 */
import { bindings, elementOf, entry, repeat, SOFTPLUS } from "../wgsl.ts";
import { has, type ScanConstants } from "./constants.ts";
import { scatterChunk, scatterSteps, sharedScratch, sharedWidth } from "./partial_sums.ts";
import {
  inRounds,
  keepTurned,
  loadTurned,
  seriesAt,
  storeSeries,
  storeTurned,
  turningBits,
} from "./series.ts";
import {
  addProducts,
  advance,
  channel,
  decay,
  drive,
  eachQuad,
  inputBindings,
  inside,
  loadA,
  loadStep,
  PARAMS,
  quadOf,
  savedWord,
  sectionIndex,
  sectionRow,
  SharedOperand,
  stateOf,
  stepSize,
} from "./step.ts";

/**
 * The backward scan. Inputs follow those of the forward: dOut, the saved states, and the gradient of
 * the state after every section where there is one. Outputs: du, ddelta, dz where gated, the partial
 * sums of dB|dC by tile, and by sequence and section dA, dD, the gradient of the delta bias; last that
 * of the initial state.
 */
export function backwardCode(c: ScanConstants): string {
  const word = elementOf(c.turned);
  const arrays = [...inputBindings(c), `dOut: ${word}`, "states: vec4f"];
  if (c.lastState) arrays.push("dLast: f32");
  arrays.push(`out du: ${word}`, `out ddelta: ${word}`);
  if (has(c, "z")) arrays.push(`out dz: ${word}`);
  const width = sharedWidth(c);
  arrays.push(`out partialBC: ${width > 1 ? `vec${width}f` : "f32"}`, "out perChannel: f32");
  if (has(c, "initialState")) arrays.push("out dInitial: f32");
  return `${bindings(arrays, PARAMS)}${SOFTPLUS}${sharedScratch(c)}
${entry(c.lanes * c.tiles, c.subgroups ? c.lanes : 0)}${channel(c)}
  ${turningBits(c)}
  ${loadA(c)}
  ${eachQuad(c, (q) => `var g${q} = ${incoming(c, q)}; var dA${q} = vec4f();`)}
  var dD = 0.0;
  var dBias = 0.0;
  ${c.block > 1 ? eachQuad(c, (q) => `var before${q}: array<vec4f, ${c.block}>;`) : ""}
  for (var blocksLeft = endBlock; blocksLeft > firstBlock; blocksLeft--) {
    let block = blocksLeft - 1u;
    let firstChunk = block * ${c.block}u;
    let endChunk = min(firstChunk + ${c.block}u, chunks);
    ${c.block > 1 ? statesBeforeChunks(c) : ""}
    for (var left = endChunk; left > firstChunk; left--) {
      let chunk = left - 1u;
      ${chunkBackward(c)}
    }
  }
  ${storeChannel(c)}
}`;
}

function incoming(c: ScanConstants, q: number): string {
  if (!c.lastState) return "vec4f()";
  const at = sectionIndex(c, "dLast");
  return `select(vec4f(), ${quadOf(c, q, (n) => `dLast[${at} + ${n}u]`)}, valid)`;
}

/**
 * Fills `before` with the states before every chunk of the block: an array for every word, since one of
 * all takes a driver five times as long to compile.
 */
function statesBeforeChunks(c: ScanConstants): string {
  const steps = (round: ScanConstants) => {
    const B = new SharedOperand(round, "B");
    return `${B.load()}
${
      repeat(round.chunk, (k) =>
        `{ ${stepSize(round, k)} ${drive(round, k)}
${eachQuad(round, (q) => advance(round, k, q, B))} }`)
    }`;
  };
  return `{
    ${eachQuad(c, (q) => `var h${q} = ${savedWord(c, q)}; before${q}[0] = h${q};`)}
    for (var chunk = firstChunk; chunk + 1u < endChunk; chunk++) {
      let t0 = chunk * ${c.chunk}u;
      ${loadTurned(c, ["u", "delta"], "var")}
      ${inRounds(c, ["u", "delta"], steps)}
      let slot = chunk + 1u - firstChunk;
      ${eachQuad(c, (q) => `before${q}[slot] = h${q};`)}
    }
  }`;
}

function chunkBackward(c: ScanConstants): string {
  const gradients = ["du", "ddelta", ...(has(c, "z") ? ["dz"] : [])];
  const [B, C] = [new SharedOperand(c, "B"), new SharedOperand(c, "C")];
  const steps = Array.from({ length: c.chunk }, (_, i) => c.chunk - 1 - i);
  return `let t0 = chunk * ${c.chunk}u;
      ${B.load()}
      ${C.load()}
      ${loadTurned(c)}
      ${keepTurned(c, gradients)}
      ${recompute(c, B, C)}
      ${steps.map((k) => backwardStep(c, k, B, C) + scatterSteps(c, k)).join("\n")}
      ${scatterChunk(c)}
      ${storeTurned(c, gradients, gradients)}`;
}

/** States of the chunk, and what each step's output contributes. */
function recompute(c: ScanConstants, B: SharedOperand, C: SharedOperand): string {
  const word = (q: number) => c.block > 1 ? `before${q}[chunk - firstChunk]` : savedWord(c, q);
  const before = eachQuad(c, (q) => `let hs_${q} = ${word(q)};`);
  const steps = repeat(c.chunk, (k) => {
    const upstream = `let dOut${k} = select(0.0, ${seriesAt(c, "dOut", k)}, ${inside(c, k)});`;
    const states = eachQuad(c, (q) =>
      `let e${k}_${q} = ${decay(c, k, q)};
let h${k}_${q} = fma(e${k}_${q}, ${previousState(k, q)}, du${k} * ${B.quad(k, q)});`);
    if (!has(c, "z")) return `${loadStep(c, k)}${upstream}${states}let dy${k} = dOut${k};`;
    const output = `var y${k} = ${has(c, "D") ? `Dskip * u${k}` : "0.0"};` +
      eachQuad(c, (q) =>
        `let C${k}_${q} = ${C.quad(k, q)};
${addProducts(c, `y${k}`, q, [`h${k}_${q}`, `C${k}_${q}`])}`);
    const dz = `dOut${k} * y${k} * s${k} * (1.0 + z${k} * (1.0 - s${k}))`;
    return `${loadStep(c, k)}${upstream}${states}${output}
let s${k} = sigmoid(z${k});
let dy${k} = dOut${k} * z${k} * s${k};
if (${inside(c, k)}) { ${storeSeries(c, "dz", "dz", k, dz)} }`;
  });
  return `${before}\n${steps}`;
}

/** Four states before step k of the chunk. */
const previousState = (k: number, q: number): string => k ? `h${k - 1}_${q}` : `hs_${q}`;

/** One step back in time: gradients of the step's inputs, then of the state before it. */
function backwardStep(c: ScanConstants, k: number, B: SharedOperand, C: SharedOperand): string {
  const states = eachQuad(c, (q) =>
    `let gh${k}_${q} = fma(vec4f(dy${k}), ${C.quad(k, q)}, g${q});
let pB${k}_${q} = gh${k}_${q} * du${k};
let pC${k}_${q} = dy${k} * h${k}_${q};
let B${k}_${q} = ${B.quad(k, q)};
${addProducts(c, `fromB${k}`, q, [`gh${k}_${q}`, `B${k}_${q}`])}
g${q} = gh${k}_${q} * e${k}_${q};
let gA${k}_${q} = g${q} * ${previousState(k, q)};
${addProducts(c, `fromA${k}`, q, [`gA${k}_${q}`, `A${q}`])}
dA${q} = fma(gA${k}_${q}, vec4f(dt${k}), dA${q});`);
  const slope = c.softplus ? ` * sigmoid(raw${k})` : "";
  const skip = has(c, "D") ? `Dskip * dy${k} + ` : "";
  return `var fromB${k} = 0.0; var fromA${k} = 0.0;
${states}
${has(c, "D") ? `dD = fma(dy${k}, u${k}, dD);` : ""}
if (${inside(c, k)}) {
  let slope = (u${k} * fromB${k} + fromA${k} * 0.6931471805599453)${slope};
  dBias += slope;
  ${storeSeries(c, "ddelta", "ddelta", k, "slope")}
  ${storeSeries(c, "du", "du", k, `${skip}dt${k} * fromB${k}`)}
}
`;
}

/**
 * Sums over time that belong to a channel: `[batch, sections, dim, state + 2]` holds dA, dD and the
 * bias.
 */
function storeChannel(c: ScanConstants): string {
  const scale = (n: number) => c.logA ? ` * ${stateOf("A", n)} * 0.6931471805599453` : "";
  const row = (n: number) => `perChannel[${sectionRow(c)} * ${c.state + 2}u + ${n}u]`;
  const initial = repeat(
    c.state,
    (n) => `dInitial[(batch * ${c.dim}u + d) * ${c.state}u + ${n}u] = ${stateOf("g", n)};`,
  );
  return `if (valid) {
${repeat(c.state, (n) => `${row(n)} = ${stateOf("dA", n)}${scale(n)};`)}
${row(c.state)} = dD;
${row(c.state + 1)} = dBias;
${has(c, "initialState") ? `if (firstBlock == 0u) { ${initial} }` : ""}
}`;
}
