/**
 * How many of a teacher's notes stood up to the verifier, by where the rows are from.
 *
 * @module
 */
import { DataError } from "../base/errors.ts";
import type { FigureEntry, JsonObject, PlotlyFigure } from "./shared/plotly.ts";
import {
  baseAxis,
  baseLayout,
  BOTTOM,
  bottomAxis,
  bottomTitle,
  heading,
  INK,
  manyStyles,
  note,
  thousands,
  TOP,
} from "./shared/theme.ts";

/** A group of rows. */
export interface AcceptanceGroup {
  /** Collection and template, or "all". */
  readonly name: string;
  /** Source rows. */
  readonly rows: number;
  /** Share of them whose note was accepted, from 0 to 1. */
  readonly share: number;
  /** Its 95 % interval. */
  readonly interval: readonly [low: number, high: number];
}

/** What {@linkcode acceptance} draws. */
export interface AcceptanceInput {
  /** From top to bottom. */
  readonly groups: readonly AcceptanceGroup[];
}

const ROW_HEIGHT = 30;
const WIDTH = 1000;
/** Left of the axis, for names. */
const NAMES = 250;

/**
 * A dot a group, with its interval.
 *
 * @throws {DataError} where there is no group.
 */
export function acceptance({ groups }: AcceptanceInput): PlotlyFigure {
  if (groups.length === 0) {
    throw new DataError("figure acceptance: found no groups, expected one at least");
  }
  const [{ color }] = manyStyles(1);
  const y = groups.map((_, i) => groups.length - i);
  const percent = (shares: readonly number[]): number[] => shares.map((share) => 100 * share);
  const height = TOP + BOTTOM + ROW_HEIGHT * (groups.length + 1);
  return {
    data: [{
      type: "scatter",
      mode: "markers",
      x: percent(groups.map(({ share }) => share)),
      y,
      marker: { color, size: 10, line: { color: "#ffffff", width: 1.5 } },
      error_x: {
        type: "data",
        symmetric: false,
        array: percent(groups.map(({ share, interval: [, high] }) => high - share)),
        arrayminus: percent(groups.map(({ share, interval: [low] }) => share - low)),
        color,
        thickness: 1.5,
        width: 4,
      },
      text: groups.map(({ name, rows }) => `${name}: ${thousands(rows)} rows`),
      hovertemplate: "%{text}, %{x:.1f} %<extra></extra>",
    }],
    layout: {
      ...baseLayout({ width: WIDTH, height, right: 110 }),
      margin: { l: NAMES, r: 110, t: TOP, b: BOTTOM, pad: 0 },
      xaxis: { ...bottomAxis(), showgrid: true, range: [-1, 101], tickvals: [0, 25, 50, 75, 100] },
      yaxis: { ...baseAxis(), range: [0.3, groups.length + 0.7], showticklabels: false },
      annotations: [
        ...shifted(
          heading("Accepted notes by source", "Share of rows; bars: Wilson's 95% interval"),
        ),
        ...groups.flatMap((group, i) => labels(group, y[i])),
        bottomTitle("Accepted (percent of rows)", [0, 1]),
      ],
    },
  };
}

/** Titles stand at the page's edge whatever the width of the names. */
const shifted = (notes: readonly JsonObject[]): JsonObject[] =>
  notes.map((one) => ({ ...one, xshift: 20 - NAMES }));

function labels({ name, rows }: AcceptanceGroup, y: number): JsonObject[] {
  const font = { size: 13, color: INK };
  const place = { y, yref: "y" };
  return [
    note(name, { ...place, x: 0, xshift: 20 - NAMES, font }),
    note(thousands(rows), { ...place, x: 1, xshift: 12 }),
  ];
}

/** Entry of the registry. */
export const acceptanceFigure: FigureEntry<AcceptanceInput> = {
  id: "acceptance",
  title: "Accepted notes by source and template",
  inputs: ["notes"],
  build: acceptance,
};
