import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import OpenAI from "openai";
import { Gpu } from "../../src/gpu/gpu.ts";
import { makeGenerate } from "../../src/infer/mod.ts";
import type { Mamba } from "../../src/models/mamba/mod.ts";
import { serveModel } from "../../src/serve/mod.ts";
import { byteTokenizer, tinyTokenizer, type Tokenizer } from "../../src/tokenizer/mod.ts";
import { readRows } from "../../src/tables/mod.ts";
import { follow, runCommandLine, startCommand } from "../command_line.ts";
import { writeSource } from "../distill/made_run.ts";
import { randomMamba, TINY } from "../infer/small.ts";

const KEY = "sk-served-31b7";
const tiny = await tinyTokenizer();
const stop = [tiny.tokenId("<eos>")!];

interface Served {
  readonly gpu: Gpu;
  readonly model: Mamba;
  readonly baseUrl: string;
  readonly client: OpenAI;
  /** Calls of a generator, each with the number of its prompts. */
  readonly batches: number[];
}

/** A model with random weights behind a real server. */
async function served(
  test: (served: Served) => Promise<void>,
  tokenizer: Tokenizer = tiny,
): Promise<void> {
  const gpu = await Gpu.open();
  const model = randomMamba(gpu, { ...TINY, vocabSize: tokenizer.vocabSize });
  const batches: number[] = [];
  const handler = serveModel({
    name: "tiny",
    tokenizer,
    stop: tokenizer === tiny ? stop : [],
    generator: (sampling) => {
      const generate = makeGenerate(gpu, model, sampling && { sampling });
      return (prompts, options) => {
        batches.push(prompts.length);
        return generate(prompts, options);
      };
    },
  }, { key: KEY });
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, handler);
  const baseUrl = `http://127.0.0.1:${server.addr.port}/v1`;
  const client = new OpenAI({ baseURL: baseUrl, apiKey: KEY, maxRetries: 0 });
  try {
    await test({ gpu, model, baseUrl, client, batches });
  } finally {
    await server.shutdown();
    gpu.destroy();
  }
}

const PROMPTS = ["the the the", "a", "<bos> the a <q> the <a>", "<bos>"];

Deno.test("what OpenAI's own client gets is what the model writes", async () => {
  await served(async ({ gpu, model, client, batches }) => {
    const generate = makeGenerate(gpu, model);
    const expected = await generate(PROMPTS.map((prompt) => tiny.encode(prompt)), {
      maxNewTokens: 9,
      stop,
    });
    const replies = await Promise.all(
      PROMPTS.map((prompt, i) =>
        client.completions.create({ model: "tiny", prompt, max_tokens: 9 - i, temperature: 0 })
      ),
    );
    for (const [i, { choices: [choice], usage }] of replies.entries()) {
      const { tokens, finish } = expected[i];
      const kept = tokens.slice(0, 9 - i);
      assertEquals(choice.text, tiny.decode(kept));
      assertEquals(choice.finish_reason, tokens.length > kept.length ? "length" : finish);
      assertEquals(usage?.completion_tokens, kept.length);
      assertEquals(usage?.prompt_tokens, tiny.encode(PROMPTS[i]).length);
    }
    assert(batches.length < PROMPTS.length, `found batches of ${batches}, expected fewer`);

    const chat = await client.chat.completions.create({
      model: "tiny",
      messages: [{ role: "system", content: "the" }, { role: "user", content: "a" }],
      max_completion_tokens: 5,
      temperature: 0,
    });
    const [joined] = await generate([tiny.encode("the\n\na")], { maxNewTokens: 5, stop });
    assertEquals(chat.choices[0].message.content, tiny.decode(joined.tokens));
    assertEquals((await client.models.list()).data.map(({ id }) => id), ["tiny"]);
  });
});

Deno.test("streams, stop texts and sampling", async () => {
  await served(async ({ client }) => {
    const ask = { model: "tiny", prompt: "the a", max_tokens: 12, temperature: 0 } as const;
    const { choices: [whole] } = await client.completions.create(ask);
    const stream = await client.completions.create({
      ...ask,
      stream: true,
      stream_options: { include_usage: true },
    });
    let [text, finish, usage] = ["", "", 0];
    for await (const { choices: [choice], usage: counted } of stream) {
      text += choice?.text ?? "";
      finish = choice?.finish_reason ?? finish;
      usage = counted?.completion_tokens ?? usage;
    }
    assertEquals([text, finish, usage], [whole.text, whole.finish_reason, 12]);

    const mark = whole.text.slice(4, 9);
    const cut = await client.completions.create({ ...ask, stop: [mark, "never there"] });
    assertEquals(cut.choices[0].text, whole.text.slice(0, whole.text.indexOf(mark)));
    assertEquals(cut.choices[0].finish_reason, "stop");

    const draw = async (seed: number): Promise<string> =>
      (await client.completions.create({ ...ask, temperature: 1, seed })).choices[0].text;
    const [a, again, b] = await Promise.all([draw(1), draw(1), draw(2)]);
    assertEquals(a, again);
    assert(a !== b);
  });
});

Deno.test("what cannot be served is refused with what was found and expected", async () => {
  await served(async ({ baseUrl, client }) => {
    const post = async (path: string, body: unknown, key = KEY) => {
      const headers = { authorization: `Bearer ${key}` };
      const text = typeof body === "string" ? body : JSON.stringify(body);
      const reply = await fetch(baseUrl + path, { method: "POST", headers, body: text });
      return [reply.status, (await reply.json()).error.message] as const;
    };
    for (
      const [body, status, words] of [
        ["{", 400, "JSON"],
        [[], 400, "no JSON object"],
        [{ prompt: 7 }, 400, "prompt: found 7, expected a text"],
        [{ prompt: ["a", "b"] }, 400, "expected a text"],
        [{ prompt: "" }, 400, "no token"],
        [{ prompt: "a", model: "gpt" }, 400, 'expected "tiny"'],
        [{ prompt: "a", max_tokens: 0 }, 400, "an integer from 1"],
        [{ prompt: "a", temperature: 3 }, 400, "a number from 0 to 2"],
        [{ prompt: "a", stop: [""] }, 400, "none empty"],
        [{ prompt: "unheard-of" }, 400, "unheard-of"],
        [{ prompt: "a", n: 2 }, 400, "n: found 2"],
        [{ prompt: "a", response_format: { type: "json_object" } }, 400, "response_format"],
      ] as const
    ) {
      const [found, message] = await post("/completions", body);
      assertEquals(found, status);
      assertStringIncludes(message, words);
    }
    assertEquals((await post("/chat/completions", { messages: [] }))[0], 400);
    assertEquals((await post("/embeddings", {}))[0], 404);
    const [status, message] = await post("/completions", { prompt: "a" }, "wrong");
    assertEquals(status, 401);
    assert(!message.includes(KEY));
    await assertRejects(() => client.chat.completions.create({ model: "tiny", messages: [] }));
  });
});

Deno.test("a Mamba teaches: every row of a run has its verdict", async () => {
  const runs = await Deno.makeTempDir();
  try {
    await writeSource(`${runs}/rows.jsonl`, 12);
    await served(async ({ baseUrl, batches }) => {
      const args = ["distill", "--source", `${runs}/rows.jsonl`, "--limit", "12", "--runs", runs];
      const { code, out, err } = await runCommandLine([...args, "--verifier", "exact"], {
        RWR_TEACHER_BASE_URL: baseUrl,
        RWR_TEACHER_MODEL: "tiny",
        RWR_TEACHER_API: "completions",
        RWR_TEACHER_API_KEY: KEY,
      });
      assertEquals(code, 0, err);
      const notes = await readRows(`${runs}/distill/distill/notes/part-00000.arrow`, "notes");
      assertEquals(notes.filter(({ role }) => role === "full").length, 12);
      assert(notes.every(({ verdict, error }) => verdict !== null && error === null), out);
      assert(Math.max(...batches) > 1);
    }, byteTokenizer());
  } finally {
    await Deno.remove(runs, { recursive: true });
  }
});

Deno.test("serve: a checkpoint answers from the command line until Ctrl-C", async () => {
  const args = ["serve", "--model", "data/tiny/mamba", "--tokenizer", "data/tiny/tokenizer.json"];
  const child = await startCommand([...args, "--port", "0"], { RWR_SERVE_API_KEY: KEY });
  const address = Promise.withResolvers<string>();
  const ended = follow(child, (line) => address.resolve(/http\S+(?=;)/.exec(line)?.[0] ?? ""));
  ended.then(({ err }) => address.reject(new Error(err)));
  const client = new OpenAI({ baseURL: await address.promise, apiKey: KEY, maxRetries: 0 });
  const prompt = "<bos> user: my dog is rex . <q> what is my dog ? <a>";
  const { choices } = await client.completions.create({ model: "mamba", prompt, temperature: 0 });
  assertEquals(choices[0].finish_reason, "stop");
  assertStringIncludes(choices[0].text, "rex");
  child.kill("SIGINT");
  const { code, out, err } = await ended;
  assertEquals(code, 0, err);
  assert(![out, err].join().includes(KEY));
});

Deno.test("serve: what is missing or wrong is said before a GPU is opened", async () => {
  for (
    const [args, words] of [
      [[], "--model is missing"],
      [["--model", "data/tiny/mamba"], "--tokenizer is missing"],
      [["--model", "data", "--tokenizer", "data/tiny/tokenizer.json"], "expected a folder with"],
    ] as const
  ) {
    const { code, err } = await runCommandLine(["serve", ...args]);
    assertEquals(code, 1);
    assertStringIncludes(err, words);
  }
});
