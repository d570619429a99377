/**
 * A linear layer and softmax cross-entropy in one: logits of all rows over the whole vocabulary are
 * never held at once.
 *
 * @module
 */
import { ShapeError } from "../../src/base/errors.ts";
import { expectShape, type GpuArray } from "../../src/gpu/array.ts";
import { type Gpu, residual } from "../../src/gpu/gpu.ts";
import { grid } from "../grid.ts";
import { matmul, matmulTransposeA, packedColumns, type PackedMatrix } from "../matmul/mod.ts";
import { type Span, spans } from "../spans.ts";
import type { GradientTarget } from "../target.ts";
import { teamOf } from "../team.ts";
import { variantOf } from "../variants.ts";
import { logitsClass, teamVariants } from "./variants.ts";
import { isVec4 } from "../wgsl.ts";
import {
  type ChunkConstants,
  chunkGradientCode,
  GRADIENT_WORKGROUP,
  STATISTICS,
  statisticsCode,
} from "./chunk_wgsl.ts";
import { checkLabels, rowLosses, weightedSum } from "./mod.ts";

/** Operands of {@linkcode linearCrossEntropy}. */
export interface LinearCrossEntropyArguments {
  /** `[rows, dim]`. */
  readonly hidden: GpuArray;
  /** `[V', dim]` with V' ≥ the vocabulary. */
  readonly weight: GpuArray;
  /** The same weight, packed. */
  readonly packed: PackedMatrix;
  /** i32 `[rows]`: below the vocabulary, or −100 for a row that does not count. */
  readonly labels: GpuArray;
  /** f32 `[rows]`: each row's weight, divided by the sum of the weights of all rows that count. */
  readonly weights: GpuArray;
  /** Columns that count; rows of the weight past them are padding. */
  readonly vocabulary: number;
}

/** What else {@linkcode linearCrossEntropy} makes, and how. */
export interface LinearCrossEntropyOptions {
  /** `[V', dim]`: where the weight's gradient goes; no gradients where absent. */
  readonly dWeight?: GradientTarget;
  /** Most bytes of logits at once, {@linkcode LOGIT_BYTES} where absent. */
  readonly logitBytes?: number;
}

/** Results of {@linkcode linearCrossEntropy}. */
export interface LinearCrossEntropyResult {
  /** `[1]`: Σ weight·rowLoss, in a fixed order. */
  readonly loss: GpuArray;
  /** u32 `[rows]`: 1 where the label has the largest logit, the lowest column winning ties. */
  readonly correct: GpuArray;
  /** `[rows]`: −ln softmax(logits)[label] without the weight; 0 where the row does not count. */
  readonly rowLoss: GpuArray;
  /** `[rows, dim]`, where gradients are wanted. */
  readonly dHidden?: GpuArray;
}

/** Bytes of logits that are made at once, 32 MiB. */
export const LOGIT_BYTES = 2 ** 25;

/**
 * Cross-entropy of hidden·Wᵀ with the gradients of both.
 *
 * Where the logits of all rows are at most `logitBytes`, they are made once and turned into their
 * gradient in place. Else columns go in chunks: a first pass keeps each row's maximum and sum of
 * exponentials, a second makes the chunks again, all but the last, for their gradients. Where even
 * chunks of 512 columns are too large, rows go in spans.
 *
 * A row with a logit that is not finite, or with a label that is neither −100 nor in the
 * vocabulary, has a loss and a gradient of NaN.
 *
 * @throws {ShapeError} where the operands do not fit.
 */
export function linearCrossEntropy(
  gpu: Gpu,
  args: LinearCrossEntropyArguments,
  { dWeight, logitBytes = LOGIT_BYTES }: LinearCrossEntropyOptions = {},
): LinearCrossEntropyResult {
  const { hidden, weight, labels, weights } = args;
  checkOperands(args, dWeight);
  const [rows] = hidden.shape;
  const size = chunkSize(rows, weight.shape[0], logitBytes / 4);
  const rowLoss = gpu.empty([rows]);
  const correct = gpu.empty([rows], "u32");
  const dHidden = dWeight && gpu.empty(hidden.shape);
  for (let start = 0; start < rows; start += size.rows) {
    const end = Math.min(start + size.rows, rows);
    const target = dWeight && { ...dWeight, accumulate: dWeight.accumulate || start > 0 };
    const [part, dPart] = [hidden, dHidden].map((array) => array?.part(start, end));
    const span = {
      ...args,
      hidden: part!,
      labels: labels.part(start, end),
      weights: weights.part(start, end),
      rowLoss: rowLoss.part(start, end),
      correct: correct.part(start, end),
      gradients: target && { dHidden: dPart!, dWeight: target },
    };
    if (size.columns === weight.shape[0]) wholeRows(gpu, span);
    else inChunks(gpu, span, size.columns);
  }
  const loss = weightedSum(gpu, rowLoss, weights);
  return dHidden ? { loss, correct, rowLoss, dHidden } : { loss, correct, rowLoss };
}

function checkOperands(
  { hidden, weight, packed, labels, weights, vocabulary }: LinearCrossEntropyArguments,
  dWeight: GradientTarget | undefined,
): void {
  const [width, dim] = weight.shape;
  if (hidden.shape.length !== 2 || weight.shape.length !== 2 || hidden.columns !== dim) {
    throw new ShapeError(
      `linear cross-entropy: found hidden of [${hidden.shape}] and a weight of [${weight.shape}], ` +
        `expected [rows, dim] and [V', dim]`,
    );
  }
  if (packed.depth !== dim || packed.columns !== width) {
    throw new ShapeError(
      `linear cross-entropy: found a packed weight of [${packed.columns}, ${packed.depth}], ` +
        `expected [${width}, ${dim}]; pack the same weight`,
    );
  }
  if (!(1 <= vocabulary && vocabulary <= width)) {
    throw new ShapeError(
      `linear cross-entropy: found a vocabulary of ${vocabulary}, expected 1 to ${width}, the rows ` +
        `of the weight`,
    );
  }
  checkLabels(labels, weights, hidden.rows);
  if (dWeight) expectShape("linear cross-entropy", "dWeight", dWeight.array, [width, dim]);
}

/** Least columns of a chunk: narrower ones would read the hidden states too often. */
const LEAST_COLUMNS = 512;
/** Columns of a chunk are a multiple of this, which whole panels of every device divide. */
const COLUMN_STEP = 256;
/** Rows of a span are a multiple of this, the elements at whose multiples bindings start. */
const ROW_STEP = 64;

/** Rows and columns of the logits made at once: so many elements of them, or a little more. */
function chunkSize(
  rows: number,
  width: number,
  elements: number,
): { rows: number; columns: number } {
  if (rows * width <= elements) return { rows, columns: width };
  const floorTo = (n: number, step: number) => Math.floor(n / step) * step;
  const wanted = Math.max(LEAST_COLUMNS, floorTo(elements / rows, COLUMN_STEP));
  const columns = Math.min(width, wanted);
  const most = Math.max(ROW_STEP, floorTo(elements / columns, ROW_STEP));
  return { rows: Math.min(rows, most), columns };
}

/** A span of rows, with its own parts of what is written for each row. */
interface RowSpan extends LinearCrossEntropyArguments {
  readonly rowLoss: GpuArray;
  readonly correct: GpuArray;
  readonly gradients: { readonly dHidden: GpuArray; readonly dWeight: GradientTarget } | undefined;
}

/** Logits once, over the whole vocabulary. */
function wholeRows(gpu: Gpu, span: RowSpan): void {
  const { hidden, weight, packed, gradients } = span;
  const logits = matmul(gpu, { a: hidden, b: packed });
  rowLosses(gpu, { ...span, logits });
  if (gradients) {
    matmulTransposeA(gpu, logits, hidden, gradients.dWeight);
    matmul(gpu, { a: logits, b: weight, out: gradients.dHidden });
  }
  gpu.release(logits);
}

/** Logits in chunks of columns, once for the statistics and once more for gradients. */
function inChunks(gpu: Gpu, span: RowSpan, most: number): void {
  const { hidden, packed, gradients } = span;
  const statistics = gpu.empty([hidden.rows, STATISTICS], "u32");
  const chunks = columnChunks(span, most);
  const logitsOf = ({ start, end }: Span) =>
    matmul(gpu, { a: hidden, b: packedColumns(packed, start, end) });
  let logits: GpuArray | undefined;
  for (const chunk of chunks) {
    if (logits) gpu.release(logits);
    logits = logitsOf(chunk);
    takeChunk(gpu, span, logits, statistics, chunk);
  }
  // Last chunk first: its logits are still there.
  for (const chunk of gradients ? chunks.toReversed() : []) {
    logits ??= logitsOf(chunk);
    chunkGradient(gpu, span, logits, statistics, chunk);
    addGradients(gpu, span, gradients!, logits, chunk);
    gpu.release(logits);
    logits = undefined;
  }
  if (logits) gpu.release(logits);
  gpu.release(statistics);
}

/** One chunk of columns. */
interface Chunk extends Span {
  /** Columns that count; those past them are padding. */
  readonly counted: number;
  /** Whether it is the last one. */
  readonly last: boolean;
}

/** Each chunk has columns that count; the last takes the padding with it. */
function columnChunks({ vocabulary, weight }: RowSpan, most: number): Chunk[] {
  return Array.from({ length: Math.ceil(vocabulary / most) }, (_, i) => {
    const start = i * most;
    const last = start + most >= vocabulary;
    const end = last ? weight.shape[0] : start + most;
    return { start, end, counted: Math.min(end, vocabulary) - start, last };
  });
}

/** Adds what a chunk knows to each row's statistics. */
function takeChunk(
  gpu: Gpu,
  span: RowSpan,
  logits: GpuArray,
  statistics: GpuArray,
  chunk: Chunk,
): void {
  const { labels, rowLoss, correct } = span;
  const arrays = [logits, labels, statistics, rowLoss, correct];
  for (const { start, end } of spans(gpu, "cross-entropy", arrays)) {
    const parts = arrays.map((array) => array.part(start, end));
    const constants = constantsOf(gpu, span, parts[0], chunk);
    const kernel = gpu.kernel(
      `crossEntropyStatistics ${keyOf(constants)}`,
      () => statisticsCode(constants),
    );
    const groups = grid(Math.ceil((end - start) / constants.team.teams));
    gpu.dispatch(kernel, parts, groups, [end - start, chunk.start, Number(chunk.last)]);
  }
}

/** Turns a chunk's logits into their gradient. */
function chunkGradient(
  gpu: Gpu,
  span: RowSpan,
  logits: GpuArray,
  statistics: GpuArray,
  chunk: Chunk,
): void {
  const arrays = [logits, span.labels, span.weights, statistics];
  for (const { start, end } of spans(gpu, "cross-entropy", arrays)) {
    const parts = arrays.map((array) => array.part(start, end));
    const constants = constantsOf(gpu, span, parts[0], chunk);
    const kernel = gpu.kernel(
      `crossEntropyGradient ${keyOf(constants)}`,
      () => chunkGradientCode(constants),
    );
    const threads = (end - start) * Math.ceil(logits.columns / 4);
    gpu.dispatch(kernel, parts, grid(Math.ceil(threads / GRADIENT_WORKGROUP)), [
      end - start,
      chunk.start,
    ]);
  }
}

function constantsOf(
  gpu: Gpu,
  { labels, weights, vocabulary }: RowSpan,
  logits: GpuArray,
  { counted }: Chunk,
): ChunkConstants {
  return {
    team: teamOf(gpu, variantOf(gpu, teamVariants, logitsClass(logits.columns))),
    vocabulary,
    counted,
    width: logits.columns,
    stride: logits.rowStride,
    offset: residual(logits),
    vec4: isVec4(logits),
    labelOffset: residual(labels),
    weightOffset: residual(weights),
  };
}

function keyOf({ team, ...rest }: ChunkConstants): string {
  return [...Object.values(team), ...Object.values(rest)].map(Number).join(" ");
}

/** The chunk's rows of the weight's gradient, and its share of that of the hidden states. */
function addGradients(
  gpu: Gpu,
  { hidden, weight }: RowSpan,
  { dHidden, dWeight }: NonNullable<RowSpan["gradients"]>,
  dLogits: GpuArray,
  { start, end, last }: Chunk,
): void {
  const array = dWeight.array.part(start, end);
  matmulTransposeA(gpu, dLogits, hidden, { array, accumulate: dWeight.accumulate });
  matmul(gpu, { a: dLogits, b: weight.part(start, end), out: dHidden, continues: !last });
}
