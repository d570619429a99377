import { assert, assertEquals } from "@std/assert";
import { doneInTime, type FirstDispatch, wasCompiled } from "../../src/gpu/second_compiler.ts";
import { gpuEnvironment } from "../../tools/adapter.ts";
import { importMapFlags } from "../../tools/std.ts";
import { pathOf } from "../repository.ts";

const dispatches = (...characters: number[]): FirstDispatch[] =>
  characters.map((length, i) => ({
    pipeline: { label: `kernel ${i}`, code: "x".repeat(length) },
    params: [],
  }));

const labelsOf = (chosen: readonly FirstDispatch[]): string[] =>
  chosen.map(({ pipeline }) => pipeline.label);

Deno.test("second compiler: takes what it has done before the first comes to it", () => {
  assertEquals(doneInTime([]), []);
  assertEquals(doneInTime(dispatches(9000)), []);
  assertEquals(labelsOf(doneInTime(dispatches(1000, 1000))), ["kernel 1"]);
  // A long one is never begun twice: the first would come to it sooner.
  assertEquals(labelsOf(doneInTime(dispatches(20_000, 60_000, 30_000, 30_000))), [
    "kernel 2",
    "kernel 3",
  ]);
});

Deno.test("second compiler: the two take about as long", () => {
  const all = dispatches(...Array.from({ length: 30 }, (_, i) => 1000 + (i * 7919) % 20_000));
  const chosen = new Set(doneInTime(all));
  const cost = (some: readonly FirstDispatch[]) =>
    some.reduce((sum, { pipeline }) => sum + 2500 + pipeline.code.length, 0);
  const share = cost([...chosen]) / cost(all);
  assert(share > 0.4 && share <= 0.5, `${share}`);
});

Deno.test("second compiler: waiting is compiling where it is longer than finding", () => {
  const [short] = dispatches(1000);
  assert(wasCompiled(short, 80));
  assert(!wasCompiled(short, 30));
  assert(!wasCompiled(undefined, 1000));
});

/** Compiles on the second device alone, and says how many files the driver's cache holds then. */
const CHILD = `
import { openDevice } from "./src/gpu/adapter.ts";
import { SecondCompiler } from "./src/gpu/second_compiler.ts";
const { device, second } = await openDevice({ second: true });
if (!second) { console.log("none"); Deno.exit(0); }
const filesOf = (folder) => [...Deno.readDirSync(folder)].reduce(
  (sum, { name, isDirectory }) => sum + (isDirectory ? filesOf(folder + "/" + name) : 1), 0);
const cache = Deno.env.get("MESA_SHADER_CACHE_DIR");
const text = (n) => ({ pipeline: { label: "kernel " + n, code: \`
@group(0) @binding(0) var<storage, read> a: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> b: array<vec4f>;
@group(0) @binding(2) var texels: texture_storage_2d<rgba32float, read>;
struct Params { length: u32 }
@group(0) @binding(3) var<uniform> params: Params;
@compute @workgroup_size(8)
fn main(@builtin(local_invocation_index) i: u32) {
  for (var k = i; k < params.length; k += 8u) { b[k] = a[k] * \${n}.0 + textureLoad(texels, vec2u(k, 0u)); }
}\` }, params: [64] });
const compiler = new SecondCompiler(second);
await device.queue.onSubmittedWorkDone();
const before = filesOf(cache);
second.pushErrorScope("validation");
compiler.help([text(1), text(2), text(3), text(4)]);
console.log((await second.popErrorScope())?.message ?? "no error");
await second.queue.onSubmittedWorkDone();
for (let i = 0; i < 100 && filesOf(cache) < before + 2; i++) await new Promise((on) => setTimeout(on, 50));
console.log(filesOf(cache) - before);
Deno.exit(0);
`;

/** Runs a program with an empty cache of the driver, so many times; yields what it says each time. */
async function withEmptyCache(program: string, times = 1): Promise<string[][]> {
  const cache = await Deno.makeTempDir();
  try {
    const said: string[][] = [];
    while (said.length < times) {
      const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["eval", "--no-check", ...await importMapFlags(), program],
        cwd: pathOf(""),
        env: { ...gpuEnvironment(), MESA_SHADER_CACHE_DIR: cache },
      }).output();
      assertEquals(code, 0, new TextDecoder().decode(stderr));
      said.push(new TextDecoder().decode(stdout).trim().split("\n"));
    }
    return said;
  } finally {
    await Deno.remove(cache, { recursive: true });
  }
}

Deno.test("second compiler: what it compiles lies in the driver's cache", async () => {
  const [[error, files]] = await withEmptyCache(CHILD);
  if (error === "none") {
    console.log("skipped: the adapter needs no second compiler");
    return;
  }
  assertEquals([error, files], ["no error", "2"]);
});

/** Says how many kernels the second device compiled, and the parameters after one training step. */
const STEP = `
import { Gpu } from "./src/gpu/gpu.ts";
import { doneInTime, SecondCompiler } from "./src/gpu/second_compiler.ts";
import { stepTrainer, tinyWork } from "./src/cli/bench/training_step.ts";
import { sha256 } from "./src/base/hash.ts";
let helped = 0;
const { help } = SecondCompiler.prototype;
SecondCompiler.prototype.help = function (all) { helped += doneInTime(all).length; help.call(this, all); };
const gpu = await Gpu.open();
const trainer = stepTrainer(gpu, tinyWork());
await trainer.run(1);
console.log(helped);
console.log(sha256(JSON.stringify([...await gpu.readFloats(trainer.model.parameters.flat)])));
Deno.exit(0);
`;

Deno.test("second compiler: a step has the same bits, compiled by two or found in the cache", async () => {
  const [[cold, made], [warm, found]] = await withEmptyCache(STEP, 2);
  console.log(`${cold} kernels compiled beside the first device, ${warm} with all in the cache`);
  assertEquals(made, found);
});
