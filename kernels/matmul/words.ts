/**
 * How many columns a lane takes, words of four.
 *
 * @module
 */
import type { Gpu } from "../../src/gpu/gpu.ts";
import { lanesOf } from "../team.ts";

/** Columns that a tile has on processors at least: there a load costs as much as many products. */
const PROCESSOR_COLUMNS = 64;

const isProcessor = (gpu: Gpu): boolean => gpu.facts.kind === "cpu" && gpu.subgroupSize > 0;

/**
 * Whether tiles need not be large for the sake of loads, which textures make cheap: half the size is as
 * fast (on 8 lanes), and its text compiles in half the time.
 */
export const hasCheapLoads = (gpu: Gpu): boolean => isProcessor(gpu) && gpu.texturesFrom < Infinity;

/** Words of four columns a lane. */
export function wordsFor(gpu: Gpu, columns: number): number {
  const wanted = Math.min(isProcessor(gpu) ? PROCESSOR_COLUMNS : 0, columns);
  return Math.max(1, Math.ceil(wanted / (4 * lanesOf(gpu))));
}

/** The same, and two words on processors where that leaves no panel over: more products share a load. */
export function evenWords(gpu: Gpu, columns: number): number {
  const words = wordsFor(gpu, columns);
  const panels = Math.ceil(columns / (4 * lanesOf(gpu)));
  return isProcessor(gpu) && words === 1 && panels % 2 === 0 ? 2 : words;
}
