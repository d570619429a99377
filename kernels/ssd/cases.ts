/**
 * Shapes on which `deno task verify` proves SSD: tails of every axis, carried states, packing, limits,
 * and columns of wider arrays as Mamba-2 has them.
 *
 * @module
 */
import type { GpuArray } from "../../src/gpu/array.ts";
import type { HostTensor, KernelCase, KernelSuite, Reals, Tolerance } from "../case.ts";
import { randomTensor } from "../case.ts";
import { ssd, type SsdArguments, ssdBackward, type SsdOptions } from "./mod.ts";
import { ssdBackwardReference, ssdReference, type SsdShape } from "./reference.ts";

/** As the selective scan's: ten times tighter than upstream's test, with room for long sums. */
function tolerance(terms: number): Tolerance {
  return { relative: 1e-4, absolute: 4e-6 * Math.max(8, Math.sqrt(terms)) };
}

const OPTIONAL = ["initialState", "sequenceIndex", "dLastState"] as const;

/** Optional inputs that a case has. */
type Extras = Partial<Record<typeof OPTIONAL[number], boolean>>;

const CARRIED: Extras = { initialState: true, dLastState: true };
const ALL: Extras = { ...CARRIED, sequenceIndex: true };

/** Sequences of uneven lengths packed one after another; the first index comes again at the end. */
function packedIndex({ batch, length }: SsdShape): HostTensor {
  const data = new Int32Array(batch * length);
  for (let b = 0; b < batch; b++) {
    for (let t = 0; t < length; t++) {
      data[b * length + t] = Math.floor((t + 3 * b) / (5 + 8 * b)) % 3;
    }
  }
  return { data, shape: [batch, length] };
}

function inputsOf(s: SsdShape, extras: Extras): Record<string, HostTensor> {
  const seed = (name: string) => `ssd/${Object.values(s).join("/")}/${name}`;
  const inner = s.heads * s.headDim;
  const tensor = (name: string, shape: readonly number[], scale = 1) =>
    randomTensor(seed(name), shape, scale);
  const shared = [s.batch, s.length, s.groups * s.state];
  const states = [s.batch, inner, s.state];
  const all: Record<string, HostTensor> = {
    x: tensor("x", [s.batch, s.length, inner]),
    dt: tensor("dt", [s.batch, s.length, s.heads]),
    dtBias: tensor("dtBias", [s.heads]),
    ALog: tensor("ALog", [s.heads]),
    B: tensor("B", shared),
    C: tensor("C", shared),
    D: tensor("D", [s.heads]),
    initialState: tensor("initialState", states),
    sequenceIndex: packedIndex(s),
    dOut: tensor("dOut", [s.batch, s.length, inner]),
    dLastState: tensor("dLastState", states),
  };
  const absent = OPTIONAL.filter((name) => !extras[name]);
  return Object.fromEntries(
    Object.entries(all).filter(([name]) => !absent.some((a) => a === name)),
  );
}

const gradientOf = (input: string): string => `d${input[0].toUpperCase()}${input.slice(1)}`;
const GRADIENTS: Readonly<Record<string, string>> = { x: "dx", dt: "ddt" };

const optionsOf = (s: SsdShape): SsdOptions => ({ groups: s.groups, stepLimits: s.stepLimits });

const tolerances = (s: SsdShape, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => {
    const terms = /^(dDtBias|dALog|dD)$/.test(name)
      ? s.batch * s.length * s.headDim * s.state
      : s.heads * s.headDim * s.state + s.length;
    return [name, tolerance(terms)];
  }));

function reference(s: SsdShape) {
  return (x: Reals): Record<string, Float64Array> => {
    const all: Record<string, Float64Array> = {
      ...ssdReference(s, x),
      ...ssdBackwardReference(s, x),
    };
    if (!x.initialState) delete all.dInitialState;
    return all;
  };
}

function run(s: SsdShape): KernelCase["run"] {
  return (gpu, { dOut, dLastState, ...given }) => {
    const inputs = given as unknown as SsdArguments;
    const want = { lastState: true, saved: true };
    const { out, lastState, saved } = ssd(gpu, inputs, optionsOf(s), want);
    const gradients = ssdBackward(gpu, inputs, optionsOf(s), saved!, { dOut, dLastState });
    const made = Object.entries({ out, lastState: lastState!, ...gradients });
    return Object.fromEntries(made.filter(([, array]) => array !== undefined)) as Record<
      string,
      GpuArray
    >;
  };
}

function nameOf(s: SsdShape, extras: Extras): string {
  const given = OPTIONAL.filter((name) => extras[name]).join(" ");
  const limits = `${s.stepLimits}` === "0,Infinity" ? "" : ` steps ${s.stepLimits.join(" to ")}`;
  return `B${s.batch} L${s.length} H${s.heads} P${s.headDim} G${s.groups} N${s.state}${limits} [${given}]`;
}

function ssdCase(s: SsdShape, extras: Extras): KernelCase {
  const inputs = inputsOf(s, extras);
  const differentiable = Object.keys(inputs).filter((name) =>
    !/^(dOut|dLastState|sequenceIndex)$/.test(name)
  );
  const rule = differentiable.map((name) => [name, GRADIENTS[name] ?? gradientOf(name)] as const);
  return {
    name: nameOf(s, extras),
    inputs,
    run: run(s),
    reference: reference(s),
    tolerance: tolerances(s, ["out", "lastState", ...rule.map(([, gradient]) => gradient)]),
    differentiable: {
      outputs: { out: "dOut", ...(extras.dLastState && { lastState: "dLastState" }) },
      inputs: Object.fromEntries(rule),
    },
  };
}

/** The whole at once, held against pieces that hand on their state and, going back, its gradient. */
function piecesCase(s: SsdShape, sizes: readonly number[]): KernelCase {
  const whole = ssdCase(s, CARRIED);
  return {
    ...whole,
    name: `${whole.name} in pieces of ${sizes.join(" ")}`,
    run: (gpu, { dOut, dLastState, initialState, ...given }) => {
      const want = { lastState: true, saved: true };
      const cut = (array: GpuArray, start: number, size: number): GpuArray =>
        array.reshape([1, array.size]).slice(start * array.columns, (start + size) * array.columns)
          .reshape([1, size, array.columns]);
      const into = Object.fromEntries(
        Object.entries({ dx: given.x, ddt: given.dt, dB: given.B, dC: given.C }).map(
          ([name, like]) => [name, gpu.empty(like.shape)],
        ),
      );
      const out = gpu.empty(given.x.shape);
      const starts = sizes.map((_, i) => sizes.slice(0, i).reduce((sum, n) => sum + n, 0));
      let state = initialState;
      const made = sizes.map((size, i) => {
        const series = Object.fromEntries(
          ["x", "dt", "B", "C"].map((name) => [name, cut(given[name], starts[i], size)]),
        );
        const inputs = { ...given, ...series, initialState: state } as unknown as SsdArguments;
        const piece = ssd(gpu, inputs, optionsOf(s), want);
        gpu.copy(piece.out, cut(out, starts[i], size));
        state = piece.lastState!;
        return { inputs, saved: piece.saved! };
      });
      const heads = ["dALog", "dDtBias", "dD"].map((name) => [name, gpu.zeros([s.heads])] as const);
      let back = dLastState;
      for (let i = sizes.length - 1; i >= 0; i--) {
        const { inputs, saved } = made[i];
        const g = ssdBackward(gpu, inputs, optionsOf(s), saved, {
          dOut: cut(dOut, starts[i], sizes[i]),
          dLastState: back,
          ...Object.fromEntries(
            Object.entries(into).map(([name, all]) => [name, cut(all, starts[i], sizes[i])]),
          ),
          ...Object.fromEntries(heads.map(([name, array]) => [name, { array, accumulate: true }])),
        });
        back = g.dInitialState!;
      }
      return { out, lastState: state, dInitialState: back, ...into, ...Object.fromEntries(heads) };
    },
  };
}

/** x, B and C columns of one array, dt of another, as Mamba-2 has them; so are their gradients. */
function columnsCase(s: SsdShape, lead: number): KernelCase {
  const { x, dt, B, C, ...host } = inputsOf(s, { ...ALL, initialState: false });
  const parts = [x, B, C].map(({ shape }) => shape[2]);
  const [inner, , last] = [parts[0], parts[0] + parts[1], parts[0] + parts[1] + parts[2]];
  const width = lead + dt.shape[2];
  const cuts = {
    x: [0, inner],
    B: [inner, inner + parts[1]],
    C: [inner + parts[1], last],
  } as const;
  const take = (all: Float64Array, wide: number, [from, to]: readonly [number, number]) =>
    all.filter((_, i) => i % wide >= from && i % wide < to);
  const put = (
    into: Float64Array,
    wide: number,
    [from, to]: readonly [number, number],
    values: Float64Array,
  ) =>
    values.forEach((value, i) =>
      into[Math.floor(i / (to - from)) * wide + from + i % (to - from)] += value
    );
  const dtCut = [lead, width] as const;
  return {
    name: `${nameOf(s, {})} columns of projections from ${lead}`,
    inputs: {
      ...host,
      xBC: randomTensor("ssd/xBC", [s.batch, s.length, last]),
      projected: randomTensor("ssd/projected", [s.batch, s.length, width]),
      dDBefore: randomTensor("ssd/dD", [s.heads]),
    },
    run: (gpu, { xBC, projected, dOut, dLastState, dDBefore, ...given }) => {
      const slice = (array: GpuArray) => ({
        x: array.slice(...cuts.x),
        B: array.slice(...cuts.B),
        C: array.slice(...cuts.C),
      });
      const inputs = {
        ...given,
        ...slice(xBC),
        dt: projected.slice(...dtCut),
      } as unknown as SsdArguments;
      const want = { lastState: true, saved: true };
      const made = ssd(gpu, inputs, optionsOf(s), want);
      const [dxBC, dProjected] = [gpu.empty(xBC.shape), gpu.zeros(projected.shape)];
      const { x: dx, B: dB, C: dC } = slice(dxBC);
      const ddt = dProjected.slice(...dtCut);
      const dD = { array: dDBefore, accumulate: true };
      const upstream = { dOut, dLastState, dx, dB, dC, ddt, dD };
      const g = ssdBackward(gpu, inputs, optionsOf(s), made.saved!, upstream);
      const sums = { dALog: g.dALog, dDtBias: g.dDtBias, dD: g.dD };
      return { out: made.out, lastState: made.lastState!, dxBC, dProjected, ...sums };
    },
    reference: ({ xBC, projected, dDBefore, ...given }) => {
      const values = {
        ...given,
        x: take(xBC, last, cuts.x),
        B: take(xBC, last, cuts.B),
        C: take(xBC, last, cuts.C),
        dt: take(projected, width, dtCut),
      };
      const g = ssdBackwardReference(s, values);
      const [dxBC, dProjected] = [new Float64Array(xBC.length), new Float64Array(projected.length)];
      put(dxBC, last, cuts.x, g.dx);
      put(dxBC, last, cuts.B, g.dB);
      put(dxBC, last, cuts.C, g.dC);
      put(dProjected, width, dtCut, g.ddt);
      return {
        ...ssdReference(s, values),
        dxBC,
        dProjected,
        dALog: g.dALog,
        dDtBias: g.dDtBias,
        dD: g.dD.map((value, i) => value + dDBefore[i]),
      };
    },
    tolerance: tolerances(s, [
      "out",
      "lastState",
      "dxBC",
      "dProjected",
      "dALog",
      "dDtBias",
      "dD",
    ]),
    differentiable: {
      outputs: { out: "dOut", lastState: "dLastState" },
      inputs: { xBC: "dxBC", projected: "dProjected", ALog: "dALog", dtBias: "dDtBias" },
    },
  };
}

const shape = (
  batch: number,
  length: number,
  heads: number,
  headDim: number,
  groups: number,
  state: number,
  stepLimits: readonly [number, number] = [0, Infinity],
): SsdShape => ({ batch, length, heads, headDim, groups, state, stepLimits });

/** SSD. */
export const suite: KernelSuite = {
  name: "ssd",
  cases: () => [
    ssdCase(shape(1, 1, 1, 1, 1, 1), {}),
    ssdCase(shape(2, 1, 2, 8, 1, 16), CARRIED),
    ...[2, 3, 7, 15, 16, 17, 33].map((length) => ssdCase(shape(2, length, 2, 8, 1, 4), CARRIED)),
    ssdCase(shape(1, 372, 2, 16, 1, 16), CARRIED),
    ssdCase(shape(2, 130, 4, 32, 1, 16), ALL),
    ssdCase(shape(1, 65, 3, 5, 1, 7), ALL),
    ssdCase(shape(2, 40, 4, 6, 2, 10), ALL),
    ssdCase(shape(2, 75, 6, 20, 3, 12), ALL),
    ssdCase(shape(1, 100, 2, 64, 1, 64), CARRIED),
    ssdCase(shape(1, 150, 2, 64, 1, 128), ALL),
    ssdCase(shape(2, 29, 2, 8, 1, 8, [0.4, 1.5]), ALL),
    ssdCase(shape(2, 29, 2, 8, 1, 8, [0, 0.8]), {}),
    piecesCase(shape(1, 61, 2, 8, 1, 16), [16, 1, 23, 2, 19]),
    columnsCase(shape(2, 45, 4, 12, 2, 8), 20),
    columnsCase(shape(2, 21, 3, 7, 1, 5), 11),
  ],
};
