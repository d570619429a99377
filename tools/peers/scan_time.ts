/**
 * Times the kit's selective scan beside two others in one run, in turn: a C kernel on as many threads,
 * and the plain WGSL that one writes first, a thread a channel.
 *
 *     deno run -A tools/run.ts run -A tools/peers/scan_time.ts
 *
 * @module
 */
import { randomTensor } from "../../kernels/case.ts";
import { selectiveScan } from "../../kernels/selective_scan/mod.ts";
import { ConfigError } from "../../src/base/errors.ts";
import { parseFlags } from "../../src/cli/args.ts";
import { markdownTable } from "../../src/cli/bench/table.ts";
import { type Command, runCommand } from "../../src/cli/command.ts";
import type { GpuArray } from "../../src/gpu/array.ts";
import { Gpu } from "../../src/gpu/gpu.ts";
import { softwareThreads } from "../adapter.ts";
import {
  type Comparison,
  COMPARISON_HEADING,
  comparisonCells,
  type Timed,
  timeInTurn,
} from "./in_turn.ts";
import { inPeerFolder, PeerError, THREADS } from "./python.ts";
import {
  buildScan,
  type InstructionSet,
  openScan,
  processorSets,
  type ScanLibrary,
} from "./scan_c.ts";

/** Batch, tokens and channels; 16 states each. */
const SHAPES: readonly Shape[] = [[16, 256, 128], [1, 4096, 512], [1, 65_536, 512]];
const STATE = 16;
const TIMING = { repeats: 9, longEnough: 150 };
/** Largest difference from the C kernel's output, as a share of the largest output. */
const SAME = 1e-5;

/** The scan's inputs on the host; A is negative. */
type Inputs = Readonly<Record<(typeof NAMES)[number], Float32Array<ArrayBuffer>>>;
const NAMES = ["u", "delta", "A", "B", "C", "D", "z", "deltaBias"] as const;

function makeInputs([batch, length, dim]: Shape): Inputs {
  const make = (name: string, ...shape: number[]) =>
    randomTensor(`peers/scan/${name}`, shape).data as Float32Array<ArrayBuffer>;
  return {
    u: make("u", batch, length, dim),
    delta: make("delta", batch, length, dim),
    A: make("A", dim, STATE).map((x) => -Math.exp(x)),
    B: make("B", batch, length, STATE),
    C: make("C", batch, length, STATE),
    D: make("D", dim),
    z: make("z", batch, length, dim),
    deltaBias: make("deltaBias", dim),
  };
}

type Shape = readonly [batch: number, tokens: number, channels: number];

/** One of the scans over one set of inputs. */
interface Side {
  readonly name: string;
  readonly run: Timed;
  readonly read: () => Promise<Float32Array>;
}

/** The library for a set of instructions. */
interface CScan {
  readonly set: InstructionSet;
  readonly library: ScanLibrary;
}

function cSide({ set, library }: CScan, shape: Shape, inputs: Inputs, threads: number): Side {
  const [batch, length, dim] = shape;
  const A = new Float32Array(inputs.A.length);
  // The kernel wants channels side by side, and units of log2.
  inputs.A.forEach((x, i) => A[(i % STATE) * dim + Math.floor(i / STATE)] = x * Math.LOG2E);
  const out = new Float32Array(inputs.u.length);
  const { u, delta, B, C, D, z, deltaBias } = inputs;
  const arrays = [u, delta, A, B, C, D, z, deltaBias, out, null] as const;
  return {
    name: `C, ${set}, ${threads} threads`,
    run(times) {
      const start = performance.now();
      for (let i = 0; i < times; i++) {
        library.symbols.selective_scan(batch, length, dim, threads, ...arrays);
      }
      return performance.now() - start;
    },
    read: () => Promise.resolve(out),
  };
}

/** A side on the GPU; what waiting for an idle device costs is taken off, for C waits for nothing. */
function gpuSide(name: string, gpu: Gpu, encode: () => void, out: () => GpuArray): Side {
  const timed = async (times: number) => {
    const start = performance.now();
    for (let i = 0; i < times; i++) encode();
    await gpu.sync();
    return performance.now() - start;
  };
  return {
    name,
    run: async (times) => Math.max(1e-3, await timed(times) - await timed(0)),
    read: () => gpu.readFloats(out()),
  };
}

function kitSide(gpu: Gpu, shape: Shape, arrays: Arrays): Side {
  const A = arrays.A.reshape([shape[2], STATE]);
  let out: GpuArray | undefined;
  const encode = () => {
    if (out) gpu.release(out);
    out = selectiveScan(gpu, { ...arrays, A }, { deltaSoftplus: true, timeMajor: true }).out;
  };
  return gpuSide("the kit", gpu, encode, () => out!);
}

type Arrays = Readonly<Record<(typeof NAMES)[number], GpuArray>>;

function upload(gpu: Gpu, [batch, length, dim]: Shape, inputs: Inputs): Arrays {
  const shapes = {
    u: [batch, length, dim],
    delta: [batch, length, dim],
    A: [dim, STATE],
    B: [batch, length, STATE],
    C: [batch, length, STATE],
    D: [dim],
    z: [batch, length, dim],
    deltaBias: [dim],
  };
  const entries = NAMES.map((name) => [name, gpu.upload(inputs[name], shapes[name])] as const);
  return Object.fromEntries(entries) as Arrays;
}

/** A thread a channel, every operand from memory where it is needed, as one first writes it. */
const plainCode = ([, length, dim]: Shape) => `
${
  [...NAMES, "result"].map((name, i) =>
    `@group(0) @binding(${i}) var<storage, ${
      i < NAMES.length ? "read" : "read_write"
    }> ${name}: array<f32>;`
  ).join("\n")
}
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let d = id.x;
  if (d >= ${dim}u) { return; }
  var h: array<f32, ${STATE}>;
  for (var t = 0u; t < ${length}u; t++) {
    let row = id.y * ${length}u + t;
    let at = row * ${dim}u + d;
    let raw = delta[at] + deltaBias[d];
    let step = max(raw, 0.0) + log(1.0 + exp(-abs(raw)));
    var y = D[d] * u[at];
    for (var n = 0u; n < ${STATE}u; n++) {
      h[n] = exp(step * A[d * ${STATE}u + n]) * h[n] + step * u[at] * B[row * ${STATE}u + n];
      y += h[n] * C[row * ${STATE}u + n];
    }
    result[at] = y * z[at] / (1.0 + exp(-z[at]));
  }
}`;

function plainSide(gpu: Gpu, shape: Shape, arrays: Arrays): Side {
  const [batch, length, dim] = shape;
  const out = gpu.empty([batch, length, dim]);
  const kernel = gpu.kernel(`plainScan ${shape}`, () => plainCode(shape));
  const inputs = NAMES.map((name) => arrays[name]);
  const encode = () => gpu.dispatch(kernel, [...inputs, out], [Math.ceil(dim / 64), batch]);
  return gpuSide("plain WGSL", gpu, encode, () => out);
}

/** @throws {PeerError} where the sides do not compute the same. */
async function compareOutputs(sides: readonly Side[]): Promise<void> {
  const [first, ...others] = await Promise.all(sides.map((side) => side.read()));
  const largest = first.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  others.forEach((out, i) => {
    const worst = out.reduce((most, x, j) => Math.max(most, Math.abs(x - first[j])), 0) / largest;
    if (!(worst <= SAME)) {
      throw new PeerError(
        `comparing scans: found ${sides[i + 1].name} ${worst.toExponential(1)} off ${
          sides[0].name
        }, expected at most ${SAME}`,
      );
    }
  });
}

async function compareShape(
  gpu: Gpu,
  libraries: readonly CScan[],
  shape: Shape,
  threads: number,
): Promise<Comparison> {
  gpu.openScope();
  try {
    const inputs = makeInputs(shape);
    const arrays = upload(gpu, shape, inputs);
    const sides = [
      kitSide(gpu, shape, arrays),
      ...libraries.map((library) => cSide(library, shape, inputs, threads)),
    ];
    // lavapipe ends a thread's loops after 65,535 rounds; the plain kernel cannot run longer ones.
    if (shape[1] * (STATE + 1) < 65_535) sides.push(plainSide(gpu, shape, arrays));
    const times = await timeInTurn(sides.map(({ run }) => run), TIMING);
    await compareOutputs(sides);
    return {
      operation: "selective scan",
      shape: `${shape.join("×")}, ${STATE} states`,
      operations: null,
      sides: sides.map(({ name }, i) => ({ name, times: times[i] })),
    };
  } finally {
    gpu.closeScope();
  }
}

/**
 * Times the forward scan in the kit, in C where there is a compiler, and in plain WGSL.
 *
 * @param say Told where C is left out, and why.
 * @throws {PeerError} where the sides do not compute the same.
 */
export async function compareScan(
  gpu: Gpu,
  { threads, shapes = SHAPES, say }: {
    readonly threads: number;
    readonly shapes?: readonly Shape[];
    readonly say: (line: string) => void;
  },
): Promise<Comparison[]> {
  return await inPeerFolder(async (folder) => {
    const libraries: CScan[] = [];
    try {
      for (const set of await processorSets()) {
        libraries.push({ set, library: openScan(await buildScan(folder, set)) });
      }
    } catch (error) {
      say(`ABSENT: C, ${error instanceof Error ? error.message : String(error)}`);
    }
    try {
      const comparisons: Comparison[] = [];
      for (const shape of shapes) {
        comparisons.push(await compareShape(gpu, libraries, shape, threads));
      }
      return comparisons;
    } finally {
      for (const { library } of libraries) library.close();
    }
  });
}

/** The command. */
export const command: Command = {
  summary: "time the selective scan beside a C kernel and plain WGSL, in turn",
  usage: `
deno run -A tools/run.ts run -A tools/peers/scan_time.ts [--threads N]

  --threads N   threads of the C kernel, cores of a software adapter (${THREADS})

Takes a C compiler (cc, or the one named in CC); C is built for AVX, AVX2 with FMA, and
AVX-512 where the processor has it. Forward, with softplus, skip and gate, f32.`,
  async run(args) {
    const { flags: { threads = THREADS } } = parseFlags(args, { threads: "integer" });
    if (threads < 1 || threads > 64) {
      throw new ConfigError(`command line: found --threads=${threads}, expected 1 to 64`);
    }
    // Mesa's software adapter reads this when the device is opened.
    Deno.env.set("LP_NUM_THREADS", softwareThreads(threads));
    const gpu = await Gpu.open();
    try {
      const found = await compareScan(gpu, { threads, say: console.error });
      const table = markdownTable(COMPARISON_HEADING, comparisonCells(found));
      console.log(`Adapter: ${gpu.facts.adapter}\n\n${table}`);
      return 0;
    } finally {
      gpu.destroy();
    }
  },
};

if (import.meta.main) Deno.exit(await runCommand("scan_time", command, Deno.args));
