/**
 * Long sequences in bounded memory: a batch goes through in segments of time that hand on the
 * model's state. What a segment keeps for its way back is given up before the next one runs; what
 * stays is the state between two segments, `stateBytes` a row, of all segments for exact gradients.
 *
 * @module
 */
import { add } from "../../kernels/elementwise/mod.ts";
import { ConfigError, DataError } from "../base/errors.ts";
import type { GpuArray } from "../gpu/array.ts";
import type { Gpu } from "../gpu/gpu.ts";
import type { LanguageModel } from "../models/language_model.ts";
import {
  keepState,
  type MambaState,
  type MambaStateTensors,
  releaseState,
  stateTensors,
} from "../models/state.ts";
import { Tape } from "../tensor/mod.ts";
import type { TrainingBatch } from "./batches.ts";
import { type BatchLoss, markedLoss, type MarkedRows, markedRows, modelInput } from "./loss.ts";

/** How a long sequence is cut. */
export interface Segments {
  /** Tokens of a segment, a multiple of 8; the last may be shorter. */
  readonly length: number;
  /**
   * `exact`: gradients go back through the states, as over the whole sequence at once; costs a second
   * forward. `truncated`: they stop where a segment begins.
   */
  readonly gradients: "exact" | "truncated";
}

/** Steps that the scan unrolls: other cuts would give every segment an odd tail. */
const QUANTUM = 8;

/**
 * Refuses what cannot be a way to cut.
 *
 * @throws {ConfigError} where the length is not a positive multiple of 8, or the way back unknown.
 */
export function checkSegments({ length, gradients }: Segments): void {
  if (gradients !== "exact" && gradients !== "truncated") {
    throw new ConfigError(
      `training in segments: found gradients "${gradients}", expected "exact" or "truncated"`,
    );
  }
  if (!Number.isSafeInteger(length) || length < QUANTUM || length % QUANTUM !== 0) {
    throw new ConfigError(
      `training in segments: found ${length} tokens a segment, expected a positive multiple of ` +
        `${QUANTUM}; 1024 or more keep the device busy`,
    );
  }
}

/**
 * The loss of a batch in segments, forward and back: gradients go to the model's parameters.
 *
 * @param totalWeight What the loss is divided by: that of all micro-batches of a step together.
 * @returns `[1]`: Σ weight · negative log-likelihood / total weight; belongs to the caller's scope.
 * @throws {ConfigError} where the segments' length is not a positive multiple of 8.
 * @throws {DataError} where rows hold packed sequences, a token or label is outside the vocabulary,
 * or nothing is labelled; nothing has run then.
 */
export function segmentedLoss(
  model: LanguageModel,
  batch: TrainingBatch,
  totalWeight: number,
  segments: Segments,
): GpuArray {
  const { gpu } = model;
  const pieces = cut(model, batch, totalWeight, segments);
  return gpu.scope(() => {
    const total = new Total(gpu);
    if (segments.gradients === "exact") exact(model, pieces, total);
    else truncated(model, pieces, total);
    return gpu.keep(total.sum);
  });
}

/**
 * Loss and accuracy of a batch in segments, forward alone.
 *
 * @returns One part for each segment with labels; arrays belong to the caller's scope.
 * @throws {ConfigError} {DataError} as {@linkcode segmentedLoss}.
 */
export function segmentedScores(
  model: LanguageModel,
  batch: TrainingBatch,
  totalWeight: number,
  segments: Segments,
): BatchLoss[] {
  const { gpu } = model;
  let state: MambaState | undefined;
  const parts = cut(model, batch, totalWeight, segments).flatMap((piece) => {
    const before = state;
    const part = gpu.scope(() => {
      const tape = new Tape(gpu, false);
      const run = forward(tape, model, piece, before);
      state = keepState(gpu, run.state);
      const made = piece.marks && markedLoss(tape, model, run.hidden, piece.marks);
      for (const array of made ? [made.loss, made.correct] : []) gpu.keep(array);
      return made;
    });
    if (before) releaseState(gpu, before);
    return part ? [part] : [];
  });
  if (state) releaseState(gpu, state);
  return parts;
}

/** One segment of a batch, and its labelled rows where it has some. */
interface Piece {
  readonly batch: TrainingBatch;
  readonly marks: MarkedRows | undefined;
}

/** The batch's segments in order up to the last label: what follows it changes nothing. */
function cut(
  model: LanguageModel,
  batch: TrainingBatch,
  totalWeight: number,
  segments: Segments,
): Piece[] {
  checkSegments(segments);
  if (batch.sequenceIndex) {
    throw new DataError(
      "training in segments: found packed rows, expected one sequence a row; leave out the segments, " +
        "or the packing",
    );
  }
  const { length } = segments;
  // Of an empty batch too, one piece is looked at, and refused.
  const count = Math.max(1, Math.ceil(batch.length / length));
  const pieces = Array.from({ length: count }, (_, i) => {
    const piece = slice(batch, i * length, Math.min((i + 1) * length, batch.length));
    return { batch: piece, marks: markedRows(piece, totalWeight, model.config.vocabSize) };
  });
  return pieces.slice(0, pieces.findLastIndex(({ marks }) => marks) + 1);
}

/** Tokens start to end of every row. */
function slice(batch: TrainingBatch, start: number, end: number): TrainingBatch {
  return {
    batch: batch.batch,
    length: end - start,
    ids: columns(batch, batch.ids, start, end),
    labels: columns(batch, batch.labels, start, end),
    weights: columns(batch, batch.weights, start, end),
  };
}

function columns<A extends Int32Array<ArrayBuffer> | Float32Array<ArrayBuffer>>(
  { batch, length }: TrainingBatch,
  values: A,
  start: number,
  end: number,
): A {
  const width = end - start;
  const made = values.slice(0, batch * width) as A;
  for (let row = 0; row < batch; row++) {
    made.set(values.subarray(row * length + start, row * length + end), row * width);
  }
  return made;
}

const forward = (tape: Tape, model: LanguageModel, piece: Piece, before: MambaState | undefined) =>
  model.forwardFrom(tape, modelInput(tape.gpu, piece.batch), before && stateTensors(before));

/** The state after a segment, without a way back. */
function advance(model: LanguageModel, piece: Piece, before: MambaState | undefined): MambaState {
  const { gpu } = model;
  return gpu.scope(() => keepState(gpu, forward(new Tape(gpu, false), model, piece, before).state));
}

function truncated(model: LanguageModel, pieces: readonly Piece[], total: Total): void {
  const { gpu } = model;
  let state: MambaState | undefined;
  for (const piece of pieces) {
    const before = state;
    state = piece.marks
      ? gpu.scope(() => {
        const given = before && stateTensors(before);
        return keepState(gpu, runBack(model, piece, given, undefined, total));
      })
      : advance(model, piece, before);
    if (before) releaseState(gpu, before);
  }
}

/** Forward for the states between segments, then back over the segments, last first. */
function exact(model: LanguageModel, pieces: readonly Piece[], total: Total): void {
  const { gpu } = model;
  const starts: (MambaState | undefined)[] = [undefined];
  for (const piece of pieces.slice(0, -1)) {
    starts.push(advance(model, piece, starts[starts.length - 1]));
  }
  let after: MambaState | undefined;
  for (const piece of [...pieces].reverse()) {
    const before = starts.pop();
    after = gpu.scope(() => {
      const given = before && stateTensors(before);
      runBack(model, piece, given, after, total);
      // Gradients of the state before, for the segment that made it.
      return given?.map(({ conv, scan }) => ({
        conv: gpu.keep(conv.gradient!),
        scan: gpu.keep(scan.gradient!),
      }));
    });
    if (before) releaseState(gpu, before);
  }
}

/**
 * One segment forward and back.
 *
 * @param after Gradients of the state after it, taken over by the tape; none where they are cut off.
 * @returns The state after it.
 */
function runBack(
  model: LanguageModel,
  { batch, marks }: Piece,
  before: MambaStateTensors | undefined,
  after: MambaState | undefined,
  total: Total,
): MambaStateTensors {
  const { gpu } = model;
  const tape = new Tape(gpu);
  const { hidden, state } = model.forwardFrom(tape, modelInput(gpu, batch), before);
  if (marks) total.add(markedLoss(tape, model, hidden, marks).loss);
  // A segment without labels is still on the way back to those before it.
  else hidden.gradient = gpu.zeros(hidden.shape);
  after?.forEach(({ conv, scan }, layer) => {
    state[layer].conv.gradient = conv;
    state[layer].scan.gradient = scan;
  });
  tape.backward();
  return state;
}

/** A sum of losses that outlives the scopes of its terms. */
class Total {
  readonly sum: GpuArray;

  constructor(readonly gpu: Gpu) {
    this.sum = gpu.zeros([1]);
  }

  add(loss: GpuArray): void {
    this.gpu.copy(add(this.gpu, this.sum, loss), this.sum);
  }
}
