/**
 * The first pass over a source: which of its rows are drawn, and why the others are not. A few numbers
 * a row are kept.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { DataError } from "../base/errors.ts";
import {
  OPENORCA_STRATA,
  type OpenOrcaRow,
  type OpenOrcaSource,
  type OpenOrcaSplit,
  splitOpenOrca,
} from "../sources/mod.ts";
import { Candidates, quotas } from "./draw.ts";
import { HashSet } from "./hash_set.ts";
import {
  type ContaminatedRows,
  type OnSelectionProgress,
  SELECTION_REASONS,
  type SelectionConfig,
  type SelectionReason,
} from "./selection_config.ts";

/** What the first pass found. */
export interface Decision {
  /** {@linkcode RowsHash} of all rows. */
  readonly rowsHash: string;
  /** How many there are. */
  readonly rowsRead: number;
  /** Numbers of the selected rows, ascending. */
  readonly drawn: Uint32Array;
  /** Rows by collection. */
  readonly read: readonly number[];
  /** Rows that could be drawn, by collection. */
  readonly candidates: readonly number[];
  /** Rows left out, by reason. */
  readonly reasons: Readonly<Record<SelectionReason, number>>;
  /** Rows left out as contaminated, by item. */
  readonly contamination: Readonly<Record<string, ContaminatedRows>>;
}

/** SHA-256 over rows, each field ended by a character that no text holds. */
export class RowsHash {
  readonly #hash = createHash("sha256");

  /** Adds the next row. */
  add({ id, system_prompt, question, response }: OpenOrcaRow): void {
    const end = "\u0000";
    this.#hash.update(`${id}${end}${system_prompt}${end}${question}${end}${response}${end}`);
  }

  /** The hash of all so far. */
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

/** Cuts rows as the configuration says. */
export function cut(config: SelectionConfig) {
  const countTokens = (text: string) => config.tokenizer.encode(text).length;
  return (row: OpenOrcaRow) => splitOpenOrca(row, config.limits, countTokens);
}

/**
 * Reads all rows once and draws.
 *
 * @throws {DataError} where none can be drawn.
 */
export async function decide(
  config: SelectionConfig,
  source: OpenOrcaSource,
  onProgress: OnSelectionProgress,
): Promise<Decision> {
  const pass = new FirstPass(config);
  const hash = new RowsHash();
  for await (const row of config.without?.rows() ?? []) pass.leaveOut(row);
  for await (const row of source.rows()) {
    hash.add(row);
    pass.add(row);
    if (pass.rows % 1000 === 0) onProgress(1, pass.rows, undefined);
  }
  return { rowsHash: hash.digest(), rowsRead: pass.rows, ...pass.draw() };
}

/** What is known of the rows so far. */
class FirstPass {
  readonly #config: SelectionConfig;
  readonly #split: ReturnType<typeof cut>;
  readonly #seen = new HashSet();
  readonly #candidates = new Candidates();
  readonly #read = OPENORCA_STRATA.map(() => 0);
  readonly #reasons = Object.fromEntries(SELECTION_REASONS.map((reason) => [reason, 0])) as Record<
    SelectionReason,
    number
  >;
  readonly #contamination: Record<string, ContaminatedRows> = {};
  #rows = 0;

  constructor(config: SelectionConfig) {
    this.#config = config;
    this.#split = cut(config);
  }

  get rows(): number {
    return this.#rows;
  }

  /** A row of the source that is like this one is a duplicate. */
  leaveOut(row: Pick<OpenOrcaSplit, "context" | "query">): void {
    const [high, low] = keysOf(this.#config.seed, row);
    this.#seen.add(high, low);
  }

  add(row: OpenOrcaRow): void {
    const stratum = OPENORCA_STRATA.findIndex((name) => row.id.startsWith(`${name}.`));
    if (stratum >= 0) this.#read[stratum]++;
    const reason = this.#reasonAgainst(row, this.#rows++);
    if (reason) this.#reasons[reason]++;
  }

  #reasonAgainst(row: OpenOrcaRow, index: number): SelectionReason | undefined {
    const result = this.#split(row);
    if ("reason" in result) return result.reason;
    const [high, low, rank] = keysOf(this.#config.seed, result.split);
    if (!this.#seen.add(high, low)) return "duplicate";
    const item = this.#config.contamination?.contaminated(result.split);
    if (item) {
      const { rows, example, words } = this.#contamination[item.id] ??
        { rows: 0, example: row.id, words: item.words };
      this.#contamination[item.id] = { rows: rows + 1, example, words };
      return "contaminated";
    }
    this.#candidates.add(index, rank, OPENORCA_STRATA.indexOf(result.split.stratum));
  }

  draw(): Omit<Decision, "rowsHash" | "rowsRead"> {
    const { source, rows } = this.#config;
    const counts = this.#candidates.counts(OPENORCA_STRATA.length);
    const drawn = this.#candidates.draw(quotas(counts, rows));
    if (drawn.length === 0) {
      const found = Object.entries(this.#reasons).filter(([, count]) => count > 0)
        .map(([reason, count]) => `${reason}: ${count}`).join(", ");
      throw new DataError(
        `selecting from ${source}: found ${this.#rows} rows and none that can be selected ` +
          `(${
            found || "the files are empty"
          }), expected some; loosen the limits or check the source`,
      );
    }
    this.#reasons["not drawn"] = counts.reduce((sum, count) => sum + count, 0) - drawn.length;
    return {
      drawn,
      read: this.#read,
      candidates: counts,
      reasons: this.#reasons,
      contamination: this.#contamination,
    };
  }
}
