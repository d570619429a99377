/**
 * Stages that ask: the items, and every method's answers to them.
 *
 * @module
 */
import type { Json } from "../../base/canonical_json.ts";
import { writeFileAtomic } from "../../base/files.ts";
import { makeGenerate } from "../../infer/mod.ts";
import {
  answerDirect,
  type Answering,
  type AnswerItem,
  answerSegmented,
  recallThenAnswer,
} from "../../rwr/answer.ts";
import {
  type ChatItem,
  CORPUS_VERSION,
  evaluationItems,
  isAbstention,
  readLongMemEval,
  renderHistory,
} from "../../sources/mod.ts";
import { type AnswersTableRow, writeRows } from "../../tables/mod.ts";
import { loadModel } from "../model.ts";
import type { Evaluation } from "../profile.ts";
import { resumeInShards } from "../shards.ts";
import type { Stage, StageContext } from "../stage.ts";
import { answersStageName, type MethodRow } from "./conditions.ts";
import { inputPath, type Kit, manifestOf, onAdapter } from "./kit.ts";

/** Context tokens that are answered between two saves. */
const SHARD_TOKENS = 120_000;

/** The file of the items of one length. */
const itemsFile = (tokens: number): string => `items-${tokens}.json`;

/** Held-out items of every length, in LongMemEval's schema. */
export function itemsStage(kit: Kit): Stage {
  const { seed, evaluation } = kit.profile;
  const config = {
    corpus: CORPUS_VERSION,
    seed,
    lengths: evaluation.lengths as unknown as Json,
  };
  return {
    name: "items",
    inputs: [],
    config,
    version: 1,
    outputs: evaluation.lengths.map(({ tokens }) => itemsFile(tokens)),
    expectedSeconds: 1,
    async run(context) {
      for (const { tokens, itemsPerType } of evaluation.lengths) {
        const items = evaluationItems({
          seed,
          split: "test",
          length: tokens,
          perType: itemsPerType,
        });
        const schema = items.map(({ evidence: _, ...item }) => item);
        await writeFileAtomic(context.output(itemsFile(tokens)), JSON.stringify(schema) + "\n");
      }
    },
  };
}

/** An item of LongMemEval's schema as the methods are asked. */
export function answerItem(item: ChatItem, length: number): AnswerItem {
  return {
    itemId: item.question_id,
    questionType: item.question_type,
    abstention: isAbstention(item),
    length,
    question: item.question,
    gold: item.answer,
    utterances: renderHistory(item),
  };
}

/** Reads back the items of {@linkcode itemsStage}. */
export async function readItems(
  context: StageContext,
  { lengths }: Evaluation,
): Promise<AnswerItem[]> {
  const items: AnswerItem[] = [];
  for (const { tokens } of lengths) {
    for await (const item of readLongMemEval(inputPath(context, `items/${itemsFile(tokens)}`))) {
      items.push(answerItem(item, tokens));
    }
  }
  return items;
}

/** Asks in one of the three ways. */
export function answerBy(
  method: MethodRow["method"],
  items: readonly AnswerItem[],
  segmentTokens: number,
  answering: Answering,
): Promise<AnswersTableRow[]> {
  if (method === "direct") return answerDirect(items, answering);
  if (method === "rwr") return recallThenAnswer(items, answering);
  return answerSegmented(items, segmentTokens, answering);
}

/** All answers of one row of the table. */
export function answersStage(kit: Kit, row: MethodRow): Stage {
  const { evaluation } = kit.profile;
  const { segmentTokens, maxNoteTokens, maxAnswerTokens } = evaluation;
  const config = onAdapter(kit, {
    method: row.method,
    format: kit.format.name,
    tokenizer: kit.tokenizer.hash,
    // Only SSA cuts segments: another length leaves the other methods' answers as they are.
    ...(row.method === "rwr+ssa" ? { segmentTokens } : {}),
    maxNoteTokens,
    maxAnswerTokens,
  });
  const items = evaluation.lengths.reduce(
    (sum, { tokens, itemsPerType }) => sum + tokens * itemsPerType * 7,
    0,
  );
  return {
    name: answersStageName(row),
    inputs: ["items", row.model],
    config,
    version: 1,
    outputs: ["answers.arrow"],
    place: "aside",
    expectedSeconds: items / 30_000,
    async run(context) {
      const model = await loadModel(kit.gpu, inputPath(context, `${row.model}/model`), false);
      const answering: Answering = {
        generate: makeGenerate(kit.gpu, model),
        tokenizer: kit.tokenizer,
        format: kit.format,
        model: row.model,
        method: row.method,
        maxNoteTokens,
        maxAnswerTokens,
      };
      const asked = await readItems(context, evaluation);
      const shards = cutShards(asked);
      const answers = await resumeInShards<AnswersTableRow>(
        context,
        { name: "answers", total: shards.length, shardSize: 1 },
        (shard) => answerBy(row.method, shards[shard], segmentTokens, answering),
      );
      model.release();
      const manifest = manifestOf(context, kit, config, asked.length, true);
      await writeRows(context.output("answers.arrow"), "answers", answers, manifest);
    },
  };
}

/** Items of one length go together, so that they batch; a shard holds about {@linkcode SHARD_TOKENS}. */
function cutShards(items: readonly AnswerItem[]): AnswerItem[][] {
  const shards: AnswerItem[][] = [];
  for (const [length, same] of Map.groupBy(items, (item) => item.length)) {
    const size = Math.max(1, Math.floor(SHARD_TOKENS / length));
    for (let i = 0; i < same.length; i += size) shards.push(same.slice(i, i + size));
  }
  return shards;
}
