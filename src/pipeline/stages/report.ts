/**
 * The stage that gathers everything on one page.
 *
 * @module
 */
import { writeFileAtomic } from "../../base/files.ts";
import { hashFile } from "../../base/hash.ts";
import {
  accuracyByLength,
  benchFigures,
  costByLength,
  emptyPublished,
  trainingCurves,
} from "../../figures/mod.ts";
import { buildReport, type ReportFigure, type ReportTable } from "../../report/mod.ts";
import {
  type BenchRun,
  describeCircumstances,
  readBench,
  readRows,
  type ScoresTableRow,
} from "../../tables/mod.ts";
import type { Agreement } from "../../teacher/measure.ts";
import type { Stage, StageContext } from "../stage.ts";
import { inputPath, type Kit } from "./kit.ts";
import { readAnswers, readCosts, SERIES, statisticsSeed, trainingRuns } from "./results.ts";
import { answersStageName, BASELINE, METHOD_ROWS } from "./conditions.ts";
import { provenanceOf } from "./provenance.ts";
import { reportSections } from "./report_sections.ts";

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

/** Under which the stage reads measurements of speed. */
const BENCH = "bench.arrow";

/**
 * `report.html`: tables, figures, items with their traces, and where everything came from.
 *
 * @param bench The table of `deno task bench` that it shows.
 */
export function reportStage(kit: Kit, bench: string | URL): Stage {
  return {
    name: "report",
    inputs: STAGES,
    files: { [BENCH]: bench },
    config: { seed: statisticsSeed(kit) },
    version: 3,
    outputs: ["report.html"],
    expectedSeconds: 4,
    async run(context) {
      const scoresPath = inputPath(context, "scores/scores.arrow");
      const scores = await readRows(scoresPath, "scores");
      const stages = await Promise.all(STAGES.map((name) => provenanceOf(context, name)));
      const html = await buildReport({
        title: `Recall with Reasoning: profile ${kit.profile.name}`,
        manifestHash: await hashFile(scoresPath),
        sections: await reportSections(context, kit, scores, stages),
        scores,
        answers: await readAnswers(context),
        series: SERIES,
        baseline: BASELINE,
        published: emptyPublished(),
        seed: statisticsSeed(kit),
        figures: [
          ...await figures(context, kit, scores),
          ...speedFigures(await readBench(inputPath(context, BENCH))),
        ],
        measurements: [{ title: "Teacher", tables: await teacherTables(context) }],
        stages,
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

/** Figures of a bench run, which say themselves where and when it measured. */
function speedFigures(run: BenchRun): ReportFigure[] {
  const where = `Measured by \`deno task bench\` on ${describeCircumstances(run.where)}, apart ` +
    "from this run.";
  return benchFigures(run).map((figure) => ({ ...figure, caption: `${where} ${figure.caption}` }));
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
      title:
        "How often the embedded teacher's notes are the evidence. It never sees the labels, but " +
        "its thesaurus was written from the generator's wording: agreement here shows that the way " +
        "works, not how good a teacher is",
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
