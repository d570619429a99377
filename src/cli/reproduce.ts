/**
 * `deno task reproduce`: from the sources to the last figure and the report.
 *
 * @module
 */
import config from "../../deno.json" with { type: "json" };
import { ConfigError } from "../base/errors.ts";
import { writeFileAtomic } from "../base/files.ts";
import { formatSummary } from "../eval/summary_text.ts";
import type { Summary } from "../eval/summary.ts";
import type { AdapterFacts } from "../gpu/adapter.ts";
import { HelperThread } from "../pipeline/helper_thread.ts";
import { listStages, type StageStatus } from "../pipeline/listing.ts";
import { runStages } from "../pipeline/runner.ts";
import { METHOD_ROWS } from "../pipeline/stages/conditions.ts";
import { parseFlags } from "./args.ts";
import type { Command } from "./command.ts";
import { stopOnInterrupt } from "./interrupt.ts";
import { VARIANT_FLAGS, VARIANT_USAGE } from "./open_gpu.ts";
import { openStages, type Reproduction } from "./reproduce_stages.ts";

const FLAGS = {
  profile: "text",
  set: "list",
  "from-scratch": "switch",
  list: "switch",
  runs: "text",
  jobs: "integer",
  ...VARIANT_FLAGS,
} as const;

/** More would wait: a profile has no more that can be made at once. */
const MOST_JOBS = 4;
const THREAD = new URL("./reproduce_thread.ts", import.meta.url);

/** A row of the table by its name in the figures. */
function methodLabel({ model, method }: { model: string; method: string }): string {
  const row = METHOD_ROWS.find((row) => row.model === model && row.method === method);
  return row?.label ?? `${model} ${method}`;
}

function printList(statuses: readonly StageStatus[]): void {
  for (const { name, state, reason, seconds, products } of statuses) {
    const time = seconds === null ? "" : `${seconds.toFixed(1)} s`;
    console.log(
      `${name.padEnd(18)} ${state.padEnd(8)} ${time.padStart(9)}  ${
        state === "done" ? "" : reason
      }`,
    );
    for (const { kind, id } of products) console.log(`  ${kind} ${id}: ${state}`);
  }
}

/** With fewer steps a model answers by chance. */
const FEW_STEPS = 100;

/**
 * Stages at once. One dispatch after another leaves a processor's cores idle now and then, which a
 * second stage fills; a GPU is shared by nobody unless asked for.
 */
function jobsOf(asked: number | undefined, { kind }: AdapterFacts): number {
  return asked ?? (kind === "cpu" && navigator.hardwareConcurrency > 1 ? 2 : 1);
}

/** `deno task reproduce`. */
export const command: Command = {
  summary: "regenerate every table and figure; `--list` shows what is done",
  usage: `
  --profile NAME    tiny (default), or smoke: the same in seconds, too short to learn anything;
                    small and paper are written down, and wait for OpenOrca and an LLM teacher
  --set KEY=VALUE   changes a value of the profile, such as finetuning.steps=500; may be repeated
  --from-scratch    trains the base model too instead of taking the shipped one
  --jobs N          makes up to N stages at once, with the same bytes (2 on processors, 1 on a GPU)
  --list            shows stages, tables and figures with their state, and runs nothing
${VARIANT_USAGE}
  --runs DIR        where results go (runs)`,
  async run(args) {
    const { flags } = parseFlags(args, FLAGS);
    const { "from-scratch": fromScratch, profile: name = "tiny", runs = "runs", ...rest } = flags;
    if (flags.jobs !== undefined && (flags.jobs < 1 || flags.jobs > MOST_JOBS)) {
      throw new ConfigError(`--jobs: found ${flags.jobs}, expected from 1 to ${MOST_JOBS} stages`);
    }
    const wanted: Reproduction = { ...rest, profile: name, runs, fromScratch };
    const { profile, gpu, stages } = await openStages(wanted);
    const jobs = jobsOf(flags.jobs, gpu.facts);
    const directory = `${runs}/${profile.name}`;
    if (flags.list) {
      printList(await listStages(stages, directory, config.version));
      return 0;
    }
    using interrupt = stopOnInterrupt(console.log);
    using helpers = new DisposableStack();
    const helper = () => helpers.use(new HelperThread<Reproduction>(THREAD, wanted));
    console.log(`profile ${profile.name} on ${gpu.facts.adapter}; results in ${directory}`);
    const { ran } = await runStages(stages, {
      directory,
      kitVersion: config.version,
      sink: console.log,
      signal: interrupt.signal,
      helpers: Array.from({ length: jobs - 1 }, helper),
    });
    if (ran.length === 0) console.log(`all ${stages.length} stages are up to date`);
    const summary = JSON.parse(
      await Deno.readTextFile(`${directory}/scores/summary.json`),
    ) as Summary;
    const report = `${directory}/report.html`;
    await writeFileAtomic(report, await Deno.readFile(`${directory}/report/report.html`));
    console.log(`\n${formatSummary(summary, methodLabel)}\nreport: ${report}`);
    const { steps } = profile.finetuning;
    if (steps < FEW_STEPS) {
      console.log(`${steps} training steps teach nothing: these numbers show only that all runs`);
    }
    gpu.destroy();
    return 0;
  },
};
