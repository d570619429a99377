/**
 * The state that a batch of sequences carries from chunk to chunk, row by row.
 *
 * @module
 */
import { embedding } from "../../kernels/embedding/mod.ts";
import type { GpuArray } from "../gpu/array.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { innerDim, type MambaConfig, type MambaState } from "../models/mamba/mod.ts";

/** Bytes of GPU memory that one sequence's state takes, whatever its length. */
export function stateBytes(config: MambaConfig): number {
  return 4 * config.layers * innerDim(config) * (config.state + config.conv - 1);
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
