/**
 * Shapes on which `deno task verify` proves the choice of tokens.
 *
 * @module
 */
import { Rng } from "../../src/base/rng.ts";
import { type HostTensor, type KernelCase, type KernelSuite, randomTensor } from "../case.ts";
import { argmax, sample, type SampleOptions } from "./mod.ts";
import { argmaxReference, type Drawn, sampleReference } from "./reference.ts";

interface Shape {
  readonly rows: number;
  readonly vocabulary: number;
  /** Columns of the logits; the vocabulary where absent. */
  readonly width?: number;
  /** Columns of other numbers on either side of every row. */
  readonly margin?: number;
  /** Rounds logits to a quarter, so that many are tied. */
  readonly ties?: boolean;
  readonly temperature?: number;
  readonly topK?: number;
  readonly topP?: number;
}

const EXACT = { absolute: 0, relative: 0 };
/** Uniform numbers closer than this to where the choice changes are drawn again. */
const CLEAR = 3e-6;
const TRIES = 200;

/** Uniform numbers at which float32 and float64 cannot differ in their choice. */
function clearUniforms(seed: string, rows: number, draw: (r: number, u: number) => Drawn) {
  const rng = new Rng(seed);
  const uniforms = Float32Array.from({ length: rows }, (_, r) => {
    for (let tries = 0; tries < TRIES; tries++) {
      // Rounding to float32 must not reach 1.
      const u = Math.fround(rng.uniform() * (1 - 2 ** -24));
      if (draw(r, u).margin > CLEAR) return u;
    }
    return 0.5;
  });
  return { data: uniforms, shape: [rows] };
}

function pickCase(name: string, shape: Shape): KernelCase {
  const { rows, vocabulary, width = vocabulary, margin = 0, ties = false } = shape;
  const { temperature = 1, topK = 0, topP = 1 } = shape;
  const options: SampleOptions = { vocabulary, temperature, topK, topP };
  const columns = width + 2 * margin;
  const logits: HostTensor = randomTensor(`sampling/${name}`, [rows, columns], 3);
  if (ties) logits.data.forEach((x, i) => logits.data[i] = Math.round(4 * x) / 4);
  const draw = (all: ArrayLike<number>) => (r: number, u: number) => {
    const start = r * columns + margin;
    const row = Float64Array.from({ length: vocabulary }, (_, v) => all[start + v]);
    return sampleReference(row, options, u);
  };
  const uniforms = clearUniforms(`sampling/${name}/uniforms`, rows, draw(logits.data));
  return {
    name,
    inputs: { logits, uniforms },
    run: (gpu, { logits, uniforms }) => {
      const view = logits.slice(margin, margin + width);
      return {
        largest: argmax(gpu, view, vocabulary),
        drawn: sample(gpu, view, options, uniforms),
      };
    },
    reference: ({ logits, uniforms }) => ({
      largest: argmaxReference(
        logits.filter((_, i) => i % columns >= margin && i % columns < margin + width),
        width,
        vocabulary,
      ),
      drawn: uniforms.map((u, r) => draw(logits)(r, u).choice),
    }),
    tolerance: { largest: EXACT, drawn: EXACT },
  };
}

/** The choice of tokens. */
export const suite: KernelSuite = {
  name: "sampling",
  cases: () => [
    pickCase("1×1", { rows: 1, vocabulary: 1 }),
    pickCase("1×296", { rows: 1, vocabulary: 296 }),
    pickCase("372×293 of 296, temperature 0.7", {
      rows: 372,
      vocabulary: 293,
      width: 296,
      temperature: 0.7,
    }),
    pickCase("65×296, top 10", { rows: 65, vocabulary: 296, topK: 10 }),
    pickCase("65×296, top 10, ties", { rows: 65, vocabulary: 296, topK: 10, ties: true }),
    pickCase("784×61, top 0.9", { rows: 784, vocabulary: 61, topP: 0.9 }),
    pickCase("1134×293 of 296, top 50 and 0.8, temperature 1.3, ties", {
      rows: 1134,
      vocabulary: 293,
      width: 296,
      temperature: 1.3,
      topK: 50,
      topP: 0.8,
      ties: true,
    }),
    pickCase("33×290 of 296, strided by 4, top 0.5", {
      rows: 33,
      vocabulary: 290,
      width: 296,
      margin: 4,
      topP: 0.5,
    }),
    pickCase("33×61, strided by 3, top 1", { rows: 33, vocabulary: 61, margin: 3, topK: 1 }),
    pickCase("17×1499 of 1500, top 20", { rows: 17, vocabulary: 1499, width: 1500, topK: 20 }),
    pickCase("2×50277 of 50280, top 40 and 0.95", {
      rows: 2,
      vocabulary: 50277,
      width: 50280,
      topK: 40,
      topP: 0.95,
    }),
    pickCase("2×5001, temperature 0.5", { rows: 2, vocabulary: 5001, temperature: 0.5 }),
  ],
};
