/**
 * What the data card and the report say of a finished run, gathered from its files, one part in
 * memory at a time. The same files give the same facts.
 *
 * @module
 */
import { readFile } from "../base/files.ts";
import { hashFile, hashJson } from "../base/hash.ts";
import { parseNote } from "../rwr/note.ts";
import { type Manifest, type NotesTableRow, readRows, readTable } from "../tables/mod.ts";
import { countWords, Lengths, type LengthSummary } from "./lengths.ts";
import { partPath } from "./parts.ts";
import type { ReaskedAgreement } from "./reasked.ts";
import type { SelectionSummary } from "./selection.ts";
import { SmallestHashes } from "./smallest_hashes.ts";
import type { DistillationSummary } from "./summary.ts";

/** `summary.json`. */
export interface RunSummary extends DistillationSummary {
  /** How the verifier agrees with itself; null under a rule. */
  readonly reasked: ReaskedAgreement | null;
}

/** An accepted note over a whole context. */
export interface NoteLength {
  /** Words of the context. */
  readonly contextWords: number;
  /** Words of the note. */
  readonly noteWords: number;
}

/** Everything that is shown of a run. */
export interface RunFacts {
  /** `selection.json`. */
  readonly selection: SelectionSummary;
  /** `summary.json`. */
  readonly summary: RunSummary;
  /** How the first part of the notes was made. */
  readonly manifest: Manifest;
  /** Names and versions of the rules that gave verdicts, in alphabetical order. */
  readonly rules: readonly string[];
  /** Words of the contexts of all rows, and of the accepted notes. */
  readonly lengths: {
    readonly contexts: LengthSummary | null;
    readonly notes: LengthSummary | null;
  };
  /** Accepted notes, a sample where there are many. */
  readonly noteLengths: readonly NoteLength[];
  /** Rows of the notes table as examples: D_f, D_e, then each way of being rejected. */
  readonly examples: ReadonlyMap<string, readonly NotesTableRow[]>;
  /** SHA-256 over those of all parts of the notes table. */
  readonly notesHash: string;
}

const POINTS = 2000;
const EXAMPLES = 3;

/**
 * Reads a finished run.
 *
 * @param directory The run's folder, with `selection.json`, `summary.json` and all parts.
 * @throws {DataError} where a file is missing or damaged.
 */
export async function readRunFacts(directory: string): Promise<RunFacts> {
  const selection = await readJson<SelectionSummary>(`${directory}/selection.json`);
  const summary = await readJson<RunSummary>(`${directory}/summary.json`);
  const seen = new Seen();
  const hashes: string[] = [];
  for (let part = 0; part < selection.parts; part++) {
    const path = partPath(`${directory}/notes`, part);
    hashes.push(await hashFile(path));
    for (const row of await readRows(path, "notes")) seen.add(row);
  }
  const { manifest } = await readTable(partPath(`${directory}/notes`, 0), "notes");
  return { selection, summary, manifest, ...seen.facts(), notesHash: hashJson(hashes) };
}

async function readJson<T>(path: string): Promise<T> {
  return JSON.parse(new TextDecoder().decode(await readFile(path, "a run's counts"))) as T;
}

/** Gathers what rows show. */
class Seen {
  readonly #contexts = new Lengths();
  readonly #notes = new Lengths();
  readonly #points = new SmallestHashes<NoteLength>(POINTS);
  readonly #examples = new Map<string, SmallestHashes<NotesTableRow>>();
  readonly #rules = new Set<string>();

  add(row: NotesTableRow): void {
    if (row.rule) this.#rules.add(`${row.rule} (version ${row.rule_version})`);
    if (row.role === "full") this.#measure(row);
    const kind = row.set ?? `rejected: ${row.role}, ${row.rule}`;
    const examples = this.#examples.get(kind) ?? new SmallestHashes<NotesTableRow>(EXAMPLES);
    this.#examples.set(kind, examples);
    examples.add(`${row.row_id}/${row.role}`, row);
  }

  #measure({ row_id, context, note, set }: NotesTableRow): void {
    const contextWords = countWords(context);
    this.#contexts.add(contextWords);
    if (set !== "D_f" || note === null) return;
    const noteWords = countWords(parseNote(note));
    this.#notes.add(noteWords);
    this.#points.add(row_id, { contextWords, noteWords });
  }

  facts(): Pick<RunFacts, "rules" | "lengths" | "noteLengths" | "examples"> {
    const kinds = [...this.#examples.keys()].sort((a, b) =>
      Number(a.startsWith("rejected")) - Number(b.startsWith("rejected")) || (a < b ? 1 : -1)
    );
    return {
      rules: [...this.#rules].sort(),
      lengths: { contexts: this.#contexts.summary(), notes: this.#notes.summary() },
      noteLengths: this.#points.values(),
      examples: new Map(kinds.map((kind) => [kind, this.#examples.get(kind)!.values()])),
    };
  }
}
