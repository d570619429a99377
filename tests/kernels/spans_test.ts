import { assert, assertEquals, assertThrows } from "@std/assert";
import { randomTensor } from "../../kernels/case.ts";
import { matmul, matmulTransposeA, packTransposed } from "../../kernels/matmul/mod.ts";
import { ShapeError } from "../../src/base/errors.ts";
import type { GpuArray } from "../../src/gpu/array.ts";
import { Gpu, type HostArray } from "../../src/gpu/gpu.ts";

// Every launcher under a limit that its operands exceed: the dispatch refuses a larger binding, so
// whatever runs has been split, and the bits must be those of one dispatch.

const given = (gpu: Gpu, name: string, shape: number[]): GpuArray =>
  gpu.upload(randomTensor(`tests/spans/${name}`, shape).data, shape);

/** Rows of a wider matrix, so that they lie apart and begin anywhere. */
const strided = (gpu: Gpu, name: string, rows: number, columns: number): GpuArray =>
  given(gpu, name, [rows, columns + 7]).slice(3, columns + 3);

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
