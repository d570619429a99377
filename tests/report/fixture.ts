/** A report's input over the made-up rows of the figure tests. */
import {
  accuracyByLength,
  costByLength,
  emptyPublished,
  type PlotlyFigure,
} from "../../src/figures/mod.ts";
import type { ReportInput } from "../../src/report/mod.ts";
import { answerRows, costRows, scoreRows, SERIES } from "../figures/fixture.ts";

const figure = (id: string, title: string, figure: PlotlyFigure) => ({
  id,
  title,
  caption: `${title}. Made-up rows for a test.`,
  figure,
});

/** The whole input. */
export function reportInput(): ReportInput {
  const scores = scoreRows();
  const common = { scores, series: SERIES, seed: "0" };
  return {
    ...common,
    title: "RwR Kit, profile tiny",
    manifestHash: "0123456789abcdef".repeat(4),
    sections: [{
      title: "What is synthetic",
      paragraphs: [
        "The corpus, the questions & the notes are made by the kit.",
        "Second paragraph.",
      ],
    }],
    answers: answerRows(),
    baseline: "Mamba-SFT",
    published: emptyPublished(),
    figures: [
      figure(
        "accuracy-by-length",
        "Accuracy against length",
        accuracyByLength({ ...common, column: "average", trainedLength: 256 }),
      ),
      figure("cost-by-length", "Cost against length", costByLength({ costs: costRows() })),
    ],
    measurements: [{
      title: "Teacher",
      tables: [{
        title: "Notes against evidence",
        header: ["type", "rows", "exact", "recall"],
        rows: [["multi-session", 120, 0.991666, null], ["all", 700, 0.98, 0.99]],
      }],
    }],
    stages: [{
      name: "scores",
      code: "0.1.0+scores.1",
      adapter: "llvmpipe (LLVM 15.0.6)",
      driver: "Mesa 22.3.6",
      deno: "2.9.6",
      inputs: { "answers.arrow": "a".repeat(64) },
      outputs: { "scores.arrow": "b".repeat(64) },
    }],
  };
}
