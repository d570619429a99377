/**
 * Table 1 of the paper: accuracy on LongMemEval by question type, here with strict and scored
 * accuracy, counts, intervals, and differences from a baseline on the same items.
 *
 * The paper's own numbers could not be verified, so its cells ({@linkcode PublishedCell}) are null
 * until someone fills one in and names the source.
 *
 * @module
 */
import { DataError } from "../base/errors.ts";
import { QUESTION_TYPES } from "../tables/question_types.ts";
import { inSeries, type ScoreRow, type Series } from "./shared/rows.ts";
import { type Accuracy, accuracy, type Difference, pairedDifference } from "./shared/statistics.ts";

/** Columns: six types, their mean, and the items whose right answer is "unknown". */
export const TABLE_COLUMNS = [...QUESTION_TYPES, "average", "abstention"] as const;

/** A column of the table. */
export type TableColumn = typeof TABLE_COLUMNS[number];

/** A number that someone else published. */
export interface PublishedCell {
  /** The row's label, for instance `RwR`. */
  readonly label: string;
  /** Context length as published, for instance `10k`. */
  readonly length: string;
  /** The column. */
  readonly column: string;
  /** The published number, or null while it is not known. */
  readonly value: number | null;
  /** Where the number stands (paper, version, table); null exactly where the value is. */
  readonly source: string | null;
}

/** What {@linkcode table1} reads. */
export interface Table1Input {
  /** Rows of `scores.arrow`, of one metric. */
  readonly scores: readonly ScoreRow[];
  /** One table row each. */
  readonly series: readonly Series[];
  /** Label of the series that differences are taken from. */
  readonly baseline: string;
  /** Numbers of the paper; `emptyPublished()` where none is known. */
  readonly published: readonly PublishedCell[];
  /** Names the random stream of the intervals; `summarize` under the same seed has the same. */
  readonly seed: string;
}

/** A row: one method at one length. */
export interface Table1Row {
  /** The method's label. */
  readonly label: string;
  /** A cell for each of {@linkcode TABLE_COLUMNS}. */
  readonly cells: Readonly<Record<TableColumn, Accuracy>>;
  /** Method − baseline for each column; null for the baseline itself. */
  readonly differences: Readonly<Record<TableColumn, Difference>> | null;
}

/** The table, one part a context length. */
export interface Table1 {
  /** The metric of all cells. */
  readonly metric: string;
  /** Label of the series that differences are taken from. */
  readonly baseline: string;
  /** Parts by ascending length. */
  readonly parts: readonly { readonly length: number; readonly rows: readonly Table1Row[] }[];
  /** The paper's cells, as given. */
  readonly published: readonly PublishedCell[];
}

/**
 * Computes the table.
 *
 * @throws {DataError} on an unknown baseline, rows that do not fit together (see `accuracy`), an
 * unknown question type, or a published value without its source.
 */
export function table1(input: Table1Input): Table1 {
  const baseline = input.series.find((series) => series.label === input.baseline);
  if (!baseline) {
    throw new DataError(
      `table-1: the baseline "${input.baseline}" is not among ` +
        `${input.series.map((s) => s.label).join(", ")}; name one of them`,
    );
  }
  input.published.forEach(checkPublished);
  const lengths = [...new Set(input.scores.map((row) => row.length))].sort((a, b) => a - b);
  const parts = lengths.map((length) => {
    const rows = input.scores.filter((row) => row.length === length);
    const reference = rows.filter((row) => inSeries(row, baseline));
    return {
      length,
      rows: input.series.map((series) =>
        tableRow(input.seed, rows, series, series === baseline ? null : reference)
      ),
    };
  });
  const metric = input.scores[0]?.metric ?? "";
  return { metric, baseline: input.baseline, parts, published: input.published };
}

function tableRow(
  seed: string,
  rows: readonly ScoreRow[],
  series: Series,
  reference: readonly ScoreRow[] | null,
): Table1Row {
  const own = rows.filter((row) => inSeries(row, series));
  return {
    label: series.label,
    cells: byColumn((column) => accuracy(columnStrata(own, column), seed)),
    differences: reference === null ? null : byColumn((column) =>
      pairedDifference(
        columnStrata(own, column),
        columnStrata(reference, column),
        seed,
      )
    ),
  };
}

function byColumn<T>(cell: (column: TableColumn) => T): Record<TableColumn, T> {
  return Object.fromEntries(
    TABLE_COLUMNS.map((column) => [column, cell(column)]),
  ) as Record<TableColumn, T>;
}

/**
 * The rows that a column averages: one stratum for a type or for abstention, six for the average.
 *
 * @throws {DataError} on a question type that the table has no column for.
 */
export function columnStrata(rows: readonly ScoreRow[], column: TableColumn): ScoreRow[][] {
  const known: readonly string[] = QUESTION_TYPES;
  const stray = rows.find((row) => !row.abstention && !known.includes(row.question_type));
  if (stray) {
    throw new DataError(
      `table-1: item ${stray.item_id} has question type "${stray.question_type}", expected ` +
        `one of ${known.join(", ")}; check the source of the items`,
    );
  }
  if (column === "abstention") return [rows.filter((row) => row.abstention)];
  const types = column === "average" ? QUESTION_TYPES : [column];
  return types.map((type) => rows.filter((row) => !row.abstention && row.question_type === type));
}

/** The paper's table with every cell null: rows, lengths and columns as published. */
export function emptyPublished(): PublishedCell[] {
  const labels = ["Mamba", "Mamba-SFT", "DeciMamba", "ReMamba", "RwR", "RwR+SSA"];
  const columns = [...QUESTION_TYPES, "average"];
  return ["10k", "100k"].flatMap((length) =>
    labels.flatMap((label) =>
      columns.map((column) => ({ label, length, column, value: null, source: null }))
    )
  );
}

function checkPublished(cell: PublishedCell): void {
  if ((cell.value === null) !== (cell.source === null)) {
    throw new DataError(
      `table-1: the published cell ${cell.label}, ${cell.length}, ${cell.column} has value ` +
        `${cell.value} and source ${cell.source}, expected both or neither; ` +
        `name where the number stands, or set both to null`,
    );
  }
}

/** Strict accuracy as a Markdown table for one length, for a README. */
export function table1Markdown(table: Table1, length: number): string {
  const part = table.parts.find((part) => part.length === length);
  if (!part) {
    const known = table.parts.map((part) => part.length).join(", ");
    throw new DataError(`table-1: there is no part of length ${length}; lengths are ${known}`);
  }
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const best = (column: TableColumn) =>
    Math.max(...part.rows.map((row) => row.cells[column].strict ?? -1));
  const shown = (row: Table1Row, column: TableColumn) => {
    const { strict } = row.cells[column];
    if (strict === null) return "";
    return strict === best(column) ? `**${percent(strict)}**` : percent(strict);
  };
  return [
    line(["method", ...TABLE_COLUMNS]),
    line(["---", ...TABLE_COLUMNS.map(() => "---:")]),
    ...part.rows.map((row) => line([row.label, ...TABLE_COLUMNS.map((c) => shown(row, c))])),
  ].join("\n") + "\n";
}

/** `0.934` as `93.4`. */
function percent(value: number): string {
  return (100 * value).toFixed(1);
}

/** Every number of the table, one line a cell; unknown numbers are empty. */
export function table1Records(table: Table1): (string | number | null)[][] {
  const header = [
    "row",
    "length",
    "column",
    "n",
    "scored",
    "strict_accuracy",
    "strict_low",
    "strict_high",
    "scored_accuracy",
    "scored_low",
    "scored_high",
    "difference",
    "difference_low",
    "difference_high",
    "source",
  ];
  const own = table.parts.flatMap(({ length, rows }) =>
    rows.flatMap((row) => TABLE_COLUMNS.map((column) => cellRecord(row, length, column)))
  );
  const published = table.published.map(({ label, length, column, value, source }) => [
    `${label} (published)`,
    length,
    column,
    ...[null, null, value, ...Array(8).fill(null)],
    source,
  ]);
  return [header, ...own, ...published];
}

function cellRecord(row: Table1Row, length: number, column: TableColumn) {
  const cell = row.cells[column];
  const difference = row.differences?.[column];
  return [
    row.label,
    length,
    column,
    cell.n,
    cell.scored,
    cell.strict,
    ...(cell.strictInterval ?? [null, null]),
    cell.scoredAccuracy,
    ...(cell.scoredInterval ?? [null, null]),
    difference?.difference ?? null,
    ...(difference?.interval ?? [null, null]),
    null,
  ];
}

/** Entry of the registry. */
export const table1Entry: {
  /** File-name-safe name. */
  readonly id: string;
  /** What it shows. */
  readonly title: string;
  /** The kinds of table its input comes from. */
  readonly inputs: readonly string[];
  /** Computes it; pure. */
  readonly build: (input: Table1Input) => Table1;
} = {
  id: "table-1",
  title: "Accuracy by question type and context length",
  inputs: ["scores"],
  build: table1,
};
