import { assert, assertEquals } from "@std/assert";
import { JSDOM } from "jsdom";
import { buildReport } from "../../src/report/mod.ts";
import type { TraceIndex } from "../../src/report/traces.ts";
import { reportInput } from "./fixture.ts";

const input = reportInput();
const page = await buildReport(input);

/** What these tests ask of a link; jsdom ships no types. */
interface Link {
  readonly textContent: string;
  getAttribute(name: string): string;
}

/** The report in a browser without plotly.js, which needs a real one to draw. */
function open(hash = ""): JSDOM {
  const scripts = page.split("<script>");
  const html = [scripts[0], ...scripts.slice(-1)].join("<script>");
  return new JSDOM(html.replace("<script>", "<script>const Plotly = { react() {} };"), {
    url: `https://report.test/${hash}`,
    runScripts: "dangerously",
    beforeParse(window: { readonly Element: { readonly prototype: object } }) {
      const matchMedia = () => ({ matches: false, addEventListener() {} });
      const streams = { Blob, DecompressionStream, Response, Uint8Array };
      Object.assign(window, { matchMedia, scrollTo() {}, ...streams });
      Object.assign(window.Element.prototype, { scrollIntoView() {} });
    },
  });
}

/** Waits until the page's heading is another one; traces are unpacked asynchronously. */
async function goTo(dom: JSDOM, act: () => void): Promise<void> {
  const drill = dom.window.document.getElementById("drill");
  const before = drill.firstChild;
  act();
  for (let i = 0; i < 500 && drill.firstChild === before; i++) {
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  assert(drill.firstChild !== before, `nothing was shown at ${dom.window.location.hash}`);
}

const follow = (dom: JSDOM, hash: string): Promise<void> =>
  goTo(dom, () => dom.window.location.hash = hash);

/** The link of the page with this text. */
function linkOf(dom: JSDOM, text: string): string | null {
  const links: Link[] = [
    ...dom.window.document.querySelectorAll("#drill nav a"),
  ];
  return links.find((link) => link.textContent.startsWith(text))?.getAttribute("href") ?? null;
}

Deno.test("report page: an address that names nothing says so and leads back", async () => {
  const dom = open("#/foo");
  const { document } = dom.window;
  const wrong = [
    "#/cell/9/9/9",
    "#/item/nonsense",
    "#/cell/0/0",
    "#/cell/0/0/0/constructor",
    "#/item/99999/0/0/0",
    "#/cell/a/b/c",
    "#/",
    "#/cell/0/0/0/all/more",
    "#/item/0",
  ];
  for (const hash of wrong) {
    await follow(dom, hash);
    assertEquals(document.querySelector("#drill h1").textContent, "Not found", hash);
    assertEquals(linkOf(dom, "← Report"), "#table-1");
  }
  await goTo(dom, () => dom.window.location.hash = "#table-1");
  assertEquals([document.getElementById("report").hidden, document.title], [false, input.title]);
  dom.window.close();
});

Deno.test("report page: a list's filter is in the addresses of its items and back", async () => {
  const dom = open("");
  const { document, location } = dom.window;
  await follow(dom, "#/cell/0/0/7");
  const radios = [...document.querySelectorAll("#drill input")];
  radios[2].click();
  assertEquals(location.hash, "#/cell/0/0/7/not-right");
  const index: TraceIndex = JSON.parse(document.getElementById("index").textContent);
  const links: string[] = [...document.querySelectorAll("#drill td a")]
    .map((link: Link) => link.getAttribute("href"));
  assert(links.length > 2);
  for (const link of links) assert(index.answers[Number(link.split("/")[2])][4] !== 1);

  await follow(dom, links[1]);
  assert(document.title.endsWith(` · ${input.title}`) && document.title !== input.title);
  assert(document.querySelector("#drill .segments") !== null);
  assertEquals([linkOf(dom, "Previous"), linkOf(dom, "Next")], [links[0], links[2]]);
  assert(linkOf(dom, "← ")?.startsWith("#table-1"));
  await follow(dom, links[0]);
  assertEquals([linkOf(dom, "Previous"), linkOf(dom, "Next")], [null, links[1]]);

  await follow(dom, "#/cell/0/0/7/not-right");
  assert(document.querySelectorAll("#drill input")[2].checked);
  assertEquals(document.querySelectorAll("#drill td a").length, links.length);
  dom.window.close();
});
