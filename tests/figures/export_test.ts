import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { DataError } from "../../src/base/errors.ts";
import { exportFigure, PNG_SCALE, renderCsv, renderSvg } from "../../src/figures/export.ts";
import { accuracyByLength, costByLength } from "../../src/figures/mod.ts";
import { costRows, scoreRows, SERIES } from "./fixture.ts";

const figure = accuracyByLength({
  scores: scoreRows(),
  series: SERIES,
  column: "average",
  trainedLength: 256,
  seed: "0",
});
const manifestHash = "c0ffee".padEnd(64, "0");

Deno.test("export: SVG, PNG, HTML and CSV, each with the manifest's hash", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const options = { folder: `${folder}/new`, id: "acc", title: 'A "title" <b>', manifestHash };
    const files = await exportFigure(figure, options);
    const svg = await Deno.readTextFile(files.svg);
    assertStringIncludes(svg, `rwr-manifest: ${manifestHash}`);
    assertStringIncludes(svg, "<title>A &quot;title&quot; &lt;b&gt;</title>");
    for (const label of ["RwR+SSA", "4,096", "100%", "fine-tuned on up to 256 tokens"]) {
      assertStringIncludes(svg, `>${label}<`);
    }
    assert(!/NaN|TOBESTRIPPED|undefined/.test(svg));
    const html = await Deno.readTextFile(files.html);
    assertStringIncludes(html, `<meta name="rwr-manifest" content="${manifestHash}">`);
    assert(!/<(script|link|img)[^>]+(src|href)=/.test(html.slice(0, 2000)));
    const csv = await Deno.readTextFile(files.csv);
    const lines = csv.trimEnd().split("\n");
    assertEquals(lines[0], `# rwr-manifest: ${manifestHash}`);
    assertEquals(lines[1], "series,x,y,low,high");
    assertEquals(lines.length, 2 + 4 * 3);
    assertEquals(lines[2].split(",").slice(0, 2), ["Mamba", "256"]);
    checkPng(await Deno.readFile(files.png), 900, 510);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

function checkPng(png: Uint8Array<ArrayBuffer>, width: number, height: number): void {
  assertEquals([...png.subarray(0, 8)], [137, 80, 78, 71, 13, 10, 26, 10]);
  const view = new DataView(png.buffer, png.byteOffset);
  assertEquals([view.getUint32(16), view.getUint32(20)], [PNG_SCALE * width, PNG_SCALE * height]);
  assert(png.length > 20_000, "an image without text or curves would be smaller");
}

Deno.test("export: the same figure gives the same SVG, whatever was drawn between", async () => {
  const first = await renderSvg(figure);
  await renderSvg(costByLength({ costs: costRows() }));
  assertEquals(await renderSvg(figure), first);
});

Deno.test("export: a figure without a size is refused", async () => {
  await assertRejects(() => renderSvg({ data: [], layout: {} }), DataError, "width");
});

Deno.test("CSV: separators, quotes and line ends are quoted, null is empty", () => {
  const text = renderCsv([["a,b", 'say "x"', "two\nlines", null, 0.5]], "h");
  assertEquals(text, '# rwr-manifest: h\n"a,b","say ""x""","two\nlines",,0.5\n');
});
