/**
 * The runner that proves kernels: every output against float64, gradients against finite differences,
 * outputs poisoned beforehand, repeats with the same bits, buffers returned.
 *
 * @module
 */
import type { Gpu } from "../src/gpu/gpu.ts";
import { Rng } from "../src/base/rng.ts";
import type { KernelCase, KernelSuite, Reals, Tolerance } from "./case.ts";

/** One output of one case. */
export interface Verdict {
  /** Operation and case. */
  readonly name: string;
  /** Output, or the property checked. */
  readonly output: string;
  /** Largest |x − reference|. */
  readonly worstAbsolute: number;
  /** Largest |x − reference| / |reference|, over elements with |reference| > the absolute bound. */
  readonly worstRelative: number;
  /** Flat index of the element that is furthest beyond (or nearest to) its bound. */
  readonly index: number;
  /** The bound. */
  readonly tolerance: Tolerance;
  /** Whether every element is within the bound; NaN and infinity fail. */
  readonly passed: boolean;
}

/** Compares element by element; anything that is not a finite number fails. */
export function compare(
  name: string,
  output: string,
  found: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: Tolerance,
): Verdict {
  let [worstAbsolute, worstRelative, worst, index] = [0, 0, -1, 0];
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(found[i] - expected[i]);
    // NaN counts as an infinite error, so that the table keeps it.
    const error = Number.isNaN(difference) ? Infinity : difference;
    const size = Math.abs(expected[i]);
    const bound = tolerance.absolute + tolerance.relative * size;
    const excess = error === 0 ? 0 : error === Infinity ? Infinity : error / bound;
    if (excess > worst) [worst, index] = [excess, i];
    worstAbsolute = Math.max(worstAbsolute, error);
    // The negation takes an expected NaN in as well.
    if (!(size <= tolerance.absolute)) {
      worstRelative = Math.max(worstRelative, error === Infinity ? Infinity : error / size);
    }
  }
  const passed = found.length === expected.length && worst <= 1;
  return { name, output, worstAbsolute, worstRelative, index, tolerance, passed };
}

const property = (name: string, output: string, found: number, expected: number): Verdict =>
  compare(name, output, [found], [expected], { absolute: 0, relative: 0 });

/** Elements of each input at which finite differences are taken. */
const SAMPLES = 6;

/** Central differences of Σ outputs·upstream in float64, against the reference's own gradients. */
function differences(name: string, test: KernelCase, inputs: Reals, exact: Reals): Verdict[] {
  const rule = test.differentiable;
  if (!rule) return [];
  const value = (changed: Reals): number => {
    const outputs = test.reference(changed);
    let sum = 0;
    for (const [output, upstream] of Object.entries(rule.outputs)) {
      outputs[output].forEach((x, i) => sum += x * inputs[upstream][i]);
    }
    return sum;
  };
  return Object.entries(rule.inputs).map(([input, gradient]) => {
    const rng = new Rng(`differences/${name}/${input}`);
    const at = Array.from({ length: SAMPLES }, () => rng.integer(inputs[input].length));
    const estimates = at.map((i) => {
      const h = 1e-5 * Math.max(1, Math.abs(inputs[input][i]));
      const shifted = (by: number) => {
        const copy = inputs[input].slice();
        copy[i] += by;
        return value({ ...inputs, [input]: copy });
      };
      return (shifted(h) - shifted(-h)) / (2 * h);
    });
    const tolerance = { absolute: 1e-5, relative: 1e-5 };
    return compare(
      name,
      `${gradient} by differences`,
      at.map((i) => exact[gradient][i]),
      estimates,
      tolerance,
    );
  });
}

async function runOnce(gpu: Gpu, test: KernelCase): Promise<Record<string, ArrayLike<number>>> {
  gpu.openScope();
  try {
    const inputs = Object.fromEntries(
      Object.entries(test.inputs).map(([name, { data, shape }]) => [name, gpu.upload(data, shape)]),
    );
    gpu.poison = true;
    const outputs = test.run(gpu, inputs);
    gpu.poison = false;
    const names = Object.keys(outputs);
    const numbers = await gpu.read(...names.map((name) => outputs[name]));
    return Object.fromEntries(names.map((name, i) => [name, numbers[i]]));
  } finally {
    gpu.poison = false;
    gpu.closeScope();
  }
}

function sameBits(
  a: Record<string, ArrayLike<number>>,
  b: Record<string, ArrayLike<number>>,
): boolean {
  return Object.keys(a).every((name) =>
    Array.from(a[name]).every((x, i) => Object.is(x, b[name][i]))
  );
}

/** Proves one case on this device. */
export async function verifyCase(gpu: Gpu, suite: string, test: KernelCase): Promise<Verdict[]> {
  const name = `${suite} ${test.name}`;
  const live = gpu.pool.live;
  const reals = Object.fromEntries(
    Object.entries(test.inputs).map(([key, { data }]) => [key, Float64Array.from(data)]),
  );
  const expected = test.reference(reals);
  const found = await runOnce(gpu, test);
  const verdicts = Object.entries(expected).map(([output, reference]) =>
    compare(name, output, found[output] ?? [], reference, test.tolerance[output])
  );
  verdicts.push(...differences(name, test, reals, expected));
  const again = await runOnce(gpu, test);
  verdicts.push(property(name, "repeat has other bits", sameBits(found, again) ? 0 : 1, 0));
  verdicts.push(property(name, "buffers left over", gpu.pool.live - live, 0));
  return verdicts;
}

/**
 * Proves every case of the suites, reporting each as it is done.
 *
 * @returns Numbers of outputs, and of cases for which the adapter lacks a feature.
 */
export async function verify(
  gpu: Gpu,
  suites: readonly KernelSuite[],
  report: (verdicts: Verdict[]) => void,
): Promise<{ passed: number; failed: number; skipped: number }> {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const suite of suites) {
    for (const test of suite.cases()) {
      if (test.needs && !gpu.device.features.has(test.needs)) {
        total.skipped++;
        continue;
      }
      const verdicts = await verifyCase(gpu, suite.name, test);
      for (const { passed } of verdicts) total[passed ? "passed" : "failed"]++;
      report(verdicts);
    }
  }
  return total;
}
