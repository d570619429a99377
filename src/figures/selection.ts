/**
 * What became of a source's rows before anything was asked about them.
 *
 * @module
 */
import { DataError } from "../base/errors.ts";
import type { FigureEntry, JsonObject, PlotlyFigure } from "./shared/plotly.ts";
import {
  BAND,
  baseAxis,
  baseLayout,
  BOTTOM,
  bottomAxis,
  bottomTitle,
  heading,
  INK,
  LEFT,
  manyStyles,
  note,
  thousands,
  TOP,
} from "./shared/theme.ts";

/** A collection of the source. */
export interface SelectionGroup {
  /** Its name. */
  readonly name: string;
  /** Rows read. */
  readonly read: number;
  /** Rows that could be drawn. */
  readonly candidates: number;
  /** Rows drawn. */
  readonly selected: number;
}

/** What {@linkcode selectionShares} draws. */
export interface SelectionInput {
  /** From top to bottom. */
  readonly groups: readonly SelectionGroup[];
}

const ROW_HEIGHT = 44;

/**
 * A bar a collection: drawn, could have been drawn, left out for a reason.
 *
 * @throws {DataError} where no row was read.
 */
export function selectionShares({ groups }: SelectionInput): PlotlyFigure {
  const shown = groups.filter(({ read }) => read > 0);
  if (shown.length === 0) {
    throw new DataError("figure selection: found no rows, expected a source that has some");
  }
  const [drawn] = manyStyles(1);
  const y = shown.map((_, i) => shown.length - i);
  const bar = (name: string, color: string, count: (group: SelectionGroup) => number) => ({
    ...{ type: "bar", orientation: "h", name, y, marker: { color }, width: 0.62 },
    x: shown.map((group) => 100 * count(group) / group.read),
    text: shown.map((group) =>
      `${group.name}: ${thousands(count(group))} of ` +
      `${thousands(group.read)} ${name}`
    ),
    textposition: "none",
    hovertemplate: "%{text}, %{x:.1f} %<extra></extra>",
  });
  return {
    data: [
      bar("drawn", drawn.color, ({ selected }) => selected),
      bar("not drawn", "#7A828F", ({ candidates, selected }) => candidates - selected),
      bar("left out for a reason", BAND, ({ read, candidates }) => read - candidates),
    ],
    layout: {
      ...baseLayout({ width: 1000, height: TOP + BOTTOM + ROW_HEIGHT * shown.length, right: 210 }),
      barmode: "stack",
      xaxis: { ...bottomAxis(), range: [0, 100], tickvals: [0, 25, 50, 75, 100] },
      yaxis: { ...baseAxis(), range: [0.4, shown.length + 0.6], showticklabels: false },
      annotations: [
        ...heading(
          "From the source to the rows asked about",
          `<b style="color:${drawn.color}">drawn</b>, ` +
            '<b style="color:#7A828F">could have been drawn</b>, and left out for a reason (pale)',
        ),
        ...shown.flatMap((group, i) => labels(group, y[i])),
        bottomTitle("Percent of the rows read", [0, 1]),
      ],
    },
  };
}

function labels({ name, read, selected }: SelectionGroup, y: number): JsonObject[] {
  const place = { y, yref: "y" };
  return [
    note(name, { ...place, x: 0, xshift: 20 - LEFT, font: { size: 13, color: INK } }),
    note(`${thousands(selected)} of ${thousands(read)}`, { ...place, x: 1, xshift: 12 }),
  ];
}

/** Entry of the registry. */
export const selectionFigure: FigureEntry<SelectionInput> = {
  id: "selection",
  title: "Rows of the source, drawn and left out",
  inputs: ["source"],
  build: selectionShares,
};
