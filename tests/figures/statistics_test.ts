import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { DataError } from "../../src/base/errors.ts";
import type { ScoreRow } from "../../src/figures/mod.ts";
import { accuracy, pairedDifference } from "../../src/figures/shared/statistics.ts";

const row = (item: number, value: number | null, more: Partial<ScoreRow> = {}): ScoreRow => ({
  item_id: `i${item}`,
  question_type: "multi-session",
  abstention: false,
  length: 256,
  model: "m",
  method: "direct",
  metric: "exact_match",
  value,
  status: value === null ? "judge_failed" : "scored",
  ...more,
});

Deno.test("failures count as wrong in strict accuracy and leave the scored denominator", () => {
  const cell = accuracy([[row(0, 1), row(1, 1), row(2, 0), row(3, null)]], "s");
  assertEquals([cell.n, cell.scored], [4, 3]);
  assertEquals(cell.strict, 0.5);
  assertAlmostEquals(cell.scoredAccuracy ?? NaN, 2 / 3);
});

Deno.test("the average weighs types equally, and is null while a type is missing", () => {
  const easy = Array.from({ length: 30 }, (_, i) => row(i, 1));
  const hard = Array.from({ length: 10 }, (_, i) => row(i, 0, { question_type: "other" }));
  assertEquals(accuracy([easy, hard], "s").strict, 0.5);
  const partial = accuracy([easy, []], "s");
  assertEquals([partial.strict, partial.strictInterval, partial.n], [null, null, 30]);
});

Deno.test("a cell with no score has a strict accuracy of 0 and no scored accuracy", () => {
  const cell = accuracy([[row(0, null), row(1, null)]], "s");
  assertEquals([cell.strict, cell.scoredAccuracy, cell.scoredInterval], [0, null, null]);
});

Deno.test("intervals cover the mean, repeat under one seed, and shrink with items", () => {
  const rows = (n: number) => Array.from({ length: n }, (_, i) => row(i, Number(i % 3 === 0)));
  const few = accuracy([rows(30)], "s");
  assertEquals(few, accuracy([rows(30)], "s"));
  const [low, high] = few.strictInterval ?? [NaN, NaN];
  // Normal approximation: 1/3 ± 1.96 · sqrt(2/9/30) = 0.165 to 0.502.
  assertAlmostEquals(low, 0.165, 0.04);
  assertAlmostEquals(high, 0.502, 0.04);
  const [l, h] = accuracy([rows(300)], "s").strictInterval ?? [NaN, NaN];
  assert(h - l < (high - low) / 2);
});

Deno.test("several checkpoints that agree on an item are no more evidence than one", () => {
  const one = Array.from({ length: 30 }, (_, i) => row(i, i % 2));
  const three = ["a", "b", "c"].flatMap((model) => one.map((r) => ({ ...r, model })));
  assertEquals(accuracy([three], "s").strictInterval, accuracy([one], "s").strictInterval);
});

Deno.test("paired differences use shared items alone", () => {
  const ours = [row(0, 1), row(1, 1), row(2, 0), row(9, 0)];
  const base = [row(0, 0), row(1, 1), row(2, 0), row(8, 1)];
  const { items, difference, interval } = pairedDifference([ours], [base], "s");
  assertEquals(items, 3);
  assertAlmostEquals(difference ?? NaN, 1 / 3);
  assert(interval && interval[0] >= 0 && interval[1] <= 1);
  assertEquals(pairedDifference([ours], [[]], "s").difference, null);
});

Deno.test("rows that cannot be right are refused", () => {
  const bad: ScoreRow[][] = [
    [row(0, 1), row(0, 1)],
    [row(0, 1.5)],
    [row(0, NaN)],
    [row(0, null, { status: "scored" })],
    [row(0, 1, { status: "error" })],
    [row(0, 1), row(1, 1, { metric: "f1" })],
  ];
  for (const rows of bad) assertThrows(() => accuracy([rows], "s"), DataError);
});
