/**
 * Figures in notebooks.
 *
 * @module
 */
import { figureRecords, renderPng, renderSvg } from "../figures/export.ts";
import type { PlotlyFigure } from "../figures/mod.ts";
import { tableText } from "./table.ts";
import { makeView, type View } from "./view.ts";

/** What stands in Plotly's toolbar, and how the figure behaves. */
const PLOTLY_CONFIG = { displaylogo: false, displayModeBar: false };

/**
 * A figure to show: interactive where the front end draws Plotly, else as an image, else as the list
 * of its points.
 *
 * @throws {DataError} where the figure has no size.
 */
export async function figureView(figure: PlotlyFigure): Promise<View> {
  const png = await renderPng(await renderSvg(figure));
  const { data, layout } = figure;
  const [header, ...records] = figureRecords(figure);
  return makeView({
    "application/vnd.plotly.v1+json": { data, layout, config: PLOTLY_CONFIG },
    "image/png": png.toBase64(),
    "text/plain": tableText(header.map(String), records),
  }, { "image/png": { width: layout.width, height: layout.height } });
}
