import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { DataError } from "../../src/base/errors.ts";
import { type Output, readNotebook } from "../../src/cli/notebook/format.ts";
import { runNotebook } from "../../src/cli/notebook/run.ts";
import { Gpu } from "../../src/gpu/gpu.ts";
import { loadProfile } from "../../src/pipeline/profiles/mod.ts";
import { runStages } from "../../src/pipeline/runner.ts";
import { stagesOf } from "../../src/pipeline/stages/mod.ts";
import { pathOf } from "../repository.ts";

const NOTEBOOK = pathOf("notebooks/01_quickstart.ipynb");
const OPTIONS = { write: false, cellTimeoutMs: 60_000 };

/** A whole run of the smoke profile: models that have learnt nothing, and tables of all kinds. */
async function makeRun(directory: string): Promise<void> {
  const gpu = await Gpu.open();
  try {
    const stages = stagesOf(loadProfile("smoke"), gpu, undefined);
    await runStages(stages, { directory, kitVersion: "0.0.0-test", sink: () => {} });
  } finally {
    gpu.destroy();
  }
}

/** Runs the notebook over a run; the kernel takes its environment from this process. */
async function runOver(run: string): Promise<Output[][]> {
  Deno.env.set("RWR_RUN", run);
  try {
    return await runNotebook(NOTEBOOK, OPTIONS);
  } finally {
    Deno.env.delete("RWR_RUN");
  }
}

/** The media of what each cell shows. */
function mediaOf(outputs: readonly Output[]): Record<string, unknown>[] {
  return outputs.flatMap((output) => output.output_type === "display_data" ? [output.data] : []);
}

Deno.test("the quickstart runs over a run and shows everything", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await makeRun(folder);
    const cells = await runOver(folder);
    const shown = cells.map(mediaOf);
    assertEquals(shown.map((media) => media.length), [0, 1, 1, 1, 1, 2]);
    for (const media of shown.flat()) assert(media["text/plain"]);
    const [, [adapter], [scan], [answer], [figure], [progress]] = shown;
    assertStringIncludes(String(adapter["text/html"]), "subgroupSize");
    assertStringIncludes(String(scan["text/plain"]), "dDeltaBias");
    assert(!String(scan["text/plain"]).includes("false"), String(scan["text/plain"]));
    assertStringIncludes(String(answer["text/html"]), "<b>Question</b>");
    assertEquals(Object.keys(figure), [
      "application/vnd.plotly.v1+json",
      "image/png",
      "text/plain",
    ]);
    assertStringIncludes(String(progress["text/plain"]), "training: 30/30");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("without a run the quickstart says what to do", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const error = await assertRejects(() => runOver(folder), DataError);
    assertStringIncludes(error.message, "run `deno task reproduce` first");
    assertStringIncludes(error.message, "cell 8");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("the quickstart's text stands between its cells", async () => {
  const { cells } = await readNotebook(NOTEBOOK);
  const kinds = cells.map(({ cell_type }) => cell_type);
  assertEquals(kinds[0], "markdown");
  assert(kinds.length <= 14, `found ${kinds.length} cells, expected a short notebook`);
  assert(kinds.every((kind, i) => kind === "markdown" || kinds[i - 1] === "markdown"));
});
