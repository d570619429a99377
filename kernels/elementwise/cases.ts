/**
 * Shapes on which `deno task verify` proves the operations on single elements.
 *
 * @module
 */
import type { GpuArray } from "../../src/gpu/array.ts";
import {
  type KernelCase,
  type KernelSuite,
  randomTensor,
  type Reals,
  sumTolerance,
} from "../case.ts";
import {
  add,
  scaleInPlace,
  siluGate,
  siluGateBackward,
  softplus,
  softplusBackward,
  sumRows,
} from "./mod.ts";
import {
  sigmoidReference,
  siluGateReference,
  siluGateSlopeReference,
  softplusReference,
  sumRowsReference,
} from "./reference.ts";

/** A few roundings; relative, so that tiny results count too. */
const EXACT = { absolute: 1e-30, relative: 2e-7 };
const CLOSE = { absolute: 1e-6, relative: 3e-6 };
/** exp of a number of size s is wrong by s·2⁻²⁴ however it is computed. */
const RELATIVE = { absolute: 1e-33, relative: 1e-5 };

/** Columns `from` to `from + columns` of wider arrays. */
interface Layout {
  readonly shape: readonly number[];
  readonly wide: number;
  readonly from: number;
}

const dense = (shape: readonly number[]): Layout => ({
  shape,
  wide: shape[shape.length - 1],
  from: 0,
});

const columnsOf = ({ shape }: Layout): number => shape[shape.length - 1];

const rowsOf = ({ shape }: Layout): number => shape.slice(0, -1).reduce((n, size) => n * size, 1);

const nameOf = (layout: Layout): string =>
  layout.shape.join("×") +
  (layout.wide === columnsOf(layout) ? "" : `, strided from ${layout.from} of ${layout.wide}`);

function tensor(layout: Layout, name: string, scale = 1) {
  const shape = [...layout.shape.slice(0, -1), layout.wide];
  return randomTensor(`elementwise/${nameOf(layout)}/${name}`, shape, scale);
}

const view = (layout: Layout, array: GpuArray): GpuArray =>
  array.slice(layout.from, layout.from + columnsOf(layout));

function cut(layout: Layout, reals: Float64Array): Float64Array {
  const { wide, from } = layout;
  return reals.filter((_, i) => i % wide >= from && i % wide < from + columnsOf(layout));
}

const whole = (layout: Layout): boolean => layout.wide === columnsOf(layout);

function sumCase(layout: Layout): KernelCase {
  return {
    name: `add, scale and sum ${nameOf(layout)}`,
    inputs: { a: tensor(layout, "a"), b: tensor(layout, "b"), spare: tensor(layout, "spare") },
    run: (gpu, inputs) => {
      const [a, b, spare] = ["a", "b", "spare"].map((name) => view(layout, inputs[name]));
      const start = gpu.upload(new Float32Array(a.columns).fill(1));
      return {
        sum: add(gpu, a, b),
        columns: sumRows(gpu, a),
        onTop: sumRows(gpu, b, { array: start, accumulate: true }),
        scaled: scaleInPlace(gpu, spare, -0.3),
      };
    },
    reference: (inputs) => {
      const [a, b, spare] = ["a", "b", "spare"].map((name) => cut(layout, inputs[name]));
      return {
        sum: a.map((v, i) => v + b[i]),
        columns: sumRowsReference(a, columnsOf(layout)),
        onTop: sumRowsReference(b, columnsOf(layout)).map((v) => v + 1),
        scaled: spare.map((v) => Math.fround(-0.3) * v),
      };
    },
    tolerance: {
      sum: EXACT,
      columns: sumTolerance(rowsOf(layout)),
      onTop: sumTolerance(rowsOf(layout)),
      scaled: EXACT,
    },
  };
}

function gateCase(layout: Layout, scale: number): KernelCase {
  return {
    name: `siluGate ${nameOf(layout)}, gates of ${scale}`,
    inputs: {
      x: tensor(layout, "x"),
      gate: tensor(layout, "gate", scale),
      dOut: tensor(layout, "dOut"),
    },
    run: (gpu, inputs) => {
      const [x, gate, dOut] = ["x", "gate", "dOut"].map((name) => view(layout, inputs[name]));
      return { out: siluGate(gpu, x, gate), ...siluGateBackward(gpu, x, gate, dOut) };
    },
    reference: (inputs) => {
      const [x, gate, dOut] = ["x", "gate", "dOut"].map((name) => cut(layout, inputs[name]));
      return {
        out: x.map((v, i) => siluGateReference(v, gate[i])),
        dX: dOut.map((v, i) => siluGateReference(v, gate[i])),
        dGate: dOut.map((v, i) => v * siluGateSlopeReference(x[i], gate[i])),
      };
    },
    tolerance: { out: CLOSE, dX: CLOSE, dGate: CLOSE },
    ...(whole(layout) && {
      differentiable: { outputs: { out: "dOut" }, inputs: { x: "dX", gate: "dGate" } },
    }),
  };
}

/** Numbers of the given scale, so that a large one reaches far into both tails. */
function softplusCase(layout: Layout, scale: number, biased: boolean): KernelCase {
  const biases = biased && {
    bias: randomTensor(`elementwise/${nameOf(layout)}/bias`, [columnsOf(layout)]),
  };
  const total = (inputs: Reals) =>
    cut(layout, inputs.x).map((v, i) => v + (inputs.bias?.[i % columnsOf(layout)] ?? 0));
  return {
    name: `softplus ${nameOf(layout)} of ${scale}${biased ? " with bias" : ""}`,
    inputs: { x: tensor(layout, "x", scale), dOut: tensor(layout, "dOut"), ...biases },
    run: (gpu, inputs) => {
      const [x, dOut] = [view(layout, inputs.x), view(layout, inputs.dOut)];
      const { dX, dBias } = softplusBackward(gpu, x, inputs.bias, dOut);
      return { out: softplus(gpu, x, inputs.bias), dX, ...(dBias && { dBias }) };
    },
    reference: (inputs) => {
      const dOut = cut(layout, inputs.dOut);
      const dX = total(inputs).map((v, i) => dOut[i] * sigmoidReference(v));
      const dBias = biased && { dBias: sumRowsReference(dX, columnsOf(layout)) };
      return { out: total(inputs).map(softplusReference), dX, ...dBias };
    },
    tolerance: { out: RELATIVE, dX: RELATIVE, dBias: sumTolerance(rowsOf(layout)) },
    ...(whole(layout) && {
      differentiable: {
        outputs: { out: "dOut" },
        inputs: { x: "dX", ...(biased && { bias: "dBias" }) },
      },
    }),
  };
}

/** Operations on single elements, and sums over rows. */
export const suite: KernelSuite = {
  name: "elementwise",
  cases: () => {
    const layouts = [
      dense([1, 1]),
      dense([3, 5, 7]),
      dense([372, 36]),
      dense([784, 4]),
      dense([1134, 67]),
      { shape: [2, 31, 12], wide: 24, from: 8 },
      { shape: [33, 12], wide: 20, from: 3 },
    ];
    return [
      ...layouts.map(sumCase),
      ...layouts.map((layout) => gateCase(layout, 1)),
      gateCase(dense([64, 16]), 40),
      ...layouts.map((layout) => softplusCase(layout, 3, true)),
      softplusCase(dense([64, 16]), 30, false),
    ];
  },
};
