/**
 * Operations on single elements over strided views, and sums over rows.
 *
 * @module
 */
import { expectShape, type GpuArray } from "../../src/gpu/array.ts";
import { type Gpu, residual } from "../../src/gpu/gpu.ts";
import { grid } from "../grid.ts";
import { reducePartials, roomForPartials } from "../reduce/mod.ts";
import { pieceSpans, spans } from "../spans.ts";
import type { GradientTarget } from "../target.ts";
import { isVec4 } from "../wgsl.ts";
import { columnSumCode, elementwiseCode, scaleCode, type View, WORKGROUP } from "./wgsl.ts";

/**
 * a + b.
 *
 * @param a Any shape, rows may be strided.
 * @param b The same shape.
 * @throws {ShapeError} where the shapes differ.
 */
export function add(gpu: Gpu, a: GpuArray, b: GpuArray): GpuArray {
  expectShape("add", "b", b, a.shape);
  return apply(gpu, "add", [a, b], ["a + b"])[0];
}

/**
 * x·SiLU(gate), SiLU(g) = g·sigmoid(g).
 *
 * @param x Any shape, rows may be strided.
 * @param gate The same shape.
 * @throws {ShapeError} where the shapes differ.
 */
export function siluGate(gpu: Gpu, x: GpuArray, gate: GpuArray): GpuArray {
  expectShape("siluGate", "gate", gate, x.shape);
  return apply(gpu, "siluGate", [x, gate], ["a * b * sigmoid(b)"])[0];
}

/**
 * Gradients of {@linkcode siluGate}.
 *
 * @param dOut Upstream gradient, of the shape of x.
 * @throws {ShapeError} where the shapes differ.
 */
export function siluGateBackward(
  gpu: Gpu,
  x: GpuArray,
  gate: GpuArray,
  dOut: GpuArray,
): { dX: GpuArray; dGate: GpuArray } {
  expectShape("siluGateBackward", "gate", gate, x.shape);
  expectShape("siluGateBackward", "dOut", dOut, x.shape);
  const formulas = ["c * b * s", "c * a * s * fma(b, 1.0 - s, vec4f(1.0))"];
  const steps = "  let s = sigmoid(b);";
  const [dX, dGate] = apply(gpu, "siluGateBackward", [x, gate, dOut], formulas, steps);
  return { dX, dGate };
}

/**
 * softplus(x + bias) = ln(1 + exp(x + bias)), with full relative precision however negative.
 *
 * @param x `[…, columns]`, rows may be strided.
 * @param bias `[columns]`.
 * @throws {ShapeError} where the bias does not fit.
 */
export function softplus(gpu: Gpu, x: GpuArray, bias?: GpuArray): GpuArray {
  if (!bias) return apply(gpu, "softplus", [x], ["softplus(a)"])[0];
  expectShape("softplus", "bias", bias, [x.columns]);
  return apply(gpu, "softplusBias", [x, bias], ["softplus(a + b)"])[0];
}

/**
 * Gradients of {@linkcode softplus}; the bias gradient is there where the bias is.
 *
 * @param dOut Upstream gradient, of the shape of x.
 * @throws {ShapeError} where the shapes do not fit.
 */
export function softplusBackward(
  gpu: Gpu,
  x: GpuArray,
  bias: GpuArray | undefined,
  dOut: GpuArray,
  into: { dBias?: GradientTarget } = {},
): { dX: GpuArray; dBias?: GpuArray } {
  expectShape("softplusBackward", "dOut", dOut, x.shape);
  if (!bias) return { dX: apply(gpu, "softplusBackward", [x, dOut], ["b * sigmoid(a)"])[0] };
  expectShape("softplusBackward", "bias", bias, [x.columns]);
  const [dX] = apply(gpu, "softplusBiasBackward", [x, dOut, bias], ["b * sigmoid(a + c)"]);
  return { dX, dBias: sumRows(gpu, dX, into.dBias) };
}

const FLOAT = new Float32Array(1);
const BITS = new Uint32Array(FLOAT.buffer);

/**
 * x ← factor·x, in place. Every new factor costs a uniform of 16 bytes that is kept: meant for
 * factors that come again.
 *
 * @returns x.
 */
export function scaleInPlace(gpu: Gpu, x: GpuArray, factor: number): GpuArray {
  FLOAT[0] = factor;
  const whole = walked(x);
  for (const { start, end } of spans(gpu, "scale", [whole])) {
    const part = whole.part(start, end);
    const view = viewOf(part);
    const label = `scale ${part.columns} ${key(view)}`;
    const kernel = gpu.kernel(label, () => scaleCode(part.columns, view));
    gpu.dispatch(kernel, [part], groups(part), [part.rows, BITS[0]]);
  }
  return x;
}

/**
 * Sums over rows, in a fixed order: the gradient of a bias.
 *
 * @param x `[…, columns]`, rows may be strided.
 * @param target `[columns]`; a new array where absent.
 * @throws {ShapeError} where the target does not fit.
 */
export function sumRows(gpu: Gpu, x: GpuArray, target?: GradientTarget): GpuArray {
  return sumProducts(gpu, "sumRows", [x], undefined, target);
}

/**
 * target[j] = Σ_i Π factors[i, j] (·rowFactor[i]), in a fixed order.
 *
 * @param operation Name for errors and profiles.
 * @param factors One or two arrays of the same shape, rows may be strided.
 * @param rowFactor `[rows]`.
 * @param target `[columns]`; a new array where absent.
 * @throws {ShapeError} where the operands do not fit.
 */
export function sumProducts(
  gpu: Gpu,
  operation: string,
  factors: readonly GpuArray[],
  rowFactor: GpuArray | undefined,
  target: GradientTarget | undefined,
): GpuArray {
  const { rows, columns } = factors[0];
  const into = target ?? { array: gpu.empty([columns]), accumulate: false };
  expectShape(operation, "target", into.array, [columns]);
  for (const factor of factors) expectShape(operation, "factor", factor, factors[0].shape);
  if (rowFactor) expectShape(operation, "rowFactor", rowFactor, [rows]);
  const quads = Math.ceil(columns / 4);
  const span = spanFor(gpu, quads, rows);
  const partials = roomForPartials(gpu, target, [Math.ceil(rows / span), columns]);
  const whole = [...factors.map((factor) => factor.matrix), ...(rowFactor ? [rowFactor] : [])];
  const parts = pieceSpans(gpu, operation, whole, span, 1);
  for (const { start, end, first, continues } of parts) {
    const arrays = whole.map((array) => array.part(start, end));
    const constants = {
      columns,
      factors: arrays.slice(0, factors.length).map(viewOf),
      rowFactorOffset: rowFactor ? residual(arrays[factors.length]) : -1,
      ...(parts.length > 1 && { inParts: true }),
    };
    const views = constants.factors.map(key).join(" ");
    const split = constants.inParts ? " in parts" : "";
    const label = `${operation} ${columns} ${constants.rowFactorOffset} ${views}${split}`;
    const kernel = gpu.kernel(label, () => columnSumCode(constants));
    const threads = quads * Math.ceil((end - start) / span);
    const place = constants.inParts ? [first, Number(continues)] : [];
    gpu.dispatch(kernel, [...arrays, partials], [Math.ceil(threads / WORKGROUP)], [
      end - start,
      span,
      threads,
      ...place,
    ]);
  }
  reducePartials(gpu, partials, into);
  gpu.release(partials);
  return into.array;
}

/** Rows of a piece: enough pieces to occupy the device, none shorter than 32 rows. */
function spanFor(gpu: Gpu, quads: number, rows: number): number {
  const wanted = gpu.facts.kind === "cpu" ? 512 : 16384;
  const pieces = Math.max(1, Math.min(Math.ceil(wanted / quads), Math.floor(rows / 32)));
  return Math.ceil(rows / pieces);
}

/** Runs formulas over inputs of one shape; an input of one axis is a row that all rows share. */
function apply(
  gpu: Gpu,
  operation: string,
  inputs: readonly GpuArray[],
  formulas: readonly string[],
  steps?: string,
): GpuArray[] {
  const outputs = formulas.map(() => gpu.empty(inputs[0].shape));
  const shared = (array: GpuArray) =>
    array.shape.length === 1 && inputs[0].shape.length > 1 ? array : undefined;
  const arrays = [...inputs, ...outputs];
  const whole = arrays.filter((array) => !shared(array)).map(walked);
  for (const { start, end } of spans(gpu, operation, whole)) {
    const parts = arrays.map((array) => shared(array) ?? walked(array).part(start, end));
    const views = parts.map((part, i) => ({
      ...viewOf(part),
      ...(shared(arrays[i]) && { stride: 0 }),
    }));
    const { columns, rows } = parts[0];
    const constants = {
      columns,
      inputs: views.slice(0, inputs.length),
      outputs: views.slice(inputs.length),
    };
    const kernel = gpu.kernel(
      `${operation} ${columns} ${views.map(key).join(" ")}`,
      () => elementwiseCode(constants, formulas, steps),
    );
    gpu.dispatch(kernel, parts, groups(parts[0]), [rows]);
  }
  return outputs;
}

/** What spans cut: a vector between elements, all else between rows. */
function walked(array: GpuArray): GpuArray {
  return array.shape.length === 1 ? array : array.matrix;
}

function viewOf(array: GpuArray): View {
  return { stride: array.rowStride, offset: residual(array), vec4: isVec4(array) };
}

const key = ({ stride, offset, vec4 }: View): string => `${stride},${offset},${Number(vec4)}`;

/** Workgroups with a thread for every four elements. */
function groups({ rows, columns }: GpuArray): [number, number] {
  return grid(Math.ceil(rows * Math.ceil(columns / 4) / WORKGROUP));
}
