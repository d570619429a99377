/**
 * `deno task requests`: what a run asked and paid, and its request log to hand on to others.
 *
 * @module
 */
import { ConfigError, DataError } from "../base/errors.ts";
import { shardFolder, shardOf } from "../distill/shard.ts";
import { ApiKey } from "../llm/endpoint.ts";
import { countRequests, type RequestCounts } from "../llm/log_counts.ts";
import { exportLogs } from "../llm/log_export.ts";
import { RequestLog } from "../llm/request_log.ts";
import { lockRunDirectory } from "../pipeline/run_directory.ts";
import { parseFlags } from "./args.ts";
import { markdownTable } from "./bench/table.ts";
import type { Command } from "./command.ts";

const FLAGS = { runs: "text", shard: "text", export: "text", import: "text" } as const;

/** The command. */
export const command: Command = {
  summary: "count what a distillation run asked; export and import its replies",
  usage: `
  NAME            the run's folder in runs/distill
  --export FILE   write every reply and final failure, once, into FILE.arrows or FILE.jsonl
  --import FILE   take over those of another run's export or log that this one lacks: they are
                  not asked again, and do not count towards --max-cost
  --shard i/n     import into the folder of this shard
  --runs DIR      default runs
`,
  async run(args) {
    const { flags, positional: [name] } = parseFlags(args, FLAGS, 1);
    if (name === undefined) {
      throw new ConfigError("requests: found no name, expected that of a run");
    }
    if (flags.export !== undefined && flags.import !== undefined) {
      throw new ConfigError("requests: found --export and --import, expected one of them");
    }
    const directory = `${flags.runs ?? "runs"}/distill/${name}`;
    const shard = shardFolder(shardOf(flags.shard, {}));
    const own = shard === "" ? directory : `${directory}/${shard}`;
    if (flags.import !== undefined) await take(own, flags.import);
    else if (shard !== "") {
      throw new ConfigError("requests: found --shard without --import, expected both or neither");
    }
    const logs = await logsOf(directory);
    if (flags.export !== undefined) await hand(logs, flags.export);
    else console.log(describe(await countRequests(logs)));
    return 0;
  },
};

async function take(directory: string, path: string): Promise<void> {
  // Before a folder is made for it.
  await Deno.stat(path).catch((cause) => {
    throw new DataError(`importing ${path}: ${cause.message}; check the path`, { cause });
  });
  using _lock = await lockRunDirectory(directory);
  const log = await RequestLog.open(`${directory}/requests.arrows`, console.log);
  try {
    console.log(`took over ${await log.importFrom(path)} requests from ${path}\n`);
  } finally {
    await log.close();
  }
}

async function hand(logs: readonly string[], path: string): Promise<void> {
  const { rows, withKey } = await exportLogs(logs, path, keysOf(Deno.env.toObject()));
  const left = withKey === 0 ? "" : `; left out ${withKey} in which an API key stands`;
  console.log(`wrote ${rows} requests to ${path}${left}`);
}

/** Every key of the environment: none may stand in what is handed on. */
function keysOf(environment: Readonly<Record<string, string>>): ApiKey[] {
  return Object.entries(environment).flatMap(([name, value]) =>
    /^(RWR_\w+|OPENAI)_API_KEY$/.test(name) && value.trim() !== ""
      ? [new ApiKey(value.trim(), name)]
      : []
  );
}

/** The logs of a run and of its shards; a merged shard's copy counts where the shard is gone. */
async function logsOf(directory: string): Promise<string[]> {
  const logs: string[] = [];
  const shards = new Map<string, string>();
  const entries = await Array.fromAsync(Deno.readDir(directory)).catch((cause) => {
    throw new DataError(`reading ${directory}: ${cause.message}; expected the folder of a run`, {
      cause,
    });
  });
  for (const { name } of entries.sort((a, b) => a.name < b.name ? -1 : 1)) {
    const path = `${directory}/${name}`;
    const merged = /^requests-(\d+)\.arrows$/.exec(name);
    const shard = /^shard-(\d+)-of-\d+$/.exec(name);
    if (name === "requests.arrows") logs.push(path);
    if (merged) shards.set(merged[1], path);
    if (shard && await isFile(`${path}/requests.arrows`)) {
      shards.set(shard[1], `${path}/requests.arrows`);
    }
  }
  logs.push(...shards.values());
  if (logs.length > 0) return logs;
  throw new DataError(
    `reading ${directory}: found no request log, expected one; run deno task distill --name first`,
  );
}

const isFile = async (path: string): Promise<boolean> =>
  await Deno.stat(path).then(({ isFile }) => isFile, () => false);

const COLUMNS: readonly (readonly [string, (counts: RequestCounts) => string])[] = [
  ["model", ({ model }) => model],
  ["asked by", ({ role }) => role],
  ["requests", ({ requests }) => `${requests}`],
  ["replies", ({ replies }) => `${replies}`],
  ["failed", ({ failed }) => `${failed}`],
  ["lost tries", ({ lost }) => `${lost}`],
  ["taken over", ({ takenOver }) => `${takenOver}`],
  ["prompt tokens", ({ promptTokens }) => `${promptTokens}`],
  ["reply tokens", ({ completionTokens }) => `${completionTokens}`],
  ["paid here", ({ costUsd }) => `$${costUsd.toFixed(4)}`],
  ["paid by others", ({ othersCostUsd }) => `$${othersCostUsd.toFixed(4)}`],
];

function describe(counts: readonly RequestCounts[]): string {
  const all = counts.length > 1 ? [...counts, counts.reduce(add)] : counts;
  return markdownTable(
    COLUMNS.map(([title]) => title),
    all.map((row) => COLUMNS.map(([, cell]) => cell(row))),
  );
}

function add(a: RequestCounts, b: RequestCounts): RequestCounts {
  const names = Object.keys(a).filter((name) => typeof a[name as keyof RequestCounts] === "number");
  const sums = names.map((name) => {
    const key = name as "requests";
    return [key, a[key] + b[key]];
  });
  return { ...Object.fromEntries(sums), model: "all", role: "" };
}
