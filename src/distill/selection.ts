/**
 * Which rows of OpenOrca are distilled: read twice, so that memory holds a few numbers a row. The
 * first pass decides, the second writes.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Json } from "../base/canonical_json.ts";
import { ConfigError, DataError } from "../base/errors.ts";
import { exists, writeFileAtomic } from "../base/files.ts";
import { hashJson } from "../base/hash.ts";
import {
  openOpenOrca,
  OPENORCA_STRATA,
  type OpenOrcaRow,
  type OpenOrcaSource,
  type OpenOrcaSplit,
  type OpenOrcaStratum,
  SPLIT_REASONS,
  type SplitLimits,
  splitOpenOrca,
} from "../sources/mod.ts";
import type { Tokenizer } from "../tokenizer/mod.ts";
import { Candidates, quotas } from "./draw.ts";
import { HashSet } from "./hash_set.ts";
import { PART_ROWS, partPath, PartWriter } from "./parts.ts";

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

/**
 * Selects rows and writes them, in source order, as `selection/part-00000.arrow` and so on, with
 * `selection.json` last. The same configuration over the same rows gives the same bytes, whatever
 * format the rows are in. A selection that is finished is not made again, nor are its parts where
 * it was interrupted.
 *
 * @param directory The run's folder.
 * @throws {ConfigError} where the number of rows is none, or the folder holds another selection.
 * @throws {DataError} where the source cannot be read, changes between the passes, or holds no
 *   row that can be selected.
 */
export async function selectRows(
  config: SelectionConfig,
  directory: string,
  onProgress: OnSelectionProgress = () => {},
): Promise<SelectionSummary> {
  if (!Number.isSafeInteger(config.rows) || config.rows < 1) {
    throw new ConfigError(`selection: found ${config.rows} rows, expected an integer from 1`);
  }
  const source = await openOpenOrca(config.source);
  const described = describe(config, source);
  const finished = await readFinished(directory, hashJson(described));
  if (finished) return finished;
  const decision = await decide(config, source, onProgress);
  const summary = await write(config, source, described, decision, directory, onProgress);
  await writeFileAtomic(summaryPath(directory), `${JSON.stringify(summary, null, 2)}\n`);
  return summary;
}

const summaryPath = (directory: string): string => `${directory}/selection.json`;

/** All that decides what is selected; the place of the files does not. */
function describe(config: SelectionConfig, source: OpenOrcaSource): Json {
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

async function readFinished(
  directory: string,
  configHash: string,
): Promise<SelectionSummary | undefined> {
  const path = summaryPath(directory);
  if (!await exists(path)) return;
  const summary = parseSummary(path, await Deno.readTextFile(path));
  if (summary.configHash !== configHash) {
    throw new ConfigError(
      `selection in ${directory}: found one of another configuration or source ` +
        `(${summary.configHash}), expected ${configHash}; choose another folder, or delete this one`,
    );
  }
  for (let part = 0; part < summary.parts; part++) {
    if (!await exists(partPath(`${directory}/selection`, part))) return;
  }
  return summary;
}

function parseSummary(path: string, text: string): SelectionSummary {
  try {
    return JSON.parse(text) as SelectionSummary;
  } catch (cause) {
    throw new DataError(
      `reading ${path}: found no JSON, expected what this kit wrote; delete it and run again`,
      { cause },
    );
  }
}

/** What the first pass found. */
interface Decision {
  readonly rowsHash: string;
  readonly rowsRead: number;
  /** Numbers of the selected rows, ascending. */
  readonly drawn: Uint32Array;
  readonly read: readonly number[];
  readonly candidates: readonly number[];
  readonly reasons: Readonly<Record<SelectionReason, number>>;
  readonly contamination: Readonly<Record<string, ContaminatedRows>>;
}

/** SHA-256 over rows, each field ended by a character that no text holds. */
class RowsHash {
  readonly #hash = createHash("sha256");

  add({ id, system_prompt, question, response }: OpenOrcaRow): void {
    const end = "\u0000";
    this.#hash.update(`${id}${end}${system_prompt}${end}${question}${end}${response}${end}`);
  }

  digest(): string {
    return this.#hash.digest("hex");
  }
}

/** The number that finds doubles (two halves) and the one that ranks candidates, below 2^53. */
function keysOf(
  seed: number,
  { context, query }: Pick<OpenOrcaSplit, "context" | "query">,
): [number, number, number] {
  const hash = createHash("sha256").update(`${seed}\u0000${context}\u0000${query}`).digest();
  const rank = (hash.readUInt32LE(8) >>> 11) * 2 ** 32 + hash.readUInt32LE(12);
  return [hash.readUInt32LE(0), hash.readUInt32LE(4), rank];
}

function cut(config: SelectionConfig) {
  const countTokens = (text: string) => config.tokenizer.encode(text).length;
  return (row: OpenOrcaRow) => splitOpenOrca(row, config.limits, countTokens);
}

async function decide(
  config: SelectionConfig,
  source: OpenOrcaSource,
  onProgress: OnSelectionProgress,
): Promise<Decision> {
  const split = cut(config);
  const hash = new RowsHash();
  const seen = new HashSet();
  const candidates = new Candidates();
  const read = OPENORCA_STRATA.map(() => 0);
  const reasons = Object.fromEntries(SELECTION_REASONS.map((reason) => [reason, 0])) as Record<
    SelectionReason,
    number
  >;
  const contamination: Record<string, ContaminatedRows> = {};

  const reasonAgainst = (row: OpenOrcaRow, index: number): SelectionReason | undefined => {
    const result = split(row);
    if ("reason" in result) return result.reason;
    const [high, low, rank] = keysOf(config.seed, result.split);
    if (!seen.add(high, low)) return "duplicate";
    const item = config.contamination?.contaminated(result.split);
    if (item) {
      const { rows, example, words } = contamination[item.id] ??
        { rows: 0, example: row.id, words: item.words };
      contamination[item.id] = { rows: rows + 1, example, words };
      return "contaminated";
    }
    candidates.add(index, rank, OPENORCA_STRATA.indexOf(result.split.stratum));
  };

  for await (const row of config.without?.rows() ?? []) {
    const [high, low] = keysOf(config.seed, row);
    seen.add(high, low);
  }
  let index = 0;
  for await (const row of source.rows()) {
    hash.add(row);
    const stratum = OPENORCA_STRATA.findIndex((name) => row.id.startsWith(`${name}.`));
    if (stratum >= 0) read[stratum]++;
    const reason = reasonAgainst(row, index++);
    if (reason) reasons[reason]++;
    if (index % 1000 === 0) onProgress(1, index, undefined);
  }
  const counts = candidates.counts(OPENORCA_STRATA.length);
  const drawn = candidates.draw(quotas(counts, config.rows));
  if (drawn.length === 0) {
    const found = Object.entries(reasons).filter(([, count]) => count > 0)
      .map(([reason, count]) => `${reason}: ${count}`).join(", ");
    throw new DataError(
      `selecting from ${config.source}: found ${index} rows and none that can be selected ` +
        `(${found || "the files are empty"}), expected some; loosen the limits or check the source`,
    );
  }
  reasons["not drawn"] = counts.reduce((sum, count) => sum + count, 0) - drawn.length;
  return {
    rowsHash: hash.digest(),
    rowsRead: index,
    drawn,
    read,
    candidates: counts,
    reasons,
    contamination,
  };
}

async function write(
  config: SelectionConfig,
  source: OpenOrcaSource,
  described: Json,
  decision: Decision,
  directory: string,
  onProgress: OnSelectionProgress,
): Promise<SelectionSummary> {
  const split = cut(config);
  const hash = new RowsHash();
  const configHash = hashJson(described);
  const parts = new PartWriter(`${directory}/selection`, (part, ids) => ({
    config: { selection: configHash, part, ids },
    inputs: { rows: decision.rowsHash },
    code: config.code,
    adapter: null,
    driver: null,
    rowsIn: decision.rowsRead,
  }));
  const selected = OPENORCA_STRATA.map(() => 0);
  const templates: Record<string, number> = {};
  let index = 0;
  let next = 0;
  for await (const row of source.rows()) {
    hash.add(row);
    if (index++ === decision.drawn[next]) {
      next++;
      const result = split(row);
      if ("reason" in result) throw changed(config.source);
      const { stratum, template } = result.split;
      const name = `${stratum}/${template}`;
      selected[OPENORCA_STRATA.indexOf(stratum)]++;
      templates[name] = (templates[name] ?? 0) + 1;
      await parts.add(row.id, result.split, name);
    }
    if (index % 1000 === 0) onProgress(2, index, decision.rowsRead);
  }
  if (hash.digest() !== decision.rowsHash) throw changed(config.source);
  await parts.finish();
  onProgress(2, index, decision.rowsRead);
  const byStratum = OPENORCA_STRATA.map((name, i) =>
    [name, {
      read: decision.read[i],
      candidates: decision.candidates[i],
      selected: selected[i],
    }] as const
  );
  return {
    configHash,
    config: described,
    rowsHash: decision.rowsHash,
    rowsRead: decision.rowsRead,
    candidates: decision.candidates.reduce((sum, count) => sum + count, 0),
    selected: decision.drawn.length,
    parts: Math.ceil(decision.drawn.length / PART_ROWS),
    reasons: decision.reasons,
    strata: Object.fromEntries(byStratum) as SelectionSummary["strata"],
    templates: sorted(templates),
    contamination: sorted(decision.contamination),
  };
}

const sorted = <T>(counts: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(counts).sort(([a], [b]) => a < b ? -1 : 1));

function changed(source: string): DataError {
  return new DataError(
    `selecting from ${source}: found other rows in the second pass than in the first, expected ` +
      `files that nobody writes to; run the command again`,
  );
}
