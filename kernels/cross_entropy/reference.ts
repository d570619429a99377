/**
 * Softmax cross-entropy and its gradient as plain float64 loops.
 *
 * @module
 */

import { matmulReference, transposeReference } from "../matmul/reference.ts";

/** Operands of {@linkcode crossEntropyReference}, as in the kernel. */
export interface CrossEntropyReals {
  /** `[rows, width]`. */
  readonly logits: Float64Array;
  /** `[rows]`, −100 ignored. */
  readonly labels: ArrayLike<number>;
  /** `[rows]`. */
  readonly weights: Float64Array;
  /** Columns that count. */
  readonly vocabulary: number;
  /** Columns of a row. */
  readonly width: number;
}

/** `{ loss, dLogits, correct, rowLoss }` as the kernel returns them. */
export function crossEntropyReference(args: CrossEntropyReals): Record<string, Float64Array> {
  const { logits, labels, weights, vocabulary, width } = args;
  const rows = labels.length;
  const dLogits = new Float64Array(rows * width);
  const correct = new Float64Array(rows);
  const rowLoss = new Float64Array(rows);
  let loss = 0;
  for (let r = 0; r < rows; r++) {
    const label = labels[r];
    if (label === -100) continue;
    const row = logits.subarray(r * width, r * width + vocabulary);
    const top = row.reduce((a, b) => Math.max(a, b), -Infinity);
    const sum = row.reduce((all, x) => all + Math.exp(x - top), 0);
    rowLoss[r] = Math.log(sum) - (row[label] - top);
    correct[r] = row.indexOf(top) === label ? 1 : 0;
    loss += weights[r] * rowLoss[r];
    for (let v = 0; v < vocabulary; v++) {
      const p = Math.exp(row[v] - top) / sum;
      dLogits[r * width + v] = weights[r] * (p - (v === label ? 1 : 0));
    }
  }
  return { loss: Float64Array.of(loss), dLogits, correct, rowLoss };
}

/** Operands of {@linkcode linearCrossEntropyReference}, as in the kernel. */
export interface LinearCrossEntropyReals extends Omit<CrossEntropyReals, "logits" | "width"> {
  /** `[rows, dim]`. */
  readonly hidden: Float64Array;
  /** `[V', dim]`. */
  readonly weight: Float64Array;
  /** Inputs of the linear layer. */
  readonly dim: number;
}

/** `{ loss, correct, rowLoss, dHidden, dWeight }` from the logits of all rows at once. */
export function linearCrossEntropyReference(
  { hidden, weight, dim, ...rest }: LinearCrossEntropyReals,
): Record<string, Float64Array> {
  const rows = rest.labels.length;
  const width = weight.length / dim;
  const logits = matmulReference(hidden, transposeReference(weight, width, dim), [
    rows,
    dim,
    width,
  ]);
  const { dLogits, ...made } = crossEntropyReference({ ...rest, logits, width });
  const dHidden = matmulReference(dLogits, weight, [rows, width, dim]);
  const turned = transposeReference(dLogits, rows, width);
  return { ...made, dHidden, dWeight: matmulReference(turned, hidden, [width, rows, dim]) };
}
