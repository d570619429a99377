import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { adamw, adamwSettings, gradientNorm } from "../../kernels/adamw/mod.ts";
import { embedding, embeddingBackward, makeRowIndex } from "../../kernels/embedding/mod.ts";
import { matmul, matmulTransposeA, packTransposed } from "../../kernels/matmul/mod.ts";
import type { Gpu } from "../../src/gpu/gpu.ts";
import { withGpu } from "../gpu/with_gpu.ts";

// 160 MiB an array: more than the 128 MiB that WebGPU promises of one binding, and lavapipe's limit.
// A device that binds more is held to that.
const LIMIT = 2 ** 27;

const onLimited = (body: (gpu: Gpu) => Promise<void>) => () =>
  withGpu((gpu) => {
    gpu.bindingLimit = Math.min(gpu.bindingLimit, LIMIT);
    return body(gpu);
  });

Deno.test(
  "large: norm and AdamW over 42 million parameters",
  onLimited(async (gpu) => {
    const size = 42_000_000;
    const slope = (i: number) => i % 7;
    gpu.openScope();
    const gradient = gpu.upload(Float32Array.from({ length: size }, (_, i) => slope(i)));
    const [parameters, firstMoment, secondMoment] = [1, 2, 3].map(() => gpu.zeros([size]));
    const norm = gradientNorm(gpu, gradient);
    const settings = gpu.upload(adamwSettings(1, {
      learningRate: 0.5,
      beta1: 0.9,
      beta2: 0.99,
      epsilon: 1e-20,
      weightDecay: 0,
      maxNorm: Infinity,
    }));
    const moments = { firstMoment, secondMoment };
    adamw(gpu, { parameters, gradient, ...moments, decayed: size, norm, settings });
    const [found, length] = await gpu.read(parameters, norm);
    // Squares of 0 to 6 are 91 in all; the first step of Adam is the sign of the gradient.
    assertAlmostEquals(length[0] / Math.sqrt(size / 7 * 91), 1, 1e-5);
    const wrong = found.findIndex((x, i) => !(Math.abs(x - (slope(i) ? -0.5 : 0)) < 1e-5));
    assertEquals(wrong, -1, `parameter ${wrong} is ${found[wrong]}`);
    gpu.closeScope();
  }),
);

Deno.test(
  "large: products with a weight of 160 MiB, its gradient and its rows",
  onLimited(async (gpu) => {
    const [vocabulary, dim, rows] = [40_960, 1024, 3];
    gpu.openScope();
    const w = gpu.upload(
      Float32Array.from({ length: vocabulary * dim }, (_, i) => Math.floor(i / dim) % 5),
      [vocabulary, dim],
    );
    const x = gpu.upload(new Float32Array(rows * dim).fill(1), [rows, dim]);
    const out = matmul(gpu, { a: x, b: packTransposed(gpu, w) });
    const ones = gpu.upload(new Float32Array(rows * vocabulary).fill(1), [rows, vocabulary]);
    const dX = matmul(gpu, { a: ones, b: w });
    const ids = Int32Array.of(3, 40_959, 0, 33_001);
    const picked = embedding(gpu, w, gpu.upload(ids));
    const dW = { array: gpu.empty([vocabulary, dim]), accumulate: false };
    matmulTransposeA(gpu, out, x, dW);
    embeddingBackward(gpu, picked, makeRowIndex(gpu, ids, vocabulary), { ...dW, accumulate: true });
    const [found, back, taken, gradient] = await gpu.read(out, dX, picked, dW.array);
    assert(found.every((value, i) => value === dim * (i % vocabulary % 5)));
    const sum = Array.from({ length: vocabulary }, (_, i) => i % 5).reduce((a, b) => a + b);
    assert(back.every((value) => value === sum));
    assert(taken.every((value, i) => value === ids[Math.floor(i / dim)] % 5));
    const wrong = gradient.findIndex((value, i) => {
      const row = Math.floor(i / dim);
      return value !== rows * dim * (row % 5) + (ids.includes(row) ? row % 5 : 0);
    });
    assertEquals(wrong, -1, `gradient ${wrong} is ${gradient[wrong]}`);
    gpu.closeScope();
  }),
);
