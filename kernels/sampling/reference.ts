/**
 * The choice of tokens as plain float64 loops over sorted probabilities.
 *
 * @module
 */

/** The first column with the largest number of each row, or −1 where one is NaN. */
export function argmaxReference(
  logits: Float64Array,
  width: number,
  vocabulary: number,
): Float64Array {
  return Float64Array.from({ length: logits.length / width }, (_, r) => {
    const row = logits.subarray(r * width, r * width + vocabulary);
    return row.some(Number.isNaN) ? -1 : row.indexOf(row.reduce((a, b) => Math.max(a, b)));
  });
}

/** Where a row of {@linkcode sampleReference} stands among the cumulative probabilities. */
export interface Drawn {
  /** The column, or −1. */
  readonly choice: number;
  /** How far the uniform number, and topP, are from where the choice would change. */
  readonly margin: number;
}

/** Draws a column from one row by the uniform number `u`. */
export function sampleReference(
  row: Float64Array,
  options: { readonly temperature: number; readonly topK: number; readonly topP: number },
  u: number,
): Drawn {
  const top = row.reduce((a, b) => Math.max(a, b), -Infinity);
  if (!Number.isFinite(top) || row.some(Number.isNaN)) return { choice: -1, margin: 1 };
  const temperature = Math.fround(options.temperature);
  const weights = row.map((x) => Math.exp((x - top) / temperature));
  const sorted = Array.from(row).sort((a, b) => b - a);
  let lowest = options.topK > 0 ? sorted[Math.min(options.topK, row.length) - 1] : -Infinity;
  let margin = 1;
  const above = (limit: number) =>
    row.reduce((sum, x, i) => x >= limit ? sum + weights[i] : sum, 0);
  if (options.topP < 1) {
    const whole = above(lowest);
    const shares = [...new Set(sorted)].filter((x) => x >= lowest)
      .map((limit) => ({ limit, share: above(limit) / whole }));
    margin = Math.min(...shares.map(({ share }) => Math.abs(share - options.topP)));
    lowest = shares.find(({ share }) => share >= options.topP)!.limit;
  }
  const all = above(lowest);
  let [sum, choice] = [0, -1];
  for (let i = 0; i < row.length; i++) {
    if (row[i] < lowest) continue;
    sum += weights[i] / all;
    if (choice < 0 && sum > u) choice = i;
    if (i < row.length - 1) margin = Math.min(margin, Math.abs(sum - u));
  }
  return { choice, margin };
}
