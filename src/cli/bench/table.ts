/**
 * A Markdown table with padded columns, as `deno fmt` writes them.
 *
 * @module
 */

/** One line a row, below a heading. */
export function markdownTable(
  heading: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const widths = heading.map((_, i) => Math.max(...[heading, ...rows].map((row) => row[i].length)));
  const line = (row: readonly string[], fill = " ") =>
    `| ${row.map((cell, i) => cell.padEnd(widths[i], fill)).join(" | ")} |`;
  return [line(heading), line(heading.map(() => "-"), "-"), ...rows.map((row) => line(row))].join(
    "\n",
  );
}
