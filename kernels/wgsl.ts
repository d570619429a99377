/**
 * Small pieces of WGSL text that the kernels' generators share.
 *
 * @module
 */
import type { GpuArray } from "../src/gpu/array.ts";
import { residual } from "../src/gpu/gpu.ts";

/** The components of a vec4f in order. */
export const COMPONENTS = "xyzw";

/** WGSL of softplus, ln(1 + eˣ), and of its slope. */
export const SOFTPLUS = `
fn sigmoid(x: f32) -> f32 { return 1.0 / (1.0 + exp(-x)); }
// log(1 + e) loses its digits for small e; three terms of the series keep them.
fn softplus(x: f32) -> f32 {
  let e = exp(-abs(x));
  return max(x, 0.0) + select(log(1.0 + e), e * (1.0 - e * (0.5 - e * 0.33333334)), e < 0.01);
}
`;

/** Factor that turns exponents of e into those of 2, as WGSL has it. */
export const LOG2E = "1.4426950408889634";

/** Joins `count` pieces of text, one a line. */
export function repeat(count: number, piece: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => piece(i)).join("\n");
}

/**
 * Declares arrays in order, then a uniform `params` of u32 members. Where one is of f16 it has to be
 * the first of the text.
 *
 * @param arrays `"name: element"`, with `out ` in front where the kernel writes; or
 * `"uniform name: element, count"`.
 * @param params Names of the uniform's members; none declares no uniform.
 */
export function bindings(arrays: readonly string[], params: readonly string[] = []): string {
  const storage = arrays.map((declaration, i) => {
    const [, use, name, element] = /^(out |uniform |)(\w+): (.*)$/.exec(declaration)!;
    const space = use === "uniform " ? "uniform" : `storage, ${use ? "read_write" : "read"}`;
    return `@group(0) @binding(${i}) var<${space}> ${name}: array<${element}>;`;
  });
  if (params.length) {
    storage.push(
      `struct Params { ${params.map((name) => `${name}: u32`).join(", ")} }`,
      `@group(0) @binding(${arrays.length}) var<uniform> params: Params;`,
    );
  }
  const enable = arrays.some((declaration) => declaration.includes("f16")) ? "enable f16;\n" : "";
  return enable + storage.join("\n") + "\n";
}

/** The numbers of a uniform in the order in which it declares its members. */
export function members<Name extends string>(
  names: readonly Name[],
  values: Readonly<Record<Name, number>>,
): number[] {
  return names.map((name) => values[name]);
}

/** Whether every row of the array can be read and written as vec4f from its first element on. */
export function isVec4(array: GpuArray): boolean {
  const rowsAligned = array.rows === 1 || array.rowStride % 4 === 0;
  return array.columns % 4 === 0 && rowsAligned && residual(array) % 4 === 0;
}

/** The element type to declare for an array: a vector of four where it is aligned, of f32 or f16. */
export function elementOf(vec4: boolean, half = false): string {
  if (half) return vec4 ? "vec4<f16>" : "f16";
  return vec4 ? "vec4f" : "f32";
}

/**
 * Four successive elements from element `index` on, as f32. Without alignment each is read alone, and
 * those at or past `limit` (both in the units of `position`) are zero.
 */
export function load4(
  name: string,
  index: string,
  vec4: boolean,
  tail?: { position: string; limit: string },
  half = false,
): string {
  if (vec4) return half ? `vec4f(${name}[(${index}) >> 2u])` : `${name}[(${index}) >> 2u]`;
  const parts = [0, 1, 2, 3].map((c) => {
    const element = `${name}[${index} + ${c}u]`;
    const value = half ? `f32(${element})` : element;
    return tail ? `select(0.0, ${value}, ${tail.position} + ${c}u < ${tail.limit})` : value;
  });
  return `vec4f(${parts.join(", ")})`;
}

/** Stores a vec4f from element `index` on, leaving out what is at or past `limit`. */
export function store4(
  name: string,
  index: string,
  value: string,
  vec4: boolean,
  tail: { position: string; limit: string },
  half = false,
): string {
  if (vec4) {
    const word = half ? `vec4<f16>(${value})` : value;
    return `if (${tail.position} < ${tail.limit}) { ${name}[(${index}) >> 2u] = ${word}; }`;
  }
  return repeat(4, (c) => {
    const component = `(${value}).${COMPONENTS[c]}`;
    const element = half ? `f16(${component})` : component;
    return `if (${tail.position} + ${c}u < ${tail.limit}) { ${name}[${index} + ${c}u] = ${element}; }`;
  });
}

/** Head of an entry point with a one-dimensional workgroup: `group`, `local` and, with subgroups, `lane`. */
export function entry(workgroupSize: number, subgroupSize: number): string {
  const lane = subgroupSize ? ", @builtin(subgroup_invocation_id) lane: u32" : "";
  return `@compute @workgroup_size(${workgroupSize})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32${lane}) {
`;
}
