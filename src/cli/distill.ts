/**
 * `deno task distill`: teacher notes from OpenOrca rows, verified, with everything that was asked
 * in a log.
 *
 * @module
 */
import kit from "../../deno.json" with { type: "json" };
import { estimateRun, type RunEstimate } from "../distill/estimate.ts";
import { type SelectionSummary, selectRows } from "../distill/selection.ts";
import { shardFolder, shardOf } from "../distill/shard.ts";
import { lockRunDirectory } from "../pipeline/run_directory.ts";
import { parseFlags } from "./args.ts";
import type { Command } from "./command.ts";
import { ask, TOKENS } from "./distill/ask.ts";
import { finish } from "./distill/finish.ts";
import { FLAGS, judgeOf, readSettings, type Settings } from "./distill/settings.ts";

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
  --batch                      ask by OpenAI's Batch API; go on later with the same command
  --batch-files                the same by files for vllm run-batch, which you run
  --batch-size N               most requests of a batch (default 50000)
  --dry-run                    select rows, say what they will ask and cost, ask nothing
  --runs DIR                   default runs

Environment: RWR_TEACHER_BASE_URL, _MODEL, _API_KEY, _API (chat or completions), _CHAT_TEMPLATE (for
completions: a tokenizer_config.json or .jinja file), _PRICE_INPUT and _PRICE_OUTPUT (US dollars for
a million tokens); RWR_VERIFIER_... likewise, else the teacher's.
`;

/** The command. */
export const command: Command = {
  summary: "have a teacher write notes for OpenOrca rows, and verify them",
  usage,
  async run(args) {
    const { flags } = parseFlags(args, FLAGS);
    const shard = shardOf(flags.shard, Deno.env.toObject());
    const settings = await readSettings(flags);
    const parent = `${flags.runs ?? "runs"}/distill/${flags.name ?? "distill"}`;
    const directory = [parent, shardFolder(shard)].filter((part) => part !== "").join("/");
    using _lock = await lockRunDirectory(directory);
    const selection = await select(settings, directory);
    if (flags["dry-run"]) {
      console.log(describe(await estimate(settings, directory, selection.parts)));
      return 0;
    }
    await ask({ settings, directory, selection, shard, code });
    if (shard.count === 1) await finish(directory, selection.parts);
    else console.log(`this shard is done; when all ${shard.count} are: deno task merge`);
    return 0;
  },
};

async function select(settings: Settings, directory: string): Promise<SelectionSummary> {
  const { source, seed, rows, tokenizer, maxContextTokens, contamination } = settings;
  const limits = {
    minContextTokens: 32,
    maxContextTokens,
    maxQueryTokens: 1000,
    maxAnswerTokens: 1000,
    minOverlap: 0.5,
  };
  const config = {
    ...{ source, seed, rows, limits, tokenizer, code },
    ...(contamination && { contamination }),
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

async function estimate(settings: Settings, directory: string, parts: number) {
  const { teacher, tokenizer } = settings;
  return await estimateRun(`${directory}/selection`, parts, {
    ...{ teacher, verifier: judgeOf(settings), tokens: TOKENS, tokenizer },
  });
}

function describe(e: RunEstimate): string {
  const cost = e.mostUsd === null
    ? "no prices are set, so the cost is not known"
    : `about $${e.likelyUsd!.toFixed(2)}, at most $${e.mostUsd.toFixed(2)} without retries`;
  return `${e.rows} rows will ask up to ${e.requests} times with ${e.promptTokens} prompt tokens; ` +
    cost;
}
