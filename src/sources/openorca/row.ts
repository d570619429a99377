/**
 * A row of OpenOrca, checked.
 *
 * @module
 */
import { DataError } from "../../base/errors.ts";

/** A row of OpenOrca (huggingface.co/datasets/Open-Orca/OpenOrca), as its files hold it. */
export interface OpenOrcaRow {
  /** Collection and number, such as `niv.242684`. */
  readonly id: string;
  /** What the model that answered was told to be; often empty. */
  readonly system_prompt: string;
  /** The whole prompt: context and question in one text. */
  readonly question: string;
  /** What the model answered. */
  readonly response: string;
}

/** The columns of OpenOrca, in order. */
export const OPENORCA_COLUMNS: readonly (keyof OpenOrcaRow)[] = [
  "id",
  "system_prompt",
  "question",
  "response",
];

/**
 * Checks the fields of one row; a missing system prompt is an empty one.
 *
 * @param place Where the row stands, such as `x.jsonl, line 7`, for the message.
 * @throws {DataError} that names the place and the field.
 */
export function checkOpenOrcaRow(value: unknown, place: string): OpenOrcaRow {
  const fail = (field: string, found: unknown): never => {
    const shown = JSON.stringify(found)?.slice(0, 80) ?? "nothing";
    throw new DataError(
      `reading OpenOrca, ${place}${field}: found ${shown}, expected ` +
        `${field === "" ? `an object with ${OPENORCA_COLUMNS.join(", ")}` : "text"}; ` +
        `correct the file or fetch it again`,
    );
  };
  if (typeof value !== "object" || value === null || Array.isArray(value)) return fail("", value);
  const record = value as Readonly<Record<string, unknown>>;
  const text = (field: keyof OpenOrcaRow): string => {
    const found = record[field];
    return typeof found === "string" ? found : fail(`, ${field}`, found);
  };
  return {
    id: text("id"),
    system_prompt: (record.system_prompt ?? "") === "" ? "" : text("system_prompt"),
    question: text("question"),
    response: text("response"),
  };
}

/** An error of a reader or of the file system, as a {@linkcode DataError} that names the file. */
export function unreadable(path: string, expected: string, cause: unknown): DataError {
  if (cause instanceof DataError) return cause;
  const found = cause instanceof Error ? cause.message : String(cause);
  return new DataError(
    `reading OpenOrca, ${path}: found ${found}, expected ${expected}; check the path or fetch the ` +
      `file again`,
    { cause },
  );
}
