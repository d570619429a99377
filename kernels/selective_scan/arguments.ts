/**
 * What the selective scan takes and returns.
 *
 * @module
 */
import type { GpuArray } from "../../src/gpu/array.ts";
import type { Precision } from "../precision.ts";
import type { GradientTarget } from "../target.ts";

/** Inputs of the scan. Shapes are upstream's; those in brackets hold for `timeMajor`. */
export interface SelectiveScanArguments {
  /** `[batch, dim, length]` (`[batch, length, dim]`). */
  readonly u: GpuArray;
  /** Like u, before bias and softplus. */
  readonly delta: GpuArray;
  /** `[dim, state]`, negative; or log(−A), see {@linkcode SelectiveScanOptions.logA}. */
  readonly A: GpuArray;
  /** `[batch, state, length]` or `[batch, groups, state, length]` (`[batch, length, groups·state]`). */
  readonly B: GpuArray;
  /** Like B. */
  readonly C: GpuArray;
  /** `[dim]`: adds D·u to the output. */
  readonly D?: GpuArray;
  /** Like u: the output is multiplied by SiLU(z). */
  readonly z?: GpuArray;
  /** `[dim]`: added to delta. */
  readonly deltaBias?: GpuArray;
  /** `[batch, dim, state]`: the state before the first step; zero where absent. */
  readonly initialState?: GpuArray;
  /** i32 `[batch, length]`: where it changes from one step to the next, the state starts from zero. */
  readonly sequenceIndex?: GpuArray;
}

/** How to run the scan. */
export interface SelectiveScanOptions {
  /** Passes delta + bias through softplus. */
  readonly deltaSoftplus?: boolean;
  /** u, delta, z, B and C have time before channels. */
  readonly timeMajor?: boolean;
  /** A holds log(−A), as Mamba's parameter does. */
  readonly logA?: boolean;
  /**
   * Sections of time that run side by side, at most one for 64 steps. By default one where the variant
   * `sequential` is in force, else as many as keep a GPU busy.
   */
  readonly sections?: number;
  /** Of `out`; f32 where absent. */
  readonly precision?: Precision;
}

/** What the forward leaves for the backward. */
export interface SelectiveScanSaved {
  /** States before every block of steps, in the kernel's own order. */
  readonly states: GpuArray;
}

/** Results of the forward. */
export interface SelectiveScanResult {
  /** Like u. */
  readonly out: GpuArray;
  /** `[batch, dim, state]`: the state after the last step, where asked for. */
  readonly lastState?: GpuArray;
  /** Where asked for. */
  readonly saved?: SelectiveScanSaved;
}

/** Upstream gradients and the places for some results. */
export interface SelectiveScanUpstream {
  /** Gradient of out, like u. */
  readonly dOut: GpuArray;
  /** Gradient of lastState, `[batch, dim, state]`; zero where absent. */
  readonly dLastState?: GpuArray;
  /** Where to write dz; a new array where absent. */
  readonly dz?: GpuArray;
  /** Where to write dB. */
  readonly dB?: GpuArray;
  /** Where to write dC. */
  readonly dC?: GpuArray;
  /** Where to leave the gradient of A (of log(−A) with `logA`). */
  readonly dA?: GradientTarget;
  /** Where to leave the gradient of D. */
  readonly dD?: GradientTarget;
  /** Where to leave the gradient of the delta bias. */
  readonly dDeltaBias?: GradientTarget;
}

/**
 * Gradients by the names of their inputs. Those of A, D and the delta bias, where no target was given,
 * are views of one buffer.
 */
export interface SelectiveScanGradients {
  /** Like u. */
  readonly du: GpuArray;
  /** Like delta. */
  readonly ddelta: GpuArray;
  /** `[dim, state]`. */
  readonly dA: GpuArray;
  /** Like B. */
  readonly dB: GpuArray;
  /** Like C. */
  readonly dC: GpuArray;
  /** `[dim]`, where D was given. */
  readonly dD?: GpuArray;
  /** Like z, where z was given. */
  readonly dz?: GpuArray;
  /** `[dim]`, where a bias was given. */
  readonly dDeltaBias?: GpuArray;
  /** `[batch, dim, state]`, where an initial state was given. */
  readonly dInitialState?: GpuArray;
}
