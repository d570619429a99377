import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { DataError, TeacherError } from "../../src/base/errors.ts";
import { countNotes, distill, type Distillation, distillBatch } from "../../src/rwr/distill.ts";
import { keptUtterances, noteInContextOrder, removePassages } from "../../src/rwr/passages.ts";
import { tinyFormat } from "../../src/rwr/prompts.ts";
import { parseNote } from "../../src/rwr/note.ts";
import { trainingContexts } from "../../src/sources/embedded/mod.ts";
import type { NotesTableRow } from "../../src/tables/mod.ts";
import { EmbeddedTeacher } from "../../src/teacher/embedded.ts";
import type { Teacher } from "../../src/teacher/teacher.ts";
import { measureTeacher } from "../../src/teacher/measure.ts";
import { impliedAnswerRule } from "../../src/teacher/verifier.ts";
import { history, questions, sourceRows } from "./fixtures.ts";

const by = (teacher: Teacher = new EmbeddedTeacher()): Distillation => ({
  teacher,
  verifier: impliedAnswerRule,
  format: tinyFormat,
});

/** The embedded teacher with one of its ways changed. */
function changed(ways: Partial<Teacher>): Teacher {
  const honest = new EmbeddedTeacher();
  return {
    name: "changed",
    writeNote: (context, query) => honest.writeNote(context, query),
    locateAnswer: (context, query) => honest.locateAnswer(context, query),
    ...ways,
  };
}

Deno.test("every row has its note, and every answerable one its empty twin", async () => {
  const rows = await distillBatch(sourceRows(), by());
  const answerable = questions.filter(([, , answer]) => answer !== "unknown").length;
  assertEquals(countNotes(rows), {
    rows: questions.length + answerable,
    full: questions.length,
    empty: answerable,
    rejected: new Map(),
  });
  for (const row of rows.filter(({ role }) => role === "removed")) {
    assertEquals([row.set, row.note, row.answer], ["D_e", "empty .", "unknown"]);
    assert(row.context.length < history.join("\n").length);
  }
  const dog = rows.find(({ role, query }) => role === "removed" && query.endsWith("dog ?"))!;
  const left = history.filter((utterance) => !utterance.includes("my dog"));
  assertEquals(dog.context, left.join("\n"));
});

Deno.test("rejected rows stay, with rule and reason", async () => {
  const [row] = sourceRows();
  const rejected = async (teacher: Teacher, at: number): Promise<NotesTableRow> =>
    (await distillBatch([row], by(teacher)))[at];
  const wrong = (await distillBatch([{ ...row, answer: "rex" }], by()))[0];
  assertEquals([wrong.set, wrong.verdict, wrong.rule], [null, "rejected", "implied-answer"]);

  const half = changed({ locateAnswer: () => located(["user: my dog is now tom ."]) });
  const still = await rejected(half, 1);
  assertEquals(still.reason, 'a note is still found: "my dog is rex ."');
  assertEquals(still.rule, "answer-removed");
  const none = await rejected(changed({ locateAnswer: () => located([]) }), 1);
  assertEquals(none.reason, "the teacher found no passage that holds the answer");
  const foreign = await rejected(changed({ locateAnswer: () => located(["a cat"]) }), 1);
  assert(foreign.reason?.includes('found no utterance that holds "a cat"'));
  assertEquals([foreign.rule, foreign.set], ["answer-removed", null]);

  const cut = changed({
    writeNote: () => Promise.resolve({ raw: "my dog is", ...usage, finishReason: "length" }),
  });
  assertEquals((await rejected(cut, 0)).reason, "the note was cut off");
  const down = changed({ writeNote: () => Promise.reject(new TeacherError("no answer")) });
  const failure = await rejected(down, 0);
  assertEquals([failure.error, failure.verdict, failure.set], ["no answer", "rejected", null]);
  assertEquals(failure.rule, "teacher-replied");
  const defect = changed({ writeNote: () => Promise.reject(new RangeError("a defect")) });
  await assertRejects(() => distillBatch([row], by(defect)), RangeError);
});

const usage = { finishReason: "stop" as const, promptTokens: 1, completionTokens: 1, costUsd: 0 };
const located = (passages: string[]) => Promise.resolve({ passages, ...usage });

Deno.test("a run cut short goes on and gives the same rows", async () => {
  const rows = sourceRows();
  const run = async (from: number): Promise<NotesTableRow[][]> => {
    const batches: NotesTableRow[][] = [];
    await distill(rows, by(), {
      batchSize: 3,
      from,
      onBatch: (batch, index) => void (batches[index] = batch),
    });
    return batches;
  };
  const whole = await run(0);
  assertEquals(whole.length, 4);
  assertEquals((await run(6)).slice(2), whole.slice(2));
  assertEquals(whole.flat(), await distillBatch(rows, by()));
  await assertRejects(() => run(2), DataError, "multiple of the batch size 3");
});

Deno.test("removal needs a passage that is there, and leaves something", () => {
  assertThrows(() => removePassages("user: a b .", ["c"]), DataError, '"c"');
  assertThrows(() => removePassages("user: a b .", [" "]), DataError);
  assertThrows(() => removePassages("user: a b .", ["a b"]), DataError, "nothing is left");
  assertEquals(removePassages("user: a .\nuser: b .\nuser: c .", ["b ."]), "user: a .\nuser: c .");
});

Deno.test("kept utterances are found again, also at the end of a line", () => {
  const full = "user: a .\nuser: b .\nuser: a .";
  assertEquals(keptUtterances(full, "user: b .\nuser: a ."), [1, 2]);
  assertEquals(keptUtterances(full, full), [0, 1, 2]);
  assertThrows(() => keptUtterances(full, "user: c ."), DataError, "user: c .");
});

Deno.test("a note in context order holds older values and both facts as they came", () => {
  const context = history.join("\n");
  assertEquals(
    noteInContextOrder(context, "my dog is now tom ."),
    "my dog is rex . my dog is now tom .",
  );
  assertEquals(
    noteInContextOrder(context, "the lamp cost six . the chair cost two ."),
    "the chair cost two . the lamp cost six .",
  );
  assertEquals(noteInContextOrder(context, "a new thing ."), "a new thing .");
  assertEquals(noteInContextOrder(context, "empty ."), "empty .");
});

Deno.test("over the embedded corpus notes are the evidence, and nothing is lost", async () => {
  const source = [...trainingContexts({
    seed: 3,
    count: 300,
    lengths: [128, 192, 256],
    split: "train",
    absent: 0.25,
  })].flatMap(({ rows }) => rows);
  const rows = await distillBatch(source, by());
  const evidence = new Map(source.map((row) => [row.rowId, row.evidence]));
  const measured = measureTeacher(
    rows.filter(({ role }) => role === "full").map((row) => ({
      questionType: row.question_type,
      note: parseNote(row.raw_note!),
      evidence: evidence.get(row.row_id)!,
    })),
  );
  for (const [type, { exact }] of measured) assertEquals(exact, 1, type);
  const answerable = source.filter(({ answer }) => answer !== "unknown").length;
  const { full, empty } = countNotes(rows);
  assertEquals([full, empty], [source.length, answerable]);
});
