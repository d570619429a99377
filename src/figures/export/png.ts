/**
 * SVG → PNG through resvg, with fonts from a package, so that every machine draws the same pixels.
 *
 * @module
 */
import { fontPaths } from "./packages.ts";

/** Pixels of the PNG for one pixel of the SVG. */
export const PNG_SCALE = 2;

/** Renders an SVG text at {@linkcode PNG_SCALE} on white. */
export async function renderPng(svg: string): Promise<Uint8Array<ArrayBuffer>> {
  const { Resvg } = await import("@resvg/resvg-js");
  const image = new Resvg(svg, {
    background: "white",
    fitTo: { mode: "zoom", value: PNG_SCALE },
    font: {
      loadSystemFonts: false,
      fontFiles: await fontPaths(),
      defaultFontFamily: "DejaVu Sans",
      sansSerifFamily: "DejaVu Sans",
    },
  });
  return new Uint8Array(image.render().asPng());
}
