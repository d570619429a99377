/**
 * Which prompts are read together.
 *
 * @module
 */
import { chunkLength } from "./prefill.ts";

/**
 * Groups prompts of similar length, the longest first, so that the padding of each batch fits into
 * its first chunk.
 *
 * @param lengths Tokens of each prompt, at least 1.
 * @param maxRows Most prompts of a batch.
 * @returns Indices of prompts, batch by batch.
 */
export function groupByLength(lengths: readonly number[], maxRows: number): number[][] {
  const order = lengths.map((_, index) => index).sort((a, b) => lengths[b] - lengths[a] || a - b);
  const groups: number[][] = [];
  let group: number[] = [];
  for (const index of order) {
    if (group.length && !joins(lengths[group[0]], lengths[index], group.length + 1, maxRows)) {
      group = [];
    }
    if (!group.length) groups.push(group);
    group.push(index);
  }
  return groups;
}

/** Padding rounds lengths up to multiples of 8, hence the margin. */
function joins(longest: number, length: number, rows: number, maxRows: number): boolean {
  return rows <= maxRows && Math.ceil(longest / 8) * 8 - length < chunkLength(rows);
}
