import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { HaltError, TeacherError } from "../../src/base/errors.ts";
import type { FinishReason, Llm, LlmRequest } from "../../src/llm/request.ts";
import { distilRow } from "../../src/rwr/distill.ts";
import { plainFormat } from "../../src/rwr/prompts.ts";
import { makeSourceRow } from "../../src/sources/mod.ts";
import { llmTeacher } from "../../src/teacher/llm_teacher.ts";
import {
  exactContainment,
  lexicalOverlap,
  llmVerifier,
  normalisedContainment,
} from "../../src/teacher/llm_verifier.ts";
import { looseObject } from "../../src/teacher/loose_json.ts";
import { verbatimOf } from "../../src/teacher/verbatim.ts";

type Said = string | { text: string; finishReason: FinishReason } | Error;

/** A model that says what it is told to, in turn, and remembers what it was asked. */
function saying(...replies: Said[]): Llm & { asked: LlmRequest[] } {
  const asked: LlmRequest[] = [];
  return {
    model: "m",
    baseUrl: "http://localhost",
    asked,
    ask(request) {
      asked.push(request);
      const said = replies.shift()!;
      if (said instanceof Error) return Promise.reject(said);
      const reply = typeof said === "string" ? { text: said, finishReason: "stop" as const } : said;
      const usage = { promptTokens: 3, completionTokens: 2, usageEstimated: false, costUsd: 0.5 };
      return Promise.resolve({ ...reply, ...usage, model: "m" });
    },
  };
}

const CONTEXT = "The mill was built in 1820. It “burnt”  down\nin May. Nobody was hurt.";

const PARAGRAPH = "The mill was built in 1820. It burnt down. Nobody was hurt.";

Deno.test("JSON is found bare, fenced and within words", () => {
  assertEquals(looseObject('{"a": 1}'), { a: 1 });
  assertEquals(looseObject('```json\n{"a": {"b": "}"}}\n```'), { a: { b: "}" } });
  assertEquals(looseObject('Here {not json} it is: {"a": "\\"}"} and more'), { a: '"}' });
  for (const none of ["", "{", "[1]", '{"a": ', "no"]) assertEquals(looseObject(none), undefined);
});

Deno.test("a quote is found verbatim, whatever was done to its spaces, quotes and capitals", () => {
  assertEquals(verbatimOf(CONTEXT, "built in 1820"), "built in 1820");
  assertEquals(verbatimOf(CONTEXT, 'it "burnt" down in may.'), "It “burnt”  down\nin May.");
  assertEquals(verbatimOf(CONTEXT, " Nobody was hurt. "), "Nobody was hurt.");
  assertEquals(verbatimOf(CONTEXT, "It was rebuilt."), undefined);
  assertEquals(verbatimOf(CONTEXT, "  "), undefined);
  for (let start = 0; start < CONTEXT.length; start++) {
    const quote = CONTEXT.slice(start, start + 17).trim();
    assertEquals(verbatimOf(CONTEXT, quote.toUpperCase())?.toLowerCase(), quote.toLowerCase());
  }
});

Deno.test("passages are read from JSON and from lists, and must be in the context", async () => {
  const located = async (reply: Said) =>
    (await llmTeacher(saying(reply)).locateAnswer(CONTEXT, "When?", "1820")).passages;
  const first = ["The mill was built in 1820."];
  assertEquals(await located('{"passages": ["the mill was built in 1820."]}'), first);
  assertEquals(await located('Sure:\n1. "The mill was built in 1820."'), first);
  assertEquals(await located('{"passages": []}'), []);
  await assertRejects(() => located('{"passages": ["It fell."]}'), TeacherError, "1 of 1");
  await assertRejects(() => located("I cannot say"), TeacherError, "passages");
  const refused: Said = { text: "no", finishReason: "refusal" };
  await assertRejects(() => located(refused), TeacherError, "refusal");
});

Deno.test("a judge's verdict is read as JSON or in a word; empty notes are not asked about", async () => {
  const input = { query: "When?", note: "In 1820.", answer: "1820" };
  const judged = async (...said: Said[]) => (await llmVerifier(saying(...said)).verify(input));
  assertEquals(await judged('{"agrees": true, "reason": "so"}'), { accepted: true, reason: "so" });
  assertEquals((await judged("No, it does not.")).accepted, false);
  await assertRejects(() => judged("perhaps"), TeacherError, "without a verdict");
  const silent = saying();
  assertEquals((await llmVerifier(silent).verify({ ...input, note: "" })).accepted, false);
  const unknown = { ...input, note: "", answer: "unknown" };
  assertEquals((await llmVerifier(silent).verify(unknown)).accepted, true);
  const again = saying('{"agrees": true}');
  await llmVerifier(again, 1).verify(input);
  assertEquals(again.asked[0].attempt, 1);
});

Deno.test("the rules that need no model differ where they should", async () => {
  const verdicts = async (note: string, answer: string) =>
    await Promise.all(
      [exactContainment, normalisedContainment, lexicalOverlap].map(async (rule) =>
        (await rule.verify({ query: "?", note, answer })).accepted
      ),
    );
  assertEquals(await verdicts("It is The Old Mill.", "The Old Mill"), [true, true, true]);
  assertEquals(await verdicts("it is old mill, yes", "the Old Mill."), [false, true, true]);
  assertEquals(await verdicts("the mill is old", "old mill"), [false, false, true]);
  assertEquals(await verdicts("a tower", "old mill"), [false, false, false]);
  assertEquals(await verdicts("", "old mill"), [false, false, false]);
});

Deno.test("a note that cannot be verified keeps what was paid for", async () => {
  const row = makeSourceRow({
    ...{ split: "train", context: PARAGRAPH, query: "When was the mill built?", answer: "1820" },
    ...{ questionType: "flan/made", evidence: [] },
  });
  for (const said of [new TeacherError("503"), "I cannot tell."]) {
    const verifier = llmVerifier(saying(said));
    const by = {
      teacher: llmTeacher(saying("The mill was built in 1820.")),
      verifier,
      format: plainFormat,
    };
    const [full, ...others] = await distilRow(row, by);
    assertEquals(others, []);
    assertEquals([full.note, full.raw_note], Array(2).fill("The mill was built in 1820."));
    assertEquals([full.prompt_tokens, full.cost_usd], [3, 0.5]);
    assertEquals([full.rule, full.verdict, full.set], ["verifier-replied", "rejected", null]);
    assertStringIncludes(full.error!, said instanceof Error ? "503" : "without a verdict");
  }
  const unanswered = llmTeacher(saying(new TeacherError("500")));
  const [lost] = await distilRow(row, {
    teacher: unanswered,
    verifier: exactContainment,
    format: plainFormat,
  });
  assertEquals([lost.rule, lost.note, lost.cost_usd], ["teacher-replied", null, null]);
});

Deno.test("a row is noted, judged, has its answer removed and confirmed empty", async () => {
  const row = makeSourceRow({
    ...{ split: "train", context: PARAGRAPH, query: "When was it built?", answer: "1820" },
    ...{ questionType: "flan/x", evidence: [] },
  });
  const distilled = (...said: Said[]) => {
    const llm = saying(...said);
    const by = { teacher: llmTeacher(llm), verifier: llmVerifier(llm), format: plainFormat };
    return distilRow(row, by);
  };
  const agreed = '{"agrees": true, "reason": "so"}';
  const cut = '{"passages": ["The mill was built in 1820."]}';
  const [full, removed] = await distilled("Built in 1820.", agreed, cut, "Empty");
  assertEquals([full.set, removed.set], ["D_f", "D_e"]);
  assertEquals(removed.context, "It burnt down. Nobody was hurt.");
  assertEquals(removed.note, "empty");
  const [, stays] = await distilled("Built in 1820.", agreed, cut, "It burnt down.");
  assertEquals([stays.set, stays.rule], [null, "answer-removed"]);
  const [lost] = await distilled(new TeacherError("gone"));
  assertEquals([lost.set, lost.error], [null, "gone"]);
  await assertRejects(() => distilled(new HaltError("no money")), HaltError);
  const [cutOff] = await distilled({ text: "Built", finishReason: "length" });
  assertStringIncludes(cutOff.reason!, "cut off");
});
