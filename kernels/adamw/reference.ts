/**
 * The gradient's norm and AdamW as plain float64 loops.
 *
 * @module
 */

/** The Euclidean norm. */
export function normReference(gradient: Float64Array): number {
  return Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0));
}

/** Vectors of {@linkcode adamwReference}, each `[n]`. */
export interface AdamWReals {
  /** Before the step. */
  readonly parameters: Float64Array;
  /** Before clipping. */
  readonly gradient: Float64Array;
  /** Before the step. */
  readonly firstMoment: Float64Array;
  /** Before the step. */
  readonly secondMoment: Float64Array;
  /** The eight numbers of `adamwSettings`. */
  readonly settings: ArrayLike<number>;
}

/** One step, with weight decay on the first `decayed` elements. */
export function adamwReference(x: AdamWReals, decayed: number): Record<string, Float64Array> {
  const s = Array.from(x.settings);
  const [rate, beta1, beta2, epsilon, weightDecay, scale1, scale2, maxNorm] = s;
  const clip = Math.min(1, maxNorm / (normReference(x.gradient) + 1e-6));
  const parameters = x.parameters.slice();
  const firstMoment = x.firstMoment.slice();
  const secondMoment = x.secondMoment.slice();
  for (let i = 0; i < parameters.length; i++) {
    const g = clip * x.gradient[i];
    if (i < decayed) parameters[i] -= rate * weightDecay * parameters[i];
    firstMoment[i] = beta1 * firstMoment[i] + (1 - beta1) * g;
    secondMoment[i] = beta2 * secondMoment[i] + (1 - beta2) * g * g;
    const root = Math.sqrt(secondMoment[i] * scale2) + epsilon;
    parameters[i] -= rate * scale1 * firstMoment[i] / root;
  }
  return { parameters, firstMoment, secondMoment };
}
