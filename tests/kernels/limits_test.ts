import { assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { matmul, packTransposed } from "../../kernels/matmul/mod.ts";
import { reducePartials } from "../../kernels/reduce/mod.ts";
import { selectiveScan, selectiveScanBackward } from "../../kernels/selective_scan/mod.ts";
import { ShapeError } from "../../src/base/errors.ts";
import { Rng } from "../../src/base/rng.ts";
import { Gpu } from "../../src/gpu/gpu.ts";

Deno.test("loops that a software adapter would end in silence are refused", async () => {
  const gpu = await Gpu.open();
  if (gpu.facts.kind !== "cpu") {
    console.warn("SKIPPED: this adapter has no limit of loop rounds");
    gpu.destroy();
    return;
  }
  gpu.openScope();
  const [a, b] = [gpu.zeros([1, 300_000]), gpu.zeros([300_000, 4])];
  assertThrows(() => matmul(gpu, { a, b }), ShapeError, "split the contracted axis");
  const length = 66_000;
  const series = gpu.zeros([1, length, 8]);
  const shared = gpu.zeros([1, length, 128]);
  const A = gpu.zeros([8, 128]);
  assertThrows(
    () =>
      selectiveScan(gpu, { u: series, delta: series, A, B: shared, C: shared }, {
        timeMajor: true,
      }),
    ShapeError,
    "shorter pieces with a carried state",
  );
  gpu.closeScope();
  assertEquals(gpu.pool.live, 0);
  gpu.destroy();
});

/** The gradient of u of one long row, by so many sections. */
function backwardScan(gpu: Gpu, length: number): (sections: number) => Promise<Float32Array> {
  const [dim, state] = [8, 16];
  const rng = new Rng("limits/backward");
  const random = (...shape: number[]) => {
    const size = shape.reduce((product, n) => product * n, 1);
    return gpu.upload(Float32Array.from({ length: size }, () => rng.normal()), shape);
  };
  const series = () => random(1, length, dim);
  const shared = () => random(1, length, state);
  const A = gpu.upload(new Float32Array(dim * state).fill(-1), [dim, state]);
  const inputs = { u: series(), delta: series(), A, B: shared(), C: shared() };
  const dOut = series();
  return async (sections) => {
    const options = { timeMajor: true, deltaSoftplus: true, sections };
    const { saved } = selectiveScan(gpu, inputs, options, { saved: true });
    const { du } = selectiveScanBackward(gpu, inputs, options, saved!, { dOut });
    return await gpu.readFloats(du);
  };
}

for (const [subgroups, length] of [[true, 100_000], [false, 36_000]] as const) {
  const without = subgroups ? "" : ", without subgroups";
  Deno.test(`a backward scan of ${length} steps reaches the first of them${without}`, async () => {
    const gpu = await Gpu.open({ subgroups });
    gpu.openScope();
    const gradients = backwardScan(gpu, length);
    const cut = await gradients(8);
    // In sections no lane goes round often enough for an adapter to end its loops.
    const whole = await gradients(1);
    assertEquals(whole.length, cut.length);
    whole.forEach((value, i) => assertAlmostEquals(value, cut[i], 1e-3));
    gpu.closeScope();
    gpu.destroy();
  });
}

Deno.test("a backward scan that goes round too often without subgroups is refused", async () => {
  const gpu = await Gpu.open({ subgroups: false });
  gpu.openScope();
  const gradients = backwardScan(gpu, 40_000);
  if (gpu.facts.kind === "cpu") {
    await assertRejects(() => gradients(1), ShapeError, "run shorter pieces");
  }
  await gradients(2);
  gpu.closeScope();
  assertEquals(gpu.pool.live, 0);
  gpu.destroy();
});

Deno.test("more than 65,535 workgroups: packing and summing go on along the next axis", async () => {
  const gpu = await Gpu.open();
  gpu.openScope();
  const w = gpu.upload(new Float32Array(16_800 * 1024).fill(1), [16_800, 1024]);
  const one = gpu.upload(new Float32Array(1024).fill(1), [1, 1024]);
  const product = await gpu.readFloats(matmul(gpu, { a: one, b: packTransposed(gpu, w) }));
  assertEquals([product[0], product[16_799]], [1024, 1024]);
  const partials = gpu.upload(new Float32Array(2 * 4100 * 1024).fill(1), [2, 4100, 1024]);
  const target = { array: gpu.empty([4100, 1024]), accumulate: false };
  const sum = await gpu.readFloats(reducePartials(gpu, partials, target));
  assertEquals([sum[0], sum[4100 * 1024 - 1]], [2, 2]);
  gpu.closeScope();
  gpu.destroy();
});
