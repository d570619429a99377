/**
 * Plotly figure → SVG without a browser: Plotly's own renderer inside jsdom, whose missing layout
 * engine is replaced by estimates of text size.
 *
 * @module
 */
import { DataError } from "../../base/errors.ts";
import type { PlotlyFigure } from "../shared/plotly.ts";
import { plotlySource } from "./packages.ts";

/** The part of Plotly that is called here. */
interface Plotly {
  toImage(
    figure: unknown,
    options: { format: "svg"; imageDataOnly: true; width: number; height: number },
  ): Promise<string>;
}

/** The part of an SVG element that text is measured by. */
interface TextElement {
  readonly tagName: string;
  readonly textContent: string | null;
  readonly parentElement: TextElement | null;
  getAttribute(name: string): string | null;
  querySelectorAll(selector: string): Iterable<TextElement>;
}

/** A box as `getBBox` and `getBoundingClientRect` give it, in pixels. */
interface Box {
  readonly x: number;
  readonly y: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly right: number;
  readonly bottom: number;
}

/** A class of jsdom's whose methods are replaced here. */
interface Patchable {
  readonly prototype: Record<string, unknown>;
}

/** A jsdom window with Plotly in it; jsdom ships no types. */
interface PlotlyWindow {
  readonly Plotly: Plotly;
  readonly JSON: JSON;
  readonly Math: { random: () => number };
  readonly URL: { createObjectURL: () => string; revokeObjectURL: () => void };
  readonly HTMLCanvasElement: Patchable;
  readonly SVGElement: Patchable;
  readonly Element: Patchable;
  eval(source: string): void;
  close(): void;
}

/**
 * Renders a figure; equal figures give equal bytes.
 *
 * @param figure Its layout must have `width` and `height`.
 * @throws {DataError} where the size is missing.
 */
export async function renderSvg(figure: PlotlyFigure): Promise<string> {
  const { width, height } = figure.layout;
  if (typeof width !== "number" || typeof height !== "number") {
    throw new DataError(
      `exporting a figure: found width ${width} and height ${height}, expected pixels; ` +
        `set both in its layout`,
    );
  }
  // A window of its own for each figure: Plotly numbers its elements through a window's life.
  const window = await plotlyWindow();
  try {
    // The copy belongs to jsdom's realm, where Plotly tests for plain objects.
    const copy = window.JSON.parse(JSON.stringify({ data: figure.data, layout: figure.layout }));
    const options = { format: "svg", imageDataOnly: true, width, height } as const;
    const svg = await window.Plotly.toImage(copy, options);
    // Plotly's stand-in for quotes inside style attributes, which it leaves where url() is absent.
    return svg.replaceAll("TOBESTRIPPED", "'");
  } finally {
    window.close();
  }
}

async function plotlyWindow(): Promise<PlotlyWindow> {
  const { JSDOM } = await import("jsdom");
  const dom = new JSDOM("<!doctype html><body></body>", {
    runScripts: "outside-only",
    pretendToBeVisual: true,
  });
  const window: PlotlyWindow = dom.window;
  addMissing(window);
  window.eval(await plotlySource());
  return window;
}

/** What Plotly expects of a browser and jsdom lacks. */
function addMissing(window: PlotlyWindow): void {
  Object.assign(window, { TextDecoder, TextEncoder, structuredClone });
  window.URL.createObjectURL = () => "blob:none";
  window.URL.revokeObjectURL = () => {};
  // Plotly draws identifiers from Math.random.
  let state = 1;
  window.Math.random = () => (state = (state * 16807) % 2147483647) / 2147483647;
  window.HTMLCanvasElement.prototype.getContext = () => null;
  const svg = window.SVGElement.prototype;
  svg.getBBox = function (this: TextElement): Box {
    return textBox(this);
  };
  svg.getComputedTextLength = function (this: TextElement): number {
    return textBox(this).width;
  };
  window.Element.prototype.getBoundingClientRect = function (this: TextElement): Box {
    return this.tagName === "g" || this.tagName === "text" ? textBox(this) : PAGE;
  };
}

const PAGE: Box = { x: 0, y: 0, left: 0, top: 0, width: 800, height: 500, right: 800, bottom: 500 };

/** Estimated box of an element's text, its baseline at 0. */
function textBox(element: TextElement): Box {
  const size = fontSize(element);
  const spans = [...element.querySelectorAll("tspan.line")];
  const lines = spans.length > 1 ? spans : [element];
  const width = Math.max(...lines.map((line) => textWidth(line.textContent ?? ""))) * size;
  const height = size * 1.3 * lines.length;
  const top = -size;
  return { x: 0, y: top, left: 0, top, width, height, right: width, bottom: top + height };
}

function fontSize(element: TextElement): number {
  for (let at: TextElement | null = element; at; at = at.parentElement) {
    const found = /font-size:\s*([\d.]+)px/.exec(at.getAttribute("style") ?? "");
    if (found) return Number(found[1]);
  }
  return 12;
}

/** Width in ems of DejaVu Sans, the widest of the theme's fonts, by class of letter. */
function textWidth(text: string): number {
  let ems = 0;
  for (const letter of text) {
    if (/[ijlI.,:;'|!()[\] ]/.test(letter)) ems += 0.34;
    else if (/[mwMW%@+=]/.test(letter)) ems += 0.9;
    else if (/[A-Z0-9]/.test(letter)) ems += 0.66;
    else ems += 0.58;
  }
  return ems;
}
