/**
 * Measures the memory that selecting and packing takes, over made-up rows in a Parquet file:
 *
 * `deno run -A tools/run.ts run -A tools/selection_memory.ts 1000000`
 *
 * @module
 */
import { fileWriter, parquetWriteRows } from "hyparquet-writer";
import { partPath } from "../src/distill/parts.ts";
import { type SelectionSummary, selectRows } from "../src/distill/selection.ts";
import { packSamples } from "../src/rwr/packing.ts";
import { buildSample } from "../src/rwr/sample.ts";
import { readRows } from "../src/tables/mod.ts";
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

/** What was measured. */
export interface SelectionMemory {
  /** What was selected. */
  readonly summary: SelectionSummary;
  /** Samples packed, and the share of places that their tokens fill. */
  readonly packs: { readonly samples: number; readonly fillRate: number };
  /** Most memory of the process, in bytes. */
  readonly peakBytes: number;
  /** What that is above the memory at the start. */
  readonly growthBytes: number;
}

/** Writes `rows` rows into `folder`, selects `selected` of them there and packs them. */
export async function measureSelection(
  rows: number,
  selected: number,
  folder: string,
): Promise<SelectionMemory> {
  const start = Deno.memoryUsage().rss;
  let peakBytes = start;
  const look = () => peakBytes = Math.max(peakBytes, Deno.memoryUsage().rss);
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
  const tokenizer = byteTokenizer();
  const config = { source, seed: 1, rows: selected, limits: LIMITS, tokenizer, code: "measured" };
  const summary = await selectRows(config, folder, look);
  const packs = { samples: 0, fillRate: 1 };
  for (let part = 0; part < summary.parts; part++) {
    const samples = (await readRows(partPath(`${folder}/selection`, part), "source")).map((row) =>
      buildSample(
        [
          { text: `${row.context}\n${row.query}`, response: false },
          { text: row.answer, response: true },
        ],
        [row.row_id],
        tokenizer,
      )
    );
    const packing = { rowLength: 4096, window: 16, overlong: "drop" } as const;
    const { statistics } = packSamples(samples, 0, packing);
    packs.samples += statistics.samples;
    packs.fillRate = Math.min(packs.fillRate, statistics.fillRate);
    look();
  }
  return { summary, packs, peakBytes, growthBytes: peakBytes - start };
}

if (import.meta.main) {
  const rows = Number(Deno.args[0] ?? 1_000_000);
  const folder = await Deno.makeTempDir();
  const start = performance.now();
  try {
    const { summary, packs, peakBytes } = await measureSelection(rows, rows / 2, folder);
    console.log(
      `${summary.rowsRead} rows read, ${summary.candidates} candidates, ${summary.selected} ` +
        `selected in ${summary.parts} parts, ${packs.samples} packed: at most ` +
        `${Math.round(peakBytes / 2 ** 20)} MiB of memory, ` +
        `${Math.round((performance.now() - start) / 1000)} s`,
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
