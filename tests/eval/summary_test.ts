import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { DataError } from "../../src/base/errors.ts";
import { summarize } from "../../src/eval/summary.ts";
import { formatSummary } from "../../src/eval/summary_text.ts";
import type { ScoresTableRow } from "../../src/tables/schemas.ts";

const row = (
  method: string,
  item_id: string,
  question_type: string,
  value: number | null,
  more: Partial<ScoresTableRow> = {},
): ScoresTableRow => ({
  item_id,
  question_type,
  abstention: item_id.endsWith("_abs"),
  length: 256,
  model: "mamba",
  method,
  metric: "exact_match",
  value,
  status: value === null ? "error" : "scored",
  ...more,
});

const scores = [
  ...["sft", "rwr"].flatMap((method) => [
    row(method, "a", "multi-session", method === "rwr" ? 1 : 0),
    row(method, "b", "multi-session", null),
    row(method, "c", "single-session-user", 1),
    row(method, "d_abs", "multi-session", 0),
  ]),
];

Deno.test("strict and scored accuracy stand side by side, abstention apart", () => {
  const summary = summarize(scores, { seed: "1", base: { model: "mamba", method: "sft" } });
  assertEquals(summary.questionTypes, ["single-session-user", "multi-session"]);
  const [sft, rwr] = summary.rows;
  assertEquals([sft.method, sft.difference], ["sft", null]);
  const [user, multi] = rwr.types;
  assertEquals([multi.strict?.mean, multi.strict?.n], [0.5, 2]);
  assertEquals([multi.scored?.mean, multi.scored?.n], [1, 1]);
  assertEquals([user.strict?.mean, user.strict?.n], [1, 1]);
  assertEquals(rwr.average.strict?.mean, 0.75);
  assertEquals(rwr.average.scored?.mean, 1);
  assertEquals([rwr.abstention.strict?.mean, rwr.abstention.strict?.n], [0, 1]);
  assertEquals(rwr.failures, { missing: 0, error: 1, judge_failed: 0 });
  assertEquals(rwr.difference?.average?.mean, 0.25);
  assertEquals(rwr.difference?.types.map((type) => type?.mean), [0, 0.5]);
});

Deno.test("a type without scored items has no scored average, and strict counts it as wrong", () => {
  const [only] = summarize([
    row("rwr", "a", "multi-session", null, { status: "judge_failed" }),
    row("rwr", "b", "single-session-user", 1),
  ], { seed: "1" }).rows;
  assertEquals(only.average.scored, null);
  assertEquals(only.average.strict?.mean, 0.5);
});

Deno.test("a length that lacks a type has no average", () => {
  const { rows } = summarize([
    ...scores,
    row("rwr", "a", "multi-session", 1, { length: 4096 }),
  ], { seed: "1" });
  assertEquals(rows.map((one) => one.length), [256, 256, 4096]);
  assertEquals(rows[2].average.strict, null);
  assertEquals(rows[2].types[0].strict, null);
});

Deno.test("a cell's interval does not depend on the other rows", () => {
  const all = summarize(scores, { seed: "1" }).rows[1];
  const [alone] = summarize(scores.filter((one) => one.method === "rwr"), { seed: "1" }).rows;
  assertEquals(alone, all);
});

Deno.test("contradicting, doubled and unpaired rows are refused", () => {
  const base = { model: "mamba", method: "sft" };
  const summary = (rows: ScoresTableRow[]) => () => summarize(rows, { seed: "1", base });
  const bad = row("sft", "a", "multi-session", null, { status: "scored" });
  assertThrows(summary([bad]), DataError, "status scored and value null");
  assertThrows(summary([...scores, scores[0]]), DataError, "5 scores for 4 items");
  assertThrows(summary([row("rwr", "a", "multi-session", 1)]), DataError, "no exact_match scores");
  assertThrows(summary(scores.slice(1)), DataError, "same items");
});

Deno.test("the text is aligned and names both counts", () => {
  const text = formatSummary(
    summarize(scores, { seed: "1", base: { model: "mamba", method: "sft" } }),
  );
  assertStringIncludes(text, "256 tokens, accuracy in percent (exact_match)");
  assertStringIncludes(text, "2/3");
  assertStringIncludes(text, "differences from mamba sft");
  const [header, first, second] = text.split("\n").slice(1);
  assert(header.includes("  user"));
  assertEquals([first.length, second.length], [header.length, header.length]);
});
