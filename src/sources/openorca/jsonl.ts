/**
 * OpenOrca as JSONL, a line at a time.
 *
 * @module
 */
import { DataError } from "../../base/errors.ts";
import { checkOpenOrcaRow, type OpenOrcaRow, unreadable } from "./row.ts";

/** Longest line that is read, so that a file without line ends does not fill the memory. */
const MAX_LINE_BYTES = 64 << 20;
const NEWLINE = 0x0a;

/**
 * Yields the rows of a JSONL file; empty lines are skipped.
 *
 * @throws {DataError} that names the line where it is no row, is not UTF-8, or never ends.
 */
export async function* readJsonl(path: string): AsyncGenerator<OpenOrcaRow> {
  let line = 0;
  for await (const bytes of readLines(path)) {
    line++;
    const text = decodeLine(bytes, path, line);
    if (text.trim() !== "") {
      yield checkOpenOrcaRow(parseLine(text, path, line), `${path}, line ${line}`);
    }
  }
}

/** The lines of a file as bytes, without their ends. */
async function* readLines(path: string): AsyncGenerator<Uint8Array> {
  using file = await Deno.open(path).catch((error: unknown) => {
    throw unreadable(path, "a file that can be opened", error);
  });
  const piece = new Uint8Array(1 << 20);
  let rest = new Uint8Array(0);
  for (let read = await file.read(piece); read !== null; read = await file.read(piece)) {
    let from = 0;
    for (let end = piece.indexOf(NEWLINE); end >= 0 && end < read;) {
      yield join(rest, piece.subarray(from, end));
      rest = new Uint8Array(0);
      from = end + 1;
      end = piece.indexOf(NEWLINE, from);
    }
    rest = join(rest, piece.subarray(from, read));
    if (rest.length > MAX_LINE_BYTES) {
      throw new DataError(
        `reading OpenOrca, ${path}: found a line of more than ${MAX_LINE_BYTES} bytes, expected ` +
          `JSONL, one object a line; convert the file`,
      );
    }
  }
  if (rest.length > 0) yield rest;
}

function join(head: Uint8Array, tail: Uint8Array): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(head.length + tail.length);
  joined.set(head);
  joined.set(tail, head.length);
  return joined;
}

function decodeLine(bytes: Uint8Array, path: string, line: number): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw unreadable(`${path}, line ${line}`, "UTF-8", error);
  }
}

function parseLine(text: string, path: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadable(`${path}, line ${line}`, "a JSON object", error);
  }
}
