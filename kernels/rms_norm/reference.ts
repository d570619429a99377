/**
 * RMS normalisation and its gradients as plain float64 loops.
 *
 * @module
 */

/** Operands without gaps, with the upstream gradients. */
export interface NormReals {
  /** `[rows, dim]`. */
  readonly x: Float64Array;
  /** `[rows, dim]`. */
  readonly residual?: Float64Array;
  /** `[dim]`. */
  readonly weight: Float64Array;
  /** `[rows, dim]`. */
  readonly dOut: Float64Array;
  /** `[rows, dim]`. */
  readonly dSum?: Float64Array;
}

/** Outputs and gradients. */
export function rmsNormReference(r: NormReals, epsilon: number): Record<string, Float64Array> {
  const dim = r.weight.length;
  const rows = r.x.length / dim;
  const sum = r.x.map((v, i) => v + (r.residual?.[i] ?? 0));
  const inverseRms = new Float64Array(rows);
  const [out, dX] = [new Float64Array(sum.length), new Float64Array(sum.length)];
  const dWeight = new Float64Array(dim);
  for (let row = 0; row < rows; row++) {
    let [squares, products] = [0, 0];
    for (let i = row * dim; i < (row + 1) * dim; i++) {
      squares += sum[i] ** 2;
      products += sum[i] * r.dOut[i] * r.weight[i % dim];
    }
    const inverse = inverseRms[row] = 1 / Math.sqrt(squares / dim + epsilon);
    for (let i = row * dim; i < (row + 1) * dim; i++) {
      out[i] = sum[i] * inverse * r.weight[i % dim];
      dX[i] = inverse * r.weight[i % dim] * r.dOut[i] - sum[i] * inverse ** 3 * products / dim +
        (r.dSum?.[i] ?? 0);
      dWeight[i % dim] += sum[i] * inverse * r.dOut[i];
    }
  }
  return { out, sum, inverseRms, dX, dWeight };
}
