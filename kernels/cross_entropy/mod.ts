/**
 * Softmax cross-entropy over labelled rows, loss and gradient in one pass over the logits.
 *
 * @module
 */
import { ShapeError } from "../../src/base/errors.ts";
import type { GpuArray } from "../../src/gpu/array.ts";
import { type Gpu, residual } from "../../src/gpu/gpu.ts";
import { grid } from "../grid.ts";
import { spans } from "../spans.ts";
import { teamOf } from "../team.ts";
import { variantOf } from "../variants.ts";
import { isVec4 } from "../wgsl.ts";
import { logitsClass, teamVariants } from "./variants.ts";
import { rowLossCode, weightedSumCode } from "./wgsl.ts";

/** Operands of {@linkcode crossEntropy}. */
export interface CrossEntropyArguments {
  /** `[rows, V']` with V' ≥ the vocabulary; overwritten by its gradient. Rows may lie apart. */
  readonly logits: GpuArray;
  /** i32 `[rows]`: below the vocabulary, or −100 for a row that does not count. */
  readonly labels: GpuArray;
  /** f32 `[rows]`: each row's weight, divided by the sum of the weights of all rows that count. */
  readonly weights: GpuArray;
  /** Columns that count; the padding past them is ignored. */
  readonly vocabulary: number;
}

/** Results of {@linkcode crossEntropy}. */
export interface CrossEntropyResult {
  /** `[1]`: Σ weight·rowLoss, in a fixed order. */
  readonly loss: GpuArray;
  /** `[rows, V']`: the very array that held the logits; padding columns are 0. */
  readonly dLogits: GpuArray;
  /** u32 `[rows]`: 1 where the label has the largest logit, the lowest column winning ties. */
  readonly correct: GpuArray;
  /** `[rows]`: −ln softmax(logits)[label] without the weight; 0 where the row does not count. */
  readonly rowLoss: GpuArray;
}

/**
 * Mean cross-entropy with the given weights, and its gradient.
 *
 * A row with a logit that is not finite, or with a label that is neither −100 nor in the
 * vocabulary, has a loss and a gradient of NaN.
 *
 * @throws {ShapeError} where the operands do not fit.
 */
export function crossEntropy(gpu: Gpu, args: CrossEntropyArguments): CrossEntropyResult {
  const { logits, weights } = args;
  checkOperands(args);
  const rowLoss = gpu.empty([logits.rows]);
  const correct = gpu.empty([logits.rows], "u32");
  rowLosses(gpu, { ...args, rowLoss, correct });
  return { loss: weightedSum(gpu, rowLoss, weights), dLogits: logits, correct, rowLoss };
}

/** Where the loss of rows goes, besides {@linkcode CrossEntropyArguments}. */
export interface RowLossArguments extends CrossEntropyArguments {
  /** `[rows]`. */
  readonly rowLoss: GpuArray;
  /** u32 `[rows]`. */
  readonly correct: GpuArray;
}

/** Loss and gradient of every row without their sum; the operands are checked by the caller. */
export function rowLosses(gpu: Gpu, args: RowLossArguments): void {
  const { vocabulary } = args;
  const arrays = [args.logits.matrix, args.labels, args.weights, args.rowLoss, args.correct];
  for (const { start, end } of spans(gpu, "cross-entropy", arrays)) {
    const parts = arrays.map((array) => array.part(start, end));
    const [logits, labels, weights] = parts;
    const constants = {
      vocabulary,
      width: logits.columns,
      stride: logits.rowStride,
      offset: residual(logits),
      vec4: isVec4(logits),
      labelOffset: residual(labels),
      weightOffset: residual(weights),
    };
    const team = teamOf(gpu, variantOf(gpu, teamVariants, logitsClass(logits.columns)));
    const baked = [...Object.values(team), ...Object.values(constants)].map(Number);
    const kernel = gpu.kernel(
      `crossEntropy ${baked.join(" ")}`,
      () => rowLossCode({ team, ...constants }),
    );
    gpu.dispatch(kernel, parts, grid(Math.ceil(logits.rows / team.teams)), [logits.rows]);
  }
}

/** Σ weight·rowLoss in a fixed order, `[1]`. */
export function weightedSum(gpu: Gpu, rowLoss: GpuArray, weights: GpuArray): GpuArray {
  const loss = gpu.empty([1]);
  const offset = residual(weights);
  const sum = gpu.kernel(`crossEntropySum ${offset}`, () => weightedSumCode(offset));
  gpu.dispatch(sum, [rowLoss, weights, loss], [1], [rowLoss.size]);
  return loss;
}

/** @throws {ShapeError} unless there are a label and a weight a row, in vectors without gaps. */
export function checkLabels(labels: GpuArray, weights: GpuArray, rows: number): void {
  const fits = [labels, weights].every(({ size, shape }) => size === rows && shape.length === 1);
  if (!fits || labels.dtype !== "i32" || weights.dtype !== "f32") {
    throw new ShapeError(
      `cross-entropy: found labels ${labels.dtype} [${labels.shape}] and weights ` +
        `${weights.dtype} [${weights.shape}], expected i32 and f32 for ${rows} rows without gaps`,
    );
  }
}

function checkOperands({ logits, labels, weights, vocabulary }: CrossEntropyArguments): void {
  checkLabels(labels, weights, logits.rows);
  if (!(1 <= vocabulary && vocabulary <= logits.columns)) {
    throw new ShapeError(
      `cross-entropy: found a vocabulary of ${vocabulary}, expected 1 to ${logits.columns}, the ` +
        `columns of the logits`,
    );
  }
}
