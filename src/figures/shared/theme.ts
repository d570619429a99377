/**
 * The look of every figure: colours that stay apart for colour-blind readers (Okabe and Ito's set),
 * a marker and a dash of its own for each method, and one layout.
 *
 * @module
 */
import type { JsonObject } from "./plotly.ts";

/** How a curve looks. */
export interface Style {
  /** Line and marker colour. */
  readonly color: string;
  /** Plotly marker symbol. */
  readonly symbol: string;
  /** Plotly dash name. */
  readonly dash: string;
  /** Line width in pixels; the method under study is the heaviest. */
  readonly width: number;
}

/** Text colour of titles and curve labels. */
export const INK = "#1f2430";
/** Text colour of ticks and captions. */
export const MUTED = "#5b6472";
/** Colour of grid lines. */
export const GRID = "#e6e9ee";
/** Colour of axis lines and ticks. */
const AXIS = "#b4bac4";
/** Colour of bands behind a figure. */
export const BAND = "#eaf0f7";
/** The strongest line's blue, too dark for a dark page. */
const DEEP_BLUE = "#0072B2";
/** Fonts, first choice first; the exporter's PNG falls through to DejaVu Sans. */
export const FONT = "Inter, 'Helvetica Neue', Helvetica, Arial, 'DejaVu Sans', sans-serif";

/** Styles of the methods and models that the kit reports, by label. */
const NAMED: Readonly<Record<string, Style>> = {
  "RwR+SSA": { color: DEEP_BLUE, symbol: "circle", dash: "solid", width: 3.5 },
  "RwR": { color: "#009E73", symbol: "square", dash: "solid", width: 2.5 },
  "Mamba-SFT": { color: "#D55E00", symbol: "diamond", dash: "solid", width: 2.5 },
  "Mamba": { color: "#7A828F", symbol: "x", dash: "solid", width: 2 },
  "Transformer": { color: "#AA4499", symbol: "triangle-up", dash: "solid", width: 2.5 },
  "Hybrid": { color: "#A6761D", symbol: "star", dash: "solid", width: 2.5 },
  "Mamba RwR": { color: DEEP_BLUE, symbol: "circle", dash: "solid", width: 3.5 },
  "Phi-2": { color: "#AA4499", symbol: "triangle-up", dash: "solid", width: 2.5 },
  "Hymba": { color: "#A6761D", symbol: "star", dash: "solid", width: 2.5 },
  "DeciMamba": { color: "#CC79A7", symbol: "triangle-down", dash: "dash", width: 2 },
  "ReMamba": { color: "#882255", symbol: "pentagon", dash: "dash", width: 2 },
};

/** Styles for labels without one of their own, in order of appearance. */
const SPARE: readonly Style[] = [
  { color: "#332288", symbol: "hexagon", dash: "dot", width: 2 },
  { color: "#117733", symbol: "cross", dash: "dot", width: 2 },
  { color: "#661100", symbol: "hourglass", dash: "dot", width: 2 },
  { color: "#44AA99", symbol: "bowtie", dash: "dot", width: 2 },
];

/** A style for each label; the same label looks the same in every figure. */
export function stylesOf(labels: readonly string[]): Style[] {
  let spare = 0;
  return labels.map((label) => NAMED[label] ?? SPARE[spare++ % SPARE.length]);
}

/** A marker without a line, with a letter of the same form for keys. */
export interface MarkerStyle {
  /** Marker colour. */
  readonly color: string;
  /** Plotly marker symbol. */
  readonly symbol: string;
  /** A character that looks like it. */
  readonly sign: string;
}

const COLORS = [DEEP_BLUE, "#D55E00", "#009E73", "#AA4499", "#A6761D", "#7A828F"];
const SIGNS = [["circle", "●"], ["square", "■"], ["triangle-up", "▲"], ["diamond", "◆"]];

/** So many markers, no two alike up to 12: neighbours differ in colour and in form. */
export function manyStyles(count: number): MarkerStyle[] {
  return Array.from({ length: count }, (_, i) => {
    const [symbol, sign] = SIGNS[i % SIGNS.length];
    return { color: COLORS[i % COLORS.length], symbol, sign };
  });
}

/** Width and height of a figure, and where its axes end, in pixels. */
export interface Frame {
  /** Whole width. */
  readonly width: number;
  /** Whole height. */
  readonly height: number;
  /** Space right of the axes, for curve labels. */
  readonly right: number;
}

/** Space above the axes, for title, subtitle and the titles of vertical axes. */
export const TOP = 112;
/** Space below the axes, for ticks and the axis title. */
export const BOTTOM = 64;
/** Space left of the axes. */
export const LEFT = 76;

/** The common layout. */
export function baseLayout(frame: Frame): JsonObject {
  return {
    width: frame.width,
    height: frame.height,
    paper_bgcolor: "#ffffff",
    plot_bgcolor: "#ffffff",
    font: { family: FONT, size: 14, color: MUTED },
    margin: { l: LEFT, r: frame.right, t: TOP, b: BOTTOM, pad: 0 },
    showlegend: false,
    hovermode: "closest",
  };
}

/** The figure's title over a line that says how to read it. */
export function heading(title: string, subtitle: string): JsonObject[] {
  const place = { x: 0, xshift: 20 - LEFT, y: 1, yanchor: "bottom" };
  return [
    note(`<b>${title}</b>`, { ...place, yshift: 68, font: { size: 19, color: INK } }),
    note(subtitle, { ...place, yshift: 44 }),
  ];
}

/** The common axis, to be spread under what an axis has of its own; {@linkcode note} titles it. */
export function baseAxis(): JsonObject {
  return {
    gridcolor: GRID,
    gridwidth: 1,
    linecolor: AXIS,
    tickcolor: AXIS,
    tickfont: { size: 13, color: MUTED },
    zeroline: false,
    fixedrange: true,
    // Without this Plotly drops labels in silence where it cannot measure text.
    ticklabeloverflow: "allow",
  };
}

/** An axis along the bottom, with a line and ticks instead of a grid. */
export function bottomAxis(): JsonObject {
  return { ...baseAxis(), showgrid: false, showline: true, ticks: "outside" };
}

/**
 * Text at a place of its own, left-aligned. All titles are such notes, because Plotly would place
 * its own by text sizes that differ between a browser and the exporter.
 */
export function note(text: string, place: JsonObject): JsonObject {
  return {
    text,
    align: "left",
    font: { size: 14, color: MUTED },
    xref: "paper",
    yref: "paper",
    xanchor: "left",
    yanchor: "middle",
    showarrow: false,
    ...place,
  };
}

/** The title of a horizontal axis that spans `[left, right]` of the paper. */
export function bottomTitle(text: string, [left, right]: readonly number[]): JsonObject {
  const x = (left + right) / 2;
  return note(text, { x, xanchor: "center", y: 0, yanchor: "top", yshift: -30 });
}

/** The title of a vertical axis, above its upper end. */
export function topTitle(text: string, x: number): JsonObject {
  return note(text, { x, y: 1, yanchor: "bottom", yshift: 4 });
}

/** Ticks of a log axis whose range is given as log10: powers of ten, with 2 and 5 on short axes. */
export function logTicks([low, high]: readonly [number, number]): JsonObject {
  const tickvals: number[] = [];
  for (let power = Math.floor(low); power <= high; power++) {
    for (const digit of high - low < 2.5 ? [1, 2, 5] : [1]) {
      const at = power + Math.log10(digit);
      if (at >= low && at <= high) tickvals.push(Number(`${digit}e${power}`));
    }
  }
  return { range: [low, high], tickvals, ticktext: tickvals.map(thousands) };
}

/** A curve's name at its right end. */
export interface EndLabel {
  /** What it says. */
  readonly text: string;
  /** Its colour. */
  readonly color: string;
  /** Where the curve ends, as a fraction of the axis from its bottom. */
  readonly at: number;
}

/** Pixels between the baselines of neighbouring end labels. */
const LABEL_GAP = 20;

/**
 * Annotations that name each curve at its right end, moved apart where curves meet.
 *
 * @param axisHeight Height of the axis in pixels.
 * @param xRight Right end of the axis in paper coordinates.
 */
export function endLabels(
  labels: readonly EndLabel[],
  axisHeight: number,
  xRight: number,
): JsonObject[] {
  const gap = LABEL_GAP / axisHeight;
  const order = labels.map((_, i) => i).sort((a, b) => labels[a].at - labels[b].at);
  const at = spread(order.map((i) => labels[i].at), gap);
  return order.map((i, rank) => {
    const font = { size: 14, color: labels[i].color };
    return note(labels[i].text, { x: xRight, xshift: 10, y: at[rank], font });
  });
}

/** Ascending positions moved apart by at least `gap`, as little as a few passes need. */
function spread(positions: readonly number[], gap: number): number[] {
  const out = [...positions];
  for (let pass = 0; pass < 100; pass++) {
    let moved = false;
    for (let i = 1; i < out.length; i++) {
      const overlap = gap - (out[i] - out[i - 1]);
      if (overlap <= 1e-6) continue;
      out[i - 1] -= overlap / 2;
      out[i] += overlap / 2;
      moved = true;
    }
    if (!moved) break;
  }
  const lift = Math.max(0, -out[0]);
  return out.map((y) => Math.round((y + lift) * 1e4) / 1e4);
}

/** `12345.5` as `12,345.5`. */
export function thousands(value: number): string {
  const [whole, fraction] = String(value).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** What each of the theme's neutral colours becomes on a dark page. */
export const DARK_COLORS: readonly (readonly [light: string, dark: string])[] = [
  ["#ffffff", "#14171c"],
  [INK, "#e8ebf0"],
  [MUTED, "#a3adba"],
  [GRID, "#2b313a"],
  [AXIS, "#59626f"],
  [BAND, "#1e2a38"],
  [DEEP_BLUE, "#56b4e9"],
];
