/**
 * What a prompt layout is, and the collections that have them.
 *
 * @module
 */

/** Which of its collections a row of OpenOrca is from: the first part of its id. */
export type OpenOrcaStratum = "niv" | "flan" | "t0" | "cot";

/** All strata, in the order in which counts are listed. */
export const OPENORCA_STRATA: readonly OpenOrcaStratum[] = ["niv", "flan", "t0", "cot"];

/** A layout with its two places. */
export interface OpenOrcaTemplate {
  /** Name, as counts and question types show it. */
  readonly name: string;
  /** The layout with `{context}` and `{query}`, each once. */
  readonly layout: string;
  /** How the question is put to a model that is handed the context apart; `{query}` where absent. */
  readonly ask?: string;
  /** Whether the answer is a piece of the context, so that its words must occur there. */
  readonly extractive: boolean;
  /** Whether the query must end in a question mark, because the layout has no words of its own. */
  readonly bare?: boolean;
  /** Whether the query may have several lines. */
  readonly lines?: boolean;
  /** Whether the context must begin with a label such as `Passage:`, because no words tell where. */
  readonly labelled?: boolean;
}

/** A layout whose answers are pieces of the context. */
export const extractive = (name: string, layout: string, ask?: string): OpenOrcaTemplate => ({
  name,
  layout,
  ask,
  extractive: true,
});
/** A layout whose answers need not occur in the context. */
export const judged = (name: string, layout: string, ask?: string): OpenOrcaTemplate => ({
  name,
  layout,
  ask,
  extractive: false,
});

/** A layout of a task's definition and its input. */
export const task = (name: string, layout: string): OpenOrcaTemplate => ({
  ...judged(name, layout),
  lines: true,
});
