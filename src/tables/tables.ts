/**
 * Arrow tables of the kit's kinds: written whole, in batches, with one rename; read with every
 * column checked.
 *
 * @module
 */
import {
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  tableFromIPC,
  tableToIPC,
  type TypeMap,
} from "arrow-js";
import { DataError } from "../base/errors.ts";
import { readFile, writeFileAtomic } from "../base/files.ts";
import { hashFile } from "../base/hash.ts";
import { arrowType, type Column, columnValues, isNullable, makeColumn } from "./columns.ts";
import {
  type Manifest,
  MANIFEST_KEY,
  type ManifestInput,
  manifestText,
  parseManifest,
} from "./manifest.ts";
import { columnsOf, type TableColumns, type TableKind, type TableRow } from "./schemas.ts";

const BATCH_ROWS = 10_000;
const MAGIC = "ARROW1";

/** A table that was read. */
export interface TableFile<K extends TableKind> {
  /** How it was made. */
  readonly manifest: Manifest;
  /** Number of rows. */
  readonly rowCount: number;
  /** The columns, each with `rowCount` values. */
  readonly columns: TableColumns<K>;
}

/**
 * Writes a table in the Arrow IPC file format. Equal columns and manifests give equal bytes.
 *
 * @param columns As many values in each column as the table has rows.
 * @returns The manifest as stored.
 * @throws {DataError} where columns are missing or of unequal length, a value is of another type,
 *   or the disk refuses.
 */
export async function writeTable<K extends TableKind>(
  path: string,
  kind: K,
  columns: TableColumns<K>,
  manifest: ManifestInput,
): Promise<Manifest> {
  const lengths = columnLengths(
    path,
    kind,
    columns as Readonly<Record<string, ArrayLike<unknown>>>,
  );
  const rowCount = Math.max(...Object.values(lengths));
  if (Object.values(lengths).some((length) => length !== rowCount)) {
    throw new DataError(
      `writing ${kind} table ${path}: found columns of ${JSON.stringify(lengths)} rows, ` +
        `expected the same number in each`,
    );
  }
  const made = columnsOf(kind).map(([name, type], i) =>
    makeColumn(name, type, i, columns[name as keyof TableColumns<K>])
  );
  const text = manifestText(kind, rowCount, manifest);
  await writeFileAtomic(path, ipcBytes(made, rowCount, text));
  return parseManifest(text, path);
}

/** {@linkcode writeTable} from rows; convenient where the table is not large. */
export function writeRows<K extends TableKind>(
  path: string,
  kind: K,
  rows: readonly TableRow<K>[],
  manifest: ManifestInput,
): Promise<Manifest> {
  const names = columnsOf(kind).map(([name]) => name as keyof TableRow<K>);
  const columns = Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])]));
  return writeTable(path, kind, columns as unknown as TableColumns<K>, manifest);
}

function columnLengths(
  path: string,
  kind: TableKind,
  columns: Readonly<Record<string, ArrayLike<unknown>>>,
): Record<string, number> {
  const expected = columnsOf(kind).map(([name]) => name);
  const found = Object.keys(columns);
  if (expected.some((name) => !found.includes(name)) || found.length !== expected.length) {
    throw new DataError(
      `writing ${kind} table ${path}: found columns ${found.join(", ")}, ` +
        `expected ${expected.join(", ")}`,
    );
  }
  return Object.fromEntries(expected.map((name) => [name, columns[name].length]));
}

function ipcBytes(columns: readonly Column[], rowCount: number, manifest: string): Uint8Array {
  const fields = columns.map((column) => column.field);
  const schema = new Schema(fields, new Map([[MANIFEST_KEY, manifest]]));
  const batches: RecordBatch[] = [];
  // One batch at least: a table without any has no place for its dictionary.
  for (let from = 0; from === 0 || from < rowCount; from += BATCH_ROWS) {
    const to = Math.min(rowCount, from + BATCH_ROWS);
    const children = columns.map((column) => column.slice(from, to));
    const type = new Struct<TypeMap>(fields);
    batches.push(
      new RecordBatch(schema, makeData({ type, length: to - from, nullCount: 0, children })),
    );
  }
  return tableToIPC(new Table(schema, batches), "file");
}

/**
 * Reads a whole table.
 *
 * @throws {DataError} where the file is missing, torn, not Arrow, or of another kind or schema.
 */
export async function readTable<K extends TableKind>(path: string, kind: K): Promise<TableFile<K>> {
  return decodeTable(await readFile(path, `${kind} table`), path, kind);
}

/**
 * {@linkcode readTable} from a file's bytes.
 *
 * @param path Only for messages.
 * @throws {DataError} where they are torn, not Arrow, or of another kind or schema.
 */
export function decodeTable<K extends TableKind>(
  bytes: Uint8Array,
  path: string,
  kind: K,
): TableFile<K> {
  const table = openTable(path, kind, bytes);
  const manifest = parseManifest(table.schema.metadata.get(MANIFEST_KEY), path);
  if (manifest.kind !== kind || manifest.rowsOut !== table.numRows) {
    throw new DataError(
      `reading ${kind} table ${path}: found kind ${manifest.kind} with ${table.numRows} rows ` +
        `(manifest: ${manifest.rowsOut}), expected kind ${kind} and as many rows as its ` +
        `manifest says; make the table again`,
    );
  }
  checkSchema(path, kind, table.schema);
  const columns = columnsOf(kind).map(([name, type], i) => {
    const vector = table.getChildAt(i);
    return [name, vector ? columnValues(vector, type) : []];
  });
  return { manifest, rowCount: table.numRows, columns: Object.fromEntries(columns) };
}

/** {@linkcode readTable} as a list of rows. */
export async function readRows<K extends TableKind>(path: string, kind: K): Promise<TableRow<K>[]> {
  const { rowCount, columns } = await readTable(path, kind);
  const named = Object.entries<ArrayLike<unknown>>(columns);
  const rowAt = (row: number): unknown =>
    Object.fromEntries(named.map(([name, values]) => [name, values[row]]));
  return Array.from({ length: rowCount }, (_, row) => rowAt(row) as TableRow<K>);
}

/** SHA-256 of a table's bytes, manifest included: 64 hexadecimal digits. */
export function tableHash(path: string | URL): Promise<string> {
  return hashFile(path);
}

function openTable(path: string, kind: TableKind, bytes: Uint8Array): Table {
  const edge = (piece: Uint8Array) => new TextDecoder("latin1").decode(piece) === MAGIC;
  const head = edge(bytes.subarray(0, MAGIC.length));
  if (!head || bytes.length < 2 * MAGIC.length || !edge(bytes.subarray(-MAGIC.length))) {
    const found = head
      ? `${bytes.length} bytes of a torn file`
      : `${bytes.length} bytes of another format`;
    throw new DataError(
      `reading ${kind} table ${path}: found ${found}, expected an Arrow IPC file that begins and ` +
        `ends with ${MAGIC}; delete it and make it again`,
    );
  }
  try {
    return tableFromIPC(bytes);
  } catch (error) {
    throw new DataError(
      `reading ${kind} table ${path}: found damaged Arrow data (${String(error)}), expected what ` +
        `this kit wrote; delete it and make it again`,
      { cause: error },
    );
  }
}

function checkSchema(path: string, kind: TableKind, schema: Schema): void {
  const expected = columnsOf(kind).map(([name, type], i) =>
    `${name}: ${arrowType(type, i)}${isNullable(type) ? "?" : ""}`
  );
  const found = schema.fields.map((f) => `${f.name}: ${f.type}${f.nullable ? "?" : ""}`);
  if (expected.join() === found.join()) return;
  const missing = expected.filter((column) => !found.includes(column));
  const extra = found.filter((column) => !expected.includes(column));
  throw new DataError(
    `reading ${kind} table ${path}: found columns ${extra.join(", ") || "in another order"}, ` +
      `expected ${missing.join(", ") || expected.join(", ")}; it was made by another version, ` +
      `make it again`,
  );
}
