import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { type Output, readNotebook } from "../../src/cli/notebook/format.ts";
import { runNotebook } from "../../src/cli/notebook/run.ts";
import { pathOf } from "../repository.ts";

const NOTEBOOK = pathOf("notebooks/02_distillation.ipynb");

/** What each cell shows, as text; progress bars are left out, since a clock decides them. */
function shownBy(outputs: readonly Output[]): string[] {
  return outputs.flatMap((output) => output.output_type === "display_data" ? [output.data] : [])
    .map((data) => [data["text/plain"]].flat().join(""))
    .filter((text) => !text.startsWith("distilling: "));
}

const outputsOf = (cell: object): readonly Output[] =>
  "outputs" in cell ? cell.outputs as Output[] : [];

Deno.test("the distillation notebook runs, and shows what is stored in it", async () => {
  // No server but its own may be asked.
  Deno.env.set("RWR_TEACHER_BASE_URL", "http://127.0.0.1:1/v1");
  const cells = await runNotebook(NOTEBOOK, { write: false, cellTimeoutMs: 60_000 });
  Deno.env.delete("RWR_TEACHER_BASE_URL");
  const shown = cells.map(shownBy);
  assertEquals(shown.map((texts) => texts.length), [0, 1, 2, 0, 2, 1, 2, 1, 1]);
  const [, , [counts, reasons], , [sets, rejected], [examples], [, runs], [pairs]] = shown;
  assertMatch(counts, /63 +60 +48/);
  for (const reason of ["generation", "no answer overlap", "duplicate", "not drawn"]) {
    assertStringIncludes(reasons, reason);
  }
  const [rows, full, empty] = sets.split("\n")[1].trim().split(/\s+/).map(Number);
  assert(rows === 48 && full < rows && full > empty && empty > 0, sets);
  assertMatch(rejected, /full: llm-judge page-of-rules +[1-9]/);
  assertMatch(rejected, /removed: answer-removed +[1-9]/);
  for (const fate of ["in D_f", "in D_e", "full, rejected", "removed, rejected"]) {
    assertEquals(examples.split("\n").filter((line) => line.startsWith(`${fate} `)).length, 2);
  }
  assertMatch(runs, /second +0 +\d+ +0$/);
  assertEquals(pairs.split("\n").length, 7);

  const { cells: stored } = await readNotebook(NOTEBOOK);
  const code = stored.filter(({ cell_type }) => cell_type === "code");
  const kept = code.map((cell) => shownBy(outputsOf(cell)));
  // How many tries find out at once that the server knows no schema, a clock decides.
  const steady = (texts: string[][]): string[][] =>
    texts.map((cell) => cell.filter((text) => !/lost tries|^run +calls/.test(text)));
  assertEquals(steady(shown), steady(kept));
});

Deno.test("the distillation notebook's text stands between its cells", async () => {
  const { cells } = await readNotebook(NOTEBOOK);
  const kinds = cells.map(({ cell_type }) => cell_type);
  assertEquals(kinds[0], "markdown");
  assert(kinds.length <= 20, `found ${kinds.length} cells, expected a short notebook`);
  assert(kinds.every((kind, i) => kind === "markdown" || kinds[i - 1] === "markdown"));
});
