/**
 * The sum over partial results in float64.
 *
 * @module
 */

/** Σ_p partials[p] for partials `[count, size]`, added to `start` where it is there. */
export function reduceReference(
  partials: Float64Array,
  size: number,
  start: Float64Array = new Float64Array(size),
): Float64Array {
  const sums = start.slice();
  partials.forEach((v, i) => sums[i % size] += v);
  return sums;
}
