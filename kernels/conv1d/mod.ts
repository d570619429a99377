/**
 * Causal depthwise convolution with SiLU over `[batch, length, dim]`, as Mamba's mixer uses it
 * (state-spaces/mamba and Dao-AILab/causal-conv1d), with states for text that comes in chunks and
 * with sequence indices for packed batches.
 *
 * @module
 */
import { ShapeError } from "../../src/base/errors.ts";
import { expectDense, expectShape, type GpuArray } from "../../src/gpu/array.ts";
import { type Gpu, residual } from "../../src/gpu/gpu.ts";
import type { Kernel } from "../../src/gpu/pipelines.ts";
import { reducePartials, roomForPartials } from "../reduce/mod.ts";
import { type Span, spans } from "../spans.ts";
import type { GradientTarget } from "../target.ts";
import { variantOf } from "../variants.ts";
import { isVec4 } from "../wgsl.ts";
import { PIECE_CLASS, pieceVariants } from "./variants.ts";
import { backwardCode, type ConvConstants, forwardCode, WORKGROUP } from "./wgsl.ts";

/** Operands of {@linkcode conv1d}. */
export interface Conv1dArguments {
  /** `[batch, length, dim]`; rows may be strided. */
  readonly x: GpuArray;
  /** `[dim, 1, width]`, upstream's shape, without gaps; at least two taps, the last reads the token. */
  readonly weight: GpuArray;
  /** `[dim]`. */
  readonly bias?: GpuArray;
  /** `[batch, dim, width − 1]`: the inputs before the first token, oldest first; zero where absent. */
  readonly initialState?: GpuArray;
  /**
   * i32 `[batch, length]`: where it changes from one token to the next, the window starts anew from
   * zeros. The initial state belongs to the sequence of the first token.
   */
  readonly sequenceIndex?: GpuArray;
}

/** Result of {@linkcode conv1d}. */
export interface Conv1dResult {
  /** `[batch, length, dim]`. */
  readonly out: GpuArray;
  /** `[batch, dim, width − 1]`: the window after the last token, where asked for. */
  readonly lastState?: GpuArray;
}

/** Where {@linkcode conv1dBackward} writes, and what reaches it besides the output's gradient. */
export interface Conv1dBackwardOptions {
  /** `[batch, length, dim]`, rows may be strided; a new array where absent. */
  readonly dX?: GpuArray;
  /** `[dim, 1, width]`; a new array where absent. */
  readonly dWeight?: GradientTarget;
  /** `[dim]`; a new array where absent. */
  readonly dBias?: GradientTarget;
  /** `[batch, dim, width − 1]`: upstream gradient of the last state. */
  readonly dLastState?: GpuArray;
}

/** Result of {@linkcode conv1dBackward}. */
export interface Conv1dGradients {
  /** `[batch, length, dim]`. */
  readonly dX: GpuArray;
  /** `[dim, 1, width]`. */
  readonly dWeight: GpuArray;
  /** `[dim]`, where there is a bias. */
  readonly dBias?: GpuArray;
  /** `[batch, dim, width − 1]`, where there is an initial state. */
  readonly dInitialState?: GpuArray;
}

/**
 * out = SiLU(bias + Σ_j weight[·, 0, j]·x[t − width + 1 + j]).
 *
 * @param options.lastState Also returns the state from which the next chunk goes on.
 * @throws {ShapeError} where the operands do not fit.
 */
export function conv1d(
  gpu: Gpu,
  args: Conv1dArguments,
  options: { lastState: boolean },
): Conv1dResult {
  const size = check("conv1d", args);
  const out = gpu.empty(args.x.shape);
  const lastState = options.lastState
    ? gpu.empty([size.batch, size.dim, size.width - 1])
    : undefined;
  const pieces = split(gpu, size);
  const outputs = [out, ...optional(lastState)];
  for (const span of batchSpans(gpu, "conv1d", args, outputs)) {
    const part = entries(args, span);
    const constants = { ...sharedConstants(part, size), lastState: options.lastState };
    const kernel = gpu.kernel(label("conv1d", constants), () => forwardCode(constants));
    const written = outputs.map((array) => array.part(span.start, span.end));
    run(gpu, kernel, [...operands(part), ...written], span, size, pieces);
  }
  return lastState ? { out, lastState } : { out };
}

/**
 * Gradients of {@linkcode conv1d}; the value before SiLU is computed again. Gradients of the weight
 * and bias are summed in a fixed order.
 *
 * @param args The forward's operands.
 * @param dOut `[batch, length, dim]`, rows may be strided.
 * @param into Targets, and the upstream gradient of the last state; `dX` must not share a buffer
 * with an operand.
 * @throws {ShapeError} where the operands do not fit.
 */
export function conv1dBackward(
  gpu: Gpu,
  args: Conv1dArguments,
  dOut: GpuArray,
  into: Conv1dBackwardOptions,
): Conv1dGradients {
  const size = check("conv1dBackward", args);
  const { batch, dim, width } = size;
  expectShape("conv1dBackward", "dOut", dOut, args.x.shape);
  const dX = into.dX ?? gpu.empty(args.x.shape);
  expectShape("conv1dBackward", "dX", dX, args.x.shape);
  if (into.dLastState) {
    expectDense("conv1dBackward", "dLastState", into.dLastState, [batch, dim, width - 1]);
  }
  const pieces = split(gpu, size);
  const dInitialState = args.initialState ? gpu.empty(args.initialState.shape) : undefined;
  const weights = roomForPartials(gpu, into.dWeight, [batch * pieces.count, dim, 1, width]);
  const biases = args.bias && roomForPartials(gpu, into.dBias, [batch * pieces.count, dim]);
  // A batch entry's partial sums lie together.
  const sums = [weights, ...optional(biases)].map((array) =>
    array.reshape([batch, array.size / batch])
  );
  const others = [dOut, ...optional(into.dLastState), dX, ...sums, ...optional(dInitialState)];
  for (const span of batchSpans(gpu, "conv1dBackward", args, others)) {
    const part = entries(args, span);
    const arrays = others.map((array) => array.part(span.start, span.end));
    const dLast = into.dLastState && arrays[1];
    const constants = backwardConstants(part, size, arrays[0], arrays[dLast ? 2 : 1], dLast);
    const kernel = gpu.kernel(label("conv1dBackward", constants), () => backwardCode(constants));
    run(gpu, kernel, [...operands(part), ...arrays], span, size, pieces);
  }
  const dWeight = collect(gpu, weights, into.dWeight);
  const dBias = biases && collect(gpu, biases, into.dBias);
  return { dX, dWeight, ...(dBias && { dBias }), ...(dInitialState && { dInitialState }) };
}

const optional = (array: GpuArray | undefined): GpuArray[] => array ? [array] : [];

/** Spans of batch entries; the sequence index is small, and may begin anywhere in its binding. */
function batchSpans(
  gpu: Gpu,
  operation: string,
  { x, initialState }: Conv1dArguments,
  others: readonly GpuArray[],
): Span[] {
  return spans(gpu, operation, [x, ...optional(initialState), ...others]);
}

/** The operands of some batch entries. */
function entries(args: Conv1dArguments, { start, end }: Span): Conv1dArguments {
  return {
    ...args,
    x: args.x.part(start, end),
    initialState: args.initialState?.part(start, end),
    sequenceIndex: args.sequenceIndex?.part(start, end),
  };
}

function run(
  gpu: Gpu,
  kernel: Kernel,
  arrays: readonly GpuArray[],
  { start, end }: Span,
  { batch, length }: Size,
  { count, span, threads }: Pieces,
): void {
  const part = threads / batch * (end - start);
  gpu.dispatch(kernel, arrays, [Math.ceil(part / WORKGROUP)], [length, span, count, part]);
}

/** Sums partials `[count, …]` into the target, or a new array, and releases them. */
function collect(gpu: Gpu, partials: GpuArray, target: GradientTarget | undefined): GpuArray {
  const into = target ?? { array: gpu.empty(partials.shape.slice(1)), accumulate: false };
  const sum = reducePartials(gpu, partials, into);
  gpu.release(partials);
  return sum;
}

interface Size {
  readonly batch: number;
  readonly length: number;
  readonly dim: number;
  readonly width: number;
}

function check(operation: string, args: Conv1dArguments): Size {
  const { x, weight, bias, initialState, sequenceIndex } = args;
  if (x.shape.length !== 3) {
    throw new ShapeError(`${operation}: found x of [${x.shape}], expected [batch, length, dim]`);
  }
  const [batch, length, dim] = x.shape;
  const width = weight.columns;
  if (width < 2) {
    throw new ShapeError(
      `${operation}: found weight of [${weight.shape}], expected [${dim}, 1, width] with width 2 or more`,
    );
  }
  expectDense(operation, "weight", weight, [dim, 1, width]);
  if (bias) expectShape(operation, "bias", bias, [dim]);
  if (initialState) expectDense(operation, "initialState", initialState, [batch, dim, width - 1]);
  if (sequenceIndex) {
    expectDense(operation, "sequenceIndex", sequenceIndex, [batch, length]);
    if (sequenceIndex.dtype !== "i32") {
      throw new ShapeError(
        `${operation}: found sequenceIndex of ${sequenceIndex.dtype}, expected i32`,
      );
    }
  }
  return { batch, length, dim, width };
}

/** Optional operands in the order in which the kernels declare them. */
function operands({ x, weight, bias, initialState, sequenceIndex }: Conv1dArguments): GpuArray[] {
  return [x, weight, bias, initialState, sequenceIndex].filter((array) => array !== undefined);
}

const offsetOf = (array: GpuArray | undefined): number => array ? residual(array) : -1;

/** Whether four channels of `[…, dim, taps]` begin at a multiple of four elements. */
function tapsVec4(array: GpuArray | undefined, dim: number): boolean {
  return array !== undefined && dim % 4 === 0 && residual(array) % 4 === 0;
}

function sharedConstants(args: Conv1dArguments, { dim, width }: Size): ConvConstants {
  return {
    dim,
    width,
    xStride: args.x.rowStride,
    xOffset: residual(args.x),
    xVec4: isVec4(args.x),
    weightOffset: residual(args.weight),
    weightVec4: tapsVec4(args.weight, dim),
    biasOffset: offsetOf(args.bias),
    initialOffset: offsetOf(args.initialState),
    initialVec4: tapsVec4(args.initialState, dim),
    sequenceOffset: offsetOf(args.sequenceIndex),
  };
}

function backwardConstants(
  args: Conv1dArguments,
  size: Size,
  dOut: GpuArray,
  dX: GpuArray,
  dLastState: GpuArray | undefined,
) {
  return {
    ...sharedConstants(args, size),
    dOutStride: dOut.rowStride,
    dOutOffset: residual(dOut),
    dOutVec4: isVec4(dOut),
    dXStride: dX.rowStride,
    dXOffset: residual(dX),
    dXVec4: isVec4(dX),
    dLastOffset: offsetOf(dLastState),
    dLastVec4: tapsVec4(dLastState, size.dim),
  };
}

function label(operation: string, constants: object): string {
  return `${operation} ${Object.values(constants).map(Number).join(" ")}`;
}

interface Pieces {
  readonly count: number;
  readonly span: number;
  readonly threads: number;
}

/** Tokens of the shortest piece, against the `width − 1` that it reads twice. */
const SHORTEST = 16;

/** Threads that the pieces of time should occupy. */
const WANTED = { long_pieces: 512, short_pieces: 65536 } as const;

/** Enough pieces of time to occupy the device. */
function split(gpu: Gpu, { batch, length, dim, width }: Size): Pieces {
  const walkers = batch * Math.ceil(dim / 4);
  const wanted = WANTED[variantOf(gpu, pieceVariants, PIECE_CLASS)];
  const least = Math.max(SHORTEST, width - 1);
  const pieces = Math.max(1, Math.min(Math.ceil(wanted / walkers), Math.floor(length / least)));
  const span = Math.ceil(length / pieces);
  const count = Math.ceil(length / span);
  return { count, span, threads: walkers * count };
}
