import { assert, assertEquals } from "@std/assert";
import { listFiles, pathOf } from "./repository.ts";

/** Who imports whom: paths from the repository's root, or package specifiers. */
interface Arrow {
  readonly from: string;
  readonly to: string;
}

// The order of ARCHITECTURE.md, "Folders and import directions", with what stands left of each.
const CORE = ["base", "gpu", "tables", "tokenizer"];
const TEXT = ["base", "tables", "tokenizer"];
const KERNELS = [...CORE, "kernels"];
const TENSOR = [...KERNELS, "tensor"];
const NN = [...TENSOR, "nn"];
const METHOD = ["sources", "llm", "teacher", "rwr"];
const MODELS = [...NN, "models", "methods"];
const LEARN = [...MODELS, ...METHOD, "train", "infer"];
const EVAL = [...LEARN, "eval", "figures"];

/** The areas that an area may import besides itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  base: [],
  gpu: ["base"],
  tables: ["base"],
  tokenizer: ["base"],
  kernels: CORE,
  tensor: KERNELS,
  nn: TENSOR,
  models: NN,
  methods: [...NN, "models"],
  train: [...MODELS, ...METHOD],
  infer: [...MODELS, ...METHOD],
  eval: LEARN,
  sources: TEXT,
  llm: TEXT,
  teacher: [...TEXT, "sources", "llm"],
  rwr: [...TEXT, "sources", "llm", "teacher"],
  distill: [...TEXT, ...METHOD, "figures", "report"],
  serve: [...TEXT, ...METHOD],
  figures: ["base", "tables"],
  notebook: ["base", "tables", "figures"],
  report: EVAL,
  pipeline: [...EVAL, "report", "distill"],
  mod: [...EVAL, "report", "distill", "serve", "pipeline", "notebook"],
  cli: [...EVAL, "report", "distill", "serve", "pipeline", "tools", "mod"],
  tools: [...EVAL, "report", "distill", "pipeline", "cli"],
};

/** `src/gpu/pool.ts` is of `gpu`, `kernels/matmul/mod.ts` of `kernels`, `mod.ts` of `mod`. */
function areaOf(path: string): string | undefined {
  return /^src\/(\w+)\//.exec(path)?.[1] ?? /^(kernels|tools)\//.exec(path)?.[1] ??
    /^(mod)\.ts$/.exec(path)?.[1];
}

/** One line for each arrow that points right. */
function wrongArrows(arrows: readonly Arrow[]): string[] {
  return arrows.flatMap(({ from, to }) => {
    const area = areaOf(from);
    if (area === undefined) return [];
    const allowed = MAY_IMPORT[area];
    if (!allowed) return [`${from}: the area ${area} is not in the order of ARCHITECTURE.md`];
    if (/^(jsr:\/?)?@std\//.test(to)) {
      return area === "cli" ? [] : [`${from} imports ${to}, which only src/cli and tests may`];
    }
    const target = areaOf(to);
    if (target === undefined || target === area || allowed.includes(target)) return [];
    return [`${from} imports ${to}; ${area} may import ${allowed.join(", ") || "nothing"}`];
  });
}

/** The module graph of everything that is published or run, as Deno sees it. */
async function moduleGraph(): Promise<Arrow[]> {
  const files = listFiles().filter((path) => path.endsWith(".ts") && areaOf(path));
  const root = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    const urls = files.map((path) => new URL(`../${path}`, import.meta.url).href);
    await Deno.writeTextFile(root, urls.map((url) => `import "${url}";\n`).join(""));
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["info", "--json", "--no-lock", "--config", pathOf("deno.json"), root],
      stderr: "null",
    }).output();
    return arrowsOf(JSON.parse(new TextDecoder().decode(stdout)));
  } finally {
    await Deno.remove(root);
  }
}

interface Resolved {
  readonly specifier?: string;
}
interface ModuleInfo {
  readonly specifier: string;
  readonly dependencies?: readonly {
    readonly specifier: string;
    readonly code?: Resolved;
    readonly type?: Resolved;
  }[];
}

function arrowsOf({ modules }: { modules: readonly ModuleInfo[] }): Arrow[] {
  const base = new URL("../", import.meta.url).href;
  const local = (url: string) => url.startsWith(base) ? url.slice(base.length) : url;
  return modules.flatMap(({ specifier, dependencies = [] }) =>
    dependencies.map((dependency) => ({
      from: local(specifier),
      to: local(dependency.code?.specifier ?? dependency.type?.specifier ?? dependency.specifier),
    }))
  );
}

Deno.test("imports point left only", async () => {
  const arrows = await moduleGraph();
  assert(arrows.length > 100, `found ${arrows.length} imports, expected the whole graph`);
  assert(
    arrows.some(({ from, to }) => from === "src/gpu/adapter.ts" && to === "src/base/errors.ts"),
  );
  assertEquals(wrongArrows(arrows), []);
});

Deno.test("a wrong arrow is found", () => {
  const wrong: Arrow[] = [
    { from: "src/base/hash.ts", to: "src/tables/mod.ts" },
    { from: "src/rwr/answer.ts", to: "src/gpu/gpu.ts" },
    { from: "src/figures/mod.ts", to: "src/eval/metrics.ts" },
    { from: "kernels/matmul/mod.ts", to: "src/tensor/tensor.ts" },
    { from: "mod.ts", to: "src/cli/main.ts" },
    { from: "src/eval/metrics.ts", to: "jsr:/@std/assert@^1.0.14" },
    { from: "src/gpu/gpu.ts", to: "tools/run.ts" },
    { from: "src/fresh/mod.ts", to: "src/base/hash.ts" },
  ];
  const right: Arrow[] = [
    { from: "src/cli/main.ts", to: "@std/cli/parse-args" },
    { from: "kernels/matmul/mod.ts", to: "kernels/wgsl.ts" },
    { from: "src/eval/metrics.ts", to: "npm:/apache-arrow@21.2.0" },
    { from: "tests/base/hash_test.ts", to: "src/cli/main.ts" },
  ];
  assertEquals(wrongArrows(right), []);
  assertEquals(
    wrongArrows(wrong).map((line) => line.split(/[ :]/)[0]),
    wrong.map(({ from }) => from),
  );
});

Deno.test("notebooks import the kit and nothing else of this repository", async () => {
  const notebooks = listFiles().filter((path) => /^notebooks\/.*\.ipynb$/.test(path));
  for (const path of notebooks) {
    const { cells } = JSON.parse(await Deno.readTextFile(pathOf(path)));
    const code = (cells as { cell_type: string; source: string | string[] }[])
      .filter((cell) => cell.cell_type === "code")
      .map((cell) => [cell.source].flat().join("")).join("\n");
    const imported = [...code.matchAll(/\b(?:from|import)\s*\(?\s*["']([^"']+)["']/g)];
    const foreign = imported.map((match) => match[1])
      .filter((name) => !["../mod.ts", "@rwr/kit"].includes(name));
    assertEquals(foreign, [], `${path} imports ${foreign.join(", ")}`);
  }
});
