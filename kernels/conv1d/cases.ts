/**
 * Shapes on which `deno task verify` proves the causal convolution.
 *
 * @module
 */
import type { GpuArray } from "../../src/gpu/array.ts";
import type { Gpu } from "../../src/gpu/gpu.ts";
import { Rng } from "../../src/base/rng.ts";
import {
  type HostTensor,
  type KernelCase,
  type KernelSuite,
  randomTensor,
  type Reals,
  sumTolerance,
} from "../case.ts";
import { conv1d, type Conv1dArguments, conv1dBackward, type Conv1dGradients } from "./mod.ts";
import { conv1dReference, type ConvReals, type ConvSize } from "./reference.ts";

/** What a case adds to x and the weight. */
interface Features {
  readonly bias?: boolean;
  readonly initialState?: boolean;
  readonly sequenceIndex?: boolean;
  /** Asks for the last state and sends a gradient back through it. */
  readonly lastState?: boolean;
}

const ALL: Features = { bias: true, initialState: true, sequenceIndex: true, lastState: true };

/** Runs of random lengths around `mean`, each with its own number. */
function sequenceIndices(seed: string, batch: number, length: number, mean: number): HostTensor {
  const rng = new Rng(seed);
  const data = new Int32Array(batch * length);
  let index = 0;
  for (let i = 0; i < data.length; i++) data[i] = rng.uniform() < 1 / mean ? ++index : index;
  return { data, shape: [batch, length] };
}

function tensors(seed: string, size: ConvSize, f: Features): Record<string, HostTensor> {
  const { batch, length, dim, width } = size;
  const state = [batch, dim, width - 1];
  return {
    x: randomTensor(`${seed}/x`, [batch, length, dim]),
    weight: randomTensor(`${seed}/weight`, [dim, 1, width], width ** -0.5),
    dOut: randomTensor(`${seed}/dOut`, [batch, length, dim]),
    ...(f.bias && { bias: randomTensor(`${seed}/bias`, [dim]) }),
    ...(f.initialState && { initialState: randomTensor(`${seed}/initialState`, state) }),
    ...(f.sequenceIndex && {
      sequenceIndex: sequenceIndices(`${seed}/sequence`, batch, length, 5),
    }),
    ...(f.lastState && { dLastState: randomTensor(`${seed}/dLastState`, state) }),
  };
}

const operandsOf = (inputs: Readonly<Record<string, GpuArray>>): Conv1dArguments => ({
  x: inputs.x,
  weight: inputs.weight,
  bias: inputs.bias,
  initialState: inputs.initialState,
  sequenceIndex: inputs.sequenceIndex,
});

function outputsOf(out: GpuArray, lastState: GpuArray | undefined, g: Conv1dGradients) {
  return {
    out,
    ...(lastState && { lastState }),
    dX: g.dX,
    dWeight: g.dWeight,
    ...(g.dBias && { dBias: g.dBias }),
    ...(g.dInitialState && { dInitialState: g.dInitialState }),
  };
}

const realsOf = (inputs: Reals): ConvReals => ({
  x: inputs.x,
  weight: inputs.weight,
  dOut: inputs.dOut,
  bias: inputs.bias,
  initialState: inputs.initialState,
  sequenceIndex: inputs.sequenceIndex,
  dLastState: inputs.dLastState,
});

/** SiLU adds a few roundings to each sum of taps. */
const tolerances = ({ batch, length, width }: ConvSize) => ({
  out: sumTolerance(width),
  lastState: { absolute: 0, relative: 0 },
  dX: sumTolerance(width),
  dWeight: sumTolerance(batch * length),
  dBias: sumTolerance(batch * length),
  dInitialState: sumTolerance(width),
});

function convCase(size: ConvSize, features: Features, note: string): KernelCase {
  const { batch, length, dim, width } = size;
  const seed = `conv1d/${batch}/${length}/${dim}/${width}/${note}`;
  return {
    name: `${batch}×${length}×${dim}, ${width} taps, ${note}`,
    inputs: tensors(seed, size, features),
    run: (gpu, inputs) => {
      const args = operandsOf(inputs);
      const { out, lastState } = conv1d(gpu, args, { lastState: features.lastState ?? false });
      const { dLastState } = inputs;
      return outputsOf(out, lastState, conv1dBackward(gpu, args, inputs.dOut, { dLastState }));
    },
    reference: (inputs) => conv1dReference(size, realsOf(inputs)),
    tolerance: tolerances(size),
    differentiable: {
      outputs: { out: "dOut", ...(features.lastState && { lastState: "dLastState" }) },
      inputs: {
        x: "dX",
        weight: "dWeight",
        ...(features.bias && { bias: "dBias" }),
        ...(features.initialState && { initialState: "dInitialState" }),
      },
    },
  };
}

/** Copies a host tensor's numbers into columns of a wider array of zeros. */
function widen(gpu: Gpu, { data, shape }: HostTensor, before: number, after: number): GpuArray {
  const [batch, length, dim] = shape;
  const wide = new Float32Array(batch * length * (before + dim + after));
  for (let i = 0; i < data.length; i++) {
    wide[Math.floor(i / dim) * (before + dim + after) + before + i % dim] = data[i];
  }
  return gpu.upload(wide, [batch, length, before + dim + after]).slice(before, before + dim);
}

/**
 * x and dOut are columns of wider arrays, dX is written into one, the gradients of weight and bias
 * are added to what is there; x stands `before` columns from the left.
 */
function stridedCase(size: ConvSize, before: number): KernelCase {
  const { batch, length, dim, width } = size;
  const base = convCase(size, ALL, `strided from ${before}`);
  const [x, dOut] = [base.inputs.x, base.inputs.dOut];
  return {
    ...base,
    // Finite differences do not know of what was there before.
    differentiable: undefined,
    run: (gpu, inputs) => {
      const args = { ...operandsOf(inputs), x: widen(gpu, x, before, dim) };
      const { out, lastState } = conv1d(gpu, args, { lastState: true });
      const home = gpu.zeros([batch, length, before + dim + 1]);
      const gradients = conv1dBackward(gpu, args, widen(gpu, dOut, 0, before), {
        dX: home.slice(before, before + dim),
        dLastState: inputs.dLastState,
        dWeight: { array: gpu.upload(ones(dim * width), [dim, 1, width]), accumulate: true },
        dBias: { array: gpu.upload(ones(dim), [dim]), accumulate: true },
      });
      return outputsOf(out, lastState, gradients);
    },
    reference: (inputs) => {
      const found = base.reference(inputs);
      return {
        ...found,
        dWeight: found.dWeight.map((v) => v + 1),
        dBias: found.dBias.map((v) => v + 1),
      };
    },
  };
}

const ones = (count: number) => new Float32Array(count).fill(1);

const size = (batch: number, length: number, dim: number, width = 4): ConvSize => ({
  batch,
  length,
  dim,
  width,
});

/** The causal depthwise convolution. */
export const suite: KernelSuite = {
  name: "conv1d",
  cases: () => [
    convCase(size(1, 1, 1), { bias: true }, "bias"),
    convCase(size(2, 1, 8), ALL, "everything"),
    convCase(size(3, 2, 5), ALL, "everything"),
    convCase(size(2, 3, 12), ALL, "everything"),
    convCase(size(1, 15, 8, 2), { lastState: true }, "last state"),
    convCase(size(2, 16, 8, 3), ALL, "everything"),
    convCase(size(1, 17, 6, 7), ALL, "everything"),
    convCase(size(2, 31, 4), { sequenceIndex: true }, "sequences"),
    convCase(size(1, 33, 4), { bias: true, initialState: true, lastState: true }, "states"),
    convCase(size(1, 372, 128), { bias: true }, "bias"),
    convCase(size(2, 784, 36), ALL, "everything"),
    convCase(size(1, 1134, 7), ALL, "everything"),
    stridedCase(size(2, 70, 12), 8),
    stridedCase(size(1, 70, 12), 3),
  ],
};
