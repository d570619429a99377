/**
 * What the adapter can do at most: numbers copied and products added a second, each by a kernel that
 * does nothing else. The bench shows every kernel as a share of them.
 *
 * @module
 */
import type { Gpu } from "../src/gpu/gpu.ts";
import { type BenchRow, type BenchWork, measureAll } from "./bench.ts";
import { grid, GROUP } from "./grid.ts";
import { bindings, entry, repeat } from "./wgsl.ts";

const WORKGROUP = 64;
/** Numbers of each array: more than a processor's caches hold. */
const COPIED = 1 << 23;
/** Sums that a thread keeps in registers: enough that none waits for the one before. */
const SUMS = 6;
/** Products added to a sum in a round of the loop. */
const UNROLLED = 16;
const ROUNDS = 64;
/** Threads: a graphics card needs many to be busy for long enough to be timed. */
const threadsFor = (gpu: Gpu): number => gpu.facts.kind === "cpu" ? 1 << 14 : 1 << 21;

const copyCode = (): string =>
  `${bindings(["given: vec4f", "out made: vec4f"], ["words"])}
${entry(WORKGROUP, 0)}
  let i = ${GROUP} * ${WORKGROUP}u + local;
  if (i < params.words) { made[i] = given[i]; }
}`;

const productsCode = (): string =>
  `${bindings(["given: vec4f", "out made: vec4f"], ["rounds"])}
${entry(WORKGROUP, 0)}
  let i = ${GROUP} * ${WORKGROUP}u + local;
  let x = given[0];
  let y = given[1];
  ${repeat(SUMS, (s) => `var sum${s} = given[${s}] + f32(i);`)}
  for (var round = 0u; round < params.rounds; round++) {
    ${repeat(UNROLLED, () => repeat(SUMS, (s) => `sum${s} = fma(sum${s}, x, y);`))}
  }
  made[i] = ${Array.from({ length: SUMS }, (_, s) => `sum${s}`).join(" + ")};
}`;

/** Copying 32 MiB, and multiplying and adding in registers. */
export async function measurePeaks(gpu: Gpu): Promise<BenchRow[]> {
  return await measureAll(gpu, () => [copying(gpu), products(gpu)]);
}

function copying(gpu: Gpu): BenchWork {
  const [from, to] = [gpu.zeros([COPIED]), gpu.empty([COPIED])];
  const words = COPIED / 4;
  return {
    operation: "peak: copy",
    shape: `${COPIED}`,
    amount: 8 * COPIED,
    unit: "GB/s",
    run: () => {
      const groups = grid(Math.ceil(words / WORKGROUP));
      gpu.dispatch(gpu.kernel("peakCopy", copyCode), [from, to], groups, [words]);
    },
  };
}

function products(gpu: Gpu): BenchWork {
  // Sums that shrink towards a fixed point never leave the normal numbers.
  const values = Float32Array.from({ length: 4 * SUMS }, (_, i) => i < 4 ? 0.5 : 0.25);
  const threads = threadsFor(gpu);
  const [from, to] = [gpu.upload(values), gpu.empty([4 * threads])];
  return {
    operation: "peak: multiply and add",
    shape: `${threads} threads`,
    amount: 2 * 4 * SUMS * UNROLLED * ROUNDS * threads,
    unit: "GFLOP/s",
    run: () => {
      const kernel = gpu.kernel("peakProducts", productsCode);
      gpu.dispatch(kernel, [from, to], grid(threads / WORKGROUP), [ROUNDS]);
    },
  };
}
