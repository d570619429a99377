/**
 * Figures to files: SVG, PNG, an interactive page and CSV, each with the manifest's hash inside.
 * Plotly, jsdom and resvg are loaded when something is exported, not before.
 *
 * @module
 */
import { writeFileAtomic } from "../base/files.ts";
import { type CsvValue, figureRecords, renderCsv } from "./export/csv.ts";
import { escapeHtml, renderHtml } from "./export/html.ts";
import { PNG_SCALE, renderPng } from "./export/png.ts";
import { renderSvg } from "./export/svg.ts";
import type { PlotlyFigure } from "./shared/plotly.ts";

export { type CsvValue, figureRecords, PNG_SCALE, renderCsv, renderHtml, renderPng, renderSvg };

/** What goes into every file of a figure. */
export interface ExportOptions {
  /** Folder to write to; made where it is missing. */
  readonly folder: string;
  /** File name without ending. */
  readonly id: string;
  /** Title of the page, and what a screen reader says. */
  readonly title: string;
  /** SHA-256 of the manifest of the table that the figure shows. */
  readonly manifestHash: string;
}

/** Paths of the files written. */
export interface ExportedFiles {
  /** Vector image. */
  readonly svg: string;
  /** Raster image. */
  readonly png: string;
  /** Interactive page. */
  readonly html: string;
  /** Points of the figure. */
  readonly csv: string;
}

/**
 * Writes a figure as SVG, PNG, HTML and CSV; the same figure and hash give the same bytes.
 *
 * @throws {DataError} where a file cannot be written or the figure has no size.
 */
export async function exportFigure(
  figure: PlotlyFigure,
  options: ExportOptions,
): Promise<ExportedFiles> {
  const { folder, id, title, manifestHash } = options;
  const at = (ending: string) => `${folder}/${id}.${ending}`;
  const files = { svg: at("svg"), png: at("png"), html: at("html"), csv: at("csv") };
  const svg = describeSvg(await renderSvg(figure), title, manifestHash);
  await writeFileAtomic(files.svg, svg);
  await writeFileAtomic(files.png, await renderPng(svg));
  await writeFileAtomic(files.html, await renderHtml(figure, title, manifestHash));
  await writeFileAtomic(files.csv, renderCsv(figureRecords(figure), manifestHash));
  return files;
}

/** An SVG with a title for screen readers and the manifest's hash as description and metadata. */
export function describeSvg(svg: string, title: string, manifestHash: string): string {
  const hash = escapeHtml(manifestHash);
  const head = `<title>${escapeHtml(title)}</title><desc>rwr-manifest: ${hash}</desc>` +
    `<metadata><manifest xmlns="urn:rwr-kit:manifest" sha256="${hash}"/></metadata>`;
  return svg.replace(/<svg\b([^>]*)>/, (_, attributes) => `<svg${attributes} role="img">${head}`);
}
