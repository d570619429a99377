/**
 * What an answer costs as the context grows: time, and memory where it was measured. The paper's
 * efficiency figure, with lengths instead of one bar a model, so that the growth itself shows.
 *
 * @module
 */
import { DataError } from "../base/errors.ts";
import type { FigureEntry, JsonObject, PlotlyFigure } from "./shared/plotly.ts";
import type { CostRow } from "./shared/rows.ts";
import {
  baseAxis,
  baseLayout,
  BOTTOM,
  bottomAxis,
  bottomTitle,
  endLabels,
  heading,
  logTicks,
  type Style,
  stylesOf,
  thousands,
  TOP,
  topTitle,
} from "./shared/theme.ts";

/** What {@linkcode costByLength} draws. */
export interface CostByLengthInput {
  /** Measurements; labels become curves in order of appearance. */
  readonly costs: readonly CostRow[];
}

const FRAME = { width: 1000, height: 490, right: 160 };

interface Point {
  readonly length: number;
  readonly value: number;
}

interface Panel {
  readonly title: string;
  readonly unit: string;
  readonly curves: readonly { readonly label: string; readonly points: readonly Point[] }[];
}

/**
 * Median time a sample and, where any row has it, peak memory, against length, all axes log. The
 * number after a label is the slope of its curve between the two longest contexts: 1 is linear,
 * 2 quadratic.
 *
 * @throws {DataError} where there are no rows or a cost is not a positive number.
 */
export function costByLength(input: CostByLengthInput): PlotlyFigure {
  input.costs.forEach(checkCost);
  if (input.costs.length === 0) {
    throw new DataError("figure cost-by-length: found no measurements; run the timing stage first");
  }
  const labels = [...new Set(input.costs.map((row) => row.label))];
  const panel = (title: string, unit: string, value: (row: CostRow) => number | null): Panel => ({
    title,
    unit,
    curves: labels.map((label) => ({
      label,
      points: medians(input.costs.filter((row) => row.label === label), value),
    })).filter(({ points }) => points.length > 0),
  });
  const panels = [
    panel("Time a sample", "ms", (row) => row.milliseconds),
    panel("Peak memory", "MiB", (row) => row.peak_bytes === null ? null : row.peak_bytes / 2 ** 20),
  ].filter(({ curves }) => curves.length > 0);
  const styleOf = new Map(stylesOf(labels).map((style, i) => [labels[i], style]));
  const lengths = [...new Set(input.costs.map((row) => row.length))].sort((a, b) => a - b);
  return {
    data: panels.flatMap((panel, i) => panelTraces(panel, i, styleOf)),
    layout: layout(panels, lengths, styleOf),
  };
}

function checkCost(row: CostRow): void {
  for (const value of [row.length, row.milliseconds, row.peak_bytes ?? 1]) {
    if (!(value > 0 && Number.isFinite(value))) {
      throw new DataError(
        `figure cost-by-length: ${row.label} at ${row.length} tokens has ${value}, expected ` +
          `positive length, milliseconds and bytes; measure again`,
      );
    }
  }
}

function medians(rows: readonly CostRow[], value: (row: CostRow) => number | null): Point[] {
  const byLength = new Map<number, number[]>();
  for (const row of rows) {
    const found = value(row);
    if (found !== null) byLength.set(row.length, [...byLength.get(row.length) ?? [], found]);
  }
  return [...byLength].sort(([a], [b]) => a - b).map(([length, values]) => {
    const sorted = values.sort((a, b) => a - b);
    const half = sorted.length / 2;
    return { length, value: (sorted[Math.floor(half)] + sorted[Math.ceil(half) - 1]) / 2 };
  });
}

function panelTraces(
  panel: Panel,
  index: number,
  styleOf: ReadonlyMap<string, Style>,
): JsonObject[] {
  return panel.curves.map(({ label, points }) => {
    const { color, symbol, dash, width } = styleOf.get(label) as Style;
    return {
      type: "scatter",
      mode: "lines+markers",
      name: `${label}, ${panel.unit}`,
      x: points.map((point) => point.length),
      y: points.map((point) => point.value),
      xaxis: index === 0 ? "x" : "x2",
      yaxis: index === 0 ? "y" : "y2",
      hovertemplate: `${label}, %{x:,} tokens: %{y:,.4~r} ${panel.unit}<extra></extra>`,
      line: { color, width, dash },
      marker: { color, symbol, size: 9, line: { color: "#ffffff", width: 1.5 } },
    };
  });
}

function layout(
  panels: readonly Panel[],
  lengths: readonly number[],
  styleOf: ReadonlyMap<string, Style>,
): JsonObject {
  const two = panels.length === 2;
  const domains = two ? [[0, 0.36], [0.64, 1]] : [[0, 1]];
  const subtitle = "Batch of one; in brackets the power of the length by which the last step grows";
  const axes = panels.map((panel, i) => {
    const suffix = i === 0 ? "" : "2";
    const values = panel.curves.flatMap(({ points }) => points.map((point) => point.value));
    const range = paddedLog(values, 0.08);
    return {
      range,
      members: {
        [`xaxis${suffix}`]: lengthAxis(lengths, domains[i], suffix),
        [`yaxis${suffix}`]: {
          ...baseAxis(),
          type: "log",
          ...logTicks(range),
          anchor: `x${suffix}`,
        },
      },
    };
  });
  const annotations = panels.flatMap((panel, i) => [
    topTitle(`<b>${panel.title}</b> (${panel.unit}, log scale)`, domains[i][0]),
    bottomTitle("Context length (tokens, log scale)", domains[i]),
    ...panelLabels(panel, axes[i].range, domains[i][1], styleOf),
  ]);
  const title = heading("Cost of an answer as the context grows", subtitle);
  return {
    ...baseLayout(FRAME),
    ...axes[0].members,
    ...axes[1]?.members,
    annotations: [...title, ...annotations],
  };
}

function lengthAxis(
  lengths: readonly number[],
  domain: readonly number[],
  suffix: string,
): JsonObject {
  return {
    ...bottomAxis(),
    type: "log",
    range: paddedLog(lengths, 0.05),
    domain,
    anchor: `y${suffix}`,
    tickvals: lengths,
    ticktext: lengths.map(thousands),
  };
}

/** log10 of the extremes, with a share of their distance on either side. */
function paddedLog(values: readonly number[], share: number): [number, number] {
  const low = Math.log10(Math.min(...values));
  const high = Math.log10(Math.max(...values));
  const pad = Math.max(0.05, share * (high - low));
  return [low - pad, high + pad];
}

function panelLabels(
  panel: Panel,
  [low, high]: readonly [number, number],
  xRight: number,
  styleOf: ReadonlyMap<string, Style>,
): JsonObject[] {
  const labels = panel.curves.map(({ label, points }) => ({
    text: `<b>${label}</b>${power(points)}`,
    color: (styleOf.get(label) as Style).color,
    at: (Math.log10(points[points.length - 1].value) - low) / (high - low),
  }));
  return endLabels(labels, FRAME.height - TOP - BOTTOM, xRight);
}

/** ` (1.0)`: growth of the last step as a power of the length. */
function power(points: readonly Point[]): string {
  const [a, b] = points.slice(-2);
  if (!b) return "";
  const slope = Math.log(b.value / a.value) / Math.log(b.length / a.length);
  return ` (${slope.toFixed(1)})`;
}

/** Entry of the registry. */
export const costByLengthFigure: FigureEntry<CostByLengthInput> = {
  id: "cost-by-length",
  title: "Time and memory against context length",
  inputs: ["timing"],
  build: costByLength,
};
