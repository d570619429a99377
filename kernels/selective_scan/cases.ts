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
import { halfOutCase } from "../half.ts";
import type { Precision } from "../precision.ts";
import { selectiveScan, selectiveScanBackward, type SelectiveScanOptions } from "./mod.ts";
import { scanBackwardReference, scanForwardReference, type ScanShape } from "./reference.ts";

/**
 * The tolerances of upstream's test (tests/ops/test_selective_scan.py), by output; upstream has no
 * initial state, whose gradient is held to what its states are.
 */
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
  dInitialState: { relative: 6e-4, absolute: 2e-3 },
};

/** The output that holds the gradient of an input: `dDeltaBias` for `deltaBias`, `ddelta` for `delta`. */
export function gradientOf(input: string): string {
  return input === "deltaBias"
    ? "dDeltaBias"
    : input === "initialState"
    ? "dInitialState"
    : `d${input}`;
}

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
  const shared = s.groups > 1
    ? [s.batch, s.groups, s.state, s.length]
    : [s.batch, s.state, s.length];
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
  return Object.fromEntries(
    Object.entries(all).filter(([name]) => !absent.some((a) => a === name)),
  );
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

const SERIES = new Set([
  "u",
  "delta",
  "B",
  "C",
  "z",
  "dOut",
  "out",
  "du",
  "ddelta",
  "dB",
  "dC",
  "dz",
]);

function upstreamOrder(name: string, x: Float64Array, s: ScanShape): Float64Array {
  if (!SERIES.has(name)) return x;
  const rows = x.length / s.batch / s.length;
  return Float64Array.from(x, (_, i) => {
    const [b, r, t] = [
      Math.floor(i / (rows * s.length)),
      Math.floor(i / s.length) % rows,
      i % s.length,
    ];
    return x[(b * s.length + t) * rows + r];
  });
}

function timeMajorOrder(name: string, x: Float64Array, s: ScanShape): Float64Array {
  if (!SERIES.has(name)) return x;
  const rows = x.length / s.batch / s.length;
  return Float64Array.from(x, (_, i) => {
    const [b, t, r] = [
      Math.floor(i / (rows * s.length)),
      Math.floor(i / rows) % s.length,
      i % rows,
    ];
    return x[(b * rows + r) * s.length + t];
  });
}

/** Runs forward and backward on arrays by upstream's names, as {@linkcode KernelCase.run} wants it. */
export function runScan(options: SelectiveScanOptions): KernelCase["run"] {
  return (gpu: Gpu, { dOut, dLastState, ...inputs }: Readonly<Record<string, GpuArray>>) => {
    const arrays = inputs as unknown as Parameters<typeof selectiveScan>[1];
    const { out, lastState, saved } = selectiveScan(gpu, arrays, options, {
      lastState: true,
      saved: true,
    });
    const gradients = selectiveScanBackward(gpu, arrays, options, saved!, { dOut, dLastState });
    const made = Object.entries({ out, lastState: lastState!, ...gradients });
    return Object.fromEntries(made.filter(([, array]) => array !== undefined)) as Record<
      string,
      GpuArray
    >;
  };
}

function reference(s: ScanShape, timeMajor: boolean) {
  return (given: Reals): Record<string, Float64Array> => {
    const order = timeMajor ? upstreamOrder : (_: string, x: Float64Array) => x;
    const back = timeMajor ? timeMajorOrder : (_: string, x: Float64Array) => x;
    const x = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, order(name, value, s)]),
    );
    const all: Record<string, Float64Array> = {
      ...scanForwardReference(s, x),
      ...scanBackwardReference(s, x),
    };
    if (!x.initialState) delete all.dInitialState;
    const present = Object.entries(all).filter(([, value]) => value.length > 0);
    return Object.fromEntries(present.map(([name, value]) => [name, back(name, value, s)]));
  };
}

/** A case in upstream's layout, or time-major; whole or in sections that run side by side. */
function scanCase(
  s: ScanShape,
  extras: Extras,
  timeMajor: boolean,
  sections?: number,
  precision: Precision = "f32",
): KernelCase {
  const host = inputsOf(s, extras);
  const inputs = Object.fromEntries(
    Object.entries(host).map((
      [name, value],
    ) => [name, timeMajor && SERIES.has(name) ? timeMajorTensor(value) : value]),
  );
  const given = Object.keys(extras).filter((name) => extras[name as keyof Extras]).join(" ");
  const differentiable = Object.keys(inputs).filter((name) =>
    !/^(dOut|dLastState|sequenceIndex)$/.test(name)
  );
  const outputs = ["out", "lastState", ...differentiable.map(gradientOf)];
  const summed = new Set(["dA", "dD", "dDeltaBias"]);
  return {
    name: `${
      timeMajor ? "time-major" : "upstream"
    } B${s.batch} D${s.dim} L${s.length} N${s.state} G${s.groups} [${given}]${
      sections ? ` ${sections} sections` : ""
    }`,
    inputs,
    run: runScan({ deltaSoftplus: s.softplus, timeMajor, sections, precision }),
    reference: reference(s, timeMajor),
    tolerance: Object.fromEntries(outputs.map((name) => [
      name,
      tolerance(summed.has(name) ? s.batch * s.length * 8 : s.dim * 8 + s.length),
    ])),
    differentiable: {
      outputs: { out: "dOut", ...(extras.dLastState ? { lastState: "dLastState" } : {}) },
      inputs: Object.fromEntries(differentiable.map((name) => [name, gradientOf(name)])),
    },
  };
}

/** Time-major with `out` in f16. */
const halfCase = (s: ScanShape, extras: Extras, sections?: number): KernelCase =>
  halfOutCase(scanCase(s, extras, true, sections, "f16"));

/** Columns `from` to `to` of every row of `width`. */
const columnsOf = (x: Float64Array, width: number, from: number, to: number): Float64Array =>
  x.filter((_, i) => i % width >= from && i % width < to);

/** Puts `x`, rows of `columns`, into the columns from `from` on of rows of `width`, else zero. */
function widen(x: Float64Array, columns: number, width: number, from: number): Float64Array {
  const out = new Float64Array(x.length / columns * width);
  x.forEach((value, i) => out[Math.floor(i / columns) * width + from + i % columns] = value);
  return out;
}

/**
 * As Mamba runs it: A as log(−A); B, C and z columns of their projections, and their gradients
 * columns of the projections' gradients; the gradient of D added to what is there.
 */
function mambaCase(s: ScanShape, rank: number): KernelCase {
  const extras = { D: true, deltaBias: true, sequenceIndex: true, dLastState: true };
  const { B: _B, C: _C, ...host } = inputsOf(s, extras);
  const [projected, gated] = [rank + 2 * s.state, 2 * s.dim];
  const bound = (names: readonly string[], terms: number) =>
    names.map((name) => [name, tolerance(terms)] as const);
  return {
    name: `mamba B${s.batch} D${s.dim} L${s.length} N${s.state}, columns of projections, log(−A)`,
    inputs: {
      ...host,
      u: timeMajorTensor(host.u),
      delta: timeMajorTensor(host.delta),
      dOut: timeMajorTensor(host.dOut),
      A: { ...host.A, data: Float32Array.from(host.A.data, (a) => Math.log(-a)) },
      BC: randomTensor("scan/mamba/BC", [s.batch, s.length, projected]),
      xz: randomTensor("scan/mamba/xz", [s.batch, s.length, gated]),
      dDBefore: randomTensor("scan/mamba/dD", [s.dim]),
    },
    run: runMamba(s, rank),
    reference: mambaReference(s, rank),
    tolerance: Object.fromEntries([
      ...bound(["out", "lastState", "du", "ddelta", "dBC", "dxz"], s.dim * 8 + s.length),
      ...bound(["dA", "dD", "dDeltaBias"], s.batch * s.length * 8),
    ]),
    differentiable: {
      outputs: { out: "dOut", lastState: "dLastState" },
      inputs: {
        u: "du",
        delta: "ddelta",
        A: "dA",
        BC: "dBC",
        xz: "dxz",
        deltaBias: "dDeltaBias",
      },
    },
  };
}

function runMamba(s: ScanShape, rank: number): KernelCase["run"] {
  const options = { deltaSoftplus: true, timeMajor: true, logA: true };
  const [b, c] = [rank + s.state, rank + 2 * s.state];
  return (gpu, { BC, xz, dOut, dLastState, dDBefore, ...x }) => {
    const { u, delta, A, D, deltaBias, sequenceIndex } = x;
    const [B, C, z] = [BC.slice(rank, b), BC.slice(b, c), xz.slice(s.dim, 2 * s.dim)];
    const inputs = { u, delta, A, D, deltaBias, sequenceIndex, B, C, z };
    const want = { lastState: true, saved: true };
    const { out, lastState, saved } = selectiveScan(gpu, inputs, options, want);
    const [dBC, dxz] = [gpu.zeros(BC.shape), gpu.zeros(xz.shape)];
    const upstream = {
      dOut,
      dLastState,
      dB: dBC.slice(rank, b),
      dC: dBC.slice(b, c),
      dz: dxz.slice(s.dim, 2 * s.dim),
      dD: { array: dDBefore, accumulate: true },
    };
    const g = selectiveScanBackward(gpu, inputs, options, saved!, upstream);
    const sums = { dA: g.dA, dD: g.dD!, dDeltaBias: g.dDeltaBias! };
    return { out, lastState: lastState!, du: g.du, ddelta: g.ddelta, dBC, dxz, ...sums };
  };
}

function mambaReference(s: ScanShape, rank: number): KernelCase["reference"] {
  const [projected, gated] = [rank + 2 * s.state, 2 * s.dim];
  return ({ BC, xz, dDBefore, ...given }) => {
    const cut = (name: string, x: Float64Array, width: number, from: number, count: number) =>
      upstreamOrder(name, columnsOf(x, width, from, from + count), s);
    const x: Reals = {
      ...given,
      u: upstreamOrder("u", given.u, s),
      delta: upstreamOrder("delta", given.delta, s),
      dOut: upstreamOrder("dOut", given.dOut, s),
      A: given.A.map((a) => -Math.exp(a)),
      B: cut("B", BC, projected, rank, s.state),
      C: cut("C", BC, projected, rank + s.state, s.state),
      z: cut("z", xz, gated, s.dim, s.dim),
    };
    const { out, lastState } = scanForwardReference(s, x);
    const g = scanBackwardReference(s, x);
    const back = (name: string, value: Float64Array) => timeMajorOrder(name, value, s);
    const dB = widen(back("dB", g.dB), s.state, projected, rank);
    const dC = widen(back("dC", g.dC), s.state, projected, rank + s.state);
    return {
      out: back("out", out),
      lastState,
      du: back("du", g.du),
      ddelta: back("ddelta", g.ddelta),
      dBC: dB.map((value, i) => value + dC[i]),
      dxz: widen(back("dz", g.dz), s.dim, gated, s.dim),
      dA: g.dA.map((value, i) => value * x.A[i]),
      dD: g.dD.map((value, i) => value + dDBefore[i]),
      dDeltaBias: g.dDeltaBias,
    };
  };
}

const shape = (
  batch: number,
  dim: number,
  length: number,
  state = 8,
  groups = 1,
  softplus = true,
): ScanShape => ({
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
    scanCase(shape(1, 16, 16, 6, 2), ALL, true),
    scanCase(shape(2, 32, 16, 6), {}, true),
    scanCase(shape(2, 32, 64, 16, 2), { ...ALL, sequenceIndex: true }, true),
    scanCase(
      shape(2, 20, 372, 16),
      { D: true, z: true, deltaBias: true, sequenceIndex: true },
      true,
    ),
    ...[true, false].map((timeMajor) =>
      scanCase(shape(3, 12, 21, 5, 2), { ...ALL, sequenceIndex: true }, timeMajor)
    ),
    // Series long enough that they are read through textures where those are faster.
    scanCase(shape(2, 256, 72, 16), { ...ALL, sequenceIndex: true }, true),
    scanCase(shape(1, 8, 17, 64), ALL, true),
    // Words of 4 that steps of 24 or 48 sums do not fill.
    ...[12, 24].map((state) => scanCase(shape(1, 16, 16, state), ALL, true)),
    scanCase(shape(2, 4, 372), ALL, false, 3),
    scanCase(shape(2, 20, 200, 16, 2), { ...ALL, sequenceIndex: true }, true, 2),
    scanCase(shape(1, 32, 256, 16), ALL, true, 4),
    scanCase(shape(2, 6, 130, 5), {}, true, 9),
    halfCase(shape(1, 1, 1, 1), {}),
    halfCase(shape(2, 32, 64, 16, 2), { ...ALL, sequenceIndex: true }),
    halfCase(shape(3, 12, 21, 5, 2), ALL),
    halfCase(shape(1, 32, 256, 16), ALL, 4),
    mambaCase(shape(2, 24, 19, 16), 4),
    mambaCase(shape(2, 32, 24, 16), 4),
    mambaCase(shape(2, 10, 21, 6), 3),
  ],
};
