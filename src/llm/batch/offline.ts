/**
 * Batches that the user has answered: files for `vllm run-batch`, answers beside them.
 *
 * @module
 */
import { HaltError } from "../../base/errors.ts";
import type { Carrier } from "./carrier.ts";
import { countAnswers } from "./collect.ts";
import type { Batch } from "./record.ts";

/** Collects the answers that are there, and says what to run for the others. */
export const offlineCarrier: Carrier = {
  async carry(batches, collect) {
    const waiting: string[] = [];
    for (const batch of batches) {
      const { state, requests } = batch.record;
      if (state === "creating" || state === "submitted") throw submitted(batch);
      const answered = state === "collecting" ? requests : await countAnswers(batch);
      if (answered === requests) {
        if (state === "ready") await batch.save({ submittedAt: await filedAt(batch) });
        await collect(batch);
      } else waiting.push(toRun(batch, answered));
    }
    if (waiting.length === 0) return;
    throw new HaltError(
      `answering batches offline: found ${waiting.length} of ${batches.length} without all ` +
        `answers, expected them beside the requests; run what follows, then this command ` +
        `again:\n${waiting.join("\n")}`,
    );
  },
};

/** When the file of requests was there. */
async function filedAt(batch: Batch): Promise<string> {
  const { mtime } = await Deno.stat(batch.path("input.jsonl"));
  return (mtime ?? new Date()).toISOString();
}

function toRun(batch: Batch, answered: number): string {
  const { requests, model } = batch.record;
  const word = (text: string): string =>
    /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
  const [input, output] = [batch.path("input.jsonl"), batch.path("output.jsonl")].map(word);
  const note = answered === 0 ? "" : `  # ${answered} of ${requests} are answered so far`;
  return `vllm run-batch -i ${input} -o ${output} --model ${word(model)}${note}`;
}

const submitted = (batch: Batch): HaltError =>
  new HaltError(
    `answering batches offline: found ${batch.name} at ${batch.record.baseUrl}, expected no ` +
      `batch at a server; go on with --batch`,
  );
