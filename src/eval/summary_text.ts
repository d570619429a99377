/**
 * A summary as aligned text for a terminal.
 *
 * @module
 */
import type { Accuracy, Summary, SummaryRow } from "./summary.ts";
import type { Estimate } from "../base/statistics.ts";

const number = (value: number): string => value.toFixed(2);
const value = (estimate: Estimate | null): string => estimate ? number(estimate.mean) : "-";
const interval = (estimate: Estimate | null): string =>
  estimate ? `${number(estimate.mean)} [${number(estimate.low)}, ${number(estimate.high)}]` : "-";
const signed = (estimate: Estimate | null): string => {
  if (!estimate) return "-";
  // Rounded first, so that −0.004 is no "-0.00".
  const sign = (x: number) =>
    (Number(number(x)) < 0 ? "" : "+") + number(x).replace("-0.00", "0.00");
  return `${sign(estimate.mean)} [${sign(estimate.low)}, ${sign(estimate.high)}]`;
};
const counts = ({ strict, scored }: Accuracy): string => `${scored?.n ?? 0}/${strict?.n ?? 0}`;

/** LongMemEval's types in few letters, so that six of them fit beside each other. */
const short = (questionType: string): string =>
  questionType.replace("single-session-", "").replace("-session", "").replace("-reasoning", "")
    .replace("knowledge-", "");

/** Columns padded to their widest cell: the first two to the left, the others to the right. */
function align(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  return rows.map((row) =>
    row.map((cell, i) => i < 2 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])).join("  ")
      .trimEnd()
  ).join("\n");
}

function accuracyTable(rows: readonly SummaryRow[], questionTypes: readonly string[]): string {
  const header = [
    "model",
    "method",
    ...questionTypes.map(short),
    "average, strict",
    "average, scored",
    "scored/items",
    "abstention",
    "scored/items",
  ];
  return align([
    header,
    ...rows.map((row) => [
      row.model,
      row.method,
      ...row.types.map((type) => value(type.strict)),
      interval(row.average.strict),
      interval(row.average.scored),
      // Counted over the types, because an average over a type without scores is not there.
      `${row.types.reduce((sum, type) => sum + (type.scored?.n ?? 0), 0)}/` +
      `${row.types.reduce((sum, type) => sum + (type.strict?.n ?? 0), 0)}`,
      interval(row.abstention.strict),
      counts(row.abstention),
    ]),
  ]);
}

function differenceTable(rows: readonly SummaryRow[], questionTypes: readonly string[]): string {
  return align([
    ["model", "method", "average", ...questionTypes.map(short)],
    ...rows.flatMap((row) =>
      row.difference
        ? [[
          row.model,
          row.method,
          signed(row.difference.average),
          ...row.difference.types.map(signed),
        ]]
        : []
    ),
  ]);
}

/**
 * The summary as text: for each metric and length one table of accuracies (per type strict; both
 * averages with 95% intervals and counts) and, with a base, one of paired differences.
 */
export function formatSummary({ questionTypes, base, rows }: Summary): string {
  const blocks = Map.groupBy(rows, (row) => `${row.metric} at ${row.length} tokens`);
  return [...blocks].map(([title, block]) => {
    const parts = [title, accuracyTable(block, questionTypes)];
    if (base && block.some((row) => row.difference)) {
      parts.push(
        `differences from ${base.model} ${base.method} over the same items`,
        differenceTable(block, questionTypes),
      );
    }
    return parts.join("\n");
  }).join("\n\n") + "\n";
}
