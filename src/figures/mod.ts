/**
 * Tables to figures: pure functions from rows to Plotly JSON, and the registry of all of them.
 * `export.ts` beside this module, which needs heavier packages, writes them to files.
 *
 * @module
 */
import { acceptanceFigure } from "./acceptance.ts";
import { accuracyByLengthFigure } from "./accuracy_by_length.ts";
import { besidePeersFigure } from "./beside_peers.ts";
import { costByLengthFigure } from "./cost_by_length.ts";
import { noteLengthFigure } from "./note_length.ts";
import { rooflineFigure } from "./roofline.ts";
import { selectionFigure } from "./selection.ts";
import { table1Entry } from "./table_1.ts";
import { trainingCurvesFigure } from "./training_curves.ts";

export * from "./acceptance.ts";
export * from "./accuracy_by_length.ts";
export * from "./beside_peers.ts";
export * from "./cost_by_length.ts";
export * from "./note_length.ts";
export * from "./roofline.ts";
export * from "./selection.ts";
export * from "./table_1.ts";
export * from "./training_curves.ts";
export type { Json } from "../base/canonical_json.ts";
export { benchFigures, type NamedFigure } from "./shared/bench_figures.ts";
export type { FigureEntry, JsonObject, PlotlyFigure } from "./shared/plotly.ts";
export type { AnswerRow, CostRow, ScoreRow, Series, TrainingLogRow } from "./shared/rows.ts";
export type { Accuracy, Difference, Interval } from "./shared/statistics.ts";

/** Every figure and table; a new one is a file and a line here. */
export const FIGURES: readonly [
  typeof acceptanceFigure,
  typeof accuracyByLengthFigure,
  typeof besidePeersFigure,
  typeof costByLengthFigure,
  typeof noteLengthFigure,
  typeof rooflineFigure,
  typeof selectionFigure,
  typeof table1Entry,
  typeof trainingCurvesFigure,
] = [
  acceptanceFigure,
  accuracyByLengthFigure,
  besidePeersFigure,
  costByLengthFigure,
  noteLengthFigure,
  rooflineFigure,
  selectionFigure,
  table1Entry,
  trainingCurvesFigure,
];
