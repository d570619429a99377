/**
 * WGSL of the backward selective scan.
 *
 * Blocks are walked in reverse. The states before every chunk of a block are computed again from
 * those saved before the block and kept; then the chunks are walked in reverse, four states after
 * four, the states of each chunk's steps once more in registers. Nothing is divided by a decay.
 *
 * @module
 */
import { bindings, elementOf, entry, repeat, SOFTPLUS } from "../wgsl.ts";
import { declareBefore, lastBefore, popBefore, pushBefore } from "./before.ts";
import { Channels } from "./channels.ts";
import { has, type ScanConstants } from "./constants.ts";
import { partialElement, scatterChunk, scatterQuad, sharedScratch } from "./partial_sums.ts";
import {
  inRounds,
  keepTurned,
  loadTurned,
  moveSeries,
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
  loadA,
  loadStep,
  PARAMS,
  place,
  quadOf,
  savedWord,
  sectionIndex,
  sectionRow,
  SharedOperand,
  stateOf,
  stepReset,
  stepSize,
  upstream,
  whereInside,
} from "./step.ts";

/**
 * The backward scan. Inputs follow those of the forward: dOut, the saved states, and the gradient of
 * the state after every section where there is one. Outputs: du, ddelta, dz where gated, the partial
 * sums of dB|dC by subgroup, and by sequence and section dA, dD, the gradient of the delta bias; last that
 * of the initial state.
 */
export function backwardCode(c: ScanConstants): string {
  const word = elementOf(c.turned);
  const arrays = [...inputBindings(c), `dOut: ${word}`, "states: vec4f"];
  if (c.lastState) arrays.push("dLast: f32");
  arrays.push(`out du: ${word}`, `out ddelta: ${word}`);
  if (has(c, "z")) arrays.push(`out dz: ${word}`);
  arrays.push(`out partialBC: ${partialElement(c)}`, "out perChannel: f32");
  if (has(c, "initialState")) arrays.push("out dInitial: f32");
  const channels = new Channels(c.channels);
  return `${bindings(arrays, PARAMS)}${SOFTPLUS}${sharedScratch(c)}
${entry(c.lanes * c.tiles, c.subgroups ? c.lanes : 0)}${place(c)}
  ${channels.each((i) => channel(c, i))}
  ${turningBits(c)}
  ${
    channels.each(`${loadA(c)}
  ${eachQuad(c, (q) => `var g${q} = ${incoming(c, q)}; var dA${q} = vec4f();`)}
  var dD = 0.0;
  var dBias = 0.0;
  ${c.block > 1 ? eachQuad(c, (q) => declareBefore(c, q)) : ""}`)
  }
  for (var blocksLeft = endBlock; blocksLeft > firstBlock; blocksLeft--) {
    let block = blocksLeft - 1u;
    let firstChunk = block * ${c.block}u;
    let endChunk = min(firstChunk + ${c.block}u, chunks);
    ${c.block > 1 ? statesBeforeChunks(c, channels) : ""}
    for (var left = endChunk; left > firstChunk; left--) {
      let chunk = left - 1u;
      ${chunkBackward(c, channels)}
    }
  }
  ${channels.each(storeChannel(c))}
}`;
}

function incoming(c: ScanConstants, q: number): string {
  if (!c.lastState) return "vec4f()";
  const at = sectionIndex(c, "dLast");
  return `select(vec4f(), ${quadOf(c, q, (n) => `dLast[${at} + ${n}u]`)}, valid)`;
}

/** Keeps the states before every chunk of the block. */
function statesBeforeChunks(c: ScanConstants, channels: Channels): string {
  const series = ["u", "delta"];
  const steps = (round: ScanConstants) => {
    const B = new SharedOperand(round, "B");
    return `${B.load()}
${
      repeat(round.chunk, (k) =>
        `{ ${stepReset(round, k)}
${
          channels.each(`${stepSize(round, k)} ${drive(round, k)}
${eachQuad(round, (q) => advance(round, k, q, B))}`)
        } }`)
    }`;
  };
  const first = eachQuad(
    c,
    (q) => `var h${q} = ${savedWord(c, q)}; ${pushBefore(c, q, "firstChunk", `h${q}`)}`,
  );
  return `{
    ${channels.each(first)}
    for (var chunk = firstChunk; chunk + 1u < endChunk; chunk++) {
      let t0 = chunk * ${c.chunk}u;
      ${channels.each(loadTurned(c, series, "var"))}
      ${inRounds(c, steps, channels.each(moveSeries(c, series)))}
      ${channels.each(eachQuad(c, (q) => pushBefore(c, q, "chunk + 1u", `h${q}`)))}
    }
  }`;
}

function chunkBackward(c: ScanConstants, channels: Channels): string {
  const gradients = ["du", "ddelta", ...(has(c, "z") ? ["dz"] : [])];
  const [B, C] = [new SharedOperand(c, "B"), new SharedOperand(c, "C")];
  const shared = (q: number) =>
    repeat(c.chunk, (k) => `let B${k}_${q} = ${B.quad(k, q)}; let C${k}_${q} = ${C.quad(k, q)};`);
  return `let t0 = chunk * ${c.chunk}u;
      ${B.load()}
      ${C.load()}
      ${repeat(c.chunk, (k) => stepReset(c, k))}
      ${
    channels.each(`${loadTurned(c)}
      ${keepTurned(c, gradients)}
      ${repeat(c.chunk, (k) => stepInputs(c, k))}`)
  }
      ${
    eachQuad(c, (q) =>
      `{ ${shared(q)}
      ${channels.each(`${recompute(c, q)}\n${back(c, q)}`)}
      ${scatterQuad(c, q, channels)} }`)
  }
      ${
    channels.each(`${stepsBack(c, (k) => stepGradients(c, k))}
      ${storeTurned(c, gradients, gradients)}
      ${c.block > 1 ? eachQuad(c, (q) => popBefore(c, q)) : ""}`)
  }
      ${scatterChunk(c)}`;
}

/** One piece of text for every step of a chunk, the last step first. */
const stepsBack = (c: ScanConstants, piece: (k: number) => string): string =>
  repeat(c.chunk, (i) => piece(c.chunk - 1 - i));

/** What all states of step k share: its inputs, the gradient of its output, and sums over states. */
function stepInputs(c: ScanConstants, k: number): string {
  const gated = `let s${k} = sigmoid(z${k});
let dy${k} = dOut${k} * z${k} * s${k};
var y${k} = ${has(c, "D") ? `Dskip * u${k}` : "0.0"};`;
  return `${loadStep(c, k)}${upstream(c, k)}${has(c, "z") ? gated : `let dy${k} = dOut${k};`}
var fromB${k} = 0.0; var fromA${k} = 0.0;`;
}

/** Four states at every step of the chunk, and what they add to each step's output. */
function recompute(c: ScanConstants, q: number): string {
  const before = `let hs_${q} = ${c.block > 1 ? lastBefore(c, q) : savedWord(c, q)};`;
  return before + repeat(c.chunk, (k) =>
    `let e${k}_${q} = ${decay(c, k, q)};
let h${k}_${q} = fma(e${k}_${q}, ${previousState(k, q)}, du${k} * B${k}_${q});
${has(c, "z") ? addProducts(c, `y${k}`, q, [`h${k}_${q}`, `C${k}_${q}`]) : ""}`);
}

/** Four states before step k of the chunk. */
const previousState = (k: number, q: number): string => k ? `h${k - 1}_${q}` : `hs_${q}`;

/** Gradients of four states back through the chunk, and what they add to those of the steps' inputs. */
const back = (c: ScanConstants, q: number): string =>
  stepsBack(c, (k) =>
    `let gh${k}_${q} = fma(vec4f(dy${k}), C${k}_${q}, g${q});
let pB${k}_${q} = gh${k}_${q} * du${k};
let pC${k}_${q} = dy${k} * h${k}_${q};
${addProducts(c, `fromB${k}`, q, [`gh${k}_${q}`, `B${k}_${q}`])}
g${q} = gh${k}_${q} * e${k}_${q};
let gA${k}_${q} = g${q} * ${previousState(k, q)};
${addProducts(c, `fromA${k}`, q, [`gA${k}_${q}`, `A${q}`])}
dA${q} = fma(gA${k}_${q}, vec4f(dt${k}), dA${q});`);

/** Gradients of step k's inputs, from the sums over its states. */
function stepGradients(c: ScanConstants, k: number): string {
  const slope = c.softplus ? ` * sigmoid(raw${k})` : "";
  const skip = has(c, "D") ? `Dskip * dy${k} + ` : "";
  const dz = `dOut${k} * y${k} * s${k} * (1.0 + z${k} * (1.0 - s${k}))`;
  const gradients = `let slope${k} = (u${k} * fromB${k} + fromA${k} * 0.6931471805599453)${slope};
  dBias += slope${k};
  ${storeSeries(c, "ddelta", "ddelta", k, `slope${k}`)}
  ${storeSeries(c, "du", "du", k, `${skip}dt${k} * fromB${k}`)}
  ${has(c, "z") ? storeSeries(c, "dz", "dz", k, dz) : ""}`;
  return `${has(c, "D") ? `dD = fma(dy${k}, u${k}, dD);` : ""}
${whereInside(c, k, gradients)}`;
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
