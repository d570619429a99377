/**
 * What a selection is asked for, and what it tells.
 *
 * @module
 */
import type { Json } from "../base/canonical_json.ts";
import {
  type OpenOrcaSource,
  type OpenOrcaSplit,
  type OpenOrcaStratum,
  SPLIT_REASONS,
  type SplitLimits,
} from "../sources/mod.ts";
import type { Tokenizer } from "../tokenizer/mod.ts";

/** Raised by whoever changes which rows are selected, or how they are cut. */
const SELECTION_VERSION = 2;

/** Why a row is not selected; `not drawn` would have been, had more rows been asked for. */
export const SELECTION_REASONS = [
  ...SPLIT_REASONS,
  "duplicate",
  "contaminated",
  "not drawn",
] as const;

/** One of {@linkcode SELECTION_REASONS}. */
export type SelectionReason = typeof SELECTION_REASONS[number];

/** An item of an evaluation that a row overlaps with. */
export interface Contamination {
  /** The item. */
  readonly id: string;
  /** Words that both have. */
  readonly words: string;
}

/** What one file of an evaluation gave to compare rows with. */
export interface ComparedItems {
  /** Its items. */
  readonly items: number;
  /** Items whose question is too short to be compared. */
  readonly tooShort: number;
  /** Evidence passages that are compared. */
  readonly passages: number;
}

/** Finds rows that share text with what models are evaluated on. */
export interface ContaminationCheck {
  /** SHA-256 of what rows are compared with, for the configuration. */
  readonly hash: string;
  /** What each file gave to compare with, by its name. */
  readonly files: Readonly<Record<string, ComparedItems>>;
  /** The item that the row overlaps with; undefined where it may be trained on. */
  contaminated(row: Pick<OpenOrcaSplit, "context" | "query" | "answer">): Contamination | undefined;
}

/** What to select. */
export interface SelectionConfig {
  /** A file, a folder, or `hub:owner/dataset`; see `openOpenOrca`. */
  readonly source: string;
  /** Names the draw. */
  readonly seed: number;
  /** Rows to select; all candidates where there are no more. */
  readonly rows: number;
  /** What may be taken, in tokens. */
  readonly limits: SplitLimits;
  /** Counts the tokens. */
  readonly tokenizer: Pick<Tokenizer, "hash" | "encode">;
  /** Rows that it finds are left out; nothing is left out where it is absent. */
  readonly contamination?: ContaminationCheck;
  /**
   * Another selection, none of whose rows are drawn: they count as duplicates. Contexts and queries
   * with what names them; nothing is left out where it is absent.
   */
  readonly without?: {
    /** Names the rows, for the configuration. */
    readonly hash: string;
    /** The rows. */
    rows(): AsyncIterable<Pick<OpenOrcaSplit, "context" | "query">>;
  };
  /** Version of the code, for manifests. */
  readonly code: string;
}

/** What was selected, as `selection.json` holds it. */
export interface SelectionSummary {
  /** SHA-256 of the configuration and the source's files. */
  readonly configHash: string;
  /** The configuration and the source's files. */
  readonly config: Json;
  /** SHA-256 of the rows that were read, whatever the format of their files. */
  readonly rowsHash: string;
  /** Rows of the source. */
  readonly rowsRead: number;
  /** Rows that could have been selected. */
  readonly candidates: number;
  /** Rows selected. */
  readonly selected: number;
  /** Parts written. */
  readonly parts: number;
  /** Rows left out, by reason. */
  readonly reasons: Readonly<Record<SelectionReason, number>>;
  /** Rows by collection. */
  readonly strata: Readonly<
    Record<OpenOrcaStratum, { read: number; candidates: number; selected: number }>
  >;
  /** Rows selected, by collection and template. */
  readonly templates: Readonly<Record<string, number>>;
  /** Rows left out as contaminated, by item of the evaluation. */
  readonly contamination: Readonly<Record<string, ContaminatedRows>>;
}

/** What an item of an evaluation kept from being selected. */
export interface ContaminatedRows {
  /** Rows left out. */
  readonly rows: number;
  /** Id of the first of them. */
  readonly example: string;
  /** Words that it shares with the item. */
  readonly words: string;
}

/** Called every thousand rows: the pass, rows read in it, and all rows, once they are known. */
export type OnSelectionProgress = (pass: 1 | 2, rows: number, total: number | undefined) => void;

/** All that decides what is selected; the place of the files does not. */
export function describeSelection(config: SelectionConfig, source: OpenOrcaSource): Json {
  return {
    version: SELECTION_VERSION,
    files: source.files.map(({ name, bytes }) => ({ name, bytes })),
    seed: config.seed,
    rows: config.rows,
    limits: { ...config.limits },
    tokenizer: config.tokenizer.hash,
    contamination: comparedWith(config.contamination),
    ...(config.without && { without: config.without.hash }),
    code: config.code,
  };
}

function comparedWith(check: ContaminationCheck | undefined): Json {
  if (!check) return null;
  const files = Object.entries(check.files).map(([name, counts]) => [name, { ...counts }]);
  return { hash: check.hash, files: Object.fromEntries(files) };
}
