import { assertAlmostEquals, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { DataError } from "../../src/base/errors.ts";
import { renderSvg } from "../../src/figures/export.ts";
import { benchFigures, besidePeers, type PlotlyFigure, roofline } from "../../src/figures/mod.ts";
import { benchRun } from "./fixture.ts";

const run = benchRun();
const notes = ({ layout }: PlotlyFigure) =>
  (layout.annotations as { text: string }[]).map(({ text }) => text);

Deno.test("roofline: kernels by operations a byte, below the two measured peaks", () => {
  const figure = roofline(run);
  const [roof, add, matmul, ...rest] = figure.data;
  assertEquals(rest, []);
  // Where the slope of 8 GB/s meets 64 GFLOP/s.
  assertAlmostEquals((roof.x as number[])[1], 8);
  assertEquals((roof.y as number[]).slice(1), [64, 64]);
  assertAlmostEquals((roof.y as number[])[0] / (roof.x as number[])[0], 8);
  assertEquals([add.name, add.x, add.y], ["elementwise", [0.25], [0.5]]);
  assertEquals([matmul.name, matmul.x, matmul.y], ["matmul", [16], [32]]);
  assertEquals(add.text, ["add, 4×4: 25 % of the roof"]);
  assertEquals(matmul.text, ["matmul, 8: 50 % of the roof"]);
  const [, subtitle] = notes(figure);
  assertEquals(subtitle.slice(0, 31), "llvmpipe, 2 cores, 2026-11-23. ");
});

Deno.test("roofline: without peaks, kernels or positive times there is none", () => {
  const without = (part: string) => ({ ...run, rows: run.rows.filter((row) => row.part !== part) });
  assertThrows(() => roofline(without("peak")), DataError, "both measured");
  assertThrows(() => roofline(without("kernel")), DataError, "found no kernel");
  for (const median_ms of [0, NaN]) {
    const rows = run.rows.map((row) => ({ ...row, median_ms }));
    assertThrows(() => roofline({ ...run, rows }), DataError, "expected positive numbers");
    assertThrows(() => besidePeers({ ...run, rows }), DataError, "expected a positive number");
  }
});

Deno.test("beside-peers: a peer's time over the kit's, right of 1 the kit is faster", () => {
  const { data } = besidePeers(run);
  assertEquals(data.map(({ name, x }) => [name, x]), [
    ["TensorFlow.js 4", [12]],
    ["PyTorch 2", [0.5]],
  ]);
});

Deno.test("figures of a bench run are those that it has rows for, and can be drawn", async () => {
  const ids = (rows: typeof run.rows) => benchFigures({ ...run, rows }).map(({ id }) => id);
  assertEquals(ids(run.rows), ["roofline", "beside-peers"]);
  assertEquals(ids(run.rows.filter(({ part }) => part !== "peers")), ["roofline"]);
  assertEquals(ids([]), []);
  for (const { figure } of benchFigures(run)) {
    assertStringIncludes(await renderSvg(figure), "llvmpipe, 2 cores, 2026-11-23");
  }
});
