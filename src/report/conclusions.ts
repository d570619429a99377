/**
 * A table of scores in a few sentences: how far methods are from a baseline, on questions about two
 * facts and about one. Every sentence is made from the scores; none presumes an outcome.
 *
 * @module
 */
import { DataError } from "../base/errors.ts";
import { columnStrata, type ScoreRow, type Series, type TableColumn } from "../figures/mod.ts";
import { inSeries } from "../figures/shared/rows.ts";
import { type Difference, pairedDifference } from "../figures/shared/statistics.ts";
import { thousands } from "../figures/shared/theme.ts";
import { QUESTION_TYPES } from "../tables/question_types.ts";

/** What {@linkcode conclusions} reads. */
export interface ConclusionsInput {
  /** Rows of `scores.arrow`, of one metric. */
  readonly scores: readonly ScoreRow[];
  /** All methods; each but the baseline gets its sentence. */
  readonly series: readonly Series[];
  /** Label of the series that differences are taken from. */
  readonly baseline: string;
  /** Names the random stream of the intervals, as for table 1. */
  readonly seed: string;
}

/** Question types whose answer takes two facts of the history. */
export const TWO_FACT_TYPES: readonly TableColumn[] = ["multi-session", "temporal-reasoning"];
const SINGLE_FACT_TYPES = QUESTION_TYPES.filter((type) => !TWO_FACT_TYPES.includes(type));

/**
 * One paragraph a length, shortest first, with a sentence for each method but the baseline: the
 * differences on average, on two-fact types and on single-fact types, with 95% bootstrap intervals
 * over items. A difference that does not exist, because a type has no items, is said to be missing.
 *
 * @throws {DataError} where no series has the baseline's label, or rows do not fit together.
 */
export function conclusions({ scores, series, baseline, seed }: ConclusionsInput): string[] {
  const base = series.find(({ label }) => label === baseline);
  if (!base) {
    throw new DataError(
      `conclusions: the baseline "${baseline}" is not among ` +
        `${series.map(({ label }) => label).join(", ")}; name one of them`,
    );
  }
  const lengths = [...new Set(scores.map((row) => row.length))].sort((a, b) => a - b);
  return lengths.map((length) => {
    const rows = scores.filter((row) => row.length === length);
    const reference = rows.filter((row) => inSeries(row, base));
    const sentences = series.filter((one) => one !== base).map((one) => {
      const own = rows.filter((row) => inSeries(row, one));
      return `${one.label} − ${baseline}: ${differences(own, reference, seed)}.`;
    });
    return [`At ${thousands(length)} tokens, in percentage points.`, ...sentences].join(" ");
  });
}

function differences(own: readonly ScoreRow[], base: readonly ScoreRow[], seed: string): string {
  const over = (types: readonly TableColumn[]): string => {
    const strata = (rows: readonly ScoreRow[]) => types.flatMap((type) => columnStrata(rows, type));
    return points(pairedDifference(strata(own), strata(base), seed));
  };
  return `${over(["average"])} on average, ${over(TWO_FACT_TYPES)} on the two-fact types, ` +
    `${over(SINGLE_FACT_TYPES)} on the single-fact types`;
}

function points({ difference, interval }: Difference): string {
  if (difference === null || interval === null) return "(no items of every type)";
  return `${signed(difference)} [${signed(interval[0])}, ${signed(interval[1])}]`;
}

/** `0.07` as `+7.0`; what rounds to zero has no sign. */
function signed(share: number): string {
  const text = Math.abs(100 * share).toFixed(1);
  if (text === "0.0") return text;
  return `${share < 0 ? "−" : "+"}${text}`;
}
