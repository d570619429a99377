/**
 * The next token of each row of logits: the most likely one, or one drawn at random.
 *
 * @module
 */
import { ConfigError, ShapeError } from "../../src/base/errors.ts";
import type { GpuArray } from "../../src/gpu/array.ts";
import { type Gpu, residual } from "../../src/gpu/gpu.ts";
import { grid } from "../grid.ts";
import { teamFor } from "../team.ts";
import { isVec4 } from "../wgsl.ts";
import { argmaxCode, type PickConstants, sampleCode } from "./wgsl.ts";

/**
 * The column of the largest logit of each row, the lowest winning ties; −1 where a logit is NaN.
 *
 * @param logits `[…, V']` with V' ≥ the vocabulary; rows may lie apart.
 * @returns i32 `[rows]`.
 * @throws {ShapeError} where the vocabulary is wider than the logits.
 */
export function argmax(gpu: Gpu, logits: GpuArray, vocabulary: number): GpuArray {
  checkVocabulary("argmax", logits, vocabulary);
  const constants = pickConstants(gpu, logits, vocabulary);
  const kernel = gpu.kernel(`argmax ${baked(constants)}`, () => argmaxCode(constants));
  const out = gpu.empty([logits.rows], "i32");
  const groups = grid(Math.ceil(logits.rows / constants.team.teams));
  gpu.dispatch(kernel, [logits, out], groups, [logits.rows]);
  return out;
}

/** How {@linkcode sample} draws. */
export interface SampleOptions {
  /** Columns that count. */
  readonly vocabulary: number;
  /** Divides the logits; above 0. For the limit of 0 use {@linkcode argmax}. */
  readonly temperature: number;
  /** Keeps this many largest logits, and those tied with the last of them; 0 keeps all. */
  readonly topK: number;
  /**
   * Keeps, of what topK left, the fewest largest probabilities that sum to this share of it, and
   * those tied with the last of them; 1 keeps all.
   */
  readonly topP: number;
}

/**
 * Draws a column of each row from softmax(logits / temperature), cut off by topK, then topP: the
 * first column, in their order, whose cumulative probability is beyond the row's uniform number.
 *
 * @param logits `[…, V']` with V' ≥ the vocabulary; rows may lie apart.
 * @param uniforms f32 `[rows]` in [0, 1).
 * @returns i32 `[rows]`; −1 where a logit is NaN or +∞, or all are −∞.
 * @throws {ConfigError} that names the option which is out of range.
 * @throws {ShapeError} where the operands do not fit.
 */
export function sample(
  gpu: Gpu,
  logits: GpuArray,
  options: SampleOptions,
  uniforms: GpuArray,
): GpuArray {
  const { vocabulary, temperature, topK, topP } = options;
  checkVocabulary("sample", logits, vocabulary);
  checkOptions(options);
  if (uniforms.size !== logits.rows || !uniforms.contiguous || uniforms.dtype !== "f32") {
    throw new ShapeError(
      `sample: found uniforms ${uniforms.dtype} [${uniforms.shape}], expected f32 [${logits.rows}]`,
    );
  }
  const constants = {
    ...pickConstants(gpu, logits, vocabulary),
    topK: topK > 0 && topK < vocabulary,
    topP: topP < 1,
    uniformOffset: residual(uniforms),
  };
  const kernel = gpu.kernel(`sample ${baked(constants)}`, () => sampleCode(constants));
  const out = gpu.empty([logits.rows], "i32");
  const groups = grid(Math.ceil(logits.rows / constants.team.teams));
  const params = [logits.rows, bitsOf(temperature), topK, bitsOf(topP)];
  gpu.dispatch(kernel, [logits, uniforms, out], groups, params);
  return out;
}

function pickConstants(gpu: Gpu, logits: GpuArray, vocabulary: number): PickConstants {
  return {
    team: teamFor(gpu, logits.columns),
    vocabulary,
    stride: logits.rowStride,
    offset: residual(logits),
    vec4: isVec4(logits),
  };
}

/** Every constant in the text, for the kernel's label. */
function baked({ team, ...rest }: PickConstants): string {
  return [...Object.values(team), ...Object.values(rest)].map(Number).join(" ");
}

/** A float32 as the u32 in which it travels among a kernel's parameters. */
function bitsOf(x: number): number {
  return new Uint32Array(Float32Array.of(x).buffer)[0];
}

function checkVocabulary(what: string, logits: GpuArray, vocabulary: number): void {
  if (1 <= vocabulary && vocabulary <= logits.columns) return;
  throw new ShapeError(
    `${what}: found a vocabulary of ${vocabulary}, expected 1 to ${logits.columns}, the columns ` +
      `of the logits`,
  );
}

function checkOptions({ temperature, topK, topP }: SampleOptions): void {
  if (!(Math.fround(temperature) > 0 && temperature < Infinity)) {
    throw new ConfigError(
      `sampling: found temperature ${temperature}, expected more than 0; ask for the most likely ` +
        `token instead of temperature 0`,
    );
  }
  if (!Number.isSafeInteger(topK) || topK < 0) {
    throw new ConfigError(`sampling: found topK ${topK}, expected an integer, 0 to keep all`);
  }
  if (!(topP > 0 && topP <= 1)) {
    throw new ConfigError(`sampling: found topP ${topP}, expected more than 0 and at most 1`);
  }
}
