import { crossEntropy } from "../../kernels/cross_entropy/mod.ts";
import { Rng } from "../../src/base/rng.ts";
import type { Gpu } from "../../src/gpu/gpu.ts";
import { initializeMamba, Mamba, mambaConfig } from "../../src/models/mamba/mod.ts";
import type { NamedTensors } from "../../src/nn/parameters.ts";
import { selectRows, Tape, type Tensor } from "../../src/tensor/mod.ts";

/** No size is a multiple of four, so that every kernel's tail is walked. */
const CONFIG = mambaConfig({
  vocabSize: 19,
  dim: 14,
  layers: 2,
  state: 5,
  conv: 3,
  dtRank: 3,
  initializerRange: 1,
  finalNorm: 0.3,
});

const [BATCH, LENGTH] = [2, 13];
const rng = new Rng("tests/tensor/loss");
const IDS = Int32Array.from({ length: BATCH * LENGTH }, () => rng.integer(CONFIG.vocabSize));
/** Two packed sequences in the first row, three in the second. */
const INDEX = Int32Array.from(IDS, (_, i) => i < LENGTH ? Number(i > 4) : Math.floor(i / 5));
const ROWS = Int32Array.from({ length: 17 }, (_, i) => i + 5);
const LABELS = Int32Array.from(ROWS, () => rng.integer(CONFIG.vocabSize));
const WEIGHTS = Float32Array.from(ROWS, () => rng.uniform());

/** Larger than at the start of a training, so that the scan carries a good part of the loss. */
const LARGER: Readonly<Record<string, (x: number) => number>> = {
  "x_proj.weight": (x) => 4 * x,
  "dt_proj.weight": (x) => 2 * x,
  "dt_proj.bias": (x) => 0.2 * x + 0.5,
};

/** A trainable model; the same numbers at every call. */
export function tinyNet(gpu: Gpu): Mamba {
  const weights = initializeMamba(CONFIG, "tests/tensor");
  for (const [name, { data }] of weights) {
    const change = LARGER[name.replace(/.*mixer\./, "")];
    if (change) data.set(data.map(change));
  }
  return new Mamba(gpu, CONFIG, weights, true);
}

function logitsOf(model: Mamba, tape: Tape, checkpoints: boolean): Tensor {
  const { gpu } = model;
  const shape = [BATCH, LENGTH];
  const input = {
    ids: gpu.upload(IDS, shape),
    hostIds: IDS,
    sequenceIndex: gpu.upload(INDEX, shape),
  };
  return model.logits(tape, selectRows(tape, model.forward(tape, input, checkpoints), ROWS));
}

/** Σ weight · cross-entropy, the sums in float64. */
export async function lossOf(model: Mamba): Promise<number> {
  const { gpu } = model;
  const read = gpu.scope(() => gpu.readFloats(logitsOf(model, new Tape(gpu, false), false).array));
  const logits = await read;
  const width = logits.length / ROWS.length;
  return ROWS.reduce((sum, _, r) => {
    const row = [...logits.subarray(r * width, r * width + CONFIG.vocabSize)];
    const top = Math.max(...row);
    const whole = row.reduce((total, x) => total + Math.exp(x - top), 0);
    return sum + WEIGHTS[r] * (top + Math.log(whole) - row[LABELS[r]]);
  }, 0);
}

/** Leaves the loss's gradient in the model's parameters. */
export function backwardOf(model: Mamba, checkpoints: boolean): void {
  const { gpu } = model;
  gpu.scope(() => {
    const tape = new Tape(gpu);
    const logits = logitsOf(model, tape, checkpoints);
    const { dLogits } = crossEntropy(gpu, {
      logits: logits.array,
      labels: gpu.upload(LABELS),
      weights: gpu.upload(WEIGHTS),
      vocabulary: CONFIG.vocabSize,
    });
    logits.gradient = dLogits;
    tape.backward();
  });
}

/** The gradients by name. */
export async function gradientsOf(model: Mamba): Promise<NamedTensors> {
  const { parameters, gpu } = model;
  return parameters.unflatten(await gpu.readFloats(parameters.gradient!));
}
