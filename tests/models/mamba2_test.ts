import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { crossEntropy } from "../../kernels/cross_entropy/mod.ts";
import { CheckpointError, ConfigError } from "../../src/base/errors.ts";
import { Rng } from "../../src/base/rng.ts";
import { GpuArray } from "../../src/gpu/array.ts";
import { Gpu } from "../../src/gpu/gpu.ts";
import { makeGenerate } from "../../src/infer/mod.ts";
import {
  decodeMamba2Config,
  hfConfig2 as hfOf,
  initializeMamba2,
  Mamba2,
  type Mamba2Config,
  mamba2Config,
  mamba2ConfigFrom,
  mamba2Parameters,
} from "../../src/models/mamba2/mod.ts";
import { modelForm } from "../../src/models/from_config.ts";
import type { MambaState } from "../../src/models/state.ts";
import { writeSafetensors } from "../../src/nn/safetensors.ts";
import { modelFromFolder } from "../../src/pipeline/answer_run.ts";
import { loadModel } from "../../src/pipeline/model.ts";
import { selectRows, Tape } from "../../src/tensor/mod.ts";
import { byteTokenizer } from "../../src/tokenizer/mod.ts";
import { windowBatches } from "../../src/train/batches.ts";
import { saveCheckpoint } from "../../src/train/checkpoint.ts";
import { batchLoss, labelledWeight } from "../../src/train/loss.ts";
import { segmentedLoss } from "../../src/train/segments.ts";
import { Trainer } from "../../src/train/trainer.ts";
import { assertClose, randomTokens } from "../infer/small.ts";
import { OPTIONS, randomBatch } from "../train/small_trainer.ts";
import { ODD2, randomMamba2, SMALL2 } from "./small_mamba2.ts";

const TOLERANCE = 1e-4;

function forward(
  model: Mamba2,
  rows: readonly (readonly number[])[],
  index?: readonly number[],
): Promise<Float32Array> {
  const { gpu } = model;
  const shape = [rows.length, rows[0].length];
  return gpu.scope(() => {
    const ids = gpu.upload(Int32Array.from(rows.flat()), shape);
    const sequenceIndex = index && gpu.upload(Int32Array.from(index), shape);
    const { array } = model.forward(new Tape(gpu, false), { ids, sequenceIndex });
    return gpu.readFloats(array);
  });
}

/** Hidden states of a sequence that goes through in pieces of these sizes, the last repeated. */
async function inPieces(model: Mamba2, tokens: readonly number[], sizes: readonly number[]) {
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
  for (const [name, config] of [["small", SMALL2], ["odd", ODD2]] as [string, Mamba2Config][]) {
    const where = `${name}, ${subgroups ? "subgroups" : "no subgroups"}`;
    Deno.test(`Mamba-2: a whole sequence equals its pieces and its tokens (${where})`, async () => {
      const gpu = await Gpu.open({ subgroups });
      const model = randomMamba2(gpu, config);
      const tokens = randomTokens("pieces", 101, config.vocabSize);
      const whole = await forward(model, [tokens]);
      const live = gpu.pool.live;
      assertClose(await inPieces(model, tokens, [7, 1, 33, 3, 2, 19]), whole, TOLERANCE, "odd");
      assertClose(await inPieces(model, tokens, [64]), whole, TOLERANCE, "chunks of 64");
      assertClose(await inPieces(model, tokens, [1]), whole, TOLERANCE, "one token at a time");
      assertEquals(gpu.pool.live, live);
      gpu.destroy();
    });

    Deno.test(`Mamba-2: packed sequences do not see each other (${where})`, async () => {
      const gpu = await Gpu.open({ subgroups });
      const model = randomMamba2(gpu, config);
      const lengths = [1, 30, 2, 17, 9, 5];
      const parts = lengths.map((n) => randomTokens(`pack/${n}`, n, config.vocabSize));
      const index = parts.flatMap((part, i) => part.map(() => i));
      const packed = await forward(model, [parts.flat()], index);
      const apart = [];
      for (const part of parts) apart.push(...await forward(model, [part]));
      assertClose(packed, apart, TOLERANCE, "packed");
      gpu.destroy();
    });
  }
}

const [BATCH, LENGTH] = [2, 21];
const rng = new Rng("tests/models/mamba2");
const IDS = Int32Array.from({ length: BATCH * LENGTH }, () => rng.integer(ODD2.vocabSize));
/** Two packed sequences in the first row, three in the second. */
const INDEX = Int32Array.from(IDS, (_, i) => i < LENGTH ? Number(i > 4) : Math.floor(i / 8));
const ROWS = Int32Array.from({ length: 33 }, (_, i) => i + 5);
const LABELS = Int32Array.from(ROWS, () => rng.integer(ODD2.vocabSize));
const WEIGHTS = Float32Array.from(ROWS, () => rng.uniform());

function logitsOf(model: Mamba2, tape: Tape) {
  const { gpu } = model;
  const shape = [BATCH, LENGTH];
  const ids = gpu.upload(IDS, shape);
  const input = { ids, hostIds: IDS, sequenceIndex: gpu.upload(INDEX, shape) };
  return model.logits(tape, selectRows(tape, model.forward(tape, input), ROWS));
}

/** Σ weight · cross-entropy, the sums in float64. */
async function lossOf(model: Mamba2): Promise<number> {
  const { gpu } = model;
  const logits = await gpu.scope(() => gpu.readFloats(logitsOf(model, new Tape(gpu, false)).array));
  const width = logits.length / ROWS.length;
  return ROWS.reduce((sum, _, r) => {
    const row = [...logits.subarray(r * width, r * width + ODD2.vocabSize)];
    const top = Math.max(...row);
    const whole = row.reduce((total, x) => total + Math.exp(x - top), 0);
    return sum + WEIGHTS[r] * (top + Math.log(whole) - row[LABELS[r]]);
  }, 0);
}

/** Change of the loss with one number of a parameter: a central difference of fourth order. */
async function slopeAt(model: Mamba2, name: string, element: number): Promise<number> {
  const { gpu, parameters } = model;
  const { array } = parameters.get(name);
  const place = new GpuArray(array.pooled, [1], "f32", array.offset + element);
  const value = (await gpu.readFloats(place))[0];
  const lossAt = async (moved: number) => {
    gpu.write(place, Float32Array.of(moved));
    parameters.changed();
    return { at: Math.fround(moved), loss: await lossOf(model) };
  };
  const step = 0.04 * Math.max(0.5, Math.abs(value));
  const across = async (distance: number) => {
    const up = await lossAt(value + distance);
    const down = await lossAt(value - distance);
    return (up.loss - down.loss) / (up.at - down.at);
  };
  const [near, far] = [await across(step), await across(2 * step)];
  await lossAt(value);
  return (4 * near - far) / 3;
}

Deno.test("Mamba-2: gradients of a whole model equal central differences", async () => {
  const gpu = await Gpu.open();
  const model = randomMamba2(gpu, ODD2, true);
  const live = gpu.pool.live;
  gpu.scope(() => {
    model.parameters.startGradients();
    const tape = new Tape(gpu);
    const logits = logitsOf(model, tape);
    logits.gradient = crossEntropy(gpu, {
      logits: logits.array,
      labels: gpu.upload(LABELS),
      weights: gpu.upload(WEIGHTS),
      vocabulary: ODD2.vocabSize,
    }).dLogits;
    tape.backward();
  });
  model.parameters.changed();
  assertEquals(gpu.pool.live, live);
  const flat = await gpu.readFloats(model.parameters.gradient!);
  for (const [name, { data }] of model.parameters.unflatten(flat)) {
    const largest = data.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    assert(largest > 0 && data.every(Number.isFinite), name);
    const element = new Rng(name).integer(data.length);
    for (const i of [data.findIndex((x) => Math.abs(x) === largest), element]) {
      const expected = await slopeAt(model, name, i);
      const off = Math.abs(data[i] - expected);
      assert(off <= 4e-3 * largest + 2e-4, `${name}[${i}]: found ${data[i]}, expected ${expected}`);
    }
  }
  gpu.destroy();
});

Deno.test("Mamba-2: checkpoints and segments give the gradients of the whole", async () => {
  const gpu = await Gpu.open();
  const model = randomMamba2(gpu, SMALL2, true);
  const batch = randomBatch("mamba2/segments", 2, 75);
  const gradients = async (run: () => void) => {
    gpu.scope(() => {
      model.parameters.startGradients();
      run();
    });
    return [...await gpu.readFloats(model.parameters.gradient!)];
  };
  const total = labelledWeight(batch);
  const whole = await gradients(() => batchLoss(model, batch, total, { train: true }));
  const again = await gradients(() =>
    batchLoss(model, batch, total, { train: true, checkpoints: true })
  );
  assertEquals(again, whole);
  const segments = { length: 16, gradients: "exact" as const };
  const cut = await gradients(() => segmentedLoss(model, batch, total, segments));
  assertClose(cut, whole, 2e-5, "segments");
  gpu.destroy();
});

Deno.test("Mamba-2: learns, comes back from its checkpoint, and writes", async () => {
  const gpu = await Gpu.open();
  const model = new Mamba2(gpu, SMALL2, initializeMamba2(SMALL2, "tests/train"), true);
  const text = Int32Array.from({ length: 500 }, (_, i) => (i * i) % SMALL2.vocabSize);
  const batches = windowBatches(text, { batch: 2, length: 24, seed: 1 });
  const trainer = new Trainer(model, { ...OPTIONS, steps: 60 }, batches);
  await trainer.run(60);
  const losses = trainer.log.map(({ loss }) => loss);
  assert(losses[0] > 3.5 && losses[59] < 0.5 * losses[0], `${losses[0]} to ${losses[59]}`);
  const folder = await Deno.makeTempDir({ prefix: "rwr-mamba2-" });
  try {
    await saveCheckpoint(`${folder}/model`, {
      weights: await model.parameters.save(),
      config: model.configJson,
      state: { step: 60, configHash: "", trainer: null },
    });
    const loaded = await loadModel(gpu, `${folder}/model`, false);
    assert(loaded instanceof Mamba2);
    assertEquals(loaded.config, SMALL2);
    const prompts = [[...text.subarray(0, 19)], [...text.subarray(3, 40)]];
    const wanted = { maxNewTokens: 9, stop: [] };
    const replies = await makeGenerate(gpu, loaded)(prompts, wanted);
    assertEquals(replies, await makeGenerate(gpu, model)(prompts, wanted));
    // One at a time, without a carried state.
    const written = [...prompts[1]];
    for (let i = 0; i < wanted.maxNewTokens; i++) {
      const logits = await gpu.scope(() => {
        const ids = gpu.upload(Int32Array.from(written), [1, written.length]);
        const tape = new Tape(gpu, false);
        const last = Int32Array.of(written.length - 1);
        return gpu.readFloats(
          loaded.logits(tape, selectRows(tape, loaded.forward(tape, { ids }), last)).array,
        );
      });
      const scores = logits.subarray(0, SMALL2.vocabSize);
      written.push(scores.indexOf(Math.max(...scores)));
    }
    assertEquals(replies[1].tokens, written.slice(prompts[1].length));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  gpu.destroy();
});

Deno.test("Mamba-2: a folder as transformers saves it", async () => {
  const gpu = await Gpu.open();
  const folder = await Deno.makeTempDir({ prefix: "rwr-mamba2-" });
  try {
    const { unpadded_vocab_size: _, ...config } = hfOf(SMALL2);
    const text = JSON.stringify({ ...config, time_step_limit: [0, "none"] }, null, 2);
    await Deno.writeTextFile(`${folder}/config.json`, text.replace('"none"', "Infinity"));
    const { "backbone.embedding.weight": embedding, ...others } = Object.fromEntries(
      initializeMamba2(SMALL2, "folder"),
    );
    const tensors = { ...others, "backbone.embeddings.weight": embedding };
    const all = Object.entries({ ...tensors, "lm_head.weight": embedding });
    await writeSafetensors(`${folder}/model.safetensors`, new Map(all));
    const tokenizer = { ...byteTokenizer(), vocabSize: SMALL2.vocabSize };
    const model = await (await modelFromFolder(folder, tokenizer)).make(gpu);
    assert(model instanceof Mamba2);
    assertEquals(model.config, SMALL2);
    const other = { ...tokenizer, vocabSize: SMALL2.paddedVocab + 1 };
    await assertRejects(() => modelFromFolder(folder, other), ConfigError, "48 tokens");
  } finally {
    await Deno.remove(folder, { recursive: true });
    gpu.destroy();
  }
});

Deno.test("Mamba-2: config.json of transformers and of upstream", () => {
  const bounded = { ...ODD2, leastStep: 0.01, largestStep: 0.5 };
  for (const config of [SMALL2, bounded, { ...bounded, largestStep: null }]) {
    const form = modelForm(JSON.parse(JSON.stringify(hfOf(config))));
    assertEquals(mamba2ConfigFrom(JSON.parse(JSON.stringify(hfOf(config)))), config);
    assertEquals(form.vocabSize, config.vocabSize);
    assertEquals(form.rowsFor(config.vocabSize), config.paddedVocab);
  }
  const upstream = {
    d_model: 768,
    d_intermediate: 0,
    n_layer: 24,
    vocab_size: 50277,
    ssm_cfg: { layer: "Mamba2" },
    attn_layer_idx: [],
    attn_cfg: {},
    rms_norm: true,
    residual_in_fp32: true,
    fused_add_norm: true,
    pad_vocab_size_multiple: 16,
    tie_embeddings: true,
  };
  const read = mamba2ConfigFrom(upstream);
  assertEquals(read, mamba2Config({ vocabSize: 50277, dim: 768, layers: 24 }));
  assertEquals(read.paddedVocab, 50288);
  const count = mamba2Parameters(read)
    .reduce((sum, { shape }) => sum + shape.reduce((product, n) => product * n, 1), 0);
  assertEquals(count, 128_989_632);
  const refused: [object, string][] = [
    [{ ...upstream, attn_layer_idx: [1] }, "attention [1]"],
    [{ ...upstream, ssm_cfg: { layer: "Mamba2", D_has_hdim: true } }, "D_has_hdim true"],
    [{ ...hfOf(SMALL2), use_bias: true }, "use_bias true"],
    [{ ...hfOf(SMALL2), num_heads: 3 }, "num_heads 3"],
    [{ ...hfOf(SMALL2), tie_word_embeddings: false }, "tie_word_embeddings false"],
  ];
  for (const [json, message] of refused) {
    assertThrows(() => modelForm(json), CheckpointError, message);
  }
  assertThrows(() => decodeMamba2Config({ ...SMALL2, headDim: 24 }), ConfigError, "divides");
  assertThrows(() => decodeMamba2Config({ ...SMALL2, groups: 3 }), ConfigError, "divides");
  assertThrows(() => decodeMamba2Config({ ...SMALL2, paddedVocab: 4 }), ConfigError, "vocabSize");
});
