/**
 * Hours on a laptop's graphics card: mamba-130m on a sample of OpenOrca, asked at 8k and 16k tokens.
 *
 * @module
 */
import type { Profile } from "../profile.ts";
import { paper } from "./paper.ts";

/** The profile for a laptop with a graphics card. */
export const small: Profile = {
  ...paper,
  name: "small",
  // state-spaces/mamba-130m: 129,135,360 parameters.
  model: { ...paper.model, layers: 24, dim: 768, dtRank: 48 },
  checkpoint: "state-spaces/mamba-130m-hf",
  source: { kind: "openorca", rows: 5000 },
  finetuning: { ...paper.finetuning, steps: 500, tokensPerStep: 16_384, lengths: [2048, 4096] },
  evaluation: {
    ...paper.evaluation,
    lengths: [{ tokens: 8192, itemsPerType: 20 }, { tokens: 16_384, itemsPerType: 20 }],
    segmentTokens: 2048,
  },
};
