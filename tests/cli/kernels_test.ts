import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { KERNELS } from "../../kernels/registry.ts";
import type { Command } from "../../src/cli/command.ts";
import { chooseKernels } from "../../src/cli/kernels.ts";
import { command as verify } from "../../src/cli/verify.ts";
import { ConfigError, DataError, DeviceError } from "../../src/base/errors.ts";
import { Gpu } from "../../src/gpu/gpu.ts";
import { canReadTextures } from "../../src/gpu/textures.ts";

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

Deno.test("verify --textures: arrays of all sizes, and a word that is not known ends the command", async () => {
  const gpu = await Gpu.open();
  const able = canReadTextures(gpu.device);
  gpu.destroy();
  if (able) {
    const { code, lines } = await run(verify, "--kernel=reduce", "--textures=all");
    assertEquals(code, 0, lines.at(-1));
  } else {
    await assertRejects(() => run(verify, "--textures=all"), DeviceError, "--textures=all");
  }
  await assertRejects(
    () => run(verify, "--kernel=reduce", "--textures=no"),
    ConfigError,
    'found "no", expected one of on, off, all',
  );
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
