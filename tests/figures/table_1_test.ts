import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { DataError } from "../../src/base/errors.ts";
import {
  emptyPublished,
  table1,
  table1Markdown,
  table1Records,
  TABLE_COLUMNS,
} from "../../src/figures/mod.ts";
import { summarize } from "../../src/eval/summary.ts";
import { LENGTHS, scoreRows, SERIES } from "./fixture.ts";

const input = {
  scores: scoreRows(),
  series: SERIES,
  baseline: "Mamba-SFT",
  published: emptyPublished(),
  seed: "0",
};
const table = table1(input);

Deno.test("table-1: a part a length, a row a method, a cell a column", () => {
  assertEquals(table.parts.map((part) => part.length), LENGTHS);
  for (const { length, rows } of table.parts) {
    assertEquals(rows.map((row) => row.label), ["Mamba", "Mamba-SFT", "RwR", "RwR+SSA"]);
    for (const row of rows) {
      assertEquals(Object.keys(row.cells), [...TABLE_COLUMNS]);
      const seeds = row.label === "Mamba" ? 1 : 3;
      assertEquals(row.cells.abstention.n, seeds * (length === 4096 ? 25 : 50));
      assertEquals(row.differences === null, row.label === "Mamba-SFT");
    }
  }
});

Deno.test("table-1: recall with segments is ahead where the fixture puts it ahead", () => {
  const ssa = table.parts[2].rows[3];
  const [low] = ssa.differences?.average.interval ?? [NaN];
  assert(low > 0.2);
});

Deno.test("table-1: published cells are empty, and stay so in Markdown-free CSV records", () => {
  assertEquals(emptyPublished().length, 2 * 6 * 7);
  assert(emptyPublished().every((cell) => cell.value === null && cell.source === null));
  const [header, ...records] = table1Records(table);
  const published = records.filter((record) => String(record[0]).endsWith("(published)"));
  assertEquals(published.length, 84);
  assert(published.every((record) => record.slice(3).every((value) => value === null)));
  assert(records.every((record) => record.length === header.length));
});

Deno.test("table-1: a published number needs its source", () => {
  const [cell, ...rest] = emptyPublished();
  const withValue = { ...input, published: [{ ...cell, value: 1 }, ...rest] };
  assertThrows(() => table1(withValue), DataError, "source");
  const sourced = { ...cell, value: 1, source: "paper, v2, table 1" };
  assertEquals(table1({ ...input, published: [sourced] }).published, [sourced]);
});

Deno.test("table-1: Markdown marks the best of a column", () => {
  const text = table1Markdown(table, 4096);
  assertEquals(text.trimEnd().split("\n").length, 2 + SERIES.length);
  assertStringIncludes(text, "| RwR+SSA | **");
  assertThrows(() => table1Markdown(table, 1), DataError, "256, 435, 4096");
});

Deno.test("table-1: unknown baselines and question types are refused", () => {
  assertThrows(() => table1({ ...input, baseline: "GPT" }), DataError, "GPT");
  const stray = [{ ...input.scores[0], question_type: "riddle" }];
  assertThrows(() => table1({ ...input, scores: stray }), DataError, "riddle");
});

Deno.test("table-1: the summary has the same numbers under the same seed", () => {
  const one = SERIES.map((series) => ({ ...series, models: [series.models[0]] }));
  const scores = input.scores.filter(({ model }) => one.some(({ models }) => models[0] === model));
  const [base] = one.filter(({ label }) => label === input.baseline);
  const summary = summarize(scores, {
    seed: input.seed,
    base: { model: base.models[0], method: base.method },
  });
  for (const { length, rows } of table1({ ...input, scores, series: one }).parts) {
    for (const { label, cells, differences } of rows) {
      const { models: [model], method } = one.find((series) => series.label === label)!;
      const found = summary.rows.find((row) =>
        row.length === length && row.model === model && row.method === method
      )!;
      for (const [i, type] of summary.questionTypes.entries()) {
        const { strict, strictInterval } = cells[type as keyof typeof cells];
        const own = found.types[i].strict;
        assertEquals([strict, strictInterval], [own?.mean ?? null, own && [own.low, own.high]]);
      }
      for (
        const [cell, own] of [[cells.average, found.average], [
          cells.abstention,
          found.abstention,
        ]] as const
      ) {
        assertEquals(cell.strictInterval, own.strict && [own.strict.low, own.strict.high]);
        assertEquals(cell.scoredInterval, own.scored && [own.scored.low, own.scored.high]);
      }
      const difference = found.difference?.average;
      assertEquals(
        differences?.average.interval ?? null,
        difference ? [difference.low, difference.high] : null,
      );
    }
  }
});
