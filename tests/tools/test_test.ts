import { assertEquals } from "@std/assert";
import { countsOf, inParallel, summaryLine } from "../../tools/test.ts";

Deno.test("counts are read off Deno's summary, the last one", () => {
  const output =
    "ok | 3 passed | 0 failed (1s)\nFAILED | 12 passed (3 steps) | 2 failed | 1 ignored";
  assertEquals(countsOf(output, 1), { passed: 12, failed: 2, ignored: 1 });
  assertEquals(countsOf("ok | 4 passed (1 step) | 0 failed (9ms)\n", 0), {
    passed: 4,
    failed: 0,
    ignored: 0,
  });
});

Deno.test("a process that fails without a summary is one failure", () => {
  assertEquals(countsOf("error: Module not found", 1), { passed: 0, failed: 1, ignored: 0 });
  // As when a test calls `Deno.exit(0)`.
  assertEquals(countsOf("running 2 tests", 0), { passed: 0, failed: 1, ignored: 0 });
  assertEquals(countsOf("Check mod.ts", 0, false), { passed: 0, failed: 0, ignored: 0 });
  assertEquals(countsOf("TS2322", 1, false), { passed: 0, failed: 1, ignored: 0 });
});

Deno.test("the summary of all has the form of Deno's", () => {
  const counts = (passed: number, failed: number, ignored: number) => ({ passed, failed, ignored });
  assertEquals(
    summaryLine([counts(2, 0, 0), counts(3, 0, 0)], 61),
    "ok | 5 passed | 0 failed (1m1s)",
  );
  const line = summaryLine([counts(2, 1, 0), counts(3, 0, 2)], 5);
  assertEquals(line, "FAILED | 5 passed | 1 failed | 2 ignored (0m5s)");
  assertEquals(countsOf(line, 1), counts(5, 1, 2));
});

Deno.test("jobs run so many at a time, and all of them", async () => {
  let [running, most] = [0, 0];
  const job = (i: number) => async () => {
    most = Math.max(most, ++running);
    await new Promise((done) => setTimeout(done, 5 * (i % 3)));
    running--;
    return i;
  };
  const ended: number[] = [];
  for await (const i of inParallel(Array.from({ length: 9 }, (_, i) => job(i)), 2)) ended.push(i);
  assertEquals(most, 2);
  assertEquals(ended.sort(), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
});
