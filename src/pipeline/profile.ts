/**
 * Profiles: everything that distinguishes a ten-minute run on two cores from the paper's, as data.
 *
 * @module
 */
import {
  type Decoder,
  integer,
  list,
  nearest,
  number,
  object,
  oneOf,
  text,
} from "../base/config.ts";
import { ConfigError } from "../base/errors.ts";

/** A Mamba-1's dimensions. */
export interface ModelShape {
  /** Number of layers. */
  readonly layers: number;
  /** Width of the residual stream. */
  readonly dim: number;
  /** Inner width as a multiple of `dim`. */
  readonly expand: number;
  /** State size N of each inner channel. */
  readonly state: number;
  /** Width of the causal convolution. */
  readonly conv: number;
  /** Rank of the step-size projection. */
  readonly dtRank: number;
  /** Number of tokens that the tokenizer knows. */
  readonly vocab: number;
  /** Rows of the embedding: `vocab` rounded up to a multiple of 8. */
  readonly paddedVocab: number;
  /** Standard deviation of the initial embedding; upstream: 0.02. */
  readonly initializerRange: number;
  /** Initial weight of the final norm; upstream: 1. */
  readonly finalNorm: number;
}

/** AdamW with gradient clipping, a linear warm-up and a cosine schedule. */
export interface Optimization {
  /** Optimizer steps; a budget is always in steps, never in seconds. */
  readonly steps: number;
  /** Tokens in a step. */
  readonly tokensPerStep: number;
  /** Highest learning rate. */
  readonly learningRate: number;
  /** Steps of the warm-up. */
  readonly warmup: number;
  /** The last learning rate as a share of the highest. */
  readonly floor: number;
  /** AdamW's decay rates of the first and second moment. */
  readonly betas: readonly number[];
  /** Decoupled weight decay. */
  readonly weightDecay: number;
  /** Largest norm of the whole gradient. */
  readonly clipNorm: number;
}

/** Sequences of `tokens` from the moment when the share `from` of all steps is done. */
export interface LengthPhase {
  /** Length of a sequence in tokens. */
  readonly tokens: number;
  /** Share of the steps, from 0 to 1. */
  readonly from: number;
}

/** Training of the base model on text. */
export interface Pretraining extends Optimization {
  /** Lengths in the order in which they are used; the first begins at 0. */
  readonly phases: readonly LengthPhase[];
}

/** Supervised fine-tuning, the same for every method so that methods can be compared. */
export interface Finetuning extends Optimization {
  /** Sample lengths in tokens; each sample draws one, so one named twice is drawn twice as often. */
  readonly lengths: readonly number[];
  /** Most question turns of a sample, all within its length; how many it has is drawn. */
  readonly turns: number;
  /** Share of question turns whose note is empty: unanswerable by nature, the rest from D_e. */
  readonly absentShare: number;
  /** Among absent samples of a two-fact question, the share that holds one of the two facts. */
  readonly partialShare: number;
  /** Share of RwR samples that answer from given notes, as the last step of SSA does. */
  readonly notesGivenShare: number;
}

/** One context length of the evaluation. */
export interface EvaluationLength {
  /** Context length in tokens. */
  readonly tokens: number;
  /** At most so many items of each question type. */
  readonly itemsPerType: number;
}

/** What is asked, and how answers are generated. */
export interface Evaluation {
  /** Where items come from. */
  readonly benchmarks: readonly ("embedded" | "longmemeval" | "helmet")[];
  /** Context lengths, ascending. */
  readonly lengths: readonly EvaluationLength[];
  /** Longest segment of segmented summarization, in tokens. */
  readonly segmentTokens: number;
  /** At most so many tokens a note. */
  readonly maxNoteTokens: number;
  /** At most so many tokens an answer. */
  readonly maxAnswerTokens: number;
}

/** Who writes and checks notes. */
export interface TeacherChoice {
  /** The embedded extractive teacher, or models behind an OpenAI-compatible server. */
  readonly kind: "embedded" | "llm";
  /** The model that writes notes; unused by the embedded teacher. */
  readonly model: string;
  /** The model that checks notes; unused by the embedded teacher. */
  readonly verifier: string;
}

/** Where training rows come from. */
export interface SourceChoice {
  /** The embedded corpus, or OpenOrca. */
  readonly kind: "embedded" | "openorca";
  /** Rows for training. */
  readonly rows: number;
}

/** A whole profile. */
export interface Profile {
  /** Also the name of the run directory. */
  readonly name: string;
  /** Decides everything that is drawn. */
  readonly seed: number;
  /** The model under study. */
  readonly model: ModelShape;
  /** The shipped `tokenizer.json`, or the hub repository that holds one. */
  readonly tokenizer: string;
  /** The shipped base checkpoint, or the hub repository that holds one. */
  readonly checkpoint: string;
  /** How prompts are worded. */
  readonly promptFormat: "tiny" | "plain";
  /** Training rows. */
  readonly source: SourceChoice;
  /** Teacher and verifier. */
  readonly teacher: TeacherChoice;
  /** How the base checkpoint is made; null where it comes from elsewhere. */
  readonly pretraining: Pretraining | null;
  /** How the base is fine-tuned. */
  readonly finetuning: Finetuning;
  /** How methods are compared. */
  readonly evaluation: Evaluation;
}

const nullable = <T>(decoder: Decoder<T>): Decoder<T | null> => (value, path) =>
  value === null ? null : decoder(value, path);

const share = number(0, 1);
const count = integer(1);

const model: Decoder<ModelShape> = object({
  layers: count,
  dim: count,
  expand: count,
  state: count,
  conv: count,
  dtRank: count,
  vocab: count,
  paddedVocab: count,
  initializerRange: number(0),
  finalNorm: number(0),
});

const optimization = {
  steps: count,
  tokensPerStep: count,
  learningRate: number(0, 1),
  warmup: integer(),
  floor: share,
  betas: list(share),
  weightDecay: number(0),
  clipNorm: number(0),
};

const decoder: Decoder<Profile> = object({
  name: text,
  seed: integer(),
  model,
  tokenizer: text,
  checkpoint: text,
  promptFormat: oneOf("tiny", "plain"),
  source: object({ kind: oneOf("embedded", "openorca"), rows: count }),
  teacher: object({ kind: oneOf("embedded", "llm"), model: text, verifier: text }),
  pretraining: nullable(object({
    ...optimization,
    phases: list(object({ tokens: count, from: share })),
  })),
  finetuning: object({
    ...optimization,
    lengths: list(count),
    turns: count,
    absentShare: share,
    partialShare: share,
    notesGivenShare: share,
  }),
  evaluation: object({
    benchmarks: list(oneOf("embedded", "longmemeval", "helmet")),
    lengths: list(object({ tokens: count, itemsPerType: count })),
    segmentTokens: count,
    maxNoteTokens: count,
    maxAnswerTokens: count,
  }),
});

const ascending = (values: readonly number[]): boolean =>
  values.every((value, i) => i === 0 || value > values[i - 1]);

/** What single values cannot show: `[holds, path, what was found, what was expected]`. */
function relations(profile: Profile): [boolean, string, unknown, string][] {
  const { model, pretraining, finetuning, evaluation } = profile;
  const padded = Math.ceil(model.vocab / 8) * 8;
  const phases = pretraining?.phases ?? [];
  const froms = phases.map((phase) => phase.from);
  const lengths = evaluation.lengths.map((length) => length.tokens);
  const longest = Math.max(...finetuning.lengths);
  return [
    [/^[a-z0-9-]+$/.test(profile.name), "name", profile.name, 'lower-case words joined by "-"'],
    [
      model.paddedVocab === padded,
      "model.paddedVocab",
      model.paddedVocab,
      `${padded}, the next multiple of 8 from vocab ${model.vocab}`,
    ],
    [
      pretraining === null || (froms[0] === 0 && ascending(froms)),
      "pretraining.phases",
      froms,
      "phases whose `from` begins at 0 and ascends",
    ],
    [
      phases.every((phase) => phase.tokens <= (pretraining?.tokensPerStep ?? 0)),
      "pretraining.phases",
      phases.map((phase) => phase.tokens),
      `lengths of at most tokensPerStep ${pretraining?.tokensPerStep}`,
    ],
    [finetuning.lengths.length > 0, "finetuning.lengths", [], "at least one length"],
    [
      longest <= finetuning.tokensPerStep,
      "finetuning.lengths",
      longest,
      `lengths of at most tokensPerStep ${finetuning.tokensPerStep}`,
    ],
    ...[pretraining, finetuning].map((part): [boolean, string, unknown, string] => [
      part === null || (part.betas.length === 2 && part.betas.every((beta) => beta < 1)),
      `${part === pretraining ? "pretraining" : "finetuning"}.betas`,
      part?.betas,
      "two numbers below 1",
    ]),
    [evaluation.benchmarks.length > 0, "evaluation.benchmarks", [], "at least one benchmark"],
    [
      lengths.length > 0 && ascending(lengths),
      "evaluation.lengths",
      lengths,
      "at least one length, ascending",
    ],
    [
      evaluation.segmentTokens <= longest,
      "evaluation.segmentTokens",
      evaluation.segmentTokens,
      `at most the longest fine-tuning length ${longest}: longer segments were never trained`,
    ],
  ];
}

/**
 * Reads a profile: every key known and there, every value in range, and values that fit together.
 *
 * @throws {ConfigError} at the first that is not, with the nearest known key for an unknown one.
 */
export function decodeProfile(value: unknown): Profile {
  const profile = decoder(value, "profile");
  for (const [holds, path, found, expected] of relations(profile)) {
    if (!holds) {
      throw new ConfigError(
        `configuration profile.${path}: found ${JSON.stringify(found)}, expected ${expected}`,
      );
    }
  }
  return profile;
}

type Tree = { [key: string]: unknown };
const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null;

/** Every path into a profile, as `--set` writes it. */
function paths(value: unknown, prefix = ""): string[] {
  if (!isTree(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => [
    prefix + key,
    ...paths(member, `${prefix}${key}.`),
  ]);
}

/** Numbers, true, false, null, lists and objects as JSON has them; anything else is text. */
function parseValue(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/**
 * A profile with single values replaced, as `--set finetuning.steps=100` asks; list entries are
 * named by number (`evaluation.lengths.0.itemsPerType=5`), and whole lists are written as JSON.
 *
 * @param settings `path=value` each; a later one wins.
 * @throws {ConfigError} on an unknown path, with the nearest known one, and on a value that does
 * not fit.
 */
export function overrideProfile(profile: Profile, settings: readonly string[]): Profile {
  const out = structuredClone(profile) as unknown as Tree;
  for (const setting of settings) {
    const at = setting.indexOf("=");
    if (at < 1) {
      throw new ConfigError(`command line: found --set "${setting}", expected --set key=value`);
    }
    const path = setting.slice(0, at);
    const known = paths(out);
    if (!known.includes(path)) {
      throw new ConfigError(
        `command line: --set found the unknown key "${path}"; ` +
          `did you mean "${nearest(path, known)}"?`,
      );
    }
    const keys = path.split(".");
    const last = keys.pop() as string;
    const parent = keys.reduce((node, key) => node[key] as Tree, out);
    parent[last] = parseValue(setting.slice(at + 1));
  }
  return decodeProfile(out);
}
