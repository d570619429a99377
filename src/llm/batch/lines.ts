/**
 * Files of JSON lines, written and read without being held in memory.
 *
 * @module
 */
import { DataError } from "../../base/errors.ts";

const BUFFER_BYTES = 1 << 16;
const NEWLINE = 10;

/** Writes lines to a new file. */
export class LineWriter implements Disposable {
  /** Where they go. */
  readonly path: string;
  readonly #file: Deno.FsFile;
  readonly #encoder = new TextEncoder();
  #buffered: Uint8Array[] = [];
  #size = 0;
  #bytes = 0;

  /** Opens a file, in place of one that was there. */
  constructor(path: string) {
    this.path = path;
    this.#file = this.#guard(() =>
      Deno.openSync(path, { write: true, create: true, truncate: true })
    );
  }

  /** Bytes of all lines so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Adds a line, of JSON without its end. */
  add(line: string): void {
    const bytes = this.#encoder.encode(line + "\n");
    this.#buffered.push(bytes);
    this.#size += bytes.length;
    this.#bytes += bytes.length;
    if (this.#size >= BUFFER_BYTES) this.#flush();
  }

  /** Has all lines on the disk. */
  finish(): void {
    this.#flush();
    this.#guard(() => this.#file.syncSync());
  }

  /** Closes the file. */
  [Symbol.dispose](): void {
    this.#file.close();
  }

  #flush(): void {
    for (const bytes of this.#buffered) {
      this.#guard(() => {
        for (let done = 0; done < bytes.length;) {
          done += this.#file.writeSync(bytes.subarray(done));
        }
      });
    }
    this.#buffered = [];
    this.#size = 0;
  }

  #guard<T>(write: () => T): T {
    try {
      return write();
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new DataError(
        `writing ${this.path}: ${reason}; free space, then run the command again`,
        { cause },
      );
    }
  }
}

/** Where a line stands in a file. */
export interface LinePlace {
  /** Byte at which it starts. */
  readonly offset: number;
  /** Bytes, without its end. */
  readonly length: number;
}

/** A line and where it stands. */
export interface PlacedLine extends LinePlace {
  /** The line, without its end. */
  readonly text: string;
}

/** The lines of a file that are not blank; none where there is no file. */
export async function* readLines(path: string): AsyncGenerator<PlacedLine> {
  const file = await openOrNone(path);
  if (!file) return;
  const decoder = new TextDecoder();
  let rest = new Uint8Array();
  let offset = 0;
  const placed = (bytes: Uint8Array): PlacedLine => ({
    text: decoder.decode(bytes),
    offset,
    length: bytes.length,
  });
  for await (const piece of file.readable) {
    const bytes = new Uint8Array(rest.length + piece.length);
    bytes.set(rest);
    bytes.set(piece, rest.length);
    let start = 0;
    for (let end; (end = bytes.indexOf(NEWLINE, start)) >= 0; start = end + 1) {
      const line = placed(bytes.subarray(start, end));
      if (line.text.trim() !== "") yield line;
      offset += end + 1 - start;
    }
    rest = bytes.slice(start);
  }
  const line = placed(rest);
  if (line.text.trim() !== "") yield line;
}

/** Reads lines by where they stand. */
export class LineReader implements Disposable {
  readonly #file: Deno.FsFile;

  /** Opens a file that is there. */
  constructor(path: string) {
    this.#file = Deno.openSync(path);
  }

  /** One line. */
  read({ offset, length }: LinePlace): string {
    const bytes = new Uint8Array(length);
    this.#file.seekSync(offset, Deno.SeekMode.Start);
    for (let done = 0; done < length;) {
      const got = this.#file.readSync(bytes.subarray(done));
      if (got === null) break;
      done += got;
    }
    return new TextDecoder().decode(bytes);
  }

  /** Closes the file. */
  [Symbol.dispose](): void {
    this.#file.close();
  }
}

async function openOrNone(path: string): Promise<Deno.FsFile | undefined> {
  try {
    return await Deno.open(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
