import { assertEquals } from "@std/assert";
import { Candidates, quotas } from "../../src/distill/draw.ts";
import { HashSet } from "../../src/distill/hash_set.ts";
import { Rng } from "../../src/base/rng.ts";

Deno.test("quotas are in proportion and sum to the total", () => {
  assertEquals(quotas([10, 30, 60], 10), [1, 3, 6]);
  assertEquals(quotas([1, 1, 1], 2), [1, 1, 0]);
  assertEquals(quotas([5, 0, 5], 7), [4, 0, 3]);
  assertEquals(quotas([5, 3], 100), [5, 3]);
});

Deno.test("the least ranks of each stratum are drawn, ties in order", () => {
  const candidates = new Candidates();
  const rng = new Rng(1);
  const all = Array.from({ length: 5000 }, (_, row) => ({
    row,
    rank: rng.integer(300),
    stratum: rng.integer(3),
  }));
  for (const { row, rank, stratum } of all) candidates.add(row, rank, stratum);
  const quota = [100, 0, 700];
  const expected = quota.flatMap((count, stratum) =>
    all.filter((one) => one.stratum === stratum).sort((a, b) => a.rank - b.rank || a.row - b.row)
      .slice(0, count).map(({ row }) => row)
  ).sort((a, b) => a - b);
  assertEquals([...candidates.draw(quota)], expected);
  assertEquals(
    candidates.counts(3),
    [0, 1, 2].map((s) => all.filter((one) => one.stratum === s).length),
  );
});

Deno.test("a set of hashes holds what a set of texts holds", () => {
  const [set, texts, rng] = [new HashSet(), new Set<string>(), new Rng(2)];
  for (let i = 0; i < 50_000; i++) {
    // Few different halves, so that many keys share a place and zeros are among them.
    const [high, low] = [rng.integer(200), rng.integer(150)];
    assertEquals(set.add(high, low), !texts.has(`${high} ${low}`));
    texts.add(`${high} ${low}`);
  }
  assertEquals(set.add(0, 0), !texts.has("0 0"));
  assertEquals(set.add(0, 0), false);
  assertEquals(set.size, texts.add("0 0").size);
});
