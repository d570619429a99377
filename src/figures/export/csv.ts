/**
 * CSV of what a figure shows.
 *
 * @module
 */
import type { Json } from "../../base/canonical_json.ts";
import type { JsonObject, PlotlyFigure } from "../shared/plotly.ts";

/** A value of a CSV file; null is an empty field. */
export type CsvValue = string | number | null;

/**
 * Records as CSV (RFC 4180 quoting, line feeds), after a comment line with the manifest's hash.
 */
export function renderCsv(records: readonly (readonly CsvValue[])[], manifestHash: string): string {
  const lines = records.map((record) => record.map(field).join(","));
  return [`# rwr-manifest: ${manifestHash}`, ...lines].join("\n") + "\n";
}

function field(value: CsvValue): string {
  const text = value === null ? "" : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One record a point: the trace's name, its true x, y, and the ends of its error bar. */
export function figureRecords(figure: PlotlyFigure): CsvValue[][] {
  const header = ["series", "x", "y", "low", "high"];
  return [header, ...figure.data.flatMap(traceRecords)];
}

function traceRecords(trace: JsonObject): CsvValue[][] {
  const x = numbers(trace.customdata ?? trace.x);
  const y = numbers(trace.y);
  const bars = trace.error_y as JsonObject | undefined;
  const up = numbers(bars?.array);
  const down = numbers(bars?.arrayminus);
  return x.map((at, i) => {
    const reach = (by: number | null | undefined, sign: number) =>
      typeof by === "number" && y[i] !== null ? y[i] + sign * by : null;
    return [String(trace.name ?? ""), at, y[i], reach(down[i], -1), reach(up[i], 1)];
  });
}

function numbers(column: Json | undefined): (number | null)[] {
  return Array.isArray(column) ? column.map((v) => typeof v === "number" ? v : null) : [];
}
