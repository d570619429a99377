/**
 * OpenOrca from wherever it lies: a file, a folder of files, or the hub.
 *
 * @module
 */
import { asyncBufferFromFile } from "hyparquet";
import { DataError } from "../../base/errors.ts";
import { readArrow } from "./arrow.ts";
import { listHubFiles, openHubFile } from "./hub.ts";
import { readJsonl } from "./jsonl.ts";
import { readParquet } from "./parquet.ts";
import { type OpenOrcaRow, unreadable } from "./row.ts";

/** A source whose files are known; each call of `rows` reads them anew. */
export interface OpenOrcaSource {
  /** The files in the order in which they are read. */
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
  /** All rows, file after file. */
  rows(): AsyncGenerator<OpenOrcaRow>;
}

type Reader = (path: string) => AsyncGenerator<OpenOrcaRow>;

async function* readLocalParquet(path: string): AsyncGenerator<OpenOrcaRow> {
  yield* readParquet(await asyncBufferFromFile(path), path);
}

const READERS: Readonly<Record<string, Reader>> = {
  parquet: readLocalParquet,
  jsonl: readJsonl,
  ndjson: readJsonl,
  arrow: readArrow,
  arrows: readArrow,
};

const readerOf = (path: string): Reader | undefined =>
  READERS[/\.(\w+)$/.exec(path)?.[1].toLowerCase() ?? ""];

/**
 * Finds the files of a source.
 *
 * @param source A file or a folder of files (`.parquet`, `.jsonl`, `.ndjson`, `.arrow`, `.arrows`,
 * in order of name), or `hub:owner/dataset`, whose Parquet files are read over HTTP (from
 * `HF_ENDPOINT`, where that is set).
 * @throws {DataError} where there is no such file.
 */
export async function openOpenOrca(source: string): Promise<OpenOrcaSource> {
  if (source.startsWith("hub:")) return await openHub(source.slice("hub:".length));
  const paths = await localFiles(source);
  const files = await Promise.all(paths.map(async ({ path, name }) => ({
    name,
    bytes: (await Deno.stat(path)).size,
  })));
  return {
    files,
    async *rows() {
      for (const { path } of paths) yield* (readerOf(path) as Reader)(path);
    },
  };
}

/** The rows of {@linkcode openOpenOrca}. */
export async function* readOpenOrca(source: string): AsyncGenerator<OpenOrcaRow> {
  yield* (await openOpenOrca(source)).rows();
}

async function openHub(name: string): Promise<OpenOrcaSource> {
  const files = await listHubFiles(name);
  return {
    files: files.map(({ name, bytes }) => ({ name, bytes })),
    async *rows() {
      for (const file of files) yield* readParquet(await openHubFile(file), file.url);
    },
  };
}

async function localFiles(source: string): Promise<{ path: string; name: string }[]> {
  const info = await Deno.stat(source).catch((error: unknown) => {
    throw unreadable(source, "a file, a folder or hub:owner/dataset", error);
  });
  const names: string[] = [];
  if (info.isDirectory) {
    for await (const { name, isFile } of Deno.readDir(source)) if (isFile) names.push(name);
  }
  const all = info.isDirectory
    ? names.sort().map((name) => ({ path: `${source.replace(/[/\\]$/, "")}/${name}`, name }))
    : [{ path: source, name: source.replace(/^.*[/\\]/, "") }];
  const files = all.filter(({ path }) => readerOf(path));
  if (files.length > 0) return files;
  throw new DataError(
    `reading OpenOrca, ${source}: found ${all.map(({ name }) => name).join(", ") || "nothing"}, ` +
      `expected files that end in .${Object.keys(READERS).join(", .")}; check the path`,
  );
}
