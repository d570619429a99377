/**
 * OpenOrca's Parquet files on the Hugging Face hub, read by HTTP range requests.
 *
 * @module
 */
import { type AsyncBuffer, asyncBufferFromUrl } from "hyparquet";
import { ConfigError, DataError } from "../../base/errors.ts";

const TRIES = 5;
const FIRST_WAIT_MS = 500;

/** A Parquet file on the hub. */
export interface HubFile {
  /** Path in the repository. */
  readonly name: string;
  /** Its size. */
  readonly bytes: number;
  /** Where it is fetched, at one commit. */
  readonly url: string;
}

/**
 * The Parquet files of a dataset at its newest commit, sorted by name.
 *
 * @param name `owner/dataset`, or `owner/dataset/file.parquet` for one file of it.
 * @throws {ConfigError} where `name` is none.
 * @throws {DataError} where the hub cannot be reached, or the dataset holds no such file.
 */
export async function listHubFiles(name: string): Promise<HubFile[]> {
  const [, dataset, file] = /^([\w.-]+\/[\w.-]+)(?:\/(.+))?$/.exec(name) ?? [];
  if (dataset === undefined) {
    throw new ConfigError(
      `source hub:${name}: expected hub:owner/dataset or hub:owner/dataset/file.parquet`,
    );
  }
  const endpoint = (Deno.env.get("HF_ENDPOINT") ?? "https://huggingface.co").replace(/\/+$/, "");
  const api = `${endpoint}/api/datasets/${dataset}`;
  const { sha } = await fetchJson(`${api}/revision/main`) as { sha?: unknown };
  if (typeof sha !== "string") throw unexpected(`${api}/revision/main`, "no commit", "its sha");
  const tree = `${api}/tree/${sha}?recursive=true`;
  const entries = await fetchJson(tree);
  if (!Array.isArray(entries)) throw unexpected(tree, typeof entries, "a list of files");
  const files = (entries as { path: string; size: number }[])
    .filter(({ path }) => file === undefined ? path.endsWith(".parquet") : path === file)
    .map(({ path, size }) => ({
      name: path,
      bytes: size,
      url: `${endpoint}/datasets/${dataset}/resolve/${sha}/${path}`,
    }))
    .sort((a, b) => a.name < b.name ? -1 : 1);
  if (files.length === 0) throw unexpected(tree, "none", file ?? "a file *.parquet");
  return files;
}

/** The file as hyparquet reads it: nothing is fetched but the ranges that are asked for. */
export function openHubFile({ url, bytes }: HubFile): Promise<AsyncBuffer> {
  return asyncBufferFromUrl({ url, byteLength: bytes, fetch: fetchRange });
}

/** `fetch` for ranges; a server that sends the whole file instead is refused. */
async function fetchRange(url: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetchPatiently(String(url), init);
  if (response.status === 206) return response;
  await response.body?.cancel();
  throw unexpected(String(url), `status ${response.status}`, "206, a range of the file");
}

async function fetchJson(url: string): Promise<unknown> {
  const response = await fetchPatiently(url);
  try {
    return await response.json();
  } catch (error) {
    throw unexpected(url, String(error), "JSON");
  }
}

/** Tries again, with doubled waits, where the network or the server fails for the moment. */
async function fetchPatiently(url: string, init?: RequestInit): Promise<Response> {
  for (let attempt = 1;; attempt++) {
    const response = await fetch(url, init).catch((error: unknown) => String(error));
    if (typeof response !== "string" && response.ok) return response;
    const found = typeof response === "string" ? response : `status ${response.status}`;
    const passing = typeof response === "string" || response.status === 429 ||
      response.status >= 500;
    if (typeof response !== "string") await response.body?.cancel();
    if (!passing || attempt === TRIES) throw unexpected(url, found, "an answer of the hub");
    await new Promise((resolve) => setTimeout(resolve, FIRST_WAIT_MS * 2 ** (attempt - 1)));
  }
}

function unexpected(url: string, found: string, expected: string): DataError {
  return new DataError(
    `reading OpenOrca from ${url}: found ${found}, expected ${expected}; check the dataset's name, ` +
      `the network and HF_ENDPOINT, or fetch the files and give their folder`,
  );
}
