/**
 * The stage that gathers everything on one page.
 *
 * @module
 */
import { writeFileAtomic } from "../../base/files.ts";
import { hashFile } from "../../base/hash.ts";
import {
  accuracyByLength,
  costByLength,
  emptyPublished,
  trainingCurves,
} from "../../figures/mod.ts";
import {
  buildReport,
  type ReportFigure,
  type ReportSection,
  type ReportTable,
} from "../../report/mod.ts";
import { readRows, type ScoresTableRow } from "../../tables/mod.ts";
import type { Agreement } from "../../teacher/measure.ts";
import type { Stage, StageContext } from "../stage.ts";
import { inputPath, type Kit } from "./kit.ts";
import { readAnswers, readCosts, SERIES, statisticsSeed, trainingRuns } from "./results.ts";
import { answersStageName, BASELINE, METHOD_ROWS } from "./conditions.ts";
import { provenanceOf } from "./provenance.ts";

/** What a reader must know before the first number. */
const SECTIONS: readonly ReportSection[] = [
  {
    title: "What is real here, and what is synthetic",
    paragraphs: [
      "The method, the kernels, the training and the scoring are real: WGSL kernels trained every model behind " +
      "these numbers on the adapter named below. The data is synthetic: chat histories in LongMemEval's schema, " +
      "written by a generator from 293 words, with a rule-based teacher in the place of Llama-3.1-8B and a rule in " +
      "the place of GPT-4o. The models have about 84,000 parameters. Nothing here is a number of the paper: its " +
      "table values could not be verified, so those cells stay empty.",
    ],
  },
  {
    title: "What the effect rests on",
    paragraphs: [
      "Read the table by question type. The average hides that single-fact questions, which a direct answer already " +
      "gets right near the trained length, gain nothing from a note or lose a little to it, while questions that " +
      "combine two facts (multi-session, temporal-reasoning) can hardly be answered without writing both facts down " +
      'first. Near the trained length the result therefore supports "writing facts down helps to combine them" ' +
      "rather than better extrapolation. Far beyond it, reading the whole context at once fails with and without a " +
      "note; what helps there is SSA, which never reads more than a trained length at a time.",
      "Intervals are 95% bootstrap intervals over items. One training seed stands behind each row, so they leave out " +
      "the variance between trainings.",
    ],
  },
];

const STAGES = [
  "source",
  "notes",
  "packs-sft",
  "packs-rwr",
  "base",
  "train-sft",
  "train-rwr",
  "items",
  ...METHOD_ROWS.map(answersStageName),
  "scores",
  "efficiency",
];

/** `report.html`: tables, figures, items with their traces, and where everything came from. */
export function reportStage(kit: Kit): Stage {
  return {
    name: "report",
    inputs: STAGES,
    config: { seed: statisticsSeed(kit) },
    version: 1,
    outputs: ["report.html"],
    expectedSeconds: 4,
    async run(context) {
      const scoresPath = inputPath(context, "scores/scores.arrow");
      const scores = await readRows(scoresPath, "scores");
      const html = await buildReport({
        title: `Recall with Reasoning: profile ${kit.profile.name}`,
        manifestHash: await hashFile(scoresPath),
        sections: SECTIONS,
        scores,
        answers: await readAnswers(context),
        series: SERIES,
        baseline: BASELINE,
        published: emptyPublished(),
        seed: statisticsSeed(kit),
        figures: await figures(context, kit, scores),
        measurements: [{ title: "Teacher", tables: await teacherTables(context) }],
        stages: await Promise.all(STAGES.map((name) => provenanceOf(context, kit.gpu, name))),
      });
      await writeFileAtomic(context.output("report.html"), html);
    },
  };
}

async function figures(
  context: StageContext,
  kit: Kit,
  scores: readonly ScoresTableRow[],
): Promise<ReportFigure[]> {
  const seed = statisticsSeed(kit);
  const trainedLength = Math.max(...kit.profile.finetuning.lengths);
  return [
    {
      id: "accuracy-by-length",
      title: "Accuracy against context length",
      caption:
        "Mean strict accuracy over the six answerable types; bars are 95% bootstrap intervals over items.",
      figure: accuracyByLength({ scores, series: SERIES, column: "average", trainedLength, seed }),
    },
    {
      id: "training-curves",
      title: "Training loss",
      caption:
        "Weighted loss of each step. The three runs predict different tokens, so compare shapes, not heights.",
      figure: trainingCurves({ runs: await trainingRuns(context) }),
    },
    {
      id: "figure-efficiency",
      title: "Time and memory of reading a context",
      caption: "One context at a time, in chunks with carried state, on the adapter named below.",
      figure: costByLength({ costs: await readCosts(context) }),
    },
  ];
}

interface TeacherReport {
  readonly counts: {
    readonly rows: number;
    readonly full: number;
    readonly empty: number;
    readonly rejected: Readonly<Record<string, number>>;
  };
  readonly agreement: Readonly<Record<string, Agreement>>;
}

async function teacherTables(context: StageContext): Promise<ReportTable[]> {
  const path = inputPath(context, "notes/teacher.json");
  const { counts, agreement } = JSON.parse(await Deno.readTextFile(path)) as TeacherReport;
  const rejected = Object.entries(counts.rejected).map((
    [reason, rows],
  ) => [`rejected: ${reason}`, rows]);
  return [
    {
      title: "How often the embedded teacher's notes are the evidence (it never sees the labels)",
      header: ["question type", "notes", "exact", "recall", "precision"],
      rows: Object.entries(agreement).map((
        [type, a],
      ) => [type, a.rows, a.exact, a.recall, a.precision]),
    },
    {
      title: "Where the rows went",
      header: ["set", "rows"],
      rows: [
        ["D_f: valid notes", counts.full],
        ["D_e: empty notes", counts.empty],
        ...rejected,
      ] as [string, number][],
    },
  ];
}
