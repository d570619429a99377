/**
 * WGSL for dB and dC: sums over channels, first over a subgroup's, then over subgroups.
 *
 * @module
 */
import { GROUP } from "../grid.ts";
import { bindings, COMPONENTS, elementOf, entry, repeat, store4 } from "../wgsl.ts";
import type { Channels } from "./channels.ts";
import { type Placement, type ScanConstants, strideOf, tilesPerGroup } from "./constants.ts";

/** Whether dB|dC are kept and stored as words of four states. */
const inWords = (c: Pick<ScanConstants, "state">): boolean => c.state % 4 === 0;

/** Words of dB|dC of a step. */
export const wordsOf = (c: Pick<ScanConstants, "state">): number =>
  2 * c.state / (inWords(c) ? 4 : 1);

/** The element type of the partial sums. */
export const partialElement = (c: Pick<ScanConstants, "state">): string => elementOf(inWords(c));

/** What lanes without subgroup operations exchange through: dB|dC of a chunk's steps. */
export const sharedScratch = (c: ScanConstants): string =>
  c.subgroups
    ? ""
    : `var<workgroup> exchanged: array<${partialElement(c)}, ${c.chunk * wordsOf(c) * c.lanes}>;`;

/** First element of the subgroup's and step's row of the partial sums. */
const partialRow = (c: ScanConstants, step: string): string =>
  `((((tile % ${
    tilesPerGroup(c)
  }u) / ${c.channels}u * params.batch + batch) * params.length + t0 + ${step}) * ${c.groups}u + g) * ${
    2 * c.state
  }u`;

/**
 * Sums dB|dC of four states of the chunk's steps, `pB…` and `pC…`, over a lane's channels and then over
 * the lanes. Without subgroups it only hands them over, for {@linkcode scatterChunk} to sum.
 */
export function scatterQuad(c: ScanConstants, q: number, channels: Channels): string {
  const names = ["B", "C"].flatMap((part) =>
    Array.from({ length: c.chunk }, (_, k) => `${part}${k}_${q}`)
  );
  const sums = names.map((name) => `let sum${name} = ${channels.sum(`p${name}`)};`).join("\n");
  return `${sums}\n${c.subgroups ? scatterBySubgroup(c, q, names) : handOver(c, q, names)}`;
}

function scatterBySubgroup(c: ScanConstants, q: number, names: readonly string[]): string {
  const together = Math.min(names.length, c.lanes);
  return repeat(names.length / together, (i) => {
    const given = names.slice(i * together, (i + 1) * together).map((name) => `sum${name}`);
    const { lines, name } = sumOverLanes(`r${i}_${q}`, given, c.lanes);
    return `${lines}${storeSum(c, q, name, i * together)}`;
  });
}

/** Stores a lane's sum of four states: that of dB or dC whose number among the chunk's is `first` + lane. */
function storeSum(c: ScanConstants, q: number, name: string, first: number): string {
  const sums = 2 * c.chunk;
  const step = `(${first}u + lane) % ${c.chunk}u`;
  const conditions = [`tile < ${tilesPerGroup(c) * c.groups}u`];
  if (sums < c.lanes) conditions.push(`lane < ${sums}u`);
  if (!c.exact) conditions.push(`t0 + ${step} < params.length`);
  const at = `${partialRow(c, step)} + (${first}u + lane) / ${c.chunk}u * ${c.state}u + ${4 * q}u`;
  const store = inWords(c) ? `partialBC[(${at}) / 4u] = ${name};` : repeat(
    Math.min(4, c.state - 4 * q),
    (i) => `partialBC[${at} + ${i}u] = ${name}.${COMPONENTS[i]};`,
  );
  return `if (${conditions.join(" && ")}) { ${store} }`;
}

/**
 * Sums words over the lanes, no more of them than lanes: lane l is left with the sum of word l modulo
 * their number. At every round a lane hands half of its words to the lane whose number differs in one
 * bit; once it has one left, lanes with the same word add theirs up.
 */
function sumOverLanes(
  prefix: string,
  given: readonly string[],
  lanes: number,
): { lines: string; name: string } {
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
  let [name] = names;
  for (let bit = given.length; bit < lanes; bit *= 2) {
    const sum = `${prefix}_${bit}`;
    lines += `let ${sum} = ${name} + subgroupShuffleXor(${name}, ${bit}u);\n`;
    name = sum;
  }
  return { lines, name };
}

/** Puts dB|dC of four states where the other lanes find them. */
function handOver(c: ScanConstants, q: number, names: readonly string[]): string {
  const words = wordsOf(c);
  return names.map((name, i) => {
    const first = (i % c.chunk) * words + Math.floor(i / c.chunk) * words / 2;
    const at = (word: number) => `exchanged[${(first + word) * c.lanes}u + local]`;
    if (inWords(c)) return `${at(q)} = sum${name};`;
    const each = (n: number) => `${at(4 * q + n)} = sum${name}.${COMPONENTS[n]};`;
    return repeat(Math.min(4, c.state - 4 * q), each);
  }).join("\n");
}

/**
 * The same sums through workgroup memory, for devices without subgroups: once a chunk, because what
 * lives across a barrier has to be saved by a software driver, which takes it long to compile.
 */
export function scatterChunk(c: ScanConstants): string {
  if (c.subgroups) return "";
  const words = wordsOf(c);
  const given = Array.from({ length: c.lanes }, (_, l) => `exchanged[w * ${c.lanes}u + ${l}u]`);
  const row = partialRow(c, "step");
  return `workgroupBarrier();
for (var w = local; w < ${c.chunk * words}u; w += ${c.lanes}u) {
  let sum = ${given.join(" + ")};
  let step = w / ${words}u;
  if (${c.exact ? "true" : "t0 + step < params.length"}) {
    partialBC[${inWords(c) ? `(${row}) / 4u` : row} + w % ${words}u] = sum;
  }
}
workgroupBarrier();`;
}

/** Rounds of a loop that {@linkcode scatterChunk} takes, that which ends it among them. */
export const scatterRounds = (c: Pick<ScanConstants, "subgroups" | "chunk" | "state" | "lanes">) =>
  c.subgroups ? 0 : Math.ceil(c.chunk * wordsOf(c) / c.lanes) + 1;

/** What is baked into the text that sums the partial results of dB and dC. */
export interface SharedSumConstants {
  /** States. */
  readonly state: number;
  /** Groups. */
  readonly groups: number;
  /** Partial sums of an element. */
  readonly count: number;
  /** Layout of the targets. */
  readonly timeMajor: boolean;
  /** Whether dB and dC lie in one buffer, which must be bound once. */
  readonly joined: boolean;
  /** Where dB and dC lie. */
  readonly targets: { readonly dB: Placement; readonly dC: Placement };
}

/** Threads of a workgroup of {@linkcode sharedSumCode}. */
export const SHARED_SUM_WORKGROUP = 64;

/** dB and dC = Σ of their partial sums, in order. */
export function sharedSumCode(c: SharedSumConstants): string {
  const width = wordsOf(c);
  const { dB, dC } = c.targets;
  const names = c.joined ? ["target_"] : ["dB", "dC"];
  const outputs = names.map((name) => `out ${name}: ${elementOf(wholeWords(c))}`);
  return `${bindings([`partials: ${partialElement(c)}`, ...outputs], ["rows", "length"])}
${entry(SHARED_SUM_WORKGROUP, 0)}
  let i = ${GROUP} * ${SHARED_SUM_WORKGROUP}u + local;
  if (i >= params.rows * ${c.groups * width}u) { return; }
  let n = i % ${width}u;
  let g = (i / ${width}u) % ${c.groups}u;
  let row = i / ${width * c.groups}u;
  let batch = row / params.length;
  let stride = params.rows * ${c.groups * width}u;
  var at = i;
  var sum = ${inWords(c) ? "vec4f()" : "0.0"};
  for (var term = 0u; term < ${c.count}u; term++) { sum += partials[at]; at += stride; }
  if (n < ${width / 2}u) { ${store(c, names[0], dB, "n")} } else { ${
    store(c, names[names.length - 1], dC, `(n - ${width / 2}u)`)
  } }
}`;
}

/** Whether both targets can be written as vec4f. */
function wholeWords({ timeMajor, state, targets: { dB, dC } }: SharedSumConstants): boolean {
  return timeMajor && inWords({ state }) && dB.vec4 && dC.vec4;
}

function store(c: SharedSumConstants, name: string, target: Placement, word: string): string {
  const { offset } = target;
  const stride = strideOf(target);
  const first = `${word} * ${inWords(c) ? 4 : 1}u`;
  if (c.timeMajor && inWords(c)) {
    const at = `${offset}u + row * ${stride} + g * ${c.state}u + ${first}`;
    return store4(name, at, "sum", wholeWords(c), { position: first, limit: `${c.state}u` });
  }
  const at = (n: string) =>
    c.timeMajor
      ? `${offset}u + row * ${stride} + g * ${c.state}u + ${n}`
      : `${offset}u + ((batch * ${c.groups}u + g) * ${c.state}u + ${n}) * ${stride} + row % params.length`;
  return inWords(c)
    ? repeat(4, (i) => `${name}[${at(`${first} + ${i}u`)}] = sum[${i}];`)
    : `${name}[${at(word)}] = sum;`;
}
