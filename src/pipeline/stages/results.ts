/**
 * Stages from answers to what is read: scores, cost, tables, figures, the report.
 *
 * @module
 */
import type { Json } from "../../base/canonical_json.ts";
import { writeFileAtomic } from "../../base/files.ts";
import { hashFile } from "../../base/hash.ts";
import { scoreAnswers } from "../../eval/metrics.ts";
import { summarize } from "../../eval/summary.ts";
import { exportFigure, renderCsv } from "../../figures/export.ts";
import {
  accuracyByLength,
  costByLength,
  type CostRow,
  emptyPublished,
  type PlotlyFigure,
  type Series,
  table1,
  table1Markdown,
  table1Records,
  trainingCurves,
} from "../../figures/mod.ts";
import { measurePrefill } from "../../infer/mod.ts";
import { type AnswersTableRow, readRows, writeRows } from "../../tables/mod.ts";
import { loadModel } from "../model.ts";
import type { Stage, StageContext } from "../stage.ts";
import { readItems } from "./answering.ts";
import { answersStageName, BASELINE, METHOD_ROWS } from "./conditions.ts";
import { inputPath, type Kit, manifestOf, onAdapter } from "./kit.ts";

/** Tables and figures name their random numbers after the profile's seed. */
export const statisticsSeed = (kit: Kit): string => `${kit.profile.seed}/statistics`;

/** The curves and rows of all tables and figures. */
export const SERIES: readonly Series[] = METHOD_ROWS.map(({ label, model, method }) => ({
  label,
  models: [model],
  method,
}));

const ANSWERS = METHOD_ROWS.map(answersStageName);

/** Answers of all rows. */
export async function readAnswers(context: StageContext): Promise<AnswersTableRow[]> {
  const tables: AnswersTableRow[][] = [];
  for (const name of ANSWERS) {
    tables.push(await readRows(inputPath(context, `${name}/answers.arrow`), "answers"));
  }
  return tables.flat();
}

/** Right or wrong, for every item under every method. */
export function scoresStage(kit: Kit): Stage {
  const config = { metric: "exact_match", seed: statisticsSeed(kit) };
  return {
    name: "scores",
    inputs: ["items", ...ANSWERS],
    config,
    version: 2,
    outputs: ["scores.arrow", "summary.json"],
    expectedSeconds: 3,
    async run(context) {
      const answers = await readAnswers(context);
      const items = await readItems(context, kit.profile.evaluation);
      const scores = scoreAnswers({
        items: items.map((item) => ({
          item_id: item.itemId,
          question_type: item.questionType,
          abstention: item.abstention,
          length: item.length,
          gold: item.gold,
        })),
        conditions: METHOD_ROWS.map(({ model, method }) => ({ model, method })),
        answers,
        metric: "exact_match",
      });
      const manifest = manifestOf(context, kit, config, answers.length, false);
      await writeRows(context.output("scores.arrow"), "scores", scores, manifest);
      const { model, method } = METHOD_ROWS.find(({ label }) => label === BASELINE)!;
      const summary = summarize(scores, { seed: config.seed, base: { model, method } });
      await writeFileAtomic(
        context.output("summary.json"),
        JSON.stringify(summary, null, 2) + "\n",
      );
    },
  };
}

/** Table 1, accuracy against length, training curves: everything that no clock decides. */
export function figuresStage(kit: Kit): Stage {
  const { finetuning } = kit.profile;
  const config = { seed: statisticsSeed(kit), trainedLength: Math.max(...finetuning.lengths) };
  return {
    name: "figures",
    inputs: ["scores", "base", "train-sft", "train-rwr"],
    config,
    version: 2,
    outputs: ["table-1", "accuracy-by-length", "training-curves"],
    expectedSeconds: 5,
    products: [
      { id: "table-1", kind: "table", output: "table-1" },
      { id: "accuracy-by-length", kind: "figure", output: "accuracy-by-length" },
      { id: "training-curves", kind: "figure", output: "training-curves" },
    ],
    async run(context) {
      const scoresPath = inputPath(context, "scores/scores.arrow");
      const scores = await readRows(scoresPath, "scores");
      const manifestHash = await hashFile(scoresPath);
      const { seed, trainedLength } = config;
      const table = table1({
        scores,
        series: SERIES,
        baseline: BASELINE,
        published: emptyPublished(),
        seed,
      });
      const parts = table.parts.map(({ length }) =>
        `${length} tokens:\n\n${table1Markdown(table, length)}`
      );
      await writeFileAtomic(`${context.output("table-1")}/table-1.md`, parts.join("\n"));
      const csv = renderCsv(table1Records(table), manifestHash);
      await writeFileAtomic(`${context.output("table-1")}/table-1.csv`, csv);
      const accuracy = accuracyByLength({
        scores,
        series: SERIES,
        column: "average",
        trainedLength,
        seed,
      });
      await exportTo(
        context,
        "accuracy-by-length",
        "Accuracy against context length",
        accuracy,
        manifestHash,
      );
      const curves = trainingCurves({ runs: await trainingRuns(context) });
      await exportTo(context, "training-curves", "Training loss", curves, manifestHash);
    },
  };
}

/** Training logs by label. */
export async function trainingRuns(context: StageContext) {
  const runs = [["base", "Mamba (base)"], ["train-sft", "Mamba-SFT"], ["train-rwr", "RwR"]];
  return await Promise.all(runs.map(async ([stage, label]) => ({
    label,
    log: await readRows(inputPath(context, `${stage}/training_log.arrow`), "training_log"),
  })));
}

async function exportTo(
  context: StageContext,
  output: string,
  title: string,
  figure: PlotlyFigure,
  manifestHash: string,
): Promise<void> {
  await exportFigure(figure, { folder: context.output(output), id: output, title, manifestHash });
}

/** Where times lie inside the efficiency folder: never hashed, so a rerun is not stale. */
const COSTS = "cost.timing.json";

/** Reads the measurements of {@linkcode efficiencyStage}. */
export async function readCosts(context: StageContext): Promise<CostRow[]> {
  return JSON.parse(
    await Deno.readTextFile(`${inputPath(context, "efficiency/figure-efficiency")}/${COSTS}`),
  );
}

/** Time and memory of reading a context, by its length. */
export function efficiencyStage(kit: Kit): Stage {
  const longest = Math.max(...kit.profile.evaluation.lengths.map(({ tokens }) => tokens));
  const lengths = [256, 1024, 4096, 16_384, 65_536].filter((length) => length <= 16 * longest);
  const config = onAdapter(kit, { lengths });
  return {
    name: "efficiency",
    inputs: ["train-rwr"],
    config,
    version: 1,
    outputs: ["figure-efficiency"],
    place: "alone",
    expectedSeconds: 15,
    products: [{ id: "figure-efficiency", kind: "figure", output: "figure-efficiency" }],
    async run(context) {
      const model = await loadModel(kit.gpu, inputPath(context, "train-rwr/model"), false);
      const measured = await measurePrefill(kit.gpu, model, lengths);
      model.release();
      const costs: CostRow[] = measured.map(({ length, milliseconds, peakBytes }) => ({
        label: "Mamba",
        length,
        milliseconds,
        peak_bytes: peakBytes,
      }));
      const folder = context.output("figure-efficiency");
      await writeFileAtomic(`${folder}/${COSTS}`, JSON.stringify(costs as unknown as Json));
      const hash = await hashFile(`${inputPath(context, "train-rwr/model")}/model.safetensors`);
      const title = "Time and memory of reading a context";
      await exportTo(context, "figure-efficiency", title, costByLength({ costs }), hash);
    },
  };
}
