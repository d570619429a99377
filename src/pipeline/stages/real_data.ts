/**
 * Stages that ask a model about the items of a LongMemEval file: the items, checked and counted, and
 * every method's answers with what they cost.
 *
 * @module
 */
import type { Json } from "../../base/canonical_json.ts";
import { DataError } from "../../base/errors.ts";
import { writeFileAtomic } from "../../base/files.ts";
import { makeGenerate } from "../../infer/mod.ts";
import type { LanguageModel } from "../../models/language_model.ts";
import type { Answering } from "../../rwr/answer.ts";
import {
  type ChatItem,
  isAbstention,
  QUESTION_TYPES,
  readLongMemEval,
  renderHistory,
} from "../../sources/mod.ts";
import { type AnswersTableRow, type ManifestInput, writeRows } from "../../tables/mod.ts";
import type { AnswerMethod, AnswerRun } from "../answer_run.ts";
import { resumeInShards } from "../shards.ts";
import type { Stage, StageContext } from "../stage.ts";
import { answerBy, answerItem } from "./answering.ts";
import { adapterConfig, inputPath } from "./kit.ts";

/** What later stages need to know of an item; its history stays in the file. */
export interface ListedItem {
  /** The item's id. */
  readonly item_id: string;
  /** One of LongMemEval's types. */
  readonly question_type: string;
  /** Whether the right answer is that there is none. */
  readonly abstention: boolean;
  /** The gold answer. */
  readonly gold: string;
  /** Tokens of its history. */
  readonly context_tokens: number;
}

/** The items of a run. */
export interface ItemList {
  /** The mean of their histories' tokens to two digits: the length under which tables show them. */
  readonly length: number;
  /** In the order of the file. */
  readonly items: readonly ListedItem[];
}

/** What one answer cost; kept in `*.timing.json`, because clocks differ. */
export interface AnswerCost {
  /** The item. */
  readonly item_id: string;
  /** The model's name. */
  readonly model: string;
  /** The method. */
  readonly method: AnswerMethod;
  /** Says that the model is untrained, or null. */
  readonly notice: string | null;
  /** Tokens of all prompts that the answer took. */
  readonly prompt_tokens: number;
  /** Tokens that were written for it. */
  readonly generated_tokens: number;
  /** Stretches of the history that were read one by one: 1 but for SSA. */
  readonly segments: number;
  /** Wall time with cutting, tokenizing, and, in a process's first answer, compiling kernels. */
  readonly seconds: number;
  /** Most bytes of GPU buffers in use at once, the model's own among them. */
  readonly peak_bytes: number;
}

/** The manifest of a table of the run. */
export function answerManifest(
  context: StageContext,
  { gpu, model }: AnswerRun,
  config: { readonly [key: string]: Json },
  rowsIn: number,
): ManifestInput {
  return {
    config: model.notice === null ? config : { ...config, notice: model.notice },
    inputs: context.inputHashes,
    code: context.code,
    adapter: gpu.facts.adapter,
    driver: gpu.facts.driver,
    rowsIn,
  };
}

/** The items, each checked before the first minute of work is spent on them. */
export function itemsStage(run: AnswerRun): Stage {
  return {
    name: "items",
    inputs: [],
    files: { data: run.data, tokenizer: run.tokenizerFile },
    config: { maxItems: run.maxItems ?? null, format: run.format.name },
    version: 1,
    outputs: ["items.json"],
    expectedSeconds: 1 + run.expectedTokens / 200_000,
    async run(context) {
      const items: ListedItem[] = [];
      for await (const item of readLongMemEval(run.data)) {
        checkItem(item, items, run.data);
        const text = renderHistory(item).join(run.format.utteranceSeparator);
        items.push({
          item_id: item.question_id,
          question_type: item.question_type,
          abstention: isAbstention(item),
          gold: item.answer,
          context_tokens: run.tokenizer.encode(text).length,
        });
        if (items.length === run.maxItems) break;
        context.checkStop();
      }
      const list: ItemList = { length: lengthClass(items), items };
      await writeFileAtomic(context.output("items.json"), JSON.stringify(list, null, 1) + "\n");
    },
  };
}

/** @throws {DataError} on what an item could not be asked or scored with. */
function checkItem(item: ChatItem, before: readonly ListedItem[], path: string): void {
  const fail = (found: string, expected: string): never => {
    throw new DataError(
      `reading ${path}: item ${before.length} (${item.question_id}): found ${found}, expected ` +
        `${expected}; correct the file`,
    );
  };
  const types: readonly string[] = QUESTION_TYPES;
  if (!types.includes(item.question_type)) {
    fail(`the question type "${item.question_type}"`, `one of ${types.join(", ")}`);
  }
  if (item.question.trim() === "") fail("an empty question", "text");
  if (item.answer.trim() === "") fail("an empty answer", "text");
  const contents = item.haystack_sessions.flat();
  if (contents.every(({ content }) => content.trim() === "")) {
    fail("a history without text", "at least one turn with content");
  }
  if (before.some(({ item_id }) => item_id === item.question_id)) {
    fail("a question_id that an item before it has", "each once");
  }
}

function lengthClass(items: readonly ListedItem[]): number {
  const total = items.reduce((sum, item) => sum + item.context_tokens, 0);
  return Number((total / items.length).toPrecision(2));
}

/** Reads back what {@linkcode itemsStage} wrote. */
export async function readItemList(context: StageContext): Promise<ItemList> {
  return JSON.parse(await Deno.readTextFile(inputPath(context, "items/items.json")));
}

/** The stage of a method's answers. */
export function answersStageOf(method: AnswerMethod): string {
  return `answers-${method.replace("+", "-")}`;
}

/** Tokens that two quiet cores read in a second with the untrained model. */
const TOKENS_PER_SECOND = 10_000;

/** One method's answers, an item at a time, so that each has its own time and memory. */
export function answersStage(run: AnswerRun, method: AnswerMethod): Stage {
  const { gpu, model, maxNoteTokens, maxAnswerTokens } = run;
  // Only SSA cuts segments: another length leaves the other methods' answers as they are.
  const cut: { [key: string]: Json } = method === "rwr+ssa"
    ? { segmentTokens: run.segmentTokens }
    : {};
  const limits = { ...cut, maxNoteTokens, maxAnswerTokens };
  const config = { method, model: model.identity, ...limits, ...adapterConfig(gpu) };
  return {
    name: answersStageOf(method),
    inputs: ["items"],
    files: { data: run.data, tokenizer: run.tokenizerFile, ...model.files },
    config,
    version: 1,
    outputs: ["answers.arrow", "cost"],
    expectedSeconds: 5 + run.expectedTokens / TOKENS_PER_SECOND,
    async run(context) {
      const list = await readItemList(context);
      const loaded = await model.make(gpu);
      await using reader = new ItemReader(run.data);
      const answers = await resumeInShards<AnswersTableRow>(
        context,
        { name: "answers", total: list.items.length, shardSize: 1 },
        async (index) => {
          const item = await reader.at(index);
          const { row, cost } = await answerOne(run, method, loaded, item, list.length);
          const path = `${context.output("cost")}/${index}.timing.json`;
          await writeFileAtomic(path, JSON.stringify(cost) + "\n");
          return [row];
        },
      );
      loaded.release();
      gpu.trim();
      const manifest = answerManifest(context, run, config, list.items.length);
      await writeRows(context.output("answers.arrow"), "answers", answers, manifest);
    },
  };
}

async function answerOne(
  run: AnswerRun,
  method: AnswerMethod,
  model: LanguageModel,
  item: ChatItem,
  length: number,
): Promise<{ row: AnswersTableRow; cost: AnswerCost }> {
  const { gpu, tokenizer, format, maxNoteTokens, maxAnswerTokens } = run;
  const { name, notice } = run.model;
  let peak = 0;
  const answering: Answering = {
    generate: makeGenerate(gpu, model, {
      onReport: ({ peakBytes }) => peak = Math.max(peak, peakBytes),
    }),
    tokenizer,
    format,
    model: name,
    method,
    maxNoteTokens,
    maxAnswerTokens,
  };
  const start = performance.now();
  const [row] = await answerBy(method, [answerItem(item, length)], run.segmentTokens, answering);
  const seconds = (performance.now() - start) / 1000;
  const segments = Math.max(1, (JSON.parse(row.segments) as unknown[]).length);
  const { item_id, prompt_tokens, generated_tokens } = row;
  const counts = { prompt_tokens, generated_tokens, segments };
  const cost = { item_id, model: name, method, notice, ...counts, seconds, peak_bytes: peak };
  return { row, cost };
}

/** Items of a file by ascending number, one in memory at a time. */
class ItemReader implements AsyncDisposable {
  readonly #items: AsyncGenerator<ChatItem>;
  #next = 0;

  constructor(private readonly path: string) {
    this.#items = readLongMemEval(path);
  }

  async at(index: number): Promise<ChatItem> {
    for (;;) {
      const { value, done } = await this.#items.next();
      if (done) {
        throw new DataError(
          `reading ${this.path}: found ${this.#next} items, expected more than ${index}; the file ` +
            `changed while it was read: run the command again`,
        );
      }
      if (this.#next++ === index) return value;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#items.return(undefined);
  }
}

/**
 * What the answers of one method cost, in the order of the items.
 *
 * @throws {DataError} where a measurement is gone: a clock's files are not among a stage's hashes.
 */
export async function readAnswerCosts(
  folder: string,
  { items }: ItemList,
): Promise<AnswerCost[]> {
  return await Promise.all(items.map(async (_, index): Promise<AnswerCost> => {
    const path = `${folder}/${index}.timing.json`;
    try {
      return JSON.parse(await Deno.readTextFile(path));
    } catch (error) {
      throw new DataError(
        `reading what answer ${index} cost: ${path}: ${String(error)}; expected the measurement ` +
          `that its stage left: delete ${folder} and run the same command again`,
        { cause: error },
      );
    }
  }));
}
