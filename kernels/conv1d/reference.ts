/**
 * Causal depthwise convolution with SiLU and its gradients as plain float64 loops.
 *
 * @module
 */

/** Sizes of the axes. */
export interface ConvSize {
  /** Entries of the batch. */
  readonly batch: number;
  /** Tokens. */
  readonly length: number;
  /** Channels. */
  readonly dim: number;
  /** Taps. */
  readonly width: number;
}

/** Operands without gaps; upstream gradients for the backward. */
export interface ConvReals {
  /** `[batch, length, dim]`. */
  readonly x: Float64Array;
  /** `[dim, 1, width]`. */
  readonly weight: Float64Array;
  /** `[dim]`. */
  readonly bias?: Float64Array;
  /** `[batch, dim, width − 1]`. */
  readonly initialState?: Float64Array;
  /** `[batch, length]`. */
  readonly sequenceIndex?: Float64Array;
  /** `[batch, length, dim]`. */
  readonly dOut: Float64Array;
  /** `[batch, dim, width − 1]`. */
  readonly dLastState?: Float64Array;
}

/**
 * Whether a token at `t` (or the last state, at `t = length`) reaches back to `from` without meeting
 * a change of the sequence index.
 */
function reaches(size: ConvSize, r: ConvReals, batch: number, from: number, t: number): boolean {
  const index = r.sequenceIndex;
  if (!index) return true;
  const last = Math.min(t, size.length - 1);
  for (let s = Math.max(1, from + 1); s <= last; s++) {
    if (index[batch * size.length + s] !== index[batch * size.length + s - 1]) return false;
  }
  return true;
}

/** Calls `visit` for every tap of every token with what it reads: a token or a place of the state. */
function eachTap(
  size: ConvSize,
  r: ConvReals,
  visit: (at: { output: number; tap: number; token?: number; state?: number }) => void,
): void {
  const { batch, length, dim, width } = size;
  for (let b = 0; b < batch; b++) {
    for (let t = 0; t < length; t++) {
      for (let j = 0; j < width; j++) {
        const from = t - width + 1 + j;
        if (!reaches(size, r, b, from, t)) continue;
        for (let d = 0; d < dim; d++) {
          const place = from < 0
            ? { state: (b * dim + d) * (width - 1) + from + width - 1 }
            : { token: (b * length + from) * dim + d };
          visit({ output: (b * length + t) * dim + d, tap: d * width + j, ...place });
        }
      }
    }
  }
}

/** Calls `visit` for every place of the last state with what it holds. */
function eachLast(
  size: ConvSize,
  r: ConvReals,
  visit: (at: { last: number; token?: number; state?: number }) => void,
): void {
  const { batch, length, dim, width } = size;
  for (let b = 0; b < batch; b++) {
    for (let j = 0; j < width - 1; j++) {
      const from = length - width + 1 + j;
      if (!reaches(size, r, b, from, length)) continue;
      for (let d = 0; d < dim; d++) {
        const state = (b * dim + d) * (width - 1);
        const place = from < 0
          ? { state: state + from + width - 1 }
          : { token: (b * length + from) * dim + d };
        visit({ last: state + j, ...place });
      }
    }
  }
}

/** Outputs and gradients of every operand that is there. */
export function conv1dReference(size: ConvSize, r: ConvReals): Record<string, Float64Array> {
  const { batch, length, dim, width } = size;
  const states = batch * dim * (width - 1);
  const at = ({ token, state }: { token?: number; state?: number }): number =>
    token === undefined ? r.initialState?.[state ?? 0] ?? 0 : r.x[token];
  const pre = Float64Array.from({ length: batch * length * dim }, (_, i) => r.bias?.[i % dim] ?? 0);
  eachTap(size, r, (p) => pre[p.output] += r.weight[p.tap] * at(p));
  const sigmoid = pre.map((v) => 1 / (1 + Math.exp(-v)));
  const out = pre.map((v, i) => v * sigmoid[i]);
  const lastState = new Float64Array(states);
  eachLast(size, r, (p) => lastState[p.last] = at(p));
  const g = pre.map((v, i) => r.dOut[i] * sigmoid[i] * (1 + v * (1 - sigmoid[i])));
  const [dX, dWeight] = [new Float64Array(r.x.length), new Float64Array(r.weight.length)];
  const [dBias, dInitialState] = [new Float64Array(dim), new Float64Array(states)];
  const pass = ({ token, state }: { token?: number; state?: number }, by: number) => {
    if (token !== undefined) dX[token] += by;
    else if (state !== undefined) dInitialState[state] += by;
  };
  eachTap(size, r, (p) => {
    dWeight[p.tap] += g[p.output] * at(p);
    pass(p, g[p.output] * r.weight[p.tap]);
  });
  eachLast(size, r, (p) => pass(p, r.dLastState?.[p.last] ?? 0));
  g.forEach((v, i) => dBias[i % dim] += v);
  return {
    out,
    ...(r.dLastState && { lastState }),
    dX,
    dWeight,
    ...(r.bias && { dBias }),
    ...(r.initialState && { dInitialState }),
  };
}
