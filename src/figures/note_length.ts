/**
 * How long a teacher's notes are, against the contexts that they were written of.
 *
 * @module
 */
import { DataError } from "../base/errors.ts";
import type { FigureEntry, JsonObject, PlotlyFigure } from "./shared/plotly.ts";
import {
  baseAxis,
  baseLayout,
  bottomAxis,
  bottomTitle,
  heading,
  logTicks,
  manyStyles,
  thousands,
  topTitle,
} from "./shared/theme.ts";

/** An accepted note and its context. */
export interface NoteLengthPoint {
  /** Words of the context, 1 at least. */
  readonly contextWords: number;
  /** Words of the note, 1 at least. */
  readonly noteWords: number;
}

/** What {@linkcode noteLength} draws. */
export interface NoteLengthInput {
  /** Notes, a sample where there are many. */
  readonly notes: readonly NoteLengthPoint[];
}

const FRAME = { width: 1000, height: 460, right: 60 };
/** Notes of a piece of the median's line, at least. */
const BIN = 20;
const BINS = 12;

/**
 * A dot a note, and the median of notes over contexts of similar length; both axes log.
 *
 * @throws {DataError} where there are no notes, or a length is below 1.
 */
export function noteLength({ notes }: NoteLengthInput): PlotlyFigure {
  if (notes.length === 0 || !notes.every((n) => n.contextWords >= 1 && n.noteWords >= 1)) {
    throw new DataError(
      `figure note-length: found ${notes.length} notes, some of no words, expected notes and ` +
        "contexts of one word at least",
    );
  }
  const [dots, line] = manyStyles(2);
  const medians = mediansOf(notes);
  const x = padded(notes.map(({ contextWords }) => contextWords));
  const y = padded(notes.map(({ noteWords }) => noteWords));
  return {
    data: [
      {
        type: "scatter",
        mode: "markers",
        name: "notes",
        x: notes.map(({ contextWords }) => contextWords),
        y: notes.map(({ noteWords }) => noteWords),
        marker: { color: dots.color, size: 6, opacity: 0.35 },
        hovertemplate: "context %{x:,} words, note %{y:,} words<extra></extra>",
      },
      ...(medians.length > 1 ? [medianLine(medians, line.color)] : []),
    ],
    layout: {
      ...baseLayout(FRAME),
      xaxis: { ...bottomAxis(), type: "log", ...logTicks(x) },
      yaxis: { ...baseAxis(), type: "log", ...logTicks(y) },
      annotations: [
        ...heading("Notes against contexts", subtitleOf(notes.length, medians.length > 1)),
        topTitle("Words of the note (log scale)", 0),
        bottomTitle("Words of the context (log scale)", [0, 1]),
      ],
    },
  };
}

const subtitleOf = (count: number, line: boolean): string =>
  `${thousands(count)} accepted notes` +
  (line ? "; the line is the median over contexts of similar length" : "");

const medianLine = (medians: readonly NoteLengthPoint[], color: string): JsonObject => ({
  type: "scatter",
  mode: "lines+markers",
  name: "median",
  x: medians.map(({ contextWords }) => contextWords),
  y: medians.map(({ noteWords }) => noteWords),
  line: { color, width: 2.5 },
  marker: { color, size: 8, line: { color: "#ffffff", width: 1.5 } },
  hovertemplate: "context %{x:,} words, median note %{y:,} words<extra></extra>",
});

/** Medians of equal numbers of notes, from the shortest contexts to the longest. */
function mediansOf(notes: readonly NoteLengthPoint[]): NoteLengthPoint[] {
  const sorted = notes.toSorted((a, b) => a.contextWords - b.contextWords);
  const bins = Math.min(BINS, Math.floor(notes.length / BIN));
  const middle = (values: number[]): number =>
    values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
  const points = Array.from({ length: bins }, (_, i) => {
    const from = Math.floor(i * notes.length / bins);
    const bin = sorted.slice(from, Math.floor((i + 1) * notes.length / bins));
    return {
      contextWords: middle(bin.map(({ contextWords }) => contextWords)),
      noteWords: middle(bin.map(({ noteWords }) => noteWords)),
    };
  });
  // Contexts of one length are one point, whatever the number of bins.
  return points.filter(({ contextWords }, i) => points[i - 1]?.contextWords !== contextWords);
}

/** log10 of the extremes, with room on either side. */
function padded(values: readonly number[]): [number, number] {
  const logs = values.map(Math.log10);
  const [low, high] = logs.reduce(
    ([least, most], log) => [Math.min(least, log), Math.max(most, log)],
    [Infinity, -Infinity],
  );
  const pad = Math.max(0.1, 0.04 * (high - low));
  return [low - pad, high + pad];
}

/** Entry of the registry. */
export const noteLengthFigure: FigureEntry<NoteLengthInput> = {
  id: "note-length",
  title: "Length of notes against length of contexts",
  inputs: ["notes"],
  build: noteLength,
};
