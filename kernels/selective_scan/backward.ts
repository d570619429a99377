/**
 * WGSL of the backward selective scan.
 *
 * Blocks are walked in reverse. The states before every chunk of a block are computed again from
 * those saved before the block and kept in private memory; then the chunks are walked in reverse, the
 * states of each once more in registers. Nothing is divided by a decay.
 *
 * @module
 */
import { bindings, COMPONENTS, elementOf, entry, repeat, SOFTPLUS } from "../wgsl.ts";
import { has, type ScanConstants, stateQuads } from "./constants.ts";
import { scatterSteps, sharedScratch, sharedWidth } from "./partial_sums.ts";
import {
  keepTurned,
  loadTurned,
  seriesAt,
  storeSeries,
  storeTurned,
  turningBits,
} from "./series.ts";
import {
  channel,
  decay,
  drive,
  inputBindings,
  inside,
  loadA,
  loadStep,
  params,
  savedWord,
  SharedOperand,
  stateIndex,
  stateWord,
  stepSize,
} from "./step.ts";

/**
 * The backward scan. Inputs follow those of the forward: dOut, the saved states, and the gradient of
 * the state after the last step (of every section's last step) where there is one. Outputs: du, ddelta,
 * dz where gated, the partial sums of dB|dC by tile, and by sequence (and section) dA, dD, the gradient
 * of the delta bias; last that of the initial state.
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
  return `${bindings(arrays, params(c))}${SOFTPLUS}${sharedScratch(c)}
${entry(c.lanes * c.tiles, c.subgroups ? c.lanes : 0)}${channel(c)}
  ${turningBits(c)}
  ${loadA(c)}
  ${repeat(c.state, (n) => `var g${n} = ${incoming(c, n)}; var dA${n} = 0.0;`)}
  var dD = 0.0;
  var dBias = 0.0;
  ${c.block > 1 ? repeat(stateQuads(c), (q) => `var before${q}: array<vec4f, ${c.block}>;`) : ""}
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

function incoming(c: ScanConstants, n: number): string {
  if (!c.lastState) return "0.0";
  const at = c.sections
    ? `((batch * sections + section) * ${c.dim}u + d) * ${c.state}u`
    : stateIndex(c, "dLast");
  return `select(0.0, dLast[${at} + ${n}u], valid)`;
}

/**
 * Fills `before` with the states before every chunk of the block: an array for every word, since one of
 * all takes a driver five times as long to compile.
 */
function statesBeforeChunks(c: ScanConstants): string {
  const B = new SharedOperand(c, "B");
  const quads = stateQuads(c);
  const advance = repeat(c.chunk, (k) =>
    `{ ${stepSize(c, k)} ${drive(c, k)}
${repeat(c.state, (n) => `h${n} = fma(${decay(c, k, n)}, h${n}, du${k} * ${B.value(k, n)});`)} }`);
  return `{
    ${repeat(quads, (q) => `let saved${q} = ${savedWord(c, q)}; before${q}[0] = saved${q};`)}
    ${repeat(c.state, (n) => `var h${n} = saved${n >> 2}.${COMPONENTS[n & 3]};`)}
    for (var chunk = firstChunk; chunk + 1u < endChunk; chunk++) {
      let t0 = chunk * ${c.chunk}u;
      ${B.load()}
      ${loadTurned(c, ["u", "delta"])}
      ${advance}
      let slot = chunk + 1u - firstChunk;
      ${repeat(quads, (q) => `before${q}[slot] = ${stateWord(c, q)};`)}
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
      ${storeTurned(c, gradients, gradients)}`;
}

/** States of the chunk, and what each step's output contributes. */
function recompute(c: ScanConstants, B: SharedOperand, C: SharedOperand): string {
  const quads = stateQuads(c);
  const word = (q: number) => c.block > 1 ? `before${q}[chunk - firstChunk]` : savedWord(c, q);
  const saved = repeat(quads, (q) => `let saved${q} = ${word(q)};`);
  const before = repeat(c.state, (n) => `let hs_${n} = saved${n >> 2}.${COMPONENTS[n & 3]};`);
  const steps = repeat(c.chunk, (k) => {
    const previous = (n: number) => k ? `h${k - 1}_${n}` : `hs_${n}`;
    const upstream = `let dOut${k} = select(0.0, ${seriesAt(c, "dOut", k)}, ${inside(c, k)});`;
    const states = repeat(c.state, (n) =>
      `let e${k}_${n} = ${decay(c, k, n)};
let h${k}_${n} = fma(e${k}_${n}, ${previous(n)}, du${k} * ${B.value(k, n)});`);
    if (!has(c, "z")) return `${loadStep(c, k)}${upstream}${states}let dy${k} = dOut${k};`;
    const output = `var y${k} = ${has(c, "D") ? `Dskip * u${k}` : "0.0"};` +
      repeat(c.state, (n) => `y${k} = fma(h${k}_${n}, ${C.value(k, n)}, y${k});`);
    const dz = `dOut${k} * y${k} * s${k} * (1.0 + z${k} * (1.0 - s${k}))`;
    return `${loadStep(c, k)}${upstream}${states}${output}
let s${k} = sigmoid(z${k});
let dy${k} = dOut${k} * z${k} * s${k};
if (${inside(c, k)}) { ${storeSeries(c, "dz", "dz", k, dz)} }`;
  });
  return `${saved}\n${before}\n${steps}`;
}

/** One step back in time: gradients of the step's inputs, then of the state before it. */
function backwardStep(c: ScanConstants, k: number, B: SharedOperand, C: SharedOperand): string {
  const previous = (n: number) => k ? `h${k - 1}_${n}` : `hs_${n}`;
  const states = repeat(c.state, (n) =>
    `g${n} = fma(dy${k}, ${C.value(k, n)}, g${n});
let pB${k}_${n} = g${n} * du${k};
let pC${k}_${n} = dy${k} * h${k}_${n};
fromB${k} = fma(g${n}, ${B.value(k, n)}, fromB${k});
g${n} *= e${k}_${n};
{ let q = g${n} * ${
      previous(n)
    }; fromA${k} = fma(q, A${n}, fromA${k}); dA${n} = fma(q, dt${k}, dA${n}); }`);
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

/** Sums over time that belong to a channel: `[sequence, dim, state + 2]` holds dA, dD and the bias. */
function storeChannel(c: ScanConstants): string {
  const scale = (n: number) => c.logA ? ` * A${n} * 0.6931471805599453` : "";
  const sequence = c.sections ? "(batch * sections + section)" : "batch";
  const row = (n: number) => `perChannel[(${sequence} * ${c.dim}u + d) * ${c.state + 2}u + ${n}u]`;
  const initial = repeat(
    c.state,
    (n) => `dInitial[(batch * ${c.dim}u + d) * ${c.state}u + ${n}u] = g${n};`,
  );
  return `if (valid) {
${repeat(c.state, (n) => `${row(n)} = dA${n}${scale(n)};`)}
${row(c.state)} = dD;
${row(c.state + 1)} = dBias;
${has(c, "initialState") ? `if (firstBlock == 0u) { ${initial} }` : ""}
}`;
}
