/**
 * Accuracy against context length, one curve a method: where direct answers end and recall with
 * segments goes on.
 *
 * @module
 */
import { DataError } from "../base/errors.ts";
import type { FigureEntry, JsonObject, PlotlyFigure } from "./shared/plotly.ts";
import { inSeries, type ScoreRow, type Series } from "./shared/rows.ts";
import { type Accuracy, accuracy } from "./shared/statistics.ts";
import {
  BAND,
  baseAxis,
  baseLayout,
  BOTTOM,
  bottomAxis,
  bottomTitle,
  type EndLabel,
  endLabels,
  heading,
  stylesOf,
  thousands,
  TOP,
  topTitle,
} from "./shared/theme.ts";
import { columnStrata, type TableColumn } from "./table_1.ts";

/** What {@linkcode accuracyByLength} draws. */
export interface AccuracyByLengthInput {
  /** Rows of `scores.arrow`, of one metric. */
  readonly scores: readonly ScoreRow[];
  /** One curve each, first drawn first. */
  readonly series: readonly Series[];
  /** Which items count; `average` is the mean over the six answerable types. */
  readonly column: TableColumn;
  /** Longest context seen in fine-tuning, in tokens; marked on the axis. */
  readonly trainedLength: number;
  /** Names the random numbers of the intervals. */
  readonly seed: string;
}

const FRAME = { width: 900, height: 510, right: 132 };
/** Curves at one length stand this much apart (in log10) so that their bars can be told apart. */
const DODGE = 0.012;
/** Room between the outermost lengths and the ends of the axis, in log10. */
const PAD = 0.06;

interface Point {
  readonly length: number;
  readonly cell: Accuracy;
}

/**
 * Strict accuracy with bars of its 95% interval against context length on a log scale.
 *
 * @throws {DataError} where no row belongs to any series, or the rows do not fit together (see
 * `accuracy`).
 */
export function accuracyByLength(input: AccuracyByLengthInput): PlotlyFigure {
  const lengths = [...new Set(input.scores.map((row) => row.length))].sort((a, b) => a - b);
  const curves = input.series.map((series) => curvePoints(input, series, lengths));
  if (curves.every((points) => points.length === 0)) {
    throw new DataError(
      `figure accuracy-by-length: none of ${input.scores.length} score rows belongs to ` +
        `${input.series.map((s) => s.label).join(", ") || "a series (the list is empty)"}; ` +
        `check the models and methods of the series`,
    );
  }
  const styles = stylesOf(input.series.map((series) => series.label));
  const data = curves.map((points, i): JsonObject => {
    const shift = 10 ** (DODGE * (i - (curves.length - 1) / 2));
    const { color, symbol, dash, width } = styles[i];
    return {
      type: "scatter",
      mode: "lines+markers",
      name: input.series[i].label,
      x: points.map(({ length }) => length * shift),
      y: points.map(({ cell }) => cell.strict),
      customdata: points.map(({ length }) => length),
      text: points.map(({ cell }) => describeCell(cell)),
      hovertemplate: "%{fullData.name}, %{customdata:,} tokens: %{text}<extra></extra>",
      line: { color, width, dash },
      marker: { color, symbol, size: 10, line: { color: "#ffffff", width: 1.5 } },
      error_y: { ...errorBars(points), color, thickness: 1.5, width: 4 },
    };
  });
  return { data, layout: layout(input, lengths, curves, styles.map((style) => style.color)) };
}

function curvePoints(
  input: AccuracyByLengthInput,
  series: Series,
  lengths: readonly number[],
): Point[] {
  const rows = input.scores.filter((row) => inSeries(row, series));
  return lengths.map((length) => {
    const strata = columnStrata(rows.filter((row) => row.length === length), input.column);
    return { length, cell: accuracy(strata, input.seed) };
  }).filter(({ cell }) => cell.strict !== null);
}

function errorBars(points: readonly Point[]): JsonObject {
  const reach = (end: 0 | 1) =>
    points.map(({ cell: { strict, strictInterval } }) =>
      strict === null || strictInterval === null ? 0 : Math.abs(strictInterval[end] - strict)
    );
  return { type: "data", symmetric: false, array: reach(1), arrayminus: reach(0) };
}

function describeCell(cell: Accuracy): string {
  const percent = (x: number) => `${(100 * x).toFixed(1)}%`;
  const [low, high] = cell.strictInterval ?? [NaN, NaN];
  return `${percent(cell.strict ?? NaN)} (${percent(low)} to ${percent(high)}), n = ${cell.n}`;
}

function layout(
  input: AccuracyByLengthInput,
  lengths: readonly number[],
  curves: readonly (readonly Point[])[],
  colors: readonly string[],
): JsonObject {
  const [what, kind] = input.column === "average"
    ? ["six question types", "bootstrap"]
    : [input.column, "Wilson"];
  const subtitle = `Strict accuracy, ${what}; bars are 95% ${kind} intervals over items`;
  const ends: EndLabel[] = curves.flatMap((points, i) => {
    const last = points.at(-1)?.cell.strict;
    return last === undefined || last === null
      ? []
      : [{ text: `<b>${input.series[i].label}</b>`, color: colors[i], at: last / 1.05 }];
  });
  return {
    ...baseLayout(FRAME),
    xaxis: {
      ...bottomAxis(),
      type: "log",
      range: [Math.log10(lengths[0]) - PAD, Math.log10(lengths[lengths.length - 1]) + PAD],
      tickvals: lengths,
      ticktext: lengths.map(thousands),
    },
    yaxis: {
      ...baseAxis(),
      range: [0, 1.05],
      tickvals: [0, 0.25, 0.5, 0.75, 1],
      ticktext: ["0%", "25%", "50%", "75%", "100%"],
    },
    shapes: [trainedBand(input.trainedLength, lengths[0])],
    annotations: [
      ...heading("Accuracy as the context grows", subtitle),
      ...endLabels(ends, FRAME.height - TOP - BOTTOM, 1),
      topTitle(`fine-tuned on up to ${thousands(input.trainedLength)} tokens`, 0),
      bottomTitle("Context length (tokens, log scale)", [0, 1]),
    ],
  };
}

/** A band up to the trained length: right of it the model extrapolates. */
function trainedBand(trained: number, shortest: number): JsonObject {
  return {
    type: "rect",
    layer: "below",
    xref: "x",
    yref: "paper",
    x0: shortest * 10 ** -PAD,
    x1: Math.max(trained, shortest) * 10 ** (PAD / 2),
    y0: 0,
    y1: 1,
    fillcolor: BAND,
    line: { width: 0 },
  };
}

/** Entry of the registry. */
export const accuracyByLengthFigure: FigureEntry<AccuracyByLengthInput> = {
  id: "accuracy-by-length",
  title: "Accuracy against context length",
  inputs: ["scores"],
  build: accuracyByLength,
};
