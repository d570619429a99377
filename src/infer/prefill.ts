/**
 * Reading prompts: a batch of sequences of any length goes through the model in chunks, in memory
 * that does not grow with the length.
 *
 * Sequences of different lengths end together: shorter ones are padded on the left. Padding has
 * sequence index 0 and text 1, and the model forgets where the index changes, so that padding
 * changes nothing. The index of the first token cannot change, which is why padding has to end
 * within the first chunk.
 *
 * @module
 */
import { embedding } from "../../kernels/embedding/mod.ts";
import { ConfigError, DataError } from "../base/errors.ts";
import type { GpuArray } from "../gpu/array.ts";
import type { Gpu } from "../gpu/gpu.ts";
import type { LanguageModel } from "../models/language_model.ts";
import { type MambaState, ownState, releaseState } from "../models/state.ts";

/** Token ids of one sequence. */
export type Tokens = readonly number[] | Int32Array;

/** What the model knows after the last token of every sequence; the caller releases both. */
export interface Prefilled {
  /** `[batch, dim]`: hidden states of the last tokens. */
  readonly hidden: GpuArray;
  /** The carried state of every layer. */
  readonly state: MambaState;
}

/** Chunks and padded lengths are multiples of this, so that kernels see no odd tails. */
const QUANTUM = 8;

/** Tokens of all sequences together that a chunk aims at: enough to fill the device. */
const CHUNK_TOKENS = 4096;

/** Chunks that may wait in the queue; more would only hold staging memory. */
const CHUNKS_IN_FLIGHT = 8;

/** Tokens of each sequence in one chunk of a batch of so many. */
export function chunkLength(batch: number): number {
  return Math.max(QUANTUM, Math.floor(CHUNK_TOKENS / Math.max(1, batch) / QUANTUM) * QUANTUM);
}

/**
 * Runs a batch of sequences through the model.
 *
 * @param sequences Token ids below the vocabulary; lengths at least 1 and less than a chunk apart.
 * @param chunk Tokens of each sequence that go through at a time, a multiple of 8.
 * @returns Hidden states and carried state after the last token, once the device has made them.
 * @throws {DataError} where a sequence is empty or shorter than the longest by a chunk or more.
 * @throws {ConfigError} where the chunk is not a multiple of 8.
 */
export async function prefill(
  gpu: Gpu,
  model: LanguageModel,
  sequences: readonly Tokens[],
  chunk: number = chunkLength(sequences.length),
): Promise<Prefilled> {
  const total = paddedLength(sequences, chunk);
  let state: MambaState | undefined;
  let hidden: GpuArray | undefined;
  try {
    for (let start = 0; start < total; start += chunk) {
      const span = { start, end: Math.min(start + chunk, total), total };
      ({ state, hidden } = runChunk(gpu, model, sequences, span, state));
      if ((start / chunk + 1) % CHUNKS_IN_FLIGHT === 0) await gpu.sync();
    }
    await gpu.sync();
    return { hidden: hidden!, state: state! };
  } catch (error) {
    if (state) releaseState(gpu, state);
    if (hidden) gpu.release(hidden);
    throw error;
  }
}

interface Span {
  readonly start: number;
  readonly end: number;
  readonly total: number;
}

/** The longest length, rounded up to whole quanta. */
function paddedLength(sequences: readonly Tokens[], chunk: number): number {
  if (!Number.isSafeInteger(chunk) || chunk < QUANTUM || chunk % QUANTUM !== 0) {
    throw new ConfigError(
      `prefill: found chunks of ${chunk} tokens, expected a positive multiple of ${QUANTUM}`,
    );
  }
  const lengths = sequences.map((tokens) => tokens.length);
  const longest = Math.max(0, ...lengths);
  const shortest = Math.min(longest, ...lengths);
  const total = Math.ceil(longest / QUANTUM) * QUANTUM;
  if (shortest === 0) {
    throw new DataError(
      `prefill: found ${sequences.length ? "an empty sequence" : "no sequences"}, expected at ` +
        `least one token each; start every prompt with a token such as <bos>`,
    );
  }
  if (total - shortest >= Math.min(chunk, total)) {
    throw new DataError(
      `prefill: found sequences of ${shortest} to ${longest} tokens in one batch, expected ` +
        `lengths less than a chunk of ${chunk} apart; put them into separate batches`,
    );
  }
  return total;
}

/** One chunk of every sequence; hidden states only after the last. */
function runChunk(
  gpu: Gpu,
  model: LanguageModel,
  sequences: readonly Tokens[],
  span: Span,
  before: MambaState | undefined,
): { state: MambaState; hidden?: GpuArray } {
  return gpu.scope(() => {
    const { ids, sequenceIndex } = hostChunk(sequences, span);
    const shape = [sequences.length, span.end - span.start];
    const input = {
      ids: gpu.upload(ids, shape),
      sequenceIndex: sequenceIndex && gpu.upload(sequenceIndex, shape),
    };
    const { hidden, state } = model.step(input, before);
    ownState(gpu, state);
    if (span.end < span.total) return { state };
    const lastRows = sequences.map((_, row) => (row + 1) * shape[1] - 1);
    const rows = hidden.reshape([hidden.rows, hidden.columns]);
    const last = embedding(gpu, rows, gpu.upload(Int32Array.from(lastRows)));
    return { state, hidden: gpu.own(last) };
  });
}

/** Ids of a chunk, and in the first chunk which of them are padding. */
function hostChunk(
  sequences: readonly Tokens[],
  { start, end, total }: Span,
): { ids: Int32Array<ArrayBuffer>; sequenceIndex?: Int32Array<ArrayBuffer> } {
  const length = end - start;
  const ids = new Int32Array(sequences.length * length);
  const index = start === 0 ? new Int32Array(ids.length) : undefined;
  sequences.forEach((tokens, row) => {
    const padding = total - tokens.length;
    for (let t = Math.max(start, padding); t < end; t++) {
      const place = row * length + t - start;
      ids[place] = tokens[t - padding];
      if (index) index[place] = 1;
    }
  });
  return { ids, sequenceIndex: index };
}
