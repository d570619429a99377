/**
 * The objects of a JSON array or of a JSONL file, one by one, so that files of gigabytes need no
 * more memory than their largest object.
 *
 * @module
 */
import { DataError } from "../base/errors.ts";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const WHITE_SPACE = [0x20, 0x09, 0x0a, 0x0d];

/** Cuts a stream of bytes into the top-level objects in it. */
class ObjectCutter {
  readonly #path: string;
  #parts: Uint8Array[] = [];
  #depth = 0;
  #inString = false;
  #escaped = false;
  #inList = false;
  #atStart = true;
  #count = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** The objects that end in `piece`. */
  *push(piece: Uint8Array): Generator<unknown> {
    let from = 0;
    for (let i = 0; i < piece.length; i++) {
      const byte = piece[i];
      if (this.#depth === 0) {
        if (this.#between(byte)) from = i;
      } else if (this.#inString) this.#stringByte(byte);
      else if (byte === QUOTE) this.#inString = true;
      else if (byte === OPEN_OBJECT || byte === OPEN_LIST) this.#depth++;
      else if ((byte === CLOSE_OBJECT || byte === CLOSE_LIST) && --this.#depth === 0) {
        this.#parts.push(piece.slice(from, i + 1));
        yield this.#parse();
      }
    }
    if (this.#depth > 0) this.#parts.push(piece.slice(from));
  }

  /** Called after the last piece. */
  finish(): void {
    if (this.#depth > 0 || this.#inList) this.#fail("the end of the file", "the end of the list");
  }

  /** A byte outside all objects; true where it opens one. */
  #between(byte: number): boolean {
    if (WHITE_SPACE.includes(byte)) return false;
    if (byte === OPEN_OBJECT) this.#depth = 1;
    else if (byte === OPEN_LIST && this.#atStart) this.#inList = true;
    else if (byte === CLOSE_LIST && this.#inList) this.#inList = false;
    else if (byte !== COMMA || !this.#inList) {
      this.#fail(JSON.stringify(String.fromCharCode(byte)), "an object");
    }
    this.#atStart = false;
    return this.#depth === 1;
  }

  #stringByte(byte: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) this.#escaped = true;
    else if (byte === QUOTE) this.#inString = false;
  }

  #parse(): unknown {
    const parts = this.#parts;
    this.#parts = [];
    const decoder = new TextDecoder("utf-8", { fatal: true });
    try {
      const text = parts.map((part) => decoder.decode(part, { stream: true })).join("");
      const value: unknown = JSON.parse(text + decoder.decode());
      this.#count++;
      return value;
    } catch (error) {
      this.#fail(String(error), "valid JSON in UTF-8", error);
    }
  }

  #fail(found: string, expected: string, cause?: unknown): never {
    throw new DataError(
      `reading ${this.#path}: after ${this.#count} objects found ${found}, expected ${expected} ` +
        `of a JSON array or JSONL file; fetch the file again`,
      { cause },
    );
  }
}

/**
 * Yields each object of the file as parsed JSON.
 *
 * @param path A JSON array of objects, or objects one after the other.
 * @throws {DataError} where the file cannot be opened, is torn, or holds something else.
 */
export async function* readJsonObjects(path: string): AsyncGenerator<unknown> {
  const cutter = new ObjectCutter(path);
  using file = await Deno.open(path).catch((error: unknown) => {
    throw new DataError(`opening ${path}: ${String(error)}; check the path`, { cause: error });
  });
  const buffer = new Uint8Array(1 << 20);
  for (let read = await file.read(buffer); read !== null; read = await file.read(buffer)) {
    yield* cutter.push(buffer.subarray(0, read));
  }
  cutter.finish();
}
