/**
 * RMS normalisation with the residual addition in front of it, as upstream's fused add and norm
 * (state-spaces/mamba, `rms_norm_fn` with `prenorm`; Zhang and Sennrich 2019).
 *
 * @module
 */
import { expectShape, type GpuArray } from "../../src/gpu/array.ts";
import { ShapeError } from "../../src/base/errors.ts";
import { type Gpu, residual } from "../../src/gpu/gpu.ts";
import { sumProducts } from "../elementwise/mod.ts";
import { grid } from "../grid.ts";
import { checkPrecision, type Precision } from "../precision.ts";
import { spans } from "../spans.ts";
import type { GradientTarget } from "../target.ts";
import { variantOf } from "../variants.ts";
import { isVec4 } from "../wgsl.ts";
import { rowClass, rowVariants } from "./variants.ts";
import { normBackwardCode, normCode, type RowConstants, type View, WORKGROUP } from "./wgsl.ts";

/** Operands of {@linkcode rmsNorm}. */
export interface RmsNormArguments {
  /** `[…, dim]`, rows may be strided. */
  readonly x: GpuArray;
  /** Of the shape of x, added to it first. */
  readonly residual?: GpuArray;
  /** `[dim]`. */
  readonly weight: GpuArray;
  /** Added to the mean square. */
  readonly epsilon: number;
  /** Of `out`; f32 where absent. */
  readonly precision?: Precision;
}

/** Result of {@linkcode rmsNorm}. */
export interface RmsNormResult {
  /** `[…, dim]`. */
  readonly out: GpuArray;
  /** x + residual; without a residual x itself, retained: it is released apart from x. */
  readonly sum: GpuArray;
  /** `[rows]`: 1 / √(mean square + ε). */
  readonly inverseRms: GpuArray;
}

/** Operands of {@linkcode rmsNormBackward}. */
export interface RmsNormBackwardArguments {
  /** `[…, dim]`, as the forward returned it. */
  readonly sum: GpuArray;
  /** `[rows]`, as the forward returned it. */
  readonly inverseRms: GpuArray;
  /** `[dim]`. */
  readonly weight: GpuArray;
  /** Upstream gradient of the output. */
  readonly dOut: GpuArray;
  /** Upstream gradient of the sum, added. */
  readonly dSum?: GpuArray;
  /** `[dim]`; a new array where absent. */
  readonly dWeight?: GradientTarget;
}

/**
 * out = sum·weight / √(mean(sum²) + ε) over the last axis, sum = x + residual.
 *
 * @throws {ShapeError} where the operands do not fit.
 * @throws {DeviceError} where the adapter lacks the precision.
 */
export function rmsNorm(gpu: Gpu, args: RmsNormArguments): RmsNormResult {
  const { x, weight, epsilon, precision = "f32" } = args;
  checkPrecision(gpu, precision);
  expectShape("rmsNorm", "weight", weight, [x.columns]);
  if (args.residual) expectShape("rmsNorm", "residual", args.residual, x.shape);
  if (!(epsilon >= 0 && epsilon < 1)) {
    throw new ShapeError(`rmsNorm: found epsilon ${epsilon}, expected a number from 0 to below 1`);
  }
  const out = gpu.empty(x.shape, precision);
  const inverseRms = gpu.empty([x.rows]);
  const sum = args.residual ? gpu.empty(x.shape) : gpu.retain(x);
  const added = args.residual ? [args.residual.matrix, sum.matrix] : [];
  const whole = [x.matrix, ...added, out.matrix, inverseRms];
  for (const { start, end } of spans(gpu, "rmsNorm", whole)) {
    const [part, ...rest] = whole.map((array) => array.part(start, end));
    const constants = {
      dim: part.columns,
      ...sharing(gpu, part.columns),
      epsilon,
      x: viewOf(part),
      weight: weightView(weight),
      residual: args.residual && viewOf(rest[0]),
      half: precision === "f16",
    };
    const views = [constants.x, constants.weight, constants.residual].map(key).join(" ");
    const label = `rmsNorm ${shapeKey(constants)} ${epsilon} ${precision} ${views}`;
    const kernel = gpu.kernel(label, () => normCode(constants));
    gpu.dispatch(kernel, [part, weight, ...rest], groups(part.rows, constants.lanes), [part.rows]);
  }
  return { out, sum, inverseRms };
}

/**
 * Gradients of {@linkcode rmsNorm}; dX is the gradient of x and of the residual alike.
 *
 * @returns dX `[…, dim]` and dWeight `[dim]`.
 * @throws {ShapeError} where the operands do not fit.
 */
export function rmsNormBackward(
  gpu: Gpu,
  args: RmsNormBackwardArguments,
): { dX: GpuArray; dWeight: GpuArray } {
  const { sum, inverseRms, weight, dOut, dSum } = args;
  expectShape("rmsNormBackward", "inverseRms", inverseRms, [sum.rows]);
  expectShape("rmsNormBackward", "weight", weight, [sum.columns]);
  expectShape("rmsNormBackward", "dOut", dOut, sum.shape);
  if (dSum) expectShape("rmsNormBackward", "dSum", dSum, sum.shape);
  const dX = gpu.empty(sum.shape);
  const whole = [sum.matrix, inverseRms, dOut.matrix, ...(dSum ? [dSum.matrix] : []), dX.matrix];
  for (const { start, end } of spans(gpu, "rmsNormBackward", whole)) {
    const [part, inverse, ...rest] = whole.map((array) => array.part(start, end));
    const constants = {
      dim: part.columns,
      ...sharing(gpu, part.columns),
      sum: viewOf(part),
      inverseOffset: residual(inverse),
      weight: weightView(weight),
      dOut: viewOf(rest[0]),
      dSum: dSum && viewOf(rest[1]),
    };
    const views = [constants.sum, constants.weight, constants.dOut, constants.dSum].map(key)
      .join(" ");
    const label = `rmsNormBackward ${shapeKey(constants)} ${constants.inverseOffset} ${views}`;
    const kernel = gpu.kernel(label, () => normBackwardCode(constants));
    const size = groups(part.rows, constants.lanes);
    gpu.dispatch(kernel, [part, inverse, weight, ...rest], size, [part.rows]);
  }
  const dWeight = sumProducts(gpu, "rmsNormWeight", [sum, dOut], inverseRms, args.dWeight);
  return { dX, dWeight };
}

/** The lanes that share a row. */
function sharing(gpu: Gpu, dim: number): { lanes: number; subgroups: boolean } {
  const variant = variantOf(gpu, rowVariants, rowClass(dim));
  if (variant === "workgroup") return { lanes: WORKGROUP, subgroups: false };
  // The most lanes of a subgroup that all find features, a power of two.
  const subgroups = variant === "subgroup";
  const most = subgroups ? Math.min(gpu.subgroupSize, WORKGROUP, Math.ceil(dim / 4)) : 1;
  return { lanes: 2 ** Math.floor(Math.log2(most)), subgroups };
}

const shapeKey = ({ dim, lanes, subgroups }: RowConstants): string =>
  `${dim} ${lanes} ${Number(subgroups)}`;

function viewOf(array: GpuArray): View {
  return { stride: array.rowStride, offset: residual(array), vec4: isVec4(array) };
}

/** One row, whichever row is normalised. */
function weightView(weight: GpuArray): View {
  return { ...viewOf(weight), stride: 0 };
}

function key(view: View | undefined): string {
  return view ? `${view.stride},${view.offset},${Number(view.vec4)}` : "-";
}

function groups(rows: number, lanes: number): [number, number] {
  return grid(Math.ceil(rows / (WORKGROUP / lanes)));
}
