/**
 * Where questions about long contexts come from.
 *
 * @module
 */
export * from "./embedded/mod.ts";
export * from "./items.ts";
export { readLongMemEval } from "./longmemeval.ts";
export * from "./openorca/mod.ts";
