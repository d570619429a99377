/**
 * Notebook files, format 4.5 (https://nbformat.readthedocs.io): reading, checking and writing them.
 *
 * @module
 */
import { DataError } from "../../base/errors.ts";
import { readFile, writeFileAtomic } from "../../base/files.ts";

/** Representations of one value by MIME type. */
export type MimeBundle = Record<string, unknown>;

/** What a code cell shows under itself. */
export type Output =
  | { output_type: "stream"; name: string; text: string | string[] }
  | { output_type: "display_data"; data: MimeBundle; metadata: MimeBundle }
  | {
    output_type: "execute_result";
    execution_count: number | null;
    data: MimeBundle;
    metadata: MimeBundle;
  }
  | { output_type: "error"; ename: string; evalue: string; traceback: string[] };

/** A cell; outputs and execution_count belong to code cells alone. */
export interface Cell {
  /** `code`, `markdown` or `raw`. */
  cell_type: string;
  /** The text, whole or in lines that keep their line ends. */
  source: string | string[];
  /** What the cell shows. */
  outputs?: Output[];
  /** The how-manieth execution of the kernel this was; null before the first. */
  execution_count?: number | null;
  /** Members that are kept as they are: id, metadata. */
  [member: string]: unknown;
}

/** A notebook; members other than the cells are kept as they are. */
export interface Notebook {
  /** The cells in order. */
  cells: Cell[];
  /** Major version of the format. */
  nbformat: number;
  /** Metadata and the minor version. */
  [member: string]: unknown;
}

/** The text of a cell. */
export function sourceOf(cell: Cell): string {
  return typeof cell.source === "string" ? cell.source : cell.source.join("");
}

/** Whether a cell is run: a code cell with something in it. */
export function isRunnable(cell: Cell): boolean {
  return cell.cell_type === "code" && sourceOf(cell).trim() !== "";
}

/**
 * Reads a notebook.
 *
 * @throws {DataError} where the file cannot be read or is no notebook of format 4.
 */
export async function readNotebook(path: string): Promise<Notebook> {
  const text = new TextDecoder().decode(await readFile(path, "notebook"));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new DataError(`reading notebook ${path}: not JSON; restore it from git`, {
      cause: error,
    });
  }
  if (!isNotebook(value)) {
    throw new DataError(
      `reading notebook ${path}: found JSON that is no notebook of format 4, expected ` +
        `{ "nbformat": 4, "cells": [{ "cell_type", "source" }, …] }; save it with Jupyter`,
    );
  }
  return value;
}

/** Writes a notebook as Jupyter and `deno fmt` do: one space a level, a line end at the end. */
export async function writeNotebook(path: string, notebook: Notebook): Promise<void> {
  await writeFileAtomic(path, JSON.stringify(notebook, null, 1) + "\n");
}

function isNotebook(value: unknown): value is Notebook {
  if (typeof value !== "object" || value === null) return false;
  const { nbformat, cells } = value as Partial<Notebook>;
  return nbformat === 4 && Array.isArray(cells) && cells.every(isCell);
}

function isCell(value: unknown): value is Cell {
  if (typeof value !== "object" || value === null) return false;
  const { cell_type, source } = value as Partial<Cell>;
  const lines = Array.isArray(source) ? source : [source];
  return typeof cell_type === "string" && lines.every((line) => typeof line === "string");
}
