/**
 * Times the kit's matrix product beside the WebGPU backends of TensorFlow.js and jax-js on the same
 * adapter, and beside PyTorch on the processor, in turn in one run:
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
import { readSafetensors, writeSafetensors } from "../../src/nn/safetensors.ts";
import type { GpuArray } from "../../src/gpu/array.ts";
import { Gpu } from "../../src/gpu/gpu.ts";
import { softwareThreads } from "../adapter.ts";
import { type Comparison, COMPARISON_HEADING, comparisonCells, timeInTurn } from "./in_turn.ts";
import { checkPython, inPeerFolder, PeerError, PeerProcess, THREADS } from "./python.ts";

/** Rows, contracted axis, columns. */
type Shape = readonly [m: number, k: number, n: number];
const SHAPES: readonly Shape[] = [[512, 512, 512], [1024, 1024, 1024], [4096, 256, 768]];
const TIMING = { repeats: 7, longEnough: 200 };
/** Largest difference between two products, as a share of the largest element. */
const SAME = 1e-4;

// Not dependencies of the kit: fetched when this runs, with the versions last measured.
const TFJS = "4.22.0";
const JAX = "0.1.25";

type Floats = Float32Array<ArrayBuffer>;

/** One library with its operands on the device. */
interface Side {
  readonly name: string;
  /** Encodes so many products and waits for the last. */
  readonly run: (times: number) => Promise<void>;
  readonly read: () => Promise<ArrayLike<number>>;
  readonly release: () => void | Promise<void>;
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

/** The process of `matmul_time.py`, which keeps the operands of one shape at a time. */
async function pyTorch(peer: PeerProcess, folder: string): Promise<MakeSide> {
  const { torch } = await peer.read() as { torch: string };
  return async ([m, k, n], a, b) => {
    await writeSafetensors(
      `${folder}/operands.safetensors`,
      new Map([["a", { shape: [m, k], data: a }], ["b", { shape: [k, n], data: b }]]),
    );
    await peer.ask("load");
    return {
      name: `PyTorch ${torch.split("+")[0]}`,
      run: async (times) => {
        await peer.ask(String(times));
      },
      async read() {
        await peer.ask("save");
        const { tensors } = await readSafetensors(`${folder}/product.safetensors`);
        return tensors.get("product")!.data;
      },
      release: () => undefined,
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

async function compareShape(makers: readonly MakeSide[], shape: Shape): Promise<Comparison> {
  const [m, k, n] = shape;
  const operand = (name: string, size: readonly number[]) =>
    randomTensor(`peers/matmul/${name}`, size).data as Floats;
  const [a, b] = [operand("a", [m, k]), operand("b", [k, n])];
  const sides: Side[] = [];
  try {
    for (const make of makers) sides.push(await make(shape, a, b));
    const timed = sides.map((side) => async (times: number) => await time(side, times));
    const times = await timeInTurn(timed, TIMING);
    await compareProducts(sides);
    return {
      operation: "matrix product",
      shape: shape.join("×"),
      operations: 2 * m * k * n,
      sides: sides.map(({ name }, i) => ({ name, times: times[i] })),
    };
  } finally {
    for (const side of sides) await side.release();
  }
}

/** A library that could not be had, and what to do. */
const ABSENT = "it is fetched from npm, so look for the network, and for --no-lock on the command";

/**
 * Times products in the kit and in every peer that is there.
 *
 * @param python An interpreter with PyTorch; without one PyTorch is left out.
 * @param shapes Rows, contracted axis and columns.
 * @param say Told of each peer that is left out, and why.
 * @throws {PeerError} where a product is not the kit's.
 */
export async function compareMatmul(
  gpu: Gpu,
  { python, threads, shapes = SHAPES, say }: {
    readonly python: string | undefined;
    readonly threads: number;
    readonly shapes?: readonly Shape[];
    readonly say: (line: string) => void;
  },
): Promise<Comparison[]> {
  const makers = [kit(gpu)];
  const peers = [["TensorFlow.js", tensorFlow], ["jax-js", jaxJs]] as const;
  for (const [name, load] of peers) {
    try {
      makers.push(await load());
    } catch (error) {
      say(`ABSENT: ${name}, found ${String(error).split("\n")[0]}; ${ABSENT}`);
    }
  }
  return await inPeerFolder(async (folder) => {
    const torch = python === undefined
      ? undefined
      : new PeerProcess(python, "matmul_time.py", folder, threads);
    try {
      if (torch) makers.push(await pyTorch(torch, folder));
      const comparisons: Comparison[] = [];
      for (const shape of shapes) comparisons.push(await compareShape(makers, shape));
      return comparisons;
    } finally {
      await torch?.close();
    }
  });
}

/** The command. */
export const command: Command = {
  summary: "time matrix products beside TensorFlow.js, jax-js and PyTorch, in turn",
  usage: `
deno run -A tools/run.ts run -A --no-lock tools/peers/matmul_time.ts [--python PATH] [--threads N]

  --python PATH   also times PyTorch's on the processor
  --threads N     threads of PyTorch, cores of a software adapter (${THREADS})

Fetches the others from npm. f32, operands on the device, B as it comes (not packed).`,
  async run(args) {
    const kinds = { python: "text", threads: "integer" } as const;
    const { flags: { threads = THREADS, ...flags } } = parseFlags(args, kinds);
    const python = flags.python === undefined ? undefined : await checkPython(flags.python);
    // Mesa's software adapter reads this when the device is opened.
    Deno.env.set("LP_NUM_THREADS", softwareThreads(threads));
    const gpu = await Gpu.open();
    try {
      const found = await compareMatmul(gpu, { python, threads, say: console.error });
      const table = markdownTable(COMPARISON_HEADING, comparisonCells(found));
      console.log(`Adapter: ${gpu.facts.adapter}\n\n${table}`);
      return 0;
    } finally {
      gpu.destroy();
    }
  },
};

if (import.meta.main) Deno.exit(await runCommand("matmul_time", command, Deno.args));
