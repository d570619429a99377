/**
 * The timed training step as `torch_mamba.py` reads it.
 *
 * @module
 */
import { writeFileAtomic } from "../../src/base/files.ts";
import { OPTIONS, type StepWork } from "../../src/cli/bench/training_step.ts";
import { innerDim, mambaParameters, paddedVocab } from "../../src/models/mamba/mod.ts";
import { writeSafetensors } from "../../src/nn/safetensors.ts";

/** Which model of `torch_mamba.py` PyTorch runs. */
export type PeerModel = "transformers" | "plain" | "tuned" | "fused";

/**
 * Writes `weights.safetensors` and `work.json` for `torch_mamba.py`.
 *
 * @param loss What the kit found for the first batch, where it is to be compared.
 * @param library selective_scan.c, built; only the fused scan needs it.
 */
export async function writeWork(
  folder: string,
  { config, weights, batches }: StepWork,
  scan: PeerModel,
  { loss, library = null }: { loss?: number; library?: string | null } = {},
): Promise<void> {
  await writeSafetensors(`${folder}/weights.safetensors`, weights);
  const work = {
    model: {
      vocabulary: config.vocabSize,
      padded: paddedVocab(config),
      dim: config.dim,
      layers: config.layers,
      epsilon: config.epsilon,
      inner: innerDim(config),
      state: config.state,
      conv: config.conv,
      rank: config.dtRank,
      scan,
    },
    options: OPTIONS,
    decaying: mambaParameters(config).filter(({ decays }) => decays).map(({ name }) => name),
    batches: batches.map(({ batch, ids, labels }) => ({
      batch,
      ids: [...ids],
      labels: [...labels],
    })),
    loss,
    library,
  };
  await writeFileAtomic(`${folder}/work.json`, JSON.stringify(work));
}
