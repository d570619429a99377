/**
 * States and gradients of states at the start of sections that run side by side, see sections.ts.
 *
 * @module
 */
import type { GpuArray } from "../../src/gpu/array.ts";
import { type Gpu, residual } from "../../src/gpu/gpu.ts";
import { grid } from "../grid.ts";
import type {
  SelectiveScanArguments,
  SelectiveScanOptions,
  SelectiveScanUpstream,
} from "./arguments.ts";
import { constantsOf, labelOf, paramsOf, type Sections, type Sizes, workgroupsOf } from "./plan.ts";
import {
  BACKWARD_INPUTS,
  backwardSumsCode,
  CARRY_WORKGROUP,
  carryCode,
  FORWARD_INPUTS,
  forwardSumsCode,
} from "./wgsl.ts";

/** Arrays of these names that are there, in this order. */
export const present = (
  arrays: Readonly<Record<string, GpuArray | undefined>>,
  names: readonly string[],
): GpuArray[] => names.flatMap((name) => arrays[name] ? [arrays[name]] : []);

const NOTHING_KEPT = { save: false, lastState: false };

/** Arrays of these names alone, so that a text depends on nothing else. */
const only = (
  arrays: Readonly<Record<string, GpuArray | undefined>>,
  names: readonly string[],
): Readonly<Record<string, GpuArray | undefined>> =>
  Object.fromEntries(names.map((name) => [name, arrays[name]]));

/** The state before each section, `[batch, sections, dim, state]`. */
export function forwardStarts(
  gpu: Gpu,
  sizes: Sizes,
  options: SelectiveScanOptions,
  sections: Sections,
  inputs: SelectiveScanArguments,
): GpuArray {
  const read = only({ ...inputs }, FORWARD_INPUTS);
  const c = constantsOf(gpu, sizes, options, read, NOTHING_KEPT);
  const kernel = gpu.kernel(labelOf("selectiveScanSums", c), () => forwardSumsCode(c));
  const arrays = present(read, FORWARD_INPUTS);
  return carry(gpu, sizes, sections, inputs.initialState, false, (ends, products) => {
    const workgroups = workgroupsOf(c, sizes.batch, sections);
    gpu.dispatch(kernel, [...arrays, ends, products], workgroups, paramsOf(sizes, sections));
  });
}

/** The gradient of the state after each section, `[batch, sections, dim, state]`. */
export function backwardStarts(
  gpu: Gpu,
  sizes: Sizes,
  options: SelectiveScanOptions,
  sections: Sections,
  inputs: SelectiveScanArguments,
  { dOut, dLastState }: Pick<SelectiveScanUpstream, "dOut" | "dLastState">,
): GpuArray {
  const read = { ...only({ ...inputs }, BACKWARD_INPUTS), dOut };
  const c = constantsOf(gpu, sizes, options, read, NOTHING_KEPT);
  const kernel = gpu.kernel(labelOf("selectiveScanBackwardSums", c), () => backwardSumsCode(c));
  const arrays = present(read, [...BACKWARD_INPUTS, "dOut"]);
  return carry(gpu, sizes, sections, dLastState, true, (ends, products) => {
    const workgroups = workgroupsOf(c, sizes.batch, sections);
    gpu.dispatch(kernel, [...arrays, ends, products], workgroups, paramsOf(sizes, sections));
  });
}

function carry(
  gpu: Gpu,
  { batch, dim, state }: Sizes,
  { count }: Sections,
  initial: GpuArray | undefined,
  reverse: boolean,
  sum: (ends: GpuArray, products: GpuArray) => void,
): GpuArray {
  const shape = [batch, count, dim, state];
  const [ends, products, carried] = [gpu.empty(shape), gpu.empty(shape), gpu.empty(shape)];
  sum(ends, products);
  const offset = initial ? residual(initial) : 0;
  const constants = { reverse, initial: initial !== undefined, offset };
  const label = `selectiveScanCarry ${Object.values(constants).map(Number).join(" ")}`;
  const kernel = gpu.kernel(label, () => carryCode(constants));
  const size = batch * dim * state;
  const arrays = [ends, products, ...(initial ? [initial] : []), carried];
  gpu.dispatch(kernel, arrays, grid(Math.ceil(size / CARRY_WORKGROUP)), [size, dim * state, count]);
  for (const used of [ends, products]) gpu.release(used);
  return carried;
}
