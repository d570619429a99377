/**
 * `deno task reproduce`: from the sources to the last figure and the report.
 *
 * @module
 */
import config from "../../deno.json" with { type: "json" };
import { ConfigError } from "../base/errors.ts";
import { exists, writeFileAtomic } from "../base/files.ts";
import { formatSummary } from "../eval/summary_text.ts";
import type { Summary } from "../eval/summary.ts";
import { listStages, type StageStatus } from "../pipeline/listing.ts";
import type { Profile } from "../pipeline/profile.ts";
import { loadProfile } from "../pipeline/profiles/mod.ts";
import { runStages } from "../pipeline/runner.ts";
import { METHOD_ROWS } from "../pipeline/stages/conditions.ts";
import { stagesOf } from "../pipeline/stages/mod.ts";
import type { ShippedBase } from "../pipeline/stages/training.ts";
import { checkShippedBase, checkSupported } from "../pipeline/supported.ts";
import { loadCheckpoint } from "../train/checkpoint.ts";
import { parseFlags } from "./args.ts";
import type { Command } from "./command.ts";
import { stopOnInterrupt } from "./interrupt.ts";
import { openGpu, VARIANT_FLAGS, VARIANT_USAGE } from "./open_gpu.ts";

const FLAGS = {
  profile: "text",
  set: "list",
  "from-scratch": "switch",
  list: "switch",
  runs: "text",
  ...VARIANT_FLAGS,
} as const;

/**
 * The folder of the base checkpoint that is shipped with the kit.
 *
 * @param named The profile before `--set`.
 * @throws {ConfigError} where it is not there, or is not the base that the profile describes.
 * @throws {CheckpointError} where it is damaged.
 */
async function shippedBase(profile: Profile, named: Profile): Promise<ShippedBase> {
  const url = new URL(`../../${profile.checkpoint}`, import.meta.url);
  if (await exists(url)) {
    const folder = decodeURIComponent(url.pathname);
    checkShippedBase(profile, named, (await loadCheckpoint(folder)).config);
    return { folder };
  }
  throw new ConfigError(
    `reproduce: found no base checkpoint ${profile.checkpoint}, expected the folder that ` +
      `\`deno task pretrain --out\` leaves; correct the profile's checkpoint, or train the base too ` +
      `with --from-scratch`,
  );
}

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

/** `deno task reproduce`. */
/** With fewer steps a model answers by chance. */
const FEW_STEPS = 100;

export const command: Command = {
  summary: "regenerate every table and figure; `--list` shows what is done",
  usage: `
  --profile NAME    tiny (default), or smoke: the same in seconds, too short to learn anything;
                    small and paper are written down, and wait for OpenOrca and an LLM teacher
  --set KEY=VALUE   changes a value of the profile, such as finetuning.steps=500; may be repeated
  --from-scratch    trains the base model too instead of taking the shipped one
  --list            shows stages, tables and figures with their state, and runs nothing
${VARIANT_USAGE}
  --runs DIR        where results go (runs)`,
  async run(args) {
    const { flags } = parseFlags(args, FLAGS);
    const name = flags.profile ?? "tiny";
    const profile = loadProfile(name, flags.set);
    checkSupported(profile);
    const shipped = flags["from-scratch"]
      ? undefined
      : await shippedBase(profile, loadProfile(name));
    const gpu = await openGpu(flags);
    const runs = flags.runs ?? "runs";
    const measured = `${runs}/bench/bench.arrow`;
    const bench = await exists(measured) ? measured : undefined;
    const stages = stagesOf(profile, gpu, shipped, bench);
    const directory = `${runs}/${profile.name}`;
    if (flags.list) {
      printList(await listStages(stages, directory, config.version));
      return 0;
    }
    using interrupt = stopOnInterrupt(console.log);
    console.log(`profile ${profile.name} on ${gpu.facts.adapter}; results in ${directory}`);
    const { ran } = await runStages(stages, {
      directory,
      kitVersion: config.version,
      sink: console.log,
      signal: interrupt.signal,
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
