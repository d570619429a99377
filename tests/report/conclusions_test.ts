import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { DataError } from "../../src/base/errors.ts";
import type { ScoreRow } from "../../src/figures/mod.ts";
import { conclusions } from "../../src/report/conclusions.ts";
import { constantAnswers } from "../../src/report/constant_answer.ts";
import { QUESTION_TYPES } from "../../src/tables/mod.ts";
import { answerRows } from "../figures/fixture.ts";

const series = ["base", "new"].map((label) => ({ label, models: [label], method: "direct" }));
const TWO: readonly string[] = ["multi-session", "temporal-reasoning"];

/** Ten items a type; the new method has `two` and `one` right of them, the baseline five. */
function scores(length: number, two: number, one: number): ScoreRow[] {
  return series.flatMap(({ label }) =>
    QUESTION_TYPES.flatMap((question_type) =>
      Array.from({ length: 10 }, (_, i) => ({
        item_id: `${question_type}-${i}`,
        question_type,
        abstention: false,
        length,
        model: label,
        method: "direct",
        metric: "exact_match",
        value: Number(i < (label === "base" ? 5 : TWO.includes(question_type) ? two : one)),
        status: "scored" as const,
      }))
    )
  );
}

const input = { series, baseline: "base", seed: "s" };

Deno.test("conclusions: the numbers of the scores, whichever way they point", () => {
  const [first, second] = conclusions({
    ...input,
    scores: [...scores(4096, 2, 5), ...scores(435, 9, 4)],
  });
  assertStringIncludes(first, "At 435 tokens");
  // (2 · 40 − 4 · 10) / 6 = 6.7
  const of = (text: string) => text.replace(/ \[[^\]]*\]/g, "");
  assertStringIncludes(
    of(first),
    "new − base: +6.7 on average, +40.0 on the two-fact types, −10.0 on the single-fact types.",
  );
  assertStringIncludes(second, "At 4,096 tokens");
  assertStringIncludes(
    of(second),
    "new − base: −10.0 on average, −30.0 on the two-fact types, 0.0 on the single-fact types.",
  );
  assertStringIncludes(second, "0.0 [0.0, 0.0] on the single-fact types");
});

Deno.test("conclusions: what a type without items leaves open is said, a baseline must exist", () => {
  const partial = scores(64, 5, 5).filter((row) => row.question_type !== "multi-session");
  const [text] = conclusions({ ...input, scores: partial });
  assertStringIncludes(text, "(no items of every type) on the two-fact types, 0.0 [0.0, 0.0] on");
  assertThrows(() => conclusions({ ...input, baseline: "x", scores: partial }), DataError, '"x"');
});

Deno.test("constant answer: each item once, the most frequent gold, abstention apart", () => {
  const golds = ["rex", "rex", "rex", "tom"];
  const rows = answerRows().filter((row) => row.length === 256).map((row) => {
    const i = Number(row.item_id.split("-").at(-1));
    return row.abstention ? { ...row, gold: "unknown" } : { ...row, gold: golds[i % 4] };
  });
  const constants = constantAnswers(rows);
  assertEquals([...constants.keys()], [256]);
  const row = constants.get(256)!;
  // Of 50 items 38 have one of the first three golds.
  assertEquals(row["multi-session"], { share: 0.76, distinct: { golds: 2, questions: 1 } });
  assertEquals(row.average?.share.toFixed(9), "0.760000000");
  assertEquals(row.abstention, undefined);
  const partial = constantAnswers(rows.filter((row) => row.question_type !== "multi-session"));
  assertEquals(partial.get(256)?.average, undefined);
});
