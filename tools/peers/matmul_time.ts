/**
 * Times the kit's matrix product beside the WebGPU backends of TensorFlow.js and jax-js, in turn, on the
 * same adapter in one run:
 *
 *     deno run -A tools/run.ts run -A --no-lock tools/peers/matmul_time.ts
 *
 * @module
 */
import { matmul } from "../../kernels/matmul/mod.ts";
import { randomTensor } from "../../kernels/case.ts";
import { parseFlags } from "../../src/cli/args.ts";
import { markdownTable } from "../../src/cli/bench/table.ts";
import { type Command, runCommand } from "../../src/cli/command.ts";
import type { GpuArray } from "../../src/gpu/array.ts";
import { Gpu } from "../../src/gpu/gpu.ts";
import { timeCells, timeInTurn } from "./in_turn.ts";
import { PeerError } from "./python.ts";

/** Rows, contracted axis, columns. */
const SHAPES = [[512, 512, 512], [1024, 1024, 1024], [4096, 256, 768]] as const;
const TIMING = { repeats: 7, longEnough: 200 };
/** Largest difference between two products, as a share of the largest element. */
const SAME = 1e-4;

// Not dependencies of the kit: fetched when this runs, with the versions last measured.
const TFJS = "4.22.0";
const JAX = "0.1.25";

type Shape = (typeof SHAPES)[number];
type Floats = Float32Array<ArrayBuffer>;

/** One library with its operands on the device. */
interface Side {
  readonly name: string;
  /** Encodes so many products and waits for the last. */
  readonly run: (times: number) => Promise<void>;
  readonly read: () => Promise<ArrayLike<number>>;
  readonly release: () => void;
}

/** Uploads two matrices and yields a side over them. */
type MakeSide = (shape: Shape, a: Floats, b: Floats) => Side | Promise<Side>;

function kit(gpu: Gpu): MakeSide {
  return ([m, k, n], a, b) => {
    const [left, right] = [gpu.upload(a, [m, k]), gpu.upload(b, [k, n])];
    let out: GpuArray | undefined;
    const product = () => {
      if (out) gpu.release(out);
      out = matmul(gpu, { a: left, b: right });
    };
    return {
      name: "the kit",
      async run(times) {
        for (let i = 0; i < times; i++) product();
        await gpu.sync();
      },
      read: () => gpu.readFloats(out!),
      release: () => [left, right, out!].forEach((array) => gpu.release(array)),
    };
  };
}

/** What is used of TensorFlow.js. */
interface TfTensor {
  data(): Promise<Float32Array>;
  dispose(): void;
}
interface TfCore {
  setBackend(name: string): Promise<boolean>;
  tensor2d(data: Float32Array, shape: readonly number[]): TfTensor;
  matMul(a: TfTensor, b: TfTensor): TfTensor;
}

async function tensorFlow(): Promise<MakeSide> {
  const tf = await import(`npm:@tensorflow/tfjs-core@${TFJS}`) as TfCore;
  await import(`npm:@tensorflow/tfjs-backend-webgpu@${TFJS}`);
  if (!await tf.setBackend("webgpu")) {
    throw new PeerError("TensorFlow.js: found no WebGPU backend on this adapter, expected one");
  }
  return ([m, k, n], a, b) => {
    const [left, right] = [tf.tensor2d(a, [m, k]), tf.tensor2d(b, [k, n])];
    let out: TfTensor | undefined;
    const product = () => {
      out?.dispose();
      out = tf.matMul(left, right);
    };
    return {
      name: `TensorFlow.js ${TFJS}`,
      async run(times) {
        for (let i = 0; i < times; i++) product();
        await out!.data();
      },
      read: () => out!.data(),
      release: () => [left, right, out!].forEach((tensor) => tensor.dispose()),
    };
  };
}

/** What is used of jax-js, whose operations use up a reference to each operand. */
interface JaxArray {
  readonly ref: JaxArray;
  reshape(shape: readonly number[]): JaxArray;
  blockUntilReady(): Promise<JaxArray>;
  data(): Promise<Float32Array>;
  dispose(): void;
}
interface Jax {
  init(): Promise<readonly string[]>;
  defaultDevice(name: string): void;
  readonly numpy: {
    array(data: Float32Array): JaxArray;
    dot(a: JaxArray, b: JaxArray): JaxArray;
  };
}

async function jaxJs(): Promise<MakeSide> {
  const jax = await import(`npm:@jax-js/jax@${JAX}`) as Jax;
  const devices = await jax.init();
  if (!devices.includes("webgpu")) {
    throw new PeerError(`jax-js: found devices ${devices}, expected webgpu among them`);
  }
  jax.defaultDevice("webgpu");
  const np = jax.numpy;
  return async ([m, k, n], a, b) => {
    const [left, right] = [
      np.array(a.slice()).reshape([m, k]),
      np.array(b.slice()).reshape([k, n]),
    ];
    await left.ref.blockUntilReady();
    await right.ref.blockUntilReady();
    return {
      name: `jax-js ${JAX}`,
      async run(times) {
        const made = Array.from({ length: times }, () => np.dot(left.ref, right.ref));
        await Promise.all(made.map((array) => array.ref.blockUntilReady()));
        made.forEach((array) => array.dispose());
      },
      read: async () => await np.dot(left.ref, right.ref).data(),
      release: () => [left, right].forEach((array) => array.dispose()),
    };
  };
}

/** Milliseconds of so many runs. */
async function time(side: Side, times: number): Promise<number> {
  const start = performance.now();
  await side.run(times);
  return performance.now() - start;
}

/** @throws {PeerError} where a product is not the kit's. */
async function compareProducts(sides: readonly Side[]): Promise<void> {
  const [own, ...others] = await Promise.all(sides.map((side) => side.read()));
  const largest = Array.prototype.reduce.call(own, maximum, 0) as number;
  others.forEach((other, i) => {
    let off = 0;
    for (let j = 0; j < own.length; j++) off = Math.max(off, Math.abs(own[j] - other[j]));
    if (!(off / largest <= SAME)) {
      throw new PeerError(
        `comparing products: found ${sides[i + 1].name} ${
          (off / largest).toExponential(1)
        } off the ` +
          `kit, expected at most ${SAME}`,
      );
    }
  });
}

const maximum = (most: unknown, x: unknown): number => Math.max(Number(most), Math.abs(Number(x)));

async function rows(makers: readonly MakeSide[], shape: Shape): Promise<string[][]> {
  const [m, k, n] = shape;
  const operand = (name: string, size: readonly number[]) =>
    randomTensor(`peers/matmul/${name}`, size).data as Floats;
  const [a, b] = [operand("a", [m, k]), operand("b", [k, n])];
  const sides: Side[] = [];
  for (const make of makers) sides.push(await make(shape, a, b));
  try {
    const timed = sides.map((side) => async (times: number) => await time(side, times));
    const times = await timeInTurn(timed, TIMING);
    await compareProducts(sides);
    return sides.map(({ name }, i) => [
      shape.join("×"),
      name,
      (2 * m * k * n / times[i].median / 1e6).toFixed(1),
      ...timeCells(times, i),
    ]);
  } finally {
    for (const side of sides) side.release();
  }
}

/** The command. */
export const command: Command = {
  summary: "time matrix products beside TensorFlow.js and jax-js on WebGPU, in turn",
  usage: `
deno run -A tools/run.ts run -A --no-lock tools/peers/matmul_time.ts

Fetches both from npm. f32, operands on the device, B as it comes (not packed).`,
  async run(args) {
    parseFlags(args, {});
    const gpu = await Gpu.open();
    const makers = [kit(gpu), await tensorFlow(), await jaxJs()];
    const table: string[][] = [];
    for (const shape of SHAPES) table.push(...await rows(makers, shape));
    gpu.destroy();
    const heading = ["m×k×n", "library", "GFLOP/s", "median ms", "range", "of the kit's time"];
    console.log(`Adapter: ${gpu.facts.adapter}\n\n${markdownTable(heading, table)}`);
    return 0;
  },
};

if (import.meta.main) Deno.exit(await runCommand("matmul_time", command, Deno.args));
