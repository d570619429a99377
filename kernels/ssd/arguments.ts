/**
 * What SSD takes and returns.
 *
 * @module
 */
import type { GpuArray } from "../../src/gpu/array.ts";
import type { GradientTarget } from "../target.ts";

/** Inputs of SSD; rows of series may be columns of wider arrays. */
export interface SsdArguments {
  /** `[batch, length, heads·headdim]`. */
  readonly x: GpuArray;
  /** `[batch, length, heads]`, before bias and softplus. */
  readonly dt: GpuArray;
  /** `[heads]`: added to dt. */
  readonly dtBias: GpuArray;
  /** `[heads]`: log(−A). */
  readonly ALog: GpuArray;
  /** `[batch, length, groups·state]`. */
  readonly B: GpuArray;
  /** Like B. */
  readonly C: GpuArray;
  /** `[heads]`: adds D·x to the output. */
  readonly D: GpuArray;
  /** `[batch, heads·headdim, state]`: the state before the first step; zero where absent. */
  readonly initialState?: GpuArray;
  /** i32 `[batch, length]`: where it changes from one step to the next, the state starts from zero. */
  readonly sequenceIndex?: GpuArray;
}

/** How to run SSD. */
export interface SsdOptions {
  /** Groups of heads that share B and C. */
  readonly groups: number;
  /** Least and largest step size after softplus, upstream's `dt_limit`; 0 and infinity where absent. */
  readonly stepLimits?: readonly [number, number];
}

/** What the forward leaves for the backward. */
export interface SsdSaved {
  /** States before every chunk, in the kernel's own order. */
  readonly states: GpuArray;
  /** Step sizes and decays of every step and head. */
  readonly steps: GpuArray;
  /** With sequences: how many began in the chunk up to each step. */
  readonly ordinals?: GpuArray;
}

/** Results of the forward. */
export interface SsdResult {
  /** Like x. */
  readonly out: GpuArray;
  /** `[batch, heads·headdim, state]`: the state after the last step, where asked for. */
  readonly lastState?: GpuArray;
  /** Where asked for. */
  readonly saved?: SsdSaved;
}

/** Upstream gradients and the places for some results. */
export interface SsdUpstream {
  /** Gradient of out, like x. */
  readonly dOut: GpuArray;
  /** Gradient of lastState; zero where absent. */
  readonly dLastState?: GpuArray;
  /** Where to write dx; a new array where absent. */
  readonly dx?: GpuArray;
  /** Where to write the gradient of dt. */
  readonly ddt?: GpuArray;
  /** Where to write dB. */
  readonly dB?: GpuArray;
  /** Where to write dC. */
  readonly dC?: GpuArray;
  /** Where to leave the gradient of ALog. */
  readonly dALog?: GradientTarget;
  /** Where to leave the gradient of dtBias. */
  readonly dDtBias?: GradientTarget;
  /** Where to leave the gradient of D. */
  readonly dD?: GradientTarget;
}

/** Gradients by the names of their inputs. */
export interface SsdGradients {
  /** Like x. */
  readonly dx: GpuArray;
  /** Like dt. */
  readonly ddt: GpuArray;
  /** `[heads]`. */
  readonly dDtBias: GpuArray;
  /** `[heads]`. */
  readonly dALog: GpuArray;
  /** Like B. */
  readonly dB: GpuArray;
  /** Like C. */
  readonly dC: GpuArray;
  /** `[heads]`. */
  readonly dD: GpuArray;
  /** `[batch, heads·headdim, state]`, where an initial state was given. */
  readonly dInitialState?: GpuArray;
}
