/**
 * `deno task distill`: teacher notes from OpenOrca rows, verified, with everything that was asked
 * in a log.
 *
 * @module
 */
import kit from "../../deno.json" with { type: "json" };
import { canonicalJson } from "../base/canonical_json.ts";
import { ConfigError, HaltError } from "../base/errors.ts";
import { exists, writeFileAtomic } from "../base/files.ts";
import { formatDuration } from "../base/progress.ts";
import { readContaminationIndex } from "../distill/contamination.ts";
import { estimateRun } from "../distill/estimate.ts";
import { distilParts } from "../distill/run.ts";
import { partPath } from "../distill/parts.ts";
import { type SelectionSummary, selectRows } from "../distill/selection.ts";
import { shardFolder, shardOf } from "../distill/shard.ts";
import { summarise } from "../distill/summary.ts";
import { Budget } from "../llm/budget.ts";
import { type CountingLlm, openLlm } from "../llm/client.ts";
import { Control } from "../llm/control.ts";
import { type Endpoint, endpointFromEnvironment } from "../llm/endpoint.ts";
import { RequestLog } from "../llm/request_log.ts";
import { lockRunDirectory } from "../pipeline/run_directory.ts";
import { StopRequested } from "../pipeline/stage.ts";
import { plainFormat } from "../rwr/prompts.ts";
import { llmTeacher } from "../teacher/llm_teacher.ts";
import {
  exactContainment,
  lexicalOverlap,
  llmVerifier,
  normalisedContainment,
} from "../teacher/llm_verifier.ts";
import type { Verifier } from "../teacher/verifier.ts";
import { byteTokenizer, loadTokenizer } from "../tokenizer/mod.ts";
import { parseFlags } from "./args.ts";
import type { Command } from "./command.ts";
import { stopOnInterrupt } from "./interrupt.ts";

const FLAGS = {
  source: "text",
  name: "text",
  limit: "integer",
  seed: "integer",
  shard: "text",
  tokenizer: "text",
  verifier: "text",
  decontaminate: "list",
  "max-cost": "text",
  "max-in-flight": "integer",
  "max-context": "integer",
  "requests-per-minute": "integer",
  "tokens-per-minute": "integer",
  "dry-run": "switch",
  runs: "text",
} as const;

type Flags = ReturnType<typeof parseFlags<typeof FLAGS>>["flags"];

const RULES: Readonly<Record<string, Verifier>> = {
  exact: exactContainment,
  normalised: normalisedContainment,
  lexical: lexicalOverlap,
};
const TOKENS = { note: 500, locate: 1000, verdict: 200 };
const code = `${kit.version}+distill`;

const usage = `
  --source FILE|DIR|hub:NAME   OpenOrca rows: Parquet, JSONL or Arrow, or a dataset of the hub
  --name NAME                  the run's folder in runs/distill (default: distill)
  --limit N                    rows to draw (default 1000)
  --seed N                     names the draw (default 0)
  --tokenizer FILE             a tokenizer.json, for limits in its tokens (default: bytes)
  --max-context N              most tokens of a context (default 6000)
  --decontaminate FILE,...     leave out rows that share words with these questions (LongMemEval,
                               HELMET, or a .txt with one a line), before anything is asked
  --verifier llm|exact|normalised|lexical   who checks notes (default llm)
  --max-cost USD               spend no more than this, over all runs of this folder
  --max-in-flight N            most requests at once (default 64)
  --requests-per-minute N, --tokens-per-minute N
  --shard i/n                  do every n-th part; Slurm arrays and Indexed Jobs are found out
  --dry-run                    select rows, say what they will ask and cost, ask nothing
  --runs DIR                   default runs

Environment: RWR_TEACHER_BASE_URL, _MODEL, _API_KEY, _API (chat or completions), _PRICE_INPUT and
_PRICE_OUTPUT (US dollars for a million tokens); RWR_VERIFIER_... likewise, else the teacher's.
`;

/** The command. */
export const command: Command = {
  summary: "have a teacher write notes for OpenOrca rows, and verify them",
  usage,
  async run(args) {
    const { flags } = parseFlags(args, FLAGS);
    if (flags.source === undefined) {
      throw new ConfigError(
        "distill: found no --source, expected a file, a folder or hub:owner/dataset, such as " +
          "--source=hub:Open-Orca/OpenOrca",
      );
    }
    const shard = shardOf(flags.shard, Deno.env.toObject());
    const parent = `${flags.runs ?? "runs"}/distill/${flags.name ?? "distill"}`;
    const directory = [parent, shardFolder(shard)].filter((part) => part !== "").join("/");
    using _lock = await lockRunDirectory(directory);
    const { endpoints, tokenizer, ...rest } = await settings(flags);
    const selection = await select(flags, flags.source, { tokenizer, ...rest }, directory);
    if (flags["dry-run"]) {
      const estimate = { ...endpoints, tokens: TOKENS, tokenizer };
      console.log(describe(await estimateRun(`${directory}/selection`, selection.parts, estimate)));
      return 0;
    }
    await ask(flags, endpoints, selection, directory, shard);
    return 0;
  },
};

interface Endpoints {
  readonly teacher: Endpoint;
  readonly verifier: Endpoint | null;
}

/** Everything that can be wrong is found before the source is read. */
async function settings(flags: Flags) {
  const { verifier = "llm" } = flags;
  if (verifier !== "llm" && !Object.hasOwn(RULES, verifier)) {
    throw new ConfigError(
      `distill: found --verifier=${verifier}, expected llm, ${Object.keys(RULES).join(", ")}`,
    );
  }
  maxCost(flags);
  const endpoints: Endpoints = {
    teacher: endpointFromEnvironment("teacher"),
    verifier: verifier === "llm" ? endpointFromEnvironment("verifier") : null,
  };
  const tokenizer = flags.tokenizer === undefined
    ? byteTokenizer()
    : await loadTokenizer(flags.tokenizer);
  const files = flags.decontaminate.flatMap((list) => list.split(","));
  const contamination = files.length > 0 ? await readContaminationIndex(files) : undefined;
  return { endpoints, tokenizer, contamination };
}

function maxCost(flags: Flags): number | undefined {
  const text = flags["max-cost"];
  if (text === undefined) return;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  throw new ConfigError(`distill: found --max-cost=${text}, expected US dollars such as 2.50`);
}

async function select(
  flags: Flags,
  source: string,
  { tokenizer, contamination }: Omit<Awaited<ReturnType<typeof settings>>, "endpoints">,
  directory: string,
): Promise<SelectionSummary> {
  const limits = {
    minContextTokens: 32,
    maxContextTokens: flags["max-context"] ?? 6000,
    maxQueryTokens: 1000,
    maxAnswerTokens: 1000,
    minOverlap: 0.5,
  };
  const config = {
    ...{ source, seed: flags.seed ?? 0, rows: flags.limit ?? 1000 },
    ...{ limits, tokenizer, code, ...(contamination && { contamination }) },
  };
  const say = (pass: number, rows: number, total?: number): void => {
    if (rows % 100_000 === 0) console.log(`selecting, pass ${pass}: ${rows} of ${total ?? "?"}`);
  };
  const made = await selectRows(config, directory, say);
  console.log(
    `selected ${made.selected} of ${made.rowsRead} rows (${made.candidates} candidates) in ` +
      `${made.parts} parts; reasons in ${directory}/selection.json`,
  );
  if (contamination) {
    console.log(
      `${made.reasons.contaminated} rows left out that share words with ` +
        `${Object.keys(made.contamination).length} items of the evaluation`,
    );
  }
  return made;
}

async function ask(
  flags: Flags,
  endpoints: Endpoints,
  selection: SelectionSummary,
  directory: string,
  shard: ReturnType<typeof shardOf>,
): Promise<void> {
  using interrupt = stopOnInterrupt(console.log);
  const { signal } = interrupt;
  const log = await RequestLog.open(`${directory}/requests.arrows`, console.log);
  try {
    const limit = maxCost(flags);
    const budget = limit === undefined ? undefined : new Budget(limit, log.costUsd);
    const width = flags["max-in-flight"] ?? 64;
    const control = () =>
      new Control({
        maxInFlight: width,
        requestsPerMinute: flags["requests-per-minute"] ?? Infinity,
        tokensPerMinute: flags["tokens-per-minute"] ?? Infinity,
      });
    const shared = control();
    const open = (endpoint: Endpoint): CountingLlm => {
      const apart = endpoint.baseUrl !== endpoints.teacher.baseUrl;
      const options = { endpoint, log, control: apart ? control() : shared, signal };
      return openLlm({ ...options, ...(budget && { budget }) });
    };
    const teacher = open(endpoints.teacher);
    const judge = endpoints.verifier && open(endpoints.verifier);
    const verifier = judge ? llmVerifier(judge) : RULES[flags.verifier!];
    const tokens = { noteTokens: TOKENS.note, locateTokens: TOKENS.locate };
    const distillation = {
      teacher: llmTeacher(teacher, tokens),
      verifier,
      format: plainFormat,
    };
    const clients = [teacher, ...(judge ? [judge] : [])];
    try {
      await distilParts({
        selection: `${directory}/selection`,
        parts: selection.parts,
        notes: `${directory}/notes`,
        distillation,
        shard,
        width: 2 * width,
        manifest: {
          config: { teacher: distillation.teacher.name, verifier: verifier.rule },
          inputs: { selection: selection.configHash },
          code,
          adapter: null,
          driver: null,
        },
        signal,
        onProgress: progressOf(clients),
      });
    } catch (error) {
      if (error instanceof HaltError && signal.aborted) {
        throw new StopRequested("stopped; the same command goes on from here");
      }
      throw error;
    } finally {
      console.log(spent(clients));
    }
  } finally {
    await log.close();
  }
  await finish(directory, selection.parts, shard.count);
}

/** A line every five seconds: rows, cost so far, requests in flight, time left. */
function progressOf(clients: readonly CountingLlm[]): (done: number, total: number) => void {
  const start = performance.now();
  let last = start;
  return (done, total) => {
    const now = performance.now();
    if (now - last < 5000 && done < total) return;
    last = now;
    const left = formatDuration((now - start) / 1000 / done * (total - done));
    const inFlight = clients.reduce((sum, { counters }) => sum + counters.inFlight, 0);
    console.log(`${done}/${total} rows, ${inFlight} in flight, ${spent(clients)}, ${left} left`);
  };
}

function spent(clients: readonly CountingLlm[]): string {
  const sum = (name: keyof CountingLlm["counters"]): number =>
    clients.reduce((total, { counters }) => total + counters[name], 0);
  return `${sum("calls")} calls, ${sum("repliesFromLog")} from the log, ${
    sum("retries")
  } retries, ` +
    `$${sum("costUsd").toFixed(4)}`;
}

/** Counts what became of the rows, once all parts are there. */
export async function finish(directory: string, parts: number, shards: number): Promise<void> {
  if (shards > 1) {
    console.log(`this shard is done; when all ${shards} are: deno task merge`);
    return;
  }
  for (let part = 0; part < parts; part++) {
    if (!await exists(partPath(`${directory}/notes`, part))) return;
  }
  const { all, ...rest } = await summarise(`${directory}/notes`, parts);
  await writeFileAtomic(
    `${directory}/summary.json`,
    canonicalJson({ all: { ...all }, ...rest } as never),
  );
  console.log(
    `${all.rows} rows: ${all.full} notes accepted (D_f), ${all.empty} empty notes (D_e); ` +
      `reasons in ${directory}/summary.json`,
  );
}

function describe(e: Awaited<ReturnType<typeof estimateRun>>): string {
  const cost = e.mostUsd === null
    ? "no prices are set, so the cost is not known"
    : `about $${e.likelyUsd!.toFixed(2)}, at most $${e.mostUsd.toFixed(2)} without retries`;
  return `${e.rows} rows will ask up to ${e.requests} times with ${e.promptTokens} prompt tokens; ` +
    cost;
}
