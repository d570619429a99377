/**
 * The operations on single elements in float64.
 *
 * @module
 */

/** 1 / (1 + exp(−x)). */
export function sigmoidReference(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** x·SiLU(gate). */
export function siluGateReference(x: number, gate: number): number {
  return x * gate * sigmoidReference(gate);
}

/** ∂(x·SiLU(gate))/∂gate. */
export function siluGateSlopeReference(x: number, gate: number): number {
  const s = sigmoidReference(gate);
  return x * s * (1 + gate * (1 - s));
}

/** ln(1 + exp(x)). */
export function softplusReference(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** Column sums of `[rows, columns]`. */
export function sumRowsReference(x: Float64Array, columns: number): Float64Array {
  const sums = new Float64Array(columns);
  x.forEach((v, i) => sums[i % columns] += v);
  return sums;
}
