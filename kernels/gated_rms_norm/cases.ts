/**
 * Shapes on which `deno task verify` proves the gated norm.
 *
 * @module
 */
import { type KernelCase, type KernelSuite, randomTensor, sumTolerance } from "../case.ts";
import { halfOutCase } from "../half.ts";
import type { Precision } from "../precision.ts";
import { gatedRmsNorm, gatedRmsNormBackward } from "./mod.ts";
import { gatedRmsNormReference } from "./reference.ts";

const EPSILON = 1e-5;

/** Rows of `groups` groups; z and its gradient are the columns from `lead` on of wider arrays. */
function gatedCase(
  rows: number,
  groups: number,
  width: number,
  lead = 0,
  scale = 1,
  precision: Precision = "f32",
): KernelCase {
  const dim = groups * width;
  const wide = dim + lead;
  const seed = `gated_rms_norm/${rows}/${groups}/${width}/${lead}/${scale}`;
  const cut = (all: Float64Array) => all.filter((_, i) => i % wide >= lead);
  const spread = (values: Float64Array) =>
    Float64Array.from(
      { length: rows * wide },
      (_, i) => i % wide < lead ? 0 : values[Math.floor(i / wide) * dim + i % wide - lead],
    );
  return {
    name: `${rows}×${groups}×${width}${lead ? `, z from ${lead}` : ""}${
      scale === 1 ? "" : ` × ${scale}`
    }`,
    inputs: {
      x: randomTensor(`${seed}/x`, [rows, dim], scale),
      z: randomTensor(`${seed}/z`, [rows, wide], 2),
      weight: randomTensor(`${seed}/weight`, [dim]),
      dOut: randomTensor(`${seed}/dOut`, [rows, dim], scale),
    },
    run: (gpu, { x, z, weight, dOut }) => {
      const args = { x, z: z.slice(lead, wide), weight, groups, epsilon: EPSILON, precision };
      const { out, inverseRms } = gatedRmsNorm(gpu, args);
      const dz = gpu.zeros(z.shape);
      const into = { dOut, dz: dz.slice(lead, wide) };
      const { dx, dWeight } = gatedRmsNormBackward(gpu, args, inverseRms, into);
      return { out, dx, dz, dWeight };
    },
    reference: ({ z, ...given }) => {
      const found = gatedRmsNormReference({ ...given, z: cut(z) }, {
        groups,
        width,
        epsilon: EPSILON,
      });
      return { ...found, dz: spread(found.dz) };
    },
    tolerance: {
      out: { absolute: 1e-6, relative: 4e-6 },
      dx: sumTolerance(width),
      dz: sumTolerance(width),
      dWeight: sumTolerance(rows),
    },
    differentiable: {
      outputs: { out: "dOut" },
      inputs: { x: "dx", z: "dz", weight: "dWeight" },
    },
  };
}

/** The same with `out` in f16. */
const halfCase = (rows: number, groups: number, width: number, lead = 0): KernelCase =>
  halfOutCase(gatedCase(rows, groups, width, lead, 1, "f16"));

/** The gated norm. */
export const suite: KernelSuite = {
  name: "gated_rms_norm",
  cases: () => [
    gatedCase(1, 1, 1),
    gatedCase(1, 1, 128),
    gatedCase(33, 1, 67),
    gatedCase(130, 2, 36),
    gatedCase(45, 3, 7, 5),
    gatedCase(372, 1, 128, 24),
    gatedCase(5, 4, 20, 8),
    gatedCase(3, 1, 770),
    gatedCase(4, 2, 1536),
    gatedCase(16, 1, 64, 0, 1e3),
    halfCase(1, 1, 1),
    halfCase(45, 3, 7, 5),
    halfCase(372, 1, 128, 24),
    halfCase(3, 1, 770),
    halfCase(2, 2, 1536),
  ],
};
