/**
 * What a report is made of. Texts are plain: the builder escapes all of them.
 *
 * @module
 */
import type { AnswerRow, PlotlyFigure, PublishedCell, ScoreRow, Series } from "../figures/mod.ts";

/** A heading with paragraphs, for instance what is synthetic and what the effect rests on. */
export interface ReportSection {
  /** Heading. */
  readonly title: string;
  /** Paragraphs of plain text. */
  readonly paragraphs: readonly string[];
}

/** A figure with the words under it. */
export interface ReportFigure {
  /** The figure's id in the registry. */
  readonly id: string;
  /** What a screen reader says. */
  readonly title: string;
  /** What the figure shows and what it does not. */
  readonly caption: string;
  /** The figure itself. */
  readonly figure: PlotlyFigure;
}

/** A small table of measurements, for instance how often the teacher's notes equal the evidence. */
export interface ReportTable {
  /** Caption. */
  readonly title: string;
  /** Names of the columns. */
  readonly header: readonly string[];
  /** Rows; numbers are right-aligned, null is an empty cell. */
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** Small tables under one heading. */
export interface ReportMeasurements {
  /** Heading. */
  readonly title: string;
  /** The tables. */
  readonly tables: readonly ReportTable[];
}

/** A stage of the run and where its products come from. */
export interface ReportStage {
  /** The stage's name. */
  readonly name: string;
  /** Version of the code. */
  readonly code: string;
  /** The GPU adapter; null where no GPU took part, or the stage wrote no table that says so. */
  readonly adapter: string | null;
  /** The GPU driver; null as for the adapter. */
  readonly driver: string | null;
  /** Version of Deno; null where the stage wrote no table that says so. */
  readonly deno: string | null;
  /** SHA-256 of every input, by name. */
  readonly inputs: Readonly<Record<string, string>>;
  /** SHA-256 of every output, by name. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** Everything that `buildReport` reads. */
export interface ReportInput {
  /** Title of the page. */
  readonly title: string;
  /** Hash of the manifest of the scores. */
  readonly manifestHash: string;
  /** What stands before the first table. */
  readonly sections: readonly ReportSection[];
  /** Rows of `scores.arrow`, of one metric. */
  readonly scores: readonly ScoreRow[];
  /** Rows of `answers.arrow`. */
  readonly answers: readonly AnswerRow[];
  /** One row of table 1 each. */
  readonly series: readonly Series[];
  /** Label of the series that differences are taken from. */
  readonly baseline: string;
  /** The paper's cells; `emptyPublished()` where none is known. */
  readonly published: readonly PublishedCell[];
  /** Names the random stream of the intervals. */
  readonly seed: string;
  /** Figures in order. */
  readonly figures: readonly ReportFigure[];
  /** What else was measured: the teacher's agreement with the evidence, time and memory. */
  readonly measurements: readonly ReportMeasurements[];
  /** Stages in order. */
  readonly stages: readonly ReportStage[];
}
