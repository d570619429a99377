import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { DataError } from "../../src/base/errors.ts";
import { Rng } from "../../src/base/rng.ts";
import { ContaminationIndex, readContaminationIndex } from "../../src/distill/contamination.ts";
import { HashMap } from "../../src/distill/hash_map.ts";
import { evidenceTurns, readHelmet, readLongMemEval } from "../../src/sources/mod.ts";
import { runCommandLine } from "../command_line.ts";
import { sharedFile } from "../sources/shared_file.ts";
import { inFolder, passage } from "../sources/openorca/made_rows.ts";
import { environmentOf, startTeacher, writeSource } from "./made_run.ts";

const ORACLE = sharedFile("longmemeval/longmemeval_oracle_sample.json");
const DEMOS = sharedFile("helmet/alce_asqa_demos.json");
const KEYS = sharedFile("helmet/json_kv_75keys_sample.jsonl");

const LONG = "Which of the two harbours did my sister say she would paint first?";
const PASSAGE = "she told me that the old harbour in the north would be painted before winter, and";
const row = (changed: Partial<Record<"context" | "query" | "answer", string>>) => ({
  ...{ context: "The mill is old.", query: "Who built the mill?", answer: "Nobody knows." },
  ...changed,
});

function indexOf(question: string, evidence: readonly string[] = []): ContaminationIndex {
  const index = new ContaminationIndex();
  index.add("file", { id: "item", question, evidence });
  return index;
}

const LONGMEMEVAL = {
  question_id: "q1",
  question_type: "multi-session",
  question: LONG,
  answer: "4",
  question_date: "",
  haystack_session_ids: ["s1"],
  haystack_dates: [""],
  haystack_sessions: [[
    { role: "user", content: `Yesterday ${PASSAGE} so on`, has_answer: true },
    { role: "assistant", content: PASSAGE.replace("north", "south") },
  ]],
  answer_session_ids: ["s1"],
};

Deno.test("eight words of a question are found anywhere in a row, seven are not", () => {
  const index = indexOf(LONG);
  const eight = "harbours did -- my SISTER\nsay, she would\tpaint";
  const words = "harbours did my sister say she would paint";
  for (const place of ["context", "query", "answer"] as const) {
    assertEquals(index.contaminated(row({ [place]: `So ${eight}!` })), { id: "item", words });
    assertEquals(index.contaminated(row({ [place]: `So ${eight.slice(9)}!` })), undefined);
  }
  assertEquals(index.contaminated(row({})), undefined);
  const [head, tail] = ["harbours did my sister", "say she would paint"];
  assertEquals(index.contaminated(row({ context: tail, query: head })), undefined);
});

Deno.test("a short question is found whole, and in a query alone", () => {
  const index = indexOf("Who plays the Dragon?");
  const found = { id: "item", words: "who plays the dragon" };
  assertEquals(index.contaminated(row({ query: "Tell me: who plays the dragon?" })), found);
  assertEquals(index.contaminated(row({ query: "Who plays the small dragon?" })), undefined);
  assertEquals(index.contaminated(row({ context: "Who plays the dragon?" })), undefined);
  assertEquals(
    indexOf("Who plays the Dragon in Oslo?").contaminated(row({ query: "Who plays the dragon?" })),
    undefined,
  );
  assertEquals(indexOf("Who plays?").contaminated(row({ query: "Who plays?" })), undefined);
});

Deno.test("thirteen words of evidence are found, twelve are not", () => {
  const index = indexOf("Nothing to see here", [PASSAGE, "too short to be told apart"]);
  const [first, ...rest] = PASSAGE.split(" ");
  const of = (words: readonly string[]) => index.contaminated(row({ context: words.join(" ") }));
  assertEquals(of([first, "once", ...rest.slice(0, 12)]), undefined);
  assertEquals(of(["once", ...rest.slice(0, 13)])?.words, rest.slice(0, 13).join(" "));
  assertEquals(index.files, { file: { items: 1, tooShort: 0, passages: 1 } });
});

Deno.test("letters of any script are words", () => {
  const index = indexOf("Où est né l'auteur de la première édition du livre ?");
  const found = index.contaminated(row({ query: "où est né l’auteur de la première édition" }));
  assertEquals(found?.words, "où est né l auteur de la première");
});

Deno.test("the hash is of what is compared, in its order", () => {
  assertEquals(indexOf(LONG).hash, indexOf(LONG).hash);
  const hashes = [indexOf(LONG), indexOf("Who?"), indexOf(LONG, [PASSAGE])].map(({ hash }) => hash);
  assertEquals(new Set(hashes).size, 3);
  assert(hashes.every((hash) => /^[0-9a-f]{64}$/.test(hash)));
});

Deno.test("a map of hashes holds what was put there first", () => {
  const map = new HashMap();
  const rng = new Rng(3);
  const expected = new Map<string, number>();
  for (let i = 0; i < 20_000; i++) {
    const [high, low] = [rng.integer(50), rng.integer(500)];
    map.add(high, low, i);
    if (!expected.has(`${high} ${low}`)) expected.set(`${high} ${low}`, i);
  }
  assertEquals(map.size, expected.size);
  for (let high = 0; high < 50; high++) {
    for (let low = 0; low < 500; low++) {
      assertEquals(map.get(high, low), expected.get(`${high} ${low}`));
    }
  }
  assertEquals(map.get(60, 0), undefined);
});

Deno.test("files are told by what is in them", async () => {
  await inFolder(async (folder) => {
    const write = async (name: string, text: string): Promise<string> => {
      await Deno.writeTextFile(`${folder}/${name}`, text);
      return `${folder}/${name}`;
    };
    const passages = [
      { text: PASSAGE, has_answer: true },
      { text: PASSAGE.replaceAll("harbour", "mill"), has_answer: false },
    ];
    const paths = await Promise.all([
      write("oracle", JSON.stringify([LONGMEMEVAL])),
      write("nq.jsonl", JSON.stringify({ question: "Who plays it?", answers: [], ctxs: passages })),
      write("more.txt", "Where did the painter of the harbour go\n\n[x] Who are you, really?\n"),
    ]);
    const index = await readContaminationIndex(paths);
    assertEquals(index.files, {
      "oracle": { items: 1, tooShort: 0, passages: 1 },
      "nq.jsonl": { items: 1, tooShort: 1, passages: 1 },
      "more.txt": { items: 2, tooShort: 0, passages: 0 },
    });
    const owner = (query: string) => index.contaminated(row({ query }))?.id;
    assertEquals(owner(LONG), "oracle/q1");
    assertEquals(owner(PASSAGE), "oracle/q1");
    assertEquals(owner(PASSAGE.replaceAll("harbour", "mill")), undefined);
    assertEquals(owner(PASSAGE.replace("north", "south")), undefined);
    assertEquals(owner("X: who are you, really"), "more/3");

    const moved = await write("nq2.jsonl", await Deno.readTextFile(paths[1]));
    assertEquals((await readContaminationIndex([paths[0], moved])).files["nq2.jsonl"].passages, 1);
    const short = await write("short.txt", "Who?\n");
    await assertRejects(() => readContaminationIndex([short]), DataError, "none of 4 words");
    const empty = await write("empty.json", "[]");
    await assertRejects(() => readContaminationIndex([empty]), DataError, "found no item");
    const other = await write("other.json", '{"a": 1}');
    await assertRejects(() => readContaminationIndex([other]), DataError, "HELMET's tasks");
    await assertRejects(() => readContaminationIndex(["none.txt"]), DataError, "none.txt");
  });
});

Deno.test("the command leaves contaminated rows out and reports them by item", async () => {
  await inFolder(async (folder) => {
    await writeSource(`${folder}/rows.jsonl`, 50);
    // What the rows 3 and 7 ask, and what no row asks.
    await Deno.writeTextFile(`${folder}/a.txt`, "When was the market of town 3 built?\n");
    const b = "when was the MARKET of town 7 built\nWhen was the mill of town 7 built?\n";
    await Deno.writeTextFile(`${folder}/b.txt`, b);
    await using server = startTeacher();
    const run = (name: string, more: readonly string[]) =>
      runCommandLine(
        [
          ...["distill", "--source", `${folder}/rows.jsonl`, "--runs", folder, "--name", name],
          ...["--limit", "50", "--dry-run", ...more],
        ],
        environmentOf(server),
      );
    const files = `${folder}/a.txt,${folder}/b.txt`;
    const cleaned = await run("cleaned", ["--decontaminate", files]);
    assertEquals(cleaned.code, 0, cleaned.err);
    const summary = JSON.parse(
      await Deno.readTextFile(`${folder}/distill/cleaned/selection.json`),
    );
    assertEquals(summary.config.contamination.files["b.txt"].items, 2);
    assertEquals([summary.reasons.contaminated, summary.selected], [2, 48]);
    assertEquals(summary.contamination, {
      "a/1": { rows: 1, example: "t0.3", words: "when was the market of town 3 built" },
      "b/1": { rows: 1, example: "t0.7", words: "when was the market of town 7 built" },
    });
    assertStringIncludes(cleaned.out, "2 rows left out that share words with 2 items");
    const again = await run("cleaned", ["--decontaminate", `${folder}/a.txt`]);
    assertStringIncludes(again.err, "of another configuration");
    const none = await run("none", ["--decontaminate", `${folder}/c.txt`]);
    assertStringIncludes(none.err, "c.txt");
    assertEquals(server.stats().paid, {});
  });
});

const REAL = [ORACLE, DEMOS, KEYS];
Deno.test({
  name: "every question of the real samples is found again, and made-up rows are not",
  ignore: REAL.includes(undefined),
  fn: async () => {
    const index = await readContaminationIndex(REAL as string[]);
    for await (const { question } of readLongMemEval(ORACLE!)) {
      assert(index.contaminated(row({ query: `Question: ${question}` })), question);
    }
    for (const path of [DEMOS!, KEYS!]) {
      for await (const { question } of readHelmet(path)) {
        assert(index.contaminated(row({ query: `${question.toUpperCase()} Why?` })), question);
      }
    }
    for await (const item of readLongMemEval(ORACLE!)) {
      for (const turn of evidenceTurns(item)) {
        assert(index.contaminated(row({ context: `So: ${turn}` })), turn);
      }
    }
    for (let i = 0; i < 100; i++) {
      const context = passage(i);
      assertEquals(index.contaminated(row({ context })), undefined);
    }
  },
});
