/**
 * Reading prompts and writing replies.
 *
 * @module
 */
export { type Sampling } from "./decode.ts";
export { type InferenceOptions, type InferenceReport, makeGenerate } from "./generate.ts";
export { measurePrefill, type PrefillCost } from "./measure.ts";
export { prefill, type Prefilled, type Tokens } from "./prefill.ts";
