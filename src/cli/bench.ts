/**
 * `deno task bench`: times the kernels, models and, where asked, the kit's peers on this machine.
 *
 * @module
 */
import { dirname } from "node:path";
import { measurePeaks } from "../../kernels/peak.ts";
import { ConfigError } from "../base/errors.ts";
import { readFile, writeFileAtomic } from "../base/files.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { type BenchTableRow, readBench, writeRows } from "../tables/mod.ts";
import { parseFlags } from "./args.ts";
import { LONG_PLAN, measureModel, PLAN } from "./bench/model.ts";
import { writeFigures, writeToRepository } from "./bench/output.ts";
import { measurePeers } from "./bench/peers.ts";
import { profileStep } from "./bench/profile.ts";
import { benchManifest, kernelRows, modelRows } from "./bench/record.ts";
import { benchText } from "./bench/text.ts";
import type { Command } from "./command.ts";
import { chooseKernels } from "./kernels.ts";
import { openGpu, VARIANT_FLAGS, VARIANT_USAGE } from "./open_gpu.ts";

const DEFAULT_OUT = "runs/bench/bench.arrow";

const FLAGS = {
  kernel: "list",
  out: "text",
  write: "switch",
  long: "switch",
  peers: "switch",
  python: "text",
  from: "text",
  "profile-gpu": "text",
  ...VARIANT_FLAGS,
} as const;
type Flags = ReturnType<typeof parseFlags<typeof FLAGS>>["flags"];

/** The command. */
export const command: Command = {
  summary: "time the kernels and models on this machine's adapter, beside peers where asked",
  usage: `
deno task bench [--kernel NAME]… [--peers [--python PATH]] [--long] [--out FILE] [--write]
deno task bench --from FILE [--out FILE] [--write]
deno task bench --profile-gpu FILE

  --kernel NAME        times this kernel alone; may be given several times (default: all kernels,
                       then models: training steps, prefill, decoding)
  --peers              also times the same work in TensorFlow.js and jax-js (fetched from npm), in
                       C (with the system's compiler) and in PyTorch, in turn with the kit
  --python PATH        PyTorch's interpreter, with the packages of tools/peers/requirements.txt
  --long               also reads a context of 1,048,576 tokens
  --out FILE           the Arrow table to write, with its figures beside it (${DEFAULT_OUT};
                       with --kernel: none)
  --write              also keeps table and figures in data/bench, and puts the tables into
                       kernels/README.md; only with all kernels
  --from FILE          instead of measuring takes the table FILE
  --profile-gpu FILE   instead traces one training step of the tiny model: a span a dispatch, in
                       the format of chrome://tracing and Perfetto, and a table of operations
${VARIANT_USAGE}

Prints the adapter and, for each operation, the median time of one run over five repeats of about
0.1 s and what it amounts to: bytes read and written at least once, or floating-point operations.
Shares are of what the adapter does in two kernels that only copy, 32 MiB from memory, or only
multiply and add; arrays that stay in a processor's cache can pass the first.`,
  async run(args) {
    const { flags } = parseFlags(args, FLAGS);
    checkFlags(flags);
    const { "profile-gpu": trace, from } = flags;
    if (trace !== undefined) {
      await withGpu(
        flags,
        async (gpu) =>
          console.log(`Adapter: ${gpu.facts.adapter}.\n\n${await profileStep(gpu, trace)}`),
      );
      return 0;
    }
    const out = flags.out ?? (flags.kernel.length > 0 || from ? undefined : DEFAULT_OUT);
    const folder = await Deno.makeTempDir({ prefix: "rwr-bench-" });
    try {
      const table = from ?? out ?? `${folder}/bench.arrow`;
      if (from === undefined) await withGpu(flags, (gpu) => measureInto(table, gpu, flags));
      console.log(benchText(await readBench(table)));
      await keep(table, out, flags);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
    return 0;
  },
};

function checkFlags({ kernel, write, from, out, long, peers, python, ...flags }: Flags): void {
  const refuse = (found: string, expected: string): never => {
    throw new ConfigError(`command line: found ${found}, expected ${expected}`);
  };
  const measures = kernel.length > 0 || long || peers;
  if (flags["profile-gpu"] !== undefined && (measures || write || from || out || python)) {
    refuse(
      "--profile-gpu with other flags",
      "it alone; it traces a training step instead of timing kernels",
    );
  }
  if (from !== undefined && (measures || python)) {
    refuse("--from with flags that measure", "--out and --write at most; it measures nothing");
  }
  if (write && kernel.length > 0) {
    refuse(
      "--write with --kernel",
      "all kernels; leave --kernel out, so that the tables in kernels/README.md are of one run",
    );
  }
  if (write && (flags.tuned || flags.variant.length > 0 || flags.textures !== undefined)) {
    const found = "--write with --variant, --tuned or --textures";
    refuse(found, "the defaults, which are what everyone gets");
  }
  if (kernel.length > 0 && (long || peers)) {
    refuse("--kernel with --long or --peers", "one or the other; --kernel times kernels alone");
  }
  if (python !== undefined && !peers) refuse("--python without --peers", "both");
}

async function withGpu(flags: Flags, body: (gpu: Gpu) => Promise<void>): Promise<void> {
  const gpu = await openGpu(flags);
  try {
    await body(gpu);
  } finally {
    gpu.destroy();
  }
}

/** Measures what the flags name, and writes the table. */
async function measureInto(table: string, gpu: Gpu, flags: Flags): Promise<void> {
  const peaks = await measurePeaks(gpu);
  const rows: BenchTableRow[] = kernelRows(null, peaks, peaks);
  for (const { suite, bench } of chooseKernels(flags.kernel)) {
    rows.push(...kernelRows(suite.name, await bench(gpu), peaks));
  }
  if (flags.kernel.length === 0) {
    rows.push(...modelRows(await measureModel(gpu, flags.long ? LONG_PLAN : PLAN)));
  }
  if (flags.peers) rows.push(...await measurePeers(gpu, flags.python, peaks));
  await writeRows(table, "bench", rows, benchManifest(gpu, rows.length));
}

/** Writes figures beside the table that is kept, and says where everything went. */
async function keep(table: string, out: string | undefined, flags: Flags): Promise<void> {
  if (out !== undefined) {
    if (out !== table) await writeFileAtomic(out, await readFile(table, "bench table"));
    const figures = await writeFigures(out, dirname(out));
    const names = figures.length ? `; beside it the figures ${figures.join(" and ")}` : "";
    console.log(`\nwritten to ${out}${names}`);
  }
  if (flags.write) console.log(`\nwritten to ${(await writeToRepository(table)).join(" and ")}`);
}
