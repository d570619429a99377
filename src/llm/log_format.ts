/**
 * The request log's bytes: an Arrow IPC stream of one schema message and then record batches, each
 * written by one call. No end marker is written, so that the stream can always be continued; Arrow
 * readers take the end of the file for one.
 *
 * @module
 */
import {
  makeData,
  Message,
  MessageHeader,
  RecordBatch,
  Schema,
  Struct,
  Table,
  tableFromIPC,
  tableToIPC,
  type TypeMap,
} from "arrow-js";
import { makeColumn } from "../tables/columns.ts";
import type { ColumnType } from "../tables/schemas.ts";

/** One attempt at one request. */
export interface LogRow {
  /** `requestKey` of the request. */
  readonly key: string;
  /** Who asked. */
  readonly role: string;
  /** Model that was asked. */
  readonly model: string;
  /** Address that was asked. */
  readonly base_url: string;
  /** JSON of the messages. */
  readonly messages: string;
  /** JSON of temperature, maxTokens, seed, stop, schema and the chat template's hash. */
  readonly sampling: string;
  /** The request's `attempt`: k for the k-th time that the same is asked on purpose. */
  readonly attempt: number;
  /**
   * 0 for the first try of this request in this process, 1 for the first retry; −1 where the row
   * was taken over from another log, whose owner paid.
   */
  readonly try: number;
  /** `reply`: usable; `failed`: for good, not asked again; `lost`: this try alone failed. */
  readonly outcome: "reply" | "failed" | "lost";
  /** HTTP status; null where no response came. */
  readonly status: number | null;
  /** The text as far as it came; null where none did. */
  readonly text: string | null;
  /** Why the model stopped; null where it did not say. */
  readonly finish_reason: string | null;
  /** Model that the server says it ran; null where it did not say. */
  readonly reply_model: string | null;
  /** Tokens read; null where nothing was. */
  readonly prompt_tokens: number | null;
  /** Tokens written; null where none were. */
  readonly completion_tokens: number | null;
  /** Whether the two numbers are estimates. */
  readonly usage_estimated: boolean;
  /** US dollars that were paid, or at most may have been. */
  readonly cost_usd: number;
  /** Milliseconds from the call to the last byte. */
  readonly latency_ms: number;
  /** What went wrong; null where nothing did. */
  readonly error: string | null;
  /** When the try ended, ISO 8601. */
  readonly at: string;
}

/** {@linkcode LogRow.try} of a row that was taken over. */
export const TAKEN_OVER = -1;

/** What a row counts of its price where it stands, in US dollars. */
export const costHere = (tried: number, costUsd: number): number =>
  tried === TAKEN_OVER ? 0 : costUsd;

/** The log's columns, in their order. */
export const COLUMNS: Readonly<Record<keyof LogRow, ColumnType>> = {
  key: "text",
  role: "text",
  model: "text",
  base_url: "text",
  messages: "text",
  sampling: "text",
  attempt: "int32",
  try: "int32",
  outcome: "text",
  status: "int32?",
  text: "text?",
  finish_reason: "text?",
  reply_model: "text?",
  prompt_tokens: "int32?",
  completion_tokens: "int32?",
  usage_estimated: "boolean",
  cost_usd: "float64",
  latency_ms: "float64",
  error: "text?",
  at: "text",
};
const NAMES = Object.keys(COLUMNS) as (keyof LogRow)[];

/** Continuation marker and length before a message's metadata. */
export const PREFIX_BYTES = 8;
/** Arrow's mark before every message. */
const CONTINUATION = 0xffffffff;
/** Far more than the metadata of the log's columns; a torn length is likely larger. */
const MAX_METADATA_BYTES = 1 << 16;

const schemaOf = (rows: readonly LogRow[]): { schema: Schema; batch: RecordBatch } => {
  const columns = NAMES.map((name, i) =>
    makeColumn(name, COLUMNS[name], i, rows.map((row) => row[name]))
  );
  const fields = columns.map(({ field }) => field);
  const schema = new Schema(fields);
  const children = columns.map((column) => column.slice(0, rows.length));
  const type = new Struct<TypeMap>(fields);
  const data = makeData({ type, length: rows.length, nullCount: 0, children });
  return { schema, batch: new RecordBatch(schema, data) };
};

const streamOf = (rows: readonly LogRow[]): Uint8Array => {
  const { schema, batch } = schemaOf(rows);
  const stream = tableToIPC(new Table(schema, rows.length > 0 ? [batch] : []), "stream");
  // Without the end marker.
  return stream.subarray(0, stream.length - PREFIX_BYTES);
};

/** The schema message, with which every log starts. */
export const SCHEMA_BYTES: Uint8Array = streamOf([]);

/** One record batch message. */
export function encodeRows(rows: readonly LogRow[]): Uint8Array {
  return streamOf(rows).subarray(SCHEMA_BYTES.length);
}

/** Length of the metadata that follows these 8 bytes; undefined where they start no message. */
export function metadataLength(prefix: Uint8Array): number | undefined {
  const view = new DataView(prefix.buffer, prefix.byteOffset, prefix.byteLength);
  const length = view.getInt32(4, true);
  const starts = view.getUint32(0, true) === CONTINUATION;
  return starts && length > 0 && length <= MAX_METADATA_BYTES ? length : undefined;
}

/** Bytes of the body that follows this metadata; undefined where it describes no record batch. */
export function bodyLength(metadata: Uint8Array): number | undefined {
  try {
    const message = Message.decode(metadata);
    const length = Number(message.bodyLength);
    const valid = message.headerType === MessageHeader.RecordBatch && length >= 0;
    return valid && Number.isSafeInteger(length) ? length : undefined;
  } catch {
    return undefined;
  }
}

/** A decoded record batch, read row by row as far as it is needed. */
export interface LogBatch {
  /** Rows in it. */
  readonly length: number;
  /** One cell. */
  cell<K extends keyof LogRow>(row: number, name: K): LogRow[K];
  /** One row. */
  row(row: number): LogRow;
}

/** Reads one message, prefix and all; undefined where it is no batch of this log. */
export function decodeBatch(message: Uint8Array): LogBatch | undefined {
  try {
    const bytes = new Uint8Array(SCHEMA_BYTES.length + message.length);
    bytes.set(SCHEMA_BYTES);
    bytes.set(message, SCHEMA_BYTES.length);
    const table = tableFromIPC(bytes);
    const vectors = new Map(NAMES.map((name) => [name, table.getChild(name)!]));
    const cell = <K extends keyof LogRow>(row: number, name: K): LogRow[K] =>
      vectors.get(name)!.get(row) as LogRow[K];
    const row = (index: number): LogRow =>
      Object.fromEntries(NAMES.map((name) => [name, cell(index, name)])) as unknown as LogRow;
    const batch = { length: table.numRows, cell, row };
    return isWhole(batch) ? batch : undefined;
  } catch {
    return undefined;
  }
}

/** Blocks that never reached the disk read as zeros; keys and times show it. */
function isWhole(batch: LogBatch): boolean {
  for (let row = 0; row < batch.length; row++) {
    if (!/^[0-9a-f]{64}$/.test(batch.cell(row, "key"))) return false;
    if (!/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(batch.cell(row, "at"))) return false;
  }
  return batch.length > 0;
}
