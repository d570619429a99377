import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { ConfigError, DataError } from "../../src/base/errors.ts";
import {
  answerDirect,
  type Answering,
  type AnswerItem,
  answerSegmented,
  recallThenAnswer,
  type Segment,
} from "../../src/rwr/answer.ts";
import { plainFormat, tinyFormat } from "../../src/rwr/prompts.ts";
import { contextPieces, cutSegments } from "../../src/rwr/segments.ts";
import type { Generate } from "../../src/rwr/generate.ts";
import { byteTokenizer, tinyTokenizer, type Tokenizer } from "../../src/tokenizer/mod.ts";
import { history, questions, ruleModel } from "./fixtures.ts";

const tokenizer = tinyTokenizer();

const items: AnswerItem[] = questions.map(([question, questionType, gold], i) => ({
  itemId: `item-${i}`,
  questionType,
  abstention: gold === "unknown",
  length: 128,
  question,
  gold,
  utterances: history,
}));

function answering(change: Partial<Answering> = {}): Answering & { calls: number[] } {
  const { generate, calls } = ruleModel(tokenizer);
  return {
    generate,
    tokenizer,
    format: tinyFormat,
    model: "rules",
    method: "test",
    maxNoteTokens: 48,
    maxAnswerTokens: 4,
    calls,
    ...change,
  };
}

Deno.test("a model that follows its rules answers everything, in all three ways", async () => {
  for (
    const rows of [
      await answerDirect(items, answering()),
      await recallThenAnswer(items, answering()),
      await answerSegmented(items, 30, answering()),
      await answerSegmented(items, 1000, answering()),
    ]
  ) {
    assertEquals(rows.map((row) => row.answer), items.map(({ gold }) => gold));
    assertEquals(new Set(rows.map((row) => row.finish)), new Set(["stop"]));
  }
});

Deno.test("segments of all items are one call, and so are the final prompts", async () => {
  const by = answering();
  const rows = await answerSegmented(items, 30, by);
  const segments = rows.map((row) => JSON.parse(row.segments) as Segment[]);
  assertEquals(by.calls, [segments.flat().length, items.length]);
  for (const list of segments) {
    assertEquals(list.map(({ text }) => text).join(""), history.join(" "));
  }
  assertEquals(
    rows[0].final_prompt,
    "<bos> <q> what is my dog ? <r> my dog is rex . my dog is now tom . <a>",
  );
  assertEquals(rows[7].final_prompt, "<bos> <q> what is my car ? <r> empty . <a>");
  const spent = segments[0].reduce(
    (sum, { text, raw }) =>
      sum + tokenizer.encode(tinyFormat.recall(text, items[0].question) + ` ${raw}`).length,
    0,
  );
  const final = tokenizer.encode(`${rows[0].final_prompt} ${rows[0].raw_output}`).length;
  assertEquals(rows[0].prompt_tokens + rows[0].generated_tokens, spent + final);
});

Deno.test("a recall row keeps the note, and a reply without an answer gives none", async () => {
  const [row] = await recallThenAnswer(items, answering());
  const [segment] = JSON.parse(row.segments) as Segment[];
  assertEquals([segment.note, row.raw_output], [
    "my dog is now tom .",
    "my dog is now tom . <a> tom",
  ]);
  const short = await recallThenAnswer(items, answering({ maxNoteTokens: 2, maxAnswerTokens: 1 }));
  assertEquals([short[0].answer, short[0].finish], ["", "length"]);
});

Deno.test("an empty context, a reply too few and a foreign format are named", async () => {
  const [item] = items;
  for (const utterances of [[], [""], [" ", "\n"]]) {
    for (
      const way of [
        () => answerDirect([{ ...item, utterances }], answering()),
        () => recallThenAnswer([{ ...item, utterances }], answering()),
        () => answerSegmented([{ ...item, utterances }], 30, answering()),
      ]
    ) await assertRejects(way, DataError, "item-0");
  }
  const lazy = answering({ generate: () => Promise.resolve([]) });
  await assertRejects(() => answerDirect(items, lazy), DataError, "0 replies");
  const foreign = answering({ format: plainFormat });
  await assertRejects(() => answerDirect(items, foreign), ConfigError, "<|endoftext|>");
  const mute = answering({ tokenizer: { ...tokenizer, encode: () => [], tokenId: () => 5 } });
  await assertRejects(() => answerDirect(items, mute), DataError, "no tokens");
  assertEquals(await answerSegmented([], 30, answering()), []);
});

Deno.test("segments are lossless, within the limit, and cut at utterance ends", () => {
  const bytes = byteTokenizer();
  const long = [
    "user: hello",
    "assistant: " + "many words in one turn ".repeat(9),
    "x".repeat(70),
    "ü€😀",
  ];
  for (const limit of [12, 17, 40, 400]) {
    for (const separator of [" ", "\n"]) {
      const pieces = contextPieces(long, separator);
      const segments = cutSegments(pieces, limit, bytes);
      assertEquals(segments.join(""), long.join(separator));
      for (const text of segments) assert(bytes.encode(text).length <= limit, text);
    }
  }
  const ends = cutSegments(contextPieces(history, " "), 30, tokenizer);
  assertEquals(ends.join(""), history.join(" "));
  for (const text of ends) assert(history.some((utterance) => text.trimEnd().endsWith(utterance)));
  assertEquals(cutSegments(["a .", ""], 5, bytes), ["a ."]);
  assertThrows(() => cutSegments(["a"], 0, bytes), ConfigError, "limit of 0");
});

/** A model over plain English: notes the lines that share a long word with the query. */
function lineModel(tokenizer: Tokenizer): Generate {
  const reply = (prompt: string): string => {
    const [context, turn] = prompt.split("Please extract a note relevant to the query: ");
    const [query, given] = turn.replace(/\nAnswer:$/, "").split("\nNote:");
    const keys = query.toLowerCase().match(/[a-z]{5,}/g) ?? [];
    const lines = context.split("\n").filter((line) =>
      keys.some((key) => line.toLowerCase().includes(key))
    );
    const note = given.trim() || lines.join("\n") || "**Empty**";
    const answer = note.match(/\b[A-Z][a-z]+(?=\.)/g)?.at(-1) ?? "unknown";
    return prompt.endsWith("Answer:") ? ` ${answer}` : ` ${note}\nAnswer: ${answer}`;
  };
  return (prompts) =>
    Promise.resolve(prompts.map((prompt) => ({
      tokens: tokenizer.encode(reply(tokenizer.decode(prompt))),
      finish: "stop" as const,
    })));
}

Deno.test("the plain format answers over segments of English text", async () => {
  const bytes = byteTokenizer();
  const plain: Tokenizer = {
    ...bytes,
    tokenId: (token) => token === plainFormat.endToken ? 257 : undefined,
  };
  const item: AnswerItem = {
    ...items[0],
    question: "Where does my brother live?",
    gold: "Oslo",
    utterances: [
      "user: My brother moved to Rome.",
      "assistant: Rome is lovely.\nIt is also old.",
      "user: Guess what! My brother left, he is in Oslo.",
      "assistant: Oslo is cold.",
    ],
  };
  const by = answering({ tokenizer: plain, format: plainFormat, generate: lineModel(plain) });
  const [row] = await answerSegmented([item], 60, by);
  const segments = JSON.parse(row.segments) as Segment[];
  assertEquals(segments.map(({ text }) => text).join(""), item.utterances.join("\n"));
  assertEquals(segments.map(({ note }) => note), [
    "user: My brother moved to Rome.",
    "",
    "user: Guess what! My brother left, he is in Oslo.",
    "",
  ]);
  assert(row.final_prompt.startsWith("Please extract a note relevant to the query: Where does"));
  assert(row.final_prompt.endsWith("he is in Oslo.\nAnswer:"));
  assertEquals(row.answer, "Oslo");
  const [recalled] = await recallThenAnswer([item], by);
  assertEquals(recalled.answer, "Oslo");
});
