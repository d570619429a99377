import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import {
  isBusy,
  type LoadSample,
  otherWork,
  parseStat,
  parseTotal,
} from "../../tools/peers/load.ts";
import { comparisonCells, timeCells, timeInTurn } from "../../tools/peers/in_turn.ts";
import { command as mamba2 } from "../../tools/peers/mamba2.ts";
import { buildScan, openScan, processorSets } from "../../tools/peers/scan_c.ts";
import { compareScan } from "../../tools/peers/scan_time.ts";
import { PeerError } from "../../tools/peers/python.ts";
import {
  scanBackwardReference,
  scanForwardReference,
} from "../../kernels/selective_scan/reference.ts";
import { randomTensor } from "../../kernels/case.ts";
import { Gpu } from "../../src/gpu/gpu.ts";
import { command as gradients } from "../../tools/peers/step_gradients.ts";
import { command, comparisonTable, loadWarnings, STEP_FORMS } from "../../tools/peers/step_time.ts";
import { writeWork } from "../../tools/peers/step_work.ts";
import { tinyWork } from "../../src/cli/bench/training_step.ts";
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
  const [{ forms }] = STEP_FORMS;
  const table = comparisonTable({
    kit: { ...times, blocks: [200, 190, 210], median: 200 },
    peers: [
      { form: forms[0], ...times, ...compared, blocks: [9000], median: 9000, ratio: 45 },
      { form: forms[1], ...times, ...compared, blocks: [900, 800, 950], median: 900, ratio: 4.5 },
      {
        form: forms[2],
        ...times,
        ...compared,
        processor: null,
        blocks: [500, 480, 900],
        median: 500,
      },
    ],
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
  const { batch, length, config } = work;
  const { ids, labels, weights } = work.batches[0];
  assertEquals(ids.length, batch * length);
  assertEquals([...ids.slice(1, length)], [...labels.slice(0, length - 1)]);
  assert(labels.every((id) => id >= 0 && id < config.vocabSize) && weights.every((w) => w === 1));
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

Deno.test("comparisons become rows", () => {
  const side = (name: string, median: number) => ({
    name,
    times: { median, range: [median, median] as const, repeats: 3 },
  });
  const sides = [side("the kit", 4), side("C, AVX2, 2 threads", 3)];
  const comparison = { operation: "scan", shape: "1×8", operations: 8e6, sides };
  assertEquals(comparisonCells([comparison])[1], [
    ...["scan", "1×8", "C, AVX2, 2 threads", "2.7"],
    ...["3.00", "3.00 to 3.00", "0.75"],
  ]);
});

/** Whether the system has a C compiler. */
async function hasCompiler(): Promise<boolean> {
  try {
    return (await new Deno.Command("cc", { args: ["--version"] }).output()).success;
  } catch {
    return false;
  }
}

/** `[batch, rows, columns]` as `[batch, columns, rows]`: the reference has time last. */
function turned<T extends Float32Array | Float64Array>(x: T, rows: number, columns: number) {
  const size = rows * columns;
  return Float64Array.from(x, (_, i) => {
    const [b, at] = [Math.floor(i / size), i % size];
    return x[b * size + (at % rows) * columns + Math.floor(at / rows)];
  });
}

Deno.test("the scan in C gives the reference's outputs and gradients, in either width", async () => {
  if (!await hasCompiler()) return;
  const [batch, length, dim, state, threads] = [2, 37, 48, 16, 2];
  const draw = (name: string, ...shape: number[]) =>
    randomTensor(`peers/c/${name}`, shape).data as Float32Array<ArrayBuffer>;
  const [u, delta, z, dOut] = ["u", "delta", "z", "dOut"].map((n) => draw(n, batch, length, dim));
  const [B, C] = ["B", "C"].map((name) => draw(name, batch, length, state));
  const [D, deltaBias] = [draw("D", dim), draw("deltaBias", dim)];
  const A = draw("A", dim, state).map((x) => -Math.exp(x));
  const shape = { batch, dim, length, state, groups: 1, softplus: true };
  const own = (x: Float32Array) => Float64Array.from(x);
  const timeLast = (x: Float32Array, columns: number) => turned(x, length, columns);
  const inputs = {
    ...{ u: timeLast(u, dim), delta: timeLast(delta, dim), z: timeLast(z, dim) },
    ...{ B: timeLast(B, state), C: timeLast(C, state), dOut: timeLast(dOut, dim) },
    ...{ A: own(A), D: own(D), deltaBias: own(deltaBias) },
  };
  const timeFirst = (x: Float64Array, rows: number) => turned(x, rows, length);
  const out = timeFirst(scanForwardReference(shape, inputs).out, dim);
  const { dA: expectedA, dD: expectedD, ...series } = scanBackwardReference(shape, inputs);
  const gradients: Readonly<Record<string, Float64Array>> = {
    ...{ dA: expectedA, dD: expectedD, du: timeFirst(series.du, dim) },
    ...{ ddelta: timeFirst(series.ddelta, dim), dz: timeFirst(series.dz, dim) },
    ...{ dB: timeFirst(series.dB, state), dC: timeFirst(series.dC, state) },
  };
  const across = new Float32Array(state * dim);
  A.forEach((x, i) => across[(i % state) * dim + Math.floor(i / state)] = x * Math.LOG2E);
  const folder = await Deno.makeTempDir();
  try {
    for (const set of await processorSets()) {
      const library = openScan(await buildScan(folder, set));
      const sizes = [batch, length, dim, threads] as const;
      const operands = [u, delta, across, B, C, D, z, deltaBias] as const;
      const made = new Float32Array(u.length);
      const states = new Float32Array(batch * Math.ceil(length / 16) * state * dim);
      library.symbols.selective_scan(...sizes, ...operands, made, states);
      assertClose(made, out, `${set}: out`);
      const [du, dDelta, dz] = [u, u, u].map((like) => new Float32Array(like.length));
      const dA = new Float32Array(batch * state * dim);
      const dD = new Float32Array(batch * dim);
      const [dB, dC] = [B, C].map((like) => new Float32Array(threads * like.length));
      const results = [du, dDelta, dA, dB, dC, dD, dz] as const;
      library.symbols.selective_scan_backward(...sizes, ...operands, states, dOut, ...results);
      library.close();
      assertClose(du, gradients.du, `${set}: du`);
      assertClose(dDelta, gradients.ddelta, `${set}: ddelta`);
      assertClose(dz, gradients.dz, `${set}: dz`);
      assertClose(summed(dB, threads), gradients.dB, `${set}: dB`);
      assertClose(summed(dC, threads), gradients.dC, `${set}: dC`);
      assertClose(summed(dD, batch), gradients.dD, `${set}: dD`);
      assertClose(turned(summed(dA, batch), state, dim), gradients.dA, `${set}: dA`);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

/** The sum of so many equal parts of an array. */
function summed(parts: Float32Array, count: number): Float32Array {
  const size = parts.length / count;
  return Float32Array.from({ length: size }, (_, i) => {
    let sum = 0;
    for (let part = 0; part < count; part++) sum += parts[part * size + i];
    return sum;
  });
}

function assertClose(
  found: Float32Array | Float64Array,
  expected: Float64Array,
  what: string,
): void {
  assertEquals(found.length, expected.length, what);
  const largest = expected.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const worst = Array.from(found).reduce(
    (most, x, i) => Math.max(most, Math.abs(x - expected[i])),
    0,
  );
  assert(largest > 0 && worst <= 2e-6 * largest, `${what}: ${worst} of ${largest}`);
}

Deno.test("a peer that is not there is named, and the rest goes on", async () => {
  const gpu = await Gpu.open();
  const before = Deno.env.get("CC");
  try {
    Deno.env.set("CC", "no-such-compiler");
    await assertRejects(() => buildScan("unused", "AVX2"), PeerError, "install gcc or clang");
    const said: string[] = [];
    const say = (line: string) => void said.push(line);
    const [{ sides }] = await compareScan(gpu, { threads: 1, shapes: [[1, 32, 64]], say });
    assertEquals(sides.map(({ name }) => name), ["the kit", "plain WGSL"]);
    assertEquals(said.length, 1);
    assertStringIncludes(said[0], "ABSENT: C, ");
  } finally {
    if (before === undefined) Deno.env.delete("CC");
    else Deno.env.set("CC", before);
    gpu.destroy();
  }
});
