/**
 * What a kernel's `cases.ts` states, and what the runner of `deno task verify` proves.
 *
 * @module
 */
import type { GpuArray } from "../src/gpu/array.ts";
import type { Gpu, HostArray } from "../src/gpu/gpu.ts";
import { Rng } from "../src/base/rng.ts";

/** Numbers on the host with their shape. */
export interface HostTensor {
  /** Row-major elements. */
  readonly data: HostArray;
  /** Sizes of the axes. */
  readonly shape: readonly number[];
}

/** An output passes where |x − reference| ≤ absolute + relative·|reference|. */
export interface Tolerance {
  /** Absolute part. */
  readonly absolute: number;
  /** Relative part. */
  readonly relative: number;
}

/** Tensors in float64 by name, as references take and return them. */
export type Reals = Readonly<Record<string, Float64Array>>;

/** Says which outputs and inputs are differentiable, so that finite differences can be taken. */
export interface Differentiable {
  /** Output name → name of the input that holds its upstream gradient. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Input name → name of the output that holds its gradient. */
  readonly inputs: Readonly<Record<string, string>>;
}

/** One named shape of one operation, forward and backward together. */
export interface KernelCase {
  /** Name shown in the table. */
  readonly name: string;
  /** Inputs, upstream gradients among them. */
  readonly inputs: Readonly<Record<string, HostTensor>>;
  /** The kernel: arrays in, arrays out; gradients are outputs too. */
  readonly run: (gpu: Gpu, inputs: Readonly<Record<string, GpuArray>>) => Record<string, GpuArray>;
  /** The same in float64. */
  readonly reference: (inputs: Reals) => Record<string, Float64Array>;
  /** Bound of every output. */
  readonly tolerance: Readonly<Record<string, Tolerance>>;
  /** A feature without which the case is passed over. */
  readonly needs?: "shader-f16";
  /** Present where the operation has a backward. */
  readonly differentiable?: Differentiable;
}

/** A registered operation. */
export interface KernelSuite {
  /** Name of the operation and of its folder. */
  readonly name: string;
  /** Its cases; made anew at each call, so that nothing lies in memory meanwhile. */
  readonly cases: () => readonly KernelCase[];
}

/** The error of a product of float32 numbers, a sum over `terms` of them. */
export function sumTolerance(terms: number): Tolerance {
  const scale = 1e-6 * Math.max(1, Math.sqrt(terms));
  return { absolute: scale, relative: 2e-5 };
}

/** Normal numbers of the given scale, the same for the same seed. */
export function randomTensor(seed: string, shape: readonly number[], scale = 1): HostTensor {
  const rng = new Rng(seed);
  const size = shape.reduce((product, n) => product * n, 1);
  return { data: Float32Array.from({ length: size }, () => scale * rng.normal()), shape };
}

/** Integers in [0, below), the same for the same seed. */
export function randomIntegers(seed: string, shape: readonly number[], below: number): HostTensor {
  const rng = new Rng(seed);
  const size = shape.reduce((product, n) => product * n, 1);
  return { data: Int32Array.from({ length: size }, () => rng.integer(below)), shape };
}
