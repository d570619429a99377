/**
 * The rows of table 1: which model answers, and how.
 *
 * @module
 */

/** One row of the table. */
export interface MethodRow {
  /** Its name in tables and figures. */
  readonly label: string;
  /** The stage whose model answers. */
  readonly model: "base" | "train-sft" | "train-rwr";
  /** How it is asked. */
  readonly method: "direct" | "rwr" | "rwr+ssa";
}

/** In the order of the table. */
export const METHOD_ROWS: readonly MethodRow[] = [
  { label: "Mamba", model: "base", method: "direct" },
  { label: "Mamba-SFT", model: "train-sft", method: "direct" },
  { label: "RwR", model: "train-rwr", method: "rwr" },
  { label: "RwR+SSA", model: "train-rwr", method: "rwr+ssa" },
];

/** The row from which differences are taken. */
export const BASELINE = "Mamba-SFT";

/** The answering stage of a row. */
export function answersStageName({ label }: MethodRow): string {
  return `answers-${label.toLowerCase().replaceAll("+", "-")}`;
}
