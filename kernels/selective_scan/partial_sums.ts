/**
 * WGSL for dB and dC: sums over channels, first over the lanes of a tile, then over tiles.
 *
 * @module
 */
import { GROUP } from "../grid.ts";
import { bindings, elementOf, entry, repeat, store4 } from "../wgsl.ts";
import { type Placement, type ScanConstants, strideOf, tilesPerGroup } from "./constants.ts";
import { stateOf } from "./step.ts";

/**
 * Steps whose sums are stored together, a power of two as a chunk's are: as many as a lane's word of four
 * has room for, since a store costs the same whatever its width.
 */
function stepsPerStore(c: ScanConstants): number {
  if (!c.subgroups || c.groups > 1 || 2 * c.state % c.lanes) return 1;
  const most = Math.max(1, Math.min(c.chunk, 4 * c.lanes / (2 * c.state)));
  return 2 ** Math.floor(Math.log2(most));
}

/** Values of a word in which a lane stores its share of dB|dC: 1 where they would make no whole one. */
export function sharedWidth(c: ScanConstants): number {
  const width = 2 * c.state * stepsPerStore(c) / c.lanes;
  return c.subgroups && (width === 2 || width === 4) ? width : 1;
}

/** What lanes without subgroup operations exchange through: dB|dC of a chunk's steps. */
export const sharedScratch = (c: ScanConstants): string =>
  c.subgroups ? "" : `var<workgroup> exchanged: array<f32, ${c.chunk * 2 * c.state * c.lanes}>;`;

/** Which of dB and dC of which step piece v belongs to, and its number there, of so many in each. */
function partOf(k: number, v: number, each: number): [name: string, n: number] {
  const [step, n] = [k + Math.floor(v / (2 * each)), v % (2 * each)];
  return n < each ? [`pB${step}_`, n] : [`pC${step}_`, n - each];
}

/** Value v of dB|dC of the steps from k on. */
const sharedValue = (c: ScanConstants, k: number, v: number): string =>
  v < 2 * c.state * stepsPerStore(c) ? stateOf(...partOf(k, v, c.state)) : "0.0";

/** Word v of four values of dB|dC of the steps from k on. */
const sharedWord = (c: ScanConstants, k: number, v: number): string =>
  partOf(k, v, c.state / 4).join("");

/** First element of this tile's and step's row of the partial sums. */
const partialRow = (c: ScanConstants, step: string): string =>
  `((((tile % ${
    tilesPerGroup(c)
  }u) * params.batch + batch) * params.length + t0 + ${step}) * ${c.groups}u + g) * ${
    2 * c.state
  }u`;

/**
 * Sums dB|dC of step k over the lanes, or of a few steps with the first of them. Without subgroups it
 * only hands them over, for {@linkcode scatterChunk} to sum.
 */
export function scatterSteps(c: ScanConstants, k: number): string {
  if (!c.subgroups) return handOver(c, k);
  return k % stepsPerStore(c) ? "" : `{ ${scatterBySubgroup(c, k)} }`;
}

/**
 * Sums values over the lanes so that lane l keeps values l·q to l·q + q − 1: at every round a lane
 * hands half of its values to the lane whose number differs in one bit.
 */
function scatterBySubgroup(c: ScanConstants, k: number): string {
  const values = 2 * c.state * stepsPerStore(c);
  const q = Math.ceil(values / c.lanes);
  const width = sharedWidth(c);
  // Whole words of four states go together.
  const inWords = width === 4 && c.state % 4 === 0;
  const kept = Array.from({ length: inWords ? 1 : q }, (_, i) => {
    const given = (l: number) => inWords ? sharedWord(c, k, l) : sharedValue(c, k, l * q + i);
    return sumOverLanes(`r${i}`, Array.from({ length: c.lanes }, (_, l) => given(l)));
  });
  const step = stepsPerStore(c) > 1 ? `${k}u + lane * ${q}u / ${2 * c.state}u` : `${k}u`;
  const inside = `tile < ${tilesPerGroup(c) * c.groups}u${
    c.exact ? "" : ` && t0 + ${step} < params.length`
  }`;
  const row = partialRow(c, `${k}u`);
  const store = width > 1
    ? `partialBC[(${row}) / ${width}u + lane] = vec${width}f(${
      kept.map(({ name }) => name).join(", ")
    });`
    : kept.map(({ name }, i) => {
      const v = `(lane * ${q}u + ${i}u)`;
      return `if (${v} < ${values}u) { partialBC[${row} + ${v}] = ${name}; }`;
    }).join("\n");
  return `${kept.map(({ lines }) => lines).join("")}if (${inside}) { ${store} }`;
}

/** Sums as many values, or words of them, as there are lanes; lane l is left with the l-th sum. */
function sumOverLanes(prefix: string, given: readonly string[]): { lines: string; name: string } {
  let lines = "";
  let names = given;
  for (let half = given.length / 2; half >= 1; half /= 2) {
    const bit = `(lane & ${half}u) != 0u`;
    names = Array.from({ length: half }, (_, j) => {
      const name = `${prefix}_${half}_${j}`;
      const [low, high] = [names[j], names[j + half]];
      const handed = `subgroupShuffleXor(select(${high}, ${low}, ${bit}), ${half}u)`;
      lines += `let ${name} = select(${low}, ${high}, ${bit}) + ${handed};\n`;
      return name;
    });
  }
  return { lines, name: names[0] };
}

/** Puts dB|dC of step k where the other lanes find them. */
const handOver = (c: ScanConstants, k: number): string =>
  repeat(
    2 * c.state,
    (v) => `exchanged[${(k * 2 * c.state + v) * c.lanes}u + local] = ${sharedValue(c, k, v)};`,
  );

/**
 * The same sums through workgroup memory, for devices without subgroups: once a chunk, because what
 * lives across a barrier has to be saved by a software driver, which takes it long to compile.
 */
export function scatterChunk(c: ScanConstants): string {
  if (c.subgroups) return "";
  const values = 2 * c.state;
  const given = Array.from({ length: c.lanes }, (_, l) => `exchanged[v * ${c.lanes}u + ${l}u]`);
  return `workgroupBarrier();
for (var v = local; v < ${c.chunk * values}u; v += ${c.lanes}u) {
  let sum = ${given.join(" + ")};
  let step = v / ${values}u;
  if (${c.exact ? "true" : "t0 + step < params.length"}) {
    partialBC[${partialRow(c, "step")} + v % ${values}u] = sum;
  }
}
workgroupBarrier();`;
}

/** Rounds of a loop that {@linkcode scatterChunk} takes, that which ends it among them. */
export const scatterRounds = (c: Pick<ScanConstants, "subgroups" | "chunk" | "state" | "lanes">) =>
  c.subgroups ? 0 : Math.ceil(c.chunk * 2 * c.state / c.lanes) + 1;

/** What is baked into the text that sums the partial results of dB and dC over tiles. */
export interface SharedSumConstants {
  /** States. */
  readonly state: number;
  /** Groups. */
  readonly groups: number;
  /** Tiles to sum over. */
  readonly tiles: number;
  /** Layout of the targets. */
  readonly timeMajor: boolean;
  /** Whether dB and dC lie in one buffer, which must be bound once. */
  readonly joined: boolean;
  /** Where dB and dC lie. */
  readonly targets: { readonly dB: Placement; readonly dC: Placement };
}

/** Threads of a workgroup of {@linkcode sharedSumCode}. */
export const SHARED_SUM_WORKGROUP = 64;

/** dB and dC = Σ over tiles of the partial sums, in the order of the tiles. */
export function sharedSumCode(c: SharedSumConstants): string {
  const per = c.state % 4 ? 1 : 4;
  const width = 2 * c.state / per;
  const { dB, dC } = c.targets;
  const names = c.joined ? ["target_"] : ["dB", "dC"];
  const outputs = names.map((name) => `out ${name}: ${elementOf(wholeWords(c))}`);
  return `${bindings([`partials: ${elementOf(per === 4)}`, ...outputs], ["rows", "length"])}
${entry(SHARED_SUM_WORKGROUP, 0)}
  let i = ${GROUP} * ${SHARED_SUM_WORKGROUP}u + local;
  if (i >= params.rows * ${c.groups * width}u) { return; }
  let n = i % ${width}u;
  let g = (i / ${width}u) % ${c.groups}u;
  let row = i / ${width * c.groups}u;
  let batch = row / params.length;
  let stride = params.rows * ${c.groups * width}u;
  var at = i;
  var sum = ${per === 4 ? "vec4f()" : "0.0"};
  for (var tile = 0u; tile < ${c.tiles}u; tile++) { sum += partials[at]; at += stride; }
  if (n < ${width / 2}u) { ${store(c, names[0], dB, "n")} } else { ${
    store(c, names[names.length - 1], dC, `(n - ${width / 2}u)`)
  } }
}`;
}

/** Whether both targets can be written as vec4f. */
function wholeWords({ timeMajor, state, targets: { dB, dC } }: SharedSumConstants): boolean {
  return timeMajor && state % 4 === 0 && dB.vec4 && dC.vec4;
}

function store(c: SharedSumConstants, name: string, target: Placement, word: string): string {
  const { offset } = target;
  const stride = strideOf(target);
  const per = c.state % 4 ? 1 : 4;
  const first = `${word} * ${per}u`;
  if (c.timeMajor && per === 4) {
    const at = `${offset}u + row * ${stride} + g * ${c.state}u + ${first}`;
    return store4(name, at, "sum", wholeWords(c), { position: first, limit: `${c.state}u` });
  }
  const at = (n: string) =>
    c.timeMajor
      ? `${offset}u + row * ${stride} + g * ${c.state}u + ${n}`
      : `${offset}u + ((batch * ${c.groups}u + g) * ${c.state}u + ${n}) * ${stride} + row % params.length`;
  return per === 4
    ? repeat(4, (i) => `${name}[${at(`${first} + ${i}u`)}] = sum[${i}];`)
    : `${name}[${at(word)}] = sum;`;
}
