/**
 * `deno task notebooks`: type-checks and runs the notebooks without Jupyter.
 *
 * @module
 */
import { nearest } from "../base/config.ts";
import { ConfigError, KitError } from "../base/errors.ts";
import { exists } from "../base/files.ts";
import { formatDuration } from "../base/progress.ts";
import { parseFlags } from "./args.ts";
import type { Command } from "./command.ts";
import { runNotebook, type RunOptions } from "./notebook/run.ts";

const FOLDER = "notebooks";
const CELL_TIMEOUT_S = 600;

/** The command. */
export const command: Command = {
  summary: "type-check and run the notebooks",
  usage: `
deno task notebooks [NOTEBOOK…] [--write] [--timeout SECONDS]

Runs each NOTEBOOK (a path, or a name in notebooks/; default: all of notebooks/) in a fresh kernel.
Exits with 1 where one fails, naming the notebook, the cell and the error.

  --write            write the outputs into each notebook that succeeds
  --timeout SECONDS  the longest that one cell may take (${CELL_TIMEOUT_S})`,
  async run(args) {
    const { flags, positional } = parseFlags(
      args,
      { write: "switch", timeout: "integer" },
      Infinity,
    );
    const cellTimeoutMs = 1000 * (flags.timeout ?? CELL_TIMEOUT_S);
    const options = { write: flags.write, cellTimeoutMs };
    const paths = positional.length
      ? await Promise.all(positional.map(find))
      : (await listNotebooks()).map((name) => `${FOLDER}/${name}`);
    let failed = 0;
    for (const path of paths) failed += await runOne(path, options) ? 0 : 1;
    console.log(`notebooks: ${paths.length - failed} passed, ${failed} failed`);
    return failed === 0 ? 0 : 1;
  },
};

/** The notebooks of the folder by name. */
async function listNotebooks(): Promise<string[]> {
  const names: string[] = [];
  if (await exists(FOLDER)) {
    for await (const entry of Deno.readDir(FOLDER)) {
      if (entry.isFile && entry.name.endsWith(".ipynb")) names.push(entry.name);
    }
  }
  if (names.length === 0) {
    throw new ConfigError(
      `looking for notebooks: found none in ${FOLDER}/; name one, or run this in the kit's folder`,
    );
  }
  return names.sort();
}

/** The path of a notebook given by path, by name, or by name without its ending. */
async function find(name: string): Promise<string> {
  for (const path of [name, `${FOLDER}/${name}`, `${FOLDER}/${name}.ipynb`]) {
    if (path.endsWith(".ipynb") && await exists(path)) return path;
  }
  const known = await listNotebooks();
  throw new ConfigError(
    `notebook "${name}": found no such file; did you mean "${nearest(name, known)}"?`,
  );
}

async function runOne(
  path: string,
  options: Pick<RunOptions, "write" | "cellTimeoutMs">,
): Promise<boolean> {
  const start = performance.now();
  const elapsed = () => formatDuration((performance.now() - start) / 1000);
  try {
    await runNotebook(path, {
      ...options,
      onCell: (number, of) => console.log(`${path}: cell ${number} of ${of} (${elapsed()})`),
    });
    console.log(`${path}: passed in ${elapsed()}${options.write ? ", outputs written" : ""}`);
    return true;
  } catch (error) {
    if (!(error instanceof KitError)) throw error;
    console.error(`${error.message}\n${path}: failed`);
    return false;
  }
}
