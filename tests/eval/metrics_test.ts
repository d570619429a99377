import { assertEquals, assertThrows } from "@std/assert";
import { DataError } from "../../src/base/errors.ts";
import {
  exactMatch,
  isAbstention,
  normalizeAnswer,
  scoreAnswers,
  substringMatch,
} from "../../src/eval/metrics.ts";
import type { ExpectedItem, ScorableAnswer } from "../../src/eval/rows.ts";

Deno.test("normalisation follows SQuAD's rule", () => {
  const cases: [string, string][] = [
    ["The  Eiffel Tower.", "eiffel tower"],
    ["an Apple a day", "apple day"],
    ["U.S.A.", "usa"],
    ["don't know", "dont know"],
    ["[Luna]\n{Inn}`~|^", "luna inn"],
    ["theatre", "theatre"],
    ["L'aération, a–b", "laération –b"],
    ["aé a", "aé"],
    ["Café Ångström", "café ångström"],
    ["", ""],
  ];
  for (const [text, normal] of cases) assertEquals(normalizeAnswer(text), normal);
});

Deno.test("exact and substring match on hand-made cases", () => {
  const cases: [string, string[], boolean, boolean][] = [
    ["rex", ["Rex"], true, true],
    ["The dog is called Rex.", ["rex"], false, true],
    ["", ["rex"], false, false],
    ["max", ["rex", "Max."], true, true],
    // "A" and "the" normalise to nothing; they must not match everything.
    ["B", ["A"], false, false],
    ["a", ["A"], true, true],
    ["", ["the"], false, false],
    ["15", ["5"], false, true],
  ];
  for (const [prediction, golds, exact, substring] of cases) {
    assertEquals(exactMatch(prediction, golds), exact, `exact ${prediction} / ${golds}`);
    assertEquals(substringMatch(prediction, golds), substring, `sub ${prediction} / ${golds}`);
  }
  assertThrows(() => exactMatch("x", [" "]), DataError, "empty gold answer");
});

Deno.test("abstention is the word unknown or a known phrase", () => {
  for (const reply of ["unknown", "Unknown.", "I don't know.", "That was not mentioned."]) {
    assertEquals(isAbstention(reply), true, reply);
  }
  for (const reply of ["rex", "", "the unknown soldier", "I know"]) {
    assertEquals(isAbstention(reply), false, reply);
  }
});

const item = (item_id: string, abstention = false): ExpectedItem => ({
  item_id,
  question_type: "multi-session",
  abstention,
  length: 256,
});
const answer = (item_id: string, text: string, finish = "stop"): ScorableAnswer => ({
  item_id,
  length: 256,
  model: "mamba",
  method: "rwr",
  gold: "7",
  answer: text,
  finish,
});
const conditions = [{ model: "mamba", method: "rwr" }];

Deno.test("no failure leaves the count", () => {
  const items = [item("a"), item("b"), item("c"), item("d"), item("e_abs", true)];
  const answers = [
    answer("a", "7"),
    answer("b", "", "length"),
    answer("c", "", "error"),
    answer("e_abs", "unknown"),
  ];
  const rows = scoreAnswers({ items, conditions, answers, metric: "exact_match" });
  assertEquals(rows.map((row) => [row.item_id, row.status, row.value]), [
    ["a", "scored", 1],
    ["b", "scored", 0],
    ["c", "error", null],
    ["d", "missing", null],
    ["e_abs", "scored", 1],
  ]);
});

Deno.test("an unknown answer to an answerable question is wrong, and so is a guess to the other", () => {
  const rows = scoreAnswers({
    items: [item("a"), item("b_abs", true)],
    conditions,
    answers: [answer("a", "unknown"), answer("b_abs", "7")],
    metric: "substring_match",
  });
  assertEquals(rows.map((row) => row.value), [0, 0]);
});

Deno.test("doubled and stray answers are refused", () => {
  const items = [item("a")];
  const score = (answers: ScorableAnswer[]) => () =>
    scoreAnswers({ items, conditions, answers, metric: "exact_match" });
  assertThrows(score([answer("a", "7"), answer("a", "8")]), DataError, "two answers");
  assertThrows(score([answer("z", "7")]), DataError, "not asked");
});
