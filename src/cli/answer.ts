/**
 * `deno task answer`: a LongMemEval file through cutting, prompts, all ways of answering, scoring and
 * the report, with any tokenizer and with or without a trained model.
 *
 * @module
 */
import config from "../../deno.json" with { type: "json" };
import { ConfigError, DataError } from "../base/errors.ts";
import { writeFileAtomic } from "../base/files.ts";
import { formatSummary } from "../eval/summary_text.ts";
import type { Summary } from "../eval/summary.ts";
import {
  ANSWER_METHODS,
  type AnswerRun,
  formatFor,
  modelFromFolder,
  parseMethods,
  untrainedModel,
} from "../pipeline/answer_run.ts";
import { runStages } from "../pipeline/runner.ts";
import { answerStages, costTable, readRunCosts } from "../pipeline/stages/real_report.ts";
import { loadTokenizer } from "../tokenizer/mod.ts";
import { parseFlags } from "./args.ts";
import type { Command } from "./command.ts";
import { stopOnInterrupt } from "./interrupt.ts";
import { openGpu, precisionOf, VARIANT_FLAGS, VARIANT_USAGE } from "./open_gpu.ts";

const FLAGS = {
  data: "text",
  tokenizer: "text",
  model: "text",
  methods: "text",
  segment: "integer",
  limit: "integer",
  "max-note": "integer",
  "max-answer": "integer",
  precision: "text",
  out: "text",
  ...VARIANT_FLAGS,
} as const;

type Flags = ReturnType<typeof parseFlags<typeof FLAGS>>["flags"];

const DEFAULTS = { segment: 5000, "max-note": 128, "max-answer": 64 } as const;
/** Characters of English a token. */
const CHARACTERS = 4.5;

function required(flags: Flags, name: "data" | "tokenizer", what: string): string {
  const value = flags[name];
  if (value === undefined) throw new ConfigError(`answer: --${name} is missing; give ${what}`);
  return value;
}

function positive(flags: Flags, name: "segment" | "limit" | "max-note" | "max-answer") {
  const value = flags[name];
  if (value === 0) throw new ConfigError(`answer: found --${name}=0, expected at least 1`);
  return value;
}

async function fileSize(path: string): Promise<number> {
  const found = await Deno.stat(path).catch((error: unknown) => {
    throw new DataError(`opening --data ${path}: ${String(error)}; check the path`, {
      cause: error,
    });
  });
  if (found.isFile && found.size > 0) return found.size;
  throw new DataError(
    `opening --data ${path}: found ${found.isFile ? "an empty file" : "no file"}, expected ` +
      `LongMemEval items; fetch the file again`,
  );
}

/** Checks everything that can be checked before the first stage. */
async function prepare(flags: Flags): Promise<AnswerRun> {
  const data = required(flags, "data", "a file in LongMemEval's schema");
  const tokenizerFile = required(flags, "tokenizer", "a Hugging Face tokenizer.json");
  const limits = {
    methods: parseMethods(flags.methods ?? ANSWER_METHODS.join()),
    segmentTokens: positive(flags, "segment") ?? DEFAULTS.segment,
    maxItems: positive(flags, "limit"),
    maxNoteTokens: positive(flags, "max-note") ?? DEFAULTS["max-note"],
    maxAnswerTokens: positive(flags, "max-answer") ?? DEFAULTS["max-answer"],
  };
  const precision = precisionOf(flags.precision);
  const expectedTokens = await fileSize(data) / CHARACTERS;
  const tokenizer = await loadTokenizer(tokenizerFile);
  const model = flags.model === undefined
    ? untrainedModel(tokenizer, precision)
    : await modelFromFolder(flags.model, tokenizer, precision);
  const format = formatFor(tokenizer);
  const shared = { data, tokenizerFile, tokenizer, format, model, expectedTokens };
  return { ...shared, ...limits, gpu: await openGpu(flags, { precision }) };
}

/** The last lines of the command: accuracies, costs, and where the page is. */
async function printResults(run: AnswerRun, directory: string): Promise<void> {
  const summary: Summary = JSON.parse(await Deno.readTextFile(`${directory}/scores/summary.json`));
  const { title, header, rows } = costTable(await readRunCosts(directory, run.methods));
  const cells = [header, ...rows.map((row) => row.map(String))];
  const widths = header.map((_, i) => Math.max(...cells.map((row) => row[i].length)));
  console.log(`\n${formatSummary(summary)}\n${title}`);
  for (const row of cells) {
    console.log(
      row.map((cell, i) => i < 2 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])).join("  "),
    );
  }
  const report = `${directory}/report.html`;
  await writeFileAtomic(report, await Deno.readFile(`${directory}/report/report.html`));
  if (run.model.notice !== null) console.log(`\n${run.model.notice}`);
  console.log(`\nreport: ${report}`);
}

/** `deno task answer`. */
export const command: Command = {
  summary: "answer the items of a LongMemEval file, with any tokenizer and model",
  usage: `
  --data FILE       items in LongMemEval's schema, a JSON array or JSONL
  --tokenizer FILE  a Hugging Face tokenizer.json
  --model FOLDER    a Mamba over that tokenizer: a checkpoint of the kit, or config.json and
                    model.safetensors of transformers (an untrained one of width 64 and 2 layers,
                    whose answers are nonsense)
  --methods LIST    of direct, rwr and rwr+ssa, joined by commas (all)
  --segment N       longest segment of rwr+ssa, in tokens (${DEFAULTS.segment})
  --limit N         only the first N items (all)
  --max-note N      most tokens of a note (${DEFAULTS["max-note"]})
  --max-answer N    most tokens of an answer (${DEFAULTS["max-answer"]})
  --precision P     f16 reads the weights of linear layers in f16, f16-activations what norms and
                    scan hand to them too, where the adapter can (f32)
${VARIANT_USAGE}
  --out DIR         where results go (runs/answer)`,
  async run(args) {
    const { flags } = parseFlags(args, FLAGS);
    const run = await prepare(flags);
    const directory = flags.out ?? "runs/answer";
    try {
      using interrupt = stopOnInterrupt(console.log);
      console.log(`model ${run.model.notice ?? run.model.name} on ${run.gpu.facts.adapter}`);
      await runStages(answerStages(run), {
        directory,
        kitVersion: config.version,
        sink: console.log,
        signal: interrupt.signal,
      });
      await printResults(run, directory);
      return 0;
    } finally {
      run.gpu.destroy();
    }
  },
};
