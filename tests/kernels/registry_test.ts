import { assertEquals } from "@std/assert";
import { KERNELS } from "../../kernels/registry.ts";
import { listFiles } from "../repository.ts";

Deno.test("every kernel folder is registered, under its own name", () => {
  const folders = listFiles().flatMap((path) => /^kernels\/(\w+)\/mod\.ts$/.exec(path)?.[1] ?? []);
  const registered = KERNELS.map(({ suite }) => suite.name);
  assertEquals(registered.toSorted(), folders.toSorted());
});

Deno.test("no two cases of a kernel share a name", () => {
  for (const { suite } of KERNELS) {
    const names = suite.cases().map(({ name }) => name);
    const twice = names.filter((name, i) => names.indexOf(name) !== i);
    assertEquals(twice, [], suite.name);
  }
});
