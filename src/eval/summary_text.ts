/**
 * A summary as aligned text for a terminal.
 *
 * @module
 */
import type { Accuracy, Summary, SummaryRow } from "./summary.ts";
import type { Estimate } from "../base/statistics.ts";
import type { Condition } from "./rows.ts";

/** How a condition is called. */
export type ConditionName = (condition: Condition) => string;

/** In percent, as tables and figures show it. */
const number = (value: number): string => (100 * value).toFixed(1);
const value = (estimate: Estimate | null): string => estimate ? number(estimate.mean) : "-";
const interval = (estimate: Estimate | null): string =>
  estimate ? `${number(estimate.mean)} [${number(estimate.low)}, ${number(estimate.high)}]` : "-";
const signed = (estimate: Estimate | null): string => {
  if (!estimate) return "-";
  // Rounded first, so that −0.0004 is no "-0.0".
  const sign = (x: number) =>
    (Number(number(x)) < 0 ? "" : "+") + number(x).replace(/^-0\.0$/, "0.0");
  return `${sign(estimate.mean)} [${sign(estimate.low)}, ${sign(estimate.high)}]`;
};
const counts = ({ strict, scored }: Accuracy): string => `${scored?.n ?? 0}/${strict?.n ?? 0}`;

/** LongMemEval's types in few letters, so that six of them fit beside each other. */
const short = (questionType: string): string =>
  questionType.replace("single-session-", "").replace("-session", "").replace("-reasoning", "")
    .replace("knowledge-", "");

/** Columns padded to their widest cell: the first to the left, the others to the right. */
function align(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  return rows.map((row) =>
    row.map((cell, i) => i < 1 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])).join("  ")
      .trimEnd()
  ).join("\n");
}

function accuracyTable(
  rows: readonly SummaryRow[],
  questionTypes: readonly string[],
  name: ConditionName,
): string {
  const header = [
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
      name(row),
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

function differenceTable(
  rows: readonly SummaryRow[],
  questionTypes: readonly string[],
  name: ConditionName,
): string {
  return align([
    ["method", "average", ...questionTypes.map(short)],
    ...rows.flatMap((row) =>
      row.difference
        ? [[
          name(row),
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
 *
 * @param name What a model and method are called; both words unless told.
 */
export function formatSummary(
  { questionTypes, base, rows }: Summary,
  name: ConditionName = ({ model, method }) => `${model} ${method}`,
): string {
  const blocks = Map.groupBy(
    rows,
    (row) => `${row.length} tokens, accuracy in percent (${row.metric})`,
  );
  return [...blocks].map(([title, block]) => {
    const parts = [title, accuracyTable(block, questionTypes, name)];
    if (base && block.some((row) => row.difference)) {
      parts.push(
        `differences from ${name(base)} over the same items, in points`,
        differenceTable(block, questionTypes, name),
      );
    }
    return parts.join("\n");
  }).join("\n\n") + "\n";
}
