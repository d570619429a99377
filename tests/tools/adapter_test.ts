import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import {
  ensureAdapter,
  gpuEnvironment,
  type Machine,
  remedy,
  softwareThreads,
} from "../../tools/adapter.ts";
import { pathOf } from "../repository.ts";

/** A machine whose probes find `found` in turn; it keeps the commands that were run. */
function machine(
  found: (string | undefined)[],
  { apt = ["apt-get"], succeeds = true }: { apt?: string[] | null; succeeds?: boolean } = {},
): Machine & { commands: string[] } {
  const commands: string[] = [];
  return {
    os: "linux",
    commands,
    probe: () => Promise.resolve(found.shift()),
    apt: () => Promise.resolve(apt ?? undefined),
    run: (command) => {
      commands.push(command.join(" "));
      return Promise.resolve(succeeds);
    },
    say: () => undefined,
  };
}

Deno.test("vectors of 512 bits are asked for, unless the user says otherwise", () => {
  const name = "LP_NATIVE_VECTOR_WIDTH";
  const before = Deno.env.get(name);
  try {
    Deno.env.set(name, "256");
    assertEquals(gpuEnvironment()[name], undefined);
    Deno.env.delete(name);
    assert([undefined, "512"].includes(gpuEnvironment()[name]));
  } finally {
    if (before !== undefined) Deno.env.set(name, before);
  }
});

Deno.test("the software driver has two threads a core, unless the user says otherwise", () => {
  const name = "LP_NUM_THREADS";
  const before = Deno.env.get(name);
  try {
    Deno.env.set(name, "3");
    assertEquals(gpuEnvironment()[name], undefined);
    Deno.env.delete(name);
    const threads = gpuEnvironment()[name];
    if (Deno.build.os === "linux") {
      assertEquals(threads, softwareThreads(navigator.hardwareConcurrency));
    }
    assertEquals(softwareThreads(2), "4");
  } finally {
    if (before !== undefined) Deno.env.set(name, before);
    else Deno.env.delete(name);
  }
});

Deno.test("a machine with an adapter is left alone", async () => {
  const equipped = machine(["card"]);
  assertEquals(await ensureAdapter(equipped), { adapter: "card" });
  assertEquals(equipped.commands, []);
});

Deno.test("software Vulkan is installed where apt can be used", async () => {
  const bare = machine([undefined, "llvmpipe"], { apt: ["sudo", "-n", "apt-get"] });
  assertEquals(await ensureAdapter(bare), { adapter: "llvmpipe" });
  assertEquals(bare.commands.length, 2);
  assertMatch(bare.commands[0], /^sudo -n apt-get .* update$/);
  assertMatch(bare.commands[1], /^sudo -n apt-get .* install -y .* mesa-vulkan-drivers$/);
});

Deno.test("where nothing helps, the outcome is a remedy", async () => {
  const cases: [Machine, RegExp][] = [
    [machine([undefined], { apt: null }), /^install a Vulkan driver/],
    [machine([undefined], { succeeds: false }), /^`apt-get install mesa-vulkan-drivers` failed/],
    [machine([undefined, undefined]), /still finds no adapter/],
  ];
  for (const [bare, expected] of cases) {
    const outcome = await ensureAdapter(bare);
    assert("remedy" in outcome);
    assertMatch(outcome.remedy, expected);
  }
  assertStringIncludes(remedy("darwin"), "Metal");
  assertStringIncludes(remedy("windows"), "Direct3D 12");
});

/** Hides every Vulkan driver from the loader, and forbids installing one. */
const DRIVERLESS = {
  DENO_WEBGPU_BACKEND: "vulkan",
  VK_DRIVER_FILES: "/nonexistent.json",
  VK_ICD_FILENAMES: "/nonexistent.json",
  RWR_NO_APT: "1",
  NO_COLOR: "1",
};

async function runTool(
  args: string[],
  env: Record<string, string>,
): Promise<{ code: number; out: string; err: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", ...args],
    cwd: pathOf(""),
    env,
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: text(stderr) };
}

Deno.test({
  name: "without a driver set-up and doctor end with 1 and say what to do",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const setup = await runTool(["tools/setup.ts"], DRIVERLESS);
    assertEquals({ code: setup.code, out: setup.out }, { code: 1, out: "" });
    assertStringIncludes(setup.err, "found none");
    assertStringIncludes(setup.err, "sudo apt-get install mesa-vulkan-drivers");
    const doctor = await runTool(
      ["tools/run.ts", "run", "-A", "src/cli/main.ts", "doctor"],
      DRIVERLESS,
    );
    assertEquals(doctor.code, 1);
    assertStringIncludes(doctor.err, "sudo apt-get install mesa-vulkan-drivers");
  },
});

Deno.test("with a driver set-up and doctor end with 0 and name the adapter", async () => {
  const setup = await runTool(["tools/setup.ts"], {});
  assertEquals(setup.code, 0, setup.err);
  const [, adapter] = /^setup: WebGPU on (.+)\n$/.exec(setup.out) ?? [];
  assert(adapter, setup.out);
  const doctor = await runTool(["tools/run.ts", "run", "-A", "src/cli/main.ts", "doctor"], {});
  assertEquals(doctor.code, 0, doctor.err);
  for (const part of [adapter, "subgroups", "maxStorageBufferBindingSize", "JSR"]) {
    assertStringIncludes(doctor.out, part);
  }
});
