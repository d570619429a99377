import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { HaltError, TeacherError } from "../../src/base/errors.ts";
import { Budget } from "../../src/llm/budget.ts";
import { openLlm } from "../../src/llm/client.ts";
import { Control } from "../../src/llm/control.ts";
import { RequestLog } from "../../src/llm/request_log.ts";
import { endpointAt, openDesk, PRICED, question } from "./setup.ts";
import { type Misbehaviour, MISBEHAVIOURS, startServer } from "./server.ts";

const KEY = "canary-4f1c9a7e2b";

Deno.test("a reply has its text, tokens, cost and model, and stands in the log", async () => {
  await using server = startServer({ reply: () => "three short words" });
  await using desk = await openDesk(server.baseUrl, { environment: PRICED });
  const reply = await desk.llm.ask(question("how many words"));
  assertEquals(reply, {
    text: "three short words",
    finishReason: "stop",
    promptTokens: 3,
    completionTokens: 3,
    usageEstimated: false,
    costUsd: 9e-6,
    model: "test-model",
  });
  const [row, ...rest] = await desk.rows();
  assertEquals(rest, []);
  assertEquals([row.outcome, row.status, row.text], ["reply", 200, "three short words"]);
  assertEquals(JSON.parse(row.messages), [{ role: "user", content: "how many words" }]);
  assertEquals(JSON.parse(row.sampling), { temperature: 0, maxTokens: 32 });
});

Deno.test("what was asked before, or is being asked, is not asked again", async () => {
  await using server = startServer({ latencyMs: 20 });
  const path = `${await Deno.makeTempDir()}/requests.arrows`;
  {
    await using desk = await openDesk(server.baseUrl, { path });
    const both = await Promise.all([desk.llm.ask(question("a")), desk.llm.ask(question("a"))]);
    assertEquals(both[0], both[1]);
    assertEquals(server.stats().calls, 1);
    // Asked on purpose once more.
    await desk.llm.ask(question("a", { attempt: 1 }));
    assertEquals(server.stats().calls, 2);
  }
  await using desk = await openDesk(server.baseUrl, { path });
  assertEquals((await desk.llm.ask(question("a"))).text.startsWith("reply "), true);
  assertEquals(server.stats().calls, 2);
  assertEquals(desk.llm.counters.repliesFromLog, 1);
});

for (const kind of MISBEHAVIOURS) {
  Deno.test(`${kind}, one to three times`, async () => {
    await using server = startServer({ share: 1, kinds: [kind], seed: 3 });
    const control = kind === "stall" ? { connectTimeoutMs: 400 } : {};
    await using desk = await openDesk(server.baseUrl, { control });
    const questions = Array.from({ length: 12 }, (_, i) => question(`${kind} ${i}`));
    const replies = await Promise.all(questions.map((one) => desk.llm.ask(one)));
    const expected = kind === "refusal" ? "refusal" : "stop";
    assertEquals(new Set(replies.map(({ finishReason }) => finishReason)), new Set([expected]));
    assertEquals(replies.every(({ usageEstimated }) => usageEstimated), kind === "no-usage");
    assertEquals(Object.values(server.stats().paid), questions.map(() => 1));
    const rows = await desk.rows();
    assertEquals(rows.length, server.stats().calls);
    assertEquals(rows.filter(({ outcome }) => outcome === "reply").length, questions.length);
    const harmless: readonly Misbehaviour[] = ["slow", "refusal", "no-usage"];
    assertEquals(desk.llm.counters.retries > 0, !harmless.includes(kind));
  });
}

for (const kind of ["429", "500", "503", "stall", "cut", "invalid-json"] as const) {
  Deno.test(`${kind} without end fails the row, and a later run asks again`, async () => {
    await using server = startServer({
      permanentShare: 1,
      permanentKinds: [kind],
      latencyMs: 1,
    });
    await using desk = await openDesk(server.baseUrl, {
      control: { tries: 2, connectTimeoutMs: 60 },
    });
    const error = await assertRejects(() => desk.llm.ask(question("x")), TeacherError);
    const calls = server.stats().calls;
    assertEquals(calls, kind === "429" ? 4 : 2);
    await assertRejects(() => desk.llm.ask(question("x")), TeacherError, error.message);
    assertEquals(server.stats().calls, 2 * calls);
  });
}

for (const kind of ["empty", "wrong-model"] as const) {
  Deno.test(`${kind} without end fails for good after four tries that were paid`, async () => {
    await using server = startServer({ permanentShare: 1, permanentKinds: [kind] });
    await using desk = await openDesk(server.baseUrl);
    const error = await assertRejects(() => desk.llm.ask(question("x")), TeacherError);
    assertEquals(server.stats().calls, 4);
    await assertRejects(() => desk.llm.ask(question("x")), TeacherError, error.message);
    assertEquals(server.stats().calls, 4);
  });
}

Deno.test("a wrong key, and a model that is not there, halt at once", async () => {
  await using server = startServer({ key: KEY });
  await using desk = await openDesk(server.baseUrl, {
    environment: { RWR_TEACHER_API_KEY: "another-key-9912" },
  });
  const halted = await assertRejects(() => desk.llm.ask(question("x")), HaltError, "401");
  assert(!halted.message.includes("another-key-9912"));
  await assertRejects(() => desk.llm.ask(question("y")), HaltError);
  assertEquals(server.stats().calls, 1);

  await using unknown = await openDesk(server.baseUrl, {
    environment: { RWR_TEACHER_API_KEY: KEY, RWR_TEACHER_MODEL: "nobody" },
  });
  await assertRejects(() => unknown.llm.ask(question("x")), HaltError, "RWR_TEACHER_MODEL");
});

Deno.test("a server that is gone halts after patience, and loses no row", async () => {
  const server = startServer();
  await server[Symbol.asyncDispose]();
  await using desk = await openDesk(server.baseUrl, { control: { patienceMs: 150 } });
  const asked = Array.from({ length: 20 }, (_, i) => desk.llm.ask(question(`${i}`)));
  const ended = await Promise.allSettled(asked);
  for (const one of ended) {
    assert(one.status === "rejected" && one.reason instanceof HaltError, String(one.status));
  }
  assertEquals(desk.log.costUsd, 0);
});

Deno.test("a server that comes back within patience is asked on", async () => {
  const first = startServer();
  await first[Symbol.asyncDispose]();
  await using desk = await openDesk(first.baseUrl, { control: { patienceMs: 20_000 } });
  const asked = Array.from({ length: 20 }, (_, i) => desk.llm.ask(question(`${i}`)));
  const all = Promise.all(asked);
  await new Promise((done) => setTimeout(done, 100));
  await using _server = startServer({ port: Number(new URL(first.baseUrl).port) });
  assertEquals((await all).length, 20);
});

for (const part of ["stream_options", "response_format", "stream", "max_tokens"]) {
  for (const silent of [false, true]) {
    // Nothing can be read from silence about the last two.
    if (silent && !["stream_options", "response_format"].includes(part)) continue;
    Deno.test(`a server without ${part} is asked without it${silent ? ", unasked" : ""}`, async () => {
      await using server = startServer({ refuses: [part], silent });
      await using desk = await openDesk(server.baseUrl);
      const schema = { name: "note", schema: { type: "object" } };
      assertEquals((await desk.llm.ask(question("x", { schema }))).finishReason, "stop");
      assertEquals((await desk.llm.ask(question("y", { schema }))).finishReason, "stop");
      assertEquals(server.stats().calls, 3);
    });
  }
}

for (const kind of ["wrong-model", "empty", "cut"] as const) {
  Deno.test(`a server whose replies are all of no use (${kind}) is not paid for long`, async () => {
    await using server = startServer({ share: 1, permanentShare: 1, permanentKinds: [kind] });
    await using desk = await openDesk(server.baseUrl);
    const asked = Array.from({ length: 200 }, (_, i) => desk.llm.ask(question(`${i}`)));
    const ended = await Promise.allSettled(asked);
    assert(ended.every(({ status }) => status === "rejected"));
    const halted = ended.filter((one) =>
      one.status === "rejected" && one.reason instanceof HaltError
    );
    assert(halted.length >= 190, `${halted.length} halted`);
    // Those in flight when the last straw came are paid for too.
    assert(server.stats().calls <= 32 + 64, `${server.stats().calls} calls`);
  });
}

Deno.test("a server that never streams is understood, and paid once", async () => {
  for (const api of ["chat", "completions"]) {
    await using server = startServer({ neverStreams: true });
    await using desk = await openDesk(server.baseUrl, { environment: { RWR_TEACHER_API: api } });
    const { text, finishReason, completionTokens, usageEstimated } = await desk.llm.ask(
      question("whole"),
    );
    assertStringIncludes(text, "to a question");
    assertEquals([finishReason, completionTokens, usageEstimated], ["stop", 5, false]);
    assertEquals(server.stats().calls, 1);
  }
  await using broken = startServer({ neverStreams: true, share: 1, kinds: ["invalid-json"] });
  await using desk = await openDesk(broken.baseUrl);
  assertStringIncludes((await desk.llm.ask(question("again"))).text, "to a question");
});

Deno.test("a schema that a server refuses without a word costs one request its schema", async () => {
  await using server = startServer({ refusesSchema: "broken" });
  await using desk = await openDesk(server.baseUrl);
  await desk.llm.ask(question("first"));
  const schema = (name: string) => ({ name, schema: { type: "object" } });
  for (const name of ["note", "broken", "note"]) {
    const { finishReason } = await desk.llm.ask(question(name, { schema: schema(name), seed: 1 }));
    assertEquals(finishReason, "stop");
  }
  await desk.llm.ask(question("last", { schema: schema("note") }));
  const schemas = server.requests.map(({ body }) => body.response_format !== undefined);
  assertEquals(schemas, [false, true, true, false, true]);
});

Deno.test("one text for a chat and a completion server is two questions", async () => {
  await using server = startServer();
  const ask = async (api: string): Promise<void> => {
    const endpoint = endpointAt(server.baseUrl, { RWR_TEACHER_API: api });
    await openLlm({ endpoint, log, control: new Control() }).ask(question("same"));
  };
  const folder = await Deno.makeTempDir();
  const log = await RequestLog.open(`${folder}/log`);
  for (const api of ["chat", "completions", "chat", "completions"]) await ask(api);
  assertEquals(server.stats().calls, 2);
  await log.close();
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a request that the server refuses fails its row alone", async () => {
  await using server = startServer({ refuses: ["seed"] });
  await using desk = await openDesk(server.baseUrl);
  await desk.llm.ask(question("fine"));
  await assertRejects(() => desk.llm.ask(question("x", { seed: 1 })), TeacherError, "seed");
  await assertRejects(() => desk.llm.ask(question("x", { seed: 1 })), TeacherError, "seed");
  assertEquals(server.stats().calls, 2);
  await desk.llm.ask(question("fine too"));
});

Deno.test("a completion endpoint is sent the contents as one text", async () => {
  await using server = startServer();
  await using desk = await openDesk(server.baseUrl, {
    environment: { RWR_TEACHER_API: "completions" },
  });
  const messages = [
    { role: "system", content: "Be brief." },
    { role: "user", content: "Why?" },
  ] as const;
  const reply = await desk.llm.ask(question("", { messages }));
  assertStringIncludes(reply.text, "reply ");
  assertEquals(server.requests[0].body.prompt, "Be brief.\n\nWhy?");
});

Deno.test("after a stop request what is in flight is finished, and nothing more is sent", async () => {
  await using server = startServer({ latencyMs: 100 });
  const stop = new AbortController();
  await using desk = await openDesk(server.baseUrl, {
    signal: stop.signal,
    control: { maxInFlight: 4 },
  });
  const asked = Array.from({ length: 12 }, (_, i) => desk.llm.ask(question(`${i}`)));
  const ended = Promise.allSettled(asked);
  await new Promise((done) => setTimeout(done, 50));
  stop.abort();
  const kinds = (await ended).map((one) => one.status === "fulfilled" ? "reply" : one.reason.name);
  assertEquals(kinds.filter((kind) => kind === "reply").length, 4);
  assertEquals(kinds.filter((kind) => kind === "HaltError").length, 8);
  assertEquals(desk.log.answered, 4);
});

Deno.test("200 requests to a server that does everything wrong: all accounted for, paid once", async () => {
  await using server = startServer({ share: 0.5, permanentShare: 0.05, seed: 1 });
  await using desk = await openDesk(server.baseUrl, {
    control: { patienceMs: 20_000, connectTimeoutMs: 1000 },
  });
  const asked = Array.from({ length: 200 }, (_, i) => desk.llm.ask(question(`${i}`)));
  const ended = await Promise.allSettled(asked);
  const faults = ended.filter((one) => one.status === "rejected");
  assert(faults.length > 0 && faults.length < 30, `${faults.length}`);
  for (const { reason } of faults) assert(reason instanceof TeacherError, String(reason));
  const { paid, calls } = server.stats();
  assertEquals(Object.values(paid).length, 200 - faults.length);
  assertEquals(Object.values(paid).filter((n) => n !== 1), []);
  assertEquals(desk.log.rowCount, calls);
});

Deno.test("the maximum cost holds at 64 in flight, to what the next request needs", async () => {
  await using server = startServer({ latencyMs: 5, share: 0.3, kinds: ["cut", "500", "empty"] });
  const budget = new Budget(0.002);
  await using desk = await openDesk(server.baseUrl, { budget, environment: PRICED });
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, budget.spentUsd + budget.reservedUsd);
  }, 1);
  const asked = Array.from({ length: 400 }, (_, i) => desk.llm.ask(question(`question ${i}`)));
  const ended = await Promise.allSettled(asked);
  clearInterval(watch);
  const replies = ended.filter((one) => one.status === "fulfilled").length;
  const halted = ended.filter((one) =>
    one.status === "rejected" && one.reason instanceof HaltError
  );
  assertEquals(replies + halted.length, 400);
  assert(replies > 10, `${replies} replies`);
  assert(most <= 0.002 && budget.spentUsd <= 0.002, `${most}, ${budget.spentUsd}`);
  const { promptTokens, completionTokens } = server.stats();
  assert(promptTokens * 1e-6 + completionTokens * 2e-6 <= 0.002);
  // Halted because the next one did not fit, not earlier.
  const one = budget.bound(endpointAt(server.baseUrl, PRICED), question("question 10"), 1);
  assertEquals(one.requests, 0);
  assert(Math.abs(desk.log.costUsd - budget.spentUsd) < 1e-12);
});

Deno.test("the key appears nowhere", async () => {
  await using server = startServer({ key: "the-right-one", refuses: [] });
  await using desk = await openDesk(server.baseUrl, { environment: { RWR_TEACHER_API_KEY: KEY } });
  const error = await assertRejects(() => desk.llm.ask(question("x")), HaltError);
  assertEquals(server.headers[0].get("authorization"), `Bearer ${KEY}`);
  const endpoint = endpointAt(server.baseUrl, { RWR_TEACHER_API_KEY: KEY });
  const shown = [
    Deno.inspect(endpoint, { depth: 9, showHidden: true }),
    Deno.inspect(desk.llm, { depth: 9, showHidden: true }),
    Deno.inspect(error, { depth: 9, showHidden: true }),
    JSON.stringify(endpoint),
    `${endpoint.key}`,
    error.stack ?? "",
    new TextDecoder().decode(await Deno.readFile(desk.path)),
  ];
  assertEquals(shown.filter((text) => text.includes(KEY)), []);
  assertStringIncludes(shown[6], "[key]");
});
