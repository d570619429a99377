/**
 * The words of the column `question_type`.
 *
 * @module
 */

/** LongMemEval's question types. An item whose id ends in `_abs` also asks for abstention. */
export const QUESTION_TYPES = [
  "single-session-user",
  "single-session-assistant",
  "single-session-preference",
  "multi-session",
  "temporal-reasoning",
  "knowledge-update",
] as const;

/** One of {@linkcode QUESTION_TYPES}. */
export type QuestionType = typeof QUESTION_TYPES[number];
