import { assert, assertEquals, assertRejects } from "@std/assert";
import { HaltError, TeacherError } from "../../src/base/errors.ts";
import { partPath } from "../../src/distill/parts.ts";
import { REASKED_NOTES, reaskedAgreement, reaskParts } from "../../src/distill/reasked.ts";
import { type NotesTableRow, readRows, writeRows } from "../../src/tables/mod.ts";
import type { NoteToVerify, Verdict } from "../../src/teacher/verifier.ts";

const MANIFEST = { config: {}, inputs: {}, code: "test", adapter: null, driver: null };
const RULE = "llm-judge m";

/** Row `i`: every fifth is rejected, every seventh has an empty note, every ninth another rule. */
const row = (i: number): NotesTableRow => ({
  row_id: `row-${i}`,
  role: i % 11 === 10 ? "removed" : "full",
  ...{ context: "c", query: "q", answer: `${i}`, question_type: "t" },
  raw_note: "n",
  note: i % 7 === 6 ? "empty" : `note ${i}`,
  ...{ finish_reason: "stop", prompt_tokens: 1, completion_tokens: 1, cost_usd: 0, error: null },
  rule: i % 9 === 8 ? "answer-removed" : RULE,
  rule_version: "1",
  verdict: i % 5 === 4 ? "rejected" : "accepted",
  reason: "first",
  set: null,
});
const judged = (i: number): boolean => i % 11 !== 10 && i % 7 !== 6 && i % 9 !== 8;

async function inRun(
  sizes: readonly number[],
  test: (directory: string) => Promise<void>,
): Promise<void> {
  const directory = await Deno.makeTempDir();
  try {
    for (const [part, size] of sizes.entries()) {
      const rows = Array.from({ length: size }, (_, i) => row(1000 * part + i));
      await writeRows(partPath(`${directory}/notes`, part), "notes", rows, {
        ...MANIFEST,
        rowsIn: size,
      });
    }
    await test(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

const again = (verdict: (note: NoteToVerify) => Verdict) => ({
  rule: RULE,
  version: "1",
  verify: (note: NoteToVerify) => Promise.resolve().then(() => verdict(note)),
});
const asBefore = ({ answer }: NoteToVerify): Verdict => ({
  accepted: Number(answer) % 5 !== 4,
  reason: "second",
});

Deno.test("twenty judged notes of each part are asked about again, fewer where there are fewer", async () => {
  await inRun([200, 9], async (directory) => {
    const shard = { index: 0, count: 1 };
    const asked: NoteToVerify[] = [];
    const verifier = again((note) => (asked.push(note), asBefore(note)));
    const reasking = {
      directory,
      parts: 2,
      shard,
      rule: RULE,
      again: verifier,
      manifest: MANIFEST,
    };
    await reaskParts(reasking);
    const small = Array.from({ length: 9 }, (_, i) => 1000 + i).filter(judged);
    assertEquals(asked.length, REASKED_NOTES + small.length);
    assert(asked.every(({ answer }) => judged(Number(answer))));
    const second = await readRows(partPath(`${directory}/reasked`, 1), "reasked");
    assertEquals(second.map(({ row_id }) => row_id), small.map((i) => `row-${i}`));
    const first = await Deno.readFile(partPath(`${directory}/reasked`, 0));
    await reaskParts(reasking);
    assertEquals(asked.length, REASKED_NOTES + small.length, "finished parts are not made again");
    await Deno.remove(`${directory}/reasked`, { recursive: true });
    for (const index of [1, 0]) await reaskParts({ ...reasking, shard: { index, count: 2 } });
    assertEquals(await Deno.readFile(partPath(`${directory}/reasked`, 0)), first);
    const agreement = await reaskedAgreement(directory, 2);
    assertEquals(agreement?.agreement, 1);
    assertEquals([agreement?.onlyA, agreement?.onlyB], [0, 0]);
    assertEquals(agreement?.share?.high, 1);
  });
});

Deno.test("a verifier that changes its mind, or fails, is counted", async () => {
  await inRun([100], async (directory) => {
    let calls = 0;
    const verifier = again((note) => {
      const nth = calls++;
      if (nth < 3) throw new TeacherError("no reply");
      return nth < 8 ? { ...asBefore(note), accepted: !asBefore(note).accepted } : asBefore(note);
    });
    const shard = { index: 0, count: 1 };
    await reaskParts({
      directory,
      parts: 1,
      shard,
      rule: RULE,
      again: verifier,
      manifest: MANIFEST,
    });
    const found = await reaskedAgreement(directory, 1);
    assertEquals(found?.asked, REASKED_NOTES);
    assertEquals(found?.notes, REASKED_NOTES - 3);
    assertEquals(found!.onlyA + found!.onlyB, 5);
    assertEquals(found?.agreement, 12 / 17);
    assertEquals(found?.share?.mean, 12 / 17);
  });
});

Deno.test("a halt leaves no part; a rule leaves nothing to compare", async () => {
  await inRun([100], async (directory) => {
    const halting = again(() => {
      throw new HaltError("stop");
    });
    const shard = { index: 0, count: 1 };
    const reasking = { directory, parts: 1, shard, rule: RULE, manifest: MANIFEST };
    await assertRejects(() => reaskParts({ ...reasking, again: halting }), HaltError);
    assertEquals(await reaskedAgreement(directory, 1), null);
  });
});
