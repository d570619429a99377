/**
 * Figure → one interactive page that opens without a network; and the escaping that every page of
 * the kit uses.
 *
 * @module
 */
import type { Json } from "../../base/canonical_json.ts";
import type { PlotlyFigure } from "../shared/plotly.ts";
import { plotlySource } from "./packages.ts";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text made safe between tags and inside quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => ENTITIES[letter]);
}

/** JSON made safe inside a script element: no `<` can end it or open a comment. */
export function scriptJson(value: Json): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

/** A page with one figure; `manifestHash` stands in a meta element. */
export async function renderHtml(
  figure: PlotlyFigure,
  title: string,
  manifestHash: string,
): Promise<string> {
  const { data, layout } = figure;
  const json = scriptJson({ data, layout });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="rwr-manifest" content="${escapeHtml(manifestHash)}">
<title>${escapeHtml(title)}</title>
<style>body { margin: 24px; background: #fff; }</style>
</head>
<body>
<div id="figure" role="img" aria-label="${escapeHtml(title)}"></div>
<script>${await plotlySource()}</script>
<script id="data" type="application/json">${json}</script>
<script>
const { data, layout } = JSON.parse(document.getElementById("data").textContent);
Plotly.newPlot("figure", data, layout, { displaylogo: false, displayModeBar: false });
</script>
</body>
</html>
`;
}
