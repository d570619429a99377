/**
 * What is baked into the selective scan's text.
 *
 * @module
 */

/** Where an array lies: rows of its last axis, as {@linkcode GpuArray} strides them. */
export interface Placement {
  /** Elements between rows; absent where those of a series are as long as the sequence. */
  readonly stride?: number;
  /** First element within the binding. */
  readonly offset: number;
  /** Whether rows can be read as vec4f. */
  readonly vec4: boolean;
}

/** What is baked into the text. */
export interface ScanConstants {
  /** Channels. */
  readonly dim: number;
  /** States of a channel. */
  readonly state: number;
  /** Groups of channels that share B and C. */
  readonly groups: number;
  /** Steps whose series are loaded together; unrolled, but for {@linkcode ScanConstants.round}. */
  readonly chunk: number;
  /** Backward: steps that are unrolled where states before chunks are computed again. */
  readonly round: number;
  /** Chunks of a block: states are saved before every block. */
  readonly block: number;
  /** Lanes of a tile of channels. */
  readonly lanes: number;
  /** Whether lanes exchange by subgroup operations. */
  readonly subgroups: boolean;
  /** Subgroups of a workgroup: tiles of channels that work side by side; without subgroups one. */
  readonly tiles: number;
  /** Backward: channels of a lane, one in each of so many neighbouring tiles; their dB|dC are summed first. */
  readonly channels: number;
  /** Backward: whether states before chunks are kept in a stack that moves (before.ts). */
  readonly stacked: boolean;
  /** `true` for `[batch, length, dim]`, `false` for upstream's `[batch, dim, length]`. */
  readonly timeMajor: boolean;
  /**
   * Whether a subgroup reads and writes series as rows of as many neighbouring channels as a chunk has
   * steps, one step a lane, and turns them round in registers: where a load costs the same whatever its
   * width, a quarter of them.
   */
  readonly turned: boolean;
  /** Whether the length is a multiple of the chunk. */
  readonly exact: boolean;
  /** Whether delta passes through softplus. */
  readonly softplus: boolean;
  /** Whether A is given as log(−A). */
  readonly logA: boolean;
  /** Where the inputs lie; an absent optional input is left out. */
  readonly at: Readonly<Partial<Record<string, Placement>>>;
  /** Forward: whether the output is of f16. */
  readonly half: boolean;
  /** Forward: saves states for the backward. */
  readonly save: boolean;
  /** Forward: writes the last state. Backward: reads the gradient of the state after every section. */
  readonly lastState: boolean;
}

/** Tiles of one group of channels: subgroups never straddle groups. */
export function tilesPerGroup(c: Pick<ScanConstants, "dim" | "groups" | "lanes">): number {
  return Math.ceil(c.dim / c.groups / c.lanes);
}

/** Partial sums of a step's dB|dC in a group: lanes have summed their channels. */
export const partialSumsPerGroup = (
  c: Pick<ScanConstants, "dim" | "groups" | "lanes" | "channels">,
): number => tilesPerGroup(c) / c.channels;

/** vec4f words that hold a channel's states. */
export const stateQuads = (c: Pick<ScanConstants, "state">): number => Math.ceil(c.state / 4);

/** Elements between rows, in WGSL. */
export const strideOf = ({ stride }: Placement): string =>
  stride === undefined ? "params.length" : `${stride}u`;

/** Whether an optional input is there. */
export const has = (c: ScanConstants, name: string): boolean => c.at[name] !== undefined;
