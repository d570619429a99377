/**
 * Tables in notebooks.
 *
 * @module
 */
import { escapeHtml } from "../figures/export/html.ts";
import { makeView, type View } from "./view.ts";

/** A value in a table's cell; null shows as a dash. */
export type CellValue = string | number | boolean | null;

/** Significant digits of a number that is not whole. */
const DIGITS = 4;

const CELL = "padding:.3em .8em;border-bottom:1px solid #8884;vertical-align:top";

/**
 * Rows as a table to show, one column for each key of the first row.
 *
 * @param rows Rows with the same keys; numbers stand at the right, with four significant digits.
 */
export function tableView(rows: readonly Readonly<Record<string, CellValue>>[]): View {
  const header = Object.keys(rows[0] ?? {});
  const cells = rows.map((row) => header.map((name) => row[name] ?? null));
  return makeView({
    "text/html": tableHtml(header, cells.map((row) => row.map(cellHtml))),
    "text/plain": tableText(header, cells),
  });
}

/** An HTML table; `rows` are finished `<td>` elements. */
export function tableHtml(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const names = header.map((name) =>
    `<th style="${CELL};text-align:left">${escapeHtml(name)}</th>`
  );
  const body = rows.map((row) => `<tr>${row.join("")}</tr>`);
  return `<table style="border-collapse:collapse"><thead><tr>${names.join("")}</tr></thead>` +
    `<tbody>${body.join("\n")}</tbody></table>`;
}

/** A `<td>` element around HTML. */
export function cell(html: string, align: "left" | "right" = "left"): string {
  return `<td style="${CELL};text-align:${align}">${html}</td>`;
}

/** The same as text in columns. */
export function tableText(
  header: readonly string[],
  rows: readonly (readonly CellValue[])[],
): string {
  const lines = [header, ...rows.map((row) => row.map(valueText))];
  const widths = header.map((_, i) => Math.max(...lines.map((line) => line[i].length)));
  return lines.map((line) => line.map((text, i) => text.padEnd(widths[i])).join("  ").trimEnd())
    .join("\n");
}

function cellHtml(value: CellValue): string {
  return cell(escapeHtml(valueText(value)), typeof value === "number" ? "right" : "left");
}

function valueText(value: CellValue): string {
  if (value === null) return "–";
  if (typeof value !== "number" || Number.isInteger(value)) return String(value);
  return String(Number(value.toPrecision(DIGITS)));
}
