/**
 * From source rows to rows of the notes table: valid notes (D_f), empty notes over contexts whose
 * answer was removed (D_e), and everything that was rejected, with the rule and the reason.
 *
 * @module
 */
import { DataError, TeacherError } from "../base/errors.ts";
import type { OnProgress } from "../base/progress.ts";
import type { SourceRow } from "../sources/items.ts";
import type { NotesTableRow } from "../tables/mod.ts";
import type { Teacher, TeacherUsage } from "../teacher/teacher.ts";
import { unknownAnswer, type Verdict, type Verifier } from "../teacher/verifier.ts";
import { parseNote } from "./note.ts";
import { removePassages } from "./passages.ts";
import type { PromptFormat } from "./prompts.ts";

/** Who writes and who checks, and in which words. */
export interface Distillation {
  /** Writes notes and finds the answer's passages. */
  readonly teacher: Teacher;
  /** Checks notes. */
  readonly verifier: Verifier;
  /** Gives the literal empty note. */
  readonly format: PromptFormat;
}

/** How {@linkcode distill} goes through the rows. */
export interface DistillRun {
  /** Source rows a batch. */
  readonly batchSize: number;
  /** Source rows that were done before; a multiple of `batchSize`. */
  readonly from: number;
  /** Takes the notes rows of a batch, in order; the next batch starts when it is settled. */
  readonly onBatch: (rows: NotesTableRow[], batch: number) => Promise<void> | void;
  /** Told after every batch. */
  readonly onProgress?: OnProgress;
}

/** How many rows went where. */
export interface DistillCounts {
  /** Notes rows. */
  readonly rows: number;
  /** Accepted notes over whole contexts. */
  readonly full: number;
  /** Accepted empty notes over contexts without the answer. */
  readonly empty: number;
  /** Rejected rows by reason, most frequent first; quoted parts of reasons are left out. */
  readonly rejected: ReadonlyMap<string, number>;
}

/** A rule's columns in the table. */
interface Rule {
  readonly rule: string;
  readonly version: string;
}

/** Rules that a row can fail before the verifier sees it. */
const replied: Rule = { rule: "teacher-replied", version: "1" };
const verified: Rule = { rule: "verifier-replied", version: "1" };
const complete: Rule = { rule: "note-complete", version: "1" };
const answerRemoved: Rule = { rule: "answer-removed", version: "1" };

/**
 * Distils rows batch by batch. The rows of a batch depend on its source rows alone, so that a run
 * that was cut short goes on with `from`.
 *
 * @throws {DataError} where `from` is no batch boundary.
 */
export async function distill(
  rows: readonly SourceRow[],
  distillation: Distillation,
  { batchSize, from, onBatch, onProgress }: DistillRun,
): Promise<void> {
  if (from % batchSize !== 0) {
    throw new DataError(
      `resuming distillation at row ${from}: expected a multiple of the batch size ${batchSize}; ` +
        `start again from row 0`,
    );
  }
  for (let start = from; start < rows.length; start += batchSize) {
    const batch = rows.slice(start, start + batchSize);
    await onBatch(await distillBatch(batch, distillation), start / batchSize);
    onProgress?.(start + batch.length, rows.length);
  }
}

/**
 * Distils a few rows: first every full note, then the removals, so that rows that share a context
 * are read together.
 *
 * @returns One `full` row for each source row, and directly behind it its `removed` row where the
 *   full note was accepted and has an answer to remove.
 */
export async function distillBatch(
  rows: readonly SourceRow[],
  distillation: Distillation,
): Promise<NotesTableRow[]> {
  const full: NotesTableRow[] = [];
  for (const row of rows) full.push(await fullRow(row, distillation));
  const out: NotesTableRow[] = [];
  for (const [i, row] of rows.entries()) {
    out.push(full[i]);
    const removable = full[i].set === "D_f" && row.answer !== unknownAnswer;
    if (removable) out.push(await removedRow(row, distillation));
  }
  return out;
}

/** Counts what {@linkcode distill} gave. */
export function countNotes(rows: Iterable<NotesTableRow>): DistillCounts {
  const counts = { rows: 0, full: 0, empty: 0 };
  const rejected = new Map<string, number>();
  for (const row of rows) {
    counts.rows++;
    if (row.set === "D_f") counts.full++;
    else if (row.set === "D_e") counts.empty++;
    else {
      const reason = `${row.role}: ${row.reason?.replace(/\s*"[^"]*"/g, "") ?? "no verdict"}`;
      rejected.set(reason, (rejected.get(reason) ?? 0) + 1);
    }
  }
  return { ...counts, rejected: new Map([...rejected].sort((a, b) => b[1] - a[1])) };
}

/**
 * Distils one row: its `full` row, and behind it its `removed` row where there is one. What
 * {@linkcode distillBatch} gives for a batch of one.
 *
 * @throws {HaltError} where nothing more can be asked; a failed call becomes a row with its error.
 */
export async function distilRow(row: SourceRow, by: Distillation): Promise<NotesTableRow[]> {
  return await distillBatch([row], by);
}

async function fullRow(row: SourceRow, by: Distillation): Promise<NotesTableRow> {
  return await noteRow(row, "full", row.context, row.answer, by);
}

async function removedRow(row: SourceRow, by: Distillation): Promise<NotesTableRow> {
  try {
    const located = await by.teacher.locateAnswer(row.context, row.query, row.answer);
    if (located.passages.length === 0) {
      return removalFailed(row, located, "the teacher found no passage that holds the answer");
    }
    const context = removePassages(row.context, located.passages);
    return await noteRow(row, "removed", context, unknownAnswer, by);
  } catch (error) {
    if (error instanceof DataError) return removalFailed(row, null, error.message);
    if (!(error instanceof TeacherError)) throw error;
    return {
      ...base(row, "removed", row.context, row.answer),
      ...failure(error.message, replied),
    };
  }
}

/** Asks for a note, reads it and has it checked. */
async function noteRow(
  row: SourceRow,
  role: NotesTableRow["role"],
  context: string,
  answer: string,
  { teacher, verifier, format }: Distillation,
): Promise<NotesTableRow> {
  const asked = base(row, role, context, answer);
  let written: Partial<NotesTableRow> = {};
  try {
    const reply = await teacher.writeNote(context, row.query);
    const note = parseNote(reply.raw);
    written = {
      ...usageColumns(reply),
      raw_note: reply.raw,
      note: note === "" ? format.emptyNote : note,
    };
    const early = earlyRejection(reply, role, note);
    const verdict = early?.verdict ?? await verifier.verify({ query: row.query, note, answer });
    return {
      ...asked,
      ...written,
      ...verdictColumns(verdict, early?.rule ?? verifier),
      set: !verdict.accepted ? null : role === "full" ? "D_f" : "D_e",
    };
  } catch (error) {
    if (!(error instanceof TeacherError)) throw error;
    // What the teacher wrote was paid for, whatever became of its verification.
    const rule = written.raw_note === undefined ? replied : verified;
    return { ...asked, ...written, ...failure(error.message, rule) };
  }
}

function earlyRejection(
  { finishReason }: TeacherUsage,
  role: NotesTableRow["role"],
  note: string,
): { rule: Rule; verdict: Verdict } | undefined {
  if (finishReason === "length") {
    return { rule: complete, verdict: { accepted: false, reason: "the note was cut off" } };
  }
  if (role === "removed" && note !== "") {
    const reason = `a note is still found: "${note}"`;
    return { rule: answerRemoved, verdict: { accepted: false, reason } };
  }
}

const removalFailed = (
  row: SourceRow,
  usage: TeacherUsage | null,
  reason: string,
): NotesTableRow => ({
  ...base(row, "removed", row.context, row.answer),
  ...(usage ? usageColumns(usage) : {}),
  ...verdictColumns({ accepted: false, reason }, answerRemoved),
});

const FAILED = new Map([[replied, "the teacher failed"], [verified, "the verifier failed"]]);

const failure = (error: string, rule: Rule) => ({
  error,
  ...verdictColumns({ accepted: false, reason: FAILED.get(rule)! }, rule),
});

const base = (
  row: SourceRow,
  role: NotesTableRow["role"],
  context: string,
  answer: string,
): NotesTableRow => ({
  row_id: row.rowId,
  role,
  context,
  query: row.query,
  answer,
  question_type: row.questionType,
  raw_note: null,
  note: null,
  finish_reason: null,
  prompt_tokens: null,
  completion_tokens: null,
  cost_usd: null,
  error: null,
  rule: null,
  rule_version: null,
  verdict: null,
  reason: null,
  set: null,
});

const usageColumns = (usage: TeacherUsage) => ({
  finish_reason: usage.finishReason,
  prompt_tokens: usage.promptTokens,
  completion_tokens: usage.completionTokens,
  cost_usd: usage.costUsd,
});

const verdictColumns = ({ accepted, reason }: Verdict, { rule, version }: Rule) => ({
  rule,
  rule_version: version,
  verdict: accepted ? "accepted" as const : "rejected" as const,
  reason,
});
