/**
 * `report.html`: one page with the results, the figures, and the way from every cell to the items,
 * segments, notes and outputs behind it. It opens without a network.
 *
 * @module
 */
import type { Json } from "../base/canonical_json.ts";
import { reportBody } from "./body.ts";
import { CLIENT } from "./client.ts";
import type { ReportInput } from "./input.ts";
import { page } from "./page.ts";
import { packTraces } from "./traces.ts";

export type {
  ReportFigure,
  ReportInput,
  ReportMeasurements,
  ReportSection,
  ReportStage,
  ReportTable,
} from "./input.ts";
export { figureHtml, page, type PageInput, type PagePart, partsHtml } from "./page.ts";
export { measurementsHtml } from "./tables.ts";

/**
 * Builds the page; the same input gives the same text.
 *
 * @throws {DataError} on scores, answers or published cells that do not fit together.
 */
export async function buildReport(input: ReportInput): Promise<string> {
  const { index, blocks } = packTraces(input.scores, input.answers, input.series);
  return await page({
    title: input.title,
    manifestHash: input.manifestHash,
    body: reportBody(input),
    figures: input.figures,
    data: { index: index as unknown as Json, traces: blocks },
    script: CLIENT,
  });
}
