import { Buffer } from "node:buffer";
import { inflateRawSync } from "node:zlib";
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { DataError } from "../../src/base/errors.ts";
import { buildReport } from "../../src/report/mod.ts";
import type { Block, PackedText, TraceIndex } from "../../src/report/traces.ts";
import { packBlock, packText } from "../../src/report/traces.ts";
import { reportInput } from "./fixture.ts";

const input = reportInput();
const html = await buildReport(input);

/** The JSON that the page carries under an id. */
function embedded(page: string, id: string): unknown {
  const start = `<script id="${id}" type="application/json">`;
  const from = page.indexOf(start) + start.length;
  return JSON.parse(page.slice(from, page.indexOf("</script>", from)));
}

function readBlock(page: string, item: number): Block {
  const packed = (embedded(page, "traces") as string[])[item];
  return JSON.parse(inflateRawSync(Buffer.from(packed, "base64")).toString());
}

const unpack = (text: PackedText, base: string): string =>
  typeof text === "string"
    ? text
    : text.map((piece) =>
      typeof piece === "string" ? piece : base.slice(piece[0], piece[0] + piece[1])
    ).join("");

Deno.test("report: one file, no address to load from, the manifest's hash inside", () => {
  const ownText = html.replace(/<script>[\s\S]*?<\/script>/g, "");
  assert(!/(src|href)="(?!#)/.test(ownText));
  assert(!/url\(|@import/.test(ownText));
  assertStringIncludes(html, `<meta name="rwr-manifest" content="${input.manifestHash}">`);
  assertEquals(html.match(/plotly\.js \(cartesian/g)?.length ?? 0, 1);
});

Deno.test("report: every cell leads to its items, and every item to its trace", () => {
  const index = embedded(html, "index") as TraceIndex;
  assertEquals(index.answers.length, input.scores.length);
  const links = [...html.matchAll(/href="#\/cell\/(\d+)\/(\d+)\/(\d+)"/g)];
  assertEquals(links.length, 3 * 4 * 8);
  for (const [, part, row, column] of links.map((link) => link.map(Number))) {
    const found = index.answers.some(([item, series]) => {
      const [, length, own] = index.items[item];
      const counts = index.columns[column] === "average" ? own < 6 : own === column;
      return series === row && length === part && counts;
    });
    assert(found, `cell ${part}/${row}/${column} has no items`);
  }
  const [item, series, model, answer, , , place] = index.answers[index.answers.length - 1];
  const [id, length] = index.items[item];
  const truth = input.answers.find((row) =>
    row.item_id === id && row.length === index.lengths[length] && row.model === model &&
    row.method === input.series[series].method
  );
  assert(truth && answer === truth.answer);
  const block = readBlock(html, item);
  const trace = block.answers[place];
  assertEquals(unpack(trace.prompt, block.base), truth.final_prompt);
  assertEquals(unpack(trace.output, block.base), truth.raw_output);
  const segments = trace.segments.map((texts) => texts.map((text) => unpack(text, block.base)));
  const expected = JSON.parse(truth.segments) as Record<string, string>[];
  assertEquals(segments, expected.map(({ text, raw, note }) => [text, raw, note]));
});

Deno.test("report: hostile text stays text", async () => {
  const evil = '</script><script>alert("x")</script><img src=x onerror=alert(1)>';
  const [first, ...rest] = input.answers;
  const page = await buildReport({
    ...input,
    title: evil,
    sections: [{ title: evil, paragraphs: [evil] }],
    answers: [{ ...first, answer: evil, gold: evil, question: evil, raw_output: evil }, ...rest],
    measurements: [{
      title: evil,
      tables: [{ title: evil, header: [evil], rows: [[evil, evil]] }],
    }],
    stages: [{ ...input.stages[0], name: evil, adapter: evil, outputs: { [evil]: evil } }],
    figures: input.figures.map((figure) => ({ ...figure, title: evil, caption: evil })),
  });
  assert(!page.includes('<script>alert("x")'));
  assert(!page.includes("<img src=x"));
  const index = embedded(page, "index") as TraceIndex;
  assertEquals(index.items[0][3], evil);
  assertEquals(index.answers[0][3], evil);
});

Deno.test("report: published cells without a number are empty", () => {
  const from = html.indexOf('id="published"');
  const part = html.slice(from, html.indexOf("</section>", from));
  assertEquals(part.match(/<td class="number"><\/td>/g)?.length, 84);
  assert(!/<td[^>]*>[^<]/.test(part));
});

Deno.test("report: strict and scored accuracy stand side by side with both counts", () => {
  assert(/n 150<\/small><small class="scored">scored [\d.]+<\/small>/.test(html));
  assertStringIncludes(html, ", all scored</small>");
});

Deno.test("report: a constant answer's row, only where answers are right as a whole", async () => {
  assertEquals(html.match(/best constant answer<\/th>/g)?.length, 3);
  const free = { ...input, scores: input.scores.map((row) => ({ ...row, metric: "substring" })) };
  assert(!(await buildReport(free)).includes("best constant answer"));
});

Deno.test("report: a stage without a table says nothing of adapters, one with it may say none", async () => {
  const [stage] = input.stages;
  const silent = { ...stage, name: "silent", adapter: null, driver: null, deno: null };
  const page = await buildReport({ ...input, stages: [silent, { ...silent, deno: "2.9.6" }] });
  assertEquals(page.match(/<td>no GPU<\/td>/g)?.length, 1);
});

Deno.test("report: integers of a measurement are exact, other numbers rounded", async () => {
  const numbers = [123457, 13900544, 0.991666, 12345.67, 1.23456, 0];
  const tables = [{ title: "Numbers", header: ["of", "a"], rows: numbers.map((n) => ["x", n]) }];
  const page = await buildReport({ ...input, measurements: [{ title: "Numbers", tables }] });
  const from = page.indexOf("<caption>Numbers<");
  const part = page.slice(from, page.indexOf("</table>", from));
  const shown = [...part.matchAll(/<td class="number">([^<]*)</g)].map(([, text]) => text);
  assertEquals(shown, ["123457", "13900544", "0.9917", "12346", "1.235", "0"]);
});

Deno.test("report: the same input gives the same bytes", async () => {
  assert(html === await buildReport(reportInput()));
});

Deno.test("report: a missing answer is listed without a trace", async () => {
  const [first, ...rest] = input.answers;
  const page = await buildReport({ ...input, answers: rest });
  const index = embedded(page, "index") as TraceIndex;
  const [item, , model, answer, , , place] = index.answers[0];
  assertEquals([index.items[item][0], model], [first.item_id, first.model]);
  assertEquals([answer, place], [null, -1]);
});

Deno.test("report: segments that are not the promised JSON are refused", async () => {
  const [first, ...rest] = input.answers;
  for (const segments of ["", "{}", '[{"text": "x"}]', "[null]"]) {
    const answers = [{ ...first, segments }, ...rest];
    await assertRejects(() => buildReport({ ...input, answers }), DataError, first.item_id);
  }
});

Deno.test("traces: texts unpack to themselves, and repeated contexts cost little", () => {
  const base = Array.from({ length: 400 }, (_, i) => `word${i * 7919 % 1000}`).join(" ");
  const texts = [
    "",
    "short",
    base,
    base.slice(100, 900),
    `${base} <q> where <a>`,
    `<bos> ${base.slice(0, 700)}`,
    `${base.slice(0, 300)} and ${base.slice(900)}`,
    "x".repeat(200),
    `x${base.slice(50, 120)}x${base.slice(500, 620)}x`,
  ];
  for (const text of texts) assertEquals(unpack(packText(text, base), base), text);
  assertEquals(packText(base.slice(100, 900), base), [[100, 800]]);
  const rows = input.answers.filter((row) => row.item_id === "multi-session-4096-0");
  const size = JSON.stringify(packBlock(rows)).length;
  assert(size < JSON.stringify(rows).length / 5, `${size}`);
});
