/**
 * The selective scan as plain float64 loops, forward and backward.
 *
 * @module
 */
import type { Reals } from "../case.ts";

/** Sizes and switches of a scan in upstream's layout. */
export interface ScanShape {
  /** Sequences. */
  readonly batch: number;
  /** Channels. */
  readonly dim: number;
  /** Steps. */
  readonly length: number;
  /** States a channel. */
  readonly state: number;
  /** Groups of channels that share B and C. */
  readonly groups: number;
  /** Whether delta + bias passes through softplus. */
  readonly softplus: boolean;
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/** Everything of one channel of one sequence that both directions need. */
interface Channel {
  readonly raw: Float64Array;
  readonly step: Float64Array;
  /** Decays `[length, state]`. */
  readonly decay: Float64Array;
  /** States `[length + 1, state]`, the initial one first. */
  readonly states: Float64Array;
  /** Σ C·h + D·u. */
  readonly y: Float64Array;
}

const series = (s: ScanShape, b: number, d: number, t: number): number =>
  (b * s.dim + d) * s.length + t;

const shared = (s: ScanShape, b: number, d: number, n: number, t: number): number => {
  const group = Math.floor(d / (s.dim / s.groups));
  return ((b * s.groups + group) * s.state + n) * s.length + t;
};

function runChannel(s: ScanShape, x: Reals, b: number, d: number): Channel {
  const { length, state } = s;
  const raw = new Float64Array(length);
  const step = new Float64Array(length);
  const decay = new Float64Array(length * state);
  const states = new Float64Array((length + 1) * state);
  const y = new Float64Array(length);
  for (let n = 0; n < state; n++) states[n] = x.initialState?.[(b * s.dim + d) * state + n] ?? 0;
  for (let t = 0; t < length; t++) {
    const u = x.u[series(s, b, d, t)];
    raw[t] = x.delta[series(s, b, d, t)] + (x.deltaBias?.[d] ?? 0);
    step[t] = s.softplus ? softplus(raw[t]) : raw[t];
    const index = x.sequenceIndex;
    const reset = t > 0 && index && index[b * length + t] !== index[b * length + t - 1];
    y[t] = (x.D?.[d] ?? 0) * u;
    for (let n = 0; n < state; n++) {
      const keep = reset ? 0 : Math.exp(step[t] * x.A[d * state + n]);
      const h = keep * states[t * state + n] + step[t] * u * x.B[shared(s, b, d, n, t)];
      decay[t * state + n] = keep;
      states[(t + 1) * state + n] = h;
      y[t] += h * x.C[shared(s, b, d, n, t)];
    }
  }
  return { raw, step, decay, states, y };
}

/** out and lastState; inputs by upstream's names, optional ones left out. */
export function scanForwardReference(
  s: ScanShape,
  x: Reals,
): { out: Float64Array; lastState: Float64Array } {
  const out = new Float64Array(x.u.length);
  const lastState = new Float64Array(s.batch * s.dim * s.state);
  for (let b = 0; b < s.batch; b++) {
    for (let d = 0; d < s.dim; d++) {
      const { states, y } = runChannel(s, x, b, d);
      lastState.set(states.subarray(s.length * s.state), (b * s.dim + d) * s.state);
      for (let t = 0; t < s.length; t++) {
        const i = series(s, b, d, t);
        out[i] = y[t] * (x.z ? x.z[i] * sigmoid(x.z[i]) : 1);
      }
    }
  }
  return { out, lastState };
}

/** Gradients by the inputs' names, from dOut and (where present) dLastState. */
export function scanBackwardReference(s: ScanShape, x: Reals): Record<string, Float64Array> {
  const zero = (like: Float64Array | undefined) => new Float64Array(like?.length ?? 0);
  const g = {
    du: zero(x.u),
    ddelta: zero(x.delta),
    dA: zero(x.A),
    dB: zero(x.B),
    dC: zero(x.C),
    dD: zero(x.D),
    dz: zero(x.z),
    dDeltaBias: zero(x.deltaBias),
    dInitialState: new Float64Array(s.batch * s.dim * s.state),
  };
  for (let b = 0; b < s.batch; b++) {
    for (let d = 0; d < s.dim; d++) channelBackward(s, x, b, d, g);
  }
  return g;
}

function channelBackward(
  s: ScanShape,
  x: Reals,
  b: number,
  d: number,
  g: Record<string, Float64Array>,
): void {
  const { raw, step, decay, states, y } = runChannel(s, x, b, d);
  const { state } = s;
  const carried = new Float64Array(state);
  for (let n = 0; n < state; n++) carried[n] = x.dLastState?.[(b * s.dim + d) * state + n] ?? 0;
  for (let t = s.length - 1; t >= 0; t--) {
    const i = series(s, b, d, t);
    const u = x.u[i];
    let dy = x.dOut[i];
    if (x.z) {
      const gate = sigmoid(x.z[i]);
      g.dz[i] = dy * y[t] * gate * (1 + x.z[i] * (1 - gate));
      dy *= x.z[i] * gate;
    }
    if (x.D) g.dD[d] += dy * u;
    let dStep = 0;
    g.du[i] = (x.D?.[d] ?? 0) * dy;
    for (let n = 0; n < state; n++) {
      const at = shared(s, b, d, n, t);
      carried[n] += dy * x.C[at];
      g.dC[at] += dy * states[(t + 1) * state + n];
      g.dB[at] += carried[n] * step[t] * u;
      g.du[i] += carried[n] * step[t] * x.B[at];
      dStep += carried[n] * u * x.B[at];
      carried[n] *= decay[t * state + n];
      const through = carried[n] * states[t * state + n];
      dStep += through * x.A[d * state + n];
      g.dA[d * state + n] += through * step[t];
    }
    g.ddelta[i] = dStep * (s.softplus ? sigmoid(raw[t]) : 1);
    if (x.deltaBias) g.dDeltaBias[d] += g.ddelta[i];
  }
  g.dInitialState.set(carried, (b * s.dim + d) * state);
}
