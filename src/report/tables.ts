/**
 * The report's tables as HTML.
 *
 * @module
 */
import {
  type Accuracy,
  type Difference,
  type Interval,
  type PublishedCell,
  type Table1,
  TABLE_COLUMNS,
  type TableColumn,
} from "../figures/mod.ts";
import { escapeHtml } from "../figures/export/html.ts";
import { thousands } from "../figures/shared/theme.ts";
import type { ConstantRow } from "./constant_answer.ts";
import type { ReportStage, ReportTable } from "./input.ts";

const percent = (value: number): string => (100 * value).toFixed(1);
const signed = (value: number): string => `${value < 0 ? "−" : "+"}${percent(Math.abs(value))}`;
const range = (interval: Interval | null, format: (value: number) => string): string =>
  interval === null ? "" : `${format(interval[0])} to ${format(interval[1])}`;

/** Opening of a table whose first column names the rows. */
function tableStart(
  caption: string,
  header: readonly string[],
  kind = "numbers",
  isText: (column: number) => boolean = () => false,
): string {
  const cells = header.map((name, i) =>
    `<th scope="col"${isText(i) ? ' class="text"' : ""}>${escapeHtml(name)}</th>`
  ).join("");
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escapeHtml(caption)}">` +
    `<table class="${kind}"><caption>${
      escapeHtml(caption)
    }</caption><thead><tr>${cells}</tr></thead><tbody>`;
}

const TABLE_END = "</tbody></table></div>";

const rowStart = (label: string): string => `<tr><th scope="row">${escapeHtml(label)}</th>`;

/**
 * Table 1, a table a length; every cell with answers links to its items.
 *
 * @param constants The best constant answer by length; a length without it has no such row.
 */
export function table1Html(table: Table1, constants: ReadonlyMap<number, ConstantRow>): string {
  return table.parts.map(({ length, rows }, part) => {
    const best = (column: TableColumn) =>
      Math.max(...rows.map((row) => row.cells[column].strict ?? -1));
    const body = rows.map((row, r) =>
      rowStart(row.label) +
      TABLE_COLUMNS.map((column, c) => {
        const cell = row.cells[column];
        return accuracyCell(cell, `#/cell/${part}/${r}/${c}`, cell.strict === best(column));
      }).join("") + "</tr>"
    ).join("\n");
    const constant = constants.get(length);
    const last = constant === undefined ? "" : "\n" + constantHtml(constant);
    const caption = `${thousands(length)} tokens: accuracy in percent (${table.metric})`;
    return tableStart(caption, ["method", ...TABLE_COLUMNS]) + body + last + TABLE_END;
  }).join("\n");
}

function constantHtml(row: ConstantRow): string {
  const cells = TABLE_COLUMNS.map((column) => {
    const cell = row[column];
    if (!cell) return '<td class="number"></td>';
    const counts = cell.distinct === null ? "" : `<small>golds ${cell.distinct.golds}</small>` +
      `<small>questions ${cell.distinct.questions}</small>`;
    return `<td class="number">${percent(cell.share)}${counts}</td>`;
  });
  return rowStart("best constant answer") + cells.join("") + "</tr>";
}

function accuracyCell(cell: Accuracy, target: string, isBest: boolean): string {
  if (cell.n === 0) return '<td class="number"></td>';
  const shown = (value: number | null) => value === null ? "–" : percent(value);
  const strict = shown(cell.strict);
  const failures = cell.scored < cell.n;
  const lines = [
    `<a href="${target}">${isBest ? `<strong>${strict}</strong>` : strict}</a>`,
    `<small>${range(cell.strictInterval, percent)}</small>`,
    `<small>n ${thousands(cell.n)}${failures ? "" : ", all scored"}</small>`,
    // With every answer scored the two accuracies are one.
    ...(failures
      ? [
        `<small class="scored">scored ${shown(cell.scoredAccuracy)}</small>`,
        `<small>${range(cell.scoredInterval, percent)}</small>`,
        `<small>n ${thousands(cell.scored)}</small>`,
      ]
      : []),
  ];
  const share = cell.strict === null ? 0 : cell.strict.toFixed(3);
  return `<td class="number share" style="--share:${share}">${lines.join("")}</td>`;
}

/** Paired differences from the baseline, a table a length. */
export function differencesHtml(table: Table1): string {
  return table.parts.map(({ length, rows }) => {
    const body = rows.flatMap(({ label, differences }) =>
      differences === null ? [] : [
        rowStart(`${label} − ${table.baseline}`) +
        TABLE_COLUMNS.map((column) => differenceCell(differences[column])).join("") + "</tr>",
      ]
    ).join("\n");
    const caption = `${thousands(length)} tokens: difference of strict accuracy on the same ` +
      `items, in percentage points`;
    return tableStart(caption, ["difference", ...TABLE_COLUMNS]) + body + TABLE_END;
  }).join("\n");
}

function differenceCell({ difference, interval, items }: Difference): string {
  if (difference === null || interval === null) return '<td class="number"></td>';
  const sign = interval[0] > 0 ? "better" : interval[1] < 0 ? "worse" : "unclear";
  return `<td class="number ${sign}"><span>${signed(difference)}</span>` +
    `<small>${range(interval, signed)}</small><small>${items} items</small></td>`;
}

/** The paper's table; a cell without a verified number is empty. */
export function publishedHtml(cells: readonly PublishedCell[]): string {
  return [...Map.groupBy(cells, (cell) => cell.length)].map(([length, part]) => {
    const columns = [...new Set(part.map((cell) => cell.column))];
    const body = [...Map.groupBy(part, (cell) => cell.label)].map(([label, row]) =>
      rowStart(label) +
      columns.map((column) => publishedCell(row.find((cell) => cell.column === column))).join("") +
      "</tr>"
    ).join("\n");
    return tableStart(`As published, ${length} tokens`, ["method", ...columns]) + body + TABLE_END;
  }).join("\n");
}

function publishedCell(cell: PublishedCell | undefined): string {
  if (!cell || cell.value === null) return '<td class="number"></td>';
  return `<td class="number" title="${escapeHtml(cell.source ?? "")}">${cell.value}</td>`;
}

/** Integers exactly; else four significant digits, and never fewer than the integer part has. */
function shownNumber(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return String(Math.abs(value) < 1000 ? Number(value.toPrecision(4)) : Math.round(value));
}

/** A table of measurements. */
export function measurementsHtml(table: ReportTable): string {
  const body = table.rows.map(([first, ...rest]) =>
    rowStart(String(first ?? "")) +
    rest.map((value) =>
      typeof value === "number"
        ? `<td class="number">${shownNumber(value)}</td>`
        : `<td>${escapeHtml(value ?? "")}</td>`
    ).join("") + "</tr>"
  ).join("\n");
  const isText = (column: number) =>
    column > 0 && !table.rows.some((row) => typeof row[column] === "number");
  return tableStart(table.title, table.header, "numbers", isText) + body + TABLE_END;
}

/** Stages with versions, adapter, and the hashes of what they read and wrote. */
export function stagesHtml(stages: readonly ReportStage[]): string {
  const header = ["stage", "code", "adapter", "driver", "Deno", "inputs", "outputs"];
  const body = stages.map((stage) =>
    rowStart(stage.name) +
    [stage.code, adapterText(stage), stage.driver ?? "", stage.deno ?? ""]
      .map((text) => `<td>${escapeHtml(text)}</td>`).join("") +
    `<td>${hashList(stage.inputs)}</td><td>${hashList(stage.outputs)}</td></tr>`
  ).join("\n");
  return tableStart("Stages of this run", header, "words") + body + TABLE_END;
}

/** A manifest without an adapter says that there was no GPU; no manifest says nothing. */
function adapterText({ adapter, deno }: ReportStage): string {
  return adapter ?? (deno === null ? "" : "no GPU");
}

function hashList(hashes: Readonly<Record<string, string>>): string {
  const entries = Object.entries(hashes).map(([name, hash]) =>
    `<li>${escapeHtml(name)} <code title="${escapeHtml(hash)}">${
      escapeHtml(hash.slice(0, 12))
    }</code></li>`
  );
  return entries.length === 0 ? "" : `<ul class="hashes">${entries.join("")}</ul>`;
}
