/**
 * WGSL of the forward selective scan.
 *
 * A lane owns one channel of one sequence and walks time with its states in registers. Lanes of a
 * subgroup are neighbouring channels of one group, so they need the same B and C: each loads a piece
 * and the pieces are handed round by broadcast.
 *
 * @module
 */
import { bindings, elementOf, entry, repeat, SOFTPLUS } from "../wgsl.ts";
import { has, type ScanConstants, tilesPerGroup } from "./constants.ts";
import { keepTurned, loadTurned, storeSeries, storeTurned, turningBits } from "./series.ts";
import {
  addProducts,
  advance,
  channel,
  eachQuad,
  inputBindings,
  loadA,
  loadStep,
  PARAMS,
  place,
  quadOf,
  savedWord,
  sectionIndex,
  SharedOperand,
  stateIndex,
  stateOf,
  stepReset,
  whereInside,
} from "./step.ts";

/**
 * The forward scan; `initialState` holds the state before every section. Outputs: out, then the saved
 * states and the last state where asked for.
 */
export function forwardCode(c: ScanConstants): string {
  const arrays = inputBindings(c);
  arrays.push(`out result: ${elementOf(c.turned, c.half)}`);
  if (c.save) arrays.push("out states: vec4f");
  if (c.lastState) arrays.push("out last: f32");
  return `${bindings(arrays, PARAMS)}${SOFTPLUS}
${entry(c.lanes * c.tiles, c.subgroups ? c.lanes : 0)}${place(c)}${channel(c)}
  ${turningBits(c)}
  ${loadA(c)}
  ${eachQuad(c, (q) => `var h${q} = ${quadOf(c, q, (n) => startOf(c, n))};`)}
  ${c.save ? saveEveryBlock(c) : chunkLoop(c, `firstBlock * ${c.block}u`, "endBlock")}
  ${c.lastState ? storeLast(c) : ""}
}`;
}

function startOf(c: ScanConstants, n: number): string {
  return has(c, "initialState")
    ? `initialState[${sectionIndex(c, "initialState")} + ${n}u]`
    : "0.0";
}

function saveEveryBlock(c: ScanConstants): string {
  const stores = eachQuad(c, (q) => `${savedWord(c, q)} = h${q};`);
  return `for (var block = firstBlock; block < endBlock; block++) {
    if (tile < ${tilesPerGroup(c) * c.groups}u) { ${stores} }
    ${chunkLoop(c, `block * ${c.block}u`, "block + 1u")}
  }`;
}

function chunkLoop(c: ScanConstants, first: string, endBlock: string): string {
  const [B, C] = [new SharedOperand(c, "B"), new SharedOperand(c, "C")];
  return `let endChunk = min((${endBlock}) * ${c.block}u, chunks);
  for (var chunk = ${first}; chunk < endChunk; chunk++) {
    let t0 = chunk * ${c.chunk}u;
    ${B.load()}
    ${C.load()}
    ${loadTurned(c)}
    ${keepTurned(c, ["out"])}
    ${repeat(c.chunk, (k) => forwardStep(c, k, B, C))}
    ${storeTurned(c, ["out"], ["result"], c.half)}
  }`;
}

function forwardStep(c: ScanConstants, k: number, B: SharedOperand, C: SharedOperand): string {
  const states = eachQuad(
    c,
    (q) =>
      `${advance(c, k, q, B)}
let C${q} = ${C.quad(k, q)};
${addProducts(c, "y", q, [`h${q}`, `C${q}`])}`,
  );
  const gate = has(c, "z") ? ` * z${k} * sigmoid(z${k})` : "";
  return `{ ${stepReset(c, k)}${loadStep(c, k)}
var y = ${has(c, "D") ? `Dskip * u${k}` : "0.0"};
${states}
${whereInside(c, k, storeSeries(c, "out", "result", k, `y${gate}`, c.half))} }`;
}

function storeLast(c: ScanConstants): string {
  return `if (valid && endBlock == blocks) { ${
    repeat(c.state, (n) => `last[${stateIndex(c, "lastState")} + ${n}u] = ${stateOf("h", n)};`)
  } }`;
}
