/**
 * Running a notebook from its first cell to its last in a fresh kernel.
 *
 * @module
 */
import { dirname } from "node:path";
import { DataError, KitError } from "../../base/errors.ts";
import { typeCheck } from "./check.ts";
import {
  type Cell,
  isRunnable,
  type Output,
  readNotebook,
  sourceOf,
  writeNotebook,
} from "./format.ts";
import { Kernel } from "./kernel.ts";
import { inLines, OutputCollector } from "./outputs.ts";

/** How notebooks are run. */
export interface RunOptions {
  /** Write the outputs into the notebook where all cells succeed. */
  readonly write: boolean;
  /** Milliseconds that one cell may take. */
  readonly cellTimeoutMs: number;
  /** Called as each cell begins. */
  readonly onCell?: (number: number, of: number) => void;
}

/**
 * Type-checks a notebook and runs its cells in order, stopping at the first error.
 *
 * @returns The outputs of each cell that ran.
 * @throws {DataError} that names the notebook, the cell and the error. The file is then unchanged.
 */
export async function runNotebook(path: string, options: RunOptions): Promise<Output[][]> {
  const notebook = await readNotebook(path);
  const report = await typeCheck(path, notebook);
  if (report) throw new DataError(`${path}: the cells do not type-check:\n${report}`);
  const kernel = await Kernel.start(dirname(path));
  const collector = new OutputCollector();
  const ran: { cell: Cell; outputs: Output[] }[] = [];
  try {
    for (const [index, cell] of notebook.cells.entries()) {
      if (!isRunnable(cell)) continue;
      options.onCell?.(index + 1, notebook.cells.length);
      const outputs: Output[] = [];
      ran.push({ cell, outputs });
      await runCell(kernel, cell, `${path}: cell ${index + 1}`, options, (message) => {
        collector.add(outputs, message);
      });
      failOnError(outputs, `${path}: cell ${index + 1}`);
    }
  } finally {
    await kernel.close();
  }
  if (options.write) {
    for (const cell of notebook.cells) {
      if (cell.cell_type === "code") Object.assign(cell, { outputs: [], execution_count: null });
    }
    for (const [i, { cell, outputs }] of ran.entries()) {
      Object.assign(cell, { outputs: inLines(outputs), execution_count: i + 1 });
    }
    await writeNotebook(path, notebook);
  }
  return ran.map(({ outputs }) => outputs);
}

async function runCell(
  kernel: Kernel,
  cell: Cell,
  place: string,
  { cellTimeoutMs }: RunOptions,
  onMessage: Parameters<Kernel["execute"]>[2],
): Promise<void> {
  try {
    await kernel.execute(sourceOf(cell), cellTimeoutMs, onMessage);
  } catch (error) {
    if (!(error instanceof KitError)) throw error;
    throw new DataError(`${place}: ${error.message}`, { cause: error });
  }
}

function failOnError(outputs: readonly Output[], place: string): void {
  for (const output of outputs) {
    if (output.output_type !== "error") continue;
    const trace = output.traceback.join("\n");
    const detail = trace.includes(output.evalue) ? trace : `${output.evalue}\n${trace}`;
    throw new DataError(`${place}: ${output.ename}: ${detail}`);
  }
}
