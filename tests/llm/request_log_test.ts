import { assert, assertEquals, assertRejects } from "@std/assert";
import { DataError } from "../../src/base/errors.ts";
import { sha256 } from "../../src/base/hash.ts";
import { type LogRow, SCHEMA_BYTES } from "../../src/llm/log_format.ts";
import { LogIndex } from "../../src/llm/log_index.ts";
import { RequestLog } from "../../src/llm/request_log.ts";
import { tableFromIPC } from "arrow-js";
import { onSmallDisk } from "../small_disk.ts";

const rowOf = (i: number, more: Partial<LogRow> = {}): LogRow => ({
  key: sha256(`${i}`),
  role: "teacher",
  model: "m",
  base_url: "http://localhost/v1",
  messages: `[{"content":"question ${i}","role":"user"}]`,
  sampling: "{}",
  attempt: 0,
  try: 0,
  outcome: "reply",
  status: 200,
  text: `réponse ${i}`,
  finish_reason: "stop",
  reply_model: "m",
  prompt_tokens: 3,
  completion_tokens: 2,
  usage_estimated: false,
  cost_usd: 0.25,
  latency_ms: 1.5,
  error: null,
  at: "2026-11-23T12:00:00.000Z",
  ...more,
});

async function inFolder(body: (path: string, folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await body(`${folder}/requests.arrows`, folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const silent = (): void => undefined;

Deno.test("rows come back as they were, in this process and the next", () =>
  inFolder(async (path) => {
    const lost = rowOf(1, { outcome: "lost", status: null, text: null, error: "cut" });
    const failed = rowOf(2, { outcome: "failed", status: 400, text: null, error: "refused" });
    let log = await RequestLog.open(path);
    await Promise.all([rowOf(0), lost, failed].map((row) => log.append(row)));
    for (let round = 0; round < 2; round++) {
      assertEquals(log.get(rowOf(0).key), rowOf(0));
      assertEquals(log.get(lost.key), undefined);
      assertEquals(log.get(failed.key), failed);
      assertEquals([log.rowCount, log.answered, log.costUsd], [3, 2, 0.75]);
      await log.close();
      log = await RequestLog.open(path);
    }
    assertEquals(await Array.fromAsync(RequestLog.rows(path)), [rowOf(0), lost, failed]);
    await log.append(rowOf(3));
    await log.close();
    await assertRejects(() => log.append(rowOf(4)), DataError, "closed");
    assertEquals(tableFromIPC(await Deno.readFile(path)).numRows, 4);
  }));

Deno.test("a tail torn at any byte is cut off, said, and the log goes on", () =>
  inFolder(async (path) => {
    const log = await RequestLog.open(path);
    await log.append(rowOf(0));
    const kept = (await Deno.stat(path)).size;
    await log.append(rowOf(1));
    await log.close();
    const bytes = await Deno.readFile(path);
    for (let size = kept + 1; size < bytes.length; size++) {
      // Torn off, and as a file that has its length but not its last blocks.
      for (const torn of [bytes.slice(0, size), bytes.slice().fill(0, size)]) {
        await Deno.writeFile(path, torn);
        const said: string[] = [];
        const again = await RequestLog.open(path, (line) => said.push(line));
        if (torn.length === size) {
          assertEquals(again.rowCount, 1, `cut at ${size}`);
          assertEquals(said.length, 1);
          assert(said[0].includes(`${size - kept} bytes after 1 rows`), said[0]);
        }
        assertEquals(again.get(rowOf(0).key), rowOf(0));
        // Zeros in place of padding or of the last number change nothing that can be told.
        if (again.rowCount === 1) {
          await again.append(rowOf(1));
          assertEquals(again.get(rowOf(1).key), rowOf(1));
        }
        await again.close();
      }
    }
  }));

Deno.test("a beginning torn at any byte starts anew", () =>
  inFolder(async (path) => {
    for (let size = 0; size < SCHEMA_BYTES.length; size += 7) {
      await Deno.writeFile(path, SCHEMA_BYTES.slice(0, size));
      const log = await RequestLog.open(path, silent);
      await log.append(rowOf(0));
      await log.close();
      assertEquals((await Array.fromAsync(RequestLog.rows(path))).length, 1);
    }
  }));

Deno.test("damage before whole messages, other files and a second writer are refused", () =>
  inFolder(async (path) => {
    const log = await RequestLog.open(path);
    await log.append(rowOf(0));
    const kept = (await Deno.stat(path)).size;
    await log.append(rowOf(1));
    await assertRejects(() => RequestLog.open(path), DataError, "locked");
    await log.close();
    const bytes = await Deno.readFile(path);
    bytes.fill(7, SCHEMA_BYTES.length, SCHEMA_BYTES.length + 16);
    await Deno.writeFile(path, bytes);
    await assertRejects(() => RequestLog.open(path), DataError, `from byte ${kept}`);
    assertEquals(await Deno.readFile(path), bytes);
    await Deno.writeTextFile(path, "not a log");
    await assertRejects(() => RequestLog.open(path), DataError, "another kind of file");
    await assertRejects(() => Array.fromAsync(RequestLog.rows(path + "x")), DataError, "path");
  }));

Deno.test("another log's replies are taken over once, and their cost is not counted", () =>
  inFolder(async (path, folder) => {
    const theirs = await RequestLog.open(path);
    await theirs.append(rowOf(0));
    await theirs.append(rowOf(1));
    await theirs.append(rowOf(2, { outcome: "lost" }));
    await theirs.close();
    const ours = await RequestLog.open(`${folder}/ours.arrows`);
    await ours.append(rowOf(0, { text: "ours" }));
    assertEquals(await ours.importFrom(path), 1);
    assertEquals(await ours.importFrom(path), 0);
    assertEquals(ours.get(rowOf(0).key)?.text, "ours");
    assertEquals(ours.get(rowOf(1).key), rowOf(1, { try: -1 }));
    assertEquals([ours.costUsd, ours.rowCount, ours.answered], [0.25, 2, 2]);
    await ours.close();
    const again = await RequestLog.open(`${folder}/ours.arrows`);
    assertEquals(again.costUsd, 0.25);
    await again.close();
  }));

Deno.test("a full disk is an error, and what was written stays readable", () =>
  inFolder(async (_path, folder) => {
    await onSmallDisk(folder, async (disk) => {
      const log = await RequestLog.open(`${disk}/requests.arrows`);
      let written = 0;
      const big = "x".repeat(20_000);
      const error = await assertRejects(async () => {
        for (; written < 100; written++) await log.append(rowOf(written, { text: big }));
      }, DataError);
      assert(error.message.includes("free space"), error.message);
      assert(written > 2 && written < 100);
      await assertRejects(() => log.append(rowOf(999)), DataError);
      await log.close();
      const again = await RequestLog.open(`${disk}/requests.arrows`, silent);
      assertEquals(again.rowCount, written);
      await again.close();
    });
  }));

Deno.test("the index finds every key, also where first bits are shared", () => {
  const index = new LogIndex();
  const keys = Array.from({ length: 20_000 }, (_, i) => sha256(`${i}`));
  keys.forEach((key, i) => index.add(key, { offset: 1000 * i, row: i % 7 }));
  keys.forEach((key, i) => {
    const [first] = [...index.places(key)];
    assertEquals(first, { offset: 1000 * i, row: i % 7 });
  });
  assert(index.bytes / keys.length <= 54, `${index.bytes / keys.length} bytes a key`);
  const twin = keys[3].slice(0, 16) + "0".repeat(48);
  index.add(twin, { offset: 5, row: 0 });
  assertEquals([...index.places(twin)].length, 2);
  assertEquals([...index.places(sha256("nobody"))], []);
});
