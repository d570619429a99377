/**
 * WGSL for the states before every chunk of a block, which the backward computes in time's order and
 * takes up in reverse.
 *
 * On processors with subgroups they are a stack whose entries all move at every push and pop: a
 * software driver turns an array with a computed index into a branch for every element, which takes it
 * as long to run and longer to compile. Elsewhere they are an array, whose elements need no registers.
 *
 * @module
 */
import { repeat } from "../wgsl.ts";
import type { ScanConstants } from "./constants.ts";

/** Declares what holds word q; an array for every word, since one of all takes longer to compile. */
export const declareBefore = (c: ScanConstants, q: number): string =>
  c.stacked
    ? repeat(c.block, (i) => `var before${q}_${i} = vec4f();`)
    : `var before${q}: array<vec4f, ${c.block}>;`;

/** Keeps word q of the states before chunk `chunk`; chunks come in order, from `firstChunk` on. */
export const pushBefore = (c: ScanConstants, q: number, chunk: string, value: string): string => {
  if (!c.stacked) return `before${q}[${chunk} - firstChunk] = ${value};`;
  const moves = repeat(c.block - 1, (i) => {
    const to = c.block - 1 - i;
    return `before${q}_${to} = before${q}_${to - 1};`;
  });
  return `${moves} before${q}_0 = ${value};`;
};

/** Word q of the states before chunk `chunk`, the last one that is still kept. */
export const lastBefore = (c: ScanConstants, q: number): string =>
  c.stacked ? `before${q}_0` : `before${q}[chunk - firstChunk]`;

/** Lets go of that word. */
export const popBefore = (c: ScanConstants, q: number): string =>
  c.stacked ? repeat(c.block - 1, (i) => `before${q}_${i} = before${q}_${i + 1};`) : "";
