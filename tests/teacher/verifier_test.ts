import { assertEquals } from "@std/assert";
import { measureTeacher } from "../../src/teacher/measure.ts";
import { impliedAnswerRule } from "../../src/teacher/verifier.ts";
import { questions } from "../rwr/fixtures.ts";

const verdict = async (query: string, note: string, answer: string): Promise<string> => {
  const { accepted, reason } = await impliedAnswerRule.verify({ query, note, answer });
  return `${accepted ? "+" : "-"} ${reason}`;
};

Deno.test("evidence implies the answer for every kind of question", async () => {
  for (const [query, , answer, evidence] of questions) {
    const found = await verdict(query, evidence.join(" "), answer);
    assertEquals(found[0], "+", `${query}: ${found}`);
  }
});

Deno.test("a wrong answer is rejected for every kind of question", async () => {
  for (const [query, , answer, evidence] of questions) {
    const found = await verdict(query, evidence.join(" "), answer === "one" ? "two" : "one");
    assertEquals(found[0], "-", `${query}: ${found}`);
  }
});

Deno.test("verdicts name what the note implies", async () => {
  const query = "how much for lamp and chair ?";
  const two = "the lamp cost six . the chair cost two .";
  assertEquals(
    await verdict(query, two, "nine"),
    '- the note holds 2 of 2 facts and implies "eight", the answer is "nine"',
  );
  assertEquals(
    await verdict(query, "the lamp cost six .", "six"),
    '- the note holds 1 of 2 facts and implies "unknown", the answer is "six"',
  );
  assertEquals(
    await verdict("what is my dog ?", "my cat is rex .", "rex"),
    "- the note says nothing about the question",
  );
  assertEquals(
    await verdict("what is my dog ?", "my dog is rex . my dog is now tom .", "rex"),
    '- the note does not hold the answer "rex", or only an outdated one',
  );
  assertEquals(
    await verdict("what is my dog ?", "my dog is rex . my dog is now tom .", "tom"),
    "+ the note holds the answer",
  );
  assertEquals(
    await verdict("what is my dog ?", "my dog is rex .", "unknown"),
    "- the note is not empty, the answer is unknown",
  );
  assertEquals(
    await verdict("what is my dog ?", "", "rex"),
    '- the note is empty, the answer is "rex"',
  );
});

Deno.test("the later of two prices counts", async () => {
  const note = "the lamp cost six . the chair cost two . the lamp cost three .";
  assertEquals((await verdict("how much for lamp and chair ?", note, "five"))[0], "+");
});

Deno.test("agreement with evidence is counted by type", () => {
  const measured = measureTeacher([
    { questionType: "b", note: "my dog is rex .", evidence: ["my dog is rex ."] },
    { questionType: "b", note: "my cat is tom .", evidence: ["my dog is rex ."] },
    { questionType: "a", note: "x is one . y is two .", evidence: ["y is two .", "x is one ."] },
    { questionType: "c", note: "", evidence: [] },
  ]);
  assertEquals([...measured.keys()], ["a", "b", "c", "all"]);
  assertEquals(measured.get("b"), { rows: 2, exact: 0.5, recall: 0.5, precision: 0.5 });
  assertEquals(measured.get("c"), { rows: 1, exact: 1, recall: null, precision: null });
  assertEquals(measured.get("all"), { rows: 4, exact: 0.75, recall: 0.75, precision: 0.75 });
});
