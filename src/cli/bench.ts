/**
 * `deno task bench`: times the kernels and the tiny model on this machine's adapter.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import type { BenchRow } from "../../kernels/bench.ts";
import { measurePeaks } from "../../kernels/peak.ts";
import { ConfigError, DataError } from "../base/errors.ts";
import { readFile, writeFileAtomic } from "../base/files.ts";
import { parseFlags } from "./args.ts";
import { measureModel, type ModelRow } from "./bench/model.ts";
import { profileStep } from "./bench/profile.ts";
import { markdownTable } from "./bench/table.ts";
import type { Command } from "./command.ts";
import { chooseKernels } from "./kernels.ts";
import { openGpu, VARIANT_FLAGS, VARIANT_USAGE } from "./open_gpu.ts";

/** The command. */
export const command: Command = {
  summary: "time the kernels and the tiny model on this machine's adapter",
  usage: `
deno task bench [--kernel NAME]… [--write]
deno task bench --profile-gpu FILE

  --kernel NAME        times this kernel alone; may be given several times (default: all kernels,
                       then the tiny model: a training step, prefill, decoding)
  --write              puts the tables into kernels/README.md; only with all kernels
  --profile-gpu FILE   instead traces one training step of the tiny model: a span a dispatch, in
                       the format of chrome://tracing and Perfetto, and a table of operations
${VARIANT_USAGE}

Prints the adapter and, for each operation, the median time of one run over five repeats of about
0.1 s and what it amounts to: bytes read and written at least once, or floating-point operations.
Shares are of what the adapter does in two kernels that only copy, 32 MiB from memory, or only
multiply and add; arrays that stay in a processor's cache can pass the first.`,
  async run(args) {
    const kinds = {
      kernel: "list",
      write: "switch",
      "profile-gpu": "text",
      ...VARIANT_FLAGS,
    } as const;
    const { flags } = parseFlags(args, kinds);
    const { kernel, write, "profile-gpu": trace } = flags;
    if (write && kernel.length > 0) {
      throw new ConfigError(
        "command line: found --write with --kernel, expected all kernels; leave --kernel out, so that " +
          "the table in kernels/README.md is of one run",
      );
    }
    if (trace !== undefined && (write || kernel.length > 0)) {
      throw new ConfigError(
        "command line: found --profile-gpu with --kernel or --write, expected it alone; it traces a " +
          "training step instead of timing kernels",
      );
    }
    const kernels = chooseKernels(kernel);
    const gpu = await openGpu(flags);
    try {
      const lanes = gpu.subgroupSize ? `subgroups of ${gpu.subgroupSize}` : "without subgroups";
      const chosen = Object.entries(gpu.choices.record() ?? {}).map((pair) => pair.join(": "));
      const adapter = `Adapter: ${[gpu.facts.adapter, lanes, ...chosen].join(", ")}.`;
      if (trace !== undefined) {
        console.log(`${adapter}\n\n${await profileStep(gpu, trace)}`);
        return 0;
      }
      const peaks = await measurePeaks(gpu);
      const rows: BenchRow[] = [...peaks];
      for (const { bench } of kernels) rows.push(...await bench(gpu));
      const models = kernel.length ? "" : `\n\n${modelTable(await measureModel(gpu))}`;
      const text = `${adapter}\n\n${benchTable(rows, peaks)}${models}`;
      console.log(text);
      if (write) await writeTable(new URL("../../kernels/README.md", import.meta.url), text);
      return 0;
    } finally {
      gpu.destroy();
    }
  },
};

/** A row for each measurement, with its share of the peak that is counted in the same unit. */
export function benchTable(rows: readonly BenchRow[], peaks: readonly BenchRow[]): string {
  const cells = rows.map((row) => {
    const peak = peaks.find(({ unit }) => unit === row.unit)!;
    return [
      row.operation,
      row.shape,
      row.milliseconds.toFixed(3),
      `${row.rate.toFixed(2)} ${row.unit}`,
      peaks.includes(row) ? "" : `${Math.round(100 * row.rate / peak.rate)} %`,
    ];
  });
  return markdownTable(["operation", "shape", "median ms", "rate", "of the peak"], cells);
}

/** A row for each measurement of the tiny model. */
export function modelTable(rows: readonly ModelRow[]): string {
  const cells = rows.map(({ work, shape, milliseconds, tokensPerSecond, peakBytes }) => [
    work,
    shape,
    milliseconds.toFixed(1),
    Math.round(tokensPerSecond).toLocaleString("en-US"),
    (peakBytes / 1e6).toFixed(1),
  ]);
  return markdownTable(["tiny model", "tokens", "median ms", "tokens/s", "peak MB"], cells);
}

const [START, END] = ["<!-- bench: start -->", "<!-- bench: end -->"];

async function writeTable(file: URL, table: string): Promise<void> {
  const path = fileURLToPath(file);
  const text = new TextDecoder().decode(await readFile(path, "the kernels' notes"));
  const [from, to] = [text.indexOf(START), text.indexOf(END)];
  if (from < 0 || to < from) {
    throw new DataError(`writing the table to ${path}: found no ${START} … ${END}; put them back`);
  }
  const changed = text.slice(0, from + START.length) + `\n\n${table}\n\n` + text.slice(to);
  await writeFileAtomic(path, changed);
  console.log(`\nwritten to ${path}`);
}
