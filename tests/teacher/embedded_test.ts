import { assert, assertEquals } from "@std/assert";
import { EmbeddedTeacher } from "../../src/teacher/embedded.ts";
import { splitSentences, splitUtterances, supersedes } from "../../src/teacher/text.ts";
import { history, questions } from "../rwr/fixtures.ts";

const context = history.join("\n");
const teacher = new EmbeddedTeacher();

Deno.test("the teacher copies the sentences that answer, in the question's order", async () => {
  for (const [query, , , evidence] of questions) {
    const { raw } = await teacher.writeNote(context, query);
    assertEquals(raw, evidence.join(" ") || "empty .", query);
  }
});

Deno.test("a context on one line is read as the same context on many", async () => {
  for (const [query] of questions) {
    const lines = await teacher.writeNote(context, query);
    assertEquals(await teacher.writeNote(history.join(" "), query), lines, query);
  }
});

Deno.test("questions, requests and other people's things are no evidence", async () => {
  const asked = "user: what is my dog ?\nuser: suggest a cafe .\nassistant: the dog is nice .";
  assertEquals((await teacher.writeNote(asked, "what is my dog ?")).raw, "empty .");
  assertEquals((await teacher.writeNote(asked, "what did you suggest for cafe ?")).raw, "empty .");
});

Deno.test("an answer is located with its outdated values", async () => {
  const { passages } = await teacher.locateAnswer(context, "what is my dog ?");
  assertEquals(passages, ["user: by the way my dog is rex .", "user: my dog is now tom ."]);
  const none = await teacher.locateAnswer(context, "what is my car ?");
  assertEquals(none.passages, []);
});

Deno.test("usage counts words, and every call is free", async () => {
  const reply = await teacher.writeNote("user: my dog is rex .", "what is my dog ?");
  assertEquals(reply, {
    raw: "my dog is rex .",
    finishReason: "stop",
    promptTokens: 8,
    completionTokens: 4,
    costUsd: 0,
  });
});

Deno.test("utterances joined are the context, also where lines are missing", () => {
  for (const text of [context, history.join(" "), "a\n\nb\n", "no speaker at all"]) {
    assertEquals(splitUtterances(text).join(""), text);
  }
  assertEquals(splitUtterances("user: a .\nassistant: b .").length, 2);
  assertEquals(splitUtterances("user: a . assistant: b . day d4 user: c .").length, 4);
});

Deno.test("sentences end at marks before white space, and lone marks are none", () => {
  assertEquals(splitSentences("user: it cost 3.5 dollars. Really? yes . ."), [
    "it cost 3.5 dollars.",
    "Really?",
    "yes .",
  ]);
});

Deno.test("a later value supersedes, another subject does not", () => {
  assert(supersedes("my dog is now tom .", "my dog is rex ."));
  assert(!supersedes("the chair cost six .", "the lamp cost six ."));
  assert(!supersedes("i love tea .", "i love jazz ."));
});
