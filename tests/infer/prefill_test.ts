import { assert, assertEquals, assertRejects } from "@std/assert";
import { ConfigError, DataError } from "../../src/base/errors.ts";
import { Gpu } from "../../src/gpu/gpu.ts";
import { groupByLength } from "../../src/infer/batches.ts";
import { measurePrefill, prefill, type Prefilled } from "../../src/infer/mod.ts";
import { releaseState } from "../../src/models/state.ts";
import { chunkLength } from "../../src/infer/prefill.ts";
import { Tape } from "../../src/tensor/mod.ts";
import { assertClose, randomMamba, randomTokens, TINY } from "./small.ts";

/** Hidden states, then each layer's convolution windows and scan states. */
async function numbersOf(gpu: Gpu, { hidden, state }: Prefilled): Promise<Float32Array[]> {
  const arrays = [hidden, ...state.flatMap(({ conv, scan }) => [conv, scan])];
  const numbers = await gpu.read(...arrays);
  gpu.release(hidden);
  releaseState(gpu, state);
  return numbers as Float32Array[];
}

for (const subgroups of [true, false]) {
  const where = subgroups ? "subgroups" : "no subgroups";
  Deno.test(`prefill: the last hidden state is that of the whole sequence (${where})`, async () => {
    const gpu = await Gpu.open({ subgroups });
    const model = randomMamba(gpu);
    const tokens = randomTokens("whole", 75);
    gpu.openScope();
    const ids = gpu.upload(Int32Array.from(tokens), [1, 75]);
    const { array } = model.forward(new Tape(gpu, false), { ids });
    const whole = await gpu.readFloats(array);
    gpu.closeScope();
    const live = gpu.pool.live;
    for (const chunk of [8, 32, 128]) {
      const [hidden] = await numbersOf(gpu, await prefill(gpu, model, [tokens], chunk));
      assertClose(hidden, whole.subarray(-model.config.dim), 1e-4, `chunk ${chunk}`);
    }
    assertEquals(gpu.pool.live, live);
    gpu.destroy();
  });

  Deno.test(`prefill: left padding changes not one bit (${where})`, async () => {
    const gpu = await Gpu.open({ subgroups });
    const model = randomMamba(gpu);
    const rows = [40, 64, 33, 63, 64, 57].map((n, i) => randomTokens(`pad/${i}`, n));
    const together = await numbersOf(gpu, await prefill(gpu, model, rows, 32));
    for (const [r, row] of rows.entries()) {
      const alone = await numbersOf(gpu, await prefill(gpu, model, [row]));
      alone.forEach((numbers, i) => {
        const batch = together[i].subarray(r * numbers.length, (r + 1) * numbers.length);
        assertEquals(batch, numbers, `row ${r}, array ${i}`);
      });
    }
    gpu.destroy();
  });
}

Deno.test("prefill: memory does not grow with the length", async () => {
  const gpu = await Gpu.open();
  const model = randomMamba(gpu);
  const [short, long] = await measurePrefill(gpu, model, [4096, 65536]);
  const state = 4 * 2 * 64 * (16 + 3);
  assert(long.peakBytes <= short.peakBytes + 2 * state, `${short.peakBytes}, ${long.peakBytes}`);
  assert(long.milliseconds > short.milliseconds);
  gpu.destroy();
});

Deno.test("prefill: what cannot be read is refused, and nothing is left over", async () => {
  const gpu = await Gpu.open();
  const model = randomMamba(gpu);
  const live = gpu.pool.live;
  const refuse = (sequences: number[][], chunk: number | undefined, text: string) =>
    assertRejects(() => prefill(gpu, model, sequences, chunk), DataError, text);
  await refuse([], undefined, "found no sequences");
  await refuse([[1], []], undefined, "found an empty sequence");
  await refuse([[1], randomTokens("long", 40)], 32, "found sequences of 1 to 40 tokens");
  for (const chunk of [0, 7, 12.5]) {
    await assertRejects(() => prefill(gpu, model, [[1]], chunk), ConfigError, `${chunk} tokens`);
  }
  assertEquals(gpu.pool.live, live);
  gpu.destroy();
});

Deno.test("groupByLength: every prompt once, padding within the first chunk", () => {
  const lengths = randomTokens("lengths", 700, 3000).map((n) => n + 1);
  for (const maxRows of [1, 16, 256]) {
    const groups = groupByLength(lengths, maxRows);
    assertEquals(groups.flat().sort((a, b) => a - b), lengths.map((_, i) => i));
    for (const group of groups) {
      assert(group.length <= maxRows);
      const found = group.map((i) => lengths[i]);
      const padded = Math.ceil(Math.max(...found) / 8) * 8;
      assert(padded - Math.min(...found) < chunkLength(group.length));
    }
  }
  assertEquals(groupByLength([], 4), []);
  assertEquals(groupByLength([5, 5, 5], 2), [[0, 1], [2]]);
});

Deno.test("measurePrefill: lengths in order, of a model of the tiny profile's size", async () => {
  const gpu = await Gpu.open();
  const model = randomMamba(gpu, TINY);
  const costs = await measurePrefill(gpu, model, [1, 300]);
  assertEquals(costs.map(({ length }) => length), [1, 300]);
  assert(costs.every(({ milliseconds }) => milliseconds > 0));
  await assertRejects(() => measurePrefill(gpu, model, [0]), ConfigError, "found length 0");
  gpu.destroy();
});
