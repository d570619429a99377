/**
 * Gather of rows and its backward as plain float64 loops.
 *
 * @module
 */

/** out[i] = table[ids[i]] for rows of `columns`. */
export function embeddingReference(
  table: Float64Array,
  ids: ArrayLike<number>,
  columns: number,
): Float64Array {
  const out = new Float64Array(ids.length * columns);
  for (let i = 0; i < ids.length; i++) {
    for (let j = 0; j < columns; j++) out[i * columns + j] = table[ids[i] * columns + j];
  }
  return out;
}

/** dTable[v] = Σ dOut[i] over all i with ids[i] = v, added to `before` where given. */
export function embeddingBackwardReference(
  dOut: Float64Array,
  ids: ArrayLike<number>,
  [rows, columns]: readonly [number, number],
  before?: Float64Array,
): Float64Array {
  const dTable = before?.slice() ?? new Float64Array(rows * columns);
  for (let i = 0; i < ids.length; i++) {
    for (let j = 0; j < columns; j++) dTable[ids[i] * columns + j] += dOut[i * columns + j];
  }
  return dTable;
}
