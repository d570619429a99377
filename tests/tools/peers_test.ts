import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import {
  isBusy,
  type LoadSample,
  otherWork,
  parseStat,
  parseTotal,
} from "../../tools/peers/load.ts";
import { timeCells, timeInTurn } from "../../tools/peers/in_turn.ts";
import { command as mamba2 } from "../../tools/peers/mamba2.ts";
import { command as gradients } from "../../tools/peers/step_gradients.ts";
import { command, comparisonTable, loadWarnings } from "../../tools/peers/step_time.ts";
import { writeWork } from "../../tools/peers/tiny_step.ts";
import { BATCH, CONFIG, LENGTH, tinyWork } from "../../src/cli/bench/training_step.ts";
import { median } from "../../src/base/statistics.ts";
import { runCommand } from "../../src/cli/command.ts";
import { readSafetensors } from "../../src/nn/safetensors.ts";

const sample = (at: number, total: number, processes: [number, number][]): LoadSample => ({
  at,
  total,
  processes: new Map(
    processes.map(([pid, milliseconds]) => [pid, { name: `p${pid}`, milliseconds }]),
  ),
});

Deno.test("processor times are read whatever the program's name", () => {
  const line = "42 (a (b) c) S 1 2 3 4 5 6 7 8 9 10 150 25 0 0 20 0 1 0 1000 1 1";
  assertEquals(parseStat(line), { name: "a (b) c", milliseconds: 1750 });
  assertEquals(parseStat(""), undefined);
  assertEquals(parseTotal("cpu  100 1 20 900 50 3 4 5 60 0\ncpu0 1 1 1"), 1330);
});

Deno.test("other work is what the measured processes did not use", () => {
  const before = sample(0, 0, [[1, 500], [2, 0], [3, 0]]);
  const after = sample(1000, 1900, [[1, 1500], [2, 300], [3, 100], [4, 400]]);
  const other = otherWork(before, after, [1, 2])!;
  assertEquals(other, { cores: 0.6, processes: [{ pid: 4, name: "p4", share: 0.4 }] });
  assert(isBusy(other));
  assert(!isBusy({ cores: 0.1, processes: [] }));
  assertEquals(otherWork({ ...before, processes: null }, after, []), null);
});

Deno.test("a busy machine is warned of, an idle one is not", () => {
  const idle = { cores: 0.02, processes: [] };
  const averages = { averageBefore: [0, 0, 0], averageAfter: [1, 1, 1] };
  assertEquals(loadWarnings({ ...averages, otherBefore: idle, otherDuring: idle }), []);
  const busy = { cores: 0.9, processes: [{ pid: 7, name: "train", share: 0.9 }] };
  const [line, ...rest] = loadWarnings({ ...averages, otherBefore: idle, otherDuring: busy });
  assertEquals(rest, []);
  assertStringIncludes(line, "0.9 cores during the measurement (train (7) 90%)");
  const [unseen] = loadWarnings({ ...averages, otherBefore: null, otherDuring: null });
  assertStringIncludes(unseen, "cannot be seen");
});

Deno.test("the table gives medians and spread, and the ratio of each form", () => {
  assertEquals(median([5, 1, 3]), 3);
  const times = { first: 900, processor: 300, peakBytes: 280e6, startBytes: null };
  const compared = { ratio: 2.5, ratioRange: [2.4, 4.3], lossDifference: 1e-7 } as const;
  const table = comparisonTable({
    kit: { ...times, blocks: [200, 190, 210], median: 200 },
    transformers: { ...times, ...compared, blocks: [9000], median: 9000, ratio: 45 },
    plain: { ...times, ...compared, blocks: [900, 800, 950], median: 900, ratio: 4.5 },
    tuned: { ...times, ...compared, processor: null, blocks: [500, 480, 900], median: 500 },
  });
  const lines = table.split("\n");
  assertEquals(
    lines[1],
    "kit            200        190 to 210    300      900       280      unknown",
  );
  assertEquals(lines.slice(2, 5).map((line) => line.split(/ {2,}/).slice(0, 4)), [
    ["transformers", "9000", "9000 to 9000", "300"],
    ["PyTorch plain", "900", "800 to 950", "300"],
    ["PyTorch tuned", "500", "480 to 900", "unknown"],
  ]);
  assertEquals(lines.slice(6), [
    "transformers / kit: 45.00 (rounds 2.40 to 4.30); first loss agrees within 1.0e-7",
    "PyTorch plain / kit: 4.50 (rounds 2.40 to 4.30); first 10 losses agree within 1.0e-7",
    "PyTorch tuned / kit: 2.50 (rounds 2.40 to 4.30); first 10 losses agree within 1.0e-7",
  ]);
});

Deno.test("all sides get the same weights and fully labelled batches", async () => {
  const work = tinyWork();
  const { ids, labels, weights } = work.batches[0];
  assertEquals(ids.length, BATCH * LENGTH);
  assertEquals([...ids.slice(1, LENGTH)], [...labels.slice(0, LENGTH - 1)]);
  assert(labels.every((id) => id >= 0 && id < CONFIG.vocabSize) && weights.every((w) => w === 1));
  const folder = await Deno.makeTempDir();
  try {
    await writeWork(folder, work, "plain");
    const { tensors } = await readSafetensors(`${folder}/weights.safetensors`);
    assertEquals(new Map(tensors), new Map(work.weights));
    const written = JSON.parse(await Deno.readTextFile(`${folder}/work.json`));
    assertEquals(written.batches[0].ids, [...ids]);
    const { vocabulary, padded, inner, rank, scan } = written.model;
    assertEquals({ vocabulary, padded, inner, rank, scan }, {
      vocabulary: 293,
      padded: 296,
      inner: 128,
      rank: 4,
      scan: "plain",
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("without PyTorch the commands end with what to do", async () => {
  const said: string[] = [];
  const before = console.error;
  console.error = (line: string) => said.push(line);
  try {
    assertEquals(await runCommand("step_time", command, []), 1);
    assertEquals(await runCommand("step_gradients", gradients, ["--python", "no-such-python"]), 1);
    assertEquals(await runCommand("mamba2", mamba2, []), 1);
  } finally {
    console.error = before;
  }
  assertStringIncludes(said[0], "found no --python");
  for (const line of said) {
    assertStringIncludes(line, "pip install -r tools/peers/requirements.txt");
  }
  assertStringIncludes(said[1], "no-such-python");
});

Deno.test("sides are timed in turn, each long enough, and shown against the first", async () => {
  const calls: string[] = [];
  const side = (name: string, milliseconds: number) => (times: number) => {
    calls.push(`${name}${times}`);
    return milliseconds * times;
  };
  const times = await timeInTurn([side("a", 10), side("b", 40)], { repeats: 2, longEnough: 100 });
  assertEquals(calls, ["a1", "a1", "b1", "b1", "a10", "b3", "a10", "b3"]);
  assertEquals(times.map(({ median }) => median), [10, 40]);
  assertEquals(timeCells(times, 1), ["40.00", "40.00 to 40.00", "4.00"]);
});
