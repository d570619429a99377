/**
 * The flag `--decontaminate`.
 *
 * @module
 */
import { readContaminationIndex } from "../distill/contamination.ts";
import type { ContaminationCheck } from "../distill/selection.ts";

/**
 * Reads what rows must not share words with; undefined where no file is named.
 *
 * @param lists Files, several of one flag apart by commas.
 * @throws {DataError} where a file cannot be read.
 */
export async function readContamination(
  lists: readonly string[],
): Promise<ContaminationCheck | undefined> {
  const files = lists.flatMap((list) => list.split(","));
  return files.length > 0 ? await readContaminationIndex(files) : undefined;
}
