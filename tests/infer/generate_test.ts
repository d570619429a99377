import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { ConfigError, DataError } from "../../src/base/errors.ts";
import { Gpu } from "../../src/gpu/gpu.ts";
import { type InferenceReport, makeGenerate } from "../../src/infer/mod.ts";
import { initializeMamba, Mamba } from "../../src/models/mamba/mod.ts";
import { Tape, Tensor } from "../../src/tensor/mod.ts";
import { randomMamba, randomTokens, SMALL, TINY } from "./small.ts";

const NO_STOP = { maxNewTokens: 11, stop: [] };

/** Prompts of very different lengths. */
function makePrompts(count: number, vocabulary = 45): number[][] {
  return Array.from(
    { length: count },
    (_, i) => randomTokens(`prompt/${i}`, 1 + (i * 37) % 150, vocabulary),
  );
}

/** Recomputes the whole sequence for every token, and takes the largest logit on the host. */
async function naive(model: Mamba, prompt: readonly number[], count: number): Promise<number[]> {
  const { gpu, config } = model;
  const tokens = [...prompt];
  for (let i = 0; i < count; i++) {
    gpu.openScope();
    const tape = new Tape(gpu, false);
    const ids = gpu.upload(Int32Array.from(tokens), [1, tokens.length]);
    const { array } = model.forward(tape, { ids });
    const logits = model.logits(tape, new Tensor(array.reshape([array.rows, array.columns])));
    const last = (await gpu.readFloats(logits.array)).subarray(-logits.array.columns);
    gpu.closeScope();
    const scores = [...last.subarray(0, config.vocabSize)];
    tokens.push(scores.indexOf(Math.max(...scores)));
  }
  return tokens.slice(prompt.length);
}

for (const subgroups of [true, false]) {
  const where = subgroups ? "subgroups" : "no subgroups";
  Deno.test(`generate: greedy equals recomputing everything (${where})`, async () => {
    const gpu = await Gpu.open({ subgroups });
    const model = randomMamba(gpu);
    const prompts = makePrompts(7);
    const replies = await makeGenerate(gpu, model)(prompts, NO_STOP);
    const live = gpu.pool.live;
    for (const [i, prompt] of prompts.entries()) {
      assertEquals(replies[i], { tokens: await naive(model, prompt, 11), finish: "length" });
    }
    assertEquals(gpu.pool.live, live);
    gpu.destroy();
  });

  Deno.test(`generate: a reply does not depend on its batch (${where})`, async () => {
    const gpu = await Gpu.open({ subgroups });
    const model = randomMamba(gpu, TINY);
    const prompts = makePrompts(16, 293);
    const options = { maxNewTokens: 14, stop: [5, 17, 100, 200] };
    const sampling = { seed: 3, temperature: 1, topK: 20, topP: 0.9 };
    for (const choice of [undefined, sampling]) {
      const ask = (maxRows: number) =>
        makeGenerate(gpu, model, { maxRows, sampling: choice })(prompts, options);
      const together = await ask(256);
      assertEquals(await ask(1), together);
      assertEquals(await ask(5), together);
    }
    gpu.destroy();
  });
}

Deno.test("generate: stop tokens end a reply and are no part of it", async () => {
  const gpu = await Gpu.open();
  const model = randomMamba(gpu);
  const generate = makeGenerate(gpu, model);
  const prompts = makePrompts(30);
  const free = await generate(prompts, { maxNewTokens: 23, stop: [] });
  const live = gpu.pool.live;
  const stop = [free[0].tokens[2], free[1].tokens[0], free[2].tokens[9]];
  const done: number[] = [];
  const stopped = await generate(prompts, {
    maxNewTokens: 23,
    stop,
    onProgress: (count, total) => {
      assertEquals(total, 30);
      done.push(count);
    },
  });
  free.forEach(({ tokens }, i) => {
    const end = tokens.findIndex((token) => stop.includes(token));
    const expected = end < 0
      ? { tokens, finish: "length" as const }
      : { tokens: tokens.slice(0, end), finish: "stop" as const };
    assertEquals(stopped[i], expected, `prompt ${i}`);
  });
  assert(new Set(stopped.map(({ finish }) => finish)).size === 2);
  assertEquals(done, done.toSorted((a, b) => a - b));
  assertEquals(done.at(-1), 30);
  assertEquals(gpu.pool.live, live);
  gpu.destroy();
});

Deno.test("generate: every limit is kept, on and off the readback interval", async () => {
  const gpu = await Gpu.open();
  const generate = makeGenerate(gpu, randomMamba(gpu));
  const [{ tokens }] = await generate([[1, 2, 3]], { maxNewTokens: 13, stop: [] });
  for (const maxNewTokens of [1, 2, 3, 4, 5, 8, 12]) {
    const [reply] = await generate([[1, 2, 3]], { maxNewTokens, stop: [] });
    assertEquals(reply, { tokens: tokens.slice(0, maxNewTokens), finish: "length" });
  }
  assertEquals(await generate([], NO_STOP), []);
  gpu.destroy();
});

Deno.test("generate: sampling follows its seed, and a temperature near 0 is greedy", async () => {
  const gpu = await Gpu.open();
  const model = randomMamba(gpu);
  const prompts = Array.from({ length: 12 }, () => [1, 2, 3]);
  const ask = (seed: number, temperature: number, topK = 0, topP = 1) =>
    makeGenerate(gpu, model, { sampling: { seed, temperature, topK, topP } })(prompts, NO_STOP);
  const drawn = await ask(1, 3);
  const live = gpu.pool.live;
  assertEquals(await ask(1, 3), drawn);
  assert(JSON.stringify(await ask(2, 3)) !== JSON.stringify(drawn));
  assert(new Set(drawn.map(({ tokens }) => tokens.join())).size > 6, "prompts draw apart");
  const greedy = await makeGenerate(gpu, model)(prompts, NO_STOP);
  assertEquals(await ask(1, 1e-4), greedy);
  assertEquals(await ask(1, 3, 1), greedy);
  assertEquals(await ask(1, 3, 0, 1e-6), greedy);
  assertEquals(gpu.pool.live, live);
  gpu.destroy();
});

Deno.test("generate: the report adds up", async () => {
  const gpu = await Gpu.open();
  const reports: InferenceReport[] = [];
  const onReport = (report: InferenceReport) => reports.push(report);
  const generate = makeGenerate(gpu, randomMamba(gpu), { maxRows: 2, onReport });
  await generate([[1, 2], [3], [4, 5, 6]], { maxNewTokens: 6, stop: [] });
  const [report] = reports;
  assertEquals(reports.length, 1);
  const { prompts, batches, promptTokens, generatedTokens, decodeSteps } = report;
  assertEquals([prompts, batches, promptTokens, generatedTokens, decodeSteps], [3, 2, 6, 18, 10]);
  const { prefillSeconds, decodeSeconds, peakBytes } = report;
  assertEquals(report.promptTokensPerSecond, 6 / prefillSeconds);
  assertEquals(report.generatedTokensPerSecond, 18 / decodeSeconds);
  assertEquals(report.millisecondsPerStep, 1000 * decodeSeconds / 10);
  assert(peakBytes > 0);
  gpu.destroy();
});

Deno.test("generate: what cannot be done is refused", async () => {
  const gpu = await Gpu.open();
  const model = randomMamba(gpu);
  const generate = makeGenerate(gpu, model);
  const live = gpu.pool.live;
  const bad = (prompts: number[][], text: string) =>
    assertRejects(() => generate(prompts, NO_STOP), DataError, text);
  await bad([[1], []], "found prompt 1 empty");
  await bad([[1, 45]], "found token 45 at position 1 of prompt 0, expected 0 to 44");
  await bad([[-1]], "found token -1");
  await bad([[1.5]], "found token 1.5");
  const wrong = (options: { maxNewTokens: number; stop: number[] }, text: string) =>
    assertRejects(() => generate([[1]], options), ConfigError, text);
  await wrong({ maxNewTokens: 0, stop: [] }, "found maxNewTokens 0");
  await wrong({ maxNewTokens: 3, stop: [45] }, "found stop token 45");
  assertThrows(() => makeGenerate(gpu, model, { maxRows: 0 }), ConfigError, "found maxRows 0");
  const sampling = { seed: 1, temperature: 0, topK: 0, topP: 1 };
  const cold = makeGenerate(gpu, model, { sampling });
  await assertRejects(() => cold([[1]], NO_STOP), ConfigError, "temperature");
  model.parameters.changed();
  assertEquals(gpu.pool.live, live);
  gpu.destroy();
});

Deno.test("generate: logits that are not numbers are an error, nothing is left over", async () => {
  const gpu = await Gpu.open();
  const weights = new Map(initializeMamba(SMALL, 1));
  // All finite, but the logits are sums of both infinities.
  weights.get("backbone.norm_f.weight")!.data.fill(3e38);
  const embedding = weights.get("backbone.embedding.weight")!.data;
  embedding.forEach((x, i) => embedding[i] = 10 * x);
  const model = new Mamba(gpu, SMALL, weights, false);
  const live = gpu.pool.live;
  const error = await assertRejects(() => makeGenerate(gpu, model)([[1], [2]], NO_STOP), DataError);
  assert(error.message.includes("not numbers"), error.message);
  model.parameters.changed();
  assertEquals(gpu.pool.live, live);
  gpu.destroy();
});
