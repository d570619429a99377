import { assert, assertEquals, assertThrows } from "@std/assert";
import { crossEntropy } from "../../kernels/cross_entropy/mod.ts";
import { ShapeError } from "../../src/base/errors.ts";
import { Gpu } from "../../src/gpu/gpu.ts";

/** Two rows of `width` columns, the first harmless; `change` spoils the second. */
async function run(
  gpu: Gpu,
  { width, labels, change }: {
    width: number;
    labels: number[];
    change: (row: Float32Array) => void;
  },
) {
  const data = Float32Array.from({ length: 2 * width }, (_, i) => i % 7);
  change(data.subarray(width));
  const { loss, dLogits, correct, rowLoss } = crossEntropy(gpu, {
    logits: gpu.upload(data, [2, width]),
    labels: gpu.upload(Int32Array.from(labels)),
    weights: gpu.upload(Float32Array.of(0.5, 0.5)),
    vocabulary: width - 3,
  });
  const [total, gradient, hits, losses] = await gpu.read(loss, dLogits, correct, rowLoss);
  return { loss: total[0], gradient: [...gradient.subarray(width)], hits, losses };
}

for (const subgroups of [true, false]) {
  for (const width of [40, 2000]) {
    const where = `${width} columns, ${subgroups ? "subgroups" : "no subgroups"}`;
    Deno.test(`crossEntropy: a logit that is not finite makes the loss NaN (${where})`, async () => {
      const gpu = await Gpu.open({ subgroups });
      for (const bad of [NaN, -NaN, Infinity, -Infinity]) {
        for (const column of [0, 5, width - 4]) {
          const change = (row: Float32Array) => row[column] = bad;
          const found = await run(gpu, { width, labels: [1, 2], change });
          assert(Number.isNaN(found.loss), `${bad} in column ${column} gave ${found.loss}`);
          assert(Number.isFinite(found.losses[0]));
          assert(found.gradient.slice(0, width - 3).every(Number.isNaN));
          assertEquals(found.hits[1], 0);
        }
      }
      gpu.destroy();
    });

    Deno.test(`crossEntropy: padding and ignored rows may hold anything (${where})`, async () => {
      const gpu = await Gpu.open({ subgroups });
      const padded = await run(gpu, {
        width,
        labels: [1, 2],
        change: (row) => row.fill(NaN, width - 3),
      });
      assert(Number.isFinite(padded.loss));
      assertEquals(padded.gradient.slice(width - 3), [0, 0, 0]);
      const ignored = await run(gpu, { width, labels: [1, -100], change: (row) => row.fill(NaN) });
      assert(Number.isFinite(ignored.loss));
      assertEquals(ignored.losses[1], 0);
      assert(ignored.gradient.every((x) => x === 0));
      gpu.destroy();
    });

    Deno.test(`crossEntropy: a label outside the vocabulary makes the loss NaN (${where})`, async () => {
      const gpu = await Gpu.open({ subgroups });
      for (const label of [-1, width - 3, 1e6]) {
        const { loss } = await run(gpu, { width, labels: [1, label], change: () => {} });
        assert(Number.isNaN(loss), `label ${label} gave ${loss}`);
      }
      gpu.destroy();
    });
  }
}

Deno.test("crossEntropy: extreme logits neither overflow nor vanish", async () => {
  const gpu = await Gpu.open();
  const change = (row: Float32Array) => {
    row.fill(-3e38);
    row[4] = 3e38;
  };
  const sure = await run(gpu, { width: 40, labels: [1, 4], change });
  assertEquals([sure.losses[1], sure.hits[1]], [0, 1]);
  assert(sure.gradient.every((x) => x === 0));
  gpu.destroy();
});

Deno.test("crossEntropy: operands that do not fit are named", async () => {
  const gpu = await Gpu.open();
  const logits = gpu.zeros([2, 8]);
  const labels = gpu.zeros([2], "i32");
  const weights = gpu.zeros([2]);
  const refuse = (args: Parameters<typeof crossEntropy>[1], text: string) =>
    assertThrows(() => crossEntropy(gpu, args), ShapeError, text);
  refuse({ logits, labels: weights, weights, vocabulary: 8 }, "found labels f32 [2]");
  refuse({ logits, labels, weights: gpu.zeros([3]), vocabulary: 8 }, "weights f32 [3]");
  refuse({ logits, labels, weights, vocabulary: 9 }, "found a vocabulary of 9, expected 1 to 8");
  gpu.destroy();
});
