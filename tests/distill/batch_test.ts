import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { sha256 } from "../../src/base/hash.ts";
import { Rng } from "../../src/base/rng.ts";
import { type Ended, follow, runCommandLine, startCommand } from "../command_line.ts";
import type { BatchStep, BatchTrouble } from "../llm/batch_server.ts";
import type { ServerOptions, TestServer } from "../llm/server.ts";
import { CANARY, environmentOf, filesOf, startTeacher, writeSource } from "./made_run.ts";
import { passOn } from "../../tools/run.ts";

/** What a server does to some requests, asked live or in a batch. */
const TROUBLE: ServerOptions = {
  share: 0.15,
  kinds: ["429", "500", "503", "cut", "empty", "wrong-model", "no-usage"],
  permanentShare: 0.03,
  permanentKinds: ["500", "empty", "refusal"],
};

/** Notes of a part that are judged a second time, on purpose. */
const AGAIN = 20;

const args = (runs: string, name: string, more: readonly string[] = []): string[] => [
  ...["distill", "--source", `${runs}/rows.jsonl`, "--limit", "3000"],
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

async function assertSameRun(found: string, expected: string): Promise<void> {
  const [a, b] = [await filesOf(found), await filesOf(expected)];
  assertEquals([...a.keys()].sort(), [...b.keys()].sort());
  for (const [path, bytes] of b) assertEquals(sha256(a.get(path)!), sha256(bytes), path);
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

/** Times that a file of requests was submitted after the first. */
const submittedTwice = (server: TestServer): number =>
  Object.values(server.batchStats().byContent).reduce((sum, times) => sum + times - 1, 0);

const told = ({ out, err }: Ended): string => `${out}\n${err}`;

Deno.test("a run by batches, requests failing and batches expiring, ends with a live run's bytes", async () => {
  await inFolder(1100, async (runs) => {
    await using calm = startTeacher(TROUBLE);
    assertEquals((await runCommandLine(args(runs, "live"), environmentOf(calm))).code, 0);
    await using server = startTeacher({ ...TROUBLE, batches: { expired: 2, pollFails: 3 } });
    const more = ["--batch", "--batch-size", "700"];
    const batch = await runCommandLine(args(runs, "batch", more), environmentOf(server));
    assertEquals(batch.code, 0, batch.err);
    await assertSameRun(`${runs}/distill/batch`, `${runs}/distill/live`);
    assertEquals([server.stats().calls, submittedTwice(server)], [0, 0]);
    assertEquals(paidTwice(server), 2 * AGAIN);
    assertMatch(batch.out, /batch 00001 \(teacher\): submitted with 700 requests as batch_1/);
    assertMatch(batch.out, /batch 00001 \(teacher\): expired, 700 of 700, \d+ failed/);
    assert(!told(batch).includes(CANARY));
    await assertNoCanary(runs);
    const { created } = server.batchStats();
    const again = await runCommandLine(args(runs, "live", ["--batch"]), environmentOf(server));
    assertEquals(again.code, 0, again.err);
    assertEquals(server.batchStats().created, created);
  });
});

Deno.test("killed at every step, nothing is submitted or paid twice", async () => {
  await inFolder(150, async (runs) => {
    await using calm = startTeacher(TROUBLE);
    assertEquals((await runCommandLine(args(runs, "live"), environmentOf(calm))).code, 0);
    const rng = new Rng("batch kills");
    const kills: Record<BatchStep, number> = { uploaded: 0, created: 0, polled: 0, fetched: 0 };
    let child: Deno.ChildProcess | undefined;
    const batches: BatchTrouble = {
      expired: 1,
      onStep(step) {
        if (!child || kills[step] >= 4) return;
        const victim = child;
        child = undefined;
        kills[step]++;
        // At once half of the time, else while the answer is being worked on.
        const delay = kills[step] % 2 === 1 ? 0 : rng.uniform() * 60;
        setTimeout(() => passOn(victim, "SIGKILL"), delay);
      },
    };
    await using server = startTeacher({ ...TROUBLE, batches });
    for (let runsLeft = 40;; runsLeft--) {
      assert(runsLeft > 0, `no end after 40 runs: ${JSON.stringify(kills)}`);
      const started = await startCommand(args(runs, "killed", ["--batch"]), environmentOf(server));
      child = started;
      const { code, err } = await follow(started);
      if (code === 0) break;
      assertEquals(code, 137, err);
    }
    assertEquals(kills, { uploaded: 4, created: 4, polled: 4, fetched: 4 });
    assertEquals([server.stats().calls, submittedTwice(server), paidTwice(server)], [0, 0, AGAIN]);
    await assertSameRun(`${runs}/distill/killed`, `${runs}/distill/live`);
    await assertNoCanary(runs);
  });
});

Deno.test("a limit on cost holds over batches under way, and a live run does not ask them again", async () => {
  await inFolder(120, async (runs) => {
    const trouble: { batchMs: number } = { batchMs: 20 };
    await using server = startTeacher({ batches: trouble });
    const env = environmentOf(server);
    assertEquals((await runCommandLine(args(runs, "live"), env)).code, 0);
    const before = server.stats();
    const poor = await runCommandLine(args(runs, "poor", ["--batch", "--max-cost", "0.008"]), env);
    assertEquals(poor.code, 1);
    assertStringIncludes(poor.err, "raise the maximum cost");
    const { promptTokens, completionTokens } = server.stats();
    const read = promptTokens - before.promptTokens;
    const spent = (read + 2 * (completionTokens - before.completionTokens)) / 1e6;
    assert(spent > 0.001 && spent <= 0.008, `$${spent}`);
    assert(Math.abs(spentBy(poor) - spent) < 1e-4, `${spentBy(poor)} told, ${spent} paid`);
    // A batch under way counts with the most that it can cost.
    trouble.batchMs = Infinity;
    const child = await startCommand(args(runs, "poor", ["--batch", "--max-cost", "0.1"]), env);
    const stopped = await follow(child, (line) => {
      if (/in_progress/.test(line)) child.kill("SIGINT");
    });
    assertEquals(stopped.code, 130, told(stopped));
    const created = server.batchStats().created;
    const live = await runCommandLine(args(runs, "poor"), env);
    assertEquals(live.code, 1);
    assertStringIncludes(live.err, "go on with --batch");
    const moved = await runCommandLine(args(runs, "poor", ["--batch"]), {
      ...env,
      RWR_TEACHER_MODEL: "another",
    });
    assertEquals(moved.code, 1);
    assertStringIncludes(moved.err, "_BASE_URL as they were");
    assertEquals(server.batchStats().created, created);
  });
});

const spentBy = ({ out }: Ended): number => Number(/retries, \$([\d.]+)\n*$/.exec(out)?.[1]);

/** `vllm run-batch`, by the same server. */
async function answerOffline(command: string, server: TestServer, share = 1): Promise<void> {
  const [, input, output] = /^vllm run-batch -i (\S+) -o (\S+) --model test-model/.exec(command)!;
  const lines = (await Deno.readTextFile(input)).trimEnd().split("\n");
  const answers = await Promise.all(
    lines.slice(0, share * lines.length).map(async (line) => {
      const { custom_id, url, body } = JSON.parse(line);
      const response = await fetch(server.baseUrl.replace("/v1", url), {
        method: "POST",
        headers: { Authorization: `Bearer ${CANARY}` },
        body: JSON.stringify(body),
      });
      const ok = response.status === 200;
      const told = await response.json();
      // As vLLM writes it: an error stands beside the response, without a body.
      return JSON.stringify({
        id: `vllm-${custom_id}`,
        custom_id,
        response: { status_code: response.status, request_id: "r", body: ok ? told : null },
        error: ok ? null : told,
      });
    }),
  );
  await Deno.writeTextFile(output, answers.join("\n") + "\n");
}

Deno.test("files for vllm run-batch and back: the bytes of a live run", async () => {
  await inFolder(150, async (runs) => {
    // None that shows in the notes: half a file is answered twice below.
    const trouble: ServerOptions = { ...TROUBLE, kinds: ["429", "500", "empty"] };
    await using calm = startTeacher(trouble);
    assertEquals((await runCommandLine(args(runs, "live"), environmentOf(calm))).code, 0);
    await using server = startTeacher(trouble);
    const env = environmentOf(server);
    const run = async (): Promise<{ ended: Ended; commands: string[] }> => {
      const more = ["--batch-files", "--batch-size", "100"];
      const ended = await runCommandLine(args(runs, "files", more), env);
      const commands = ended.err.split("\n").filter((line) => line.startsWith("vllm "));
      return { ended, commands };
    };
    const first = await run();
    assertEquals([first.ended.code, first.commands.length], [1, 2], first.ended.err);
    await answerOffline(first.commands[0], server);
    await answerOffline(first.commands[1], server, 0.5);
    const second = await run();
    assertEquals(second.commands.length, 1, second.ended.err);
    assertMatch(second.commands[0], /# 25 of 50 are answered so far$/);
    let { ended, commands } = second;
    for (let rounds = 0; ended.code !== 0; rounds++) {
      assert(rounds < 12 && commands.length > 0, ended.err);
      for (const command of commands) await answerOffline(command, server);
      ({ ended, commands } = await run());
    }
    await assertSameRun(`${runs}/distill/files`, `${runs}/distill/live`);
    assert(!told(ended).includes(CANARY));
    await assertNoCanary(runs);
  });
});

Deno.test("bad flags of batches are told", async () => {
  const told = async (text: string, more: string[]) => {
    const teacher = { RWR_TEACHER_BASE_URL: "http://localhost:1/v1", RWR_TEACHER_MODEL: "m" };
    const { code, err } = await runCommandLine(["distill", "--source=x", ...more], teacher);
    assertEquals(code, 1);
    assertStringIncludes(err, text);
  };
  await told("expected one of them", ["--batch", "--batch-files"]);
  await told("--batch-size alone", ["--batch-size=5"]);
  await told("1 or more requests", ["--batch", "--batch-size=0"]);
});
