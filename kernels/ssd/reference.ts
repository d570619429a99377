/**
 * SSD as the plain recurrence in float64, forward and backward.
 *
 * @module
 */
import type { Reals } from "../case.ts";

/** Sizes and limits of an SSD. */
export interface SsdShape {
  /** Sequences. */
  readonly batch: number;
  /** Steps. */
  readonly length: number;
  /** Heads. */
  readonly heads: number;
  /** Channels of a head. */
  readonly headDim: number;
  /** Groups of heads that share B and C. */
  readonly groups: number;
  /** States of a channel. */
  readonly state: number;
  /** Least and largest step size. */
  readonly stepLimits: readonly [number, number];
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/** Everything of one head of one sequence that both directions need. */
interface Head {
  /** softplus(dt + bias), before the limits. */
  readonly free: Float64Array;
  /** Step sizes. */
  readonly step: Float64Array;
  /** Decays into each step; 0 where a sequence begins. */
  readonly decay: Float64Array;
  /** States `[length + 1, headDim, state]`, the initial one first. */
  readonly states: Float64Array;
}

const channel = (s: SsdShape, b: number, t: number, h: number, p: number): number =>
  ((b * s.length + t) * s.heads + h) * s.headDim + p;

const shared = (s: SsdShape, b: number, t: number, h: number, n: number): number =>
  ((b * s.length + t) * s.groups + Math.floor(h / (s.heads / s.groups))) * s.state + n;

function runHead(s: SsdShape, x: Reals, b: number, h: number): Head {
  const { length, headDim, state } = s;
  const size = headDim * state;
  const free = new Float64Array(length);
  const step = new Float64Array(length);
  const decay = new Float64Array(length);
  const states = new Float64Array((length + 1) * size);
  const from = (b * s.heads + h) * size;
  if (x.initialState) states.set(x.initialState.subarray(from, from + size));
  for (let t = 0; t < length; t++) {
    free[t] = softplus(x.dt[(b * length + t) * s.heads + h] + x.dtBias[h]);
    step[t] = Math.min(Math.max(free[t], s.stepLimits[0]), s.stepLimits[1]);
    const index = x.sequenceIndex;
    const reset = t > 0 && index && index[b * length + t] !== index[b * length + t - 1];
    decay[t] = reset ? 0 : Math.exp(-step[t] * Math.exp(x.ALog[h]));
    for (let p = 0; p < headDim; p++) {
      const drive = step[t] * x.x[channel(s, b, t, h, p)];
      for (let n = 0; n < state; n++) {
        const i = p * state + n;
        states[(t + 1) * size + i] = decay[t] * states[t * size + i] +
          drive * x.B[shared(s, b, t, h, n)];
      }
    }
  }
  return { free, step, decay, states };
}

/** out `[batch, length, heads·headDim]` and lastState `[batch, heads·headDim, state]`. */
export function ssdReference(
  s: SsdShape,
  x: Reals,
): { out: Float64Array; lastState: Float64Array } {
  const { length, headDim, state } = s;
  const size = headDim * state;
  const out = new Float64Array(x.x.length);
  const lastState = new Float64Array(s.batch * s.heads * size);
  for (let b = 0; b < s.batch; b++) {
    for (let h = 0; h < s.heads; h++) {
      const { states } = runHead(s, x, b, h);
      lastState.set(states.subarray(length * size), (b * s.heads + h) * size);
      for (let t = 0; t < length; t++) {
        for (let p = 0; p < headDim; p++) {
          const i = channel(s, b, t, h, p);
          out[i] = x.D[h] * x.x[i];
          for (let n = 0; n < state; n++) {
            out[i] += states[(t + 1) * size + p * state + n] * x.C[shared(s, b, t, h, n)];
          }
        }
      }
    }
  }
  return { out, lastState };
}

/** Gradients by the inputs' names, from dOut and (where present) dLastState. */
export function ssdBackwardReference(s: SsdShape, x: Reals): Record<string, Float64Array> {
  const zero = (like: Float64Array) => new Float64Array(like.length);
  const g = {
    dx: zero(x.x),
    ddt: zero(x.dt),
    dDtBias: zero(x.dtBias),
    dALog: zero(x.ALog),
    dB: zero(x.B),
    dC: zero(x.C),
    dD: zero(x.D),
    dInitialState: new Float64Array(s.batch * s.heads * s.headDim * s.state),
  };
  for (let b = 0; b < s.batch; b++) {
    for (let h = 0; h < s.heads; h++) headBackward(s, x, b, h, g);
  }
  return g;
}

function headBackward(
  s: SsdShape,
  x: Reals,
  b: number,
  h: number,
  g: Record<string, Float64Array>,
): void {
  const { headDim, state } = s;
  const size = headDim * state;
  const { free, step, decay, states } = runHead(s, x, b, h);
  const A = -Math.exp(x.ALog[h]);
  const carried = new Float64Array(size);
  const from = (b * s.heads + h) * size;
  if (x.dLastState) carried.set(x.dLastState.subarray(from, from + size));
  for (let t = s.length - 1; t >= 0; t--) {
    let dStep = 0;
    for (let p = 0; p < headDim; p++) {
      const i = channel(s, b, t, h, p);
      const [dy, u] = [x.dOut[i], x.x[i]];
      g.dD[h] += dy * u;
      g.dx[i] = x.D[h] * dy;
      for (let n = 0; n < state; n++) {
        const [at, j] = [shared(s, b, t, h, n), p * state + n];
        carried[j] += dy * x.C[at];
        g.dC[at] += dy * states[(t + 1) * size + j];
        g.dB[at] += carried[j] * step[t] * u;
        g.dx[i] += carried[j] * step[t] * x.B[at];
        dStep += carried[j] * u * x.B[at];
        carried[j] *= decay[t];
        const through = carried[j] * states[t * size + j];
        dStep += through * A;
        g.dALog[h] += through * step[t] * A;
      }
    }
    const inside = free[t] >= s.stepLimits[0] && free[t] <= s.stepLimits[1];
    const row = (b * s.length + t) * s.heads + h;
    g.ddt[row] = inside ? dStep * sigmoid(x.dt[row] + x.dtBias[h]) : 0;
    g.dDtBias[h] += g.ddt[row];
  }
  g.dInitialState.set(carried, from);
}
