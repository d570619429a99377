/**
 * Times the same training step in the kit and in PyTorch, in turn, on the same cores:
 *
 *     deno run -A tools/run.ts run -A tools/peers/step_time.ts --python venv/bin/python
 *
 * @module
 */
import { writeFileAtomic } from "../../src/base/files.ts";
import { ConfigError } from "../../src/base/errors.ts";
import { quantile } from "../../src/base/statistics.ts";
import { parseFlags } from "../../src/cli/args.ts";
import { type Command, runCommand } from "../../src/cli/command.ts";
import { Gpu } from "../../src/gpu/gpu.ts";
import type { Trainer } from "../../src/train/trainer.ts";
import {
  isBusy,
  type LoadSample,
  type OtherWork,
  otherWork,
  peakMemory,
  processorName,
  processorTime,
  sampleLoad,
} from "./load.ts";
import { checkPython, inPeerFolder, PeerError, PeerProcess } from "./python.ts";
import { BATCH, CONFIG, LENGTH, tinyTrainer, tinyWork, writeWork } from "./tiny_step.ts";

/** Steps of a block: the trainer synchronises once in so many. */
const STEPS = 10;
const REPEATS = 5;
const THREADS = 2;
/** Milliseconds before each block: threads that spin while they wait for work have gone to sleep. */
const PAUSE_MS = 300;
/** Milliseconds over which the machine is watched before the first block. */
const WATCH_MS = 2000;
/** Losses of the first block differ by no more than this share where both sides do the same. */
const SAME_LOSS = 1e-3;

/** One block of training steps. */
interface Block {
  readonly milliseconds: number;
  readonly losses: readonly number[];
}

/** One side of the comparison. */
interface Side {
  readonly pid: number;
  readonly block: () => Promise<Block>;
}

/** Milliseconds a step. */
interface StepTimes {
  /** Of the block before the measurement, which compiles kernels and fills caches. */
  readonly first: number;
  /** Of each block. */
  readonly blocks: readonly number[];
  /** Median over the blocks. */
  readonly median: number;
  /** Processor time a step over all blocks; null where the machine does not tell. */
  readonly processor: number | null;
  /** Most bytes that the process held at once; null where the machine does not tell. */
  readonly peakBytes: number | null;
  /** The same before the first step: the runtime and its libraries. */
  readonly startBytes: number | null;
}

/** What the measurement found. */
interface Comparison {
  readonly kit: StepTimes;
  readonly pytorch: StepTimes;
  /** Median of PyTorch's blocks over the kit's: above 1 the kit is faster. */
  readonly ratio: number;
  /** Smallest and largest ratio of a kit block and the PyTorch block after it. */
  readonly ratioRange: readonly [number, number];
  /** Largest relative difference of the losses in the first block. */
  readonly lossDifference: number;
}

/** The machine's other work, before and during the measurement. */
interface Load {
  readonly averageBefore: readonly number[];
  readonly averageAfter: readonly number[];
  readonly otherBefore: OtherWork | null;
  readonly otherDuring: OtherWork | null;
}

/** The median of at least one value. */
export function median(values: readonly number[]): number {
  return quantile(values.toSorted((a, b) => a - b), 0.5);
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

function kitSide(trainer: Trainer): Side {
  return {
    pid: Deno.pid,
    async block() {
      const from = trainer.step;
      const start = performance.now();
      await trainer.run(from + STEPS);
      const milliseconds = performance.now() - start;
      return { milliseconds, losses: trainer.log.slice(from).map(({ loss }) => loss) };
    },
  };
}

function pytorchSide(peer: PeerProcess): Side {
  return { pid: peer.pid, block: async () => await peer.ask(String(STEPS)) as Block };
}

/** Runs the sides' blocks in turn, and adds to `used` the processor time of each. */
async function inTurn(sides: readonly Side[], used: (number | null)[]): Promise<Block[]> {
  const blocks: Block[] = [];
  for (const [i, side] of sides.entries()) {
    await pause(PAUSE_MS);
    const before = await processorTime(side.pid);
    blocks.push(await side.block());
    const after = await processorTime(side.pid);
    const sum = used[i];
    used[i] = sum === null || before === null || after === null ? null : sum + after - before;
  }
  return blocks;
}

/** @throws {PeerError} where the sides do not train alike. */
function lossDifference([kit, pytorch]: readonly Block[]): number {
  const difference = Math.max(...kit.losses.map((x, i) => Math.abs(x / pytorch.losses[i] - 1)));
  if (!(difference <= SAME_LOSS)) {
    throw new PeerError(
      `comparing training steps: found losses ${kit.losses} and ${pytorch.losses}, expected them to ` +
        `agree within ${SAME_LOSS}; run step_gradients.ts to see which gradient differs`,
    );
  }
  return difference;
}

async function compare(sides: readonly Side[], repeats: number): Promise<Comparison> {
  const startBytes = await Promise.all(sides.map(({ pid }) => peakMemory(pid)));
  const first = await inTurn(sides, [0, 0]);
  const difference = lossDifference(first);
  const used = [0, 0];
  const rounds: number[][] = [];
  for (let i = 0; i < repeats; i++) {
    const blocks = await inTurn(sides, used);
    rounds.push(blocks.map(({ milliseconds }) => milliseconds / STEPS));
    console.error(`round ${i + 1} of ${repeats}: ${rounds[i].map(whole).join(" and ")} ms a step`);
  }
  const peakBytes = await Promise.all(sides.map(({ pid }) => peakMemory(pid)));
  const [kit, pytorch] = sides.map((_, i): StepTimes => {
    const blocks = rounds.map((round) => round[i]);
    return {
      first: first[i].milliseconds / STEPS,
      blocks,
      median: median(blocks),
      processor: used[i] === null ? null : used[i] / (repeats * STEPS),
      peakBytes: peakBytes[i],
      startBytes: startBytes[i],
    };
  });
  const ratios = rounds.map(([ours, theirs]) => theirs / ours);
  return {
    kit,
    pytorch,
    ratio: pytorch.median / kit.median,
    ratioRange: [Math.min(...ratios), Math.max(...ratios)],
    lossDifference: difference,
  };
}

const whole = (x: number): string => x.toFixed(0);
const known = (x: number | null, unit = 1): string => x === null ? "unknown" : whole(x / unit);

/** The table that the command prints. */
export function comparisonTable(c: Comparison): string {
  const MB = 1e6;
  const row = (name: string, t: StepTimes) => [
    name,
    whole(t.median),
    `${whole(Math.min(...t.blocks))} to ${whole(Math.max(...t.blocks))}`,
    known(t.processor),
    whole(t.first),
    known(t.peakBytes, MB),
    known(t.startBytes, MB),
  ];
  const heading = ["", "median ms", "blocks", "CPU ms", "first ms", "peak MB", "MB at start"];
  const rows = [heading, row("kit", c.kit), row("PyTorch", c.pytorch)];
  const widths = heading.map((_, i) => Math.max(...rows.map((cells) => cells[i].length)));
  const lines = rows.map((cells) => cells.map((cell, i) => cell.padEnd(widths[i])).join("  "));
  const [least, most] = c.ratioRange.map((x) => x.toFixed(2));
  return [
    ...lines.map((line) => line.trimEnd()),
    "",
    `PyTorch / kit: ${c.ratio.toFixed(2)} (rounds ${least} to ${most})`,
    `losses of the first ${STEPS} steps agree within ${c.lossDifference.toExponential(1)}`,
  ].join("\n");
}

/** A warning for each time at which other work took part of the machine. */
export function loadWarnings({ otherBefore, otherDuring }: Load): string[] {
  if (!otherBefore || !otherDuring) {
    return ["Other processes cannot be seen on this system: make sure that the machine is idle."];
  }
  return [["before", otherBefore] as const, ["during", otherDuring] as const]
    .filter(([, other]) => isBusy(other))
    .map(([when, { cores, processes }]) => {
      const names = processes.map(({ name, pid, share }) =>
        `${name} (${pid}) ${whole(100 * share)}%`
      );
      return `WARNING: other work took ${cores.toFixed(1)} cores ${when} the measurement ` +
        `(${
          names.join(", ") || "short processes, or the host"
        }); repeat it when the machine is idle`;
    });
}

/** Measures with the kit's process and PyTorch's both open, and watches the machine meanwhile. */
async function measure(gpu: Gpu, python: string, threads: number, repeats: number) {
  const work = tinyWork();
  return await inPeerFolder(async (folder) => {
    await writeWork(folder, work);
    const peer = new PeerProcess(python, "step_time.py", folder, threads);
    try {
      const versions = await peer.read() as { readonly python: string; readonly torch: string };
      const trainer = tinyTrainer(gpu, work);
      const own = [Deno.pid, peer.pid];
      const averageBefore = Deno.loadavg();
      const idle = await sampleLoad();
      await pause(WATCH_MS);
      const start = await sampleLoad();
      const comparison = await compare([kitSide(trainer), pytorchSide(peer)], repeats);
      const load = observed(idle, start, await sampleLoad(), own, averageBefore);
      return { versions, comparison, load };
    } finally {
      await peer.close();
    }
  });
}

function observed(
  idle: LoadSample,
  start: LoadSample,
  end: LoadSample,
  own: readonly number[],
  averageBefore: readonly number[],
): Load {
  return {
    averageBefore,
    averageAfter: Deno.loadavg(),
    otherBefore: otherWork(idle, start, own),
    otherDuring: otherWork(start, end, own),
  };
}

/** Where and with what it was measured. */
async function circumstances(gpu: Gpu, threads: number) {
  const { adapter, driver, subgroupSize, kind } = gpu.facts;
  const config = new URL("../../deno.json", import.meta.url);
  return {
    date: new Date().toISOString(),
    processor: await processorName(),
    cores: navigator.hardwareConcurrency,
    adapter,
    driver,
    kind,
    subgroupSize,
    threads,
    deno: Deno.version.deno,
    kit: JSON.parse(await Deno.readTextFile(config)).version as string,
  };
}

/** The command. */
export const command: Command = {
  summary: "time a training step of the tiny model in the kit and in PyTorch, in turn",
  usage: `
deno run -A tools/run.ts run -A tools/peers/step_time.ts --python PATH [--repeats N] [--json FILE]

  --python PATH   an interpreter with the packages of tools/peers/requirements.txt
  --repeats N     blocks of ${STEPS} steps on each side (${REPEATS})
  --threads N     threads of PyTorch, and of a software adapter (${THREADS})
  --json FILE     also writes the result there`,
  async run(args) {
    const kinds = { python: "text", repeats: "integer", threads: "integer", json: "text" } as const;
    const { flags: { repeats = REPEATS, threads = THREADS, ...flags } } = parseFlags(args, kinds);
    if (repeats < 1 || threads < 1) {
      throw new ConfigError("command line: found 0, expected --repeats and --threads of 1 or more");
    }
    const python = await checkPython(flags.python);
    // Mesa's software adapter reads this when the device is opened.
    Deno.env.set("LP_NUM_THREADS", String(threads));
    const gpu = await Gpu.open();
    const where = await circumstances(gpu, threads);
    const { versions, comparison, load } = await measure(gpu, python, threads, repeats);
    gpu.destroy();
    console.log(
      `${where.date}, ${where.processor ?? "unknown processor"}, ${where.cores} cores, ` +
        `${threads} threads\nkit ${where.kit}: ${where.adapter}, Deno ${where.deno}\n` +
        `PyTorch ${versions.torch}: Python ${versions.python}, sequential scan with autograd\n` +
        `training step: ${CONFIG.layers} layers of ${CONFIG.dim}, ${BATCH} × ${LENGTH} tokens, f32\n` +
        `load average ${averages(load.averageBefore)} before, ${
          averages(load.averageAfter)
        } after` +
        `\n\n${comparisonTable(comparison)}`,
    );
    if (where.kind === "gpu") {
      console.log(
        "The kit ran on a GPU and PyTorch on the processor: no comparison of like with like.",
      );
    }
    for (const line of loadWarnings(load)) console.log(line);
    if (flags.json) {
      const { torch, python: pythonVersion } = versions;
      const record = { ...where, torch, python: pythonVersion, ...comparison, load };
      await writeFileAtomic(flags.json, `${JSON.stringify(record, null, 2)}\n`);
    }
    return 0;
  },
};

const averages = (values: readonly number[]): string => values.map((x) => x.toFixed(2)).join(" ");

if (import.meta.main) Deno.exit(await runCommand("step_time", command, Deno.args));
