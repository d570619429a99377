import { assert, assertEquals } from "@std/assert";
import { FIGURES } from "../../src/figures/mod.ts";

/** Modules of src/figures that are no figure. */
const OTHERS = ["mod.ts", "export.ts"];

Deno.test("every file of src/figures is registered", async () => {
  const files: string[] = [];
  for await (const entry of Deno.readDir(new URL("../../src/figures/", import.meta.url))) {
    if (entry.isFile && !OTHERS.includes(entry.name)) files.push(entry.name);
  }
  const registered = FIGURES.map(({ id }) => `${id.replaceAll("-", "_")}.ts`);
  assertEquals(files.sort(), registered.sort());
});

Deno.test("the registry stays light: no figure imports the exporter's packages", async () => {
  const pending = [new URL("../../src/figures/mod.ts", import.meta.url)];
  const seen = new Set<string>();
  for (let url = pending.pop(); url; url = pending.pop()) {
    if (seen.has(url.href)) continue;
    seen.add(url.href);
    const text = await Deno.readTextFile(url);
    for (
      const [, type, specifier] of text.matchAll(/^(?:import|export)( type)?[^;]*?from "(.+)"/gm)
    ) {
      if (type) continue;
      assert(/^(\.|node:)/.test(specifier), `${url.pathname} imports ${specifier}`);
      if (specifier.startsWith(".")) pending.push(new URL(specifier, url));
    }
  }
  assert(![...seen].some((href) => href.includes("/figures/export")));
});
