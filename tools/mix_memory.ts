/**
 * Peak memory and time of a mix over many made-up rows: half of them are selected and noted, a fifth
 * of the packed samples are plain rows of the other half (Linux; about six minutes and 25 GB):
 *
 * `deno run -A tools/run.ts run -A tools/mix_memory.ts 1000000`
 *
 * @module
 */
import { fileWriter, parquetWriteRows } from "hyparquet-writer";
import { mixRun } from "../src/distill/mix/mix.ts";
import type { MixSummary } from "../src/distill/mix/summary.ts";
import { distilParts } from "../src/distill/run.ts";
import { selectRows } from "../src/distill/selection.ts";
import { wholeRun } from "../src/distill/shard.ts";
import { plainFormat } from "../src/rwr/prompts.ts";
import type { Teacher, TeacherUsage } from "../src/teacher/teacher.ts";
import { normalisedContainment } from "../src/teacher/llm_verifier.ts";
import { byteTokenizer } from "../src/tokenizer/mod.ts";
import { madeRow } from "../tests/sources/openorca/made_rows.ts";

const LIMITS = {
  minContextTokens: 64,
  maxContextTokens: 4096,
  maxQueryTokens: 512,
  maxAnswerTokens: 512,
  minOverlap: 0.25,
};
const COLUMNS = ["id", "system_prompt", "question", "response"] as const;
const USAGE: TeacherUsage = {
  finishReason: "stop",
  promptTokens: 0,
  completionTokens: 0,
  costUsd: 0,
};

/** Made-up rows all ask for number 2. */
const wanted = (context: string): string =>
  /Person\d+ number 2 lives[^.]*\./.exec(context)?.[0] ?? "empty";
const teacher: Teacher = {
  name: "made",
  writeNote: (context) => Promise.resolve({ ...USAGE, raw: wanted(context) }),
  locateAnswer: (context) => Promise.resolve({ ...USAGE, passages: [wanted(context)] }),
};

/** Most MiB that this process had resident so far. */
function peakMiB(): number {
  const found = /VmHWM:\s+(\d+) kB/.exec(Deno.readTextFileSync("/proc/self/status"));
  return Number(found?.[1]) / 1024;
}

/** Makes a source of `rows` rows and a run over half of them in `folder`, and mixes it. */
export async function measureMix(
  rows: number,
  folder: string,
  onStep: (step: string, seconds: number) => void = () => {},
): Promise<MixSummary> {
  let last = performance.now();
  const step = (name: string) => {
    const now = performance.now();
    onStep(name, (now - last) / 1000);
    last = now;
  };
  const source = `${folder}/rows.parquet`;
  const made = function* () {
    for (let i = 0; i < rows; i++) yield madeRow(i);
  };
  await parquetWriteRows({
    writer: fileWriter(source),
    rows: made(),
    columns: COLUMNS.map((name) => ({ name, type: "STRING" })),
    rowGroupSize: 20_000,
  });
  step("source");
  const tokenizer = byteTokenizer();
  const common = { source, seed: 1, limits: LIMITS, tokenizer, code: "measured" };
  const selection = await selectRows({ ...common, rows: rows / 2 }, folder);
  step("selection");
  await distilParts({
    selection: `${folder}/selection`,
    parts: selection.parts,
    notes: `${folder}/notes`,
    distillation: { teacher, verifier: normalisedContainment, format: plainFormat },
    shard: wholeRun,
    width: 1,
    manifest: { config: {}, inputs: {}, code: "measured", adapter: null, driver: null },
  });
  step("notes");
  const config = { ...common, length: 6000, mode: "rwr", plainShare: 0.2 } as const;
  const summary = await mixRun(folder, { ...config, plainSource: source });
  step("mix");
  return summary;
}

if (import.meta.main) {
  const folder = await Deno.makeTempDir();
  try {
    const rows = Number(Deno.args[0] ?? 1_000_000);
    const { packs, plainShare } = await measureMix(rows, folder, (step, seconds) => {
      console.log(`${step}: ${seconds.toFixed(0)} s, at most ${peakMiB().toFixed(0)} MiB so far`);
    });
    console.log(
      `${packs.samples} samples, ${(100 * plainShare.achieved).toFixed(3)}% of them plain rows, ` +
        `${packs.tokens} tokens in ${packs.count} packs of ${packs.parts} parts`,
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
