/**
 * Matrix products as plain float64 loops.
 *
 * @module
 */

/** C = A·B (+ bias) (+ addend) for A `[rows, depth]` and B `[depth, columns]`. */
export function matmulReference(
  a: Float64Array,
  b: Float64Array,
  [rows, depth, columns]: readonly [number, number, number],
  bias?: Float64Array,
  addend?: Float64Array,
): Float64Array {
  const c = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = (bias?.[j] ?? 0) + (addend?.[i * columns + j] ?? 0);
      for (let k = 0; k < depth; k++) sum += a[i * depth + k] * b[k * columns + j];
      c[i * columns + j] = sum;
    }
  }
  return c;
}

/** Mᵀ of M `[rows, columns]`. */
export function transposeReference(m: Float64Array, rows: number, columns: number): Float64Array {
  const out = new Float64Array(m.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) out[j * rows + i] = m[i * columns + j];
  }
  return out;
}
