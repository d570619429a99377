/**
 * What a reader of the report must know before the first number, made from the run itself.
 *
 * @module
 */
import { thousands } from "../../figures/shared/theme.ts";
import { mambaConfigFromHf } from "../../models/mamba/hf.ts";
import { mambaParameters } from "../../models/mamba/mod.ts";
import { conclusions, TWO_FACT_TYPES } from "../../report/conclusions.ts";
import type { ReportSection, ReportStage } from "../../report/mod.ts";
import type { ScoresTableRow } from "../../tables/mod.ts";
import type { StageContext } from "../stage.ts";
import { BASELINE } from "./conditions.ts";
import { inputPath, type Kit } from "./kit.ts";
import { SERIES, statisticsSeed } from "./results.ts";

/**
 * The sections before the tables: what is synthetic, how the models were made, and the differences
 * that the scores show.
 */
export async function reportSections(
  context: StageContext,
  kit: Kit,
  scores: readonly ScoresTableRow[],
  stages: readonly ReportStage[],
): Promise<ReportSection[]> {
  return [
    {
      title: "What is real here, and what is synthetic",
      paragraphs: [
        "The method, the kernels, the training and the scoring are real. The data is synthetic: " +
        "chat histories in LongMemEval's schema, written by a generator from " +
        `${kit.tokenizer.vocabSize} words, with a rule-based teacher in the place of Llama-3.1-8B ` +
        "and a rule in the place of GPT-4o. Nothing here is a number of the paper: its table " +
        "values could not be verified, so those cells stay empty.",
        `WGSL kernels trained every model behind these numbers, of ${await modelSize(context)} ` +
        `parameters each. ${whereTrained(stages)}`,
      ],
    },
    {
      title: `How far the methods are from ${BASELINE}`,
      paragraphs: [
        ...conclusions({ scores, series: SERIES, baseline: BASELINE, seed: statisticsSeed(kit) }),
        ...howToRead(kit),
      ],
    },
  ];
}

/** Parameters of the base model, which all others are fine-tuned from. */
async function modelSize(context: StageContext): Promise<string> {
  const path = `${inputPath(context, "base/model")}/config.json`;
  const config = mambaConfigFromHf(JSON.parse(await Deno.readTextFile(path)));
  const sizes = mambaParameters(config).map(({ shape }) => shape.reduce((size, n) => size * n, 1));
  return thousands(sizes.reduce((sum, size) => sum + size, 0));
}

/** Who computed what, by the manifests of the stages. */
function whereTrained(stages: readonly ReportStage[]): string {
  const adapters = (of: (name: string) => boolean) => {
    const names = new Set(stages.filter(({ name }) => of(name)).map(({ adapter }) => adapter));
    return [...names].filter((adapter) => adapter !== null).join(" and ") || "an unnamed adapter";
  };
  const run = adapters((name) => name !== "base");
  const shipped = stages.some(({ name, inputs }) => name === "base" && "checkpoint" in inputs);
  if (!shipped) return `All of them were trained in this run, on ${adapters(() => true)}.`;
  return `The base was made beforehand, by \`deno task pretrain\` on ${
    adapters((name) => name === "base")
  }; everything else was computed in this run, on ${run}.`;
}

/** What the differences can and cannot say, whatever they are. */
function howToRead({ profile }: Kit): string[] {
  const { finetuning, evaluation } = profile;
  const trained = thousands(Math.max(...finetuning.lengths));
  return [
    `How to read this: the two-fact types (${TWO_FACT_TYPES.join(", ")}) need two facts of the ` +
    "history together, the single-fact types (the other four) need one, and an average can hide " +
    `differences of opposite sign. Fine-tuning saw contexts of up to ${trained} tokens. Up to ` +
    "that length a difference on the two-fact types concerns how facts are combined; beyond it, " +
    "differences also concern how far a method can read. RwR and RwR+SSA ask the same model, so " +
    "only reading in segments of at most " +
    `${thousands(evaluation.segmentTokens)} tokens tells them apart. An interval that holds zero ` +
    "leaves open which of the two is ahead; one without width means that all items agree, not " +
    "that the number is certain.",
    "Intervals are 95% bootstrap intervals over items. They are too narrow in two ways: one " +
    "training seed stands behind each row, so the variance between trainings is left out; and the " +
    "items of a type share few pairs of facts, so they are not independent. The last row of each " +
    "table says how many distinct gold answers and questions they have.",
  ];
}
