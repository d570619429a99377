/**
 * Softmax cross-entropy over labelled rows, loss and gradient in one pass over the logits.
 *
 * @module
 */
import { ShapeError } from "../../src/base/errors.ts";
import type { GpuArray } from "../../src/gpu/array.ts";
import { type Gpu, residual } from "../../src/gpu/gpu.ts";
import { grid } from "../grid.ts";
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
  const { logits, labels, weights, vocabulary } = args;
  checkOperands(args);
  const rows = logits.rows;
  const rowLoss = gpu.empty([rows]);
  const correct = gpu.empty([rows], "u32");
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
  const groups = grid(Math.ceil(rows / team.teams));
  gpu.dispatch(kernel, [logits, labels, weights, rowLoss, correct], groups, [rows]);
  const loss = gpu.empty([1]);
  const label = `crossEntropySum ${constants.weightOffset}`;
  const sum = gpu.kernel(label, () => weightedSumCode(constants.weightOffset));
  gpu.dispatch(sum, [rowLoss, weights, loss], [1], [rows]);
  return { loss, dLogits: logits, correct, rowLoss };
}

function checkOperands({ logits, labels, weights, vocabulary }: CrossEntropyArguments): void {
  const fits = [labels, weights].every((array) => array.size === logits.rows && array.contiguous);
  if (!fits || labels.dtype !== "i32" || weights.dtype !== "f32") {
    throw new ShapeError(
      `cross-entropy: found labels ${labels.dtype} [${labels.shape}] and weights ` +
        `${weights.dtype} [${weights.shape}], expected i32 and f32 for ${logits.rows} rows without gaps`,
    );
  }
  if (!(1 <= vocabulary && vocabulary <= logits.columns)) {
    throw new ShapeError(
      `cross-entropy: found a vocabulary of ${vocabulary}, expected 1 to ${logits.columns}, the ` +
        `columns of the logits`,
    );
  }
}
