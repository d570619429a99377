import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { DataError } from "../../src/base/errors.ts";
import { Rng } from "../../src/base/rng.ts";
import {
  bootstrapMean,
  bootstrapRatio,
  pairedDifference,
  quantile,
} from "../../src/base/statistics.ts";

const binary = (right: number, n: number): number[] =>
  Array.from({ length: n }, (_, i) => i < right ? 1 : 0);

/** Wilson's score interval of a share, which needs no resampling. */
function wilson(right: number, n: number): [number, number] {
  const z = 1.959964;
  const p = right / n;
  const centre = (p + z * z / (2 * n)) / (1 + z * z / n);
  const half = z / (1 + z * z / n) * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n));
  return [centre - half, centre + half];
}

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
    const [low, high] = wilson(right, n);
    assertEquals(estimate.mean, right / n);
    assertAlmostEquals(estimate.low, low, 0.025);
    assertAlmostEquals(estimate.high, high, 0.025);
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
  assertEquals([estimate.mean, estimate.n], [0.75, 3]);
  assertEquals(bootstrapRatio([items, [{ sum: 0, count: 0 }]], { seed: "ratio" }), null);
});
