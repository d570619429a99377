/**
 * Operands that are bound as uniforms, of a size that the kernel's text declares.
 *
 * @module
 */
import type { GpuArray } from "../src/gpu/array.ts";
import type { Gpu } from "../src/gpu/gpu.ts";
import { isVec4 } from "./wgsl.ts";

/**
 * Vectors of four that an array's binding has, where lanes read it faster as a uniform; else 0.
 *
 * lavapipe reads storage in a loop over lanes that puts one number after another into a vector, which
 * costs some 25 cycles each on processors without AVX-512: the vector goes through memory. It gathers
 * uniforms without that loop.
 */
export function uniformWords(gpu: Gpu, array: GpuArray): number {
  const { rows, rowStride, columns, dtype } = array;
  if (gpu.facts.kind !== "cpu" || gpu.subgroupSize === 0) return 0;
  if (dtype !== "f32" || !isVec4(array)) return 0;
  const words = (array.residual + (rows - 1) * rowStride + columns) / 4;
  return 16 * words <= gpu.device.limits.maxUniformBufferBindingSize ? words : 0;
}
