/**
 * How cases prove what is read and written in f16, which travels neither to the device nor back.
 *
 * @module
 */
import { GpuArray } from "../src/gpu/array.ts";
import type { Gpu } from "../src/gpu/gpu.ts";
import type { HostTensor, KernelCase } from "./case.ts";
import { matmul } from "./matmul/mod.ts";

/** Relative error of rounding to f16: WGSL lets it go to either side. */
export const HALF_ROUNDING: number = 2 ** -10;

/** The least normal number of f16: a driver may flush what is below it to zero. */
export const HALF_LEAST: number = 2 ** -14;

/** The same numbers, each rounded to one that f16 holds. */
export function roundToHalf({ data, shape }: HostTensor): HostTensor {
  return { data: Float32Array.from(Float16Array.from(data)), shape };
}

/** An array of f16 with these numbers. */
export function uploadHalf(gpu: Gpu, { data, shape }: HostTensor): GpuArray {
  const words = new Uint32Array(Math.ceil(data.length / 2));
  new Float16Array(words.buffer).set(data);
  return new GpuArray(gpu.upload(words).pooled, shape, "f16");
}

/** Numbers of f16 as f32: their product with the unit matrix, which changes none. */
export function widen(gpu: Gpu, array: GpuArray): GpuArray {
  const unit = new Float32Array(array.columns ** 2);
  for (let i = 0; i < array.columns; i++) unit[i * (array.columns + 1)] = 1;
  return matmul(gpu, { a: array, b: gpu.upload(unit, [array.columns, array.columns]) });
}

/** A case whose `out` is made in f16: the error of one rounding joins its bound. */
export function halfOutCase(test: KernelCase): KernelCase {
  const { absolute, relative } = test.tolerance.out;
  const out = { absolute: absolute + HALF_LEAST, relative: relative + HALF_ROUNDING };
  return {
    ...test,
    name: `f16 out, ${test.name}`,
    needs: "shader-f16",
    run: (gpu, inputs) => {
      const made = test.run(gpu, inputs);
      return { ...made, out: widen(gpu, made.out) };
    },
    tolerance: { ...test.tolerance, out },
  };
}
