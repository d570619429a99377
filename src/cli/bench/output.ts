/**
 * Where a bench run goes: a folder with its table and figures, and with `--write` this repository.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { DataError } from "../../base/errors.ts";
import { readFile, writeFileAtomic } from "../../base/files.ts";
import { hashFile } from "../../base/hash.ts";
import { describeSvg, exportFigure, renderSvg } from "../../figures/export.ts";
import { benchFigures } from "../../figures/mod.ts";
import { readBench } from "../../tables/mod.ts";
import { benchText } from "./text.ts";

/** The copy that is kept with the kit, and what is shown from it. */
const DATA = fileURLToPath(new URL("../../../data/bench", import.meta.url));
const NOTES = fileURLToPath(new URL("../../../kernels/README.md", import.meta.url));

/** Writes the figures of a table as files beside each other. @returns Their names. */
export async function writeFigures(table: string, folder: string): Promise<string[]> {
  const manifestHash = await hashFile(table);
  const figures = benchFigures(await readBench(table));
  for (const { id, title, figure } of figures) {
    await exportFigure(figure, { folder, id, title, manifestHash });
  }
  return figures.map(({ id }) => id);
}

/** Keeps a table in data/bench, its figures as SVG, and its text in kernels/README.md. */
export async function writeToRepository(table: string): Promise<string[]> {
  const run = await readBench(table);
  const kept = `${DATA}/bench.arrow`;
  await writeFileAtomic(kept, await readFile(table, "bench table"));
  const hash = await hashFile(kept);
  for (const { id, title, figure } of benchFigures(run)) {
    await writeFileAtomic(`${DATA}/${id}.svg`, describeSvg(await renderSvg(figure), title, hash));
  }
  const notes = new TextDecoder().decode(await readFile(NOTES, "the kernels' notes"));
  await writeFileAtomic(NOTES, withBenchText(notes, benchText(run)));
  return [NOTES, kept];
}

const [START, END] = ["<!-- bench: start -->", "<!-- bench: end -->"];

/**
 * Notes with the text of a run between their two marks.
 *
 * @throws {DataError} where the marks are missing or in the wrong order.
 */
export function withBenchText(notes: string, text: string): string {
  const [from, to] = [notes.indexOf(START), notes.indexOf(END)];
  if (from < 0 || to < from) {
    throw new DataError(
      `writing the tables of kernels/README.md: found no ${START} … ${END}; put them back`,
    );
  }
  return `${notes.slice(0, from + START.length)}\n\n${text}\n\n${notes.slice(to)}`;
}
