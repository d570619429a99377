/**
 * The page around a report: style, figures, data, scripts. It opens without a network.
 *
 * @module
 */
import type { Json } from "../base/canonical_json.ts";
import { escapeHtml, scriptJson } from "../figures/export/html.ts";
import { plotlySource } from "../figures/export/packages.ts";
import { DARK_COLORS } from "../figures/shared/theme.ts";
import { FIGURE_CLIENT } from "./client.ts";
import type { ReportFigure } from "./input.ts";
import { STYLE } from "./style.ts";

/** What a page is made of. */
export interface PageInput {
  /** Title of the page, plain text. */
  readonly title: string;
  /** Hash of what the page was made from. */
  readonly manifestHash: string;
  /** HTML of all that is visible before a link is followed. */
  readonly body: string;
  /** Figures, for which {@linkcode figureHtml} made the places. */
  readonly figures: readonly ReportFigure[];
  /** What the script reads, by the id of its element. */
  readonly data?: Readonly<Record<string, Json>>;
  /** JavaScript that follows what draws the figures. */
  readonly script?: string;
}

/** The page's text; the same input gives the same text. */
export async function page(input: PageInput): Promise<string> {
  const { title, manifestHash, body, figures, data = {}, script = "" } = input;
  const drawn = {
    dark: DARK_COLORS,
    figures: figures.map(({ id, figure: { data, layout } }) => ({ id, figure: { data, layout } })),
  };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="rwr-manifest" content="${escapeHtml(manifestHash)}">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main id="report">
${body}
</main>
<main id="drill" hidden></main>
<noscript><p>Figures and item views need JavaScript; the tables above do not.</p></noscript>
${Object.entries({ ...data, figures: drawn }).map(([id, value]) => embedded(id, value)).join("\n")}
<script>${await plotlySource()}</script>
<script>${FIGURE_CLIENT}${script}</script>
</body>
</html>
`;
}

function embedded(id: string, value: Json): string {
  return `<script id="${id}" type="application/json">${scriptJson(value)}</script>`;
}

/** A part of a page under its own heading. */
export interface PagePart {
  /** What links to it name. */
  readonly id: string;
  /** Heading, plain text. */
  readonly title: string;
  /** HTML; a part without any is left out. */
  readonly html: string;
}

/** A page's title, links to its parts, and the parts. */
export function partsHtml(title: string, all: readonly PagePart[]): string {
  const parts = all.filter(({ html }) => html !== "");
  const links = parts.map(({ id, title }) => `<li><a href="#${id}">${escapeHtml(title)}</a></li>`)
    .join("");
  const sections = parts.map(({ id, title, html }) =>
    `<section aria-labelledby="${id}"><h2 id="${id}">${escapeHtml(title)}</h2>\n${html}\n</section>`
  ).join("\n");
  return `<h1>${escapeHtml(title)}</h1>
<nav aria-label="Contents"><ul>${links}</ul></nav>
${sections}`;
}

/** The place of a figure, with the words under it. */
export function figureHtml({ id, title, caption }: ReportFigure): string {
  const name = escapeHtml(title);
  return `<figure><div class="plot" tabindex="0"><div id="figure-${escapeHtml(id)}" role="img" ` +
    `aria-label="${name}"></div></div><figcaption>${escapeHtml(caption)}</figcaption></figure>`;
}
