import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { DataError } from "../../src/base/errors.ts";
import {
  answerView,
  display,
  figureView,
  JUPYTER_DISPLAY,
  notebookProgress,
  tableView,
} from "../../src/notebook/mod.ts";
import type { AnswersTableRow } from "../../src/tables/mod.ts";

const ROW: AnswersTableRow = {
  item_id: "i",
  question_type: "multi-session",
  abstention: false,
  length: 256,
  model: "m",
  method: "rwr+ssa",
  question: "who is <b> ?",
  gold: "rex",
  segments: JSON.stringify([
    { text: "user: my dog is rex . assistant: i <3 it .", raw: "r", note: "my dog is rex ." },
    { text: "user: hi .", raw: "r", note: "" },
  ]),
  final_prompt: "p",
  raw_output: "rex",
  answer: "rex",
  prompt_tokens: 1,
  generated_tokens: 1,
  finish: "stop",
};

/** What is printed while `body` runs. */
async function printed(body: () => unknown): Promise<string[]> {
  const lines: string[] = [];
  const { log } = console;
  console.log = (line: string) => lines.push(line);
  try {
    await body();
  } finally {
    console.log = log;
  }
  return lines;
}

Deno.test("an answer shows its segments, marked notes and verdict, escaped", () => {
  const { media } = answerView(ROW);
  const html = String(media["text/html"]);
  assertStringIncludes(html, "<mark>my dog is rex .</mark> assistant: i &lt;3 it .");
  assertStringIncludes(html, "who is &lt;b&gt; ?");
  assertStringIncludes(html, "<i>empty</i>");
  assertStringIncludes(html, "<b>Answer</b> rex · <b>expected</b> rex");
  assertStringIncludes(String(media["text/plain"]), "answer: rex, expected rex");
});

Deno.test("a note that holds a sentence within another's mark is marked once", () => {
  const segments = JSON.stringify([{ text: "a b . b .", raw: "", note: "a b . b . a b ." }]);
  const html = String(answerView({ ...ROW, segments }).media["text/html"]);
  assertStringIncludes(html, "<mark>a b .</mark> <mark>b .</mark>");
});

Deno.test("segments of another form are refused", () => {
  for (const segments of ["", "{}", '[{"text":1}]', "[null]"]) {
    assertThrows(() => answerView({ ...ROW, segments }), DataError, "expected a JSON list");
  }
});

Deno.test("a table aligns numbers, escapes text and shows what is missing", () => {
  const { media } = tableView([{ name: "<x>", value: 1 / 3 }, { name: "y", value: null }]);
  assertStringIncludes(String(media["text/html"]), "&lt;x&gt;");
  assertStringIncludes(String(media["text/html"]), "text-align:right");
  assertEquals(media["text/plain"], "name  value\n<x>   0.3333\ny     –");
  assertEquals(tableView([]).media["text/plain"], "");
});

Deno.test("a figure has an interactive form, an image of its size, and its points", async () => {
  const data = [{ type: "scatter", name: "a", x: [1, 2], y: [3, 4] }];
  const view = await figureView({ data, layout: { width: 300, height: 200 } });
  const plotly = view.media["application/vnd.plotly.v1+json"] as { data: unknown };
  assertEquals(plotly.data, data);
  assertEquals(view.metadata["image/png"], { width: 300, height: 200 });
  assert(String(view.media["image/png"]).startsWith("iVBORw0KGgo"), "the image is a PNG");
  assertEquals(
    view.media["text/plain"],
    "series  x  y  low  high\na       1  3  –    –\na       2  4  –    –",
  );
});

Deno.test("the kernel finds a view's media under Jupyter's symbol", () => {
  const view = tableView([{ a: 1 }]);
  assertEquals(Symbol.keyFor(JUPYTER_DISPLAY), "Jupyter.display");
  assertEquals(view[JUPYTER_DISPLAY](), view.media);
});

Deno.test("outside a notebook views and progress are printed", async () => {
  assertEquals(await printed(() => display(tableView([{ a: 1 }]))), ["a\n1"]);
  const lines = await printed(() => notebookProgress("work")(2, 2, "note"));
  assertEquals(lines, ["work: 2/2 (note)"]);
});
