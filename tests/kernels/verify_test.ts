import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { KernelCase, KernelSuite } from "../../kernels/case.ts";
import { KERNELS, type RegisteredKernel } from "../../kernels/registry.ts";
import { suitesOf } from "../../kernels/tuning.ts";
import { compare, type Verdict, verify, verifyCase } from "../../kernels/verify.ts";
import { bindings, entry } from "../../kernels/wgsl.ts";
import { Gpu } from "../../src/gpu/gpu.ts";
import { runCommandLine } from "../command_line.ts";

async function failures(gpu: Gpu, suite: KernelSuite): Promise<Verdict[]> {
  const failed: Verdict[] = [];
  const { passed } = await verify(gpu, [suite], (verdicts) => {
    failed.push(...verdicts.filter((verdict) => !verdict.passed));
  });
  assert(passed > 0, `${suite.name} has no cases`);
  return failed;
}

/** The same cases without finite differences, which never touch the GPU and are taken once. */
const onDeviceAlone = ({ name, cases }: KernelSuite): KernelSuite => ({
  name,
  cases: () => cases().map((test) => ({ ...test, differentiable: undefined })),
});

/** The cases of a kernel under the default and under each variant. */
async function allFailures(gpu: Gpu, kernel: RegisteredKernel): Promise<Verdict[]> {
  const failed: Verdict[] = [];
  for (const suite of suitesOf(gpu, kernel)) failed.push(...await failures(gpu, suite));
  return failed;
}

for (const kernel of KERNELS) {
  const { suite } = kernel;
  Deno.test(`${suite.name} is proved in every variant`, async () => {
    const gpu = await Gpu.open();
    assertEquals(await allFailures(gpu, kernel), []);
    gpu.destroy();
  });

  Deno.test(`${suite.name} is proved without subgroups in every variant`, async () => {
    const gpu = await Gpu.open({ subgroups: false });
    assertEquals(await allFailures(gpu, { ...kernel, suite: onDeviceAlone(suite) }), []);
    gpu.destroy();
  });
}

Deno.test("all is proved with subgroups of another width", async (t) => {
  const gpu = await Gpu.open();
  const { adapter, subgroupSize } = gpu.facts;
  gpu.destroy();
  if (!adapter.includes("512 bits")) {
    console.log(`skipped: ${adapter} has subgroups of ${subgroupSize} and no others`);
    return;
  }
  await t.step("8 lanes instead of 16", async () => {
    const { code, out } = await runCommandLine(["verify"], { LP_NATIVE_VECTOR_WIDTH: "256" });
    assertStringIncludes(out, "subgroups of 8");
    assertEquals(code, 0, out.slice(-2000));
  });
});

const SIZE = 6;

/** A kernel that should double its input: `body` may read `x[i]` and write `out[i]`. */
function doubling(
  body: string,
  more: { inputs?: KernelCase["inputs"]; before?: (gpu: Gpu) => void } = {},
): KernelCase {
  const code = bindings(["x: f32", "out out: f32"], ["salt"]) + entry(8, 0) +
    `  let i = local;\n  ${body}\n}\n`;
  return {
    name: "doubling",
    inputs: more.inputs ?? { x: { data: Float32Array.of(1, 2, 3, 4, 5, 6), shape: [SIZE] } },
    run: (gpu, { x }) => {
      more.before?.(gpu);
      const out = gpu.empty([SIZE]);
      // Numbers that change from one run to the next, as a clock or a race would.
      const salt = runs++;
      gpu.dispatch(gpu.kernel(`doubling ${body}`, () => code), [x, out], [1], [salt]);
      return { out };
    },
    reference: ({ x }) => ({ out: x.map((value) => 2 * value) }),
    tolerance: { out: { absolute: 1e-4, relative: 0 } },
  };
}
let runs = 0;

const WHOLE = `if (i < ${SIZE}u) { out[i] = 2.0 * x[i]; }`;

async function failedOutputs(test: KernelCase): Promise<Verdict[]> {
  const gpu = await Gpu.open();
  const verdicts = await verifyCase(gpu, "test", test);
  gpu.destroy();
  return verdicts.filter(({ passed }) => !passed);
}

const names = (verdicts: readonly Verdict[]): string[] => verdicts.map(({ output }) => output);

Deno.test("a right kernel passes", async () => {
  assertEquals(await failedOutputs(doubling(WHOLE)), []);
});

Deno.test("a kernel that leaves a gap is found out, and where", async () => {
  const [gap, ...rest] = await failedOutputs(
    doubling(`if (i < ${SIZE}u && i != 4u) { out[i] = 2.0 * x[i]; }`),
  );
  assertEquals([gap.output, gap.index, gap.worstAbsolute], ["out", 4, Infinity]);
  assertEquals(rest, []);
});

Deno.test("a wrong value is found out, and where", async () => {
  const [wrong] = await failedOutputs(
    doubling(`if (i < ${SIZE}u) { out[i] = 2.0 * x[i] + select(0.0, 1.0e-3, i == 2u); }`),
  );
  assertEquals([wrong.output, wrong.index], ["out", 2]);
});

Deno.test("a kernel that gives other bits within its bound is found out", async () => {
  const verdicts = await failedOutputs(
    doubling(`if (i < ${SIZE}u) { out[i] = 2.0 * x[i] + 1.0e-6 * f32(params.salt % 7u); }`),
  );
  assertEquals(names(verdicts), ["repeat has other bits"]);
});

Deno.test("a kernel that leaks a buffer is found out", async () => {
  const verdicts = await failedOutputs(
    doubling(WHOLE, { before: (gpu) => gpu.own(gpu.empty([4])) }),
  );
  assertEquals(names(verdicts), ["buffers left over"]);
});

Deno.test("a kernel that returns fewer numbers or no output is found out", async () => {
  const test = doubling(WHOLE);
  const none = { ...test, run: () => ({}) };
  const short: KernelCase = {
    ...test,
    run: (gpu, inputs) => ({ out: test.run(gpu, inputs).out.slice(0, SIZE - 1) }),
  };
  for (const wrong of [none, short]) assertEquals(names(await failedOutputs(wrong)), ["out"]);
});

Deno.test("a case whose feature the adapter lacks is counted as skipped", async () => {
  const gpu = await Gpu.open();
  const test: KernelCase = { ...doubling(WHOLE), needs: "shader-f16" };
  const suite = { name: "test", cases: () => [test] };
  const { passed, skipped } = await verify(gpu, [suite], () => undefined);
  assertEquals([passed > 0, skipped], gpu.f16 ? [true, 0] : [false, 1]);
  Object.defineProperty(gpu.device, "features", { value: new Set() });
  assertEquals(await verify(gpu, [suite], () => undefined), { passed: 0, failed: 0, skipped: 1 });
  gpu.destroy();
});

Deno.test("a reference whose gradient is wrong is found out", async () => {
  const test = doubling(WHOLE);
  const wrong: KernelCase = {
    ...test,
    inputs: { ...test.inputs, dOut: { data: new Float32Array(SIZE).fill(1), shape: [SIZE] } },
    run: (gpu, inputs) => ({ ...test.run(gpu, inputs), dX: inputs.dOut }),
    reference: (inputs) => ({ ...test.reference(inputs), dX: inputs.dOut }),
    tolerance: { ...test.tolerance, dX: { absolute: 0, relative: 0 } },
    differentiable: { outputs: { out: "dOut" }, inputs: { x: "dX" } },
  };
  assertEquals(names(await failedOutputs(wrong)), ["dX by differences"]);
});

Deno.test("what is not a number fails on either side, and the table says so", () => {
  const bound = { absolute: 1, relative: 1 };
  for (
    const [found, expected] of [[NaN, 1], [1, NaN], [NaN, NaN], [Infinity, Infinity], [
      1,
      -Infinity,
    ]]
  ) {
    const verdict = compare("n", "o", [0, found, 0], [0, expected, 0], bound);
    assertEquals([verdict.passed, verdict.index, verdict.worstAbsolute], [false, 1, Infinity]);
  }
  const close = compare("n", "o", [1, 5], [1.5, 2], bound);
  assertEquals([close.passed, close.index, close.worstAbsolute], [true, 1, 3]);
});
