/**
 * Shapes on which `deno task verify` proves the matrix products.
 *
 * @module
 */
import { GpuArray } from "../../src/gpu/array.ts";
import type { KernelCase, KernelSuite } from "../case.ts";
import { randomTensor, sumTolerance } from "../case.ts";
import { HALF_ROUNDING, roundToHalf, uploadHalf } from "../half.ts";
import { matmul, matmulTransposeA, packTransposed } from "./mod.ts";
import type { Precision } from "../precision.ts";
import { packAll } from "./pack.ts";
import { matmulReference, transposeReference } from "./reference.ts";

/** y = x·Wᵀ + bias with the gradients of x, W and bias-free W, as a linear layer uses them. */
function linearCase(rows: number, depth: number, columns: number): KernelCase {
  const seed = `matmul/${rows}/${depth}/${columns}`;
  return {
    name: `linear ${rows}×${depth}×${columns}`,
    inputs: {
      x: randomTensor(`${seed}/x`, [rows, depth]),
      w: randomTensor(`${seed}/w`, [columns, depth], depth ** -0.5),
      bias: randomTensor(`${seed}/bias`, [columns]),
      addend: randomTensor(`${seed}/addend`, [rows, columns]),
      dOut: randomTensor(`${seed}/dOut`, [rows, columns]),
    },
    run: (gpu, { x, w, bias, addend, dOut }) => ({
      out: matmul(gpu, { a: x, b: packTransposed(gpu, w), bias, addend }),
      dX: matmul(gpu, { a: dOut, b: w }),
      dW: matmulTransposeA(gpu, dOut, x),
    }),
    reference: ({ x, w, bias, addend, dOut }) => ({
      out: matmulReference(
        x,
        transposeReference(w, columns, depth),
        [rows, depth, columns],
        bias,
        addend,
      ),
      dX: matmulReference(dOut, w, [rows, columns, depth]),
      dW: matmulReference(transposeReference(dOut, rows, columns), x, [columns, rows, depth]),
    }),
    tolerance: { out: sumTolerance(depth), dX: sumTolerance(columns), dW: sumTolerance(rows) },
    differentiable: { outputs: { out: "dOut" }, inputs: { x: "dX", w: "dW" } },
  };
}

/**
 * y = x·Wᵀ with W packed in f16. Weights of whole 1,024ths below 2 are the same in f16, so that the
 * product has the bound of f32; others are off by one rounding each.
 */
function halfCase(rows: number, depth: number, columns: number, exact: boolean): KernelCase {
  const seed = `matmul/f16/${rows}/${depth}/${columns}`;
  const w = randomTensor(`${seed}/w`, [columns, depth], depth ** -0.5);
  if (exact) {
    w.data.forEach((v, i) => w.data[i] = Math.max(-2, Math.min(2, Math.round(v * 1024) / 1024)));
  }
  // Σ|w·x| is about 0.64·√depth here.
  const rounding = HALF_ROUNDING * Math.sqrt(depth);
  const tolerance = sumTolerance(depth);
  return {
    name: `f16 ${rows}×${depth}×${columns}${exact ? ", weights of f16" : ""}`,
    inputs: {
      x: randomTensor(`${seed}/x`, [rows, depth]),
      w,
      bias: randomTensor(`${seed}/bias`, [columns]),
    },
    needs: "shader-f16",
    run: (gpu, { x, w, bias }) => ({
      out: matmul(gpu, { a: x, b: packTransposed(gpu, w, "f16"), bias }),
    }),
    reference: ({ x, w, bias }) => ({
      out: matmulReference(
        x,
        transposeReference(w, columns, depth),
        [rows, depth, columns],
        bias,
      ),
    }),
    tolerance: {
      out: exact ? tolerance : { ...tolerance, absolute: tolerance.absolute + rounding },
    },
  };
}

/**
 * A linear layer on an input of f16, columns from `lead` on of a wider one, with W packed in `weights`:
 * numbers that f16 holds, so that products have the bounds of f32, both ways.
 */
function halfInputCase(
  [rows, depth, columns]: readonly [number, number, number],
  lead: number,
  weights: Precision,
): KernelCase {
  const seed = `matmul/f16 input/${rows}/${depth}/${columns}`;
  const width = lead + depth;
  const wide = roundToHalf(randomTensor(`${seed}/x`, [rows, width]));
  const cut = (x: Float64Array) => x.filter((_, i) => i % width >= lead);
  return {
    name: `f16 input ${rows}×${depth}×${columns} from ${lead}, weights ${weights}`,
    inputs: {
      wide,
      w: roundToHalf(randomTensor(`${seed}/w`, [columns, depth], depth ** -0.5)),
      dOut: randomTensor(`${seed}/dOut`, [rows, columns]),
    },
    needs: "shader-f16",
    run: (gpu, { w, dOut }) => {
      const x = uploadHalf(gpu, wide).slice(lead, width);
      const dX = gpu.zeros([rows, width]);
      matmul(gpu, { a: dOut, b: w, out: dX.slice(lead, width) });
      const out = matmul(gpu, { a: x, b: packTransposed(gpu, w, weights) });
      return { out, dX, dW: matmulTransposeA(gpu, dOut, x) };
    },
    reference: ({ wide, w, dOut }) => {
      const x = cut(wide);
      const dX = matmulReference(dOut, w, [rows, columns, depth]);
      return {
        out: matmulReference(x, transposeReference(w, columns, depth), [rows, depth, columns]),
        dX: Float64Array.from(wide, (_, i) => {
          const column = i % width - lead;
          return column < 0 ? 0 : dX[Math.floor(i / width) * depth + column];
        }),
        dW: matmulReference(transposeReference(dOut, rows, columns), x, [columns, rows, depth]),
      };
    },
    tolerance: { out: sumTolerance(depth), dX: sumTolerance(columns), dW: sumTolerance(rows) },
    differentiable: { outputs: { out: "dOut" }, inputs: { wide: "dX", w: "dW" } },
  };
}

/** Columns of wider matrices, read and written in place. */
function sliceCase(): KernelCase {
  return {
    name: "strided columns 70×(8 of 20)×12",
    inputs: { wide: randomTensor("matmul/wide", [70, 20]), b: randomTensor("matmul/b", [8, 12]) },
    run: (gpu, { wide, b }) => {
      const home = gpu.zeros([70, 24]);
      return { out: matmul(gpu, { a: wide.slice(8, 16), b, out: home.slice(12, 24) }) };
    },
    reference: ({ wide, b }) => {
      const a = Float64Array.from(
        { length: 70 * 8 },
        (_, i) => wide[Math.floor(i / 8) * 20 + 8 + i % 8],
      );
      return { out: matmulReference(a, b, [70, 8, 12]) };
    },
    tolerance: { out: sumTolerance(8) },
  };
}

/** Weights of one buffer that are packed together, and one of another. */
function packCase(): KernelCase {
  const rows = 9;
  const weights = [
    { at: 0, columns: 36, depth: 128 },
    { at: 4608, columns: 67, depth: 61 },
    { at: 8704, columns: 1, depth: 1 },
    { at: 8768, columns: 128, depth: 4 },
  ];
  const x = (depth: number) => `x${depth}`;
  return {
    name: "weights packed together",
    inputs: {
      flat: randomTensor("matmul/pack/flat", [9280]),
      alone: randomTensor("matmul/pack/alone", [12, 61]),
      ...Object.fromEntries(
        weights.map(({ depth }) => [x(depth), randomTensor(`matmul/pack/${depth}`, [rows, depth])]),
      ),
    },
    run: (gpu, inputs) => {
      const views = weights.map(({ at, columns, depth }) =>
        new GpuArray(inputs.flat.pooled, [columns, depth], "f32", at)
      );
      const [alone, ...packed] = packAll(gpu, [inputs.alone, ...views]);
      const products = weights.map(({ depth }, i) =>
        [`out${i}`, matmul(gpu, { a: inputs[x(depth)], b: packed[i] })] as const
      );
      const aloneOut = matmul(gpu, { a: inputs[x(61)], b: alone });
      return { alone: aloneOut, ...Object.fromEntries(products) };
    },
    reference: (inputs) => {
      const product = (w: Float64Array, columns: number, depth: number) =>
        matmulReference(inputs[x(depth)], transposeReference(w, columns, depth), [
          rows,
          depth,
          columns,
        ]);
      const products = weights.map(({ at, columns, depth }, i) => {
        const w = inputs.flat.slice(at, at + columns * depth);
        return [`out${i}`, product(w, columns, depth)] as const;
      });
      return { alone: product(inputs.alone, 12, 61), ...Object.fromEntries(products) };
    },
    tolerance: {
      alone: sumTolerance(61),
      ...Object.fromEntries(
        weights.map(({ depth }, i) => [`out${i}`, sumTolerance(depth)]),
      ),
    },
  };
}

/** The matrix products. */
export const suite: KernelSuite = {
  name: "matmul",
  cases: () => [
    linearCase(1, 1, 1),
    linearCase(1, 64, 256),
    linearCase(3, 5, 7),
    linearCase(33, 128, 36),
    linearCase(65, 36, 128),
    linearCase(372, 64, 256),
    linearCase(784, 4, 128),
    linearCase(257, 16, 70),
    linearCase(131, 128, 512),
    linearCase(1134, 61, 67),
    sliceCase(),
    halfCase(1, 64, 256, true),
    halfCase(33, 61, 36, true),
    halfCase(372, 64, 67, true),
    halfCase(33, 128, 36, false),
    halfCase(784, 36, 128, false),
    halfInputCase([1, 1, 1], 0, "f32"),
    halfInputCase([1, 64, 256], 0, "f16"),
    halfInputCase([33, 61, 36], 3, "f32"),
    halfInputCase([372, 64, 67], 8, "f16"),
    halfInputCase([1134, 128, 36], 0, "f32"),
    packCase(),
  ],
};
