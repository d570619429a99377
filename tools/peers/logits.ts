/**
 * Writes a small Mamba as a checkpoint folder, with the logits that the kit computes from it, for
 * `check_mamba.py` to compare:
 *
 *     deno run -A tools/run.ts run -A tools/peers/logits.ts FOLDER
 *     python tools/peers/check_mamba.py FOLDER
 *
 * @module
 */
import { writeFileAtomic } from "../../src/base/files.ts";
import { Rng } from "../../src/base/rng.ts";
import { Gpu } from "../../src/gpu/gpu.ts";
import { initializeMamba, Mamba, mambaConfig } from "../../src/models/mamba/mod.ts";
import { hfConfig } from "../../src/models/mamba/hf.ts";
import type { NamedTensors } from "../../src/nn/parameters.ts";
import { Tape } from "../../src/tensor/mod.ts";
import { loadCheckpoint, saveCheckpoint } from "../../src/train/checkpoint.ts";

const BATCH = 2;
const LENGTH = 37;
const CONFIG = mambaConfig({ vocabSize: 61, dim: 48, layers: 3 });

/** No two parameters alike, so that none can stand in another's place unnoticed. */
function disturb(weights: NamedTensors): NamedTensors {
  return new Map([...weights].map(([name, { shape, data }]) => {
    const rng = new Rng(`peers/${name}`);
    return [name, { shape, data: data.map((x) => x + 0.1 * rng.normal()) }];
  }));
}

async function computeLogits(weights: NamedTensors, ids: Int32Array<ArrayBuffer>) {
  const gpu = await Gpu.open();
  const model = new Mamba(gpu, CONFIG, weights, false);
  const tape = new Tape(gpu, false);
  const hidden = model.forward(tape, { ids: gpu.upload(ids, [BATCH, LENGTH]) });
  const { array } = model.logits(tape, hidden);
  const logits = { shape: array.shape, data: [...await gpu.readFloats(array)] };
  gpu.destroy();
  return logits;
}

if (import.meta.main) {
  const [folder] = Deno.args;
  if (folder === undefined) {
    console.error("tools/peers/logits.ts: found no arguments, expected a folder to write to");
    Deno.exit(2);
  }
  await saveCheckpoint(folder, {
    weights: disturb(initializeMamba(CONFIG, "peers")),
    config: hfConfig(CONFIG),
    state: { step: 0, configHash: "", trainer: null },
  });
  const { weights } = await loadCheckpoint(folder);
  const rng = new Rng("peers/ids");
  const ids = Int32Array.from({ length: BATCH * LENGTH }, () => rng.integer(CONFIG.vocabSize));
  const logits = await computeLogits(weights, ids);
  const record = { batch: BATCH, length: LENGTH, ids: [...ids], ...logits };
  await writeFileAtomic(`${folder}/logits.json`, JSON.stringify(record) + "\n");
  console.log(`wrote ${folder}/logits.json: [${logits.shape}]`);
}
