/**
 * OpenOrca: its rows from files or the hub, and the templates that cut them into context and query.
 *
 * @module
 */
export { type OpenOrcaRow } from "./row.ts";
export { openOpenOrca, type OpenOrcaSource, readOpenOrca } from "./source.ts";
export {
  answerOverlap,
  type OpenOrcaSplit,
  SPLIT_REASONS,
  type SplitLimits,
  splitOpenOrca,
  type SplitReason,
  type SplitResult,
} from "./split.ts";
export {
  OPENORCA_STRATA,
  type OpenOrcaStratum,
  type OpenOrcaTemplate,
  QUESTION_TEMPLATES,
  TASK_TEMPLATES,
} from "./templates/mod.ts";
