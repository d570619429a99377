/**
 * Shapes on which `deno task verify` proves the selective scan. The grid that upstream's own test
 * leaves commented out (lengths 372, 784 and 1134) is among them.
 *
 * @module
 */
import type { GpuArray } from "../../src/gpu/array.ts";
import type { Gpu } from "../../src/gpu/gpu.ts";
import type { HostTensor, KernelCase, KernelSuite, Reals, Tolerance } from "../case.ts";
import { randomTensor } from "../case.ts";
import { selectiveScan, selectiveScanBackward, type SelectiveScanOptions } from "./mod.ts";
import { scanBackwardReference, scanForwardReference, type ScanShape } from "./reference.ts";

/** The tolerances of upstream's test (tests/ops/test_selective_scan.py), by output. */
export const UPSTREAM_TOLERANCES: Readonly<Record<string, Tolerance>> = {
  out: { relative: 6e-4, absolute: 2e-3 },
  lastState: { relative: 6e-4, absolute: 2e-3 },
  du: { relative: 1.2e-3, absolute: 4e-3 },
  ddelta: { relative: 3e-3, absolute: 2e-2 },
  dB: { relative: 6e-4, absolute: 2e-3 },
  dC: { relative: 6e-4, absolute: 2e-3 },
  dA: { relative: 1e-3, absolute: 1e-2 },
  dD: { relative: 1e-3, absolute: 1e-2 },
  dz: { relative: 1e-3, absolute: 1e-2 },
  dDeltaBias: { relative: 1e-3, absolute: 1e-2 },
};

/** What the kit holds itself to: ten times tighter than upstream, with room for long sums. */
function tolerance(terms: number): Tolerance {
  return { relative: 1e-4, absolute: 4e-6 * Math.max(8, Math.sqrt(terms)) };
}

const OPTIONAL = ["D", "z", "deltaBias", "initialState", "sequenceIndex", "dLastState"] as const;

/** Optional inputs that a case has. */
type Extras = Partial<Record<typeof OPTIONAL[number], boolean>>;

const ALL: Extras = { D: true, z: true, deltaBias: true, initialState: true, dLastState: true };

/** Sequences of uneven lengths packed one after another, as the trainer packs them. */
function packedIndex(batch: number, length: number): HostTensor {
  const data = new Int32Array(batch * length);
  for (let b = 0; b < batch; b++) {
    for (let t = 0; t < length; t++) data[b * length + t] = Math.floor((t + 3 * b) / (5 + 8 * b));
  }
  return { data, shape: [batch, length] };
}

function inputsOf(s: ScanShape, extras: Extras): Record<string, HostTensor> {
  const seed = (name: string) => `scan/${Object.values(s).join("/")}/${name}`;
  const series = [s.batch, s.dim, s.length];
  const shared = s.groups > 1 ? [s.batch, s.groups, s.state, s.length] : [s.batch, s.state, s.length];
  const states = [s.batch, s.dim, s.state];
  const a = randomTensor(seed("A"), [s.dim, s.state], 0.5);
  const all: Record<string, HostTensor> = {
    u: randomTensor(seed("u"), series),
    delta: randomTensor(seed("delta"), series, 0.5),
    A: { ...a, data: Float32Array.from(a.data, (x) => -0.02 - Math.abs(x)) },
    B: randomTensor(seed("B"), shared),
    C: randomTensor(seed("C"), shared),
    D: randomTensor(seed("D"), [s.dim]),
    z: randomTensor(seed("z"), series),
    deltaBias: randomTensor(seed("deltaBias"), [s.dim], 0.5),
    initialState: randomTensor(seed("initialState"), states),
    sequenceIndex: packedIndex(s.batch, s.length),
    dOut: randomTensor(seed("dOut"), series),
    dLastState: randomTensor(seed("dLastState"), states),
  };
  const absent = OPTIONAL.filter((name) => !extras[name]);
  return Object.fromEntries(Object.entries(all).filter(([name]) => !absent.some((a) => a === name)));
}

/** `[batch, rows, length]` to `[batch, length, rows]`: time-major, as the model runs it. */
function timeMajorTensor({ data, shape }: HostTensor): HostTensor {
  const length = shape[shape.length - 1];
  const rows = shape.slice(1, -1).reduce((product, n) => product * n, 1);
  const out = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const [b, r, t] = [Math.floor(i / (rows * length)), Math.floor(i / length) % rows, i % length];
    out[(b * length + t) * rows + r] = data[i];
  }
  return { data: out, shape: [shape[0], length, rows] };
}

const SERIES = new Set(["u", "delta", "B", "C", "z", "dOut", "out", "du", "ddelta", "dB", "dC", "dz"]);

function upstreamOrder(name: string, x: Float64Array, s: ScanShape): Float64Array {
  if (!SERIES.has(name)) return x;
  const rows = x.length / s.batch / s.length;
  return Float64Array.from(x, (_, i) => {
    const [b, r, t] = [Math.floor(i / (rows * s.length)), Math.floor(i / s.length) % rows, i % s.length];
    return x[(b * s.length + t) * rows + r];
  });
}

function timeMajorOrder(name: string, x: Float64Array, s: ScanShape): Float64Array {
  if (!SERIES.has(name)) return x;
  const rows = x.length / s.batch / s.length;
  return Float64Array.from(x, (_, i) => {
    const [b, t, r] = [Math.floor(i / (rows * s.length)), Math.floor(i / rows) % s.length, i % rows];
    return x[(b * rows + r) * s.length + t];
  });
}

function run(options: SelectiveScanOptions) {
  return (gpu: Gpu, { dOut, dLastState, ...inputs }: Readonly<Record<string, GpuArray>>) => {
    const arrays = inputs as unknown as Parameters<typeof selectiveScan>[1];
    const { out, lastState, saved } = selectiveScan(gpu, arrays, options, { lastState: true, saved: true });
    const gradients = selectiveScanBackward(gpu, arrays, options, saved!, { dOut, dLastState });
    const made = Object.entries({ out, lastState: lastState!, ...gradients });
    return Object.fromEntries(made.filter(([, array]) => array !== undefined)) as Record<string, GpuArray>;
  };
}

function reference(s: ScanShape, timeMajor: boolean) {
  return (given: Reals): Record<string, Float64Array> => {
    const order = timeMajor ? upstreamOrder : (_: string, x: Float64Array) => x;
    const back = timeMajor ? timeMajorOrder : (_: string, x: Float64Array) => x;
    const x = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, order(name, value, s)]));
    const all: Record<string, Float64Array> = { ...scanForwardReference(s, x), ...scanBackwardReference(s, x) };
    if (!x.initialState) delete all.dInitialState;
    const present = Object.entries(all).filter(([, value]) => value.length > 0);
    return Object.fromEntries(present.map(([name, value]) => [name, back(name, value, s)]));
  };
}

/** A case in upstream's layout, or time-major. */
function scanCase(s: ScanShape, extras: Extras, timeMajor: boolean): KernelCase {
  const host = inputsOf(s, extras);
  const inputs = Object.fromEntries(
    Object.entries(host).map(([name, value]) => [name, timeMajor && SERIES.has(name) ? timeMajorTensor(value) : value]),
  );
  const given = Object.keys(extras).filter((name) => extras[name as keyof Extras]).join(" ");
  const gradient = (name: string) => `d${name === "deltaBias" ? "DeltaBias" : name === "initialState" ? "InitialState" : name}`;
  const differentiable = Object.keys(inputs).filter((name) => !/^(dOut|dLastState|sequenceIndex)$/.test(name));
  const outputs = ["out", "lastState", ...differentiable.map(gradient)];
  const summed = new Set(["dA", "dD", "dDeltaBias"]);
  return {
    name: `${timeMajor ? "time-major" : "upstream"} B${s.batch} D${s.dim} L${s.length} N${s.state} G${s.groups} [${given}]`,
    inputs,
    run: run({ deltaSoftplus: s.softplus, timeMajor }),
    reference: reference(s, timeMajor),
    tolerance: Object.fromEntries(outputs.map((name) => [
      name,
      tolerance(summed.has(name) ? s.batch * s.length * 8 : s.dim * 8 + s.length),
    ])),
    differentiable: {
      outputs: { out: "dOut", ...(extras.dLastState ? { lastState: "dLastState" } : {}) },
      inputs: Object.fromEntries(differentiable.map((name) => [name, gradient(name)])),
    },
  };
}

const shape = (batch: number, dim: number, length: number, state = 8, groups = 1, softplus = true): ScanShape => ({
  batch,
  dim,
  length,
  state,
  groups,
  softplus,
});

/** The selective scan. */
export const suite: KernelSuite = {
  name: "selective_scan",
  cases: () => [
    scanCase(shape(1, 1, 1, 1), {}, false),
    scanCase(shape(2, 4, 1), ALL, false),
    ...[7, 8, 9, 372, 784, 1134].map((length) => scanCase(shape(2, 4, length), ALL, false)),
    scanCase(shape(2, 4, 128, 8, 2), ALL, false),
    scanCase(shape(2, 4, 37, 8, 1, false), { D: true }, false),
    scanCase(shape(2, 40, 19, 16, 2), { ...ALL, sequenceIndex: true }, false),
    scanCase(shape(2, 128, 33, 16), ALL, true),
    scanCase(shape(2, 20, 372, 16), { D: true, z: true, deltaBias: true, sequenceIndex: true }, true),
    scanCase(shape(3, 12, 21, 5, 2), { ...ALL, sequenceIndex: true }, true),
    scanCase(shape(1, 8, 17, 64), ALL, true),
  ],
};
