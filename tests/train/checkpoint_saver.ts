/** Saves checkpoint after checkpoint until it is killed: `checkpoint_saver.ts FOLDER ROUND`. */
import { saveCheckpoint, saveStep } from "../../src/train/checkpoint.ts";

const [folder, round] = Deno.args;
for (let step = 1000 * Number(round) + 1;; step++) {
  const size = 20_000;
  const filled = new Map([["w", { shape: [size], data: new Float32Array(size).fill(step) }]]);
  const state = { step, configHash: "abc", trainer: null };
  const moments = { first: filled, second: filled };
  const checkpoint = { weights: filled, config: {}, moments, state };
  await saveStep(folder, checkpoint);
  await saveCheckpoint(`${folder}/same`, checkpoint);
  console.log(`saved ${step}`);
}
