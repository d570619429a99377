/**
 * Times the contamination check: made-up questions with evidence against made-up rows of about 250
 * words, some of which hold a question.
 *
 * `deno run -A tools/run.ts run -A tools/contamination_speed.ts 100000`
 *
 * @module
 */
import { Rng } from "../src/base/rng.ts";
import { ContaminationIndex } from "../src/distill/contamination.ts";

const QUESTIONS = 500;
const EVIDENCE_WORDS = 150;
const ROW_WORDS = 250;
/** Every so many rows one is contaminated. */
const EVERY = 1000;

/** Words by Zipf's law, as text has them. */
function makeText(rng: Rng, length: number): string {
  return Array.from({ length }, () => `word${Math.floor(Math.exp(rng.uniform() * 10.8))}`).join(
    " ",
  );
}

const rows = Number(Deno.args[0] ?? 100_000);
const rng = new Rng(1);
const index = new ContaminationIndex();
const questions = Array.from({ length: QUESTIONS }, () => makeText(rng, 14));
for (const [i, question] of questions.entries()) {
  const evidence = [makeText(rng, EVIDENCE_WORDS), makeText(rng, EVIDENCE_WORDS)];
  index.add("made-up", { id: String(i), question, evidence });
}

let [milliseconds, found, expected] = [0, 0, 0];
for (let i = 0; i < rows; i++) {
  const hit = i % EVERY === 0;
  if (hit) expected++;
  const context = `${makeText(rng, ROW_WORDS)} ${hit ? questions[i / EVERY % QUESTIONS] : ""}`;
  const row = { context, query: makeText(rng, 15), answer: makeText(rng, 10) };
  const start = performance.now();
  if (index.contaminated(row)) found++;
  milliseconds += performance.now() - start;
}
console.log(
  `${index.runs} runs of words; ${rows} rows in ${(milliseconds / 1000).toFixed(1)} s, ` +
    `${Math.round(rows / milliseconds * 1000)} rows a second; found ${found} of ${expected} ` +
    `contaminated rows and those alone`,
);
if (found !== expected) Deno.exit(1);
