import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { listFiles, pathOf } from "./repository.ts";

const MAX_FILE_BYTES = 2_000_000;
const KERNEL_FILES = ["README.md", "bench.ts", "cases.ts", "mod.ts", "reference.ts", "wgsl.ts"];
const TEXT = /\.(ts|json|md|ipynb|wgsl|txt|csv|lock)$|(^|\/)(LICENSE|run|\.gitignore)$/;

interface Rule {
  readonly what: string;
  readonly pattern: RegExp;
}

/** What no text of the repository holds; this file is not searched. */
const EVERYWHERE: readonly Rule[] = [
  { what: "a word to a checker to look away", pattern: /@ts-[a-z]|-lint-ignore|-fmt-ignore/ },
  { what: "unfinished work", pattern: /\b(TODO|FIXME|XXX)\b/ },
  { what: "this checkout's path", pattern: new RegExp(RegExp.escape(pathOf(""))) },
];

/** Tests may invent a path; everything else has no use for one. */
const OUTSIDE_TESTS: readonly Rule[] = [
  { what: "a path of one machine", pattern: /(^|[\s"'`(=:])\/(home|root|Users|work|tmp|mnt)\/\w/ },
  { what: "a path of one machine", pattern: /\b[A-Z]:\\+Users\\/ },
];

const textOf = (path: string): string => Deno.readTextFileSync(pathOf(path));

/** What is wrong with a text, by line. */
function forbiddenIn(path: string, text: string): string[] {
  const rules = path.startsWith("tests/") ? EVERYWHERE : [...EVERYWHERE, ...OUTSIDE_TESTS];
  return text.split("\n").flatMap((line, i) =>
    rules.filter(({ pattern }) => pattern.test(line)).map(({ what }) =>
      `${path} line ${i + 1}: ${what}: ${line.trim().slice(0, 80)}`
    )
  );
}

/** Lines whose code, without comments and strings, names the type that turns checking off. */
function uncheckedTypes(code: string): string[] {
  const bare = code
    .replace(/\/\*[^]*?\*\//g, (comment) => comment.replace(/[^\n]/g, " "))
    .replace(/`(?:\\.|[^`\\])*`/g, (text) => text.replace(/[^\n]/g, " "))
    .replace(/"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g, '""')
    .replace(/\/\/.*$/gm, "");
  return bare.split("\n").flatMap((line, i) =>
    /(:|<|\bas|\||,|=)\s*any\b\s*([;,)>|=[\]]|$)/.test(line)
      ? [`line ${i + 1}: ${line.trim()}`]
      : []
  );
}

Deno.test("no file names one machine's paths, evades a check or is unfinished", () => {
  const faults = listFiles()
    .filter((path) => TEXT.test(path) && path !== "tests/house_test.ts")
    .flatMap((path) => forbiddenIn(path, textOf(path)));
  assertEquals(faults, []);
});

Deno.test("no TypeScript file turns type checking off", () => {
  const faults = listFiles().filter((path) => path.endsWith(".ts"))
    .flatMap((path) => uncheckedTypes(textOf(path)).map((fault) => `${path} ${fault}`));
  assertEquals(faults, []);
});

Deno.test("the searches find what they look for", () => {
  const path = ["", "home", "ada", "kit"].join("/");
  assertEquals(forbiddenIn("a.ts", `open("${path}")\n// all well\n${"TO"}DO: later`).length, 2);
  assertEquals(forbiddenIn("tests/a.ts", `open("${path}")`), []);
  assertEquals(forbiddenIn("tests/a.ts", pathOf("deno.json")).length, 1);
  assertEquals(forbiddenIn("a.ts", "https://example.org/home/page and a/tmp/b"), []);
  const unchecked = "an" + "y";
  const code =
    `let a: ${unchecked} = 1;\nconst b = c as ${unchecked};\n// d: ${unchecked};\n"e: ${unchecked};"`;
  assertEquals(uncheckedTypes(code).length, 2);
});

Deno.test("every kernel folder has its parts", () => {
  const folders = new Map<string, string[]>();
  for (const path of listFiles()) {
    const [, op, file] = /^kernels\/(\w+)\/([^/]+)$/.exec(path) ?? [];
    if (op) folders.set(op, [...folders.get(op) ?? [], file]);
  }
  assert(folders.size > 0, "found no folder in kernels/");
  const missing = [...folders].flatMap(([op, files]) =>
    KERNEL_FILES.filter((file) => !files.includes(file)).map((file) => `kernels/${op}/${file}`)
  );
  assertEquals(missing, []);
});

Deno.test("every figure is registered", () => {
  const registry = textOf("src/figures/mod.ts");
  const figures = listFiles().map((path) => /^src\/figures\/(\w+)\.ts$/.exec(path)?.[1])
    .filter((name) => name !== undefined && !["mod", "export"].includes(name));
  assert(figures.length > 0, "found no figure in src/figures/");
  for (const name of figures) assertStringIncludes(registry, `from "./${name}.ts"`);
});

Deno.test("every source module says what it is", () => {
  const silent = listFiles()
    .filter((path) => /^(src|kernels|tools)\/.*\.ts$|^mod\.ts$/.test(path))
    .filter((path) => !/^\/\*\*[^]*?@module[^]*?\*\//.test(textOf(path)));
  assertEquals(silent, []);
});

Deno.test("no file is large", () => {
  const large = listFiles().filter((path) => Deno.statSync(pathOf(path)).size > MAX_FILE_BYTES);
  assertEquals(large, []);
});

Deno.test("the licence is in place and is the one that deno.json names", () => {
  assertEquals(JSON.parse(textOf("deno.json")).license, "MIT");
  const licence = textOf("LICENSE");
  assertStringIncludes(licence, "MIT License");
  assertStringIncludes(licence, "RwR Kit contributors");
});
