import { assert, assertEquals, assertThrows } from "@std/assert";
import { randomTensor } from "../../kernels/case.ts";
import { adamw, adamwSettings, gradientNorm } from "../../kernels/adamw/mod.ts";
import { conv1d, conv1dBackward } from "../../kernels/conv1d/mod.ts";
import { linearCrossEntropy } from "../../kernels/cross_entropy/linear.ts";
import { crossEntropy } from "../../kernels/cross_entropy/mod.ts";
import {
  add,
  scaleInPlace,
  siluGateBackward,
  softplus,
  sumRows,
} from "../../kernels/elementwise/mod.ts";
import { embedding, embeddingBackward, makeRowIndex } from "../../kernels/embedding/mod.ts";
import { gatedRmsNorm, gatedRmsNormBackward } from "../../kernels/gated_rms_norm/mod.ts";
import { rmsNorm, rmsNormBackward } from "../../kernels/rms_norm/mod.ts";
import { matmul, matmulTransposeA, packTransposed } from "../../kernels/matmul/mod.ts";
import { argmax } from "../../kernels/sampling/mod.ts";
import { selectiveScan, selectiveScanBackward } from "../../kernels/selective_scan/mod.ts";
import { ssd, ssdBackward } from "../../kernels/ssd/mod.ts";
import { DeviceError, ShapeError } from "../../src/base/errors.ts";
import type { GpuArray } from "../../src/gpu/array.ts";
import { Gpu, type HostArray } from "../../src/gpu/gpu.ts";

// Every launcher under a limit that its operands exceed: the dispatch refuses a larger binding, so
// whatever runs has been split, and the bits must be those of one dispatch.

const given = (gpu: Gpu, name: string, shape: number[]): GpuArray =>
  gpu.upload(randomTensor(`tests/spans/${name}`, shape).data, shape);

/** Rows of a wider matrix, so that they lie apart and begin anywhere. */
const strided = (gpu: Gpu, name: string, rows: number, columns: number): GpuArray =>
  given(gpu, name, [rows, columns + 7]).slice(3, columns + 3);

/** Labels, every fifth of which is ignored, and weights. */
const labelled = (gpu: Gpu, rows: number, vocabulary: number) => ({
  labels: gpu.upload(
    Int32Array.from({ length: rows }, (_, i) => i % 5 ? (i * i) % vocabulary : -100),
  ),
  weights: gpu.upload(new Float32Array(rows).fill(1 / rows)),
});

interface Split {
  readonly name: string;
  /** Bytes of one binding. */
  readonly limit: number;
  /** Takes operands of its own making to results. */
  readonly run: (gpu: Gpu) => Record<string, GpuArray>;
}

const SPLITS: readonly Split[] = [
  {
    name: "matmul of many rows, packed",
    limit: 32768,
    run: (gpu) => {
      const b = packTransposed(gpu, given(gpu, "w", [101, 37]));
      const a = strided(gpu, "a", 300, 37);
      const [bias, addend] = [given(gpu, "bias", [101]), strided(gpu, "addend", 300, 101)];
      const out = matmul(gpu, { a, b, bias, addend });
      return {
        out,
        dense: matmul(gpu, { a: given(gpu, "x", [7, 100, 36]), b: given(gpu, "y", [36, 33]) }),
      };
    },
  },
  {
    name: "matmul by a large weight, packed and plain",
    limit: 16384,
    run: (gpu) => {
      const w = given(gpu, "large w", [301, 36]);
      const a = given(gpu, "few", [5, 36]);
      const [bias, addend] = [given(gpu, "long bias", [301]), given(gpu, "long addend", [5, 301])];
      const out = matmul(gpu, { a, b: packTransposed(gpu, w), bias, addend });
      const back = { bias: given(gpu, "short bias", [36]), addend: given(gpu, "back", [5, 36]) };
      return { out, dX: matmul(gpu, { a: out, b: w, ...back }) };
    },
  },
  {
    name: "a weight's gradient over many rows",
    limit: 16384,
    run: (gpu) => {
      const [a, b] = [strided(gpu, "dOut", 1134, 61), given(gpu, "rows", [1134, 12])];
      const array = given(gpu, "gradient", [61, 12]);
      return { dW: matmulTransposeA(gpu, a, b, { array, accumulate: true }) };
    },
  },
  {
    name: "a weight's gradient of many rows itself",
    limit: 20480,
    run: (gpu) => ({
      dW: matmulTransposeA(gpu, given(gpu, "wide", [130, 301]), given(gpu, "thin", [130, 36])),
    }),
  },
  {
    name: "cross-entropy",
    limit: 64 * 64 * 4,
    run: (gpu) => {
      const logits = strided(gpu, "logits", 300, 45);
      return { ...crossEntropy(gpu, { logits, ...labelled(gpu, 300, 41), vocabulary: 41 }) };
    },
  },
  {
    name: "linear cross-entropy in chunks",
    limit: 64 * 520 * 4,
    run: (gpu) => {
      const [hidden, weight] = [given(gpu, "hidden", [150, 36]), given(gpu, "head", [1003, 36])];
      const packed = packTransposed(gpu, weight);
      const dWeight = { array: gpu.empty([1003, 36]), accumulate: false };
      const args = { hidden, weight, packed, ...labelled(gpu, 150, 999), vocabulary: 999 };
      const made = linearCrossEntropy(gpu, args, { dWeight, logitBytes: 4 * 150 * 512 });
      return { ...made, dWeight: dWeight.array };
    },
  },
  {
    name: "operations on elements",
    limit: 16384,
    run: (gpu) => {
      const [a, b] = [strided(gpu, "a", 300, 37), given(gpu, "b", [4, 75, 37]).matrix];
      const vectors = [given(gpu, "flat a", [10_001]), given(gpu, "flat b", [10_001])];
      const bias = given(gpu, "bias", [37]);
      const { dX, dGate } = siluGateBackward(gpu, a, b, add(gpu, a, b));
      return {
        dX,
        dGate,
        flat: add(gpu, vectors[0], vectors[1]),
        scaled: scaleInPlace(gpu, add(gpu, b, b), 0.3),
        biased: softplus(gpu, a, bias),
      };
    },
  },
  {
    name: "sums over rows",
    limit: 9216,
    run: (gpu) => ({
      pieces: sumRows(gpu, strided(gpu, "many rows", 3000, 9)),
      parts: sumRows(gpu, given(gpu, "long rows", [700, 300]), {
        array: given(gpu, "sum before", [300]),
        accumulate: true,
      }),
    }),
  },
  {
    name: "selective scan",
    limit: 36_864,
    run: (gpu) => {
      const [batch, length, dim, state] = [5, 64, 16, 16];
      const series = (name: string) => given(gpu, name, [batch, length, dim]);
      const inputs = {
        u: series("u"),
        delta: series("delta"),
        A: given(gpu, "log A", [dim, state]),
        B: given(gpu, "B", [batch, length, state]),
        C: given(gpu, "C", [batch, length, state]),
        D: given(gpu, "D", [dim]),
        z: series("z"),
        initialState: given(gpu, "state", [batch, dim, state]),
      };
      const options = { deltaSoftplus: true, timeMajor: true, logA: true };
      const want = { lastState: true, saved: true };
      const { out, lastState, saved } = selectiveScan(gpu, inputs, options, want);
      const dOut = series("dOut");
      const made = selectiveScanBackward(gpu, inputs, options, saved!, { dOut });
      const { du, ddelta, dA, dB, dC, dD, dz, dInitialState } = made;
      const rest = { dD: dD!, dz: dz!, dInitialState: dInitialState! };
      return { out, lastState: lastState!, du, ddelta, dA, dB, dC, ...rest };
    },
  },
  {
    name: "rmsNorm",
    limit: 16384,
    run: (gpu) => {
      const [x, addend] = [strided(gpu, "x", 300, 37), given(gpu, "residual", [300, 37])];
      const weight = given(gpu, "norm", [37]);
      const made = rmsNorm(gpu, { x, residual: addend, weight, epsilon: 1e-5 });
      const dOut = strided(gpu, "dOut", 300, 37);
      return { ...made, ...rmsNormBackward(gpu, { ...made, weight, dOut, dSum: addend }) };
    },
  },
  {
    name: "gated norm",
    limit: 16384,
    run: (gpu) => {
      const rest = { weight: given(gpu, "norm", [36]), groups: 3, epsilon: 1e-5 };
      const args = { x: strided(gpu, "x", 300, 36), z: given(gpu, "z", [300, 36]), ...rest };
      const { out, inverseRms } = gatedRmsNorm(gpu, args);
      const target = { array: given(gpu, "sum before", [36]), accumulate: true };
      const upstream = { dOut: strided(gpu, "dOut", 300, 36), dWeight: target };
      return { out, inverseRms, ...gatedRmsNormBackward(gpu, args, inverseRms, upstream) };
    },
  },
  {
    name: "SSD",
    limit: 73_728,
    run: (gpu) => {
      const [batch, length, heads, headDim, groups, state] = [5, 96, 4, 8, 2, 16];
      const series = (name: string, columns: number) =>
        given(gpu, name, [batch, length, columns + 8]).slice(4, columns + 4);
      const inputs = {
        x: series("x", heads * headDim),
        dt: series("dt", heads),
        dtBias: given(gpu, "bias", [heads]),
        ALog: given(gpu, "log A", [heads]),
        B: series("B", groups * state),
        C: series("C", groups * state),
        D: given(gpu, "D", [heads]),
        initialState: given(gpu, "state", [batch, heads * headDim, state]),
        sequenceIndex: gpu.upload(
          Int32Array.from({ length: batch * length }, (_, i) => Math.floor(i / 37)),
          [batch, length],
        ),
      };
      const unsaved = ssd(gpu, inputs, { groups });
      const { out, lastState, saved } = ssd(gpu, inputs, { groups }, {
        lastState: true,
        saved: true,
      });
      const upstream = {
        dOut: series("dOut", heads * headDim),
        dLastState: given(gpu, "dState", [batch, heads * headDim, state]),
      };
      const { dInitialState, ...rest } = ssdBackward(gpu, inputs, { groups }, saved!, upstream);
      return {
        ...{ out, unsaved: unsaved.out, lastState: lastState!, states: saved!.states },
        ...rest,
        dInitialState: dInitialState!,
      };
    },
  },
  {
    name: "conv1d",
    limit: 16384,
    run: (gpu) => {
      const args = {
        x: given(gpu, "series", [6, 19, 128]).slice(5, 69),
        weight: given(gpu, "taps", [64, 1, 4]),
        bias: given(gpu, "taps' bias", [64]),
        initialState: given(gpu, "state", [6, 64, 3]),
        sequenceIndex: gpu.upload(Int32Array.from({ length: 114 }, (_, i) => i >> 3), [6, 19]),
      };
      const made = conv1d(gpu, args, { lastState: true });
      const dLastState = given(gpu, "dState", [6, 64, 3]);
      return { ...made, ...conv1dBackward(gpu, args, made.out, { dLastState }) };
    },
  },
  {
    name: "embedding",
    limit: 16384,
    run: (gpu) => {
      const table = strided(gpu, "table", 301, 37);
      const ids = Int32Array.from({ length: 600 }, (_, i) => (i * i) % 301);
      const out = embedding(gpu, table, gpu.upload(ids, [2, 300]));
      const before = { array: given(gpu, "rows before", [301, 37]), accumulate: true };
      const index = makeRowIndex(gpu, ids, 301);
      const crowded = makeRowIndex(gpu, ids.map((id) => id % 9), 9);
      return {
        out,
        added: embeddingBackward(gpu, out, index, before),
        crowded: embeddingBackward(gpu, out, crowded),
      };
    },
  },
  {
    name: "gradient norm and AdamW",
    limit: 16384,
    run: (gpu) => {
      const size = 40_957;
      const [parameters, gradient] = ["parameters", "gradient"].map((name) =>
        given(gpu, name, [size])
      );
      const [firstMoment, secondMoment] = [given(gpu, "first", [size]), gpu.zeros([size])];
      const norm = gradientNorm(gpu, gradient);
      const settings = gpu.upload(adamwSettings(3, {
        learningRate: 0.01,
        beta1: 0.9,
        beta2: 0.99,
        epsilon: 1e-8,
        weightDecay: 0.1,
        maxNorm: 1,
      }));
      const moments = { firstMoment, secondMoment };
      adamw(gpu, { parameters, gradient, ...moments, decayed: 21_000, norm, settings });
      return { parameters, norm, ...moments };
    },
  },
];

async function run(
  gpu: Gpu,
  split: Split,
  limit: number,
): Promise<[HostArray[], string[], number]> {
  const { bindingLimit } = gpu;
  gpu.bindingLimit = limit;
  gpu.openScope();
  let dispatches = 0;
  const dispatch = gpu.dispatch.bind(gpu);
  gpu.dispatch = (...given) => {
    dispatches++;
    dispatch(...given);
  };
  gpu.poison = true;
  try {
    const made = split.run(gpu);
    gpu.poison = false;
    return [await gpu.read(...Object.values(made)), Object.keys(made), dispatches];
  } finally {
    gpu.poison = false;
    gpu.dispatch = dispatch;
    gpu.closeScope();
    gpu.bindingLimit = bindingLimit;
  }
}

for (const subgroups of [true, false]) {
  for (const split of SPLITS) {
    const where = subgroups ? "subgroups" : "no subgroups";
    Deno.test(`spans: ${split.name} has the same bits in parts (${where})`, async () => {
      const gpu = await Gpu.open({ subgroups });
      const [whole, names, once] = await run(gpu, split, gpu.bindingLimit);
      const [parts, , often] = await run(gpu, split, split.limit);
      assert(often > once, `${often} dispatches under the limit, ${once} without`);
      names.forEach((name, i) => assertEquals(parts[i], whole[i], name));
      assertEquals(gpu.pool.live, 0);
      gpu.destroy();
    });
  }
}

for (const split of SPLITS.filter(({ name }) => name.startsWith("matmul"))) {
  Deno.test(`spans: ${split.name} has the same bits in parts (tiled)`, async () => {
    const gpu = await Gpu.open();
    gpu.choices.pin("matmul", "tiled");
    const [whole, names] = await run(gpu, split, gpu.bindingLimit);
    const [parts] = await run(gpu, split, split.limit);
    names.forEach((name, i) => assertEquals(parts[i], whole[i], name));
    gpu.destroy();
  });
}

Deno.test("spans: what cannot be split is refused, with the limit named", async () => {
  const gpu = await Gpu.open();
  gpu.bindingLimit = 4096;
  const wide = gpu.zeros([2, 2000]);
  const text = "more than the 4096 bytes";
  assertThrows(() => add(gpu, wide, wide), ShapeError, text);
  assertThrows(() => matmul(gpu, { a: wide, b: gpu.zeros([2000, 4]) }), ShapeError, text);
  const x = gpu.zeros([1, 40, 64]);
  const args = { x, weight: gpu.zeros([64, 1, 4]) };
  assertThrows(() => conv1d(gpu, args, { lastState: false }), ShapeError, "shorter sequences");
  const [series, shared] = [gpu.zeros([1, 40, 64]), gpu.zeros([1, 40, 16])];
  const heads = gpu.zeros([2]);
  const scan = { x: series, dt: gpu.zeros([1, 40, 2]), B: shared, C: shared };
  const ofHeads = { dtBias: heads, ALog: heads, D: heads };
  assertThrows(() => ssd(gpu, { ...scan, ...ofHeads }, { groups: 1 }), ShapeError, "shorter");
  const gated = { x: wide, z: wide, weight: gpu.zeros([2000]), groups: 1, epsilon: 1e-5 };
  assertThrows(() => gatedRmsNorm(gpu, gated), ShapeError, text);
  const label = "expected at most 4096";
  assertThrows(() => argmax(gpu, wide, 2000), DeviceError, label);
  const dOut = gpu.zeros([2 * 64 * 40, 8]);
  const index = makeRowIndex(gpu, new Int32Array(dOut.rows).fill(1), 2);
  assertThrows(() => embeddingBackward(gpu, dOut, index), ShapeError, "bindings of at most 4096");
  gpu.destroy();
});
