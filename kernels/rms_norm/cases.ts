/**
 * Shapes on which `deno task verify` proves RMS normalisation.
 *
 * @module
 */
import { type KernelCase, type KernelSuite, randomTensor, sumTolerance } from "../case.ts";
import { halfOutCase } from "../half.ts";
import type { Precision } from "../precision.ts";
import { rmsNorm, rmsNormBackward } from "./mod.ts";
import { rmsNormReference } from "./reference.ts";

const EPSILON = 1e-5;

/** Few roundings and a sum of squares, whose terms do not cancel. */
const tolerances = (rows: number, dim: number) => ({
  out: { absolute: 1e-6, relative: 4e-6 },
  sum: { absolute: 1e-6, relative: 1e-6 },
  inverseRms: { absolute: 1e-7, relative: 2e-6 },
  dX: sumTolerance(dim),
  dWeight: sumTolerance(rows),
});

/** With `joined`, a residual is added and a gradient of the sum comes back. */
function normCase(
  shape: readonly number[],
  joined: boolean,
  scale = 1,
  precision: Precision = "f32",
): KernelCase {
  const dim = shape[shape.length - 1];
  const rows = shape.slice(0, -1).reduce((product, n) => product * n, 1);
  const seed = `rms_norm/${shape}/${scale}`;
  return {
    name: `${shape.join("×")}${joined ? " with residual" : ""}${scale === 1 ? "" : ` × ${scale}`}`,
    inputs: {
      x: randomTensor(`${seed}/x`, shape, scale),
      weight: randomTensor(`${seed}/weight`, [dim]),
      dOut: randomTensor(`${seed}/dOut`, shape, scale),
      ...(joined && {
        residual: randomTensor(`${seed}/residual`, shape, scale),
        dSum: randomTensor(`${seed}/dSum`, shape),
      }),
    },
    run: (gpu, { x, residual, weight, dOut, dSum }) => {
      const forward = rmsNorm(gpu, { x, residual, weight, epsilon: EPSILON, precision });
      return { ...forward, ...rmsNormBackward(gpu, { ...forward, weight, dOut, dSum }) };
    },
    reference: ({ x, residual, weight, dOut, dSum }) =>
      rmsNormReference({ x, residual, weight, dOut, dSum }, EPSILON),
    tolerance: tolerances(rows, dim),
    differentiable: {
      outputs: { out: "dOut", ...(joined && { sum: "dSum" }) },
      inputs: { x: "dX", weight: "dWeight", ...(joined && { residual: "dX" }) },
    },
  };
}

/** The same with `out` in f16. */
const halfCase = (shape: readonly number[], joined: boolean, scale = 1): KernelCase =>
  halfOutCase(normCase(shape, joined, scale, "f16"));

/** Every operand is columns `from` to `from + dim` of a wider one; dWeight is added to ones. */
function stridedCase(rows: number, dim: number, from: number): KernelCase {
  const shape = [rows, from + dim + 4];
  const seed = `rms_norm/strided/${from}`;
  const tensor = (name: string) => randomTensor(`${seed}/${name}`, shape);
  return {
    name: `strided ${rows}×${dim} from ${from}`,
    inputs: {
      x: tensor("x"),
      residual: tensor("residual"),
      weight: randomTensor(`${seed}/weight`, [from + dim + 4]),
      dOut: tensor("dOut"),
      dSum: tensor("dSum"),
      dWeight: { data: new Float32Array(dim).fill(1), shape: [dim] },
    },
    run: (gpu, inputs) => {
      const [x, residual, weight, dOut, dSum] = ["x", "residual", "weight", "dOut", "dSum"]
        .map((name) => inputs[name].slice(from, from + dim));
      const forward = rmsNorm(gpu, { x, residual, weight, epsilon: EPSILON });
      const dWeight = { array: inputs.dWeight, accumulate: true };
      const backward = rmsNormBackward(gpu, { ...forward, weight, dOut, dSum, dWeight });
      return { ...forward, ...backward };
    },
    reference: (inputs) => {
      const cut = (name: string) =>
        inputs[name].filter((_, i) => i % shape[1] >= from && i % shape[1] < from + dim);
      const found = rmsNormReference({
        x: cut("x"),
        residual: cut("residual"),
        weight: inputs.weight.slice(from, from + dim),
        dOut: cut("dOut"),
        dSum: cut("dSum"),
      }, EPSILON);
      return { ...found, dWeight: found.dWeight.map((v) => v + 1) };
    },
    tolerance: tolerances(rows, dim),
  };
}

/** RMS normalisation. */
export const suite: KernelSuite = {
  name: "rms_norm",
  cases: () => [
    normCase([1, 1], false),
    normCase([1, 64], true),
    normCase([3, 5, 7], true),
    normCase([2, 31, 36], false),
    normCase([1, 33, 20], true),
    normCase([372, 64], true),
    normCase([784, 128], false),
    normCase([1134, 67], true),
    normCase([5, 300], true),
    normCase([3, 770], true),
    normCase([2, 768], false),
    normCase([16, 64], false, 1e-4),
    normCase([16, 64], false, 1e4),
    halfCase([1, 1], false),
    halfCase([3, 5, 7], true),
    halfCase([372, 64], true),
    halfCase([3, 770], true),
    halfCase([2, 31, 36], false, 1e-4),
    stridedCase(37, 12, 8),
    stridedCase(37, 12, 3),
  ],
};
