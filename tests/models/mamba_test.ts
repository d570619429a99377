import { assertEquals, assertThrows } from "@std/assert";
import { CheckpointError, ConfigError, ShapeError } from "../../src/base/errors.ts";
import { Gpu } from "../../src/gpu/gpu.ts";
import {
  decodeMambaConfig,
  initializeMamba,
  Mamba,
  type MambaConfig,
  mambaParameters,
} from "../../src/models/mamba/mod.ts";
import type { MambaState } from "../../src/models/state.ts";
import { Tape } from "../../src/tensor/mod.ts";
import { assertClose, randomMamba, randomTokens, SMALL, TINY } from "../infer/small.ts";

const TOLERANCE = 1e-4;

function forward(
  model: Mamba,
  rows: readonly (readonly number[])[],
  index?: readonly (readonly number[])[],
): Promise<Float32Array> {
  const { gpu } = model;
  const shape = [rows.length, rows[0].length];
  const read = gpu.scope(() => {
    const ids = gpu.upload(Int32Array.from(rows.flat()), shape);
    const sequenceIndex = index && gpu.upload(Int32Array.from(index.flat()), shape);
    const { array } = model.forward(new Tape(gpu, false), { ids, sequenceIndex });
    return gpu.readFloats(array);
  });
  return read;
}

/** Hidden states of a sequence that goes through in pieces of these sizes, the last repeated. */
async function inPieces(model: Mamba, tokens: readonly number[], sizes: readonly number[]) {
  const { gpu } = model;
  let state: MambaState | undefined;
  const hidden: number[] = [];
  gpu.openScope();
  for (let start = 0, i = 0; start < tokens.length; i++) {
    const end = Math.min(tokens.length, start + sizes[Math.min(i, sizes.length - 1)]);
    const ids = gpu.upload(Int32Array.from(tokens.slice(start, end)), [1, end - start]);
    const made = model.step({ ids }, state);
    hidden.push(...await gpu.readFloats(made.hidden));
    state = made.state;
    start = end;
  }
  gpu.closeScope();
  return hidden;
}

for (const subgroups of [true, false]) {
  for (const [name, config] of [["small", SMALL], ["tiny", TINY]] as [string, MambaConfig][]) {
    const where = `${name}, ${subgroups ? "subgroups" : "no subgroups"}`;
    Deno.test(`Mamba: a whole sequence equals its pieces and its tokens (${where})`, async () => {
      const gpu = await Gpu.open({ subgroups });
      const model = randomMamba(gpu, config);
      const tokens = randomTokens("pieces", 101, config.vocabSize);
      const whole = await forward(model, [tokens]);
      const live = gpu.pool.live;
      assertClose(await inPieces(model, tokens, [7, 1, 33, 3, 2, 19]), whole, TOLERANCE, "odd");
      assertClose(await inPieces(model, tokens, [64]), whole, TOLERANCE, "chunks of 64");
      assertClose(await inPieces(model, tokens, [1]), whole, TOLERANCE, "one token at a time");
      assertEquals(gpu.pool.live, live);
      gpu.destroy();
    });

    Deno.test(`Mamba: packed sequences do not see each other (${where})`, async () => {
      const gpu = await Gpu.open({ subgroups });
      const model = randomMamba(gpu, config);
      const lengths = [1, 30, 2, 17, 9, 5];
      const parts = lengths.map((n) => randomTokens(`pack/${n}`, n, config.vocabSize));
      const index = parts.flatMap((part, i) => part.map(() => i));
      const packed = await forward(model, [parts.flat()], [index]);
      const apart = [];
      for (const part of parts) apart.push(...await forward(model, [part]));
      assertClose(packed, apart, TOLERANCE, "packed");
      gpu.destroy();
    });
  }
}

Deno.test("Mamba: rows of a batch do not see each other", async () => {
  const gpu = await Gpu.open();
  const model = randomMamba(gpu);
  const rows = Array.from({ length: 5 }, (_, i) => randomTokens(`row/${i}`, 23));
  const together = await forward(model, rows);
  const apart = [];
  for (const row of rows) apart.push(...await forward(model, [row]));
  assertEquals([...together], apart);
  gpu.destroy();
});

Deno.test("Mamba: weights and configurations that do not fit are refused", async () => {
  const gpu = await Gpu.open();
  const live = gpu.pool.live;
  const weights = new Map(initializeMamba(SMALL, 1));
  const { name } = mambaParameters(SMALL)[3];
  weights.delete(name);
  assertThrows(() => new Mamba(gpu, SMALL, weights, false), CheckpointError, name);
  const nan = new Map(initializeMamba(SMALL, 1));
  nan.get(name)!.data[2] = NaN;
  assertThrows(() => new Mamba(gpu, SMALL, nan, false), CheckpointError, "found NaN at element 2");
  const deeper = { ...SMALL, layers: 3 };
  assertThrows(
    () => new Mamba(gpu, deeper, initializeMamba(SMALL, 1), false),
    CheckpointError,
    "layers.2",
  );
  assertEquals(gpu.pool.live, live);
  assertThrows(() => decodeMambaConfig({ ...SMALL, heads: 2 }), ConfigError, "heads");
  assertThrows(() => decodeMambaConfig({ ...SMALL, dim: 0 }), ConfigError, "dim");
  const model = randomMamba(gpu);
  const ids = gpu.upload(Int32Array.of(1, 2));
  assertThrows(() => model.forward(new Tape(gpu), { ids }), ShapeError, "expected [batch, length]");
  model.release();
  gpu.release(ids);
  assertEquals(gpu.pool.live, live);
  gpu.destroy();
});

Deno.test("Mamba: weights come back as they went in, and one seed decides them", async () => {
  const gpu = await Gpu.open();
  const model = randomMamba(gpu);
  const given = initializeMamba(SMALL, "tests/infer");
  const saved = await model.parameters.save();
  assertEquals([...saved.keys()], mambaParameters(SMALL).map(({ name }) => name));
  for (const [name, { data }] of given) assertEquals(saved.get(name)!.data, data, name);
  gpu.destroy();
});
