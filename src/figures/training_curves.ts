/**
 * Training loss against step, one curve a run.
 *
 * @module
 */
import { DataError } from "../base/errors.ts";
import type { FigureEntry, JsonObject, PlotlyFigure } from "./shared/plotly.ts";
import type { TrainingLogRow } from "./shared/rows.ts";
import {
  baseAxis,
  baseLayout,
  BOTTOM,
  bottomAxis,
  bottomTitle,
  endLabels,
  heading,
  logTicks,
  stylesOf,
  TOP,
  topTitle,
} from "./shared/theme.ts";

/** One run. */
export interface TrainingRun {
  /** Its name, for instance `RwR`. */
  readonly label: string;
  /** Rows of its `training_log.arrow`, by ascending step. */
  readonly log: readonly TrainingLogRow[];
}

/** What {@linkcode trainingCurves} draws. */
export interface TrainingCurvesInput {
  /** One curve each. */
  readonly runs: readonly TrainingRun[];
}

const FRAME = { width: 900, height: 480, right: 132 };
/** Raw curves keep at most this many points; the smoothed one is computed from all. */
const MAX_POINTS = 600;

/**
 * Loss on a log scale: every step pale, an exponential moving average (over a fiftieth of the run)
 * on top.
 *
 * @throws {DataError} on an empty log, or a loss that is not a positive number.
 */
export function trainingCurves(input: TrainingCurvesInput): PlotlyFigure {
  input.runs.forEach(checkRun);
  const styles = stylesOf(input.runs.map((run) => run.label));
  const smooth = input.runs.map(({ log }) => movingAverage(log.map((row) => row.loss)));
  const data = input.runs.flatMap(({ label, log }, i): JsonObject[] => {
    const keep = thinned(log.length);
    const common = { type: "scatter", mode: "lines", x: keep.map((k) => log[k].step) };
    return [
      {
        ...common,
        name: `${label}, each step`,
        y: keep.map((k) => log[k].loss),
        line: { color: styles[i].color, width: 1 },
        opacity: 0.22,
        hoverinfo: "skip",
      },
      {
        ...common,
        name: label,
        y: keep.map((k) => smooth[i][k]),
        line: { color: styles[i].color, width: 2.5 },
        hovertemplate: `${label}, step %{x:,}: %{y:.4f}<extra></extra>`,
      },
    ];
  });
  // Raw curves go below all smoothed ones.
  data.sort((a, b) => Number("opacity" in b) - Number("opacity" in a));
  return { data, layout: layout(input.runs, smooth, styles.map((style) => style.color)) };
}

function checkRun({ label, log }: TrainingRun): void {
  const bad = log.find((row) => !(row.loss > 0 && Number.isFinite(row.loss)));
  if (log.length === 0 || bad) {
    throw new DataError(
      `figure training-curves: run ${label} has ` +
        (bad ? `loss ${bad.loss} at step ${bad.step}` : "no rows") +
        `, expected positive losses; look at its training log`,
    );
  }
}

/** Exponential moving average without the bias of its start. */
function movingAverage(values: readonly number[]): number[] {
  const keep = 1 - 1 / Math.max(1, values.length / 50);
  let sum = 0;
  let weight = 0;
  return values.map((value) => {
    sum = keep * sum + value;
    weight = keep * weight + 1;
    return sum / weight;
  });
}

/** Evenly spaced indices below `count`, the last always among them. */
function thinned(count: number): number[] {
  const stride = Math.max(1, Math.ceil(count / MAX_POINTS));
  const out: number[] = [];
  for (let i = (count - 1) % stride; i < count; i += stride) out.push(i);
  return out;
}

function layout(
  runs: readonly TrainingRun[],
  smooth: readonly (readonly number[])[],
  colors: readonly string[],
): JsonObject {
  const losses = runs.flatMap(({ log }) => log.map((row) => row.loss));
  const low = Math.log10(losses.reduce((a, b) => Math.min(a, b))) - 0.05;
  const high = Math.log10(losses.reduce((a, b) => Math.max(a, b))) + 0.05;
  const ends = runs.map(({ label }, i) => ({
    text: `<b>${label}</b>`,
    color: colors[i],
    at: (Math.log10(smooth[i][smooth[i].length - 1]) - low) / (high - low),
  }));
  const last = Math.max(...runs.map(({ log }) => log[log.length - 1].step));
  return {
    ...baseLayout(FRAME),
    xaxis: { ...bottomAxis(), range: [0, last], nticks: 7, tickformat: ",d" },
    yaxis: { ...baseAxis(), type: "log", ...logTicks([low, high]) },
    annotations: [
      ...heading(
        "Training loss",
        "Mean over labelled tokens: moving average, and each step in pale",
      ),
      ...endLabels(ends, FRAME.height - TOP - BOTTOM, 1),
      topTitle("<b>Loss</b> (nats, log scale)", 0),
      bottomTitle("Optimizer step", [0, 1]),
    ],
  };
}

/** Entry of the registry. */
export const trainingCurvesFigure: FigureEntry<TrainingCurvesInput> = {
  id: "training-curves",
  title: "Training loss against step",
  inputs: ["training_log"],
  build: trainingCurves,
};
