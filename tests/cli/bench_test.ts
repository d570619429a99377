import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { measurePeaks } from "../../kernels/peak.ts";
import { command as bench } from "../../src/cli/bench.ts";
import { measureModel, PLAN } from "../../src/cli/bench/model.ts";
import { withBenchText } from "../../src/cli/bench/output.ts";
import { comparisonRows, kernelRows } from "../../src/cli/bench/record.ts";
import { benchText } from "../../src/cli/bench/text.ts";
import { ConfigError, DataError, DeviceError } from "../../src/base/errors.ts";
import { Gpu } from "../../src/gpu/gpu.ts";
import { readBench, readTable, writeRows } from "../../src/tables/mod.ts";
import { benchRun } from "../figures/fixture.ts";
import { pathOf } from "../repository.ts";

/** Runs the command and yields its exit code with the lines it printed. */
async function run(...args: string[]): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  const log = console.log;
  console.log = (line: string) => void lines.push(...line.split("\n"));
  try {
    return { code: await bench.run(args), lines };
  } finally {
    console.log = log;
  }
}

async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("bench: flags that contradict one another are refused", async () => {
  const wrong = [
    [["--write", "--kernel=matmul"], "found --write with --kernel"],
    [["--write", "--profile-gpu=trace.json"], "found --profile-gpu with other flags"],
    [["--from=a.arrow", "--peers"], "found --from with flags that measure"],
    [["--kernel=matmul", "--long"], "found --kernel with --long or --peers"],
    [["--python=python3"], "found --python without --peers"],
  ] as const;
  for (const [args, message] of wrong) {
    await assertRejects(() => bench.run([...args]), ConfigError, message);
  }
});

Deno.test("bench: a kernel is timed into a table, which gives the same text again", () =>
  inFolder(async (folder) => {
    const path = `${folder}/deep/bench.arrow`;
    const { code, lines } = await run("--kernel=reduce", `--out=${path}`);
    assertEquals(code, 0);
    const { manifest, rowCount, columns } = await readTable(path, "bench");
    assertEquals(rowCount, 4);
    assertEquals(Array.from(columns.kernel), [null, null, "reduce", "reduce"]);
    const [copy, compute, sum] = (await readBench(path)).rows;
    assertEquals([copy.unit, compute.unit, copy.share_of_peak], ["GB/s", "GFLOP/s", null]);
    assertEquals([sum.bytes, sum.operations], [4 * 17 * 256 * 64, 16 * 256 * 64]);
    assertEquals(sum.rate, sum.bytes! / sum.median_ms / 1e6);
    assertEquals(sum.share_of_peak, sum.rate! / copy.rate!);
    assert(sum.least_ms > 0 && sum.least_ms <= sum.median_ms && sum.repeats > 1);
    assert(manifest.adapter && /^\d{4}-\d\d-\d\d$/.test((await readBench(path)).where.date));
    assertStringIncludes(lines[0], manifest.adapter);
    assertStringIncludes(await Deno.readTextFile(`${folder}/deep/roofline.svg`), " reduce<");
    const again = await run(`--from=${path}`);
    assertEquals(again.lines, lines.slice(0, again.lines.length));
  }));

Deno.test("bench: what a table must not lack is missed", () =>
  inFolder(async (folder) => {
    const path = `${folder}/bench.arrow`;
    const manifest = {
      config: {},
      inputs: {},
      code: "0",
      adapter: "none",
      driver: null,
      rowsIn: 0,
    };
    await writeRows(path, "bench", [], manifest);
    await assertRejects(() => readBench(path), DataError, "without adapter, date");
  }));

Deno.test("bench: the text has shares of the peak, costs of a token and times beside peers", () => {
  const text = benchText(benchRun());
  assertStringIncludes(text, "Adapter: llvmpipe, 2 cores, 2026-11-23, subgroups of 16.");
  const row = (start: string) =>
    text.split("\n").find((line) => line.startsWith(`| ${start} `))!.split("|").slice(1, -1)
      .map((cell) => cell.trim());
  assertEquals(row("add"), ["add", "4×4", "2.000", "2.00 GB/s", "25 %"]);
  assertEquals(row("prefill"), ["prefill", "tiny, 64 tokens", "32.0", "0.5000", "2,000", "1.5"]);
  assertStringIncludes(
    text,
    "a token of 1024 tokens costs 1.500 times one of 64 tokens",
  );
  const peers = text.split("\n").filter((line) => line.startsWith("| product "));
  assertEquals(peers.map((line) => line.split("|").at(-2)!.trim()), ["1.00", "12.00", "0.50"]);
});

Deno.test("bench: rows keep counts, rates and shares", () => {
  const peak = { operation: "peak", shape: "1", milliseconds: 1, least: 1, repeats: 5 } as const;
  const peaks = [
    { ...peak, rate: 8, unit: "GB/s", bytes: 8e6, operations: null },
    { ...peak, rate: 40, unit: "GFLOP/s", bytes: null, operations: 4e7 },
  ] as const;
  const [row] = kernelRows("matmul", [{ ...peaks[1], rate: 10 }], peaks);
  assertEquals([row.part, row.side, row.share_of_peak], ["kernel", "the kit", 0.25]);
  const times = { median: 2, range: [1, 3], repeats: 7 } as const;
  const side = { name: "PyTorch 2", times };
  const comparison = { operation: "product", shape: "1×1", operations: 4e7, sides: [side] };
  const [peer] = comparisonRows(comparison, peaks);
  assertEquals([peer.side, peer.least_ms, peer.repeats], ["PyTorch 2", 1, 7]);
  assertEquals([peer.rate, peer.unit, peer.share_of_peak], [20, "GFLOP/s", 0.5]);
  const [bare] = comparisonRows({ ...comparison, operations: null }, peaks);
  assertEquals([bare.rate, bare.unit, bare.share_of_peak], [null, null, null]);
});

Deno.test("bench: the tables of kernels/README.md are those of data/bench", async () => {
  const notes = await Deno.readTextFile(pathOf("kernels/README.md"));
  const text = benchText(await readBench(pathOf("data/bench/bench.arrow")));
  assertEquals(withBenchText(notes, text), notes);
  assertThrows(() => withBenchText("no marks", text), DataError, "put them back");
});

Deno.test("bench: peaks and models are measured, and leave no buffers", async () => {
  const gpu = await Gpu.open();
  const peaks = await measurePeaks(gpu);
  assertEquals(peaks.map(({ unit }) => unit), ["GB/s", "GFLOP/s"]);
  assert(peaks.every(({ rate }) => rate > 0 && Number.isFinite(rate)));
  const training = [{ ...PLAN.training[0], steps: 1 }];
  const plan = { training, contexts: [256, 1024], replies: [1, 2], replyTokens: 4 };
  const rows = await measureModel(gpu, plan);
  assertEquals(gpu.pool.live, 0);
  gpu.destroy();
  assert(rows.every(({ least, milliseconds }) => least > 0 && milliseconds >= least));
  assert(rows.every(({ peakBytes }) => peakBytes > 0));
  assertEquals(rows.map(({ work, tokens }) => [work, tokens]), [
    ["training step", 4096],
    ["prefill", 256],
    ["prefill", 1024],
    ["decoding", 4],
    ["decoding", 8],
  ]);
});

Deno.test("bench: --profile-gpu traces every dispatch of a training step", async () => {
  const file = await Deno.makeTempFile({ suffix: ".json" });
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: "high-performance" });
  try {
    if (!adapter!.features.has("timestamp-query")) {
      const attempt = () => run(`--profile-gpu=${file}`);
      await assertRejects(attempt, DeviceError, "found no timestamps");
      return;
    }
    const { code, lines } = await run(`--profile-gpu=${file}`);
    assertEquals(code, 0);
    const { traceEvents } = JSON.parse(await Deno.readTextFile(file));
    const names = new Set(traceEvents.map(({ name }: { name: string }) => name));
    for (const name of ["matmul", "selectiveScan", "selectiveScanBackward", "adamw"]) {
      assert(names.has(name), `${name} is not in the trace`);
    }
    const said = lines.find((line) => line.includes("dispatches of one training step"))!;
    assertEquals(Number.parseInt(said), traceEvents.length - 1);
  } finally {
    await Deno.remove(file);
  }
});
