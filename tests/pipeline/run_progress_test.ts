import { assertEquals } from "@std/assert";
import { RunProgress } from "../../src/pipeline/run_progress.ts";

function fixture(lanes = 1) {
  const lines: string[] = [];
  let now = 0;
  const plan = [
    { name: "make-source", expectedSeconds: 10 },
    { name: "train-rwr", expectedSeconds: 100 },
    { name: "figure", expectedSeconds: 30 },
  ];
  const progress = new RunProgress(plan, (line) => lines.push(line), {
    everyMs: 5000,
    now: () => now,
    lanes,
  });
  return { lines, progress, wait: (seconds: number) => now += 1000 * seconds };
}

Deno.test("lines tell the stage, its units, its time left and the run's", () => {
  const { lines, progress, wait } = fixture();
  progress.keep(0);
  const stage = progress.start(1, "first time");
  wait(1);
  stage.update(10, 100, "loss 2.31");
  wait(10);
  stage.update(20, 100, "loss 2.21");
  wait(1);
  stage.update(21, 100);
  wait(108);
  assertEquals(stage.finish(), 120);
  assertEquals(lines, [
    "[stage 2/3 train-rwr] starts (first time), 1 m 40 s left, whole run about 2 m 10 s left",
    // 10 s for the 10 units since the first report, 80 to go.
    "[stage 2/3 train-rwr] 20/100 (loss 2.21), 1 m 20 s left, whole run about 1 m 50 s left",
    // This machine takes 1.2 times what was expected: 36 s instead of 30.
    "[stage 2/3 train-rwr] done in 2 m 00 s, whole run about 36 s left",
  ]);
});

Deno.test("resumed units do not flatter the estimate", () => {
  const { lines, progress, wait } = fixture();
  const stage = progress.start(1, "resumed");
  stage.update(90, 100);
  wait(10);
  stage.update(92, 100);
  assertEquals(lines[1].split(", ")[1], "40 s left");
});

Deno.test("stages at once share the time that is left", () => {
  const { lines, progress, wait } = fixture(2);
  const source = progress.start(0, "first time");
  const train = progress.start(1, "first time");
  wait(10);
  source.finish();
  wait(10);
  train.update(1, 10);
  wait(10);
  train.update(2, 10);
  assertEquals(lines.map((line) => line.split("] ")[1]), [
    // The others are done 1.25 times as soon as one after another: 10 + (100 + 30) / 1.25.
    "starts (first time), 10 s left, whole run about 1 m 54 s left",
    "starts (first time), 1 m 40 s left, whole run about 2 m 04 s left",
    "done in 10 s, whole run about 1 m 54 s left",
    "1/10, 1 m 20 s left, whole run about 1 m 44 s left",
    "2/10, 1 m 20 s left, whole run about 1 m 44 s left",
  ]);
});
