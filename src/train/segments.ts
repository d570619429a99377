/**
 * Long sequences in bounded memory: a batch goes through in segments of time that hand on the
 * model's state. What a segment keeps for its way back is given up before the next one runs; only
 * the states between segments, a few kilobytes each, stay.
 *
 * @module
 */
import { add } from "../../kernels/elementwise/mod.ts";
import { ConfigError, DataError } from "../base/errors.ts";
import type { GpuArray } from "../gpu/array.ts";
import type { Gpu } from "../gpu/gpu.ts";
import type { LayerState, Mamba, MambaState, MambaStateTensors } from "../models/mamba/mod.ts";
import { Tape, Tensor } from "../tensor/mod.ts";
import type { TrainingBatch } from "./batches.ts";
import { markedLoss, markedRows, modelInput } from "./loss.ts";

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

const QUANTUM = 8;

/**
 * The loss of a batch in segments, forward and back: gradients go to the model's parameters.
 *
 * @param totalWeight What the loss is divided by: that of all micro-batches of a step together.
 * @returns `[1]`: Σ weight · negative log-likelihood / total weight.
 * @throws {ConfigError} where the segment length is not a positive multiple of 8.
 * @throws {DataError} where rows hold packed sequences, a token or label is outside the vocabulary,
 * or nothing is labelled.
 */
export function segmentedLoss(
  model: Mamba,
  batch: TrainingBatch,
  totalWeight: number,
  segments: Segments,
): GpuArray {
  const pieces = cut(batch, segments.length);
  if (segments.gradients === "truncated") return truncated(model, pieces, totalWeight);
  return exact(model, pieces, totalWeight);
}

/** The batch's segments in order. */
function cut(batch: TrainingBatch, length: number): TrainingBatch[] {
  if (!Number.isSafeInteger(length) || length < QUANTUM || length % QUANTUM !== 0) {
    throw new ConfigError(
      `training in segments: found ${length} tokens a segment, expected a positive multiple of ${QUANTUM}`,
    );
  }
  if (batch.sequenceIndex) {
    throw new DataError(
      "training in segments: found packed rows, expected one sequence a row; leave out the segments, " +
        "or the packing",
    );
  }
  if (batch.ids.length === 0) {
    throw new DataError("training: found a sequence of length zero, expected at least one token");
  }
  const count = Math.ceil(batch.length / length);
  return Array.from({ length: count }, (_, i) => {
    const [start, end] = [i * length, Math.min((i + 1) * length, batch.length)];
    return {
      batch: batch.batch,
      length: end - start,
      ids: columns(batch, batch.ids, start, end),
      labels: columns(batch, batch.labels, start, end),
      weights: columns(batch, batch.weights, start, end),
    };
  });
}

/** Columns start to end of every row. */
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

function truncated(
  model: Mamba,
  pieces: readonly TrainingBatch[],
  totalWeight: number,
): GpuArray {
  const { gpu } = model;
  const total = new Total(gpu);
  let state: MambaState | undefined;
  for (const piece of pieces) {
    const before = state;
    state = gpu.scope(() => {
      const made = runBack(model, piece, totalWeight, before && onTape(before), undefined);
      total.add(made.loss);
      return kept(gpu, made.state);
    });
    if (before) release(gpu, before);
  }
  release(gpu, state!);
  return total.sum;
}

/** Forward for the states between segments, then back over the segments, last first. */
function exact(model: Mamba, pieces: readonly TrainingBatch[], totalWeight: number): GpuArray {
  const { gpu } = model;
  const total = new Total(gpu);
  const starts: (MambaState | undefined)[] = [undefined];
  for (const piece of pieces.slice(0, -1)) {
    const before = starts[starts.length - 1];
    starts.push(gpu.scope(() => {
      const tape = new Tape(gpu, false);
      const { state } = model.forwardFrom(tape, modelInput(gpu, piece), before && onTape(before));
      return kept(gpu, state);
    }));
  }
  let after: MambaState | undefined;
  for (const piece of [...pieces].reverse()) {
    const before = starts.pop();
    after = gpu.scope(() => {
      const given = before && onTape(before);
      const made = runBack(model, piece, totalWeight, given, after);
      total.add(made.loss);
      // Gradients of the state before, for the segment that made it.
      return given?.map(({ conv, scan }) => ({
        conv: gpu.keep(conv.gradient!),
        scan: gpu.keep(scan.gradient!),
      }));
    });
    if (before) release(gpu, before);
  }
  return total.sum;
}

/**
 * One segment forward and back.
 *
 * @param after Gradients of the state after it, taken over by the tape; none where they are cut off.
 */
function runBack(
  model: Mamba,
  piece: TrainingBatch,
  totalWeight: number,
  before: MambaStateTensors | undefined,
  after: MambaState | undefined,
): { loss: GpuArray | undefined; state: MambaStateTensors } {
  const { gpu } = model;
  const marks = markedRows(piece, totalWeight, model.config.vocabSize);
  const tape = new Tape(gpu);
  const { hidden, state } = model.forwardFrom(tape, modelInput(gpu, piece), before);
  const made = marks && markedLoss(tape, model, hidden, marks);
  // A segment without labels is still on the way back to those before it.
  if (!marks) hidden.gradient = gpu.zeros(hidden.shape);
  after?.forEach(({ conv, scan }, layer) => {
    state[layer].conv.gradient = conv;
    state[layer].scan.gradient = scan;
  });
  tape.backward();
  return { loss: made?.loss, state };
}

/** A sum of losses that outlives the scopes of its terms. */
class Total {
  readonly sum: GpuArray;

  constructor(readonly gpu: Gpu) {
    this.sum = gpu.zeros([1]);
  }

  add(loss: GpuArray | undefined): void {
    if (loss) this.gpu.copy(add(this.gpu, this.sum, loss), this.sum);
  }
}

const onTape = (state: MambaState): MambaStateTensors =>
  state.map(({ conv, scan }) => ({ conv: new Tensor(conv), scan: new Tensor(scan) }));

const kept = (gpu: Gpu, state: MambaStateTensors): LayerState[] =>
  state.map(({ conv, scan }) => ({ conv: gpu.keep(conv.array), scan: gpu.keep(scan.array) }));

function release(gpu: Gpu, state: MambaState): void {
  for (const { conv, scan } of state) [conv, scan].forEach((array) => gpu.release(array));
}
