import { assert, assertEquals, assertRejects } from "@std/assert";
import { DataError } from "../../src/base/errors.ts";
import { type HelmetItem, readHelmet } from "../../src/sources/mod.ts";
import { sharedFile } from "./shared_file.ts";

const DEMOS = sharedFile("helmet/alce_asqa_demos.json");
const KEYS = sharedFile("helmet/json_kv_75keys_sample.jsonl");

async function read(text: string): Promise<HelmetItem[]> {
  const path = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(path, text);
    return await Array.fromAsync(readHelmet(path));
  } finally {
    await Deno.remove(path);
  }
}

const one = async (item: unknown): Promise<HelmetItem> => (await read(JSON.stringify(item)))[0];
const RAG = { question: "Who built it?", answers: ["Ann", "Ann B."], ctxs: [{ text: "By Ann." }] };

Deno.test("items of every task with data files are read", async () => {
  const question = "Who built it?";
  const passages = [
    { title: "Mill", text: "Ann built it.", has_answer: true },
    { title: "", text: "It is old.", has_answer: false },
  ];
  const contexts = [
    { title: "Mill", text: "Ann built it.", relevance: 1 },
    { title: "", text: "It is old.", relevance: 0 },
  ];
  const text = [{ title: "", text: "It is old." }];
  assertEquals(await one({ id: 7, question, answers: ["Ann", "Ann B."], ctxs: passages }), {
    ...{ task: "rag", id: "7", question, answers: [["Ann", "Ann B."]], contexts },
  });
  const ranked = [{ id: "3", text: "It is old.", label: 2 }];
  assertEquals(await one({ qid: "q1", query: question, ctxs: ranked }), {
    ...{ task: "rerank", id: "q1", question, answers: [] },
    contexts: [{ title: "", text: "It is old.", relevance: 2 }],
  });
  const records = [["a-1", "b-2"], ["c-3", "d-4"]];
  assertEquals(await one({ ordered_kv_records: records, key: "c-3", value: "d-4" }), {
    ...{ task: "json_kv", id: "c-3", question: "c-3", answers: [["d-4"]] },
    contexts: [{ title: "", text: '{"a-1":"b-2","c-3":"d-4"}' }],
  });
  assertEquals(
    await one({ num_kvs: 2, context: "It is old.", question: "c-3", answer: "d-4", demos: [] }),
    {
      ...{ task: "json_kv", id: "item 0", question: "c-3", answers: [["d-4"]], contexts: text },
    },
  );
  assertEquals(await one({ query: "grey-hat", context: "It is old.", answer: ["1", "2"] }), {
    ...{ task: "ruler", id: "item 0", question: "grey-hat", answers: [["1"], ["2"]] },
    contexts: text,
  });
  const pairs = [{ short_answers: ["Ann", "A. B."] }, { short_answers: ["1812"] }];
  const docs = [{ title: "Mill", text: "Ann built it." }];
  assertEquals(await one({ sample_id: "s", question, qa_pairs: pairs, answer: "long", docs }), {
    ...{ task: "alce", id: "s", question, answers: [["Ann", "A. B."], ["1812"]], contexts: docs },
  });
  assertEquals((await one({ question, answers: [["Ann", "A."], ["Bo"]], docs })).answers, [
    ["Ann", "A."],
    ["Bo"],
  ]);
  assertEquals(
    await one({ document: { text: "It is old." }, question: { text: question }, answers: [] }),
    { task: "narrativeqa", id: "item 0", question, answers: [[]], contexts: text },
  );
  assertEquals(await one({ id: 1, context: "It is old.", input: question, answer: ["A"] }), {
    ...{ task: "infbench", id: "1", question, answers: [["A"]], contexts: text },
  });
});

Deno.test("JSONL, arrays and wrapped lists give the same items", async () => {
  const items = [RAG, { ...RAG, question: "Where?" }];
  const expected = await read(items.map((item) => JSON.stringify(item)).join("\n"));
  assertEquals(expected.map(({ question }) => question), ["Who built it?", "Where?"]);
  assertEquals(await read(JSON.stringify(items)), expected);
  assertEquals(await read(JSON.stringify({ data: items })), expected);
  assertEquals(await read(JSON.stringify({ instruction: "x", demos: items })), expected);
});

Deno.test("a wrong field is named with its item", async () => {
  const wrong = (changed: Record<string, unknown>) => JSON.stringify([RAG, { ...RAG, ...changed }]);
  const cases: [string, string][] = [
    [wrong({ question: 5 }), "item 1, question: found 5, expected text"],
    [wrong({ answers: "Ann" }), 'item 1, answers: found "Ann", expected a list'],
    [wrong({ answers: [1] }), "answers[0]: found 1, expected text"],
    [wrong({ ctxs: [3] }), "ctxs[0]: found 3, expected a passage"],
    [wrong({ ctxs: [{ text: null }] }), "ctxs[0].text: found null, expected text"],
    [wrong({ ctxs: [{ text: "", has_answer: "x" }] }), "ctxs[0], label or has_answer"],
    ['{"docs": [], "question": "Q", "qa_pairs": [{}]}', "qa_pairs[0].short_answers: found nothing"],
    ['{"document": "x", "question": {"text": "Q"}, "answers": []}', "document: found"],
    ['{"prompt": "x", "reply": "y"}', 'found "prompt, reply", expected fields of one of HELMET'],
    ['{"data": [{"ctxs": []}, 4]}', "item 0, question: found nothing"],
    ['{"data": [{"question": "Q", "answers": [], "ctxs": []}, 4]}', "item 1: found 4, expected"],
    ["[]", "no item"],
    ["[{", "the end of the file"],
  ];
  for (const [text, message] of cases) await assertRejects(() => read(text), DataError, message);
});

Deno.test({
  name: "HELMET's own demonstrations and key-value items are read",
  ignore: DEMOS === undefined || KEYS === undefined,
  fn: async () => {
    const demos = await Array.fromAsync(readHelmet(DEMOS ?? ""));
    assertEquals(demos.map(({ contexts }) => contexts.length), [5, 5, 5, 5]);
    assert(demos.every(({ task, answers }) => task === "alce" && answers[0][0].includes("[")));
    const keys = await Array.fromAsync(readHelmet(KEYS ?? ""));
    assertEquals(keys.length, 20);
    for (const { task, question, answers, contexts } of keys) {
      assertEquals([task, contexts.length], ["json_kv", 1]);
      assertEquals(JSON.parse(contexts[0].text)[question], answers[0][0]);
    }
  },
});
