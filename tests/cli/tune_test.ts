import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { KERNELS } from "../../kernels/registry.ts";
import { variantsOf } from "../../kernels/tuning.ts";
import { trialTable } from "../../src/cli/doctor_tune.ts";
import { adoptPicks, cacheFolder, trialFile, writePicks } from "../../src/cli/trial_cache.ts";
import { runCommandLine } from "../command_line.ts";
import { withGpu } from "../gpu/with_gpu.ts";

const KNOWN = variantsOf(KERNELS);

Deno.test("trial cache: the folder is the environment's, then the system's", () => {
  const home = { HOME: "/h" };
  assertEquals(cacheFolder({ ...home, RWR_CACHE: "/r", XDG_CACHE_HOME: "/x" }, "linux"), "/r");
  assertEquals(cacheFolder({ ...home, XDG_CACHE_HOME: "/x" }, "linux"), "/x/rwr-kit");
  assertEquals(cacheFolder(home, "linux"), "/h/.cache/rwr-kit");
  assertEquals(cacheFolder(home, "darwin"), "/h/Library/Caches/rwr-kit");
  assertEquals(cacheFolder({ LOCALAPPDATA: "C:\\l" }, "windows"), "C:\\l\\rwr-kit\\cache");
  assertEquals(cacheFolder({}, "linux"), undefined);
});

Deno.test("trial cache: picks come back for the same adapter and kit alone", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await withGpu(async (gpu) => {
      const path = trialFile(`${folder}/new`, gpu, "1.0.0");
      assert(path !== trialFile(`${folder}/new`, gpu, "1.0.1"));
      const pick = { operation: "matmul", shapeClass: "many rows", picked: "tiled" };
      await writePicks(path, gpu, "1.0.0", [pick]);
      assertEquals(await adoptPicks(path, gpu, KNOWN), undefined);
      assertEquals(gpu.choices.record(), { "matmul, many rows": "tiled" });
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("trial cache: a missing or broken file is named and ignored", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await withGpu(async (gpu) => {
      const path = `${folder}/variants.json`;
      const problem = async () => await adoptPicks(path, gpu, KNOWN) ?? "none";
      assertStringIncludes(await problem(), `no trial of this adapter in ${path}`);
      const pick = (operation: string, picked: string) =>
        JSON.stringify({ picks: [{ operation, shapeClass: "many rows", picked }] });
      const good = '{ "operation": "matmul", "shapeClass": "many rows", "picked": "tiled" }';
      for (
        const broken of [
          '{ "picks": [',
          "null",
          '{ "picks": 3 }',
          pick("matmull", "tiled"),
          `{ "picks": [${good}, { "operation": "matmul" }] }`,
          `{ "picks": [${good}, ${good.replace("tiled", "none")}] }`,
        ]
      ) {
        await Deno.writeTextFile(path, broken);
        assertStringIncludes(await problem(), `ignoring the trial in ${path}: `);
        assertEquals(gpu.choices.record(), undefined, broken);
      }
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("doctor --tune: the table says what was picked and why", () => {
  const times = [{ variant: "a", milliseconds: 3 }, { variant: "b", milliseconds: 1 }];
  const result = { operation: "op", shapeClass: "all", shape: "4×4", times, usual: "a" };
  const reasons = [
    { ...result, usualReason: "default" as const, picked: "b" },
    { ...result, usualReason: "pinned" as const, picked: "a" },
    { ...result, usualReason: "default" as const, picked: "a" },
    { ...result, usualReason: "default" as const, usual: "b", picked: "b" },
  ];
  const whys = trialTable(reasons).split("\n").slice(2).map((line) =>
    line.split("|").at(-2)?.trim()
  );
  assertEquals(whys, [
    "trial: 3.0 times as fast as the default a",
    "pinned",
    "default: no other saves a tenth",
    "default, and the fastest",
  ]);
});

Deno.test("doctor --tune: every operation is tried, and kept where RWR_CACHE says", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const env = { RWR_CACHE: folder };
    const pinned = await runCommandLine(["doctor", "--tune", "--variant=matmul=tiled"], env);
    assertEquals(pinned.code, 0, pinned.err);
    const lines = pinned.out.split("\n");
    assertEquals(lines.filter((line) => /\| tiled +\| pinned +\|$/.test(line)).length, 2);
    assertStringIncludes(pinned.out, "nothing written");
    assertStringIncludes(pinned.err, "variants in force: matmul=tiled");
    assertEquals([...Deno.readDirSync(folder)], []);
    const { code, out, err } = await runCommandLine(["doctor", "--tune"], env);
    assertEquals(code, 0, err);
    for (const { operation } of KNOWN) assertStringIncludes(out, `| ${operation} `);
    const files = [...Deno.readDirSync(folder)].map(({ name }) => name);
    assertEquals(files.length, 1);
    assertStringIncludes(out, `written to ${folder}/${files[0]}`);
    const tuned = await runCommandLine(["bench", "--kernel=reduce", "--tuned"], env);
    assertEquals([tuned.code, tuned.err.includes("--tuned:")], [0, false], tuned.err);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("--variant: proves one variant alone; an unknown one ends the command", async () => {
  const one = await runCommandLine(["verify", "--kernel=conv1d", "--variant=conv1d=short_pieces"]);
  assertEquals([one.code, one.out.includes("(conv1d=")], [0, false], one.err);
  const all = await runCommandLine(["verify", "--kernel=conv1d"]);
  assertEquals([all.code, /\(conv1d=\w+_pieces\)/.test(all.out)], [0, true], all.err);
  for (const command of ["verify", "bench", "reproduce"]) {
    const { code, err } = await runCommandLine([command, "--variant=conv1d=none"]);
    assert(code !== 0, command);
    assertStringIncludes(err, "Variants of conv1d: long_pieces, short_pieces");
  }
});
