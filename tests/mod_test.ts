import { assert, assertEquals } from "@std/assert";
import { pathOf } from "./repository.ts";

/** Packages that only exporting a figure or asking a server needs. */
const HEAVY = /^npm:\/?(jsdom|plotly|@resvg|dejavu|openai)/;

interface Dependency {
  readonly isDynamic?: boolean;
  readonly code?: { readonly specifier?: string };
}
interface Module {
  readonly specifier: string;
  readonly dependencies?: readonly Dependency[];
}

async function deno(
  ...args: string[]
): Promise<{ success: boolean; stdout: string; stderr: string }> {
  const output = await new Deno.Command(Deno.execPath(), {
    args,
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { success: output.success, stdout: text(output.stdout), stderr: text(output.stderr) };
}

/** Specifiers of all that is loaded with the public module, dynamic imports left out. */
async function staticallyLoaded(): Promise<Set<string>> {
  const root = new URL("../mod.ts", import.meta.url).href;
  const { stdout } = await deno("info", "--json", "--config", pathOf("deno.json"), root);
  const modules = new Map(
    (JSON.parse(stdout).modules as Module[]).map((module) => [module.specifier, module]),
  );
  const seen = new Set([root]);
  // A set hands out what is added while it is walked.
  for (const specifier of seen) {
    for (const { isDynamic, code } of modules.get(specifier)?.dependencies ?? []) {
      if (!isDynamic && code?.specifier) seen.add(code.specifier);
    }
  }
  return seen;
}

Deno.test("the kit loads without a permission and opens no device", async () => {
  const script = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(
      script,
      `Object.defineProperty(navigator, "gpu", { get: () => { throw new Error("device"); } });
       const kit = await import(${JSON.stringify(new URL("../mod.ts", import.meta.url).href)});
       console.log(Object.keys(kit).join(" "));`,
    );
    const run = await deno("run", "--no-prompt", "--config", pathOf("deno.json"), script);
    assert(run.success, run.stderr);
    const names = new Set(run.stdout.trim().split(" "));
    const used = ["Gpu", "selectiveScan", "Tape", "Mamba", "loadModel", "tinyTokenizer", "distill"];
    used.push(
      "evaluationItems",
      "Trainer",
      "makeGenerate",
      "scoreAnswers",
      "readRows",
      "figureView",
    );
    assertEquals(used.filter((name) => !names.has(name)), []);
  } finally {
    await Deno.remove(script);
  }
});

Deno.test("what only exporting needs is loaded when something is exported", async () => {
  const loaded = await staticallyLoaded();
  assert(loaded.size > 100, `found ${loaded.size} modules, expected the whole kit`);
  assertEquals([...loaded].filter((specifier) => HEAVY.test(specifier)), []);
  assertEquals([...loaded].filter((specifier) => specifier.includes("@std/")), []);
});
