import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { measurePeaks } from "../../kernels/peak.ts";
import { KERNELS } from "../../kernels/registry.ts";
import { benchTable, command as bench, modelTable } from "../../src/cli/bench.ts";
import { measureModel } from "../../src/cli/bench/model.ts";
import type { Command } from "../../src/cli/command.ts";
import { Gpu } from "../../src/gpu/gpu.ts";
import { chooseKernels } from "../../src/cli/kernels.ts";
import { command as verify } from "../../src/cli/verify.ts";
import { ConfigError, DataError, DeviceError } from "../../src/base/errors.ts";

/** Runs a command and yields its exit code with the lines it printed. */
async function run(
  command: Command,
  ...args: string[]
): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  const log = console.log;
  console.log = (line: string) => void lines.push(...line.split("\n"));
  try {
    return { code: await command.run(args), lines };
  } finally {
    console.log = log;
  }
}

const tensor = (shape: number[], ...values: number[]) => ({
  shape,
  f32: new Uint8Array(Float32Array.from(values).buffer).toBase64(),
});

/** One step of one channel with one state: h = u·B = 6, out = C·h = 24. */
function golden(out: number): string {
  const one = (value: number) => tensor([1, 1, 1], value);
  const test = {
    name: "by hand",
    deltaSoftplus: false,
    inputs: { u: one(2), delta: one(1), A: tensor([1, 1], -1), B: one(3), C: one(4) },
    out: one(out),
    lastState: one(6),
    dOut: one(1),
    grads: { u: one(12), delta: one(24), A: tensor([1, 1], 0), B: one(8), C: one(6) },
  };
  return JSON.stringify({ source: "arithmetic", cases: [test] });
}

Deno.test("verify: a line an output, counts last, and 0 where all passed", async () => {
  const { code, lines } = await run(verify, "--kernel=reduce", "--no-subgroups");
  assertEquals(code, 0);
  assert(/^adapter: .*without subgroups$/.test(lines[0]), lines[0]);
  const rows = lines.slice(2, -1);
  assert(rows.every((line) => /^ok +\d.* reduce /.test(line)), rows.join("\n"));
  assertEquals(lines.at(-1), `verify: ${rows.length} passed, 0 failed`);
});

Deno.test("verify --cases: golden vectors count, and a wrong one exits with 1", async () => {
  const path = await Deno.makeTempFile({ suffix: ".json" });
  try {
    await Deno.writeTextFile(path, golden(24));
    const right = await run(verify, "--kernel=reduce", `--cases=${path}`);
    assertEquals(right.code, 0);
    assertEquals(
      right.lines.filter((line) => line.endsWith("golden selective_scan by hand")).length,
      9,
    );
    await Deno.writeTextFile(path, golden(25));
    const wrong = await run(verify, "--kernel=reduce", `--cases=${path}`);
    assertEquals(wrong.code, 1);
    const failed = wrong.lines.filter((line) => line.startsWith("FAIL"));
    assertEquals(failed.length, 1);
    assert(/^FAIL +1\.00e\+0 +4\.00e-2 +0 .* out +golden/.test(failed[0]), failed[0]);
    assert(/^verify: \d+ passed, 1 failed$/.test(wrong.lines.at(-1) ?? ""));
  } finally {
    await Deno.remove(path);
  }
  await assertRejects(() => run(verify, `--cases=${path}`), DataError, "reading golden vectors");
});

Deno.test("kernels are chosen by name, in the registry's order", () => {
  const names = (kernels: typeof KERNELS) => kernels.map(({ suite }) => suite.name);
  assertEquals(chooseKernels([]), KERNELS);
  assertEquals(names(chooseKernels(["matmul", "reduce"])), ["reduce", "matmul"]);
  assertThrows(() => chooseKernels(["matmull"]), ConfigError, 'did you mean "matmul"');
});

Deno.test("bench: the table shows shares of the peak, padded as deno fmt pads it", async () => {
  const peaks = [
    { operation: "peak: copy", shape: "8", milliseconds: 1, rate: 8, unit: "GB/s" },
    { operation: "peak: multiply and add", shape: "8", milliseconds: 1, rate: 41, unit: "GFLOP/s" },
  ] as const;
  const table = benchTable([
    peaks[0],
    { operation: "add", shape: "4096×128", milliseconds: 1.5, rate: 2, unit: "GB/s" },
    { operation: "matmul dX", shape: "7", milliseconds: 12.3456, rate: 20.5, unit: "GFLOP/s" },
  ], peaks);
  assertEquals(table.split("\n"), [
    "| operation  | shape    | median ms | rate          | of the peak |",
    "| ---------- | -------- | --------- | ------------- | ----------- |",
    "| peak: copy | 8        | 1.000     | 8.00 GB/s     |             |",
    "| add        | 4096×128 | 1.500     | 2.00 GB/s     | 25 %        |",
    "| matmul dX  | 7        | 12.346    | 20.50 GFLOP/s | 50 %        |",
  ]);
  await assertRejects(
    () => bench.run(["--write", "--kernel=matmul"]),
    ConfigError,
    "found --write with --kernel",
  );
  await assertRejects(
    () => bench.run(["--write", "--profile-gpu=trace.json"]),
    ConfigError,
    "found --profile-gpu with --kernel or --write",
  );
});

Deno.test("bench: the peaks and the tiny model are measured, and leave no buffers", async () => {
  const gpu = await Gpu.open();
  const peaks = await measurePeaks(gpu);
  assertEquals(peaks.map(({ unit }) => unit), ["GB/s", "GFLOP/s"]);
  assert(peaks.every(({ rate }) => rate > 0 && Number.isFinite(rate)));
  const rows = await measureModel(gpu);
  assertEquals(gpu.pool.live, 0);
  gpu.destroy();
  assert(rows.every(({ tokensPerSecond, peakBytes }) => tokensPerSecond > 0 && peakBytes > 0));
  const works = modelTable(rows).split("\n").slice(2).map((line) => line.split("|")[1].trim());
  assertEquals(works, ["training step", "prefill", "decoding"]);
});

Deno.test("bench: --profile-gpu traces every dispatch of a training step", async () => {
  const file = await Deno.makeTempFile({ suffix: ".json" });
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: "high-performance" });
  try {
    if (!adapter!.features.has("timestamp-query")) {
      const attempt = () => run(bench, `--profile-gpu=${file}`);
      await assertRejects(attempt, DeviceError, "found no timestamps");
      return;
    }
    const { code, lines } = await run(bench, `--profile-gpu=${file}`);
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
