/**
 * How far a verifying model agrees with itself: a sample of the notes is judged a second time.
 *
 * @module
 */
import { TeacherError } from "../base/errors.ts";
import { exists } from "../base/files.ts";
import { type Estimate, wilson } from "../base/statistics.ts";
import { PutOff } from "../llm/batch/put_off.ts";
import { parseNote } from "../rwr/note.ts";
import {
  type ManifestInput,
  type NotesTableRow,
  readRows,
  type ReaskedTableRow,
  writeRows,
} from "../tables/mod.ts";
import { compareVerdicts, type VerifierPair } from "../teacher/disagreement.ts";
import type { Verifier } from "../teacher/verifier.ts";
import { partPath } from "./parts.ts";
import type { Shard } from "./shard.ts";
import { SmallestHashes } from "./smallest_hashes.ts";

/** Notes of a part that are judged again: 2 % of a whole one. */
export const REASKED_NOTES = 20;

/** What {@linkcode reaskParts} works with. */
export interface Reasking {
  /** The run's folder, with every part of the notes table that is this shard's. */
  readonly directory: string;
  /** How many parts the run has. */
  readonly parts: number;
  /** Which of them are this process's. */
  readonly shard: Shard;
  /** The rule that the notes were judged by. */
  readonly rule: string;
  /** The same verifier asked anew, such as `llmVerifier(llm, 1)`. */
  readonly again: Verifier;
  /** Where answers come in batches: gets those of all questions put off so far. */
  readonly answers?: () => Promise<void>;
  /** How the parts are made, without their row counts. */
  readonly manifest: Omit<ManifestInput, "rowsIn">;
}

/**
 * Writes `reasked/part-00000.arrow` and so on beside the notes: for each part, the notes over whole
 * contexts whose rows have the smallest hashes. Parts that are there are not made again. A verifier
 * that fails leaves a row without a second verdict.
 *
 * @throws {HaltError} where nothing more can be asked; the same call goes on from there.
 */
export async function reaskParts(reasking: Reasking): Promise<void> {
  const { parts, shard, answers } = reasking;
  for (let again = true; again;) {
    await answers?.();
    again = false;
    for (let part = shard.index; part < parts; part += shard.count) {
      if (!await reaskPart(reasking, part)) again = true;
    }
  }
}

/** @returns Whether the part is there; not where an answer was put off. */
async function reaskPart(
  { directory, rule, again, manifest }: Reasking,
  part: number,
): Promise<boolean> {
  const path = partPath(`${directory}/reasked`, part);
  if (await exists(path)) return true;
  const notes = await readRows(partPath(`${directory}/notes`, part), "notes");
  const drawn = draw(notes.filter((row) => row.role === "full" && wasJudged(row, rule)));
  const asked = await Promise.allSettled(drawn.map((row) => reask(row, again)));
  const failed = asked.flatMap((result) => result.status === "rejected" ? [result.reason] : []);
  const halted = failed.find((reason) => !(reason instanceof PutOff));
  if (halted) throw halted;
  if (failed.length > 0) return false;
  const rows = asked.map((result) => (result as PromiseFulfilledResult<ReaskedTableRow>).value);
  await writeRows(path, "reasked", rows, { ...manifest, rowsIn: notes.length });
  return true;
}

/** Whether a model was asked: empty notes are judged without one. */
function wasJudged(row: NotesTableRow, rule: string): boolean {
  return row.rule === rule && row.note !== null && parseNote(row.note) !== "";
}

/** A sample that depends on the rows alone, in their order. */
function draw(rows: readonly NotesTableRow[]): NotesTableRow[] {
  const sample = new SmallestHashes<NotesTableRow>(REASKED_NOTES);
  for (const row of rows) sample.add(row.row_id, row);
  const drawn = new Set(sample.values());
  return rows.filter((row) => drawn.has(row));
}

async function reask(row: NotesTableRow, again: Verifier): Promise<ReaskedTableRow> {
  const { row_id, query, answer, verdict, reason } = row;
  const known = { row_id, verdict: verdict!, reason: reason! };
  try {
    const second = await again.verify({ query, note: parseNote(row.note!), answer });
    const verdict_again = second.accepted ? "accepted" : "rejected";
    return { ...known, verdict_again, reason_again: second.reason };
  } catch (error) {
    if (!(error instanceof TeacherError)) throw error;
    return { ...known, verdict_again: null, reason_again: error.message };
  }
}

/** The first verdicts beside the second ones. */
export interface ReaskedAgreement extends Omit<VerifierPair, "a" | "b"> {
  /** Notes that were asked about again, those on which the verifier failed among them. */
  readonly asked: number;
  /** Share of the same verdict with Wilson's 95 % interval; null where there is none. */
  readonly share: Estimate | null;
}

/**
 * Compares first and second verdicts of a run; `onlyA` counts notes that the second one rejects.
 *
 * @returns null where nothing was asked again, as under a rule.
 */
export async function reaskedAgreement(
  directory: string,
  parts: number,
): Promise<ReaskedAgreement | null> {
  const rows: ReaskedTableRow[] = [];
  for (let part = 0; part < parts; part++) {
    const path = partPath(`${directory}/reasked`, part);
    if (await exists(path)) rows.push(...await readRows(path, "reasked"));
  }
  if (rows.length === 0) return null;
  const accepted = (verdict: string | null): boolean | undefined =>
    verdict === null ? undefined : verdict === "accepted";
  const pair = compareVerdicts(
    rows.map(({ verdict }) => accepted(verdict)),
    rows.map(({ verdict_again }) => accepted(verdict_again)),
  );
  const both = rows.filter(({ verdict_again }) => verdict_again !== null);
  const same = both.map(({ verdict, verdict_again }) => ({
    sum: Number(verdict === verdict_again),
    count: 1,
  }));
  return { ...pair, asked: rows.length, share: wilson(same) };
}
