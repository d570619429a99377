/**
 * AdamW over all parameters as one flat vector, with the gradient clipped by its global norm.
 *
 * @module
 */
import { ConfigError, ShapeError } from "../../src/base/errors.ts";
import type { GpuArray } from "../../src/gpu/array.ts";
import { type Gpu, residual } from "../../src/gpu/gpu.ts";
import { grid } from "../grid.ts";
import { spans } from "../spans.ts";
import { isVec4 } from "../wgsl.ts";
import { adamwCode, normCode, squaresCode, UPDATES, WORKGROUP } from "./wgsl.ts";

/** Most partial sums of squares; one workgroup adds them up. */
const MAX_PARTIALS = 512;
/** Vectors of four that a thread squares before more workgroups are worth it. */
const SQUARES = 8;

/**
 * The Euclidean norm of the gradient, summed in a fixed order; not finite where an element is not,
 * or where the squares overflow.
 *
 * @param gradient `[n]` without gaps.
 * @returns `[1]`.
 * @throws {ShapeError} where the gradient has gaps.
 */
export function gradientNorm(gpu: Gpu, gradient: GpuArray): GpuArray {
  const size = gradient.size;
  checkFlat("gradient norm", { gradient }, size);
  const quads = Math.ceil(size / 4);
  const groups = Math.min(MAX_PARTIALS, Math.ceil(quads / (SQUARES * WORKGROUP)));
  const span = Math.ceil(quads / groups);
  const partials = gpu.empty([groups]);
  for (const { start, end } of spans(gpu, "gradient norm", [gradient], 4 * span)) {
    const part = gradient.part(start, end);
    const constants = { offset: residual(part), vec4: isVec4(part) };
    const label = `gradientSquares ${constants.offset} ${Number(constants.vec4)}`;
    const squares = gpu.kernel(label, () => squaresCode(constants));
    gpu.dispatch(squares, [part, partials], [Math.ceil((end - start) / (4 * span))], [
      end - start,
      span,
      start / (4 * span),
    ]);
  }
  const norm = gpu.empty([1]);
  gpu.dispatch(gpu.kernel("gradientNorm", normCode), [partials, norm], [1], [groups]);
  gpu.release(partials);
  return norm;
}

/** What a step needs to know; {@linkcode adamwSettings} lays it out. */
export interface AdamWOptions {
  /** Learning rate of this step. */
  readonly learningRate: number;
  /** Decay of the mean of gradients, in [0, 1). */
  readonly beta1: number;
  /** Decay of the mean of squared gradients, in [0, 1). */
  readonly beta2: number;
  /** Added to the root of the mean square; above 0. */
  readonly epsilon: number;
  /** Decoupled weight decay. */
  readonly weightDecay: number;
  /** The gradient is scaled down to this norm; Infinity leaves it as it is. */
  readonly maxNorm: number;
}

/**
 * The eight numbers of a step: learning rate, β₁, β₂, ε, weight decay, 1/(1−β₁ᵗ), 1/(1−β₂ᵗ), and
 * the largest norm.
 *
 * @param step t, from 1 on.
 * @throws {ConfigError} that names the option which is out of range.
 */
export function adamwSettings(step: number, options: AdamWOptions): Float32Array<ArrayBuffer> {
  const { learningRate, beta1, beta2, epsilon, weightDecay, maxNorm } = options;
  if (!Number.isSafeInteger(step) || step < 1) {
    throw new ConfigError(`AdamW: found step ${step}, expected an integer from 1 on`);
  }
  const checks: [string, number, boolean, string][] = [
    ["learningRate", learningRate, learningRate >= 0 && learningRate < Infinity, "0 or more"],
    ["beta1", beta1, beta1 >= 0 && Math.fround(beta1) < 1, "at least 0 and below 1"],
    ["beta2", beta2, beta2 >= 0 && Math.fround(beta2) < 1, "at least 0 and below 1"],
    ["epsilon", epsilon, Math.fround(epsilon) > 0 && epsilon < Infinity, "more than 0"],
    ["weightDecay", weightDecay, weightDecay >= 0 && weightDecay < Infinity, "0 or more"],
    ["maxNorm", maxNorm, maxNorm > 0, "more than 0"],
  ];
  for (const [name, value, fits, range] of checks) {
    if (!fits) throw new ConfigError(`AdamW: found ${name} of ${value}, expected ${range}`);
  }
  // The corrections belong to the decays as float32 rounds them, so that step 1 is exactly g / |g|.
  const correction = (beta: number) => 1 / (1 - Math.fround(beta) ** step);
  const limit = Math.min(maxNorm, LARGEST);
  return Float32Array.of(
    learningRate,
    beta1,
    beta2,
    epsilon,
    weightDecay,
    correction(beta1),
    correction(beta2),
    limit,
  );
}

/** WGSL need not keep infinities, so the largest float32 stands for no limit. */
const LARGEST = 3.4028234663852886e38;

/** Operands of {@linkcode adamw}; the four vectors lie in four different buffers, without gaps. */
export interface AdamWArguments {
  /** `[n]`, updated. */
  readonly parameters: GpuArray;
  /** `[n]`, before clipping. */
  readonly gradient: GpuArray;
  /** `[n]`, the mean of gradients, updated. */
  readonly firstMoment: GpuArray;
  /** `[n]`, the mean of squared gradients, updated. */
  readonly secondMoment: GpuArray;
  /** Weight decay acts on this many elements from the first on. */
  readonly decayed: number;
  /** `[1]` from {@linkcode gradientNorm}. */
  readonly norm: GpuArray;
  /** `[8]` from {@linkcode adamwSettings}. */
  readonly settings: GpuArray;
}

/**
 * One step of AdamW (Loshchilov and Hutter 2019) in the order of torch.optim.AdamW, on the gradient
 * times min(1, maxNorm / (norm + 1e-6)). A norm that is not finite leaves everything as it was.
 *
 * @throws {ShapeError} where the vectors differ in size or have gaps.
 */
export function adamw(gpu: Gpu, args: AdamWArguments): void {
  const { parameters, gradient, firstMoment, secondMoment, norm, settings, decayed } = args;
  const vectors = { parameters, gradient, firstMoment, secondMoment };
  const size = parameters.size;
  checkFlat("AdamW", vectors, size);
  checkFlat("AdamW", { settings }, 8);
  checkFlat("AdamW", { norm }, 1);
  const flat = [gradient, parameters, firstMoment, secondMoment];
  for (const { start, end } of spans(gpu, "AdamW", flat)) {
    const [part, ...updated] = flat.map((vector) => vector.part(start, end));
    update(
      gpu,
      [part, norm, settings, ...updated],
      Math.min(Math.max(decayed - start, 0), end - start),
    );
  }
}

/** One dispatch: gradient, norm, settings, parameters and moments. */
function update(gpu: Gpu, arrays: readonly GpuArray[], decayed: number): void {
  const [gradient, norm, settings, parameters, firstMoment, secondMoment] = arrays;
  const constants = {
    vec4: [gradient, parameters, firstMoment, secondMoment].every(isVec4),
    parameterOffset: residual(parameters),
    gradientOffset: residual(gradient),
    firstOffset: residual(firstMoment),
    secondOffset: residual(secondMoment),
    normOffset: residual(norm),
    settingsOffset: residual(settings),
  };
  const label = `adamw ${Object.values(constants).map(Number).join(" ")}`;
  const kernel = gpu.kernel(label, () => adamwCode(constants));
  const groups = grid(Math.ceil(gradient.size / (4 * UPDATES * WORKGROUP)));
  gpu.dispatch(kernel, arrays, groups, [gradient.size, decayed]);
}

function checkFlat(what: string, arrays: Record<string, GpuArray>, size: number): void {
  for (const [name, array] of Object.entries(arrays)) {
    if (array.shape.length === 1 && array.size === size) continue;
    throw new ShapeError(`${what}: found ${name} of [${array.shape}], expected [${size}]`);
  }
}
