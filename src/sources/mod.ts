/**
 * Where questions about long contexts come from.
 *
 * @module
 */
export * from "./embedded/mod.ts";
export {
  HELMET_TASKS,
  type HelmetContext,
  type HelmetItem,
  type HelmetTask,
  readHelmet,
} from "./helmet.ts";
export * from "./items.ts";
export { readLongMemEval } from "./longmemeval.ts";
export * from "./openorca/mod.ts";
