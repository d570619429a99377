/**
 * The state that a batch of sequences carries from one piece of time to the next, row by row.
 *
 * @module
 */
import { embedding } from "../../kernels/embedding/mod.ts";
import type { GpuArray } from "../gpu/array.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { Tensor } from "../tensor/mod.ts";

/** What a layer remembers of the tokens before: all that a Mamba keeps, whatever their number. */
export interface LayerState {
  /** The convolution's window, `[batch, channels, conv − 1]`. */
  readonly conv: GpuArray;
  /** The mixer's states, `[batch, inner, state]`. */
  readonly scan: GpuArray;
}

/** One entry a layer. */
export type MambaState = readonly LayerState[];

/** The same on a tape, which goes back through it. */
export type MambaStateTensors = readonly {
  /** Like {@linkcode LayerState.conv}. */
  readonly conv: Tensor;
  /** Like {@linkcode LayerState.scan}. */
  readonly scan: Tensor;
}[];

/** A state as tensors without gradients yet. */
export function stateTensors(state: MambaState): MambaStateTensors {
  return state.map(({ conv, scan }) => ({ conv: new Tensor(conv), scan: new Tensor(scan) }));
}

/** The arrays of a state, handed to the scope around the innermost one. */
export function keepState(gpu: Gpu, state: MambaStateTensors): MambaState {
  return state.map(({ conv, scan }) => ({
    conv: gpu.keep(conv.array),
    scan: gpu.keep(scan.array),
  }));
}

/** Takes a state out of all scopes: whoever holds it calls {@linkcode releaseState}. */
export function ownState(gpu: Gpu, state: MambaState): MambaState {
  for (const { conv, scan } of state) [conv, scan].forEach((array) => gpu.own(array));
  return state;
}

/** Gives a state's memory back. */
export function releaseState(gpu: Gpu, state: MambaState): void {
  for (const { conv, scan } of state) [conv, scan].forEach((array) => gpu.release(array));
}

/**
 * The states of some sequences of a batch.
 *
 * @param state Left as it is.
 * @param rows i32 `[kept]`: numbers of the sequences to keep, in the order wanted.
 * @returns A new state of `kept` sequences, owned by the caller.
 */
export function selectState(gpu: Gpu, state: MambaState, rows: GpuArray): MambaState {
  const select = (array: GpuArray): GpuArray => {
    const [batch, dim, width] = array.shape;
    const kept = embedding(gpu, array.reshape([batch, dim * width]), rows);
    return kept.reshape([rows.size, dim, width]);
  };
  const selected = state.map(({ conv, scan }) => ({ conv: select(conv), scan: select(scan) }));
  return ownState(gpu, selected);
}
