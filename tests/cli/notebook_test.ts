import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { DataError } from "../../src/base/errors.ts";
import { joinCells } from "../../src/cli/notebook/check.ts";
import { type Notebook, type Output, readNotebook } from "../../src/cli/notebook/format.ts";
import { inLines, OutputCollector } from "../../src/cli/notebook/outputs.ts";
import { runNotebook } from "../../src/cli/notebook/run.ts";

const QUIET = { write: false, cellTimeoutMs: 60_000 };

/** Text cells begin with `#`; all others are code. */
function notebook(...sources: string[]): Notebook {
  return {
    cells: sources.map((source, i) => ({
      cell_type: source.startsWith("#") ? "markdown" : "code",
      id: `cell-${i}`,
      metadata: {},
      source,
      ...(source.startsWith("#") ? {} : { outputs: [], execution_count: null }),
    })),
    metadata: { kernelspec: { name: "deno", display_name: "Deno", language: "typescript" } },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

/** Writes a notebook and a module beside it into a folder that goes when the test ends. */
async function withNotebook(
  content: Notebook,
  test: (path: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/numbers.ts`, "export const seven: number = 7;\n");
    await Deno.writeTextFile(`${folder}/study.ipynb`, JSON.stringify(content));
    await test(`${folder}/study.ipynb`);
    const left = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
    assertEquals(left, ["numbers.ts", "study.ipynb"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("a notebook runs in its folder, keeps state, and its outputs are written", async () => {
  const study = notebook(
    "# Title",
    'import { seven } from "./numbers.ts";\nconst eight: number = await Promise.resolve(seven + 1);',
    'console.log("a");\nconsole.log("b");\neight * 2',
    "   ",
    'await Deno.jupyter.display({ "text/plain": "shown", "text/markdown": "**x**\\ny" }, { raw: true });',
  );
  await withNotebook(study, async (path) => {
    await runNotebook(path, { ...QUIET, write: true });
    const { cells } = await readNotebook(path);
    assertEquals(cells.map((cell) => cell.execution_count), [undefined, 1, 2, null, 3]);
    assertEquals(cells[1].outputs, []);
    const [stream, result] = cells[2].outputs ?? [];
    assertEquals(stream, { output_type: "stream", name: "stdout", text: ["a\n", "b\n"] });
    assert(result.output_type === "execute_result");
    assertMatch(String(result.data["text/plain"]), /16/);
    const [display] = cells[4].outputs ?? [];
    assert(display.output_type === "display_data");
    assertEquals(display.data["text/markdown"], ["**x**\n", "y"]);
  });
});

Deno.test("no result is lost, though the kernel sends some after it is idle", async () => {
  const study = notebook(...Array.from({ length: 12 }, (_, i) => `${i} + 100`));
  await withNotebook(study, async (path) => {
    const outputs = await runNotebook(path, QUIET);
    assertEquals(outputs.map((cell) => cell.length), Array(12).fill(1));
  });
});

Deno.test("an error names notebook, cell and error, and leaves the file as it was", async () => {
  const study = notebook(
    "# Title",
    "const a = 1;",
    'throw new RangeError("too far: " + a);',
    "a + 1",
  );
  await withNotebook(study, async (path) => {
    const before = await Deno.readTextFile(path);
    const error = await assertRejects(
      () => runNotebook(path, { ...QUIET, write: true }),
      DataError,
    );
    assertStringIncludes(error.message, "study.ipynb: cell 3: ");
    assertStringIncludes(error.message, "RangeError");
    assertStringIncludes(error.message, "too far: 1");
    assertEquals(await Deno.readTextFile(path), before);
  });
});

Deno.test("a type error is told by cell and line before anything runs", async () => {
  const study = notebook("# Title", "const a = 1;", 'console.log(a);\nconst b: number = "text";');
  await withNotebook(study, async (path) => {
    const error = await assertRejects(() => runNotebook(path, QUIET), DataError, "type-check");
    assertStringIncludes(error.message, "study.ipynb cell 3 line 2:");
    assertStringIncludes(error.message, "TS2322");
  });
});

Deno.test("a cell that hangs and a kernel that ends are errors", async () => {
  const hang = notebook("await new Promise((done) => setTimeout(done, 60_000));");
  await withNotebook(hang, async (path) => {
    await assertRejects(
      () => runNotebook(path, { write: false, cellTimeoutMs: 500 }),
      DataError,
      "study.ipynb: cell 1: ran longer than 0.5 s",
    );
  });
  await withNotebook(notebook("Deno.exit(3);"), async (path) => {
    await assertRejects(() => runNotebook(path, QUIET), DataError, "study.ipynb: cell 1: ");
  });
});

Deno.test("a file that is no notebook is refused", async () => {
  await withNotebook({ cells: [], nbformat: 3 }, async (path) => {
    await assertRejects(() => runNotebook(path, QUIET), DataError, "no notebook of format 4");
    await Deno.writeTextFile(path, "{");
    await assertRejects(() => runNotebook(path, QUIET), DataError, "not JSON");
  });
});

Deno.test("a display that a later cell updates changes where it stands", () => {
  const collector = new OutputCollector();
  const [first, second]: Output[][] = [[], []];
  const transient = { display_id: "progress" };
  const send = (outputs: Output[], type: string, text: string) =>
    collector.add(outputs, {
      type,
      parent: "x",
      content: { data: { "text/plain": text }, metadata: {}, transient },
    });
  send(first, "display_data", "0 %");
  send(second, "update_display_data", "100 %\ndone");
  assertEquals(second, []);
  assertEquals(inLines(first), [
    { output_type: "display_data", data: { "text/plain": ["100 %\n", "done"] }, metadata: {} },
  ]);
});

Deno.test("joined cells remember where each line comes from", () => {
  const { text, origin } = joinCells(notebook("# Title", "let a = 1;\na += 1;", "", "a;"));
  assertEquals(text, "let a = 1;\na += 1;\na;\nexport {};\n");
  assertEquals(origin.slice(1), [{ cell: 2, line: 1 }, { cell: 2, line: 2 }, { cell: 4, line: 1 }]);
});
