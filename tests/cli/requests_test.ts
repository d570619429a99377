import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { runCommandLine } from "../command_line.ts";
import { CANARY, environmentOf, filesOf, startTeacher, writeSource } from "../distill/made_run.ts";

const ROWS = 120;

async function inFolder(test: (runs: string) => Promise<void>): Promise<void> {
  const runs = await Deno.makeTempDir();
  try {
    await writeSource(`${runs}/rows.jsonl`, ROWS);
    await test(runs);
  } finally {
    await Deno.remove(runs, { recursive: true });
  }
}

Deno.test("a run on another's export asks nothing, spends nothing and makes the same bytes", () =>
  inFolder(async (runs) => {
    await using server = startTeacher({ share: 0.1, kinds: ["500", "empty"] });
    const env = environmentOf(server);
    const run = async (...args: string[]): Promise<string> => {
      const { code, out, err } = await runCommandLine([...args, "--runs", runs], env);
      assertEquals(code, 0, err);
      return out;
    };
    const distill = (name: string, ...more: string[]): Promise<string> =>
      run("distill", "--source", `${runs}/rows.jsonl`, "--name", name, ...more);
    await distill("first");
    const { calls } = server.stats();
    const counted = await run("requests", "first");
    assertMatch(counted, /\| test-model \| teacher +\| \d+ /);
    assertMatch(counted, /\| all +\|/);
    for (const kind of ["arrows", "jsonl"]) {
      const file = `${runs}/export.${kind}`;
      assertStringIncludes(await run("requests", "first", "--export", file), "wrote 4");
      assert(!new TextDecoder("latin1").decode(await Deno.readFile(file)).includes(CANARY));
      assertMatch(await run("requests", kind, "--import", file), /took over 4\d\d requests/);
      // Nothing may be spent, and nothing has to be.
      assertStringIncludes(await distill(kind, "--max-cost", "0"), "0 calls");
      assertStringIncludes(await run("requests", kind), "$0.0000");
      const [found, expected] = [kind, "first"].map((name) => filesOf(`${runs}/distill/${name}`));
      assertEquals(await found, await expected);
    }
    assertEquals(server.stats().calls, calls);
    // Shards have logs of their own.
    for (const index of [0, 1]) {
      const shard = ["--shard", `${index}/2`];
      await run("requests", "shared", "--import", `${runs}/export.jsonl`, ...shard);
      await distill("shared", ...shard);
    }
    assertEquals(server.stats().calls, calls);
    const before = await run("requests", "shared");
    await run("merge", "shared");
    assertEquals(await run("requests", "shared"), before);
    await Deno.remove(`${runs}/distill/shared/shard-0-of-2`, { recursive: true });
    assertEquals(await run("requests", "shared"), before);
  }));

Deno.test("bad input of requests is told", () =>
  inFolder(async (runs) => {
    const told = async (text: string, ...args: string[]): Promise<void> => {
      const { code, err } = await runCommandLine(["requests", ...args, "--runs", runs]);
      assertEquals(code, 1);
      assertStringIncludes(err, text);
    };
    await told("found no name");
    await told("expected one of them", "x", "--export", "a.jsonl", "--import", "b.jsonl");
    await told("--shard without --import", "x", "--shard", "0/2");
    await told("expected the folder of a run", "nobody");
    await told("check the path", "nobody", "--import", `${runs}/none.jsonl`);
    assertEquals((await Array.fromAsync(Deno.readDir(runs))).length, 1);
    await told("found key as nothing", "new", "--import", `${runs}/rows.jsonl`);
  }));
