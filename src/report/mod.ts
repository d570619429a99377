/**
 * `report.html`: one page with the results, the figures, and the way from every cell to the items,
 * segments, notes and outputs behind it. It opens without a network.
 *
 * @module
 */
import type { Json } from "../base/canonical_json.ts";
import { escapeHtml, scriptJson } from "../figures/export/html.ts";
import { plotlySource } from "../figures/export/packages.ts";
import { DARK_COLORS } from "../figures/shared/theme.ts";
import { reportBody } from "./body.ts";
import { CLIENT } from "./client.ts";
import type { ReportInput } from "./input.ts";
import { STYLE } from "./style.ts";
import { packTraces } from "./traces.ts";

export type {
  ReportFigure,
  ReportInput,
  ReportMeasurements,
  ReportSection,
  ReportStage,
  ReportTable,
} from "./input.ts";

/**
 * Builds the page; the same input gives the same text.
 *
 * @throws {DataError} on scores, answers or published cells that do not fit together.
 */
export async function buildReport(input: ReportInput): Promise<string> {
  const { index, blocks } = packTraces(input.scores, input.answers, input.series);
  const figures = {
    dark: DARK_COLORS,
    figures: input.figures.map(({ id, figure: { data, layout } }) => ({
      id,
      figure: { data, layout },
    })),
  };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="rwr-manifest" content="${escapeHtml(input.manifestHash)}">
<title>${escapeHtml(input.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main id="report">
${reportBody(input)}
</main>
<main id="drill" hidden></main>
<noscript><p>Figures and item views need JavaScript; the tables above do not.</p></noscript>
${embedded("index", index as unknown as Json)}
${embedded("traces", blocks)}
${embedded("figures", figures)}
<script>${await plotlySource()}</script>
<script>${CLIENT}</script>
</body>
</html>
`;
}

function embedded(id: string, value: Json): string {
  return `<script id="${id}" type="application/json">${scriptJson(value)}</script>`;
}
