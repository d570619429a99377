/**
 * A dataset as a folder of numbered parts, each a table of source rows.
 *
 * @module
 */
import { canonicalJson } from "../base/canonical_json.ts";
import { DataError } from "../base/errors.ts";
import { exists } from "../base/files.ts";
import { makeSourceRow, type OpenOrcaSplit, toSourceTable } from "../sources/mod.ts";
import { type ManifestInput, readTable, type TableKind, writeRows } from "../tables/mod.ts";

/** Rows of a part. */
export const PART_ROWS: number = 1000;
/** Path of a part of a dataset folder. */
export function partPath(directory: string, part: number): string {
  return `${directory}/part-${String(part).padStart(5, "0")}.arrow`;
}

type SourceTable = ReturnType<typeof toSourceTable>;

/** Rows into parts of {@linkcode PART_ROWS}; one part is held in memory. */
export class PartWriter {
  readonly #directory: string;
  readonly #manifest: (part: number, ids: readonly string[]) => ManifestInput;
  #rows: SourceTable[] = [];
  #ids: string[] = [];
  #part = 0;

  /**
   * @param directory Where the parts go.
   * @param manifest The manifest of a part, from its number and OpenOrca's ids of its rows.
   */
  constructor(
    directory: string,
    manifest: (part: number, ids: readonly string[]) => ManifestInput,
  ) {
    this.#directory = directory;
    this.#manifest = manifest;
  }

  /** Adds a row; `id` is OpenOrca's, `type` its question type. */
  async add(id: string, { context, query, answer }: OpenOrcaSplit, type: string): Promise<void> {
    const row = makeSourceRow({
      split: "train",
      context,
      query,
      answer,
      questionType: type,
      evidence: [],
    });
    this.#rows.push(toSourceTable(row));
    this.#ids.push(id);
    if (this.#rows.length === PART_ROWS) await this.#flush();
  }

  /** Writes what is left, and removes parts of an earlier selection that had more. */
  async finish(): Promise<void> {
    if (this.#rows.length > 0) await this.#flush();
    for (let part = this.#part; await exists(partPath(this.#directory, part)); part++) {
      await Deno.remove(partPath(this.#directory, part));
    }
  }

  async #flush(): Promise<void> {
    const path = partPath(this.#directory, this.#part);
    const manifest = this.#manifest(this.#part, this.#ids);
    if (!await isMade(path, "source", manifest)) {
      await writeRows(path, "source", this.#rows, manifest);
    }
    this.#part++;
    this.#rows = [];
    this.#ids = [];
  }
}

/** Whether a part lies there whole and was made from the same, in the same way. */
export async function isMade(
  path: string,
  kind: TableKind,
  { config, inputs, code }: Omit<ManifestInput, "rowsIn">,
): Promise<boolean> {
  if (!await exists(path)) return false;
  try {
    const { manifest } = await readTable(path, kind);
    return canonicalJson({ config, inputs, code }) === canonicalJson({
      config: manifest.config,
      inputs: manifest.inputs,
      code: manifest.code,
    });
  } catch (error) {
    if (error instanceof DataError) return false;
    throw error;
  }
}
