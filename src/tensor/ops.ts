/**
 * Differentiable operations: a kernel's forward, and its backward noted on the tape.
 *
 * @module
 */
import { ShapeError } from "../base/errors.ts";
import type { GpuArray } from "../gpu/array.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { conv1d as conv1dKernel, conv1dBackward } from "../../kernels/conv1d/mod.ts";
import { linearCrossEntropy as crossEntropyKernel } from "../../kernels/cross_entropy/linear.ts";
import {
  embedding as gatherRows,
  embeddingBackward,
  makeRowIndex,
} from "../../kernels/embedding/mod.ts";
import { matmul, matmulTransposeA, type PackedMatrix } from "../../kernels/matmul/mod.ts";
import { packAll } from "../../kernels/matmul/pack.ts";
import type { Precision } from "../../kernels/precision.ts";
import { rmsNorm, rmsNormBackward } from "../../kernels/rms_norm/mod.ts";
import {
  selectiveScan as scanKernel,
  selectiveScanBackward,
  type SelectiveScanOptions,
} from "../../kernels/selective_scan/mod.ts";
import { type Carry, carryBack, required } from "./carry.ts";
import type { Tape } from "./tape.ts";
import { type Parameter, Tensor } from "./tensor.ts";

export type { Carry } from "./carry.ts";
export { gatedRmsNorm, ssd, type SsdInputs } from "./ssd.ts";

/**
 * x·Wᵀ, in f32.
 *
 * @param x `[…, inputs]`, of f32 or f16; its gradient is f32.
 * @param weight `[outputs, inputs]`.
 * @returns `[…, outputs]`.
 */
export function linear(tape: Tape, x: Tensor, weight: Parameter): Tensor {
  const { gpu } = tape;
  const out = new Tensor(matmul(gpu, { a: x.array, b: packedOf(gpu, weight) }));
  tape.record([out], () => {
    const dOut = out.gradient!;
    matmulTransposeA(gpu, rowsOf(dOut), rowsOf(x.array), tape.target(weight));
    tape.accumulate(x, ({ out, addend }) => ({
      gradient: matmul(gpu, { a: dOut, b: weight.array, out, addend }),
      fused: true,
    }));
  });
  return out;
}

/**
 * The weight laid out for products with its transpose. Packed weights outlive the step: the optimizer
 * releases them when the parameters change, and the next use of one packs all anew.
 */
function packedOf(gpu: Gpu, weight: Parameter): PackedMatrix {
  if (!weight.packed) {
    if (!weight.packable.includes(weight)) weight.packable.push(weight);
    const missing = weight.packable.filter(({ packed }) => !packed);
    packAll(gpu, missing.map(({ array }) => array), weight.precision).forEach((packed, i) => {
      gpu.own(packed.array);
      missing[i].packed = packed;
    });
  }
  return weight.packed!;
}

/** Labelled rows of {@linkcode linearCrossEntropy}. */
export interface Labels {
  /** i32 `[rows]`: below the vocabulary, or −100 for a row that does not count. */
  readonly labels: GpuArray;
  /** f32 `[rows]`: each row's weight over the sum of all that count. */
  readonly weights: GpuArray;
  /** Rows of the weight that count; those past them are padding. */
  readonly vocabulary: number;
}

/**
 * The end of a language model: cross-entropy of x·Wᵀ. Where the tape records, both gradients are made
 * at once, for a loss whose own gradient is 1, because the logits are not kept: go back over the tape,
 * or make the loss on one that does not record.
 *
 * @param x `[rows, inputs]`, used by nothing else.
 * @param weight `[V', inputs]`.
 * @returns `loss` `[1]`: Σ weight·rowLoss; `correct` u32 `[rows]`: 1 where the label is the likeliest.
 */
export function linearCrossEntropy(
  tape: Tape,
  x: Tensor,
  weight: Parameter,
  labels: Labels,
): { loss: GpuArray; correct: GpuArray } {
  const { gpu } = tape;
  const args = { hidden: x.array, weight: weight.array, packed: packedOf(gpu, weight), ...labels };
  // At once, not with the sums that wait for the way back, which may never be gone.
  const dWeight = () => ({ ...tape.target(weight), sums: undefined });
  const options = tape.recording ? { dWeight: dWeight() } : {};
  const { loss, correct, dHidden } = crossEntropyKernel(gpu, args, options);
  if (dHidden) tape.accumulate(x, () => ({ gradient: dHidden }));
  return { loss, correct };
}

const rowsOf = (array: GpuArray): GpuArray => array.reshape([array.rows, array.columns]);

/**
 * Columns of x as separate tensors, without a copy. Every piece must be used, each by one operation.
 *
 * @param sizes Columns of each piece; they add up to those of x.
 */
export function split(x: Tensor, sizes: readonly number[]): Tensor[] {
  if (sizes.reduce((sum, size) => sum + size, 0) !== x.array.columns) {
    throw new ShapeError(
      `split: found pieces of ${sizes}, expected them to add up to ${x.array.columns}`,
    );
  }
  let start = 0;
  return sizes.map((size) => {
    const piece = new Tensor(x.array.slice(start, start + size), { whole: x, start });
    start += size;
    return piece;
  });
}

/**
 * The residual stream's next value, and its normalisation, in one kernel: sum = x + residual,
 * out = sum / rms(sum) · weight.
 *
 * @param residual Absent in front of the first layer.
 * @param precision Of `out`.
 */
export function addRmsNorm(
  tape: Tape,
  x: Tensor,
  residual: Tensor | undefined,
  weight: Parameter,
  epsilon: number,
  precision: Precision = "f32",
): { out: Tensor; sum: Tensor } {
  const { gpu } = tape;
  const made = rmsNorm(gpu, {
    x: x.array,
    residual: residual?.array,
    weight: weight.array,
    epsilon,
    precision,
  });
  const out = new Tensor(made.out);
  const sum = new Tensor(made.sum);
  tape.record([out, sum], () => {
    const dOut = out.gradient;
    if (!dOut) throw new ShapeError("backward of addRmsNorm: the normalised output must be used");
    const { dX } = rmsNormBackward(gpu, {
      sum: made.sum,
      inverseRms: made.inverseRms,
      weight: weight.array,
      dOut,
      dSum: sum.gradient,
      dWeight: tape.target(weight),
    });
    if (residual) tape.accumulate(residual, () => ({ gradient: gpu.retain(dX) }));
    tape.accumulate(x, () => ({ gradient: dX }));
  });
  return { out, sum };
}

/**
 * Causal depthwise convolution and SiLU.
 *
 * @param x `[batch, length, dim]`.
 * @param weight `[dim, 1, width]`.
 * @param bias `[dim]`.
 * @param sequenceIndex i32 `[batch, length]` of packed sequences.
 */
export function conv1d(
  tape: Tape,
  x: Tensor,
  weight: Parameter,
  bias: Parameter,
  sequenceIndex: GpuArray | undefined,
  carry: Carry,
): { out: Tensor; lastState?: Tensor } {
  const { gpu } = tape;
  const args = {
    x: x.array,
    weight: weight.array,
    bias: bias.array,
    initialState: carry.initialState?.array,
    sequenceIndex,
  };
  const made = conv1dKernel(gpu, args, { lastState: carry.lastState });
  const out = new Tensor(made.out);
  const lastState = made.lastState && new Tensor(made.lastState);
  tape.record(lastState ? [out, lastState] : [out], () => {
    let dInitial: GpuArray | undefined;
    tape.accumulate(x, (into) => {
      const { dX, dInitialState } = conv1dBackward(gpu, args, required(out, "conv1d"), {
        dX: into.out,
        dWeight: tape.target(weight),
        dBias: tape.target(bias),
        dLastState: lastState?.gradient,
      });
      dInitial = dInitialState;
      return { gradient: dX };
    });
    carryBack(tape, carry, dInitial);
  });
  return { out, lastState };
}

/** Inputs of {@linkcode selectiveScan}: time before channels. */
export interface ScanInputs {
  /** `[batch, length, dim]`. */
  readonly u: Tensor;
  /** Like u, before bias and softplus. */
  readonly delta: Tensor;
  /** log(−A) `[dim, state]`. */
  readonly ALog: Parameter;
  /** `[batch, length, state]`. */
  readonly B: Tensor;
  /** Like B. */
  readonly C: Tensor;
  /** `[dim]`. */
  readonly D: Parameter;
  /** Like u. */
  readonly z: Tensor;
  /** `[dim]`. */
  readonly deltaBias: Parameter;
}

const SCAN: SelectiveScanOptions = { deltaSoftplus: true, timeMajor: true, logA: true };

/**
 * The selective scan as Mamba-1 uses it: softplus, D, gate, and A = −exp(ALog).
 *
 * @param precision Of `out`.
 */
export function selectiveScan(
  tape: Tape,
  inputs: ScanInputs,
  sequenceIndex: GpuArray | undefined,
  carry: Carry,
  precision: Precision = "f32",
): { out: Tensor; lastState?: Tensor } {
  const { gpu } = tape;
  const { u, delta, ALog, B, C, D, z, deltaBias } = inputs;
  const arrays = {
    u: u.array,
    delta: delta.array,
    A: ALog.array,
    B: B.array,
    C: C.array,
    D: D.array,
    z: z.array,
    deltaBias: deltaBias.array,
    initialState: carry.initialState?.array,
    sequenceIndex,
  };
  const want = { lastState: carry.lastState, saved: tape.recording };
  const made = scanKernel(gpu, arrays, { ...SCAN, precision }, want);
  const out = new Tensor(made.out);
  const lastState = made.lastState && new Tensor(made.lastState);
  tape.record(lastState ? [out, lastState] : [out], () => {
    const places: { dB?: GpuArray; dC?: GpuArray; dz?: GpuArray } = {};
    const write = () =>
      selectiveScanBackward(gpu, arrays, SCAN, made.saved!, {
        dOut: required(out, "selectiveScan"),
        dLastState: lastState?.gradient,
        ...places,
        dA: tape.target(ALog),
        dD: tape.target(D),
        dDeltaBias: tape.target(deltaBias),
      });
    for (const [name, piece] of [["dB", B], ["dC", C], ["dz", z]] as const) {
      tape.accumulate(piece, ({ out }) => {
        places[name] = out ?? gpu.empty(piece.shape);
        return { gradient: places[name] };
      });
    }
    const { du, ddelta, dInitialState } = write();
    tape.accumulate(u, () => ({ gradient: du }));
    tape.accumulate(delta, () => ({ gradient: ddelta }));
    carryBack(tape, carry, dInitialState);
  });
  return { out, lastState };
}

/**
 * Rows of a parameter by token id.
 *
 * @param weight `[vocabulary, dim]`.
 * @param ids i32 `[batch, length]`, checked by the caller.
 * @param hostIds The same numbers on the host, for the gradient's fixed order; absent where no gradient
 * will be taken.
 */
export function embedding(
  tape: Tape,
  weight: Parameter,
  ids: GpuArray,
  hostIds: Int32Array | undefined,
): Tensor {
  const { gpu } = tape;
  const out = new Tensor(gatherRows(gpu, weight.array, ids));
  if (!hostIds) return out;
  const index = tape.recording ? makeRowIndex(gpu, hostIds, weight.shape[0]) : undefined;
  tape.record([out], () => {
    embeddingBackward(gpu, rowsOf(out.gradient!), index!, tape.target(weight));
  });
  return out;
}

/**
 * Some rows of a tensor: the head works on labelled positions alone.
 *
 * @param x `[…, dim]`.
 * @param rows Row numbers in ascending order.
 * @returns `[rows.length, dim]`.
 */
export function selectRows(tape: Tape, x: Tensor, rows: Int32Array<ArrayBuffer>): Tensor {
  const { gpu } = tape;
  const table = rowsOf(x.array);
  const out = new Tensor(gatherRows(gpu, table, gpu.upload(rows)));
  const index = tape.recording ? makeRowIndex(gpu, rows, table.rows) : undefined;
  tape.record([out], () => {
    tape.accumulate(x, () => ({
      gradient: embeddingBackward(gpu, out.gradient!, index!).reshape(x.shape),
    }));
  });
  return out;
}
