/**
 * The timed training step as `torch_mamba.py` reads it.
 *
 * @module
 */
import { writeFileAtomic } from "../../src/base/files.ts";
import { CONFIG, OPTIONS, type TinyWork } from "../../src/cli/bench/training_step.ts";
import { innerDim, mambaParameters, paddedVocab } from "../../src/models/mamba/mod.ts";
import { writeSafetensors } from "../../src/nn/safetensors.ts";

/** Which model of `torch_mamba.py` PyTorch runs. */
export type PeerModel = "transformers" | "plain" | "tuned";

/**
 * Writes `weights.safetensors` and `work.json` for `torch_mamba.py`.
 *
 * @param loss What the kit found for the first batch, where it is to be compared.
 */
export async function writeWork(
  folder: string,
  { weights, batches }: TinyWork,
  scan: PeerModel,
  loss?: number,
): Promise<void> {
  await writeSafetensors(`${folder}/weights.safetensors`, weights);
  const work = {
    model: {
      vocabulary: CONFIG.vocabSize,
      padded: paddedVocab(CONFIG),
      dim: CONFIG.dim,
      layers: CONFIG.layers,
      epsilon: CONFIG.epsilon,
      inner: innerDim(CONFIG),
      state: CONFIG.state,
      conv: CONFIG.conv,
      rank: CONFIG.dtRank,
      scan,
    },
    options: OPTIONS,
    decaying: mambaParameters(CONFIG).filter(({ decays }) => decays).map(({ name }) => name),
    batches: batches.map(({ batch, ids, labels }) => ({
      batch,
      ids: [...ids],
      labels: [...labels],
    })),
    loss,
  };
  await writeFileAtomic(`${folder}/work.json`, JSON.stringify(work));
}
