/**
 * The tiny profile in seconds, for tests: the same code and shapes, too few steps to learn anything.
 *
 * @module
 */
import type { Profile } from "../profile.ts";
import { tiny } from "./tiny.ts";

const steps = { steps: 6, tokensPerStep: 512 };

/** The profile of end-to-end tests. */
export const smoke: Profile = {
  ...tiny,
  name: "smoke",
  source: { kind: "embedded", rows: 60 },
  pretraining: tiny.pretraining && { ...tiny.pretraining, ...steps },
  finetuning: { ...tiny.finetuning, ...steps },
  evaluation: {
    ...tiny.evaluation,
    lengths: [{ tokens: 256, itemsPerType: 2 }, { tokens: 435, itemsPerType: 1 }],
    maxNoteTokens: 8,
  },
};
