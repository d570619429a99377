/**
 * The kit beside others on the same work in one run: how many times the kit's time they take.
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
  heading,
  INK,
  logTicks,
  manyStyles,
  type MarkerStyle,
  note,
  TOP,
} from "./shared/theme.ts";

const WIDTH = 1000;
/** Space for the names of works left of the axes. */
const NAMES = 330;
const RIGHT = 40;
/** Height of a work's line, and of a line of the key below the axis. */
const [LINE, KEY_LINE] = [34, 22];

/** The same work by all who did it. */
interface Work {
  readonly name: string;
  readonly peers: readonly { readonly side: string; readonly ratio: number; readonly ms: number }[];
}

/**
 * A line a work and a point a peer, at its median over the kit's, on a log scale: right of 1 the
 * kit is faster.
 *
 * @throws {DataError} where the run has no comparison, or a time is not a positive number.
 */
export function besidePeers(run: BenchRun): PlotlyFigure {
  const works = worksOf(run.rows.filter(({ part }) => part === "peers"));
  if (works.length === 0) {
    throw new DataError(
      "figure beside-peers: found no comparison; run `deno task bench --peers`",
    );
  }
  const sides = [...new Set(works.flatMap(({ peers }) => peers.map(({ side }) => side)))];
  const styles = manyStyles(sides.length);
  const ratios = works.flatMap(({ peers }) => peers.map(({ ratio }) => ratio));
  const range: [number, number] = [
    Math.log10(Math.min(1, ...ratios)) - 0.1,
    Math.log10(Math.max(1, ...ratios)) + 0.1,
  ];
  return {
    data: sides.map((side, i) => sideTrace(side, works, styles[i])),
    layout: layout(run, works, sides, styles, range),
  };
}

function worksOf(rows: readonly BenchTableRow[]): Work[] {
  const works = new Map<string, BenchTableRow[]>();
  for (const row of rows) {
    if (!(row.median_ms > 0 && Number.isFinite(row.median_ms))) {
      throw new DataError(
        `figure beside-peers: ${row.operation} of ${row.side} took ${row.median_ms} ms, expected ` +
          "a positive number; measure again",
      );
    }
    const name = `${row.operation}, ${row.shape}`;
    works.set(name, [...works.get(name) ?? [], row]);
  }
  return [...works].map(([name, [kit, ...peers]]) => ({
    name,
    peers: peers.map(({ side, median_ms }) => ({
      side,
      ratio: median_ms / kit.median_ms,
      ms: median_ms,
    })),
  })).filter(({ peers }) => peers.length > 0);
}

function sideTrace(side: string, works: readonly Work[], style: MarkerStyle): JsonObject {
  const points = works.flatMap(({ name, peers }, i) =>
    peers.filter((peer) => peer.side === side).map(({ ratio, ms }) => ({ name, ratio, ms, i }))
  );
  return {
    type: "scatter",
    mode: "markers",
    name: side,
    x: points.map(({ ratio }) => ratio),
    y: points.map(({ i }) => i),
    text: points.map(({ name, ms }) => `${name}: ${Number(ms.toPrecision(4))} ms`),
    hovertemplate: "%{fullData.name}, %{text}, %{x:.2f} times the kit's<extra></extra>",
    marker: {
      color: style.color,
      symbol: style.symbol,
      size: 12,
      line: { color: "#ffffff", width: 1 },
    },
  };
}

function layout(
  run: BenchRun,
  works: readonly Work[],
  sides: readonly string[],
  styles: readonly MarkerStyle[],
  range: [number, number],
): JsonObject {
  const axis = LINE * works.length;
  const key = KEY_LINE * sides.length;
  const base = baseLayout({ width: WIDTH, height: TOP + axis + BOTTOM + key, right: RIGHT });
  const shift = { xshift: 20 - NAMES };
  const names = works.map(({ name }, i) =>
    note(name, { x: 0, ...shift, yref: "y", y: i, font: { size: 13, color: INK } })
  );
  const keys = sides.map((side, i) =>
    note(`${styles[i].sign} ${side}`, {
      x: 0,
      y: 0,
      yanchor: "top",
      yshift: -BOTTOM - KEY_LINE * i,
      font: { size: 14, color: styles[i].color },
    })
  );
  const titles = heading(
    "The same work beside peers",
    `${
      describeCircumstances(run.where)
    }; medians of one run, in turn; right of 1 the kit is faster`,
  ).map((title) => ({ ...title, ...shift }));
  return {
    ...base,
    margin: { l: NAMES, r: RIGHT, t: TOP, b: BOTTOM + key, pad: 0 },
    xaxis: { ...bottomAxis(), showgrid: true, type: "log", ...logTicks(range) },
    yaxis: { ...baseAxis(), range: [works.length - 0.5, -0.5], showticklabels: false },
    shapes: [{
      type: "line",
      xref: "x",
      yref: "paper",
      x0: 1,
      x1: 1,
      y0: 0,
      y1: 1,
      line: { color: INK, width: 2 },
    }],
    annotations: [
      ...titles,
      ...names,
      ...keys,
      bottomTitle("Peer's time over the kit's (log scale)", [0, 1]),
    ],
  };
}

/** Entry of the registry. */
export const besidePeersFigure: FigureEntry<BenchRun> = {
  id: "beside-peers",
  title: "The same work beside peers",
  inputs: ["bench"],
  build: besidePeers,
};
