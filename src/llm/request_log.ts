/**
 * Every attempt at every request, in one file that only grows: what was paid for once is never
 * paid for again. A reply is on the disk before anyone sees it.
 *
 * @module
 */
import { DataError } from "../base/errors.ts";
import type { ProgressSink } from "../base/progress.ts";
import { checkSchema, findMessage, openToRead, readMessage } from "./log_file.ts";
import {
  costHere,
  encodeRows,
  type LogBatch,
  type LogRow,
  PREFIX_BYTES,
  SCHEMA_BYTES,
  TAKEN_OVER,
} from "./log_format.ts";
import { LogIndex } from "./log_index.ts";
import { jsonLines } from "./log_jsonl.ts";

/** Rows taken over in one message: few, because a reply is found by decoding its message. */
const GROUP = 32;

interface Waiting {
  readonly row: LogRow;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/** The request log of a run: an Arrow IPC stream file, one row an attempt. */
export class RequestLog {
  readonly #path: string;
  readonly #file: Deno.FsFile;
  readonly #index = new LogIndex();
  #end = 0;
  #rowCount = 0;
  #costUsd = 0;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  #broken: DataError | undefined;

  private constructor(path: string, file: Deno.FsFile) {
    this.#path = path;
    this.#file = file;
  }

  /**
   * Opens a log, or starts one. A tail that a crash tore is cut off at the last whole message.
   *
   * @param say Told in one line what was cut off.
   * @throws {DataError} where the file is no request log, is damaged before its end, or is being
   *   written by another process.
   */
  static async open(
    path: string,
    say: ProgressSink = (line) => console.warn(line),
  ): Promise<RequestLog> {
    await Deno.mkdir(path.replace(/[^/\\]*$/, "") || ".", { recursive: true });
    const file = await Deno.open(path, { read: true, write: true, create: true });
    try {
      if (!file.tryLockSync(true)) {
        throw new DataError(
          `opening request log ${path}: found it locked, expected no other process to write it; ` +
            `wait for that process or choose another folder`,
        );
      }
      const log = new RequestLog(path, file);
      await log.#readAll(say);
      return log;
    } catch (error) {
      file.close();
      throw error;
    }
  }

  /** Where it is. */
  get path(): string {
    return this.#path;
  }

  /** Rows in the log. */
  get rowCount(): number {
    return this.#rowCount;
  }

  /** Requests that need not be asked again. */
  get answered(): number {
    return this.#index.size;
  }

  /** US dollars that all rows together cost, at most, without those taken over. */
  get costUsd(): number {
    return this.#costUsd;
  }

  /** Bytes that the index holds in memory. */
  get indexBytes(): number {
    return this.#index.bytes;
  }

  /** The reply to a request, or its failure for good; undefined where it has to be asked. */
  get(key: string): LogRow | undefined {
    for (const { offset, row } of this.#index.places(key)) {
      const batch = readMessage(this.#file, offset, this.#end)?.batch;
      if (!batch) {
        throw new DataError(
          `reading request log ${this.#path}: found no message at byte ${offset}, where one was ` +
            `before; leave the file alone while it is open`,
        );
      }
      if (batch.cell(row, "key") === key) return batch.row(row);
    }
    return undefined;
  }

  /**
   * Appends a row. Rows that arrive while the disk is busy go out together in one message.
   *
   * @returns A promise that is kept when the row is on the disk.
   * @throws {DataError} where the disk refuses; nothing can be appended from then on.
   */
  append(row: LogRow): Promise<void> {
    if (this.#broken) return Promise.reject(this.#broken);
    const written = new Promise<void>((done, failed) => this.#waiting.push({ row, done, failed }));
    this.#writing ??= this.#writeGroups();
    return written;
  }

  /**
   * Takes over the replies and final failures that this log lacks, from another log or from an
   * export as JSON lines (a path that ends in `.jsonl`). Somebody else paid for them: they keep
   * their price, but {@linkcode RequestLog.costUsd} does not count it.
   *
   * @returns How many were taken over.
   * @throws {DataError} where the file is missing or is neither, or a line is damaged; what stood
   *   before it is taken over.
   */
  async importFrom(path: string): Promise<number> {
    const rows = path.endsWith(".jsonl") ? jsonLines(path) : RequestLog.rows(path);
    let count = 0;
    let group = new Map<string, LogRow>();
    const append = async (): Promise<void> => {
      await Promise.all([...group.values()].map((row) => this.append(row)));
      count += group.size;
      group = new Map();
    };
    try {
      for await (const row of rows) {
        if (row.outcome === "lost" || group.has(row.key) || this.get(row.key)) continue;
        group.set(row.key, { ...row, try: TAKEN_OVER });
        if (group.size === GROUP) await append();
      }
    } finally {
      await append();
    }
    return count;
  }

  /**
   * The rows of a log in the order in which they were written, a message in memory at a time.
   *
   * @throws {DataError} where the file is missing or is no request log; a torn tail is left out.
   */
  static async *rows(path: string): AsyncGenerator<LogRow> {
    using file = await openToRead(path);
    const size = (await file.stat()).size;
    checkSchema(path, file, size);
    for (let at = SCHEMA_BYTES.length; at < size;) {
      const message = readMessage(file, at, size);
      if (!message) return;
      for (let row = 0; row < message.batch.length; row++) yield message.batch.row(row);
      at = message.end;
    }
  }

  /** Waits for what is being written and closes the file. */
  async close(): Promise<void> {
    await this.#writing;
    this.#broken = new DataError(`appending to request log ${this.#path}: it is closed`);
    this.#file.close();
  }

  async #readAll(say: ProgressSink): Promise<void> {
    const size = (await this.#file.stat()).size;
    checkSchema(this.#path, this.#file, size);
    if (size < SCHEMA_BYTES.length) await this.#start(size, say);
    this.#end = SCHEMA_BYTES.length;
    while (this.#end < size) {
      const message = readMessage(this.#file, this.#end, size);
      if (!message) return await this.#cut(size, say);
      for (let row = 0; row < message.batch.length; row++) {
        this.#note(message.batch, row, this.#end);
      }
      this.#end = message.end;
    }
  }

  /** A file shorter than its schema: new, or a crash came at its very start. */
  async #start(size: number, say: ProgressSink): Promise<void> {
    if (size > 0) say(`request log ${this.#path}: cut off ${size} bytes of a torn beginning`);
    await this.#file.truncate(0);
    await this.#write(SCHEMA_BYTES, 0);
  }

  async #cut(size: number, say: ProgressSink): Promise<void> {
    const next = findMessage(this.#file, this.#end + PREFIX_BYTES, size);
    if (next !== undefined) {
      throw new DataError(
        `opening request log ${this.#path}: found damage at byte ${this.#end} with whole messages ` +
          `from byte ${next} on, expected damage at the end alone; restore the file from a copy, ` +
          `or move it away to pay for its replies again`,
      );
    }
    say(
      `request log ${this.#path}: cut off a torn tail of ${size - this.#end} bytes after ` +
        `${this.#rowCount} rows`,
    );
    await this.#file.truncate(this.#end);
    await this.#file.sync();
  }

  #note(batch: LogBatch, row: number, offset: number): void {
    this.#rowCount++;
    this.#costUsd += costHere(batch.cell(row, "try"), batch.cell(row, "cost_usd"));
    const key = batch.cell(row, "key");
    if (batch.cell(row, "outcome") !== "lost") this.#index.add(key, { offset, row });
  }

  async #writeGroups(): Promise<void> {
    // Rows that come in the same breath go out together.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      try {
        if (this.#broken) throw this.#broken;
        await this.#writeGroup(group.map(({ row }) => row));
        for (const { done } of group) done();
      } catch (error) {
        for (const { failed } of group) failed(error);
      }
    }
    // Here, and not a turn later: a row that came in between would wait for ever.
    this.#writing = undefined;
  }

  async #writeGroup(rows: readonly LogRow[]): Promise<void> {
    const bytes = encodeRows(rows);
    try {
      await this.#write(bytes, this.#end);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#broken = new DataError(
        `appending to request log ${this.#path}: ${reason}; free space, then run the command again`,
        { cause: error },
      );
      // A torn message would hide all that came after it.
      await this.#file.truncate(this.#end).catch(() => undefined);
      throw this.#broken;
    }
    const offset = this.#end;
    this.#end += bytes.length;
    rows.forEach((row, i) => {
      this.#rowCount++;
      this.#costUsd += costHere(row.try, row.cost_usd);
      if (row.outcome !== "lost") this.#index.add(row.key, { offset, row: i });
    });
  }

  async #write(bytes: Uint8Array, at: number): Promise<void> {
    for (let done = 0; done < bytes.length;) {
      // `get` moves the position too, in one go without waiting, hence anew for every piece.
      this.#file.seekSync(at + done, Deno.SeekMode.Start);
      done += this.#file.writeSync(bytes.subarray(done));
    }
    await this.#file.syncData();
  }
}
