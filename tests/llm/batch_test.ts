import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { HaltError, type KitError, TeacherError } from "../../src/base/errors.ts";
import { BATCH_LIMITS, BatchDesk } from "../../src/llm/batch/desk.ts";
import type { BatchLimits } from "../../src/llm/batch/gathering.ts";
import { onlineCarrier } from "../../src/llm/batch/online.ts";
import { PutOff } from "../../src/llm/batch/put_off.ts";
import type { LlmReply, LlmRequest } from "../../src/llm/request.ts";
import { RequestLog } from "../../src/llm/request_log.ts";
import type { BatchTrouble } from "./batch_server.ts";
import { type ServerOptions, startServer, type TestServer } from "./server.ts";
import { endpointAt, PRICED, question } from "./setup.ts";

type Answer = LlmReply | TeacherError;

interface Asked {
  readonly answers: Answer[];
  readonly rounds: number;
  readonly lines: string[];
}

interface Asking {
  readonly limits?: Partial<BatchLimits>;
  readonly environment?: Record<string, string>;
  readonly requests?: readonly LlmRequest[];
}

const questions = (count: number, more: Partial<LlmRequest> = {}): LlmRequest[] =>
  Array.from({ length: count }, (_, i) => question(`question ${i} ${"ü".repeat(i % 7)}`, more));

/** Asks until all is answered, as a run does. */
async function askAll(folder: string, server: TestServer, asking: Asking = {}): Promise<Asked> {
  const { limits, environment = {}, requests = questions(40) } = asking;
  const log = await RequestLog.open(`${folder}/requests.arrows`);
  const lines: string[] = [];
  const say = (line: string): void => void lines.push(line);
  try {
    const endpoint = endpointAt(server.baseUrl, { ...PRICED, ...environment });
    const carrier = onlineCarrier({ pollMs: 5, backoffMs: 2, patienceMs: 500, say });
    const desk = await BatchDesk.open({
      ...{ directory: `${folder}/batches`, log, endpoints: [endpoint], carrier, say },
      limits: { ...BATCH_LIMITS, ...limits },
    });
    const llm = desk.llm("teacher");
    for (let rounds = 0;; rounds++) {
      assert(rounds < 20, lines.join("\n"));
      await desk.settle();
      const asked = await Promise.all(requests.map((one) => llm.ask(one).catch((e) => e)));
      const other = asked.find((one) => one instanceof Error && !(one instanceof TeacherError));
      if (!other) return { answers: asked, rounds, lines };
      if (!(other instanceof PutOff)) throw other;
    }
  } finally {
    await log.close();
  }
}

async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const replies = ({ answers }: Asked): number =>
  answers.filter((answer) => !(answer instanceof Error)).length;

const paidTwice = (server: TestServer): number =>
  Object.values(server.stats().paid).reduce((sum, times) => sum + times - 1, 0);

/** Troubles that cost time and nothing else, with what they lead to. */
const TROUBLES: readonly (readonly [what: string, BatchTrouble, Asking, batches: number])[] = [
  ["every second poll fails", { pollFails: 2 }, {}, 1],
  ["files that break off", { tornFiles: true }, {}, 1],
  ["a file that is too large goes in parts", { maxBytes: 3000 }, {}, 4],
  ["limits of requests", {}, { limits: { requests: 15 } }, 3],
  ["limits of bytes", {}, { limits: { bytes: 3000 } }, 4],
  ["an answer that was lost", { createdBut500: 1 }, {}, 1],
  ["a batch that expires", { expired: 1 }, {}, 2],
];

for (const [what, batches, asking, atLeast] of TROUBLES) {
  Deno.test(`batches: ${what}`, () =>
    inFolder(async (folder) => {
      await using server = startServer({ batches });
      const asked = await askAll(folder, server, asking);
      assertEquals(replies(asked), 40, asked.lines.join("\n"));
      const { created, byContent } = server.batchStats();
      assert(created >= atLeast, `${created} batches`);
      assertEquals(Object.keys(byContent).length, created);
      assertEquals([paidTwice(server), server.stats().calls], [0, 0]);
      const again = await askAll(folder, server, asking);
      assertEquals([again.answers, again.rounds], [asked.answers, 0]);
      assertEquals(server.batchStats().created, created);
    }));
}

Deno.test("batches wait for room in a full queue", () =>
  inFolder(async (folder) => {
    await using server = startServer({ batches: { queue: 20, batchMs: 60 } });
    const asked = await askAll(folder, server, { limits: { requests: 15 } });
    assertEquals([replies(asked), paidTwice(server)], [40, 0]);
    assert(asked.lines.some((line) => line.includes("queue is full")), asked.lines.join("\n"));
  }));

Deno.test("what a server does not know of the protocol it is asked without, and no more", () =>
  inFolder(async (folder) => {
    const schema = { name: "s", schema: { type: "object" } };
    const asks = { requests: questions(10, { schema }) };
    const servers: readonly (readonly [ServerOptions, number])[] = [
      [{ refuses: ["response_format"] }, 2],
      [{ refuses: ["response_format"], silent: true }, 2],
      [{ refuses: ["max_tokens", "response_format"] }, 3],
    ];
    for (const [i, [options, rounds]] of servers.entries()) {
      await using server = startServer(options);
      const asked = await askAll(`${folder}/${i}`, server, asks);
      assertEquals([replies(asked), asked.rounds], [10, rounds], asked.lines.join("\n"));
    }
    // A refusal that has nothing to do with how it is put is final.
    await using server = startServer({ refuses: ["seed"] });
    const requests = [...questions(5), ...questions(2, { seed: 3 })];
    const asked = await askAll(`${folder}/seed`, server, { requests });
    assertEquals([replies(asked), asked.rounds], [5, 1]);
    assertStringIncludes((asked.answers[6] as TeacherError).message, "'seed'");
  }));

Deno.test("an endpoint without a chat template is asked by its own path", () =>
  inFolder(async (folder) => {
    await using server = startServer();
    const environment = { RWR_TEACHER_API: "completions" };
    assertEquals(replies(await askAll(folder, server, { environment })), 40);
    assertEquals(server.requests[3].body.prompt, questions(4)[3].messages[0].content);
  }));

Deno.test("what never is answered becomes an error after as many tries as live", () =>
  inFolder(async (folder) => {
    const kinds = ["500", "empty"] as const;
    await using server = startServer({ permanentShare: 0.3, permanentKinds: kinds });
    const asked = await askAll(folder, server);
    const errors = asked.answers.filter((answer) => answer instanceof Error).map(String);
    assertEquals([asked.rounds, replies(asked) + errors.length], [6, 40]);
    assert(errors.some((error) => error.includes("an empty reply")), errors.join("\n"));
    assert(errors.some((error) => error.includes("found 500 internal error")), errors.join("\n"));
    // A new process knows what was tried.
    assertEquals((await askAll(folder, server)).rounds, 0);
  }));

Deno.test("batches that are turned down, cancelled or without a key stop the run, and it goes on", () =>
  inFolder(async (folder) => {
    const key = "sk-canary-batches-91";
    const batches: { fails?: string; cancelled?: number } = { fails: "no such thing" };
    await using server = startServer({ batches, key });
    const stops = async (text: string, environment: Record<string, string>) => {
      const ask = (): Promise<unknown> => askAll(folder, server, { environment });
      const { message }: KitError = await assertRejects(ask, HaltError, text);
      assert(!message.includes(key) && !message.includes("sk-wrong"), message);
    };
    const right = { RWR_TEACHER_API_KEY: key };
    await stops("wrong key", { RWR_TEACHER_API_KEY: "sk-wrong-one-5511" });
    await stops("invalid_file: no such thing", right);
    delete batches.fails;
    batches.cancelled = server.batchStats().created + 1;
    await stops("found it cancelled", right);
    const asked = await askAll(folder, server, { environment: right });
    assertEquals([replies(asked), paidTwice(server)], [40, 0]);
  }));
