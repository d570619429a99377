import { assert, assertEquals, AssertionError, assertStringIncludes } from "@std/assert";
import { Rng } from "../../src/base/rng.ts";
import { readRows } from "../../src/tables/mod.ts";
import { follow, runCommandLine, startCommand } from "../command_line.ts";
import type { ServerOptions, TestServer } from "../llm/server.ts";
import { CANARY, environmentOf, filesOf, startTeacher, writeSource } from "./made_run.ts";
import { passOn } from "../../tools/run.ts";

/** What a server does to one request in three; the rest of a run is as usual. */
const TROUBLE: ServerOptions = {
  share: 0.1,
  kinds: ["429", "500", "503", "stall", "cut", "slow", "empty", "wrong-model", "no-usage"],
  permanentShare: 0.01,
  permanentKinds: ["invalid-json", "empty", "refusal"],
};
const ROWS = 5000;
const KILLS = 16;
/** Notes of a part that are judged a second time. */
const AGAIN = 20;

const args = (runs: string, name: string, more: readonly string[] = []): string[] => [
  ...["distill", "--source", `${runs}/rows.jsonl`, "--limit", String(ROWS)],
  ...["--runs", runs, "--name", name, ...more],
];

async function inFolder(rows: number, test: (runs: string) => Promise<void>): Promise<void> {
  const runs = await Deno.makeTempDir();
  try {
    await writeSource(`${runs}/rows.jsonl`, rows);
    await test(runs);
  } finally {
    await Deno.remove(runs, { recursive: true });
  }
}

const sorted = (files: ReadonlyMap<string, Uint8Array>): string[] => [...files.keys()].sort();

async function assertSameRun(found: string, expected: string): Promise<void> {
  const [a, b] = [await filesOf(found), await filesOf(expected)];
  assertEquals(sorted(a), sorted(b));
  for (const [path, bytes] of b) {
    if (!sameBytes(a.get(path)!, bytes)) {
      throw new AssertionError(`${path}: ${await firstDifference(found, expected, path)}`);
    }
  }
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);

/** The first row of notes that is not the same; files are too large to stand in a message. */
async function firstDifference(found: string, expected: string, path: string): Promise<string> {
  if (!path.startsWith("notes/")) return "other bytes";
  const rowsOf = async (folder: string): Promise<string[]> =>
    (await readRows(`${folder}/${path}`, "notes")).map((row) => JSON.stringify(row));
  const [a, b] = [await rowsOf(found), await rowsOf(expected)];
  const at = a.findIndex((row, i) => row !== b[i]);
  return `${a.length} and ${b.length} rows; row ${at}:\n${a[at]}\n${b[at]}`;
}

/** Every source row has one final verdict: one `full` row, at most one `removed` behind it. */
async function assertAccountedFor(folder: string, rows: number): Promise<void> {
  const seen = new Set<string>();
  for (let part = 0; part < rows / 1000; part++) {
    const path = (kind: string): string =>
      `${folder}/${kind}/part-${String(part).padStart(5, "0")}.arrow`;
    const source = await readRows(path("selection"), "source");
    const notes = await readRows(path("notes"), "notes");
    const full = notes.filter(({ role }) => role === "full");
    assertEquals(full.map(({ row_id }) => row_id), source.map(({ row_id }) => row_id));
    for (const { row_id, role, verdict, rule } of notes) {
      assert(verdict !== null && rule !== null);
      assert(!seen.has(`${row_id} ${role}`));
      seen.add(`${row_id} ${role}`);
    }
  }
}

async function assertNoCanary(folder: string): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) await assertNoCanary(path);
    else {
      const text = new TextDecoder("latin1").decode(await Deno.readFile(path));
      assert(!text.includes(CANARY), `the key stands in ${path}`);
    }
  }
}

const paidTwice = (server: TestServer): number =>
  Object.values(server.stats().paid).reduce((sum, times) => sum + times - 1, 0);

Deno.test("5,000 rows against a server in trouble: all accounted for, killed or not", async () => {
  await inFolder(ROWS, async (runs) => {
    await using calm = startTeacher(TROUBLE);
    const whole = await runCommandLine(args(runs, "whole"), environmentOf(calm));
    assertEquals(whole.code, 0, whole.err);
    await assertAccountedFor(`${runs}/distill/whole`, ROWS);
    // Notes that are judged a second time on purpose, and no other question.
    assertEquals(paidTwice(calm), AGAIN * ROWS / 1000);
    const summary = JSON.parse(await Deno.readTextFile(`${runs}/distill/whole/summary.json`));
    assertEquals(summary.all.rows, ROWS);
    assertEquals(summary.disagreement.length, 6);
    assertEquals(summary.disagreement[0].onlyA, 0);
    assertEquals(summary.reasked.asked, AGAIN * ROWS / 1000);
    assert(summary.reasked.share.mean > 0.9, JSON.stringify(summary.reasked));
    assert(
      summary.all.full > 0.8 * ROWS && summary.all.empty > 0.8 * ROWS,
      JSON.stringify(summary),
    );

    await using killed = startTeacher(TROUBLE);
    const rng = new Rng("kills");
    let kills = 0;
    for (;;) {
      const child = await startCommand(args(runs, "killed"), environmentOf(killed));
      const ended = follow(child);
      const before = killed.stats().calls;
      const until = before + 200 + rng.uniform() * 900;
      const watch = setInterval(() => {
        if (kills < KILLS && killed.stats().calls > until) {
          passOn(child, "SIGKILL");
          kills++;
          clearInterval(watch);
        }
      }, 5);
      const { code, err } = await ended;
      clearInterval(watch);
      if (code === 0) break;
      assertEquals(code, 137, err);
    }
    assert(kills >= 12, `found ${kills} kills`);
    await assertSameRun(`${runs}/distill/killed`, `${runs}/distill/whole`);
    // A reply that was under way when the process died is paid for again, and no other.
    const twice = paidTwice(killed) - AGAIN * ROWS / 1000;
    assert(twice <= 64 * kills, `${twice} paid twice in ${kills} kills`);
    await assertNoCanary(runs);
    assert(![whole.out, whole.err].join().includes(CANARY));
    console.log(
      `${kills} kills, ${twice} replies paid twice, ${calm.stats().calls} calls undisturbed`,
    );
  });
});

Deno.test("three shards, merged, are one run; a second run asks nothing", async () => {
  await inFolder(3500, async (runs) => {
    await using server = startTeacher();
    const env = environmentOf(server);
    assertEquals((await runCommandLine(args(runs, "one"), env)).code, 0);
    const calls = server.stats().calls;
    for (const index of [2, 0, 1]) {
      const { code, err } = await runCommandLine(
        args(runs, "many", ["--shard", `${index}/3`]),
        env,
      );
      assertEquals(code, 0, err);
    }
    assertEquals(server.stats().calls, 2 * calls);
    const merged = await runCommandLine(["merge", "many", "--runs", runs]);
    assertEquals(merged.code, 0, merged.err);
    await assertSameRun(`${runs}/distill/many`, `${runs}/distill/one`);
    await Deno.remove(`${runs}/distill/one/notes`, { recursive: true });
    assertEquals((await runCommandLine(args(runs, "one"), env)).code, 0);
    assertEquals(server.stats().calls, 2 * calls);
    await assertSameRun(`${runs}/distill/many`, `${runs}/distill/one`);
    await Deno.remove(`${runs}/distill/many/shard-1-of-3`, { recursive: true });
    const torn = await runCommandLine(["merge", "many", "--runs", runs]);
    assertEquals(torn.code, 1);
    assertStringIncludes(torn.err, "shard-1-of-3");
  });
});

Deno.test("a dry run asks nothing, a limit on cost holds, Ctrl-C leaves all to go on", async () => {
  await inFolder(1500, async (runs) => {
    await using server = startTeacher({ latencyMs: 20 });
    const env = environmentOf(server);
    const dry = await runCommandLine(args(runs, "costs", ["--dry-run"]), env);
    assertEquals([dry.code, server.stats().calls], [0, 0], dry.err);
    assertStringIncludes(dry.out, "1500 rows will ask up to 6040 times");
    const poor = await runCommandLine(args(runs, "costs", ["--max-cost", "0.05"]), env);
    assertEquals(poor.code, 1);
    assertStringIncludes(poor.err, "raise the maximum cost");
    const { promptTokens, completionTokens } = server.stats();
    const spent = (promptTokens + 2 * completionTokens) / 1e6;
    assert(spent > 0.01 && spent <= 0.05, `$${spent}`);
    const child = await startCommand(args(runs, "costs"), env);
    const ended = follow(child);
    const before = server.stats().calls;
    while (server.stats().calls < before + 300) await new Promise((on) => setTimeout(on, 5));
    child.kill("SIGINT");
    const { code, err } = await ended;
    assertEquals(code, 130, err);
    assertEquals((await runCommandLine(args(runs, "costs"), env)).code, 0);
    assertEquals(paidTwice(server), 2 * AGAIN);
    await assertAccountedFor(`${runs}/distill/costs`, 1500);
  });
});

Deno.test("bad input of distill is told before anything is read", async () => {
  const refused = async (text: string, args: string[], env: Record<string, string> = {}) => {
    const { code, err } = await runCommandLine(["distill", "--runs", "/nonexistent", ...args], env);
    assertEquals(code, 1);
    assertStringIncludes(err, text);
  };
  await refused("found no --source", []);
  await refused("expected i/n", ["--source=x", "--shard=3/3"]);
  const runs = await Deno.makeTempDir();
  const source = ["--source=x", `--runs=${runs}`];
  const told = async (text: string, more: string[], env: Record<string, string> = {}) => {
    const { code, err } = await runCommandLine(["distill", ...source, ...more], env);
    assertEquals(code, 1);
    assertStringIncludes(err, text);
  };
  await told("RWR_TEACHER_BASE_URL", []);
  await told("--verifier=judge", ["--verifier=judge"]);
  await told("--max-cost=much", ["--max-cost=much"]);
  const teacher = { RWR_TEACHER_BASE_URL: "http://localhost:1/v1", RWR_TEACHER_MODEL: "m" };
  await told("reading", [], teacher);
  await Deno.remove(runs, { recursive: true });
});
