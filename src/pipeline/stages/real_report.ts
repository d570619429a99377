/**
 * Stages that score the answers to a LongMemEval file and show them on one page.
 *
 * @module
 */
import { writeFileAtomic } from "../../base/files.ts";
import { hashFile } from "../../base/hash.ts";
import { type MetricName, scoreAnswers } from "../../eval/metrics.ts";
import { summarize, type Summary } from "../../eval/summary.ts";
import type { Series } from "../../figures/mod.ts";
import { buildReport, type ReportSection, type ReportTable } from "../../report/mod.ts";
import type { Segment } from "../../rwr/answer.ts";
import { type AnswersTableRow, readRows, writeRows } from "../../tables/mod.ts";
import type { AnswerMethod, AnswerRun } from "../answer_run.ts";
import type { Stage, StageContext } from "../stage.ts";
import { inputPath } from "./kit.ts";
import { provenanceOf } from "./provenance.ts";
import {
  type AnswerCost,
  answerManifest,
  answersStage,
  answersStageOf,
  type ItemList,
  itemsStage,
  readAnswerCosts,
  readItemList,
} from "./real_data.ts";

const SEED = "1";
const LABELS: Readonly<Record<AnswerMethod, string>> = {
  direct: "direct",
  rwr: "RwR",
  "rwr+ssa": "RwR+SSA",
};
/** Items whose whole texts the page holds; beyond them a text of a book's length is shortened. */
const WHOLE_ITEMS = 20;
const SHORTENED = 2000;

/** All stages of the run, from the file to `report.html`. */
export function answerStages(run: AnswerRun): Stage[] {
  return [
    itemsStage(run),
    ...run.methods.map((method) => answersStage(run, method)),
    scoresStage(run),
    reportStage(run),
  ];
}

/** Free text cannot be matched as a whole; the tiny corpus answers in single words. */
function metricOf({ format }: AnswerRun): MetricName {
  return format.name === "tiny" ? "exact_match" : "substring_match";
}

async function readAnswers(context: StageContext, run: AnswerRun): Promise<AnswersTableRow[]> {
  const tables: AnswersTableRow[][] = [];
  for (const method of run.methods) {
    const path = inputPath(context, `${answersStageOf(method)}/answers.arrow`);
    tables.push(await readRows(path, "answers"));
  }
  return tables.flat();
}

function scoresStage(run: AnswerRun): Stage {
  const { methods, model } = run;
  const config = { metric: metricOf(run), methods: [...methods], model: model.name, seed: SEED };
  return {
    name: "scores",
    inputs: ["items", ...methods.map(answersStageOf)],
    config,
    version: 2,
    outputs: ["scores.arrow", "summary.json"],
    expectedSeconds: 1,
    async run(context) {
      const { length, items } = await readItemList(context);
      const answers = await readAnswers(context, run);
      const conditions = methods.map((method) => ({ model: model.name, method }));
      const scores = scoreAnswers({
        items: items.map((item) => ({ ...item, length })),
        conditions,
        answers,
        metric: config.metric,
      });
      const manifest = answerManifest(context, run, config, answers.length);
      await writeRows(context.output("scores.arrow"), "scores", scores, manifest);
      const summary: Summary = summarize(scores, { seed: SEED, base: conditions[0] });
      const shown = { notice: model.notice, ...summary };
      await writeFileAtomic(context.output("summary.json"), JSON.stringify(shown, null, 2) + "\n");
    },
  };
}

function reportStage(run: AnswerRun): Stage {
  const stages = ["items", ...run.methods.map(answersStageOf), "scores"];
  const series = run.methods.map((method): Series => ({
    label: run.model.notice === null ? LABELS[method] : `${LABELS[method]} (untrained)`,
    models: [run.model.name],
    method,
  }));
  return {
    name: "report",
    inputs: stages,
    config: { wholeItems: WHOLE_ITEMS, shortened: SHORTENED },
    version: 2,
    outputs: ["report.html"],
    expectedSeconds: 3,
    async run(context) {
      const list = await readItemList(context);
      const scoresPath = inputPath(context, "scores/scores.arrow");
      const costs = await readRunCosts(`${context.directory}/..`, run.methods);
      const html = await buildReport({
        title: `Answers to ${list.items.length} items of ${fileName(run.data)}`,
        manifestHash: await hashFile(scoresPath),
        sections: sections(run, list),
        scores: await readRows(scoresPath, "scores"),
        answers: shortenTexts(await readAnswers(context, run), list),
        series,
        baseline: series[0].label,
        published: [],
        seed: SEED,
        figures: [],
        measurements: [{ title: "Time and memory", tables: [costTable(costs)] }],
        stages: await Promise.all(stages.map((name) => provenanceOf(context, name))),
      });
      await writeFileAtomic(context.output("report.html"), html);
    },
  };
}

const fileName = (path: string): string => path.split(/[/\\]/).at(-1)!;

function sections(run: AnswerRun, { items, length }: ItemList): ReportSection[] {
  const untrained = "This model has never been trained: its weights are the random numbers that " +
    "training would start from. Its answers are nonsense, and accuracies say nothing about the " +
    "method. What is real is the way: the items, the tokenizer, the prompts, every token read and " +
    "written by the kernels on the adapter named below, the parsing, the scoring, and the costs.";
  const data = `${items.length} items from ${fileName(run.data)}, of ` +
    `${Math.min(...items.map((item) => item.context_tokens))} to ` +
    `${Math.max(...items.map((item) => item.context_tokens))} tokens each with the tokenizer ` +
    `${fileName(run.tokenizerFile)} (${run.tokenizer.vocabSize} tokens); the tables show them ` +
    `under their mean, ${length}. Answers are scored by a rule (${metricOf(run)}), not by ` +
    "LongMemEval's GPT-4o judge.";
  const { notice } = run.model;
  return [
    ...(notice === null ? [] : [{ title: notice, paragraphs: [untrained] }]),
    { title: "What was asked", paragraphs: [data] },
  ];
}

/** Histories in the texts of later items, cut down to their two ends; notes and outputs stay. */
function shortenTexts(answers: readonly AnswersTableRow[], { items }: ItemList): AnswersTableRow[] {
  const whole = new Set(items.slice(0, WHOLE_ITEMS).map(({ item_id }) => item_id));
  return answers.map((row) => {
    if (whole.has(row.item_id)) return row;
    const segments = (JSON.parse(row.segments) as Segment[]).map((segment) => ({
      ...segment,
      text: shorten(segment.text),
    }));
    const final_prompt = shorten(row.final_prompt);
    return { ...row, segments: JSON.stringify(segments), final_prompt };
  });
}

function shorten(text: string): string {
  if (text.length <= SHORTENED) return text;
  const half = SHORTENED / 2;
  return `${text.slice(0, half)}\n[… ${text.length - SHORTENED} characters left out here; ` +
    `answers.arrow holds them …]\n${text.slice(-half)}`;
}

/** The costs of a run whose answers are there, by method, then in the order of the items. */
export async function readRunCosts(
  directory: string,
  methods: readonly AnswerMethod[],
): Promise<AnswerCost[]> {
  const list: ItemList = JSON.parse(await Deno.readTextFile(`${directory}/items/items.json`));
  const costs = methods.map((method) =>
    readAnswerCosts(`${directory}/${answersStageOf(method)}/cost`, list)
  );
  return (await Promise.all(costs)).flat();
}

/** What each answer cost, as the report and the terminal show it. */
export function costTable(costs: readonly AnswerCost[]): ReportTable {
  const notice = costs.find((cost) => cost.notice !== null)?.notice;
  return {
    title: `What each answer cost${notice ? ` (${notice})` : ""}; the first answer of a process ` +
      "also compiles the kernels",
    header: [
      "item",
      "method",
      "prompt tokens",
      "written tokens",
      "segments",
      "seconds",
      "peak GPU MiB",
    ],
    rows: costs.map((cost) => [
      cost.item_id,
      LABELS[cost.method],
      // As text: the report rounds numbers to four digits, and these are exact.
      `${cost.prompt_tokens}`,
      `${cost.generated_tokens}`,
      cost.segments,
      Number(cost.seconds.toFixed(2)),
      Number((cost.peak_bytes / 2 ** 20).toFixed(1)),
    ]),
  };
}
