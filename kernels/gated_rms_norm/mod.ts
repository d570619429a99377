/**
 * Mamba-2's gated norm: RMS normalisation by groups of x·SiLU(z), as upstream's `RMSNormGated` with
 * `norm_before_gate=False` (state-spaces/mamba).
 *
 * @module
 */
import { ShapeError } from "../../src/base/errors.ts";
import { expectShape, type GpuArray } from "../../src/gpu/array.ts";
import { type Gpu, residual } from "../../src/gpu/gpu.ts";
import { sumRows } from "../elementwise/mod.ts";
import { grid } from "../grid.ts";
import { labelOf } from "../label.ts";
import { checkPrecision, type Precision } from "../precision.ts";
import { type Span, spans } from "../spans.ts";
import type { GradientTarget } from "../target.ts";
import { teamKind, teamOf } from "../team.ts";
import { isVec4 } from "../wgsl.ts";
import { type GatedConstants, gatedNormBackwardCode, gatedNormCode, type View } from "./wgsl.ts";

/** Operands of {@linkcode gatedRmsNorm}; rows of x and z may be columns of wider arrays. */
export interface GatedRmsNormArguments {
  /** `[…, dim]`. */
  readonly x: GpuArray;
  /** The gate, like x. */
  readonly z: GpuArray;
  /** `[dim]`. */
  readonly weight: GpuArray;
  /** Groups of neighbouring channels, each normalised alone. */
  readonly groups: number;
  /** Added to the mean square. */
  readonly epsilon: number;
  /** Of the result; f32 where absent. */
  readonly precision?: Precision;
}

/** Upstream gradient, and the places for some results. */
export interface GatedRmsNormUpstream {
  /** Gradient of the output. */
  readonly dOut: GpuArray;
  /** Where to write dz; a new array where absent. */
  readonly dz?: GpuArray;
  /** Where to leave the gradient of the weight. */
  readonly dWeight?: GradientTarget;
}

/**
 * out = v·weight / √(mean(v²) + ε) over every group of channels, v = x·SiLU(z).
 *
 * @returns The result, and `[rows, groups]` of 1 / √(mean(v²) + ε) for the way back.
 * @throws {ShapeError} where the operands do not fit.
 * @throws {DeviceError} where the adapter lacks the precision.
 */
export function gatedRmsNorm(
  gpu: Gpu,
  args: GatedRmsNormArguments,
): { out: GpuArray; inverseRms: GpuArray } {
  const { x, z, weight, precision = "f32" } = args;
  check("gatedRmsNorm", args);
  checkPrecision(gpu, precision);
  const out = gpu.empty(x.shape, precision);
  const inverseRms = gpu.empty([x.rows, args.groups]);
  const whole = { x, z, result: out, inverse: inverseRms };
  for (const { start, end } of rowSpans(gpu, "gatedRmsNorm", whole)) {
    const { inverse, ...part } = rowsOf(whole, start, end);
    const c = constantsOf(gpu, args, { ...part, weight });
    const kernel = gpu.kernel(labelOf("gatedRmsNorm", c), () => gatedNormCode(c));
    const arrays = [part.x, part.z, weight, part.result, inverse];
    gpu.dispatch(kernel, arrays, workgroups(c, end - start), [end - start]);
  }
  return { out, inverseRms };
}

/**
 * Gradients of {@linkcode gatedRmsNorm}.
 *
 * @param inverseRms As the forward returned it.
 * @throws {ShapeError} where the operands do not fit.
 */
export function gatedRmsNormBackward(
  gpu: Gpu,
  args: GatedRmsNormArguments,
  inverseRms: GpuArray,
  upstream: GatedRmsNormUpstream,
): { dx: GpuArray; dz: GpuArray; dWeight: GpuArray } {
  const { x, z, weight } = args;
  const { dOut } = upstream;
  check("gatedRmsNormBackward", args);
  expectShape("gatedRmsNormBackward", "dOut", dOut, x.shape);
  expectShape("gatedRmsNormBackward", "inverseRms", inverseRms, [x.rows, args.groups]);
  const dx = gpu.empty(x.shape);
  const dz = upstream.dz ?? gpu.empty(x.shape);
  expectShape("gatedRmsNormBackward", "dz", dz, x.shape);
  const terms = gpu.empty(x.shape);
  const whole = { x, z, dOut, inverse: inverseRms, dx, dz, terms };
  for (const { start, end } of rowSpans(gpu, "gatedRmsNormBackward", whole)) {
    const { inverse, ...part } = rowsOf(whole, start, end);
    const c = constantsOf(gpu, args, { ...part, weight });
    const kernel = gpu.kernel(labelOf("gatedRmsNormBackward", c), () => gatedNormBackwardCode(c));
    const arrays = [part.x, part.z, weight, part.dOut, inverse, part.dx, part.dz, part.terms];
    gpu.dispatch(kernel, arrays, workgroups(c, end - start), [end - start]);
  }
  const dWeight = sumRows(gpu, terms, upstream.dWeight);
  gpu.release(terms);
  return { dx, dz, dWeight };
}

function check(operation: string, { x, z, weight, groups, epsilon }: GatedRmsNormArguments): void {
  expectShape(operation, "z", z, x.shape);
  expectShape(operation, "weight", weight, [x.columns]);
  if (!Number.isInteger(x.columns / groups)) {
    throw new ShapeError(
      `${operation}: found ${groups} groups of ${x.columns} channels, expected a divisor of them`,
    );
  }
  if (!(epsilon >= 0 && epsilon < 1)) {
    throw new ShapeError(
      `${operation}: found epsilon ${epsilon}, expected a number from 0 to below 1`,
    );
  }
}

type Arrays = Readonly<Record<string, GpuArray>>;

/** Spans of rows that fit one binding of each array. */
const rowSpans = (gpu: Gpu, operation: string, arrays: Arrays): Span[] =>
  spans(gpu, operation, Object.values(arrays).map(({ matrix }) => matrix));

/** Rows `start` to `end` of each array. */
function rowsOf<A extends Arrays>(arrays: A, start: number, end: number): A {
  const parts = Object.entries(arrays).map(([name, { matrix }]) => [name, matrix.part(start, end)]);
  return Object.fromEntries(parts) as A;
}

function constantsOf(
  gpu: Gpu,
  { x, groups, epsilon }: GatedRmsNormArguments,
  arrays: Arrays,
): GatedConstants {
  const width = x.columns / groups;
  const view = (array: GpuArray): View => ({
    stride: array.rowStride,
    offset: residual(array),
    vec4: width % 4 === 0 && isVec4(array),
    half: array.dtype === "f16",
  });
  return {
    groups,
    width,
    team: teamOf(gpu, teamKind(gpu, false)),
    epsilon,
    at: Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, view(array)])),
  };
}

const workgroups = ({ groups, team }: GatedConstants, rows: number): [number, number] =>
  grid(Math.ceil(rows * groups / team.teams));
