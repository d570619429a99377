import { assert, assertEquals, assertThrows } from "@std/assert";
import { argmax, sample, type SampleOptions } from "../../kernels/sampling/mod.ts";
import { ConfigError, ShapeError } from "../../src/base/errors.ts";
import { Rng } from "../../src/base/rng.ts";
import { Gpu } from "../../src/gpu/gpu.ts";

const ALL = { temperature: 1, topK: 0, topP: 1 };

async function pick(
  gpu: Gpu,
  rows: number[][],
  uniforms: number[],
  options: Partial<SampleOptions> = {},
) {
  const width = rows[0].length;
  const logits = gpu.upload(Float32Array.from(rows.flat()), [rows.length, width]);
  const all = { vocabulary: width, ...ALL, ...options };
  const [largest, drawn] = await gpu.read(
    argmax(gpu, logits, all.vocabulary),
    sample(gpu, logits, all, gpu.upload(Float32Array.from(uniforms))),
  );
  return { largest: [...largest], drawn: [...drawn] };
}

for (const subgroups of [true, false]) {
  for (const width of [8, 301, 3000]) {
    const where = `${width} columns, ${subgroups ? "subgroups" : "no subgroups"}`;
    const row = (at: Record<number, number>, rest = 0) =>
      Array.from({ length: width }, (_, i) => at[i] ?? rest);

    Deno.test(`sampling: rows without a softmax give −1 (${where})`, async () => {
      const gpu = await Gpu.open({ subgroups });
      const last = width - 1;
      const rows = [
        row({ 3: NaN }),
        row({ [last]: -NaN }),
        row({ 2: Infinity }),
        row({}, -Infinity),
      ];
      const found = await pick(gpu, rows, [0.5, 0.5, 0.5, 0.5]);
      assertEquals(found.largest, [-1, -1, 2, 0]);
      assertEquals(found.drawn, [-1, -1, -1, -1]);
      const padding = await pick(gpu, [row({ [last]: NaN, 1: 4 })], [0], { vocabulary: last });
      assertEquals(padding, { largest: [1], drawn: [0] });
      gpu.destroy();
    });

    Deno.test(`sampling: ties, zeros of both signs, and the ends of [0, 1) (${where})`, async () => {
      const gpu = await Gpu.open({ subgroups });
      const last = width - 1;
      const rows = [
        row({ 2: 7, 6: 7 }),
        row({ 1: -0, 5: 0 }, -9),
        row({ 3: 0, [last]: 0 }, -Infinity),
        row({ 3: 0, [last]: 0 }, -Infinity),
      ];
      const found = await pick(gpu, rows, [0, 0, 0, 1 - 2 ** -24]);
      assertEquals(found.largest, [2, 1, 3, 3]);
      // Every column of the first two rows has a share; of the last two, only two columns have.
      assertEquals(found.drawn, [0, 0, 3, last]);
      gpu.destroy();
    });

    Deno.test(`sampling: cuts keep what is tied with the last (${where})`, async () => {
      const gpu = await Gpu.open({ subgroups });
      const rows = [row({ 1: 3, 4: 2, 6: 2 }), row({ 1: 3, 4: 2, 6: 2 })];
      const ends = [0, 1 - 2 ** -24];
      assertEquals((await pick(gpu, rows, ends, { topK: 1 })).drawn, [1, 1]);
      assertEquals((await pick(gpu, rows, ends, { topK: 2 })).drawn, [1, 6]);
      const third = { topK: 3, topP: 0.5 };
      // Of e³ + 2e² the first has 0.576: enough for 0.5, not for 0.6, which takes both others.
      assertEquals((await pick(gpu, rows, ends, third)).drawn, [1, 1]);
      assertEquals((await pick(gpu, rows, ends, { ...third, topP: 0.6 })).drawn, [1, 6]);
      assertEquals((await pick(gpu, rows, ends, { topP: 1e-6 })).drawn, [1, 1]);
      gpu.destroy();
    });
  }
}

Deno.test("sampling: shares follow the softmax at the temperature", async () => {
  const gpu = await Gpu.open();
  const rng = new Rng("sampling test");
  const draws = 4000;
  const rows = Array.from({ length: draws }, () => [0, Math.log(2), Math.log(5)]);
  const uniforms = rows.map(() => Math.fround(rng.uniform() * (1 - 2 ** -24)));
  const { drawn } = await pick(gpu, rows, uniforms, { temperature: 0.5 });
  const weights = [1, 4, 25];
  weights.forEach((weight, column) => {
    const share = drawn.filter((x) => x === column).length / draws;
    assert(Math.abs(share - weight / 30) < 0.02, `column ${column} was drawn ${share}`);
  });
  gpu.destroy();
});

Deno.test("sampling: options out of range are named", async () => {
  const gpu = await Gpu.open();
  const logits = gpu.zeros([2, 8]);
  const uniforms = gpu.zeros([2]);
  const draw = (options: Partial<SampleOptions>) => () =>
    sample(gpu, logits, { vocabulary: 8, ...ALL, ...options }, uniforms);
  assertThrows(draw({ temperature: 0 }), ConfigError, "found temperature 0, expected more than 0");
  assertThrows(draw({ topK: -1 }), ConfigError, "found topK -1");
  assertThrows(draw({ topP: 0 }), ConfigError, "found topP 0");
  assertThrows(draw({ vocabulary: 9 }), ShapeError, "found a vocabulary of 9");
  assertThrows(() => argmax(gpu, logits, 9), ShapeError, "argmax: found a vocabulary of 9");
  gpu.destroy();
});
