/**
 * `deno task verify`: proves the kernels on this machine's adapter.
 *
 * @module
 */
import type { KernelSuite } from "../../kernels/case.ts";
import { goldenSuite } from "../../kernels/golden.ts";
import { suitesOf } from "../../kernels/tuning.ts";
import { type Verdict, verify } from "../../kernels/verify.ts";
import { readFile } from "../base/files.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { parseFlags } from "./args.ts";
import type { Command } from "./command.ts";
import { chooseKernels } from "./kernels.ts";
import { openGpu, PIN_FLAG, TEXTURES_FLAG } from "./open_gpu.ts";

/** The command. */
export const command: Command = {
  summary: "prove every kernel on this machine's adapter",
  usage: `
deno task verify [--kernel NAME]… [--variant OP=NAME]… [--no-subgroups]
                 [--textures all|on|off] [--cases FILE]

  --kernel NAME    proves this kernel alone; may be given several times (default: all)
  --variant OP=NAME  proves this variant of an operation alone, with the defaults of the others;
                   may be given several times (default: every variant that the adapter can run)
  --no-subgroups   proves the fallbacks of adapters without subgroups
  --textures all   proves that arrays of all sizes are read through textures rightly; on: large ones,
                   off: none (default: large ones, where the adapter reads those faster so)
  --cases FILE     proves the golden vectors of a file as well

Runs every kernel's named cases forward and backward, with outputs poisoned beforehand, and compares
them with float64 references, the references' gradients with finite differences, and a repeat's bits
with the first run's. Prints a line for each output: the result, the worst absolute and relative
error, the flat index of the element nearest to (or furthest beyond) its bound, the bound
(absolute + relative), the output, and the case. Exits with 1 where a line says FAIL.`,
  async run(args) {
    const { flags } = parseFlags(args, {
      ...PIN_FLAG,
      "kernel": "list",
      "no-subgroups": "switch",
      ...TEXTURES_FLAG,
      "cases": "text",
    });
    const kernels = chooseKernels(flags.kernel);
    const golden = flags.cases === undefined ? [] : [await readGolden(flags.cases)];
    const gpu = await openGpu(flags, { subgroups: !flags["no-subgroups"] });
    const suites = kernels.flatMap((kernel) => suitesOf(gpu, kernel, flags.variant.length > 0));
    try {
      console.log(describeAdapter(gpu));
      console.log(HEADING);
      const { passed, failed, skipped } = await verify(gpu, [...suites, ...golden], (verdicts) => {
        for (const verdict of verdicts) console.log(verdictLine(verdict));
      });
      const lacking = skipped ? `, ${skipped} cases skipped: the adapter lacks shader-f16` : "";
      console.log(`verify: ${passed} passed, ${failed} failed${lacking}`);
      return failed === 0 ? 0 : 1;
    } finally {
      gpu.destroy();
    }
  },
};

async function readGolden(path: string): Promise<KernelSuite> {
  const bytes = await readFile(path, "golden vectors");
  return goldenSuite(new TextDecoder().decode(bytes), path);
}

function describeAdapter({ facts }: Gpu): string {
  const { adapter, driver, subgroupSize } = facts;
  const lanes = subgroupSize ? `subgroups of ${subgroupSize}` : "without subgroups";
  return `adapter: ${adapter}${driver ? `, ${driver}` : ""}, ${lanes}`;
}

/** Widths of the columns before the case, the last and longest. */
const WIDTHS = [6, 10, 10, 10, 20, 30] as const;

const row = (...cells: readonly string[]): string =>
  cells.map((cell, i) => cell.padEnd(WIDTHS[i] ?? 0)).join(" ");

const HEADING = row("result", "absolute", "relative", "index", "bound", "output", "case");

/** One line of the table. */
export function verdictLine(v: Verdict): string {
  const short = (x: number) => x === 0 ? "0" : x.toExponential(2);
  const bound = `${short(v.tolerance.absolute)} + ${short(v.tolerance.relative)}`;
  const errors = [short(v.worstAbsolute), short(v.worstRelative), `${v.index}`];
  return row(v.passed ? "ok" : "FAIL", ...errors, bound, v.output, v.name);
}
