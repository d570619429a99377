/**
 * RwR Kit: "Recall with Reasoning" for Mamba, from teacher notes to the last figure, on WebGPU.
 *
 * ```ts
 * import { Gpu, loadModel, makeGenerate } from "@rwr/kit";
 *
 * const gpu = await Gpu.open();
 * const model = await loadModel(gpu, "runs/tiny/train-rwr/model", false);
 * const generate = makeGenerate(gpu, model);
 * ```
 *
 * The exports stand in the order in which data takes its way: the GPU, its kernels, tensors, the
 * model; tokenizers, sources, the teacher, the method; training, inference, evaluation; tables,
 * figures, the report, and displays for notebooks. Importing this module opens no device.
 *
 * @module
 */

// Errors and what everything else uses.
export * from "./src/base/errors.ts";
export type { Json } from "./src/base/canonical_json.ts";
export type { Decoded, Decoder } from "./src/base/config.ts";
export { sha256 } from "./src/base/hash.ts";
export {
  formatDuration,
  type OnProgress,
  progressLines,
  type ProgressSink,
} from "./src/base/progress.ts";
export { Rng } from "./src/base/rng.ts";
export type { Estimate } from "./src/base/statistics.ts";

// The GPU.
export { type AdapterFacts, openDevice, type OpenedDevice } from "./src/gpu/adapter.ts";
export { type DType, GpuArray } from "./src/gpu/array.ts";
export { type ChoiceReason, type ChoiceRecord, type Choices } from "./src/gpu/choices.ts";
export { Gpu, type HostArray } from "./src/gpu/gpu.ts";
export type { Kernel } from "./src/gpu/pipelines.ts";
export { type BufferPool, type PooledBuffer } from "./src/gpu/pool.ts";
export {
  chromeTrace,
  type KernelSpan,
  type KernelTime,
  timesByOperation,
} from "./src/gpu/timing.ts";

// Kernels: one operation each, with upstream's names and shapes.
export {
  adamw,
  type AdamWArguments,
  type AdamWOptions,
  adamwSettings,
  gradientNorm,
} from "./kernels/adamw/mod.ts";
export {
  conv1d,
  type Conv1dArguments,
  conv1dBackward,
  type Conv1dBackwardOptions,
  type Conv1dGradients,
  type Conv1dResult,
} from "./kernels/conv1d/mod.ts";
export {
  crossEntropy,
  type CrossEntropyArguments,
  type CrossEntropyResult,
} from "./kernels/cross_entropy/mod.ts";
export {
  linearCrossEntropy,
  type LinearCrossEntropyArguments,
  type LinearCrossEntropyOptions,
  type LinearCrossEntropyResult,
} from "./kernels/cross_entropy/linear.ts";
export { add, siluGate, siluGateBackward, softplus } from "./kernels/elementwise/mod.ts";
export {
  embedding,
  embeddingBackward,
  makeRowIndex,
  type RowIndex,
} from "./kernels/embedding/mod.ts";
export {
  gatedRmsNorm,
  type GatedRmsNormArguments,
  gatedRmsNormBackward,
  type GatedRmsNormUpstream,
} from "./kernels/gated_rms_norm/mod.ts";
export {
  matmul,
  type MatmulArguments,
  matmulTransposeA,
  type PackedMatrix,
  packTransposed,
} from "./kernels/matmul/mod.ts";
export { type Precision } from "./kernels/precision.ts";
export { type ModelPrecision } from "./src/models/precision.ts";
export { DeferredSums } from "./kernels/reduce/deferred.ts";
export {
  rmsNorm,
  type RmsNormArguments,
  rmsNormBackward,
  type RmsNormBackwardArguments,
  type RmsNormResult,
} from "./kernels/rms_norm/mod.ts";
export { argmax, sample, type SampleOptions } from "./kernels/sampling/mod.ts";
export {
  selectiveScan,
  type SelectiveScanArguments,
  selectiveScanBackward,
  type SelectiveScanGradients,
  type SelectiveScanOptions,
  type SelectiveScanResult,
  type SelectiveScanSaved,
  type SelectiveScanUpstream,
} from "./kernels/selective_scan/mod.ts";
export {
  scanBackwardReference as selectiveScanBackwardReference,
  scanForwardReference as selectiveScanReference,
  type ScanShape,
} from "./kernels/selective_scan/reference.ts";
export {
  ssd,
  type SsdArguments,
  ssdBackward,
  type SsdGradients,
  type SsdOptions,
  type SsdResult,
  type SsdSaved,
  type SsdUpstream,
} from "./kernels/ssd/mod.ts";
export { ssdBackwardReference, ssdReference, type SsdShape } from "./kernels/ssd/reference.ts";
export type { GradientTarget } from "./kernels/target.ts";

// Proof that a kernel is right on this adapter, and its time.
export type { Bench, BenchRow, BenchUnit } from "./kernels/bench.ts";
export type {
  Differentiable,
  HostTensor as KernelTensor,
  KernelCase,
  KernelSuite,
  Reals,
  Tolerance,
} from "./kernels/case.ts";
export { KERNELS, type RegisteredKernel } from "./kernels/registry.ts";
export {
  type TrialResult,
  tune as tuneKernels,
  variantsOf as variantsOfKernels,
} from "./kernels/tuning.ts";
export { pinVariants, type Tuning, type Variants, type VariantTrial } from "./kernels/variants.ts";
export {
  compare as compareNumbers,
  type Verdict as KernelVerdict,
  verify as verifyKernels,
  verifyCase as verifyKernelCase,
} from "./kernels/verify.ts";

// Tensors and their gradients; differentiable operations are `ops.linear`, `ops.selectiveScan`, ….
export { Parameter, Tape, Tensor } from "./src/tensor/mod.ts";
export * as ops from "./src/tensor/ops.ts";

// Models and their weights.
export * from "./src/models/mamba/mod.ts";
export * from "./src/models/mamba2/mod.ts";
export {
  type Carried,
  LanguageModel,
  type LanguageModelConfig,
  type Mixed,
  type ModelInput,
} from "./src/models/language_model.ts";
export { type MakeOptions, type ModelForm, modelForm } from "./src/models/from_config.ts";
export {
  keepState,
  type LayerState,
  type MambaState,
  type MambaStateTensors,
  ownState,
  releaseState,
  selectState,
  stateTensors,
} from "./src/models/state.ts";
export { hfConfig, mambaConfigFromHf, upstreamNames } from "./src/models/mamba/hf.ts";
export { type NamedTensors, type ParameterSpec, ParameterStore } from "./src/nn/parameters.ts";
export {
  type HostTensor,
  readSafetensors,
  type SafetensorsFile,
  writeSafetensors,
} from "./src/nn/safetensors.ts";
export { loadModel, trainerOptions } from "./src/pipeline/model.ts";

// Tokenizers, sources, and who writes the notes.
export * from "./src/tokenizer/mod.ts";
export * from "./src/sources/mod.ts";
export type { LocatedAnswer, Teacher, TeacherReply, TeacherUsage } from "./src/teacher/teacher.ts";
export { EmbeddedTeacher } from "./src/teacher/embedded.ts";
export * from "./src/llm/mod.ts";
export { llmTeacher, type LlmTeacherOptions } from "./src/teacher/llm_teacher.ts";
export {
  exactContainment,
  lexicalOverlap,
  llmVerifier,
  normalisedContainment,
} from "./src/teacher/llm_verifier.ts";
export {
  impliedAnswerRule,
  type NoteToVerify,
  type Verdict,
  type Verifier,
} from "./src/teacher/verifier.ts";
export { verifierDisagreement, type VerifierPair } from "./src/teacher/disagreement.ts";
export { type Agreement, type MeasuredNote, measureTeacher } from "./src/teacher/measure.ts";

// The method: prompts, distillation, mixing, and the three ways of answering.
export {
  answerDirect,
  type Answering,
  type AnswerItem,
  answerSegmented,
  recallThenAnswer,
  type Segment,
} from "./src/rwr/answer.ts";
export {
  countNotes,
  distill,
  type Distillation,
  distillBatch,
  type DistillCounts,
  type DistillRun,
  distilRow,
} from "./src/rwr/distill.ts";
export type { Generate, GenerateOptions, Generation } from "./src/rwr/generate.ts";
export {
  type MixingConfig,
  type MixingInput,
  mixSamples,
  type TrainingMode,
} from "./src/rwr/mixing.ts";
export {
  type Packed,
  type PackedRow,
  type PackingConfig,
  type PackingStatistics,
  packSamples,
} from "./src/rwr/packing.ts";
export { parseAnswer, type ParsedReply, parseNote, parseReply } from "./src/rwr/note.ts";
export { plainFormat, type PromptFormat, promptFormats, tinyFormat } from "./src/rwr/prompts.ts";
export type { TrainingSample } from "./src/rwr/sample.ts";
export { contextPieces, cutSegments } from "./src/rwr/segments.ts";

// Distillation of a dataset: which rows.
export { type DistillationRun, distilParts } from "./src/distill/run.ts";
export { type Merged, mergeShards } from "./src/distill/merge.ts";
export { type Shard, shardFolder, shardOf, wholeRun } from "./src/distill/shard.ts";
export { type DistillationSummary, type GroupCounts, summarise } from "./src/distill/summary.ts";
export { partPath } from "./src/distill/parts.ts";
export {
  ContaminationIndex,
  type EvaluationItem,
  readContaminationIndex,
} from "./src/distill/contamination.ts";
export {
  type ComparedItems,
  type ContaminatedRows,
  type Contamination,
  type ContaminationCheck,
  type OnSelectionProgress,
  SELECTION_REASONS,
  type SelectionConfig,
  type SelectionReason,
  type SelectionSummary,
  selectRows,
} from "./src/distill/selection.ts";

// From a run to training packs.
export { type MixConfig } from "./src/distill/mix/config.ts";
export { mixPaths, type MixRun, mixRun, type OnMixProgress } from "./src/distill/mix/mix.ts";
export type { SampleCount } from "./src/distill/mix/sample_index.ts";
export { MIX_SETS, type MixSet } from "./src/distill/mix/samples.ts";
export type { MixedSet, MixSummary, Share } from "./src/distill/mix/summary.ts";

// Training and its checkpoints.
export {
  type BatchSource,
  documentBatch,
  packedBatches,
  type TrainingBatch,
  type WeightedDocument,
  windowBatches,
} from "./src/train/batches.ts";
export {
  type Checkpoint,
  latestCheckpoint,
  loadCheckpoint,
  type Moments,
  saveCheckpoint,
  type TrainingState,
} from "./src/train/checkpoint.ts";
export { openPacks, type PackFolder, packFolderBatches } from "./src/train/packs.ts";
export { type TrainingRun, trainWithCheckpoints } from "./src/train/run.ts";
export { type Schedule } from "./src/train/schedule.ts";
export { segmentedLoss, type Segments } from "./src/train/segments.ts";
export { Trainer, type TrainerOptions, type TrainerState } from "./src/train/trainer.ts";

// Reading prompts and writing replies.
export * from "./src/infer/mod.ts";

// Scores and their summary.
export {
  exactMatch,
  isAbstention as isRefusal,
  type MetricName,
  METRICS,
  normalizeAnswer,
  scoreAnswers,
  type ScoreInput,
  substringMatch,
} from "./src/eval/metrics.ts";
export type { Condition, ExpectedItem, ScorableAnswer } from "./src/eval/rows.ts";
export {
  type Accuracy,
  type Difference,
  summarize,
  type Summary,
  type SummaryOptions,
  type SummaryRow,
  type TypeAccuracy,
} from "./src/eval/summary.ts";
export { type ConditionName, formatSummary } from "./src/eval/summary_text.ts";

// Tables, figures and the report.
export * from "./src/tables/mod.ts";
export {
  acceptance,
  acceptanceFigure,
  type AcceptanceGroup,
  type AcceptanceInput,
  type Accuracy as CellAccuracy,
  accuracyByLength,
  accuracyByLengthFigure,
  type AccuracyByLengthInput,
  type AnswerRow,
  benchFigures,
  besidePeers,
  besidePeersFigure,
  costByLength,
  costByLengthFigure,
  type CostByLengthInput,
  type CostRow,
  type Difference as CellDifference,
  emptyPublished,
  type FigureEntry,
  FIGURES,
  type Interval,
  type JsonObject,
  type NamedFigure,
  noteLength,
  noteLengthFigure,
  type NoteLengthInput,
  type NoteLengthPoint,
  type PlotlyFigure,
  type PublishedCell,
  roofline,
  rooflineFigure,
  type ScoreRow,
  selectionFigure,
  type SelectionGroup,
  type SelectionInput,
  selectionShares,
  type Series,
  type Table1,
  table1,
  table1Entry,
  type Table1Input,
  table1Markdown,
  table1Records,
  type Table1Row,
  TABLE_COLUMNS,
  type TableColumn,
  trainingCurves,
  trainingCurvesFigure,
  type TrainingCurvesInput,
  type TrainingLogRow,
  type TrainingRun as TrainingCurve,
} from "./src/figures/mod.ts";
export {
  type CsvValue,
  type ExportedFiles,
  exportFigure,
  type ExportOptions,
  figureRecords,
  renderCsv,
  renderHtml,
  renderPng,
  renderSvg,
} from "./src/figures/export.ts";
export * from "./src/report/mod.ts";

// Whole runs: the profiles, their stages, and the rows of the results.
export { loadProfile, PROFILES } from "./src/pipeline/profiles/mod.ts";
export type {
  Evaluation,
  EvaluationLength,
  Finetuning,
  LengthPhase,
  ModelShape,
  Optimization,
  Pretraining,
  Profile,
  SourceChoice,
  TeacherChoice,
} from "./src/pipeline/profile.ts";
export { answerItem } from "./src/pipeline/stages/answering.ts";
export { METHOD_ROWS, type MethodRow } from "./src/pipeline/stages/conditions.ts";
export { SERIES as METHOD_SERIES } from "./src/pipeline/stages/results.ts";

// A model behind OpenAI's protocol.
export * from "./src/serve/mod.ts";

// Displays for notebooks.
export * from "./src/notebook/mod.ts";
