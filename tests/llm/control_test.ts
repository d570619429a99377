import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { ConfigError, HaltError } from "../../src/base/errors.ts";
import { Control, type Pass } from "../../src/llm/control.ts";
import { readFailure, retryAfter } from "../../src/llm/failure.ts";
import { sameModel } from "../../src/llm/outcome.ts";
import { TokenBucket } from "../../src/llm/token_bucket.ts";

const up = (): Promise<boolean> => Promise.resolve(true);
const down = (): Promise<boolean> => Promise.resolve(false);

async function round(control: Control, sign: "served" | "pushback"): Promise<void> {
  const passes: Pass[] = [];
  for (let n = control.limit; n > 0; n--) passes.push(await control.enter(1));
  for (const pass of passes) control.leave(pass, sign, undefined, up);
}

Deno.test("the limit doubles until the first push back, halves once a round, then adds one", async () => {
  const control = new Control({ maxInFlight: 64 });
  const limits: number[] = [control.limit];
  for (const sign of ["served", "pushback", "served", "pushback", "pushback"] as const) {
    // A full round grows by each of its replies while the limit is in use.
    const passes: Pass[] = [];
    for (let n = control.limit; n > 0; n--) passes.push(await control.enter(1));
    const more = Array.from({ length: control.limit }, () => control.enter(1));
    for (const pass of passes) control.leave(pass, sign, undefined, up);
    limits.push(control.limit);
    for (const one of more) one.then((pass) => control.leave(pass, "there", undefined, up));
    await Promise.all(more);
    await Promise.resolve();
  }
  assert(limits[1] > limits[0] && limits[1] <= 32, `${limits}`);
  assertEquals(limits[2], Math.floor(limits[1] / 2));
  assert(limits[3] >= limits[2] && limits[3] <= limits[2] + 1, `${limits}`);
  assert(limits[5] >= 1 && limits[5] < limits[3], `${limits}`);
  for (let i = 0; i < 20; i++) await round(control, "pushback");
  assertEquals(control.limit, 1);
});

Deno.test("a pause that the server asks for holds for all", async () => {
  const control = new Control();
  const pass = await control.enter(1);
  const start = performance.now();
  control.leave(pass, "pushback", 60, up);
  control.leave(await control.enter(1), "served", undefined, up);
  assert(performance.now() - start >= 59);
});

Deno.test("a bucket gives its rate, and an amount above capacity puts it into debt", () => {
  let now = 0;
  const bucket = new TokenBucket(600, () => now);
  let taken = 0;
  for (; now < 60_000; now += 10) {
    for (; bucket.wait(1) === 0; taken++) bucket.take(1);
  }
  assert(taken >= 600 && taken <= 620, `${taken}`);
  now += 60_000;
  bucket.take(100);
  assertEquals(Math.round(bucket.wait(1)), 8100);
  assertEquals(new TokenBucket(Infinity).wait(1e9), 0);
});

Deno.test("a breaker probes, and lets go on once the server is back", async () => {
  const control = new Control({ patienceMs: 2000 });
  let asked = 0;
  const back = (): Promise<boolean> => Promise.resolve(++asked > 2);
  for (let i = 0; i < 3; i++) control.leave(await control.enter(1), "gone", undefined, back);
  control.leave(await control.enter(1), "served", undefined, up);
  assertEquals(asked, 3);
});

Deno.test("a breaker halts all when patience ends", async () => {
  const control = new Control({ patienceMs: 50 });
  for (let i = 0; i < 3; i++) control.leave(await control.enter(1), "gone", undefined, down);
  const asleep = assertRejects(() => control.sleep(60_000), HaltError, "gone");
  await assertRejects(() => control.enter(1), HaltError, "gone");
  await asleep;
  await assertRejects(() => control.enter(1), HaltError);
});

Deno.test("unknown and impossible limits are refused by name", () => {
  assertThrows(() => new Control({ tries: 0 }), ConfigError, "tries");
  assertThrows(() => new Control({ maxInFlight: NaN }), ConfigError, "maxInFlight");
  assertThrows(() => new Control({ inFlight: 3 } as never), ConfigError, "maxInFlight");
});

Deno.test("Retry-After is read in milliseconds, seconds and as a date", () => {
  const now = Date.parse("2026-11-23T12:00:00Z");
  const read = (headers: Record<string, string>) => retryAfter(new Headers(headers), now);
  assertEquals(read({ "retry-after-ms": "250", "retry-after": "9" }), 250);
  assertEquals(read({ "retry-after": "1.5" }), 1500);
  assertEquals(read({ "retry-after": "Mon, 23 Nov 2026 12:00:30 GMT" }), 30_000);
  assertEquals(read({ "retry-after": "Mon, 23 Nov 2026 11:00:00 GMT" }), 0);
  assertEquals(read({ "retry-after": "soon" }), undefined);
  assertEquals(read({}), undefined);
});

Deno.test("a spent quota halts although its status asks to come again", () => {
  const headers = new Headers();
  const error = { status: 429, code: "insufficient_quota", message: "429 quota", headers };
  assertEquals(readFailure(error, false, null).kind, "halt");
  assertEquals(readFailure({ ...error, code: null }, false, null).kind, "pushback");
  assertEquals(readFailure(new Error("connection refused"), false, null).maybePaid, false);
  assertEquals(readFailure(new Error("connection reset"), false, null).maybePaid, true);
});

Deno.test("servers may add a version to a model's name or leave out its owner", () => {
  assert(sameModel("gpt-4o", "gpt-4o-2024-08-06") && sameModel("llama3", "llama3:latest"));
  assert(sameModel("org/Model", "model") && sameModel("model.gguf", "models/model.gguf"));
  assert(!sameModel("gpt-4o", "gpt-4") && !sameModel("gpt-4", "gpt-4o") && !sameModel("a", "b"));
});
