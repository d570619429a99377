/**
 * What became of a run's rows, from the parts of its notes table, one part in memory at a time.
 *
 * @module
 */
import { type NotesTableRow, readRows } from "../tables/mod.ts";
import { verifierDisagreement, type VerifierPair } from "../teacher/disagreement.ts";
import {
  exactContainment,
  lexicalOverlap,
  normalisedContainment,
} from "../teacher/llm_verifier.ts";
import type { NoteToVerify, Verifier } from "../teacher/verifier.ts";
import { parseNote } from "../rwr/note.ts";
import { partPath } from "./parts.ts";

/** Counts of one group of source rows. */
export interface GroupCounts {
  /** Source rows. */
  rows: number;
  /** Notes accepted over the whole context, D_f. */
  full: number;
  /** Empty notes accepted over a context without the answer, D_e. */
  empty: number;
}

/** What became of the rows. */
export interface DistillationSummary {
  /** All source rows. */
  readonly all: GroupCounts;
  /** By collection and template, in alphabetical order. */
  readonly byType: Readonly<Record<string, GroupCounts>>;
  /** Rejected rows of the notes table by role and rule; several reasons have one rule. */
  readonly rejected: Readonly<Record<string, number>>;
  /** The run's verifier and the rules, two by two, on the notes over whole contexts of part 0. */
  readonly disagreement: readonly VerifierPair[];
  /** Tokens of prompts and replies of the accepted and rejected notes, and their cost. */
  readonly notes: {
    readonly promptTokens: number;
    readonly completionTokens: number;
    readonly costUsd: number;
  };
}

/** Counts the rows of `parts` parts. */
export async function summarise(notes: string, parts: number): Promise<DistillationSummary> {
  const zero = (): GroupCounts => ({ rows: 0, full: 0, empty: 0 });
  const all = zero();
  const byType = new Map<string, GroupCounts>();
  const rejected = new Map<string, number>();
  const spent = { promptTokens: 0, completionTokens: 0, costUsd: 0 };
  const count = (row: NotesTableRow): void => {
    const type = byType.get(row.question_type) ?? zero();
    byType.set(row.question_type, type);
    for (const group of [all, type]) {
      group.rows += Number(row.role === "full");
      group.full += Number(row.set === "D_f");
      group.empty += Number(row.set === "D_e");
    }
    if (row.set === null) {
      const why = `${row.role}: ${row.rule}`;
      rejected.set(why, (rejected.get(why) ?? 0) + 1);
    }
    spent.promptTokens += row.prompt_tokens ?? 0;
    spent.completionTokens += row.completion_tokens ?? 0;
    spent.costUsd += row.cost_usd ?? 0;
  };
  for (let part = 0; part < parts; part++) {
    for (const row of await readRows(partPath(notes, part), "notes")) count(row);
  }
  const first = await readRows(partPath(notes, 0), "notes");
  const sorted = <T>(map: ReadonlyMap<string, T>): Record<string, T> =>
    Object.fromEntries([...map].sort(([a], [b]) => a < b ? -1 : 1));
  return {
    all,
    byType: sorted(byType),
    rejected: sorted(rejected),
    disagreement: await disagreementOf(first),
    notes: spent,
  };
}

/** Rules that need no model beside the verdicts on record. */
async function disagreementOf(rows: readonly NotesTableRow[]): Promise<VerifierPair[]> {
  const judged = rows.filter(({ role, note, error }) =>
    role === "full" && note !== null && error === null
  );
  const verdicts = new Map<NoteToVerify, NotesTableRow>(judged.map((row) => [
    { query: row.query, note: parseNote(row.note!), answer: row.answer },
    row,
  ]));
  if (verdicts.size === 0) return [];
  const recorded: Verifier = {
    rule: "on record",
    version: judged[0].rule_version ?? "",
    verify: (note) => {
      const { verdict, reason } = verdicts.get(note)!;
      return Promise.resolve({ accepted: verdict === "accepted", reason: reason ?? "" });
    },
  };
  const rules = [recorded, exactContainment, normalisedContainment, lexicalOverlap];
  return await verifierDisagreement([...verdicts.keys()], rules);
}
