/**
 * How the selective scan reads and writes series: u, delta, z, their gradients, and the output.
 *
 * @module
 */
import { COMPONENTS, repeat } from "../wgsl.ts";
import { has, type ScanConstants, strideOf } from "./constants.ts";

const elementAt = (c: ScanConstants, name: string, t: string): string => {
  const { offset } = c.at[name]!;
  const stride = strideOf(c.at[name]!);
  return c.timeMajor
    ? `(${offset}u + (batch * params.length + ${t}) * ${stride} + d)`
    : `(${offset}u + (batch * ${c.dim}u + d) * ${stride} + ${t})`;
};

/** The time of step k of the chunk, kept inside the sequence. */
export const timeOf = (c: ScanConstants, k: number | string): string =>
  c.exact
    ? `(t0 + ${k}${typeof k === "number" ? "u" : ""})`
    : `min(t0 + ${k}${typeof k === "number" ? "u" : ""}, params.length - 1u)`;

/** Series of u's shape; the others are shared by channels or belong to one. */
export const SERIES: readonly string[] = ["u", "delta", "z", "dOut"];

/**
 * The transpose of squares of registers by as many lanes: afterwards register i of lane j holds what register
 * j of lane i held. In each round a lane swaps half of its registers with the lane whose number
 * differs in one bit.
 */
function transpose(name: string, values: readonly string[]): {
  lines: string;
  values: string[];
} {
  let lines = "";
  let now = [...values];
  for (let bit = 1; bit < values.length; bit *= 2) {
    const next = [...now];
    for (let r = 0; r < values.length; r++) {
      if (r & bit) continue;
      const [low, high, got] = ["l", "h", "g"].map((part) => `${name}_${part}${bit}_${r}`);
      lines += `let ${got} = subgroupShuffleXor(select(${now[r | bit]}, ${
        now[r]
      }, bit${bit}), ${bit}u);
let ${low} = select(${now[r]}, ${got}, bit${bit}); let ${high} = select(${got}, ${
        now[r | bit]
      }, bit${bit});\n`;
      [next[r], next[r | bit]] = [low, high];
    }
    now = next;
  }
  return { lines, values: now };
}

/** First word of the row of a series that this lane reads or writes. */
const turnedRow = (c: ScanConstants, name: string): string => {
  const { stride, offset } = c.at[name]!;
  return `((${offset}u + (batch * params.length + t0 + turn) * ${stride}u + d - turn) >> 2u)`;
};

/** Declares the lane's place in its square, and its conditions for {@linkcode transpose}. */
export function turningBits(c: ScanConstants): string {
  if (!c.turned) return "";
  const rounds = Math.log2(c.chunk);
  return `let turn = lane % ${c.chunk}u;
${repeat(rounds, (i) => `let bit${2 ** i} = (lane & ${2 ** i}u) != 0u;`)}`;
}

/** Loads a chunk of series; as `var` where {@linkcode moveSeries} moves them. */
export function loadTurned(
  c: ScanConstants,
  names: readonly string[] = SERIES,
  declare: "let" | "var" = "let",
): string {
  if (!c.turned) return "";
  return names.filter((name) => has(c, name)).map((name) => {
    const words = repeat(
      c.chunk / 4,
      (q) => `let ${name}w${q} = ${name}[${turnedRow(c, name)} + ${q}u];`,
    );
    const held = Array.from(
      { length: c.chunk },
      (_, i) => `${name}w${i >> 2}.${COMPONENTS[i & 3]}`,
    );
    const turned = transpose(`${name}t`, held);
    const named = turned.values.map((value, k) => `${declare} ${name}x${k} = ${value};`).join("\n");
    return `${words}\n${turned.lines}${named}`;
  }).join("\n");
}

/**
 * Walks a loaded chunk in rounds of `c.round` steps.
 *
 * @param steps The text of a round, for constants whose chunk it is.
 * @param move The text that {@linkcode moveSeries} writes.
 */
export function inRounds(
  c: ScanConstants,
  steps: (round: ScanConstants) => string,
  move: string,
): string {
  if (c.round === c.chunk) return steps(c);
  return `for (var round = 0u; round < ${c.chunk / c.round}u; round++) {
    let t0 = t0 + round * ${c.round}u;
    ${steps({ ...c, chunk: c.round })}
    ${move}
  }`;
}

/**
 * Moves a chunk's registers of series that were loaded as `var` up by a round, so that the next one
 * finds its steps in the first ones.
 */
export const moveSeries = (c: ScanConstants, names: readonly string[]): string =>
  names.map((name) => repeat(c.chunk - c.round, (k) => `${name}x${k} = ${name}x${k + c.round};`))
    .join("\n");

/** The value of a series at step k of the chunk. */
export const seriesAt = (c: ScanConstants, name: string, k: number): string =>
  c.turned ? `${name}x${k}` : `${name}[${elementAt(c, name, timeOf(c, k))}]`;

/** Stores one step's value of a series, or keeps it until the chunk is complete. */
export function storeSeries(
  c: ScanConstants,
  name: string,
  array: string,
  k: number,
  value: string,
  half = false,
): string {
  if (c.turned) return `${name}x${k} = ${value};`;
  return `${array}[${elementAt(c, name, timeOf(c, k))}] = ${half ? `f16(${value})` : value};`;
}

/** Declares what {@linkcode storeSeries} keeps. */
export const keepTurned = (c: ScanConstants, names: readonly string[]): string =>
  c.turned ? names.map((name) => repeat(c.chunk, (k) => `var ${name}x${k}: f32;`)).join("\n") : "";

/** Stores the kept series of a chunk; `arrays` are the bindings' names. */
export function storeTurned(
  c: ScanConstants,
  names: readonly string[],
  arrays: readonly string[],
  half = false,
): string {
  if (!c.turned) return "";
  return names.map((name, i) => {
    const held = Array.from({ length: c.chunk }, (_, k) => `${name}x${k}`);
    const { lines, values } = transpose(`${name}t`, held);
    const stores = repeat(c.chunk / 4, (q) => {
      const four = `vec4f(${values.slice(4 * q, 4 * q + 4).join(", ")})`;
      const word = half ? `vec4<f16>(${four})` : four;
      return `${arrays[i]}[${turnedRow(c, name)} + ${q}u] = ${word};`;
    });
    return `${lines}if (valid) { ${stores} }`;
  }).join("\n");
}
