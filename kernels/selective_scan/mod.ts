/**
 * The selective scan of Mamba-1 (Gu and Dao, arXiv 2312.00752; shapes and order of operations of
 * state-spaces/mamba), with what segmented answering and packed training need besides: an initial
 * state, the gradient of the last state, and resets between packed sequences.
 *
 * @module
 */
import { expectDense, expectShape, GpuArray } from "../../src/gpu/array.ts";
import { type Gpu, residual } from "../../src/gpu/gpu.ts";
import { grid } from "../grid.ts";
import { checkPrecision } from "../precision.ts";
import { reduceEach, roomForPartials } from "../reduce/mod.ts";
import { type Span, spans } from "../spans.ts";
import { coverOf, emptyTogether } from "../table.ts";
import type {
  SelectiveScanArguments,
  SelectiveScanGradients,
  SelectiveScanOptions,
  SelectiveScanResult,
  SelectiveScanSaved,
  SelectiveScanUpstream,
} from "./arguments.ts";
import { partialSumsPerGroup, type Placement, type ScanConstants } from "./constants.ts";
import { wordsOf } from "./partial_sums.ts";
import {
  checkLength,
  constantsOf,
  labelOf,
  paramsOf,
  partialSumsOf,
  placeLabel,
  savedShape,
  type Sections,
  sectionsOf,
  seriesPlacement,
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
 * steps (more often for more than 16 states).
 * @throws {ShapeError} where shapes do not agree.
 * @throws {DeviceError} where the adapter lacks the precision.
 */
export function selectiveScan(
  gpu: Gpu,
  inputs: SelectiveScanArguments,
  options: SelectiveScanOptions = {},
  want: { lastState?: boolean; saved?: boolean } = {},
): SelectiveScanResult {
  const whole = sizesOf(inputs, options.timeMajor ?? false);
  const sections = sectionsOf(gpu, whole, options.sections);
  const { batch, dim, state } = whole;
  const { precision = "f32" } = options;
  checkPrecision(gpu, precision);
  const out = gpu.empty(inputs.u.shape, precision);
  const last = want.lastState ? gpu.empty([batch, dim, state]) : undefined;
  const states = want.saved ? gpu.empty(savedShape(gpu, whole)) : undefined;
  for (const { start, end } of batchSpans(gpu, inputs, { out, last, states })) {
    const part = entries(inputs, start, end) as unknown as SelectiveScanArguments;
    const outputs = entries({ out, states, last }, start, end);
    forwardPart(gpu, part, options, { ...whole, batch: end - start }, sections, outputs);
  }
  return { out, lastState: last, saved: states && { states } };
}

/** The forward over batch entries whose arrays fit a binding each. */
function forwardPart(
  gpu: Gpu,
  inputs: SelectiveScanArguments,
  options: SelectiveScanOptions,
  sizes: Sizes,
  sections: Sections,
  { out, states, last }: Arrays,
): void {
  checkLength(gpu, sizes, sections, 1);
  const flags = { save: states !== undefined, lastState: last !== undefined };
  const starts = sections.count > 1
    ? forwardStarts(gpu, sizes, options, sections, inputs)
    : undefined;
  const given = { ...inputs, initialState: starts ?? inputs.initialState };
  const c = constantsOf(gpu, sizes, options, { ...given, out, lastState: last }, flags);
  const kernel = gpu.kernel(labelOf("selectiveScan", c), () => forwardCode(c));
  const outputs = present({ out, states, last }, ["out", "states", "last"]);
  const arrays = [...present(given, INPUTS), ...outputs];
  gpu.dispatch(kernel, arrays, workgroupsOf(c, sizes.batch, sections), paramsOf(sizes, sections));
  if (starts) gpu.release(starts);
}

type Arrays = Readonly<Record<string, GpuArray | undefined>>;

/** Inputs that belong to channels, whatever the sequence. */
const SHARED = new Set(["A", "D", "deltaBias"]);
/** Small, and may begin anywhere in its binding. */
const SMALL = "sequenceIndex";

/** Batch entries `start` to `end` of the arrays that have such an axis. */
function entries(arrays: object, start: number, end: number): Arrays {
  return Object.fromEntries(
    Object.entries(arrays as Arrays).map(([name, array]) =>
      [name, array && !SHARED.has(name) ? array.part(start, end) : array] as const
    ),
  );
}

/** Spans of batch entries that fit one binding of each array. */
function batchSpans(gpu: Gpu, ...groups: readonly object[]): Span[] {
  const arrays = groups.flatMap((group) =>
    Object.entries(group as Arrays).flatMap(([name, array]) =>
      array && !SHARED.has(name) && name !== SMALL ? [array] : []
    )
  );
  return spans(gpu, "selectiveScan", arrays);
}

/**
 * Gradients of every input given, from those of out and lastState. States are recomputed from the
 * saved ones; dB and dC are summed over channels, the others over the batch, in a fixed order.
 *
 * @param inputs The forward's inputs, unchanged.
 * @param options The forward's.
 * @param saved What the forward kept of the same inputs and options.
 * @throws {ShapeError} where shapes do not agree.
 */
export function selectiveScanBackward(
  gpu: Gpu,
  inputs: SelectiveScanArguments,
  options: SelectiveScanOptions,
  saved: SelectiveScanSaved,
  upstream: SelectiveScanUpstream,
): SelectiveScanGradients {
  const whole = sizesOf(inputs, options.timeMajor ?? false);
  const sections = sectionsOf(gpu, whole, options.sections);
  const { batch, dim, state } = whole;
  checkUpstream(inputs, whole, upstream);
  expectShape("selectiveScanBackward", "saved.states", saved.states, savedShape(gpu, whole));
  const { dOut, dLastState } = upstream;
  const made = {
    du: gpu.empty(inputs.u.shape),
    ddelta: gpu.empty(inputs.u.shape),
    dz: inputs.z && (upstream.dz ?? gpu.empty(inputs.z.shape)),
    dB: upstream.dB ?? gpu.empty(inputs.B.shape),
    dC: upstream.dC ?? gpu.empty(inputs.C.shape),
    dInitialState: inputs.initialState && gpu.empty([batch, dim, state]),
  };
  const perChannel = roomForPartials(gpu, upstream.dA, [
    batch * sections.count,
    dim,
    state + 2,
  ]);
  const channels = new GpuArray(
    perChannel.pooled,
    [batch, sections.count * dim, state + 2],
    "f32",
    perChannel.offset,
  );
  const given = { dOut, states: saved.states, dLast: dLastState };
  const each = { ...given, ...made, perChannel: channels };
  // Never read or written: what the partial sums of so many entries would take.
  const partials = new GpuArray(inputs.u.pooled, [batch, partialSumsOf(gpu, whole)]);
  for (const { start, end } of batchSpans(gpu, inputs, each, { partials })) {
    const part = entries(inputs, start, end) as unknown as SelectiveScanArguments;
    const sizes = { ...whole, batch: end - start };
    backwardPart(gpu, part, options, sizes, sections, entries(each, start, end));
  }
  const sums = sumChannels(gpu, whole, perChannel, inputs, upstream);
  gpu.release(perChannel);
  return { ...made, ...sums };
}

/** The backward over batch entries whose arrays fit a binding each. */
function backwardPart(
  gpu: Gpu,
  inputs: SelectiveScanArguments,
  options: SelectiveScanOptions,
  sizes: Sizes,
  sections: Sections,
  arrays: Arrays,
): void {
  const { dLast: dLastState, du, ddelta, dz, dInitialState, states, perChannel } = arrays;
  const [dOut, dB, dC] = [arrays.dOut!, arrays.dB!, arrays.dC!];
  checkLength(gpu, sizes, sections, 2);
  const starts = sections.count > 1
    ? backwardStarts(gpu, sizes, options, sections, inputs, { dOut, dLastState })
    : undefined;
  const dLast = starts ?? dLastState;
  const series = { ...inputs, dOut, dLast, du, ddelta, dz };
  const flags = { save: false, lastState: dLast !== undefined, paired: true };
  const c = constantsOf(gpu, sizes, options, series, flags);
  const { batch, length, groups, state } = sizes;
  const partialBC = gpu.empty([partialSumsPerGroup(c), batch * length * groups * 2 * state]);
  const own = { dOut, states, dLast, du, ddelta, dz, partialBC, perChannel, dInitialState };
  const bound = [...present({ ...inputs }, INPUTS), ...present(own, Object.keys(own))];
  const kernel = gpu.kernel(labelOf("selectiveScanBackward", c), () => backwardCode(c));
  gpu.dispatch(kernel, bound, workgroupsOf(c, batch, sections), paramsOf(sizes, sections));
  sumShared(gpu, c, sizes, partialBC, { dB, dC });
  for (const used of [partialBC, ...(starts ? [starts] : [])]) gpu.release(used);
}

function checkUpstream(
  inputs: SelectiveScanArguments,
  { batch, dim, state }: Sizes,
  upstream: SelectiveScanUpstream,
): void {
  const { dOut, dLastState } = upstream;
  expectShape("selectiveScanBackward", "dOut", dOut, inputs.u.shape);
  if (dLastState) {
    expectDense("selectiveScanBackward", "dLastState", dLastState, [batch, dim, state]);
  }
  for (const [name, like] of [["dz", "z"], ["dB", "B"], ["dC", "C"]] as const) {
    const given = upstream[name];
    if (given && inputs[like]) {
      expectShape("selectiveScanBackward", name, given, inputs[like].shape);
    }
  }
}

/** Sums the partial results of dB and dC into their arrays. */
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
    return { ...seriesPlacement(array, length, c.timeMajor), offset };
  };
  const targets = { dB: place(dB), dC: place(dC) };
  const constants = {
    state,
    groups,
    count: partialSumsPerGroup(c),
    timeMajor: c.timeMajor,
    joined,
  };
  const label = `selectiveScanSum ${Object.values(constants).map(Number).join(" ")} ${
    Object.values(targets).map(placeLabel).join(" ")
  }`;
  const kernel = gpu.kernel(label, () => sharedSumCode({ ...constants, targets }));
  const threads = batch * length * groups * wordsOf({ state });
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
  const wanted: { name: "dA" | "dD" | "dDeltaBias"; shape: number[]; first: number }[] = [
    { name: "dA", shape: [dim, state], first: 0 },
  ];
  if (inputs.D) wanted.push({ name: "dD", shape: [dim], first: state });
  if (inputs.deltaBias) wanted.push({ name: "dDeltaBias", shape: [dim], first: state + 1 });
  const absent = wanted.filter(({ name }) => !upstream[name]);
  const made = emptyTogether(gpu, absent.map(({ shape }) => shape));
  const fresh = new Map(absent.map(({ name }, i) => [name, made[i]]));
  const sums = wanted.map(({ name, shape, first }) => {
    const target = upstream[name] ?? { array: fresh.get(name)!, accumulate: false };
    expectShape("selectiveScanBackward", "target", target.array, shape);
    const each = [dim, shape[1] ?? 1];
    const { pooled, offset, rowStride } = perChannel.slice(first, first + each[1]);
    const all = [perChannel.shape[0], ...each];
    const partials = new GpuArray(pooled, all, "f32", offset, rowStride);
    return { name, partials, target, array: target.array.reshape(each) };
  });
  reduceEach(
    gpu,
    sums.map(({ partials, target, array }) => ({ partials, target: { ...target, array } })),
  );
  const arrays = sums.map(({ name, target }) => [name, target.array]);
  return Object.fromEntries(arrays) as ReturnType<typeof sumChannels>;
}
