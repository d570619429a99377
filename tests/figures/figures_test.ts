import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { DataError } from "../../src/base/errors.ts";
import { hashJson } from "../../src/base/hash.ts";
import type { Json } from "../../src/base/canonical_json.ts";
import {
  accuracyByLength,
  costByLength,
  type JsonObject,
  type PlotlyFigure,
  trainingCurves,
} from "../../src/figures/mod.ts";
import { costRows, scoreRows, SERIES } from "./fixture.ts";

const accuracyInput = {
  scores: scoreRows(),
  series: SERIES,
  column: "average" as const,
  trainedLength: 256,
  seed: "0",
};

const log = (floor: number, steps: number) =>
  Array.from({ length: steps }, (_, i) => ({ step: i + 1, loss: floor + 3 * 0.98 ** i }));

/** Shape of a figure without its numbers: what a reader would notice if it changed. */
function structure({ data, layout }: PlotlyFigure): Json {
  const keys = (object: unknown) => Object.keys(object as JsonObject).sort();
  const notes = layout.annotations as readonly { readonly text: string }[];
  return {
    traces: data.map((trace) => ({
      name: String(trace.name),
      mode: String(trace.mode),
      points: (trace.x as readonly number[]).length,
      keys: keys(trace),
    })),
    layout: keys(layout),
    notes: notes.map(({ text }) => text),
  };
}

Deno.test("accuracy-by-length: structure", () => {
  const keys = ["customdata", "error_y", "hovertemplate", "line", "marker", "mode", "name"];
  const shape = structure(accuracyByLength(accuracyInput)) as JsonObject;
  assertEquals(
    shape.traces,
    ["Mamba", "Mamba-SFT", "RwR", "RwR+SSA"].map((name) => ({
      name,
      mode: "lines+markers",
      points: 3,
      keys: [...keys, "text", "type", "x", "y"],
    })),
  );
  assertEquals((shape.notes as string[]).toSorted(), [
    "<b>Accuracy as the context grows</b>",
    "<b>Mamba-SFT</b>",
    "<b>Mamba</b>",
    "<b>RwR+SSA</b>",
    "<b>RwR</b>",
    "Context length (tokens, log scale)",
    "Strict accuracy, six question types; bars are 95% bootstrap intervals over items",
    "fine-tuned on up to 256 tokens",
  ]);
});

Deno.test("accuracy-by-length: bars end where the interval ends, x keeps the true length", () => {
  const { data } = accuracyByLength(accuracyInput);
  for (const trace of data) {
    assertEquals(trace.customdata, [256, 435, 4096]);
    const bars = trace.error_y as JsonObject;
    const y = trace.y as number[];
    assertEquals((bars.array as number[]).length, y.length);
    assert(y.every((value, i) => value + (bars.array as number[])[i] <= 1 + 1e-9));
    const x = trace.x as number[];
    x.forEach((at, i) => assertAlmostEquals(at / [256, 435, 4096][i], 1, 0.05));
  }
});

Deno.test("figures are pure: the same rows give the same hash", () => {
  const twice = [0, 1].map(() => accuracyByLength(accuracyInput));
  assertEquals(hashJson({ ...twice[0] }), hashJson({ ...twice[1] }));
});

Deno.test("labels of curves that end together are moved apart", () => {
  const { layout } = accuracyByLength(accuracyInput);
  const ends = (layout.annotations as { text: string; x: number; y: number }[])
    .filter((note) => note.x === 1 && note.text.startsWith("<b>")).map((note) => note.y).sort();
  assertEquals(ends.length, 4);
  ends.slice(1).forEach((y, i) => assert(y - ends[i] > 0.05, `${ends}`));
});

Deno.test("a series without rows is left out; none at all is an error", () => {
  const stranger = { label: "Hymba", models: ["hymba"], method: "direct" };
  const { data } = accuracyByLength({ ...accuracyInput, series: [...SERIES, stranger] });
  assertEquals((data[4].x as number[]).length, 0);
  assertThrows(
    () => accuracyByLength({ ...accuracyInput, series: [stranger] }),
    DataError,
    "Hymba",
  );
});

Deno.test("training-curves: raw below smoothed, long logs thinned, last step kept", () => {
  const { data } = trainingCurves({
    runs: [{ label: "Mamba-SFT", log: log(0.1, 5000) }, { label: "RwR", log: log(0.05, 80) }],
  });
  const names = ["Mamba-SFT, each step", "RwR, each step", "Mamba-SFT", "RwR"];
  assertEquals(data.map((trace) => trace.name), names);
  const x = data[2].x as number[];
  assert(x.length <= 600 && x.at(-1) === 5000);
  assertEquals((data[3].x as number[]).length, 80);
  // The average of a constant is that constant from the first step on.
  const flat = trainingCurves({
    runs: [{ label: "RwR", log: log(0, 50).map((row) => ({ ...row, loss: 2 })) }],
  });
  (flat.data[1].y as number[]).forEach((y) => assertAlmostEquals(y, 2));
});

Deno.test("training-curves: an empty log and a loss that is no number are refused", () => {
  assertThrows(() => trainingCurves({ runs: [{ label: "RwR", log: [] }] }), DataError, "no rows");
  const bad = [{ step: 1, loss: 1 }, { step: 2, loss: NaN }];
  assertThrows(() => trainingCurves({ runs: [{ label: "RwR", log: bad }] }), DataError, "step 2");
});

Deno.test("cost-by-length: medians, growth in the labels, memory only where measured", () => {
  const two = costByLength({ costs: costRows() });
  assertEquals(two.data.length, 6);
  const notes = (two.layout.annotations as { text: string }[]).map(({ text }) => text);
  assert(notes.includes("<b>Mamba</b> (1.0)") && notes.includes("<b>Transformer</b> (1.9)"));
  const one = costByLength({ costs: costRows().map((row) => ({ ...row, peak_bytes: null })) });
  assertEquals(one.data.length, 3);
  const costs = [3, 100, 1].map((milliseconds) => (
    { label: "Mamba", length: 256, milliseconds, peak_bytes: null }
  ));
  assertEquals(costByLength({ costs }).data[0].y, [3]);
  assertThrows(() => costByLength({ costs: [] }), DataError);
  assertThrows(() => costByLength({ costs: [{ ...costs[0], milliseconds: 0 }] }), DataError);
});
