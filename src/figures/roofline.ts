/**
 * Kernels under the adapter's roofline (Williams, Waterman and Patterson, CACM 52(4), 2009):
 * operations a second against operations a byte, below what memory and arithmetic allow.
 *
 * @module
 */
import { DataError } from "../base/errors.ts";
import { type BenchRun, describeCircumstances } from "../tables/bench_run.ts";
import type { BenchTableRow } from "../tables/schemas.ts";
import type { FigureEntry, JsonObject, PlotlyFigure } from "./shared/plotly.ts";
import {
  baseAxis,
  baseLayout,
  BOTTOM,
  bottomAxis,
  bottomTitle,
  endLabels,
  heading,
  INK,
  logTicks,
  manyStyles,
  type MarkerStyle,
  TOP,
  topTitle,
} from "./shared/theme.ts";

const FRAME = { width: 1000, height: 560, right: 170 };

interface Point {
  readonly row: BenchTableRow;
  /** Operations a byte. */
  readonly intensity: number;
  /** Billions of operations a second. */
  readonly rate: number;
}

interface Roof {
  /** Billions of bytes a second. */
  readonly copy: number;
  /** Billions of operations a second. */
  readonly compute: number;
}

/**
 * Every kernel whose bytes and operations were counted, all axes log. A point above the slope
 * moved its bytes within the processor's cache.
 *
 * @throws {DataError} where the run has no peaks, or no kernel with both counts.
 */
export function roofline(run: BenchRun): PlotlyFigure {
  const roof = roofOf(run);
  const points = run.rows.filter(canPlace).map(place);
  if (points.length === 0) {
    throw new DataError(
      "figure roofline: found no kernel with both bytes and operations; run `deno task bench`",
    );
  }
  const kernels = [...new Set(points.map(({ row }) => row.kernel!))];
  const styles = manyStyles(kernels.length);
  const groups = kernels.map((kernel, i) => ({
    kernel,
    style: styles[i],
    points: points.filter(({ row }) => row.kernel === kernel),
  }));
  const ridge = roof.compute / roof.copy;
  const across = paddedLog([...points.map(({ intensity }) => intensity), ridge]);
  const up = paddedLog([...points.map(({ rate }) => rate), roof.compute]);
  return {
    data: [roofTrace(roof, across), ...groups.map((group) => kernelTrace(group, roof))],
    layout: {
      ...baseLayout(FRAME),
      xaxis: { ...bottomAxis(), type: "log", ...logTicks(across) },
      yaxis: { ...baseAxis(), type: "log", ...logTicks(up) },
      annotations: [
        ...heading(
          "Kernels under the adapter's roofline",
          `${describeCircumstances(run.where)}. Roof: ${roof.copy.toFixed(1)} GB/s copied, ${
            roof.compute.toFixed(0)
          } GFLOP/s multiplied and added`,
        ),
        topTitle("<b>Rate</b> (10⁹ operations a second, log scale)", 0),
        bottomTitle("Operations a byte read or written (log scale)", [0, 1]),
        ...kernelLabels(groups, up),
      ],
    },
  };
}

function roofOf({ rows }: BenchRun): Roof {
  const peak = (unit: string) =>
    rows.find((row) => row.part === "peak" && row.unit === unit)?.rate ?? 0;
  const roof = { copy: peak("GB/s"), compute: peak("GFLOP/s") };
  if (!(roof.copy > 0 && roof.compute > 0)) {
    throw new DataError(
      `figure roofline: found peaks of ${roof.copy} GB/s and ${roof.compute} GFLOP/s, expected ` +
        "both measured; run `deno task bench`",
    );
  }
  return roof;
}

/** Whether a row is a kernel whose bytes and operations were counted. */
export function canPlace({ part, bytes, operations }: BenchTableRow): boolean {
  return part === "kernel" && bytes !== null && operations !== null;
}

function place(row: BenchTableRow): Point {
  const { bytes, operations, median_ms } = row;
  const [intensity, rate] = [operations! / bytes!, operations! / median_ms / 1e6];
  if (!(intensity > 0 && rate > 0 && Number.isFinite(intensity) && Number.isFinite(rate))) {
    throw new DataError(
      `figure roofline: ${row.operation} of ${row.shape} has ${operations} operations, ${bytes} ` +
        `bytes and ${median_ms} ms, expected positive numbers; measure again`,
    );
  }
  return { row, intensity, rate };
}

/** What the roof allows, in billions of operations a second. */
const allowed = ({ copy, compute }: Roof, intensity: number): number =>
  Math.min(compute, copy * intensity);

function roofTrace(roof: Roof, [low, high]: readonly [number, number]): JsonObject {
  const x = [10 ** low, roof.compute / roof.copy, 10 ** high];
  return {
    type: "scatter",
    mode: "lines",
    name: "roof",
    x,
    y: x.map((intensity) => allowed(roof, intensity)),
    line: { color: INK, width: 2 },
    hoverinfo: "skip",
  };
}

interface Group {
  readonly kernel: string;
  readonly style: MarkerStyle;
  readonly points: readonly Point[];
}

function kernelTrace({ kernel, style, points }: Group, roof: Roof): JsonObject {
  const share = ({ intensity, rate }: Point) => Math.round(100 * rate / allowed(roof, intensity));
  return {
    type: "scatter",
    mode: "markers",
    name: kernel,
    x: points.map(({ intensity }) => intensity),
    y: points.map(({ rate }) => rate),
    text: points.map((point) =>
      `${point.row.operation}, ${point.row.shape}: ${share(point)} % of the roof`
    ),
    hovertemplate: "%{text}<br>%{y:.3~r} GFLOP/s, %{x:.3~r} operations a byte<extra></extra>",
    marker: {
      color: style.color,
      symbol: style.symbol,
      size: 10,
      line: { color: "#ffffff", width: 1 },
    },
  };
}

/** The kernels' names right of the axes, each about as high as its fastest point. */
function kernelLabels(
  groups: readonly Group[],
  [low, high]: readonly [number, number],
): JsonObject[] {
  const labels = groups.map(({ kernel, style, points }) => ({
    text: `${style.sign} ${kernel}`,
    color: style.color,
    at: (Math.log10(Math.max(...points.map(({ rate }) => rate))) - low) / (high - low),
  }));
  return endLabels(labels, FRAME.height - TOP - BOTTOM, 1);
}

/** log10 of the extremes with a little space beyond. */
function paddedLog(values: readonly number[]): [number, number] {
  return [Math.log10(Math.min(...values)) - 0.25, Math.log10(Math.max(...values)) + 0.25];
}

/** Entry of the registry. */
export const rooflineFigure: FigureEntry<BenchRun> = {
  id: "roofline",
  title: "Kernels under the adapter's roofline",
  inputs: ["bench"],
  build: roofline,
};
