/**
 * JavaScript values to Arrow columns and back. Buffers are laid out here, and not by Arrow's
 * builders, so that equal rows have equal bytes and token lists are copied in one go.
 *
 * @module
 */
import {
  Bool,
  type Data,
  type DataType,
  Dictionary,
  Field,
  Float32,
  Float64,
  Int32,
  List,
  makeData,
  makeVector,
  Utf8,
  type Vector,
} from "arrow-js";
import { DataError } from "../base/errors.ts";
import type { ColumnType, Numbers } from "./schemas.ts";

/** Arrow's offsets are signed 32-bit numbers. */
const MAX_BYTES = 2 ** 31 - 1;

/** One column of a table that is being written. */
export interface Column {
  /** Name and Arrow type. */
  readonly field: Field;
  /** The values of rows `from` to `to` (exclusive). */
  slice(from: number, to: number): Data;
}

/** Whether `type` allows null. */
export const isNullable = (type: ColumnType): boolean => type.endsWith("?");

/** The Arrow type of a column; `dictionaryId` must differ between a table's dictionary columns. */
export function arrowType(type: ColumnType, dictionaryId: number): DataType {
  switch (type) {
    case "text":
    case "text?":
      return new Utf8();
    case "dictionary":
      return new Dictionary(new Utf8(), new Int32(), dictionaryId);
    case "int32":
    case "int32?":
      return new Int32();
    case "float64":
    case "float64?":
      return new Float64();
    case "boolean":
      return new Bool();
    case "list<text>":
      return new List(new Field("item", new Utf8()));
    case "list<int32>":
      return new List(new Field("item", new Int32()));
    case "list<float32>":
      return new List(new Field("item", new Float32()));
  }
}

/**
 * Checks `values` and prepares them for writing.
 *
 * @throws {DataError} that names the column and row of the first value that is not of the type.
 */
export function makeColumn(
  name: string,
  type: ColumnType,
  dictionaryId: number,
  values: ArrayLike<unknown>,
): Column {
  checkValues(name, type, values);
  const arrow = arrowType(type, dictionaryId);
  const field = new Field(name, arrow, isNullable(type));
  if (arrow instanceof Dictionary) {
    return dictionaryColumn(field, arrow, values as ArrayLike<string>);
  }
  return { field, slice: (from, to) => sliceData(name, type, values, from, to) };
}

function checkValues(name: string, type: ColumnType, values: ArrayLike<unknown>): void {
  const fits = CHECKS[type];
  for (let row = 0; row < values.length; row++) {
    if (!fits(values[row])) {
      const found = JSON.stringify(values[row])?.slice(0, 80) ?? String(values[row]);
      throw new DataError(
        `writing column ${name}, row ${row}: found ${found}, expected ${type}; correct the row`,
      );
    }
  }
}

const isText = (value: unknown): boolean => typeof value === "string";
const isNumber = (value: unknown): boolean => typeof value === "number";
const isInt32 = (value: unknown): boolean => typeof value === "number" && (value | 0) === value;
const orNull = (fits: (v: unknown) => boolean) => (v: unknown): boolean => v === null || fits(v);

const CHECKS: Readonly<Record<ColumnType, (value: unknown) => boolean>> = {
  "text": isText,
  "text?": orNull(isText),
  "dictionary": isText,
  "int32": isInt32,
  "int32?": orNull(isInt32),
  "float64": isNumber,
  "float64?": orNull(isNumber),
  "boolean": (value) => typeof value === "boolean",
  "list<text>": (value) => Array.isArray(value) && value.every(isText),
  "list<int32>": (value) =>
    value instanceof Int32Array || (Array.isArray(value) && value.every(isInt32)),
  "list<float32>": (value) =>
    value instanceof Float32Array || (Array.isArray(value) && value.every(isNumber)),
};

function sliceData(
  name: string,
  type: ColumnType,
  all: ArrayLike<unknown>,
  from: number,
  to: number,
): Data {
  const rows = Array.from({ length: to - from }, (_, i) => all[from + i]);
  const nulls = isNullable(type) ? nullBitmap(rows) : {};
  switch (type) {
    case "text":
    case "text?":
      return textData(name, rows as (string | null)[]);
    case "int32":
    case "int32?":
      return makeData({ type: new Int32(), ...nulls, data: Int32Array.from(rows as number[]) });
    case "float64":
    case "float64?":
      return makeData({ type: new Float64(), ...nulls, data: Float64Array.from(rows as number[]) });
    case "boolean":
      return makeData({ type: new Bool(), length: rows.length, data: bitmap(rows, Boolean) });
    case "list<text>":
      return textListData(name, rows as string[][]);
    case "list<int32>":
      return numberListData(new Int32(), Int32Array, rows as Numbers[]);
    case "list<float32>":
      return numberListData(new Float32(), Float32Array, rows as Numbers[]);
    case "dictionary":
      throw new DataError(
        `writing column ${name}: a dictionary has one set of values for all batches`,
      );
  }
}

function bitmap(
  rows: readonly unknown[],
  isSet: (value: unknown) => boolean,
): Uint8Array<ArrayBuffer> {
  const bits = new Uint8Array(Math.ceil(rows.length / 8));
  rows.forEach((value, i) => {
    if (isSet(value)) bits[i >> 3] |= 1 << (i & 7);
  });
  return bits;
}

function nullBitmap(rows: readonly unknown[]): { nullCount: number; nullBitmap?: Uint8Array } {
  const nullCount = rows.reduce<number>((count, value) => count + (value === null ? 1 : 0), 0);
  if (nullCount === 0) return { nullCount };
  return { nullCount, nullBitmap: bitmap(rows, (value) => value !== null) };
}

function textData(name: string, rows: readonly (string | null)[]): Data<Utf8> {
  const encoder = new TextEncoder();
  const valueOffsets = new Int32Array(rows.length + 1);
  const pieces = rows.map((value) => encoder.encode(value ?? ""));
  let total = 0;
  pieces.forEach((piece, i) => valueOffsets[i + 1] = total += piece.length);
  if (total > MAX_BYTES) {
    throw new DataError(
      `writing column ${name}: found ${total} bytes of text in one batch of ${rows.length} rows, ` +
        `expected at most ${MAX_BYTES}; write fewer rows to a table`,
    );
  }
  const data = new Uint8Array(total);
  pieces.forEach((piece, i) => data.set(piece, valueOffsets[i]));
  return makeData({
    type: new Utf8(),
    length: rows.length,
    ...nullBitmap(rows),
    valueOffsets,
    data,
  });
}

function listOffsets(rows: readonly { readonly length: number }[]): Int32Array<ArrayBuffer> {
  const offsets = new Int32Array(rows.length + 1);
  rows.forEach((list, i) => offsets[i + 1] = offsets[i] + list.length);
  return offsets;
}

function textListData(name: string, rows: readonly (readonly string[])[]): Data<List<Utf8>> {
  const type = new List(new Field("item", new Utf8()));
  const child = textData(name, rows.flat());
  return makeData({
    type,
    length: rows.length,
    nullCount: 0,
    valueOffsets: listOffsets(rows),
    child,
  });
}

function numberListData<T extends Int32 | Float32>(
  item: T,
  make: new (length: number) => Int32Array<ArrayBuffer> | Float32Array<ArrayBuffer>,
  rows: readonly Numbers[],
): Data<List<T>> {
  const valueOffsets = listOffsets(rows);
  const data = new make(valueOffsets[rows.length]);
  rows.forEach((list, i) => data.set(list, valueOffsets[i]));
  const child = makeData<DataType>(
    { type: item, length: data.length, nullCount: 0, data } as never,
  );
  const type = new List<T>(new Field("item", item));
  return makeData({
    type,
    length: rows.length,
    nullCount: 0,
    valueOffsets,
    child: child as Data<T>,
  });
}

/** Made from the whole column: Arrow's file format allows one dictionary for all batches. */
function dictionaryColumn(
  field: Field,
  type: Dictionary<Utf8, Int32>,
  all: ArrayLike<string>,
): Column {
  const ids = new Map<string, number>();
  const indices = new Int32Array(all.length);
  for (let row = 0; row < all.length; row++) {
    const id = ids.get(all[row]) ?? ids.size;
    ids.set(all[row], id);
    indices[row] = id;
  }
  const dictionary = makeVector(textData(field.name, [...ids.keys()]));
  const slice = (from: number, to: number): Data =>
    makeData({ type, length: to - from, nullCount: 0, data: indices.slice(from, to), dictionary });
  return { field, slice };
}

/** The values of a stored column: text, numbers, null, or arrays for lists. */
export function columnValues(vector: Vector, type: ColumnType): unknown[] {
  const values: unknown[] = [];
  for (const value of vector) {
    if (type === "list<text>") values.push([...value as Vector<Utf8>]);
    else if (type.startsWith("list<")) values.push((value as Vector<Int32 | Float32>).toArray());
    else values.push(value);
  }
  return values;
}
