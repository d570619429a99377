/**
 * Made-up rows in OpenOrca's columns, and files of them in every format.
 *
 * @module
 */
import { type RecordBatch, Table, tableToIPC, Utf8, vectorFromArray } from "arrow-js";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { parquetWriteBuffer } from "hyparquet-writer";
import type { OpenOrcaRow } from "../../../src/sources/mod.ts";

const COLUMNS = ["id", "system_prompt", "question", "response"] as const;

/** A row whose text is `question`. */
export function row(id: string, question: string, response = "an answer"): OpenOrcaRow {
  return { id, system_prompt: "", question, response };
}

/** A passage of sentences that belongs to `seed` alone and states where someone lives. */
export function passage(seed: number, sentences = 8): string {
  return Array.from(
    { length: sentences },
    (_, i) => `Person${seed} number ${i} lives in Town${seed * 31 + i} near the river.`,
  ).join(" ");
}

/** Row number `i` of a stream of rows of all strata; every seventh is closed book. */
export function madeRow(i: number): OpenOrcaRow {
  const town = `In Town${i * 31 + 2}.`;
  const ask = `Where does number 2 of Person${i} live?`;
  if (i % 7 === 0) return row(`flan.${i}`, `Please answer this question: ${ask}`, town);
  const text = passage(i);
  switch (i % 4) {
    case 0:
      return row(`flan.${i}`, `Article: ${text}\n\nQuestion: ${ask}`, town);
    case 1:
      return row(
        `t0.${i}`,
        `Given the following context:\n\n${text}\n\nanswer the following question:\n\n${ask}`,
        town,
      );
    case 2:
      return row(`cot.${i}`, `${text}\n\n${ask}\nA:`, town);
    default:
      return row(
        `niv.${i}`,
        `Definition: In this task, name the town of number 2.\nInput: ${text}\nOutput:`,
        town,
      );
  }
}

/** Parquet with several row groups and pages. */
export function parquetBytes(
  rows: readonly OpenOrcaRow[],
  codec: "SNAPPY" | "UNCOMPRESSED" | "GZIP" | "ZSTD" = "SNAPPY",
) {
  return new Uint8Array(parquetWriteBuffer({
    codec,
    compressors: { GZIP: (bytes) => gzipSync(bytes), ZSTD: (bytes) => zstdCompressSync(bytes) },
    rowGroupSize: 400,
    pageSize: 8192,
    columnData: COLUMNS.map((name) => ({
      name,
      type: "STRING" as const,
      data: rows.map((made) => made[name]),
    })),
  }));
}

/** One object a line. */
export function jsonlText(rows: readonly OpenOrcaRow[]): string {
  return rows.map((made) => `${JSON.stringify(made)}\n`).join("");
}

/** Arrow with two record batches, as a file or a stream. */
export function arrowBytes(rows: readonly OpenOrcaRow[], format: "file" | "stream" = "file") {
  const half = Math.ceil(rows.length / 2);
  const batches: RecordBatch[] = [rows.slice(0, half), rows.slice(half)].flatMap((some) =>
    new Table(Object.fromEntries(
      COLUMNS.map((name) => [name, vectorFromArray(some.map((made) => made[name]), new Utf8())]),
    )).batches
  );
  return tableToIPC(new Table(batches), format);
}

/** A folder that is removed after `body`. */
export async function inFolder<T>(body: (folder: string) => Promise<T>): Promise<T> {
  const folder = await Deno.makeTempDir();
  try {
    return await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Counts words, as a stand-in for a tokenizer. */
export const countWords = (text: string): number => text.split(/\s+/).filter(Boolean).length;
