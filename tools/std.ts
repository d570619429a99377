/**
 * Makes the `jsr:` imports of deno.json work where JSR cannot be reached.
 *
 * Where JSR is cached or can be reached this does nothing. Elsewhere it writes an import map, which
 * takes the standard library from npm through the typed wrappers in `tools/std/`, and names it with
 * `--import-map=…`. Run as a program it prints that flag or nothing:
 * `deno test -A $(deno run -A tools/std.ts) tests/`. The kit's own tasks go through `tools/run.ts`.
 *
 * @module
 */
import { relative } from "node:path";
import { fileURLToPath } from "node:url";

const MAP = new URL("../.deno/import_map.json", import.meta.url);
const VERDICT = new URL("../.deno/jsr_unreachable", import.meta.url);
const DAY_MS = 24 * 60 * 60 * 1000;
/** A network that drops packets would otherwise hold every task for minutes. */
const PATIENCE_MS = 8000;

interface Configuration {
  readonly imports: Readonly<Record<string, string>>;
}

/** The standard-library modules that the import map replaces, by the name they are imported under. */
const REPLACED: Readonly<Record<string, string>> = {
  "@std/assert": "std/assert.ts",
  "@std/cli": "std/cli.ts",
  "@std/cli/parse-args": "std/cli.ts",
};

/**
 * The flags that a Deno command needs so that the kit's standard-library imports resolve: none, or
 * one `--import-map`.
 */
export async function importMapFlags(): Promise<string[]> {
  const { imports } = await readConfiguration();
  if (!await refusedToday()) {
    if (await load(imports)) return [];
    await write(VERDICT, "JSR could not be reached; tools/std.ts asks again a day from now.\n");
  }
  await write(MAP, JSON.stringify({ imports: importMap(imports) }, null, 2) + "\n");
  return [`--import-map=${relative(Deno.cwd(), fileURLToPath(MAP))}`];
}

/** Whether every `jsr:` import of deno.json is in Deno's cache or can be fetched now. */
export async function jsrReachable(): Promise<boolean> {
  return await load((await readConfiguration()).imports);
}

async function readConfiguration(): Promise<Configuration> {
  return JSON.parse(await Deno.readTextFile(new URL("../deno.json", import.meta.url)));
}

/** `--import-map` replaces every entry of deno.json, so all are repeated here. */
function importMap(imports: Configuration["imports"]): Record<string, string> {
  const at = (path: string) => new URL(path, import.meta.url).href;
  const map: Record<string, string> = {};
  for (const [name, target] of Object.entries(imports)) {
    if (target.startsWith("jsr:")) continue;
    map[name] = target.startsWith(".") ? at(`../${target}`) : target;
    if (target.startsWith("npm:")) map[`${name}/`] = `npm:/${target.slice("npm:".length)}/`;
  }
  for (const [name, path] of Object.entries(REPLACED)) map[name] = at(path);
  return map;
}

/** What is in Deno's cache already is not asked for again. */
async function load(imports: Configuration["imports"]): Promise<boolean> {
  const jsr = Object.values(imports).filter((target) => target.startsWith("jsr:"));
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["cache", "--quiet", "--no-lock", "--no-config", ...jsr],
    stdin: "null",
    stdout: "null",
    stderr: "null",
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).output();
  return success;
}

async function refusedToday(): Promise<boolean> {
  try {
    const { mtime } = await Deno.stat(VERDICT);
    return mtime !== null && Date.now() - mtime.getTime() < DAY_MS;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Several tasks may do this at once: each writes its own file and renames it. */
async function write(path: URL, text: string): Promise<void> {
  await Deno.mkdir(new URL(".", path), { recursive: true });
  const part = new URL(`${path.href}.${Deno.pid}.part`);
  await Deno.writeTextFile(part, text);
  await Deno.rename(part, path);
}

if (import.meta.main) {
  for (const flag of await importMapFlags()) console.log(flag);
}
