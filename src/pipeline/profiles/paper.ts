/**
 * The paper's setting as far as it is known: Mamba-2.8b on OpenOrca, LongMemEval and HELMET at 10k
 * and 100k tokens, at most 6,000 tokens a training sample.
 *
 * The paper's learning rate, batch, number of steps, optimizer, data size and segment length were
 * not found. The optimizer here is ReMamba's (AdamW, 2e-5, decay 0.1, cosine, clip 1), which trains
 * the same model on the same data; the other unknowns are the kit's own choice.
 *
 * @module
 */
import type { Profile } from "../profile.ts";

/** The profile for one 80 GB card. */
export const paper: Profile = {
  name: "paper",
  seed: 1,
  // state-spaces/mamba-2.8b: 2,768,345,600 parameters.
  model: {
    layers: 64,
    dim: 2560,
    expand: 2,
    state: 16,
    conv: 4,
    dtRank: 160,
    vocab: 50_277,
    paddedVocab: 50_280,
    initializerRange: 0.02,
    finalNorm: 1,
  },
  tokenizer: "EleutherAI/gpt-neox-20b",
  checkpoint: "state-spaces/mamba-2.8b-hf",
  promptFormat: "plain",
  source: { kind: "openorca", rows: 100_000 },
  teacher: { kind: "llm", model: "meta-llama/Llama-3.1-8B-Instruct", verifier: "gpt-4o" },
  pretraining: null,
  finetuning: {
    steps: 3000,
    tokensPerStep: 96_000,
    learningRate: 2e-5,
    warmup: 0,
    floor: 0,
    betas: [0.9, 0.999],
    weightDecay: 0.1,
    clipNorm: 1,
    lengths: [6000],
    turns: 1,
    absentShare: 0.35,
    partialShare: 0.45,
    notesGivenShare: 0.12,
  },
  evaluation: {
    benchmarks: ["longmemeval", "helmet"],
    // LongMemEval's largest type has 133 items, a HELMET task 100 (in-context learning 500).
    lengths: [
      { tokens: 10_000, itemsPerType: 500 },
      { tokens: 100_000, itemsPerType: 500 },
    ],
    segmentTokens: 5000,
    // LongMemEval's limits for a reading note and for a direct answer.
    maxNoteTokens: 500,
    maxAnswerTokens: 500,
  },
};
