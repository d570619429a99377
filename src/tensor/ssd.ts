/**
 * Mamba-2's own operations: SSD and the gated norm, with their way back noted on the tape.
 *
 * @module
 */
import {
  gatedRmsNorm as normKernel,
  gatedRmsNormBackward,
} from "../../kernels/gated_rms_norm/mod.ts";
import type { Precision } from "../../kernels/precision.ts";
import { ssd as ssdKernel, ssdBackward, type SsdOptions } from "../../kernels/ssd/mod.ts";
import type { GpuArray } from "../gpu/array.ts";
import { type Carry, carryBack, required } from "./carry.ts";
import type { Tape } from "./tape.ts";
import { type Parameter, Tensor } from "./tensor.ts";

/** Inputs of {@linkcode ssd}. */
export interface SsdInputs {
  /** `[batch, length, heads·headdim]`. */
  readonly x: Tensor;
  /** `[batch, length, heads]`, before bias and softplus. */
  readonly dt: Tensor;
  /** `[heads]`. */
  readonly dtBias: Parameter;
  /** log(−A) `[heads]`. */
  readonly ALog: Parameter;
  /** `[batch, length, groups·state]`. */
  readonly B: Tensor;
  /** Like B. */
  readonly C: Tensor;
  /** `[heads]`. */
  readonly D: Parameter;
}

/** SSD as Mamba-2 uses it; see the kernel of that name. */
export function ssd(
  tape: Tape,
  inputs: SsdInputs,
  options: SsdOptions,
  sequenceIndex: GpuArray | undefined,
  carry: Carry,
): { out: Tensor; lastState?: Tensor } {
  const { gpu } = tape;
  const { x, dt, dtBias, ALog, B, C, D } = inputs;
  const arrays = {
    x: x.array,
    dt: dt.array,
    dtBias: dtBias.array,
    ALog: ALog.array,
    B: B.array,
    C: C.array,
    D: D.array,
    initialState: carry.initialState?.array,
    sequenceIndex,
  };
  const want = { lastState: carry.lastState, saved: tape.recording };
  const made = ssdKernel(gpu, arrays, options, want);
  const out = new Tensor(made.out);
  const lastState = made.lastState && new Tensor(made.lastState);
  tape.record(lastState ? [out, lastState] : [out], () => {
    const series = [["dx", x], ["ddt", dt], ["dB", B], ["dC", C]] as const;
    const places: Partial<Record<typeof series[number][0], GpuArray>> = {};
    for (const [name, tensor] of series) {
      // Columns of a wider gradient have their place before there are numbers.
      if (tensor.piece) tape.accumulate(tensor, (into) => ({ gradient: places[name] = into.out! }));
    }
    const gradients = ssdBackward(gpu, arrays, options, made.saved!, {
      dOut: required(out, "ssd"),
      dLastState: lastState?.gradient,
      ...places,
      dALog: tape.target(ALog),
      dDtBias: tape.target(dtBias),
      dD: tape.target(D),
    });
    for (const [name, tensor] of series) {
      if (!tensor.piece) tape.accumulate(tensor, () => ({ gradient: gradients[name] }));
    }
    carryBack(tape, carry, gradients.dInitialState);
  });
  return { out, lastState };
}

/**
 * RMS normalisation of x·SiLU(z) by groups of channels.
 *
 * @param x `[…, dim]`.
 * @param z Like x.
 * @param weight `[dim]`.
 * @param options.precision Of the result; f32 where absent.
 */
export function gatedRmsNorm(
  tape: Tape,
  x: Tensor,
  z: Tensor,
  weight: Parameter,
  options: { readonly groups: number; readonly epsilon: number; readonly precision?: Precision },
): Tensor {
  const { gpu } = tape;
  const args = { x: x.array, z: z.array, weight: weight.array, ...options };
  const made = normKernel(gpu, args);
  const out = new Tensor(made.out);
  tape.record([out], () => {
    let dx: GpuArray;
    tape.accumulate(z, (into) => {
      const found = gatedRmsNormBackward(gpu, args, made.inverseRms, {
        dOut: out.gradient!,
        dz: into.out,
        dWeight: tape.target(weight),
      });
      dx = found.dx;
      return { gradient: found.dz };
    });
    tape.accumulate(x, () => ({ gradient: dx }));
  });
  return out;
}
