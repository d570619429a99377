/**
 * `deno task bench`: times the kernels on this machine's adapter.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import type { BenchRow } from "../../kernels/bench.ts";
import { ConfigError, DataError } from "../base/errors.ts";
import { readFile, writeFileAtomic } from "../base/files.ts";
import { Gpu } from "../gpu/gpu.ts";
import { parseFlags } from "./args.ts";
import type { Command } from "./command.ts";
import { chooseKernels } from "./kernels.ts";

/** The command. */
export const command: Command = {
  summary: "time the kernels on this machine's adapter",
  usage: `
deno task bench [--kernel NAME]… [--write]

  --kernel NAME   times this kernel alone; may be given several times (default: all)
  --write         puts the table into kernels/README.md; only with all kernels

Prints the adapter and, for each operation, the median time of one run over five repeats of about
0.1 s and what it amounts to: bytes read and written at least once, or floating-point operations.`,
  async run(args) {
    const { flags } = parseFlags(args, { kernel: "list", write: "switch" });
    if (flags.write && flags.kernel.length > 0) {
      throw new ConfigError(
        "command line: found --write with --kernel, expected all kernels; leave --kernel out, so that " +
          "the table in kernels/README.md is of one run",
      );
    }
    const kernels = chooseKernels(flags.kernel);
    const gpu = await Gpu.open();
    try {
      const rows: BenchRow[] = [];
      for (const { bench } of kernels) rows.push(...await bench(gpu));
      const table = benchTable(rows);
      const lanes = gpu.subgroupSize ? `subgroups of ${gpu.subgroupSize}` : "without subgroups";
      const text = `Adapter: ${gpu.facts.adapter}, ${lanes}.\n\n${table}`;
      console.log(text);
      if (flags.write) await writeTable(new URL("../../kernels/README.md", import.meta.url), text);
      return 0;
    } finally {
      gpu.destroy();
    }
  },
};

/** A Markdown table with a row for each measurement, columns padded as `deno fmt` does. */
export function benchTable(rows: readonly BenchRow[]): string {
  const cells = rows.map(({ operation, shape, milliseconds, rate, unit }) => [
    operation,
    shape,
    milliseconds.toFixed(3),
    `${rate.toFixed(2)} ${unit}`,
  ]);
  const all = [["operation", "shape", "median ms", "rate"], ...cells];
  const widths = all[0].map((_, i) => Math.max(...all.map((row) => row[i].length)));
  const line = (row: readonly string[], fill = " ") =>
    `| ${row.map((cell, i) => cell.padEnd(widths[i], fill)).join(" | ")} |`;
  const [heading, ...body] = all.map((row) => line(row));
  return [heading, line(["-", "-", "-", "-"], "-"), ...body].join("\n");
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
