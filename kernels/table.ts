/**
 * Pieces of work of different sizes in one dispatch: a table in the uniform says which workgroups
 * are whose. Short dispatches leave most of a device idle, and each costs a wait for the one before.
 *
 * @module
 */
import { GpuArray } from "../src/gpu/array.ts";
import type { Gpu } from "../src/gpu/gpu.ts";
import { GROUP } from "./grid.ts";
import { COMPONENTS, repeat } from "./wgsl.ts";

/** Most pieces of one dispatch: a table of 9 KiB, which every device allows. */
export const MAX_ROWS = 256;

/** Numbers of a row. */
const WORDS = 8;
/** No workgroup reaches the rows that fill the table up. */
const NEVER = 0xffffffff;

/** One piece of work. */
export interface TableRow {
  /** Workgroups that the piece takes. */
  readonly groups: number;
  /** Eight numbers that its threads read. */
  readonly words: readonly number[];
}

/** Bindings start at multiples of 256 bytes, which are so many elements of f16 or less. */
const ALIGNMENT = 128;

/** Elements up to the next place where a binding may start. */
export function aligned(elements: number): number {
  return Math.ceil(elements / ALIGNMENT) * ALIGNMENT;
}

/** The element after an array's last. */
const endOf = ({ offset, rows, rowStride, columns }: GpuArray): number =>
  offset + (rows - 1) * rowStride + columns;

/** One view that covers views of one buffer, from a place where a binding may start. */
export function coverOf(arrays: readonly GpuArray[]): GpuArray {
  const start = Math.min(...arrays.map(({ offset, residual }) => offset - residual));
  const end = Math.max(...arrays.map(endOf));
  return new GpuArray(arrays[0].pooled, [end - start], arrays[0].dtype, start);
}

/** Whether arrays are views of one buffer of which one reaches into what the other covers. */
export const overlap = (a: GpuArray, b: GpuArray): boolean =>
  a.pooled === b.pooled && a.offset < endOf(b) && b.offset < endOf(a);

/** New arrays in one buffer, each where a binding may start. */
export function emptyTogether(gpu: Gpu, shapes: readonly (readonly number[])[]): GpuArray[] {
  if (shapes.length === 0) return [];
  const sizes = shapes.map((shape) => aligned(shape.reduce((product, n) => product * n, 1)));
  const whole = gpu.empty([sizes.reduce((sum, size) => sum + size, 0)]);
  let at = 0;
  const arrays = shapes.map((shape, i) => {
    const array = gpu.retain(new GpuArray(whole.pooled, shape, "f32", at));
    at += sizes[i];
    return array;
  });
  gpu.release(whole);
  return arrays;
}

/** Whether arrays are views of one buffer that one binding can cover. */
export function shareBinding(gpu: Gpu, arrays: readonly GpuArray[]): boolean {
  const limit = gpu.bindingLimit;
  return arrays.every(({ pooled }) => pooled === arrays[0].pooled) &&
    4 * aligned(coverOf(arrays).size) <= limit;
}

/** Rows that the text of a kernel provides for so many pieces: a power of two, so that texts are few. */
export function tableSize(pieces: number): number {
  return 2 ** Math.ceil(Math.log2(pieces));
}

/** The uniform's numbers: the first workgroup of each piece, then the rows. */
export function tableParams(rows: readonly TableRow[]): number[] {
  const size = tableSize(rows.length);
  const firsts = new Array<number>(Math.ceil(size / 4) * 4).fill(NEVER);
  const words = new Array<number>(size * WORDS).fill(0);
  let first = 0;
  rows.forEach((row, i) => {
    firsts[i] = first;
    row.words.forEach((word, w) => words[i * WORDS + w] = word);
    first += row.groups;
  });
  return [...firsts, ...words];
}

/** Declares the uniform, as the last binding. */
export function tableBinding(binding: number, size: number): string {
  return `struct Params { firsts: array<vec4u, ${Math.ceil(size / 4)}>, rows: array<vec4u, ${
    2 * size
  }> }
@group(0) @binding(${binding}) var<uniform> params: Params;
`;
}

/**
 * Declares `i`, the thread's number within its piece, and `rowA` and `rowB`, its row's numbers.
 * Comparisons with every piece take no loads at computed places, which cost processors most.
 */
export function findRow(size: number, threads: number): string {
  return `  let workgroup = ${GROUP};
  var piece = 0u;
  var first = 0u;
${
    repeat(size - 1, (before) => {
      const i = before + 1;
      const at = `params.firsts[${i >> 2}].${COMPONENTS[i & 3]}`;
      return `  if (workgroup >= ${at}) { piece = ${i}u; first = ${at}; }`;
    })
  }
  let i = (workgroup - first) * ${threads}u + local;
  let rowA = params.rows[2u * piece];
  let rowB = params.rows[2u * piece + 1u];`;
}
