import { assert, assertEquals, assertRejects } from "@std/assert";
import { DataError } from "../../src/base/errors.ts";
import {
  type ChatItem,
  contextText,
  evaluationItems,
  evidenceTurns,
  fromSourceTable,
  makeSourceRow,
  readLongMemEval,
  renderHistory,
  toSourceTable,
} from "../../src/sources/mod.ts";
import { sharedFile } from "./shared_file.ts";

const ORACLE = sharedFile("longmemeval/longmemeval_oracle_sample.json");
const SMALL = sharedFile("longmemeval/longmemeval_s_sample.json");

const ITEM: ChatItem = {
  question_id: "q1_abs",
  question_type: "multi-session",
  question: 'What is "{[odd]}\\"?',
  answer: "4",
  question_date: "2023/12/18 (Mon) 04:17",
  haystack_session_ids: ["s1", "s2"],
  haystack_dates: ["2023/08/11 (Fri) 00:01", "2023/11/30 (Thu) 00:36"],
  haystack_sessions: [
    [{ role: "user", content: "naïve ✓ }{" }, { role: "assistant", content: "line\nline" }],
    [{ role: "user", content: "evidence", has_answer: true }],
  ],
  answer_session_ids: ["s2"],
};

async function read(text: string | Uint8Array): Promise<ChatItem[]> {
  const path = await Deno.makeTempFile();
  try {
    await Deno.writeFile(path, typeof text === "string" ? new TextEncoder().encode(text) : text);
    return await Array.fromAsync(readLongMemEval(path));
  } finally {
    await Deno.remove(path);
  }
}

Deno.test("a JSON array and JSONL give the same items", async () => {
  const other = { ...ITEM, question_id: "q2" };
  assertEquals(await read(JSON.stringify([ITEM, other], null, 1)), [ITEM, other]);
  assertEquals(await read(`${JSON.stringify(ITEM)}\n\n${JSON.stringify(other)}\n`), [ITEM, other]);
});

Deno.test("items longer than the reader's buffer are put together", async () => {
  const content = '✓ }\\" {['.repeat(300_000);
  const long = { ...ITEM, haystack_sessions: [[{ role: "user" as const, content }], []] };
  assertEquals(await read(JSON.stringify([long, ITEM, long])), [long, ITEM, long]);
});

Deno.test("numbers are answers too, and unknown members are left out", async () => {
  const [item] = await read(JSON.stringify([{ ...ITEM, answer: 4, note: "x" }]));
  assertEquals(item, ITEM);
});

Deno.test("a wrong field is named with its item", async () => {
  const wrong = (changed: Record<string, unknown>) =>
    JSON.stringify([ITEM, { ...ITEM, ...changed }]);
  const cases: [string, string][] = [
    [wrong({ question: 5 }), "item 1 (q1_abs), question: found 5, expected text"],
    [wrong({ question_id: undefined }), "item 1 (without question_id), question_id: found nothing"],
    [wrong({ answer: null }), "answer: found null, expected text or a number"],
    [wrong({ haystack_dates: ["a"] }), "haystack_dates: found 1, expected as many"],
    [wrong({ haystack_sessions: "x" }), 'haystack_sessions: found "x", expected a list'],
    [wrong({ haystack_sessions: [[], 3] }), "haystack_sessions[1]: found 3"],
    [
      wrong({ haystack_sessions: [[], [{ role: "bot", content: "" }]] }),
      "haystack_sessions[1][0].role",
    ],
    [wrong({ haystack_sessions: [[], [{ role: "user" }]] }), "haystack_sessions[1][0].content"],
    [
      wrong({ haystack_sessions: [[], [{ role: "user", content: "", has_answer: 1 }]] }),
      "haystack_sessions[1][0].has_answer: found 1, expected true or false",
    ],
    [wrong({ answer_session_ids: [1] }), "answer_session_ids[0]: found 1, expected text"],
  ];
  for (const [text, message] of cases) await assertRejects(() => read(text), DataError, message);
});

Deno.test("torn, empty and foreign files are refused", async () => {
  const whole = JSON.stringify([ITEM, ITEM]);
  for (const keep of [1, 20, whole.length - 40, whole.length - 1]) {
    await assertRejects(() => read(whole.slice(0, keep)), DataError, "the end of the file");
  }
  const half = JSON.stringify(ITEM).slice(0, -5);
  await assertRejects(() => read(half), DataError, "the end of the file");
  for (const text of ["", "[]", " \n"]) await assertRejects(() => read(text), DataError, "no item");
  await assertRejects(() => read("version https://git-lfs"), DataError, 'found "v"');
  await assertRejects(() => read('[{"question_id" 3}]'), DataError, "after 0 objects");
  await assertRejects(() => read(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x7d)), DataError, "UTF-8");
  await assertRejects(() => Array.fromAsync(readLongMemEval("none.json")), DataError, "none.json");
});

Deno.test("a history is dates, roles and contents, whatever its source", () => {
  assertEquals(renderHistory(ITEM), [
    "2023/08/11 (Fri) 00:01",
    "user: naïve ✓ }{",
    "assistant: line\nline",
    "2023/11/30 (Thu) 00:36",
    "user: evidence",
  ]);
  assertEquals(evidenceTurns(ITEM), ["evidence"]);
  const dated = { haystack_dates: ["", "day d7"], haystack_sessions: ITEM.haystack_sessions };
  assertEquals(renderHistory(dated).slice(2), ["day d7", "user: evidence"]);
});

Deno.test("the embedded items pass the reader of LongMemEval", async () => {
  const items = evaluationItems({ seed: 1, split: "test", length: 256, perType: 2 });
  const plain = items.map(({ evidence: _, ...item }) => item);
  assertEquals(await read(JSON.stringify(items)), plain);
});

Deno.test("a row's ids come from what it holds", () => {
  const row = makeSourceRow({
    split: "train",
    context: contextText(renderHistory(ITEM)),
    query: "q",
    answer: "a",
    questionType: "multi-session",
    evidence: ["e"],
  });
  const other = makeSourceRow({ ...row, query: "other" });
  assertEquals(row.rowId.length, 64);
  assertEquals(other.contextId, row.contextId);
  assert(other.rowId !== row.rowId);
  assertEquals(fromSourceTable(toSourceTable(row)), row);
});

Deno.test({
  name: "real LongMemEval items are read and rendered without their labels",
  ignore: ORACLE === undefined || SMALL === undefined,
  fn: async () => {
    const oracle = await Array.fromAsync(readLongMemEval(ORACLE ?? ""));
    assertEquals(oracle.map((item) => item.question_id), ["852ce960", "ba358f49"]);
    assertEquals(oracle[0].answer, "$400,000");
    const small = await Array.fromAsync(readLongMemEval(SMALL ?? ""));
    assertEquals(small.map((item) => item.haystack_sessions.length).sort(), [39, 41]);
    for (const item of [...oracle, ...small]) {
      const lines = renderHistory(item);
      assert(lines[0].startsWith("20") && !lines.some((line) => line.includes("has_answer")));
      assert(evidenceTurns(item).length > 0);
      for (const turn of evidenceTurns(item)) assert(lines.includes(`user: ${turn}`));
    }
  },
});
