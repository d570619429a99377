import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { adamw, adamwSettings, gradientNorm } from "../../kernels/adamw/mod.ts";
import { ConfigError, ShapeError } from "../../src/base/errors.ts";
import { Gpu } from "../../src/gpu/gpu.ts";

const OPTIONS = {
  learningRate: 0.1,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0.01,
  maxNorm: Infinity,
};

async function steps(gpu: Gpu, gradients: readonly number[], maxNorm = Infinity) {
  const parameters = gpu.upload(Float32Array.of(1, 1));
  const [firstMoment, secondMoment] = [gpu.zeros([2]), gpu.zeros([2])];
  for (const [t, g] of gradients.entries()) {
    const gradient = gpu.upload(Float32Array.of(g, g));
    const settings = gpu.upload(adamwSettings(t + 1, { ...OPTIONS, maxNorm }));
    const norm = gradientNorm(gpu, gradient);
    const vectors = { parameters, gradient, firstMoment, secondMoment };
    adamw(gpu, { ...vectors, norm, settings, decayed: 1 });
  }
  const [p, m, v] = await gpu.read(parameters, firstMoment, secondMoment);
  return { p: [...p], m: [...m], v: [...v] };
}

Deno.test("adamw: worked steps, with and without decay", async () => {
  const gpu = await Gpu.open();
  // Step 1 moves by the learning rate against the sign of g: 1·(1 − 0.001) − 0.1 and 1 − 0.1.
  const { p: first } = await steps(gpu, [0.5]);
  assertAlmostEquals(first[0], 0.899, 1e-6);
  assertAlmostEquals(first[1], 0.9, 1e-6);
  // Step 2 with g = −0.5: m = 0.045 − 0.05 = −0.005, over 1 − 0.81; v over its correction is 0.25.
  const { p: second } = await steps(gpu, [0.5, -0.5]);
  const step = 0.1 * (-0.005 / 0.19) / 0.5;
  assertAlmostEquals(second[0], 0.899 * 0.999 - step, 1e-6);
  assertAlmostEquals(second[1], 0.9 - step, 1e-6);
  gpu.destroy();
});

Deno.test("adamw: clipping scales the gradient to the norm, and never up", async () => {
  const gpu = await Gpu.open();
  const clipped = await steps(gpu, [300], 2);
  assertAlmostEquals(clipped.m[0], 0.1 * Math.SQRT2, 1e-6);
  const small = await steps(gpu, [0.01], 2);
  assertAlmostEquals(small.m[0], 0.001, 1e-9);
  gpu.destroy();
});

Deno.test("adamw: a norm that is not finite leaves everything as it was", async () => {
  const gpu = await Gpu.open();
  const before = await steps(gpu, [0.5]);
  for (const bad of [NaN, Infinity, -Infinity, 3e38]) {
    assertEquals(await steps(gpu, [0.5, bad]), before);
    const gradient = new Float32Array(1001);
    gradient[1000] = bad;
    const [norm] = await gpu.readFloats(gradientNorm(gpu, gpu.upload(gradient)));
    assert(!Number.isFinite(norm), `${bad} gave a norm of ${norm}`);
  }
  gpu.destroy();
});

Deno.test("adamw: settings out of range are named", () => {
  const refuse = (change: Partial<typeof OPTIONS>, text: string) =>
    assertThrows(() => adamwSettings(1, { ...OPTIONS, ...change }), ConfigError, text);
  refuse({ learningRate: NaN }, "found learningRate of NaN, expected 0 or more");
  refuse({ beta1: 1 }, "found beta1 of 1");
  refuse({ beta2: 1 - 1e-12 }, "found beta2");
  refuse({ epsilon: 0 }, "found epsilon of 0, expected more than 0");
  refuse({ weightDecay: -1 }, "found weightDecay of -1");
  refuse({ maxNorm: 0 }, "found maxNorm of 0");
  assertThrows(() => adamwSettings(0, OPTIONS), ConfigError, "found step 0");
});

Deno.test("adamw: vectors of other sizes are named", async () => {
  const gpu = await Gpu.open();
  const vector = () => gpu.zeros([4]);
  const vectors = { parameters: vector(), gradient: vector(), firstMoment: vector() };
  const rest = { norm: gpu.zeros([1]), settings: gpu.zeros([8]), decayed: 0 };
  assertThrows(
    () => adamw(gpu, { ...vectors, secondMoment: gpu.zeros([5]), ...rest }),
    ShapeError,
    "found secondMoment of [5], expected [4]",
  );
  gpu.destroy();
});
