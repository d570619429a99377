/**
 * Times the same training step in the kit and in several forms of PyTorch, in turn, on the same cores:
 *
 *     deno run -A tools/run.ts run -A tools/peers/step_time.ts --python venv/bin/python
 *
 * @module
 */
import { writeFileAtomic } from "../../src/base/files.ts";
import { ConfigError } from "../../src/base/errors.ts";
import { median } from "../../src/base/statistics.ts";
import { parseFlags } from "../../src/cli/args.ts";
import {
  describeStep,
  stepTrainer,
  type StepWork,
  tinyWork,
  wideWork,
} from "../../src/cli/bench/training_step.ts";
import { type Command, runCommand } from "../../src/cli/command.ts";
import { Gpu } from "../../src/gpu/gpu.ts";
import type { Trainer } from "../../src/train/trainer.ts";
import { softwareThreads } from "../adapter.ts";
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
import type { Comparison } from "./in_turn.ts";
import {
  checkPython,
  inPeerFolder,
  KEEP_MEMORY,
  PeerError,
  PeerProcess,
  THREADS,
} from "./python.ts";
import { buildScan, processorSets } from "./scan_c.ts";
import { type PeerModel, writeWork } from "./step_work.ts";

const REPEATS = 5;
/** Milliseconds before each block: threads that spin while they wait for work have gone to sleep. */
const PAUSE_MS = 300;
/** Milliseconds over which the machine is watched before the first block. */
const WATCH_MS = 2000;
/** One form of PyTorch, and the steps of its block. */
interface Form {
  readonly form: PeerModel;
  readonly name: string;
  readonly steps: number;
}

/** A training step, who runs it, and the steps of a block: the kit synchronises once in so many. */
export interface StepForms {
  /** As `--step` names it. */
  readonly name: string;
  /** The model and its batches. */
  readonly work: () => StepWork;
  /** Steps of the kit's block. */
  readonly steps: number;
  /** Forms of PyTorch; transformers takes seconds a step, and the square of the length. */
  readonly forms: readonly Form[];
}

/** The steps that are compared. */
export const STEP_FORMS: readonly StepForms[] = [
  {
    name: "tiny",
    work: tinyWork,
    steps: 10,
    forms: [
      { form: "transformers", name: "transformers", steps: 1 },
      { form: "plain", name: "PyTorch plain", steps: 10 },
      { form: "tuned", name: "PyTorch tuned", steps: 10 },
      { form: "fused", name: "PyTorch fused", steps: 10 },
    ],
  },
  {
    name: "wide",
    work: wideWork,
    steps: 2,
    forms: [
      { form: "tuned", name: "PyTorch tuned", steps: 1 },
      { form: "fused", name: "PyTorch fused", steps: 2 },
    ],
  },
];

/** Losses of the first block differ by no more than this share where all sides do the same. */
const SAME_LOSS = 1e-3;

/** One block of training steps. */
interface Block {
  readonly milliseconds: number;
  readonly losses: readonly number[];
}

/** One side of the comparison. */
interface Side {
  readonly name: string;
  readonly steps: number;
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

/** One form of PyTorch, and how it compares with the kit. */
interface PeerTimes extends StepTimes {
  /** Median of PyTorch's blocks over the kit's: above 1 the kit is faster. */
  readonly ratio: number;
  /** Smallest and largest ratio of a PyTorch block and the kit's block of the same round. */
  readonly ratioRange: readonly [number, number];
  /** Largest relative difference of the losses from the kit's in the first block. */
  readonly lossDifference: number;
}

/** What the measurement found. */
interface StepComparison {
  readonly kit: StepTimes;
  readonly peers: readonly ({ readonly form: Form } & PeerTimes)[];
}

/** What the Python side says of itself. */
interface Versions {
  readonly python: string;
  readonly torch: string;
  readonly transformers: string;
}

/** The machine's other work, before and during the measurement. */
interface Load {
  readonly averageBefore: readonly number[];
  readonly averageAfter: readonly number[];
  readonly otherBefore: OtherWork | null;
  readonly otherDuring: OtherWork | null;
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

function kitSide(trainer: Trainer, steps: number): Side {
  return {
    name: "kit",
    steps,
    pid: Deno.pid,
    async block() {
      const from = trainer.step;
      const start = performance.now();
      await trainer.run(from + steps);
      const milliseconds = performance.now() - start;
      return { milliseconds, losses: trainer.log.slice(from).map(({ loss }) => loss) };
    },
  };
}

function pytorchSide(peer: PeerProcess, { name, steps }: Form): Side {
  return {
    name,
    steps,
    pid: peer.pid,
    block: async () => await peer.ask(String(steps)) as Block,
  };
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

/** @throws {PeerError} where a peer does not train as the kit. */
function lossDifference(kit: Block, peer: Block, name: string): number {
  const difference = Math.max(...peer.losses.map((x, i) => Math.abs(kit.losses[i] / x - 1)));
  if (!(difference <= SAME_LOSS)) {
    throw new PeerError(
      `comparing training steps: found losses ${kit.losses} in the kit and ${peer.losses} in ` +
        `${name}, expected them to agree within ${SAME_LOSS}; run step_gradients.ts to see which ` +
        "gradient differs",
    );
  }
  return difference;
}

/** Times the sides' blocks, the kit's first and then one of each form. */
async function compare(
  sides: readonly Side[],
  forms: readonly Form[],
  repeats: number,
): Promise<StepComparison> {
  const startBytes = await Promise.all(sides.map(({ pid }) => peakMemory(pid)));
  const first = await inTurn(sides, sides.map(() => 0));
  const differences = first.map((block, i) => lossDifference(first[0], block, sides[i].name));
  const used = sides.map(() => 0);
  const rounds: number[][] = [];
  for (let i = 0; i < repeats; i++) {
    const blocks = await inTurn(sides, used);
    rounds.push(blocks.map(({ milliseconds }, j) => milliseconds / sides[j].steps));
    const times = sides.map(({ name }, j) => `${name} ${whole(rounds[i][j])}`);
    console.error(`round ${i + 1} of ${repeats}: ${times.join(", ")} ms a step`);
  }
  const peakBytes = await Promise.all(sides.map(({ pid }) => peakMemory(pid)));
  const [kit, ...peers] = sides.map(({ steps }, i): StepTimes => {
    const blocks = rounds.map((round) => round[i]);
    return {
      first: first[i].milliseconds / steps,
      blocks,
      median: median(blocks),
      processor: used[i] === null ? null : used[i] / (repeats * steps),
      peakBytes: peakBytes[i],
      startBytes: startBytes[i],
    };
  });
  return {
    kit,
    peers: peers.map((peer, i) => ({
      form: forms[i],
      ...against(kit, peer, differences[i + 1]),
    })),
  };
}

function against(kit: StepTimes, peer: StepTimes, lossDifference: number): PeerTimes {
  const ratios = peer.blocks.map((block, i) => block / kit.blocks[i]);
  const ratioRange = [Math.min(...ratios), Math.max(...ratios)] as const;
  return { ...peer, ratio: peer.median / kit.median, ratioRange, lossDifference };
}

const whole = (x: number): string => x.toFixed(0);
const known = (x: number | null, unit = 1): string => x === null ? "unknown" : whole(x / unit);

/** The table that the command prints. */
export function comparisonTable({ kit, peers }: StepComparison): string {
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
  const rows = [heading, row("kit", kit), ...peers.map((peer) => row(peer.form.name, peer))];
  const widths = heading.map((_, i) => Math.max(...rows.map((cells) => cells[i].length)));
  const lines = rows.map((cells) => cells.map((cell, i) => cell.padEnd(widths[i])).join("  "));
  const ratios = peers.map(({ form: { name, steps }, ratio, ratioRange, lossDifference }) => {
    const [least, most] = ratioRange.map((x) => x.toFixed(2));
    return `${name} / kit: ${ratio.toFixed(2)} (rounds ${least} to ${most}); ` +
      `first ${steps === 1 ? "loss agrees" : `${steps} losses agree`} within ${
        lossDifference.toExponential(1)
      }`;
  });
  return [...lines.map((line) => line.trimEnd()), "", ...ratios].join("\n");
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

/** What a measurement of steps is given. */
interface StepOptions {
  readonly python: string;
  readonly threads: number;
  readonly repeats: number;
  /** Told of a form that is left out, and why. */
  readonly say: (line: string) => void;
}

/** Builds the fused scan. @returns Its path, or null where there is no compiler. */
async function fusedScan(folder: string, say: (line: string) => void): Promise<string | null> {
  try {
    return await buildScan(folder, (await processorSets()).at(-1)!);
  } catch (error) {
    if (!(error instanceof PeerError)) throw error;
    say(`ABSENT: PyTorch with a fused scan, ${error.message}`);
    return null;
  }
}

/** Measures with all processes open, and watches the machine meanwhile. */
async function measure(gpu: Gpu, step: StepForms, options: StepOptions) {
  const { python, threads, repeats, say } = options;
  const work = step.work();
  return await inPeerFolder(async (folder) => {
    const library = await fusedScan(folder, say);
    const forms = step.forms.filter(({ form }) => library !== null || form !== "fused");
    const peers: PeerProcess[] = [];
    const trainer = stepTrainer(gpu, work);
    try {
      for (const { form } of forms) {
        const path = `${folder}/${form}`;
        await Deno.mkdir(path);
        await writeWork(path, work, form, { library });
        const variables = form === "plain" || form === "transformers" ? {} : KEEP_MEMORY;
        peers.push(new PeerProcess(python, "step_time.py", path, threads, variables));
      }
      const [versions] = await Promise.all(peers.map((peer) => peer.read())) as Versions[];
      const sides = [
        kitSide(trainer, step.steps),
        ...peers.map((peer, i) => pytorchSide(peer, forms[i])),
      ];
      const own = sides.map(({ pid }) => pid);
      const averageBefore = Deno.loadavg();
      const idle = await sampleLoad();
      await pause(WATCH_MS);
      const start = await sampleLoad();
      const comparison = await compare(sides, forms, repeats);
      const load = observed(idle, start, await sampleLoad(), own, averageBefore);
      return { versions, comparison, load, shape: describeStep(work) };
    } finally {
      await Promise.all(peers.map((peer) => peer.close()));
      trainer.release();
      trainer.model.release();
    }
  });
}

/**
 * Times a training step in the kit and in PyTorch's forms of it.
 *
 * @throws {PeerError} where a form does not train as the kit.
 */
export async function compareSteps(
  gpu: Gpu,
  step: StepForms,
  options: Omit<StepOptions, "repeats" | "python"> & { readonly python: string | undefined },
): Promise<Comparison> {
  const python = await checkPython(options.python);
  const { comparison: { kit, peers }, load, versions, shape } = await measure(gpu, step, {
    ...options,
    python,
    repeats: REPEATS,
  });
  loadWarnings(load).forEach(options.say);
  const times = ({ blocks, median }: StepTimes) => ({
    median,
    range: [Math.min(...blocks), Math.max(...blocks)] as const,
    repeats: blocks.length,
  });
  const version = versions.torch.split("+")[0];
  const named = ({ form, name }: Form) =>
    form === "transformers"
      ? `transformers ${versions.transformers}`
      : name.replace("PyTorch", `PyTorch ${version}`);
  return {
    operation: "training step",
    shape,
    operations: null,
    sides: [
      { name: "the kit", times: times(kit) },
      ...peers.map((peer) => ({ name: named(peer.form), times: times(peer) })),
    ],
  };
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
    kitVersion: JSON.parse(await Deno.readTextFile(config)).version as string,
  };
}

const STEP_NAMES = STEP_FORMS.map(({ name }) => name);

/** The command. */
export const command: Command = {
  summary: "time a training step in the kit and in forms of PyTorch, in turn",
  usage: `
deno run -A tools/run.ts run -A tools/peers/step_time.ts --python PATH [--step NAME]
         [--repeats N] [--threads N] [--json FILE]

  --python PATH   an interpreter with the packages of tools/peers/requirements.txt
  --step NAME     ${STEP_NAMES.join(" or ")} (tiny)
  --repeats N     blocks of each side (${REPEATS})
  --threads N     threads of PyTorch, cores of a software adapter (${THREADS})
  --json FILE     also writes the result there`,
  async run(args) {
    const kinds = {
      python: "text",
      step: "text",
      repeats: "integer",
      threads: "integer",
      json: "text",
    } as const;
    const { flags: { repeats = REPEATS, threads = THREADS, ...flags } } = parseFlags(args, kinds);
    if (repeats < 1 || threads < 1) {
      throw new ConfigError("command line: found 0, expected --repeats and --threads of 1 or more");
    }
    const step = STEP_FORMS.find(({ name }) => name === (flags.step ?? "tiny"));
    if (!step) {
      throw new ConfigError(
        `command line: found --step=${flags.step}, expected ${STEP_NAMES.join(" or ")}`,
      );
    }
    const python = await checkPython(flags.python);
    // Mesa's software adapter reads this when the device is opened.
    Deno.env.set("LP_NUM_THREADS", softwareThreads(threads));
    const gpu = await Gpu.open();
    const where = await circumstances(gpu, threads);
    const { versions, comparison, load, shape } = await measure(gpu, step, {
      python,
      threads,
      repeats,
      say: console.error,
    });
    gpu.destroy();
    console.log(
      `${where.date}, ${where.processor ?? "unknown processor"}, ${where.cores} cores, ` +
        `${threads} threads\nkit ${where.kitVersion}: ${where.adapter}, Deno ${where.deno}\n` +
        `PyTorch ${versions.torch}, transformers ${versions.transformers}, Python ${versions.python}: ` +
        "autograd\n" +
        `training step: ${shape}, f32\n` +
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
      const record = { ...where, versions, ...comparison, load };
      await writeFileAtomic(flags.json, `${JSON.stringify(record, null, 2)}\n`);
    }
    return 0;
  },
};

const averages = (values: readonly number[]): string => values.map((x) => x.toFixed(2)).join(" ");

if (import.meta.main) Deno.exit(await runCommand("step_time", command, Deno.args));
