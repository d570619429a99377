/**
 * OpenOrca as an Arrow IPC file or stream, a record batch at a time.
 *
 * @module
 */
import { open } from "node:fs/promises";
import { RecordBatchReader } from "arrow-js";
import { DataError } from "../../base/errors.ts";
import { checkOpenOrcaRow, OPENORCA_COLUMNS, type OpenOrcaRow, unreadable } from "./row.ts";

/**
 * Yields the rows of an Arrow file; other columns than OpenOrca's are not read.
 *
 * @throws {DataError} where the file is torn, lacks a column, or a value is no text.
 */
export async function* readArrow(path: string): AsyncGenerator<OpenOrcaRow> {
  const expected = "an Arrow IPC file or stream without compression";
  const file = await open(path).catch((error: unknown) => {
    throw unreadable(path, "a file that can be opened", error);
  });
  let row = 0;
  try {
    const reader = await RecordBatchReader.from(file);
    for await (const batch of reader) {
      const columns = OPENORCA_COLUMNS.map((name) => batch.getChild(name));
      const missing = OPENORCA_COLUMNS.filter((_, i) => columns[i] === null);
      if (missing.length > 0) {
        const found = batch.schema.fields.map((field) => field.name).join(", ");
        throw new DataError(
          `reading OpenOrca, ${path}: found columns ${found}, expected ${
            missing.join(", ")
          } too; ` +
            `check that the file is OpenOrca's`,
        );
      }
      for (let i = 0; i < batch.numRows; i++) {
        const values = OPENORCA_COLUMNS.map((name, c) => [name, columns[c]?.get(i)]);
        yield checkOpenOrcaRow(Object.fromEntries(values), `${path}, row ${row++}`);
      }
    }
  } catch (error) {
    throw unreadable(`${path}, after ${row} rows`, expected, error);
  } finally {
    await file.close();
  }
  if (row === 0) throw unreadable(path, expected, "no row");
}
