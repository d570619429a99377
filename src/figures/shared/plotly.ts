/**
 * What the kit calls a figure: Plotly's own JSON, nothing more, so that it can be displayed,
 * exported, hashed and compared.
 *
 * @module
 */
import type { Json } from "../../base/canonical_json.ts";

/** A JSON object. */
export type JsonObject = { readonly [key: string]: Json | undefined };

/** A figure as Plotly reads it. */
export interface PlotlyFigure {
  /** Traces. The column `customdata`, where present, holds a point's true x. */
  readonly data: readonly JsonObject[];
  /** Titles, axes, annotations, and the size in pixels. */
  readonly layout: JsonObject;
}

/** A figure the kit knows how to draw. */
export interface FigureEntry<Input> {
  /** File-name-safe name. */
  readonly id: string;
  /** What it shows, in a few words. */
  readonly title: string;
  /** The kinds of table (or `timing`) its input comes from. */
  readonly inputs: readonly string[];
  /** Draws it; pure. */
  readonly build: (input: Input) => PlotlyFigure;
}
