/**
 * WGSL that all directions of the selective scan share: a lane's place, its step sizes and decays,
 * and B and C handed round.
 *
 * @module
 */
import { COMPONENTS, elementOf, load4, LOG2E, repeat } from "../wgsl.ts";
import { has, type ScanConstants, stateQuads, strideOf, tilesPerGroup } from "./constants.ts";
import { SERIES, seriesAt, timeOf } from "./series.ts";

/**
 * Declares what all channels of a lane share: the sequence, and the blocks to walk, those of a section
 * of time, of which there may be one (sections.ts).
 */
export const place = (c: ScanConstants): string => `
  let batch = group.y;
  let tileLane = local % ${c.lanes}u;
  let chunks = (params.length + ${c.chunk - 1}u) / ${c.chunk}u;
  let blocks = (chunks + ${c.block - 1}u) / ${c.block}u;
  let section = group.z;
  let sections = (blocks + params.sectionBlocks - 1u) / params.sectionBlocks;
  let firstBlock = section * params.sectionBlocks;
  let endBlock = min(firstBlock + params.sectionBlocks, blocks);`;

/** Declares the lane's channel `d`, the `number`th of its own, its tile and group, and whether it exists. */
export function channel(c: ScanConstants, number = 0): string {
  const perGroup = tilesPerGroup(c);
  const tiles = perGroup * c.groups;
  const width = c.dim / c.groups;
  return `
  let tile = (group.x * ${c.tiles}u + local / ${c.lanes}u) * ${c.channels}u + ${number}u;
  let inGroup = (tile % ${perGroup}u) * ${c.lanes}u + tileLane;
  let g = min(tile / ${perGroup}u, ${c.groups - 1}u);
  let valid = inGroup < ${width}u && tile < ${tiles}u;
  let d = g * ${width}u + min(inGroup, ${width - 1}u);
  let saved = (batch * ${tiles}u + min(tile, ${tiles - 1}u)) * blocks * ${
    stateQuads(c) * c.lanes
  }u + tileLane;`;
}

/** Members of the uniform. */
export const PARAMS = ["length", "batch", "sectionBlocks"] as const;

/** A in units of log2, four states a word, so that exp2 gives the decay. */
export function loadA(c: ScanConstants): string {
  const { stride, offset } = c.at.A!;
  return eachQuad(c, (q) => {
    const raw = quadOf(c, q, (n) => `A[${offset}u + d * ${stride}u + ${n}u]`);
    return `let A${q} = ${c.logA ? `exp(${raw}) * -${LOG2E}` : `${raw} * ${LOG2E}`};`;
  }) + (has(c, "D") ? `\nlet Dskip = D[${c.at.D!.offset}u + d];` : "") +
    (has(c, "deltaBias") ? `\nlet bias = deltaBias[${c.at.deltaBias!.offset}u + d];` : "");
}

/** One piece of text for every word of four states. */
export const eachQuad = (c: ScanConstants, piece: (q: number) => string): string =>
  repeat(stateQuads(c), piece);

/** Four states' values as a vector; those past the last state are zero. */
export function quadOf(c: ScanConstants, q: number, value: (n: number) => string): string {
  const values = [0, 1, 2, 3].map((i) => 4 * q + i < c.state ? value(4 * q + i) : "0.0");
  return `vec4f(${values.join(", ")})`;
}

/** State n's value of a name that has a vector for every four states. */
export const stateOf = (name: string, n: number): string => `${name}${n >> 2}.${COMPONENTS[n & 3]}`;

/** Adds the products of two vectors of four states to a sum, state after state. */
export function addProducts(
  c: ScanConstants,
  sum: string,
  q: number,
  [x, y]: readonly [string, string],
): string {
  return repeat(Math.min(4, c.state - 4 * q), (i) => {
    const component = COMPONENTS[i];
    return `${sum} = fma(${x}.${component}, ${y}.${component}, ${sum});`;
  });
}

/** Word q of the states that are saved before a block. */
export const savedWord = (c: ScanConstants, q: number): string =>
  `states[saved + (block * ${stateQuads(c)}u + ${q}u) * ${c.lanes}u]`;

/** First element of a channel's states in an array `[batch, dim, state]`. */
export const stateIndex = (c: ScanConstants, name: string): string =>
  `${c.at[name]!.offset}u + (batch * ${c.dim}u + d) * ${c.state}u`;

/** The lane's row of an array `[batch, sections, dim, …]`. */
export const sectionRow = (c: ScanConstants): string =>
  `((batch * sections + section) * ${c.dim}u + d)`;

/** First element of a channel's states in an array `[batch, sections, dim, state]`. */
export const sectionIndex = (c: ScanConstants, name: string): string =>
  `${c.at[name]!.offset}u + ${sectionRow(c)} * ${c.state}u`;

/** B or C of a chunk as vec4f words, one a lane, and the text that yields four states' values. */
export class SharedOperand {
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
    const { offset } = c.at[name]!;
    const stride = strideOf(c.at[name]!);
    const row = `(${word} / ${this.#perRow}u)`;
    const quad = `(${word} % ${this.#perRow}u) * 4u`;
    if (c.timeMajor) {
      const at = `(${offset}u + (batch * params.length + ${
        timeOf(c, row)
      }) * ${stride} + g * ${c.state}u + ${quad})`;
      return load4(name, at, c.at[name]!.vec4, { position: quad, limit: `${c.state}u` });
    }
    const base = `(${offset}u + ((batch * ${c.groups}u + g) * ${c.state}u + min(${row}, ${
      c.state - 1
    }u)) * ${stride}`;
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

  /** Four states' values at step k of the chunk. */
  quad(k: number, q: number): string {
    if (this.c.timeMajor) return this.#word(k * this.#perRow + q);
    return quadOf(
      this.c,
      q,
      (n) => this.#word(n * this.#perRow + (k >> 2), `.${COMPONENTS[k & 3]}`),
    );
  }

  /** A word, or one of its components, loaded by one of the lanes or by each. */
  #word(word: number, component = ""): string {
    const { c, name } = this;
    if (!c.subgroups) return `${name}w${word}${component}`;
    const loaded = `${name}w${Math.floor(word / c.lanes)}${component}`;
    return `subgroupBroadcast(${loaded}, ${word % c.lanes}u)`;
  }
}

/** Declares the step size and its raw value. */
export function stepSize(c: ScanConstants, k: number): string {
  const raw = `${seriesAt(c, "delta", k)}${has(c, "deltaBias") ? " + bias" : ""}`;
  const step = c.softplus ? `softplus(raw${k})` : `raw${k}`;
  // Past the end the step is zero after softplus: the state stays as it is.
  const size = c.exact ? step : `select(0.0, ${step}, t0 + ${k}u < params.length)`;
  return `let raw${k} = ${raw}; let dt${k} = ${size};`;
}

/** Declares −∞ for the decay's exponent where step k starts a new sequence. */
export function stepReset(c: ScanConstants, k: number): string {
  if (!has(c, "sequenceIndex")) return "";
  const t = timeOf(c, k);
  const { offset } = c.at.sequenceIndex!;
  const index = (at: string) => `sequenceIndex[${offset}u + batch * params.length + ${at}]`;
  const changed = `${index(t)} != ${index(`max(${t}, 1u) - 1u`)}`;
  const inside = c.exact ? "" : ` && t0 + ${k}u < params.length`;
  return `let reset${k} = select(0.0, -1e30, ${changed}${inside});`;
}

/** Declares what drives the state at step k: u, and the step size times u. */
export const drive = (c: ScanConstants, k: number): string =>
  `let u${k} = ${seriesAt(c, "u", k)}; let du${k} = dt${k} * u${k};`;

/** Declares everything that step k reads of the series. */
export const loadStep = (c: ScanConstants, k: number): string =>
  `${stepSize(c, k)}${drive(c, k)}${has(c, "z") ? `let z${k} = ${seriesAt(c, "z", k)};` : ""}`;

/** Whether step k of this lane counts. */
const inside = (c: ScanConstants, k: number): string =>
  c.exact ? "valid" : `valid && t0 + ${k}u < params.length`;

/**
 * The text where step k of this lane counts. Series that are turned round have no channels or steps
 * that do not, but for whole tiles, which `storeTurned` leaves out.
 */
export const whereInside = (c: ScanConstants, k: number, text: string): string =>
  c.turned ? text : `if (${inside(c, k)}) { ${text} }`;

/** Declares the gradient of step k's output, zero where the step does not count. */
export const upstream = (c: ScanConstants, k: number): string => {
  const value = seriesAt(c, "dOut", k);
  return `let dOut${k} = ${c.turned ? value : `select(0.0, ${value}, ${inside(c, k)})`};`;
};

/** What multiplies four states at step k. */
export const decay = (c: ScanConstants, k: number, q: number): string =>
  has(c, "sequenceIndex")
    ? `exp2(fma(vec4f(dt${k}), A${q}, vec4f(reset${k})))`
    : `exp2(dt${k} * A${q})`;

/** Moves four states on by step k. */
export const advance = (c: ScanConstants, k: number, q: number, B: SharedOperand): string =>
  `h${q} = fma(${decay(c, k, q)}, h${q}, du${k} * ${B.quad(k, q)});`;

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

/** Declarations of the inputs that are there. */
export function inputBindings(
  c: ScanConstants,
  names: readonly (typeof INPUTS)[number][] = INPUTS,
): string[] {
  return names.filter((name) => has(c, name)).map((name) => {
    if (name === "sequenceIndex") return `${name}: i32`;
    const words = name === "B" || name === "C" || (c.turned && SERIES.includes(name));
    return `${name}: ${words ? elementOf(c.at[name]!.vec4) : "f32"}`;
  });
}
