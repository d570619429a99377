import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { HaltError, TeacherError } from "../../src/base/errors.ts";
import { verifierDisagreement } from "../../src/teacher/disagreement.ts";
import { exactContainment, lexicalOverlap } from "../../src/teacher/llm_verifier.ts";
import type { NoteToVerify, Verifier } from "../../src/teacher/verifier.ts";

const notes = (count: number): NoteToVerify[] =>
  Array.from({ length: count }, (_, i) => ({ query: "q", note: `${i}`, answer: "a" }));

/** Gives the verdicts listed: y, n, or ! for a failure. */
const listed = (rule: string, verdicts: string): Verifier => ({
  rule,
  version: "1",
  verify: ({ note }) => {
    const verdict = verdicts[Number(note)];
    if (verdict === "!") return Promise.reject(new TeacherError("no verdict"));
    return Promise.resolve({ accepted: verdict === "y", reason: "" });
  },
});

Deno.test("Cohen's kappa of a table worked out by hand", async () => {
  // 20 both accept, 5 only a, 10 only b, 15 both reject: p_o = 0.7, p_e = 0.5, kappa = 0.4.
  const a = "y".repeat(25) + "n".repeat(25);
  const b = "y".repeat(20) + "n".repeat(5) + "y".repeat(10) + "n".repeat(15);
  const [pair] = await verifierDisagreement(notes(50), [listed("a", a), listed("b", b)]);
  const { agreement, kappa, ...counts } = pair;
  assertEquals(counts, {
    a: "a 1",
    b: "b 1",
    notes: 50,
    bothAccept: 20,
    onlyA: 5,
    onlyB: 10,
    bothReject: 15,
  });
  assertAlmostEquals(agreement!, 0.7, 1e-12);
  assertAlmostEquals(kappa!, 0.4, 1e-12);
});

Deno.test("kappa is 1 for equal, -1 for opposite verdicts and null where chance says all", async () => {
  const kappaOf = async (a: string, b: string) =>
    (await verifierDisagreement(notes(a.length), [listed("a", a), listed("b", b)]))[0].kappa;
  assertEquals(await kappaOf("yynn", "yynn"), 1);
  assertEquals(await kappaOf("yynn", "nnyy"), -1);
  assertEquals(await kappaOf("yyyy", "yyyy"), null);
  assertEquals(await kappaOf("yyyy", "yynn"), 0);
  assertEquals(await kappaOf("", ""), null);
});

Deno.test("every pair once, in order; notes without a verdict are left out of its pairs", async () => {
  const pairs = await verifierDisagreement(notes(3), [
    listed("a", "y!n"),
    listed("b", "yyn"),
    listed("c", "!nn"),
  ]);
  assertEquals(pairs.map(({ a, b, notes }) => [a, b, notes]), [
    ["a 1", "b 1", 2],
    ["a 1", "c 1", 1],
    ["b 1", "c 1", 2],
  ]);
});

Deno.test("rules disagree where only the case differs; a halt passes through", async () => {
  const note = { query: "q", note: "the dog is rex", answer: "Rex" };
  const [pair] = await verifierDisagreement([note], [exactContainment, lexicalOverlap]);
  assertEquals([pair.onlyA, pair.onlyB, pair.agreement], [0, 1, 0]);
  const halting: Verifier = {
    ...exactContainment,
    verify: () => Promise.reject(new HaltError("budget spent")),
  };
  await assertRejects(() => verifierDisagreement([note], [halting, exactContainment]), HaltError);
});
