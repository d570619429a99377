/**
 * Within ten minutes on two cores: an own Mamba of about 100k parameters on the embedded corpus.
 *
 * @module
 */
import type { Profile } from "../profile.ts";

/** The default profile. */
export const tiny: Profile = {
  name: "tiny",
  seed: 1,
  model: {
    layers: 2,
    dim: 64,
    expand: 2,
    state: 16,
    conv: 4,
    dtRank: 4,
    vocab: 293,
    paddedVocab: 296,
    initializerRange: 1,
    finalNorm: 0.125,
  },
  tokenizer: "data/tiny/tokenizer.json",
  checkpoint: "data/tiny/mamba",
  promptFormat: "tiny",
  source: { kind: "embedded", rows: 68_000 },
  teacher: { kind: "embedded", model: "", verifier: "" },
  pretraining: {
    steps: 2400,
    tokensPerStep: 4096,
    learningRate: 8e-3,
    warmup: 100,
    floor: 0.05,
    betas: [0.9, 0.95],
    weightDecay: 0.01,
    clipNorm: 1,
    phases: [{ tokens: 32, from: 0 }, { tokens: 64, from: 0.15 }, { tokens: 128, from: 0.35 }],
  },
  finetuning: {
    steps: 960,
    tokensPerStep: 3072,
    learningRate: 6.5e-3,
    warmup: 100,
    floor: 0.05,
    betas: [0.9, 0.95],
    weightDecay: 0.01,
    clipNorm: 1,
    lengths: [128, 192, 256, 256],
    turns: 16,
    absentShare: 0.45,
    partialShare: 0.45,
    notesGivenShare: 0.2,
  },
  evaluation: {
    benchmarks: ["embedded"],
    // Trained length, 1.7 times and 16 times.
    lengths: [
      { tokens: 256, itemsPerType: 50 },
      { tokens: 435, itemsPerType: 50 },
      { tokens: 4096, itemsPerType: 25 },
    ],
    segmentTokens: 110,
    maxNoteTokens: 48,
    maxAnswerTokens: 4,
  },
};
