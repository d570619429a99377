/**
 * The selective scan of Mamba-1 (Gu and Dao, arXiv 2312.00752; shapes and order of operations of
 * state-spaces/mamba), with what segmented answering and packed training need besides: an initial
 * state, the gradient of the last state, and resets between packed sequences.
 *
 * @module
 */
import { expectShape, GpuArray } from "../../src/gpu/array.ts";
import { type Gpu, residual } from "../../src/gpu/gpu.ts";
import { grid } from "../grid.ts";
import { reducePartials, roomForPartials } from "../reduce/mod.ts";
import { coverOf } from "../table.ts";
import type { GradientTarget } from "../target.ts";
import type {
  SelectiveScanArguments,
  SelectiveScanGradients,
  SelectiveScanOptions,
  SelectiveScanResult,
  SelectiveScanSaved,
  SelectiveScanUpstream,
} from "./arguments.ts";
import { type Placement, type ScanConstants, stateQuads, tilesPerGroup } from "./constants.ts";
import {
  checkLength,
  constantsOf,
  labelOf,
  paramsOf,
  placement,
  sectionsOf,
  type Sizes,
  sizesOf,
  workgroupsOf,
} from "./plan.ts";
import { backwardStarts, forwardStarts, present } from "./starts.ts";
import { backwardCode, forwardCode, INPUTS, SHARED_SUM_WORKGROUP, sharedSumCode } from "./wgsl.ts";

export type {
  SelectiveScanArguments,
  SelectiveScanGradients,
  SelectiveScanOptions,
  SelectiveScanResult,
  SelectiveScanSaved,
  SelectiveScanUpstream,
} from "./arguments.ts";

/**
 * h_t = exp(Δ_t·A)·h_{t−1} + Δ_t·B_t·u_t, out_t = (C_t·h_t + D·u_t)·SiLU(z_t),
 * with Δ = softplus(delta + bias) where asked for.
 *
 * @param want.lastState Returns the state after the last step.
 * @param want.saved Keeps what {@linkcode selectiveScanBackward} needs: the states before every 64
 * steps (fewer for more than 16 states).
 * @throws {ShapeError} where shapes do not agree.
 */
export function selectiveScan(
  gpu: Gpu,
  inputs: SelectiveScanArguments,
  options: SelectiveScanOptions = {},
  want: { lastState?: boolean; saved?: boolean } = {},
): SelectiveScanResult {
  const sizes = sizesOf(inputs, options.timeMajor ?? false);
  const sections = sectionsOf(gpu, sizes, options.sections);
  const { batch, dim, state } = sizes;
  const out = gpu.empty(inputs.u.shape);
  const last = want.lastState ? gpu.empty([batch, dim, state]) : undefined;
  const flags = {
    save: want.saved ?? false,
    lastState: last !== undefined,
    sections: sections.count > 1,
  };
  const c = constantsOf(gpu, sizes, options, { ...inputs, out, lastState: last }, flags);
  checkLength(gpu, c, sections, 1);
  const states = flags.save ? gpu.empty(savedShape(c, sizes)) : undefined;
  const starts = flags.sections ? forwardStarts(gpu, c, sizes, sections, inputs) : undefined;
  const kernel = gpu.kernel(labelOf("selectiveScan", c), () => forwardCode(c));
  const arrays = [
    ...present({ ...inputs }, INPUTS),
    ...present({ starts, out, states, last }, OUTPUTS),
  ];
  gpu.dispatch(kernel, arrays, workgroupsOf(c, batch, sections), paramsOf(c, sizes, sections));
  if (starts) gpu.release(starts);
  return { out, lastState: last, saved: states && { states } };
}

const OUTPUTS = ["starts", "out", "states", "last"];

function savedShape(c: ScanConstants, { batch, length }: Sizes): number[] {
  const words = tilesPerGroup(c) * c.groups * c.lanes * stateQuads(c) * 4;
  return [batch, Math.ceil(length / (c.chunk * c.block)), words];
}

/**
 * Gradients of every input given, from those of out and lastState. States are recomputed from the
 * saved ones; dB and dC are summed over channels, the others over the batch, in a fixed order.
 *
 * @param inputs The forward's inputs, unchanged.
 * @param saved What the forward kept.
 * @throws {ShapeError} where shapes do not agree.
 */
export function selectiveScanBackward(
  gpu: Gpu,
  inputs: SelectiveScanArguments,
  options: SelectiveScanOptions,
  saved: SelectiveScanSaved,
  upstream: SelectiveScanUpstream,
): SelectiveScanGradients {
  const sizes = sizesOf(inputs, options.timeMajor ?? false);
  const sections = sectionsOf(gpu, sizes, options.sections);
  const { batch, length, dim, state, groups } = sizes;
  checkUpstream(inputs, sizes, upstream);
  const { dOut, dLastState } = upstream;
  const du = gpu.empty(inputs.u.shape);
  const ddelta = gpu.empty(inputs.u.shape);
  const dz = inputs.z && (upstream.dz ?? gpu.empty(inputs.z.shape));
  const cut = sections.count > 1;
  const flags = { save: false, lastState: cut || dLastState !== undefined, sections: cut };
  const series = { ...inputs, dOut, dLast: dLastState, du, ddelta, dz };
  const c = constantsOf(gpu, sizes, options, series, flags);
  checkLength(gpu, c, sections, 2);
  const dLast = cut ? backwardStarts(gpu, c, sizes, sections, inputs, upstream) : dLastState;
  const partialBC = gpu.empty([tilesPerGroup(c), batch * length * groups * 2 * state]);
  const perChannel = roomForPartials(gpu, upstream.dA, [
    batch * sections.count,
    dim,
    state + 2,
  ]);
  const dInitialState = inputs.initialState && gpu.empty([batch, dim, state]);
  const made = { dOut, states: saved.states, dLast, du, ddelta, dz, partialBC, perChannel };
  const arrays = [
    ...present({ ...inputs }, INPUTS),
    ...present({ ...made, dInitialState }, [...Object.keys(made), "dInitialState"]),
  ];
  const kernel = gpu.kernel(labelOf("selectiveScanBackward", c), () => backwardCode(c));
  gpu.dispatch(kernel, arrays, workgroupsOf(c, batch, sections), paramsOf(c, sizes, sections));
  const dB = upstream.dB ?? gpu.empty(inputs.B.shape);
  const dC = upstream.dC ?? gpu.empty(inputs.C.shape);
  sumShared(gpu, c, sizes, partialBC, { dB, dC });
  const sums = sumChannels(gpu, sizes, perChannel, inputs, upstream);
  for (const used of [partialBC, perChannel, ...(cut ? [dLast!] : [])]) gpu.release(used);
  return { du, ddelta, dz, dB, dC, dInitialState, ...sums };
}

function checkUpstream(
  inputs: SelectiveScanArguments,
  { batch, dim, state }: Sizes,
  upstream: SelectiveScanUpstream,
): void {
  const { dOut, dLastState } = upstream;
  expectShape("selectiveScanBackward", "dOut", dOut, inputs.u.shape);
  if (dLastState) {
    expectShape("selectiveScanBackward", "dLastState", dLastState, [batch, dim, state]);
  }
  for (const [name, like] of [["dz", "z"], ["dB", "B"], ["dC", "C"]] as const) {
    const given = upstream[name];
    if (given && inputs[like]) {
      expectShape("selectiveScanBackward", name, given, inputs[like].shape);
    }
  }
}

/** Sums the tiles' partial results of dB and dC into their arrays. */
function sumShared(
  gpu: Gpu,
  c: ScanConstants,
  { batch, length, groups, state }: Sizes,
  partials: GpuArray,
  { dB, dC }: { dB: GpuArray; dC: GpuArray },
): void {
  const joined = dB.pooled === dC.pooled;
  const whole = joined ? coverOf([dB, dC]) : undefined;
  const place = (array: GpuArray): Placement => {
    const offset = whole ? array.offset - whole.offset : residual(array);
    return { ...placement(array), offset };
  };
  const targets = { dB: place(dB), dC: place(dC) };
  const constants = { state, groups, tiles: tilesPerGroup(c), timeMajor: c.timeMajor, joined };
  const label = `selectiveScanSum ${Object.values(constants).map(Number).join(" ")} ${
    Object.values(targets).flatMap((p) => Object.values(p)).map(Number).join(" ")
  }`;
  const kernel = gpu.kernel(label, () => sharedSumCode({ ...constants, targets }));
  const threads = batch * length * groups * 2 * (state % 4 ? state : state / 4);
  const workgroups = grid(Math.ceil(threads / SHARED_SUM_WORKGROUP));
  const outputs = whole ? [whole] : [dB, dC];
  gpu.dispatch(kernel, [partials, ...outputs], workgroups, [batch * length, length]);
}

/** Sums dA, dD and the bias's gradient over sequences and sections. */
function sumChannels(
  gpu: Gpu,
  { dim, state }: Sizes,
  perChannel: GpuArray,
  inputs: SelectiveScanArguments,
  upstream: SelectiveScanUpstream,
): Pick<SelectiveScanGradients, "dA" | "dD" | "dDeltaBias"> {
  const fresh = (shape: readonly number[]): GradientTarget => ({
    array: gpu.empty(shape),
    accumulate: false,
  });
  const columns = (
    start: number,
    end: number,
    target: GradientTarget,
    shape: readonly number[],
  ): GpuArray => {
    expectShape("selectiveScanBackward", "target", target.array, shape);
    const slice = perChannel.slice(start, end);
    const partials = new GpuArray(
      slice.pooled,
      [perChannel.shape[0], dim, end - start],
      "f32",
      slice.offset,
      slice.rowStride,
    );
    const array = target.array.reshape([dim, end - start]);
    reducePartials(gpu, partials, { ...target, array });
    return target.array;
  };
  return {
    dA: columns(0, state, upstream.dA ?? fresh([dim, state]), [dim, state]),
    dD: inputs.D && columns(state, state + 1, upstream.dD ?? fresh([dim]), [dim]),
    dDeltaBias: inputs.deltaBias &&
      columns(state + 1, state + 2, upstream.dDeltaBias ?? fresh([dim]), [dim]),
  };
}
