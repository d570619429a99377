/**
 * Files inside npm packages: Plotly's browser build, which is text to be evaluated or inlined, and
 * the fonts of PNG images, which the renderer opens by path.
 *
 * @module
 */
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { KitError } from "../../base/errors.ts";

let plotly: Promise<string> | undefined;

/** Source text of Plotly's cartesian build, to be evaluated or put in a page. */
export function plotlySource(): Promise<string> {
  plotly ??= readPlotly();
  return plotly;
}

async function readPlotly(): Promise<string> {
  // The import fetches the package; its main module cannot run without a browser window.
  await import("plotly.js-cartesian-dist-min/package.json", { with: { type: "json" } });
  return await Deno.readTextFile(
    packageFile("plotly.js-cartesian-dist-min/plotly-cartesian.min.js"),
  );
}

/** Paths of the DejaVu Sans fonts, regular and bold. */
export async function fontPaths(): Promise<string[]> {
  await import("dejavu-fonts-ttf/package.json", { with: { type: "json" } });
  return ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"].map((name) =>
    packageFile(`dejavu-fonts-ttf/ttf/${name}`)
  );
}

/** Where a package's file lies; resolved from the working directory: this module may be remote. */
function packageFile(specifier: string): string {
  try {
    return createRequire(pathToFileURL(`${Deno.cwd()}/`)).resolve(specifier);
  } catch (error) {
    throw new KitError(
      `exporting a figure: the npm file ${specifier} was not found; run ` +
        `"deno install" in the project's folder, then export again`,
      { cause: error },
    );
  }
}
