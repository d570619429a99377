/**
 * The report's own page: texts, tables, figures, stages.
 *
 * @module
 */
import { escapeHtml } from "../figures/export/html.ts";
import { type Table1, table1 } from "../figures/mod.ts";
import { RESAMPLES } from "../base/statistics.ts";
import { thousands } from "../figures/shared/theme.ts";
import { constantAnswers } from "./constant_answer.ts";
import type { ReportInput } from "./input.ts";
import { figureHtml, partsHtml } from "./page.ts";
import {
  differencesHtml,
  measurementsHtml,
  publishedHtml,
  stagesHtml,
  table1Html,
} from "./tables.ts";

/**
 * Everything that is visible before a link is followed.
 *
 * @throws {DataError} as `table1` does.
 */
export function reportBody(input: ReportInput): string {
  const table = table1(input);
  return partsHtml(input.title, [
    ...input.sections.map(({ title, paragraphs }, i) => ({
      id: `section-${i + 1}`,
      title,
      html: paragraphs.map(paragraph).join("\n"),
    })),
    { id: "table-1", title: "Accuracy by question type", html: accuracyPart(table, input) },
    { id: "differences", title: `Differences from ${input.baseline}`, html: differencePart(table) },
    { id: "figures-part", title: "Figures", html: input.figures.map(figureHtml).join("\n") },
    { id: "published", title: "Published numbers", html: publishedPart(table) },
    ...input.measurements.map(({ title, tables }, i) => ({
      id: `measurements-${i + 1}`,
      title,
      html: tables.map(measurementsHtml).join("\n"),
    })),
    { id: "stages", title: "Where this comes from", html: stagePart(input) },
  ]);
}

const paragraph = (text: string): string => `<p>${escapeHtml(text)}</p>`;

function accuracyPart(table: Table1, input: ReportInput): string {
  const how = "Large: strict accuracy, where a failed judge, a missing answer or an error counts " +
    "as wrong. Below it, where any answer has no score: scored accuracy, which divides by scored " +
    "answers alone. Ranges are 95% intervals over items: Wilson's for a type and for abstention, " +
    `bootstrap (${thousands(RESAMPLES)} resamples) for the average; all answers to one item stay ` +
    "together, and the spread between trainings is not in them. The average weighs the six " +
    "answerable types equally; abstention stands apart. Bold is the best of a column. Follow a " +
    "number to its items, and an item to its segments, notes, prompt and output.";
  // Only where an answer is right or wrong as a whole is one constant answer comparable.
  if (table.metric !== "exact_match") return paragraph(how) + table1Html(table, new Map());
  const constant =
    "Best constant answer: the share of a type's items that have its most frequent " +
    "gold answer, which needs no reading at all; below it, how many distinct gold answers and " +
    "questions the items have.";
  return paragraph(how) + paragraph(constant) + table1Html(table, constantAnswers(input.answers));
}

function differencePart(table: Table1): string {
  const how = "The same items under both methods, item by item; missing and failed answers count " +
    "as wrong. Coloured where the 95% bootstrap interval leaves zero out.";
  return paragraph(how) + differencesHtml(table);
}

function publishedPart(table: Table1): string {
  if (table.published.length === 0) return "";
  const known = table.published.filter((cell) => cell.value !== null).length;
  const how = `The paper's rows and columns. ${known} of ${table.published.length} cells have a ` +
    "number with a source; the others stay empty until one can be verified.";
  return `${paragraph(how)}<details><summary>Show the published table</summary>${
    publishedHtml(table.published)
  }</details>`;
}

function stagePart(input: ReportInput): string {
  const hash = `<p>Manifest of the scores: <code>${escapeHtml(input.manifestHash)}</code></p>`;
  return hash + stagesHtml(input.stages);
}
