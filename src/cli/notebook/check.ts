/**
 * Type-checking a notebook, which its kernel does not do.
 *
 * @module
 */
import { isRunnable, type Notebook, sourceOf } from "./format.ts";

/** The code cells as one module, with the cell and line that each of its lines comes from. */
export interface JoinedCells {
  /** The module's text. */
  readonly text: string;
  /** For each line from 1 on (entry 0 is unused): the cell's number from 1 on, and its line. */
  readonly origin: readonly { readonly cell: number; readonly line: number }[];
}

/** Joins the code cells; numbers count all cells, as a reader of the notebook counts them. */
export function joinCells(notebook: Notebook): JoinedCells {
  const lines: string[] = [];
  const origin = [{ cell: 0, line: 0 }];
  for (const [index, cell] of notebook.cells.entries()) {
    if (!isRunnable(cell)) continue;
    for (const [i, line] of sourceOf(cell).split("\n").entries()) {
      lines.push(line);
      origin.push({ cell: index + 1, line: i + 1 });
    }
  }
  return { text: [...lines, "export {};", ""].join("\n"), origin };
}

/**
 * Type-checks a notebook's cells as one module beside it, where its imports resolve.
 *
 * @returns The type checker's report with positions by cell, or `undefined` where all is well.
 */
export async function typeCheck(path: string, notebook: Notebook): Promise<string | undefined> {
  const joined = joinCells(notebook);
  const module = path.replace(/\.ipynb$/, `.${Deno.pid}.check.ts`);
  await Deno.writeTextFile(module, joined.text);
  try {
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["check", "--quiet", module],
      env: { NO_COLOR: "1" },
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).output();
    return success ? undefined : byCell(new TextDecoder().decode(stderr), joined, path);
  } finally {
    await Deno.remove(module);
  }
}

/** Replaces positions in the joined module by positions in the notebook. */
function byCell(report: string, { origin }: JoinedCells, path: string): string {
  return report.trim().replace(
    /file:\/\/\S*\.check\.ts:(\d+):(\d+)/g,
    (_, line: string, column: string) => {
      const { cell, line: cellLine } = origin[Number(line)] ?? origin[origin.length - 1];
      return `${path} cell ${cell} line ${cellLine}:${column}`;
    },
  );
}
