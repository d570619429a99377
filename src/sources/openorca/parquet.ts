/**
 * OpenOrca as Parquet, a page at a time: writers may put a million rows into one row group, whose
 * columns would not fit in memory.
 *
 * @module
 */
import {
  type AsyncBuffer,
  type FileMetaData,
  parquetMetadataAsync,
  parquetSchema,
} from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { parquetHeader, readColumn } from "hyparquet/src/column.js";
import { DEFAULT_PARSERS } from "hyparquet/src/convert.js";
import { DataError } from "../../base/errors.ts";
import { checkOpenOrcaRow, OPENORCA_COLUMNS, type OpenOrcaRow, unreadable } from "./row.ts";

/** Bytes of a column that are fetched at a time, unless one page is larger. */
const WINDOW_BYTES = 4 << 20;
/** Bytes in which the header of a page is looked for first; its statistics may be long texts. */
const HEADER_BYTES = 1 << 14;

type Decoder = Parameters<typeof readColumn>[2];

/**
 * Yields the rows of a Parquet file; other columns than OpenOrca's are not read. Memory is a few
 * pages of each column, whatever the size of the row groups.
 *
 * @param name Names the file in messages.
 * @throws {DataError} where the file is torn, lacks a column, or a value is no text.
 */
export async function* readParquet(file: AsyncBuffer, name: string): AsyncGenerator<OpenOrcaRow> {
  const expected = "a Parquet file";
  let row = 0;
  try {
    const metadata = await parquetMetadataAsync(file);
    checkColumns(metadata, name);
    for (let group = 0; group < metadata.row_groups.length; group++) {
      const columns = OPENORCA_COLUMNS.map((column) => openColumn(file, metadata, group, column));
      const last = row + Number(metadata.row_groups[group].num_rows);
      while (row < last) {
        await Promise.all(columns.map((column) => column.fill()));
        const ready = Math.min(last - row, ...columns.map((column) => column.pending));
        for (let i = 0; i < ready; i++) {
          const values = OPENORCA_COLUMNS.map((column, c) => [column, columns[c].take()]);
          yield checkOpenOrcaRow(Object.fromEntries(values), `${name}, row ${row++}`);
        }
      }
    }
  } catch (error) {
    throw unreadable(`${name}, after ${row} rows`, expected, error);
  }
}

function checkColumns(metadata: FileMetaData, name: string): void {
  const found = parquetSchema(metadata).children.filter((child) => child.children.length === 0)
    .map((child) => child.element.name);
  const missing = OPENORCA_COLUMNS.filter((column) => !found.includes(column));
  if (missing.length === 0) return;
  throw new DataError(
    `reading OpenOrca, ${name}: found columns ${found.join(", ")}, expected ` +
      `${missing.join(", ")} too; check that the file is OpenOrca's`,
  );
}

function openColumn(
  file: AsyncBuffer,
  metadata: FileMetaData,
  group: number,
  name: string,
): ColumnPages {
  const schema = parquetSchema(metadata);
  const leaf = schema.children.filter((child) => child.element.name === name);
  const chunk = metadata.row_groups[group].columns
    .find(({ meta_data }) => meta_data?.path_in_schema.join(".") === name)?.meta_data;
  if (!chunk) throw new DataError(`row group ${group} without column ${name}`);
  const { data_page_offset, dictionary_page_offset, total_compressed_size } = chunk;
  // Some writers put 0 where there is no dictionary.
  const start = Number(dictionary_page_offset || data_page_offset);
  const decoder: Decoder = {
    pathInSchema: chunk.path_in_schema,
    type: chunk.type,
    element: leaf[0].element,
    schemaPath: [schema, leaf[0]],
    codec: chunk.codec,
    parsers: DEFAULT_PARSERS,
    compressors,
  };
  return new ColumnPages(file, start, start + Number(total_compressed_size), decoder);
}

/** The values of one column of one row group, decoded a page at a time. */
class ColumnPages {
  readonly #file: AsyncBuffer;
  readonly #end: number;
  readonly #decoder: Decoder;
  #next: number;
  #window = new Uint8Array(0);
  #windowStart = 0;
  #dictionary = new Uint8Array(0);
  #values: ArrayLike<unknown> = [];
  #taken = 0;

  constructor(file: AsyncBuffer, start: number, end: number, decoder: Decoder) {
    this.#file = file;
    this.#next = start;
    this.#end = end;
    this.#decoder = decoder;
  }

  /** Values that are decoded and not taken. */
  get pending(): number {
    return this.#values.length - this.#taken;
  }

  /** The next value. */
  take(): unknown {
    return this.#values[this.#taken++];
  }

  /** Decodes pages until a value is pending. */
  async fill(): Promise<void> {
    while (this.pending === 0) {
      if (this.#next >= this.#end) {
        throw new DataError(`column ${this.#decoder.pathInSchema}: too few values in its pages`);
      }
      await this.#readPage();
    }
  }

  async #readPage(): Promise<void> {
    const { header, length } = await this.#header();
    const page = await this.#bytes(this.#next, length + header.compressed_page_size);
    this.#next += page.length;
    if (header.type === "DICTIONARY_PAGE") {
      this.#dictionary = page.slice();
      return;
    }
    const count = (header.data_page_header ?? header.data_page_header_v2)?.num_values;
    if (count === undefined) return;
    const bytes = new Uint8Array(this.#dictionary.length + page.length);
    bytes.set(this.#dictionary);
    bytes.set(page, this.#dictionary.length);
    const select = { groupStart: 0, groupRows: count, selectStart: 0, selectEnd: count };
    const reader = { view: new DataView(bytes.buffer), offset: 0 };
    this.#values = readColumn(reader, select, this.#decoder).data.flatMap((chunk) => [...chunk]);
    this.#taken = 0;
    if (this.#values.length !== count) {
      throw new DataError(`a page of ${this.#values.length} values that announces ${count}`);
    }
  }

  async #header(): Promise<{ header: ReturnType<typeof parquetHeader>; length: number }> {
    for (let size = HEADER_BYTES;; size *= 8) {
      const bytes = await this.#bytes(this.#next, Math.min(size, this.#end - this.#next));
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
      const reader = { view, offset: 0 };
      try {
        const header = parquetHeader(reader);
        if (reader.offset <= bytes.length) return { header, length: reader.offset };
      } catch (error) {
        if (size >= this.#end - this.#next) throw error;
      }
    }
  }

  /** Bytes of the file from `from`, out of the window or a new one. */
  async #bytes(from: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    if (!(length >= 0) || from + length > this.#end) {
      throw new DataError(`a page of ${length} bytes that ends behind its column`);
    }
    const inside = from >= this.#windowStart &&
      from + length <= this.#windowStart + this.#window.length;
    if (!inside) {
      const to = Math.min(this.#end, from + Math.max(length, WINDOW_BYTES));
      this.#window = new Uint8Array(await this.#file.slice(from, to));
      this.#windowStart = from;
      if (this.#window.length < length) {
        throw new DataError(`${this.#window.length} bytes where ${length} were to be`);
      }
    }
    const at = from - this.#windowStart;
    return this.#window.subarray(at, at + length);
  }
}
