/**
 * Shapes on which `deno task verify` proves AdamW and the gradient's norm.
 *
 * @module
 */
import { type HostTensor, type KernelCase, type KernelSuite, randomTensor } from "../case.ts";
import { adamw, adamwSettings, gradientNorm } from "./mod.ts";
import { adamwReference, normReference } from "./reference.ts";

interface Shape {
  readonly size: number;
  readonly step: number;
  readonly maxNorm: number;
  readonly decayed?: number;
  /** Elements before and after each vector in its buffer. */
  readonly margin?: number;
}

const OPTIONS = { learningRate: 3e-3, beta1: 0.9, beta2: 0.95, epsilon: 1e-8, weightDecay: 0.1 };

/** Mean squares no smaller than gradients of that size leave: the step divides by their roots. */
function meanSquares(seed: string, shape: readonly number[], scale: number): HostTensor {
  const { data } = randomTensor(seed, shape, scale);
  return { data: data.map((x) => (Math.abs(x) + scale / 4) ** 2), shape };
}

function stepCase(name: string, shape: Shape): KernelCase {
  const { size, step, maxNorm, margin = 0, decayed = Math.floor(size / 3) } = shape;
  const seed = `adamw/${name}`;
  const all = [size + 2 * margin];
  const inner = (vector: Float64Array) => vector.slice(margin, margin + size);
  const vectors = (of: Readonly<Record<string, Float64Array>>) => ({
    parameters: inner(of.parameters),
    gradient: inner(of.gradient),
    firstMoment: inner(of.firstMoment),
    secondMoment: inner(of.secondMoment),
  });
  const moments = step === 1 ? 0 : 0.02;
  return {
    name,
    inputs: {
      parameters: randomTensor(`${seed}/parameters`, all),
      gradient: randomTensor(`${seed}/gradient`, all, 0.03),
      firstMoment: randomTensor(`${seed}/first`, all, moments),
      secondMoment: meanSquares(`${seed}/second`, all, moments),
      settings: { data: adamwSettings(step, { ...OPTIONS, maxNorm }), shape: [8] },
    },
    run: (gpu, inputs) => {
      const slice = (name: string) => inputs[name].slice(margin, margin + size);
      const [parameters, gradient] = [slice("parameters"), slice("gradient")];
      const [firstMoment, secondMoment] = [slice("firstMoment"), slice("secondMoment")];
      const norm = gradientNorm(gpu, gradient);
      const { settings } = inputs;
      adamw(gpu, { parameters, gradient, firstMoment, secondMoment, decayed, norm, settings });
      return { norm, parameters, firstMoment, secondMoment };
    },
    reference: (inputs) => {
      const inside = vectors(inputs);
      const norm = Float64Array.of(normReference(inside.gradient));
      return { norm, ...adamwReference({ ...inside, settings: inputs.settings }, decayed) };
    },
    tolerance: {
      norm: { absolute: 0, relative: 2e-6 },
      parameters: { absolute: 1e-7, relative: 2e-7 },
      firstMoment: { absolute: 1e-8, relative: 2e-6 },
      secondMoment: { absolute: 1e-9, relative: 4e-6 },
    },
  };
}

/** AdamW with clipping. */
export const suite: KernelSuite = {
  name: "adamw",
  cases: () => [
    stepCase("1 element, step 1", { size: 1, step: 1, maxNorm: 1 }),
    stepCase("64 elements, step 1", { size: 64, step: 1, maxNorm: 1 }),
    stepCase("255 elements", { size: 255, step: 7, maxNorm: 0.1 }),
    stepCase("257 elements, all decayed", { size: 257, step: 7, maxNorm: 0.1, decayed: 257 }),
    stepCase("1134 elements, none decayed", { size: 1134, step: 3, maxNorm: 1e-3, decayed: 0 }),
    stepCase("5000 elements, no clipping", { size: 5000, step: 90, maxNorm: Infinity }),
    stepCase("90000 elements", { size: 90_000, step: 1000, maxNorm: 1 }),
    stepCase("3000001 elements", { size: 3_000_001, step: 20, maxNorm: 1 }),
    stepCase("372 elements, 4 in", { size: 372, step: 2, maxNorm: 1, margin: 4 }),
    stepCase("784 elements, 67 in", { size: 784, step: 2, maxNorm: 1, margin: 67 }),
  ],
};
