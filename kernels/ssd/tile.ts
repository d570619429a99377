/**
 * What the kernels of SSD share: where operands lie, and how a tile of rows by columns is multiplied.
 *
 * Lanes of a tile own columns, a few neighbouring ones each; the rows' operand is loaded once by all
 * lanes together and handed round by broadcast, or read by every lane where there are no subgroups.
 *
 * @module
 */
import { GROUP } from "../grid.ts";
import { bindings, COMPONENTS, entry, repeat } from "../wgsl.ts";

/** Where rows of tokens lie in a binding. */
export interface Place {
  /** Elements between tokens. */
  readonly stride: number;
  /** First element within the binding. */
  readonly offset: number;
}

/** Elements of one load or store: of a vec4f, a vec2f or an f32. */
export type Width = 4 | 2 | 1;

/** Sizes and lanes that every kernel of SSD bakes into its text. */
export interface SsdConstants {
  /** Heads. */
  readonly heads: number;
  /** Channels of a head. */
  readonly headDim: number;
  /** Groups of heads that share B and C. */
  readonly groups: number;
  /** States of a channel. */
  readonly state: number;
  /** Steps of a chunk, a power of two. */
  readonly chunk: number;
  /** Lanes of a tile. */
  readonly lanes: number;
  /** Whether lanes exchange by subgroup operations. */
  readonly subgroups: boolean;
  /** Tiles of a workgroup. */
  readonly tiles: number;
}

/** Most rows of a tile: its sums stay in registers. Where every lane loads all rows, fewer pay. */
const mostRows = (c: SsdConstants): number => c.subgroups ? 16 : 4;

/** Rows of a tile of steps. */
export const rowsOf = (c: SsdConstants): number => Math.min(mostRows(c), c.chunk);

/** Rows of a tile of states. */
export const stateRows = (c: SsdConstants): number => Math.min(mostRows(c), c.state);

/** The largest width that divides all of these. */
export function commonWidth(...sizes: readonly number[]): Width {
  return ([4, 2] as const).find((width) => sizes.every((size) => size % width === 0)) ?? 1;
}

/** Columns of a lane: no more than the lanes together have use for. */
export function columnWidth(c: SsdConstants, columns: number, ...sizes: readonly number[]): Width {
  const aligned = commonWidth(columns, ...sizes);
  return ([4, 2] as const).find((width) => width <= aligned && c.lanes * width <= columns) ?? 1;
}

/** Tiles that it takes to cover so many columns. */
export const columnTiles = (c: SsdConstants, columns: number, width: Width): number =>
  Math.ceil(columns / (c.lanes * width));

/** The WGSL type of so many elements. */
export const typeOf = (width: Width): string => width === 1 ? "f32" : `vec${width}f`;

/** An element of a value of some width. */
export const part = (value: string, width: Width, i: number): string =>
  width === 1 ? value : `${value}.${COMPONENTS[i]}`;

/** The value at element `index`, where rows and offsets are multiples of the width. */
export const at = (name: string, index: string, width: Width): string =>
  width === 1 ? `${name}[${index}]` : `${name}[(${index}) / ${width}u]`;

/** Joins scalars to a value of their number. */
export const join = (parts: readonly string[]): string =>
  parts.length === 1 ? parts[0] : `vec${parts.length}f(${parts.join(", ")})`;

/** First element of step `t` of the chunk in a series, kept inside the sequence. */
export function token(place: Place, c: SsdConstants, t: string): string {
  const step = `min(chunk * ${c.chunk}u + ${t}, params.length - 1u)`;
  return `(${place.offset}u + (batch * params.length + ${step}) * ${place.stride}u)`;
}

/** Whether step `t` of the chunk is one of the sequence. */
export const inSequence = (c: SsdConstants, t: string): string =>
  `chunk * ${c.chunk}u + ${t} < params.length`;

/**
 * Head of a kernel in which a tile is the product of these axes, the first the fastest: declares
 * `lane`, `live` (false past the last tile) and each axis; batch and chunk come last.
 *
 * @param axes `[name, size]` of each, batch and chunk left out.
 */
export function tileHead(
  c: SsdConstants,
  arrays: readonly string[],
  axes: readonly (readonly [string, number])[],
  declarations = "",
): string {
  const decode = axes.map(([name, size]) => `let ${name} = tile % ${size}u; tile /= ${size}u;`)
    .join("\n  ");
  return `${bindings(arrays, ["length", "chunks", "total"])}${declarations}
${entry(c.lanes * c.tiles, c.subgroups ? c.lanes : 0)}
  let index = ${GROUP} * ${c.tiles}u + local / ${c.lanes}u;
  let live = index < params.total;
  var tile = min(index, params.total - 1u);
  ${c.subgroups ? "" : `let lane = local % ${c.lanes}u;`}
  ${decode}
  let chunk = tile % params.chunks;
  let batch = tile / params.chunks;
  let place = batch * params.chunks + chunk;`;
}

/** Declares the first of the lane's columns, `name`, and whether they exist, `nameInside`. */
export function laneColumns(
  c: SsdConstants,
  name: string,
  tile: string,
  columns: number,
  width: Width,
): string {
  return `let ${name}Wanted = ${tile} * ${c.lanes * width}u + lane * ${width}u;
  let ${name}Inside = live && ${name}Wanted < ${columns}u;
  let ${name} = min(${name}Wanted, ${columns - width}u);`;
}

/** How the rows' operand lies in memory: depth innermost, or rows innermost. */
export type Major = "rows" | "depth";

/** The operand of a tile's rows for a few steps of depth. */
export class RowOperand {
  /**
   * An operand that is loaded by {@linkcode load}.
   *
   * @param name Of the variables that hold it.
   * @param rows Rows of the tile.
   * @param depth Steps of depth that are loaded at once.
   * @param major `rows`: a word holds successive steps of a row; `depth`: successive rows of a step.
   * @param width Elements of a word.
   * @param word The word that begins at a row and a step of depth, both as text.
   */
  constructor(
    readonly c: SsdConstants,
    readonly name: string,
    readonly rows: number,
    readonly depth: number,
    readonly major: Major,
    readonly width: Width,
    readonly word: (row: string, step: string) => string,
  ) {}

  /** Words of a row, or of a step. */
  get #perLine(): number {
    return (this.major === "rows" ? this.depth : this.rows) / this.width;
  }

  get #words(): number {
    return this.#perLine * (this.major === "rows" ? this.rows : this.depth);
  }

  #address(word: string): string {
    const [line, rest] = this.#perLine === 1
      ? [word, "0u"]
      : [`(${word} / ${this.#perLine}u)`, `(${word} % ${this.#perLine}u * ${this.width}u)`];
    return this.major === "rows" ? this.word(line, rest) : this.word(rest, line);
  }

  /** Loads it. */
  load(): string {
    const { c, name } = this;
    const words = this.#words;
    if (!c.subgroups) {
      return repeat(words, (w) => `let ${name}${w} = ${this.#address(`${w}u`)};`);
    }
    return repeat(Math.ceil(words / c.lanes), (i) => {
      const word = (i + 1) * c.lanes <= words
        ? `(${i * c.lanes}u + lane)`
        : `min(${i * c.lanes}u + lane, ${words - 1}u)`;
      return `let ${name}${i} = ${this.#address(word)};`;
    });
  }

  /** The element of a row at a step. */
  value(row: number, step: number): string {
    const { c, name, width } = this;
    const [line, element] = this.major === "rows" ? [row, step] : [step, row];
    const word = line * this.#perLine + Math.floor(element / width);
    if (!c.subgroups) return part(`${name}${word}`, width, element % width);
    const held = part(`${name}${Math.floor(word / c.lanes)}`, width, element % width);
    return `subgroupBroadcast(${held}, ${word % c.lanes}u)`;
  }
}

/**
 * One number a step from step `t` of the chunk on, taken from the steps' vec4f. Those past the sequence
 * are zero, but for the log decay.
 */
export function stepFactor(
  c: SsdConstants,
  name: string,
  count: number,
  member: "x" | "z" | "w",
  t: string,
): RowOperand {
  return new RowOperand(c, name, count, 1, "rows", 1, (row) => {
    const value = `steps[first + ${t} + ${row}].${member}`;
    return member === "z" ? `select(0.0, ${value}, ${inSequence(c, `${t} + ${row}`)})` : value;
  });
}

/** acc_r += a(r, k)·column_k over `depth` steps, columns being loaded as text. */
export function multiply(
  rows: number,
  depth: number,
  a: RowOperand,
  width: Width,
  column: (k: number) => string,
): string {
  return repeat(depth, (k) =>
    `{ let column = ${column(k)};
${repeat(rows, (r) => `acc${r} = fma(${typeOf(width)}(${a.value(r, k)}), column, acc${r});`)} }`);
}
