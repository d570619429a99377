/**
 * Arrow tables with manifests.
 *
 * @module
 */
export { readBench } from "./bench.ts";
export { type BenchCircumstances, type BenchRun, describeCircumstances } from "./bench_run.ts";
export {
  hashInputs,
  type Manifest,
  MANIFEST_KEY,
  type ManifestInput,
  manifestText,
  parseManifest,
} from "./manifest.ts";
export { QUESTION_TYPES, type QuestionType } from "./question_types.ts";
export * from "./schemas.ts";
export {
  decodeTable,
  readRows,
  readTable,
  type TableFile,
  tableHash,
  writeRows,
  writeTable,
} from "./tables.ts";
