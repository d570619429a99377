/**
 * The embedded corpus: a small world of dated chats in LongMemEval's schema, made from a seed.
 *
 * @module
 */
export {
  CORPUS_VERSION,
  type EmbeddedItem,
  EVALUATION_DENSITY,
  evaluationItems,
  type EvaluationOptions,
  type TrainingContext,
  trainingContexts,
  type TrainingOptions,
} from "./corpus.ts";
export {
  type PretrainingDocument,
  pretrainingDocuments,
  type PretrainingOptions,
} from "./pretraining.ts";
export type { FactKind, Slot } from "./facts.ts";
export { type QuestionTuple, splitOf } from "./splits.ts";
export { EMPTY_NOTE, UNKNOWN, VOCABULARY } from "./vocabulary.ts";
