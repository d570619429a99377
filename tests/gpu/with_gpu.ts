// A device for one test, and the kernels that tests of the device need.
import type { Kernel } from "../../src/gpu/pipelines.ts";
import { Gpu } from "../../src/gpu/gpu.ts";

/** Runs `body` with a device of its own and checks that the device met no error. */
export async function withGpu(body: (gpu: Gpu) => Promise<void> | void): Promise<void> {
  const gpu = await Gpu.open();
  try {
    await body(gpu);
    await gpu.sync();
  } finally {
    gpu.destroy();
  }
}

/** Runs `body` with a device that is expected to break. */
export async function withBrokenGpu(body: (gpu: Gpu) => Promise<void>): Promise<void> {
  const gpu = await Gpu.open();
  try {
    await body(gpu);
  } finally {
    gpu.destroy();
  }
}

/** Adds 1 to each of the first `64 · workgroups` numbers. */
export function increment(gpu: Gpu): Kernel {
  return gpu.kernel("increment workgroup=64", () => `
@group(0) @binding(0) var<storage, read_write> values: array<f32>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x < arrayLength(&values)) { values[id.x] += 1.0; }
}`);
}

/** Labels of the dispatches from now on, once asked for. */
export function countDispatches(gpu: Gpu): () => string[] {
  const labels: string[] = [];
  const dispatch = gpu.dispatch.bind(gpu);
  gpu.dispatch = (kernel, ...rest) => {
    labels.push(kernel.label);
    dispatch(kernel, ...rest);
  };
  return () => {
    gpu.dispatch = dispatch;
    return labels;
  };
}
