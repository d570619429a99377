/**
 * The gated norm as plain float64 loops, forward and backward.
 *
 * @module
 */
import type { Reals } from "../case.ts";

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** out, dx, dz and dWeight from x, z, weight and dOut; rows of `groups` groups of `width` channels. */
export function gatedRmsNormReference(
  { x, z, weight, dOut }: Reals,
  { groups, width, epsilon }: { groups: number; width: number; epsilon: number },
): Record<"out" | "dx" | "dz" | "dWeight", Float64Array> {
  const like = () => new Float64Array(x.length);
  const g = { out: like(), dx: like(), dz: like(), dWeight: new Float64Array(weight.length) };
  const v = x.map((value, i) => value * z[i] * sigmoid(z[i]));
  for (let from = 0; from < x.length; from += width) {
    const channel = from % (groups * width);
    let [squares, products] = [0, 0];
    for (let i = 0; i < width; i++) {
      squares += v[from + i] ** 2;
      products += v[from + i] * dOut[from + i] * weight[channel + i];
    }
    const r = 1 / Math.sqrt(squares / width + epsilon);
    for (let i = 0; i < width; i++) {
      const [at, w] = [from + i, weight[channel + i]];
      const gate = sigmoid(z[at]);
      const dv = r * (dOut[at] * w - v[at] * r * r * products / width);
      g.out[at] = v[at] * r * w;
      g.dx[at] = dv * z[at] * gate;
      g.dz[at] = dv * x[at] * gate * (1 + z[at] * (1 - gate));
      g.dWeight[channel + i] += dOut[at] * v[at] * r;
    }
  }
  return g;
}
