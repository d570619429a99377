/**
 * The three ways of answering: at once, with a note first, and with one note a segment (SSA).
 *
 * @module
 */
import { ConfigError, DataError } from "../base/errors.ts";
import type { OnProgress } from "../base/progress.ts";
import type { AnswersTableRow } from "../tables/mod.ts";
import type { Tokenizer } from "../tokenizer/mod.ts";
import type { Generate, Generation } from "./generate.ts";
import { parseAnswer, parseReply } from "./note.ts";
import type { PromptFormat } from "./prompts.ts";
import { contextPieces, cutSegments } from "./segments.ts";

/** A question about a history. */
export interface AnswerItem {
  /** The item's id. */
  readonly itemId: string;
  /** LongMemEval's name of the type, or the source's own. */
  readonly questionType: string;
  /** Whether the right answer is that there is none. */
  readonly abstention: boolean;
  /** Length class of the item, in tokens. */
  readonly length: number;
  /** The question. */
  readonly question: string;
  /** The gold answer. */
  readonly gold: string;
  /** The history, one text a turn; segments are cut between them. */
  readonly utterances: readonly string[];
}

/** Who answers, and how. */
export interface Answering {
  /** The model. */
  readonly generate: Generate;
  /** The model's tokenizer. */
  readonly tokenizer: Tokenizer;
  /** The prompts that the model was trained on. */
  readonly format: PromptFormat;
  /** Name of the model, for the table. */
  readonly model: string;
  /** Name of the method, for the table, such as `rwr+ssa`. */
  readonly method: string;
  /** Most tokens of a note. */
  readonly maxNoteTokens: number;
  /** Most tokens of an answer. */
  readonly maxAnswerTokens: number;
  /** Told as prompts are finished. */
  readonly onProgress?: OnProgress;
}

/** One segment of a context and what was noted of it; JSON in the table's `segments`. */
export interface Segment {
  /** The stretch of the context. */
  readonly text: string;
  /** What the model wrote. */
  readonly raw: string;
  /** The note; "" where it is empty. */
  readonly note: string;
}

/** Answers at once, with the whole context in the prompt. */
export async function answerDirect(
  items: readonly AnswerItem[],
  answering: Answering,
): Promise<AnswersTableRow[]> {
  const { format, maxAnswerTokens } = answering;
  const prompts = items.map((item) => format.direct(contextOf(item, format), item.question));
  const replies = await ask(prompts, maxAnswerTokens, [], answering);
  return items.map((item, i) =>
    answerRow(item, answering, [], [replies[i]], parseAnswer(replies[i].raw, format))
  );
}

/**
 * Writes a note and then the answer, in one go. A reply that never comes to its answer gives the
 * answer "".
 */
export async function recallThenAnswer(
  items: readonly AnswerItem[],
  answering: Answering,
): Promise<AnswersTableRow[]> {
  const { format, maxNoteTokens, maxAnswerTokens } = answering;
  const contexts = items.map((item) => contextOf(item, format));
  const prompts = items.map((item, i) => format.recall(contexts[i], item.question));
  const replies = await ask(prompts, maxNoteTokens + maxAnswerTokens, [], answering);
  return items.map((item, i) => {
    const { note, answer } = parseReply(replies[i].raw, format);
    const segments = [{ text: contexts[i], raw: replies[i].raw, note }];
    return answerRow(item, answering, segments, [replies[i]], answer ?? "");
  });
}

/**
 * Segmented summarization for answering: one note a segment of at most `segmentTokens`, empty ones
 * dropped, the others joined in order and answered from. All segments of all items are one call, so
 * that they batch.
 */
export async function answerSegmented(
  items: readonly AnswerItem[],
  segmentTokens: number,
  answering: Answering,
): Promise<AnswersTableRow[]> {
  const { format, tokenizer, maxNoteTokens, maxAnswerTokens } = answering;
  const texts = items.map((item) => {
    contextOf(item, format);
    return cutSegments(
      contextPieces(item.utterances, format.utteranceSeparator),
      segmentTokens,
      tokenizer,
    );
  });
  const notePrompts = items.flatMap((item, i) =>
    texts[i].map((text) => format.recall(text.trimEnd(), item.question))
  );
  const noteReplies = await ask(notePrompts, maxNoteTokens, [format.answerMarker], answering);
  let at = 0;
  const segments = texts.map((list) =>
    list.map((text): Segment => {
      const { raw } = noteReplies[at++];
      return { text, raw, note: parseReply(raw, format).note };
    })
  );
  const prompts = items.map((item, i) =>
    format.fromNotes(item.question, joined(segments[i], format))
  );
  const replies = await ask(prompts, maxAnswerTokens, [], answering);
  let from = 0;
  return items.map((item, i) => {
    const spent = noteReplies.slice(from, from += segments[i].length);
    const answer = parseAnswer(replies[i].raw, format);
    return answerRow(item, answering, segments[i], [...spent, replies[i]], answer);
  });
}

/** The notes that are not empty, in order; the literal empty note where there is none. */
function joined(segments: readonly Segment[], format: PromptFormat): string {
  const notes = segments.map(({ note }) => note).filter((note) => note !== "");
  return notes.join(format.noteSeparator) || format.emptyNote;
}

/** @throws {DataError} where there is no context to answer from. */
function contextOf(item: AnswerItem, format: PromptFormat): string {
  const context = item.utterances.join(format.utteranceSeparator);
  if (context.trim() === "") {
    throw new DataError(
      `answering item ${item.itemId}: found an empty context (${item.utterances.length} ` +
        `utterances), expected at least one with text; correct the item or leave it out`,
    );
  }
  return context;
}

interface Reply {
  readonly prompt: string;
  readonly promptTokens: number;
  readonly raw: string;
  readonly generation: Generation;
}

async function ask(
  prompts: readonly string[],
  maxNewTokens: number,
  markers: readonly string[],
  { generate, tokenizer, format, onProgress }: Answering,
): Promise<Reply[]> {
  const end = tokenizer.tokenId(format.endToken);
  if (end === undefined) {
    throw new ConfigError(
      `answering with the ${format.name} format: the tokenizer has no token ${format.endToken}; ` +
        `choose the format that the model was trained on`,
    );
  }
  const stop = [end, ...markers.flatMap((marker) => tokenizer.tokenId(marker) ?? [])];
  const encoded = prompts.map((prompt) => tokenizer.encode(prompt));
  const empty = encoded.findIndex((ids) => ids.length === 0);
  if (empty >= 0) {
    throw new DataError(
      `answering: prompt ${empty} ("${prompts[empty].slice(0, 40)}") has no tokens, expected at ` +
        `least one; check the tokenizer`,
    );
  }
  const generations = await generate(encoded, { maxNewTokens, stop, onProgress });
  if (generations.length !== prompts.length) {
    throw new DataError(
      `answering: the model gave ${generations.length} replies to ${prompts.length} prompts; ` +
        `a Generate function must answer each prompt once, in order`,
    );
  }
  return generations.map((generation, i) => ({
    prompt: prompts[i],
    promptTokens: encoded[i].length,
    raw: tokenizer.decode(generation.tokens),
    generation,
  }));
}

/** The table's row; `replies` are all calls that the answer took, the deciding one last. */
function answerRow(
  item: AnswerItem,
  { model, method }: Answering,
  segments: readonly Segment[],
  replies: readonly Reply[],
  answer: string,
): AnswersTableRow {
  const last = replies[replies.length - 1];
  return {
    item_id: item.itemId,
    question_type: item.questionType,
    abstention: item.abstention,
    length: item.length,
    model,
    method,
    question: item.question,
    gold: item.gold,
    segments: JSON.stringify(segments),
    final_prompt: last.prompt,
    raw_output: last.raw,
    answer,
    prompt_tokens: replies.reduce((sum, reply) => sum + reply.promptTokens, 0),
    generated_tokens: replies.reduce((sum, reply) => sum + reply.generation.tokens.length, 0),
    finish: last.generation.finish,
  };
}
