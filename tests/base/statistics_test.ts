import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { DataError } from "../../src/base/errors.ts";
import { Rng } from "../../src/base/rng.ts";
import {
  accuracyEstimate,
  bootstrapMean,
  bootstrapRatio,
  pairedDifference,
  quantile,
  wilson,
} from "../../src/base/statistics.ts";

const binary = (right: number, n: number): number[] =>
  Array.from({ length: n }, (_, i) => i < right ? 1 : 0);

const totals = (values: readonly number[]) => values.map((sum) => ({ sum, count: 1 }));

Deno.test("quantiles are linear between neighbours", () => {
  assertEquals(quantile([1, 2, 3, 4], 0.5), 2.5);
  assertEquals(quantile([5], 0.9), 5);
  assertEquals(quantile([0, 10], 1), 10);
});

Deno.test("the same seed gives the same interval, another seed another", () => {
  const values = [binary(30, 50)];
  const first = bootstrapMean(values, { seed: "1/x" });
  assertEquals(bootstrapMean(values, { seed: "1/x" }), first);
  assert(JSON.stringify(bootstrapMean(values, { seed: "2/x" })) !== JSON.stringify(first));
});

Deno.test("the interval of a share is near Wilson's", () => {
  for (const [right, n] of [[25, 50], [60, 100], [170, 200]]) {
    const estimate = bootstrapMean([binary(right, n)], { seed: "wilson" });
    assert(estimate);
    const exact = wilson(totals(binary(right, n)));
    assert(exact);
    assertEquals([estimate.mean, estimate.n], [exact.mean, exact.n]);
    assertAlmostEquals(estimate.low, exact.low, 0.025);
    assertAlmostEquals(estimate.high, exact.high, 0.025);
  }
});

Deno.test("about 95 of 100 intervals hold the true average of six types", () => {
  const rng = new Rng("coverage");
  const truth = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4];
  const centre = truth.reduce((sum, p) => sum + p, 0) / truth.length;
  let held = 0;
  const trials = 200;
  for (let trial = 0; trial < trials; trial++) {
    const groups = truth.map((p) =>
      Array.from({ length: 40 }, () => rng.uniform() < p ? 1 : 0 as number)
    );
    const estimate = bootstrapMean(groups, { seed: `${trial}`, resamples: 400 });
    if (estimate && estimate.low <= centre && centre <= estimate.high) held++;
  }
  assert(held >= 0.9 * trials && held <= 0.99 * trials, `${held} of ${trials}`);
});

Deno.test("each type weighs the same, however many items it has", () => {
  assertEquals(bootstrapMean([binary(1, 1), binary(0, 99)], { seed: "macro" })?.mean, 0.5);
});

Deno.test("no items, no number", () => {
  assertEquals(bootstrapMean([], { seed: "0" }), null);
  assertEquals(bootstrapMean([[]], { seed: "0" }), null);
  assertEquals(bootstrapMean([[1], []], { seed: "0" }), null);
});

Deno.test("pairing removes what both methods share", () => {
  // Both are right on the same 50 of 100 items; ours on ten more.
  const base = binary(50, 100);
  const ours = binary(60, 100);
  const paired = pairedDifference([{ ours, base }], { seed: "pair" });
  assert(paired);
  assertAlmostEquals(paired.mean, 0.1, 1e-12);
  assert(paired.low > 0.03, `${paired.low}`);
  assert(paired.high < 0.17, `${paired.high}`);
  const same = pairedDifference([{ ours, base: ours }], { seed: "pair" });
  assertEquals([same?.low, same?.mean, same?.high], [0, 0, 0]);
  assertThrows(
    () => pairedDifference([{ ours, base: [1] }], { seed: "0" }),
    DataError,
    "100 and 1",
  );
});

Deno.test("a ratio weighs answers, its interval items, and an empty one does not exist", () => {
  const items = [{ sum: 3, count: 3 }, { sum: 0, count: 1 }, { sum: 0, count: 0 }];
  const estimate = bootstrapRatio([items], { seed: "ratio" });
  assert(estimate && Number.isFinite(estimate.low) && Number.isFinite(estimate.high));
  assertEquals([estimate.mean, estimate.n], [0.75, 2]);
  assertEquals(bootstrapRatio([items, [{ sum: 0, count: 0 }]], { seed: "ratio" }), null);
});

Deno.test("Wilson's interval has its known values and stays open where all items agree", () => {
  // Known ends of 15 in 20; none in n ends at z² / (n + z²) = 3.841459 / 13.841459.
  const some = wilson(totals(binary(15, 20)));
  assertAlmostEquals(some?.low ?? NaN, 0.531299, 1e-6);
  assertAlmostEquals(some?.high ?? NaN, 0.888138, 1e-6);
  const none = wilson(totals(binary(0, 10)));
  assertEquals([none?.mean, none?.low], [0, 0]);
  assertAlmostEquals(none?.high ?? NaN, 0.277533, 1e-6);
  const all = wilson(totals(binary(10, 10)));
  assertEquals([all?.mean, all?.high], [1, 1]);
  assertAlmostEquals(all?.low ?? NaN, 0.722467, 1e-6);
  assertEquals(wilson([]), null);
});

Deno.test("Wilson's interval counts items, not the answers to them", () => {
  const once = binary(6, 10);
  const thrice = once.map((value) => ({ sum: 3 * value, count: 3 }));
  assertEquals(wilson(thrice), wilson(totals(once)));
});

Deno.test("one group has Wilson's interval, an average the bootstrap's", () => {
  const groups = [totals(binary(3, 9)), totals(binary(7, 9))];
  assertEquals(accuracyEstimate([groups[0]], "s"), wilson(groups[0]));
  assertEquals(accuracyEstimate(groups, "s"), bootstrapRatio(groups, { seed: "s" }));
});
