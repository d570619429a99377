import { assert, assertEquals, assertRejects } from "@std/assert";
import { DataError } from "../../src/base/errors.ts";
import { ApiKey } from "../../src/llm/endpoint.ts";
import { countRequests } from "../../src/llm/log_counts.ts";
import { exportLogs } from "../../src/llm/log_export.ts";
import { RequestLog } from "../../src/llm/request_log.ts";
import { onSmallDisk } from "../small_disk.ts";
import { openDesk, PRICED, question } from "./setup.ts";
import { startServer } from "./server.ts";

/** A log of 1,200 requests to a server in trouble, one with a schema and seed. */
async function makeLog(folder: string): Promise<{ path: string; baseUrl: string }> {
  const path = `${folder}/requests.arrows`;
  await using server = startServer({
    share: 0.2,
    kinds: ["500", "empty"],
    permanentShare: 0.05,
    permanentKinds: ["empty"],
  });
  await using desk = await openDesk(server.baseUrl, { path, environment: PRICED });
  const asked = Array.from({ length: 1200 }, (_, i) => question(`„${i}“\n\\ "quoted" 😀`));
  asked.push(question("all", {
    seed: 7,
    stop: ["\n"],
    attempt: 2,
    schema: { name: "s", schema: { type: "object", properties: { a: { type: "number" } } } },
  }));
  await Promise.allSettled(asked.map((one) => desk.llm.ask(one)));
  return { path, baseUrl: server.baseUrl };
}

async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const names = async (folder: string): Promise<string[]> =>
  (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();

Deno.test("what an export holds comes back as it was, by either kind of file", () =>
  inFolder(async (folder) => {
    const { path } = await makeLog(folder);
    const rows = await Array.fromAsync(RequestLog.rows(path));
    const final = rows.filter(({ outcome }) => outcome !== "lost");
    assert(final.length === 1201 && rows.length > 1300, `${rows.length}`);
    assert(final.some(({ outcome }) => outcome === "failed"));
    for (const kind of ["arrows", "jsonl"]) {
      const file = `${folder}/export.${kind}`;
      // The same log twice: every request is in the export once.
      assertEquals(await exportLogs([path, path], file), { rows: 1201, withKey: 0 });
      const log = await RequestLog.open(`${folder}/from-${kind}.arrows`);
      assertEquals(await log.importFrom(file), 1201);
      assertEquals(await log.importFrom(file), 0);
      assertEquals([log.costUsd, log.answered], [0, 1201]);
      for (const row of final) assertEquals(log.get(row.key), { ...row, try: -1 });
      await log.close();
    }
    assertEquals(await Array.fromAsync(RequestLog.rows(`${folder}/export.arrows`)), final);
    const [line] = (await Deno.readTextFile(`${folder}/export.jsonl`)).split("\n");
    const { messages, sampling } = JSON.parse(line);
    assertEquals([messages[0].role, sampling.maxTokens], ["user", 32]);
    await assertRejects(() => exportLogs([path], `${folder}/export.jsonl`), DataError, "another");
    await assertRejects(() => exportLogs([path], `${folder}/export.csv`), DataError, ".jsonl");
    await assertRejects(() => exportLogs([`${path}.no`], `${folder}/x.jsonl`), DataError, "path");
    assert(!(await names(folder)).some((name) => name.includes("part")));
  }));

Deno.test("counts: requests, replies, failures, lost tries, tokens and money", () =>
  inFolder(async (folder) => {
    const { path } = await makeLog(folder);
    const [counts, ...rest] = await countRequests([path]);
    const rows = await Array.fromAsync(RequestLog.rows(path));
    const log = await RequestLog.open(path);
    assertEquals([counts.costUsd, counts.requests, rest], [log.costUsd, 1201, []]);
    await log.close();
    assertEquals(counts.replies + counts.failed, 1201);
    assertEquals(counts.replies + counts.failed + counts.lost, rows.length);
    const tokens = rows.reduce((sum, { prompt_tokens }) => sum + (prompt_tokens ?? 0), 0);
    assertEquals([counts.promptTokens, counts.takenOver, counts.othersCostUsd], [tokens, 0, 0]);
    const ours = await RequestLog.open(`${folder}/ours.arrows`);
    await ours.importFrom(path);
    await ours.close();
    const [taken] = await countRequests([`${folder}/ours.arrows`]);
    assertEquals([taken.takenOver, taken.costUsd, taken.lost], [1201, 0, 0]);
    assert(taken.othersCostUsd > 0 && taken.othersCostUsd < counts.costUsd);
  }));

Deno.test("a row in which a key stands is not handed on", () =>
  inFolder(async (folder) => {
    const key = new ApiKey("sk-canary-export-1", "OPENAI_API_KEY");
    await using server = startServer({ reply: ({ messages }) => messages[0].content });
    const path = `${folder}/requests.arrows`;
    {
      await using desk = await openDesk(server.baseUrl, { path });
      for (const text of ["a", `my key is ${key.reveal()}`, "b"]) {
        await desk.llm.ask(question(text));
      }
    }
    for (const kind of ["arrows", "jsonl"]) {
      const file = `${folder}/export.${kind}`;
      assertEquals(await exportLogs([path], file, [key]), { rows: 2, withKey: 1 });
      const text = new TextDecoder("latin1").decode(await Deno.readFile(file));
      assert(!text.includes(key.reveal()));
    }
  }));

Deno.test("a damaged line is named, and what stood before it is taken over", () =>
  inFolder(async (folder) => {
    const { path } = await makeLog(folder);
    await exportLogs([path], `${folder}/good.jsonl`);
    const lines = (await Deno.readTextFile(`${folder}/good.jsonl`)).trimEnd().split("\n");
    const bad: readonly (readonly [change: (line: string) => string, told: string])[] = [
      [(line) => line.slice(0, -9), "no whole JSON"],
      [() => "3", "no object"],
      [(line) => line.replace("maxTokens", "mostTokens"), "a key that is not that"],
      [(line) => line.replace('"user"', '"system"'), "a key that is not that"],
      [(line) => line.replace(/"attempt":0/, '"attempt":0.5'), "attempt as 0.5"],
      [(line) => line.replace(/"cost_usd":[^,]+/, '"cost_usd":null'), "cost_usd as null"],
      [(line) => line.replace(/"outcome":"\w+"/, '"outcome":"bought"'), "the outcome bought"],
      [(line) => line.replace(/"status":\d+,/, ""), "status as nothing"],
    ];
    for (const [i, [change, told]] of bad.entries()) {
      const file = `${folder}/bad-${i}.jsonl`;
      await Deno.writeTextFile(file, lines.with(5, change(lines[5])).join("\r\n"));
      const log = await RequestLog.open(`${folder}/bad-${i}.arrows`);
      const error = await assertRejects(() => log.importFrom(file), DataError, told);
      assert(error.message.includes(`bad-${i}.jsonl line 6`), error.message);
      assertEquals(log.answered, 5);
      await log.close();
    }
  }));

Deno.test("an export that finds the disk full leaves nothing behind", () =>
  inFolder(async (folder) => {
    const { path } = await makeLog(folder);
    await onSmallDisk(folder, async (disk) => {
      for (const kind of ["arrows", "jsonl"]) {
        await assertRejects(() => exportLogs([path], `${disk}/export.${kind}`), DataError);
        assertEquals(await names(disk), []);
      }
    });
  }));
