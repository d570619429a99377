/**
 * What is trained on: rows of the notes table and plain rows as the parts of samples.
 *
 * @module
 */
import { acceptedNote, type TrainingMode } from "../../rwr/mixing.ts";
import { plainFormat } from "../../rwr/prompts.ts";
import { type SamplePart, turnParts } from "../../rwr/sample.ts";
import type { NotesTableRow } from "../../tables/mod.ts";

/**
 * What a sample is of: a note over a whole context, such a note that is empty by nature, an empty
 * note over a context without the answer, or a plain row.
 */
export const MIX_SETS = ["D_f", "D_f_empty", "D_e", "plain"] as const;

/** One of {@linkcode MIX_SETS}. */
export type MixSet = typeof MIX_SETS[number];

/** A sample before it is tokenized. */
export interface MixSample {
  /** What it is of. */
  readonly set: MixSet;
  /** Its source row. */
  readonly rowId: string;
  /** A prompt and a response. */
  readonly parts: readonly SamplePart[];
}

/** A question about a context, answered at once. */
export interface PlainRow {
  /** The source row. */
  readonly row_id: string;
  /** The context. */
  readonly context: string;
  /** The question. */
  readonly query: string;
  /** The answer. */
  readonly answer: string;
}

/** A plain row's sample, the same in both modes. */
export function plainSample(row: PlainRow): MixSample {
  return { set: "plain", rowId: row.row_id, parts: partsOf(row, null) };
}

/**
 * The samples of a part of the notes table.
 *
 * @param rejected Whether rows whose note over the whole context was rejected are plain ones.
 */
export function* noteSamples(
  rows: readonly NotesTableRow[],
  mode: TrainingMode,
  rejected: boolean,
): Generator<MixSample> {
  for (const row of rows) {
    if (row.set === null) {
      if (rejected && row.role === "full") yield plainSample(row);
      continue;
    }
    const note = acceptedNote(row, plainFormat);
    const set = row.set === "D_f" && note === plainFormat.emptyNote ? "D_f_empty" : row.set;
    yield { set, rowId: row.row_id, parts: partsOf(row, mode === "sft" ? null : note) };
  }
}

function partsOf({ context, query, answer }: PlainRow, note: string | null): SamplePart[] {
  const opening = { text: plainFormat.opening(context), response: false };
  return [opening, ...turnParts({ query, note, answer }, plainFormat)];
}
