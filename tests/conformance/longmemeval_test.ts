import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { AnswerCost } from "../../src/pipeline/stages/real_data.ts";
import { readLongMemEval, renderHistory } from "../../src/sources/mod.ts";
import { readRows } from "../../src/tables/mod.ts";
import { sharedFile } from "../sources/shared_file.ts";
import { runAnswer } from "./answer.ts";

const ITEMS = sharedFile("longmemeval/longmemeval_s_sample.json");
const ORACLE = sharedFile("longmemeval/longmemeval_oracle_sample.json");
const NEOX = sharedFile("tokenizer/gpt-neox-20b.tokenizer.json");

async function answer(
  data: string,
  flags: readonly string[],
  body: (out: string) => Promise<void>,
) {
  const out = await Deno.makeTempDir();
  try {
    await runAnswer([`--data=${data}`, `--tokenizer=${NEOX}`, `--out=${out}`, ...flags]);
    await body(out);
  } finally {
    await Deno.remove(out, { recursive: true });
  }
}

async function costOf(folder: string): Promise<AnswerCost> {
  return JSON.parse(await Deno.readTextFile(`${folder}/cost/0.timing.json`));
}

const skipped = (...files: (string | undefined)[]): boolean => files.includes(undefined);
const named = (name: string, ignore: boolean): string => ignore ? `skipped: ${name}` : name;

const WHOLE = skipped(ITEMS, NEOX);
Deno.test({
  name: named("a LongMemEval_S item of 110,000 tokens is answered in all three ways", WHOLE),
  ignore: WHOLE,
  fn: () =>
    answer(ITEMS!, ["--limit=1", "--max-note=8", "--max-answer=8"], async (out) => {
      const [item] = await Array.fromAsync(readLongMemEval(ITEMS!));
      const context = renderHistory(item).join("\n");
      for (const [method, segments] of [["direct", 0], ["rwr", 1], ["rwr-ssa", 23]] as const) {
        const [row] = await readRows(`${out}/answers-${method}/answers.arrow`, "answers");
        const read: { text: string }[] = JSON.parse(row.segments);
        assertEquals([row.item_id, row.length, read.length], ["852ce960", 110_000, segments]);
        if (segments) assertEquals(read.map(({ text }) => text).join(""), context);
        if (method !== "rwr-ssa") assert(row.final_prompt.startsWith(context));
        const { prompt_tokens, peak_bytes } = await costOf(`${out}/answers-${method}`);
        // The whole history, and little more than a question a segment.
        assert(prompt_tokens > 110_700 && prompt_tokens < 115_000, `${prompt_tokens}`);
        // Memory that does not grow with the length: weights, states and one chunk.
        assert(peak_bytes < 128 * 2 ** 20, `${peak_bytes}`);
      }
      const report = await Deno.stat(`${out}/report.html`);
      assert(report.size < 3_000_000, `${report.size}`);
    }),
});

const SHORT = skipped(ORACLE, NEOX);
Deno.test({
  name: named("the oracle items of LongMemEval are answered and scored", SHORT),
  ignore: SHORT,
  fn: () =>
    answer(ORACLE!, ["--max-note=4", "--max-answer=4", "--segment=2000"], async (out) => {
      const scores = await readRows(`${out}/scores/scores.arrow`, "scores");
      assertEquals(scores.map(({ item_id }) => item_id).slice(0, 2), ["852ce960", "ba358f49"]);
      assertEquals(scores.map(({ status }) => status), Array(6).fill("scored"));
      assertStringIncludes(await Deno.readTextFile(`${out}/report.html`), "852ce960");
    }),
});
