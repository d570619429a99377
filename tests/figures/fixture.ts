/**
 * Rows for tests of figures and report: answers drawn with the accuracies of a feasibility study
 * (three seeds, 50 items a type, 25 at 4,096 tokens). Made up by a seeded generator; no result.
 */
import { QUESTION_TYPES } from "../../src/tables/mod.ts";
import { Rng } from "../../src/base/rng.ts";
import type { BenchRun, BenchTableRow } from "../../src/tables/mod.ts";
import type { AnswerRow, CostRow, ScoreRow, Series } from "../../src/figures/mod.ts";

type Row = readonly [
  ssu: number,
  ssa: number,
  pref: number,
  multi: number,
  temp: number,
  ku: number,
];

const RATES: Readonly<Record<number, Readonly<Record<string, readonly [...Row, abs: number]>>>> = {
  256: {
    "Mamba": [.55, .6, .3, .1, .05, .5, .2],
    "Mamba-SFT": [.99, 1, 1, .16, .23, .99, .99],
    "RwR": [.87, .99, .99, .74, .72, .94, .93],
    "RwR+SSA": [.97, 1, .96, .69, .89, .96, .95],
  },
  435: {
    "Mamba": [.3, .35, .25, .08, .04, .3, .1],
    "Mamba-SFT": [.92, .97, .99, .17, .18, .97, .99],
    "RwR": [.73, .87, .95, .67, .53, .85, .93],
    "RwR+SSA": [.96, 1, .88, .65, .81, .98, .91],
  },
  4096: {
    "Mamba": [.05, .05, .1, .05, .03, .1, .05],
    "Mamba-SFT": [.24, .24, .36, .11, .13, .57, .36],
    "RwR": [.21, .13, .29, .07, .03, .35, .56],
    "RwR+SSA": [.76, 1, .41, .32, .44, .75, .67],
  },
};

/** Four methods, three checkpoints each but for the base. */
export const SERIES: readonly Series[] = [
  { label: "Mamba", models: ["base"], method: "direct" },
  { label: "Mamba-SFT", models: ["sft-0", "sft-1", "sft-2"], method: "direct" },
  { label: "RwR", models: ["rwr-0", "rwr-1", "rwr-2"], method: "recall" },
  { label: "RwR+SSA", models: ["rwr-0", "rwr-1", "rwr-2"], method: "ssa" },
];

/** Lengths of the fixture. */
export const LENGTHS: readonly number[] = [256, 435, 4096];

/** Items a type at a length. */
export const itemsPerType = (length: number): number => length === 4096 ? 25 : 50;

/** Scores with a few failures among them. */
export function scoreRows(): ScoreRow[] {
  const rng = new Rng("fixture/scores");
  const rows: ScoreRow[] = [];
  forEachAnswer((series, model, length, type, item) => {
    const rates = RATES[length][series.label];
    const rate = type === "abstention" ? rates[6] : rates[QUESTION_TYPES.indexOf(type)];
    const status = rng.uniform() < 0.01 ? "judge_failed" : "scored";
    rows.push({
      item_id: item,
      question_type: type === "abstention" ? "single-session-user" : type,
      abstention: type === "abstention",
      length,
      model,
      method: series.method,
      metric: "exact_match",
      value: status === "scored" ? Number(rng.uniform() < rate) : null,
      status,
    });
  });
  return rows;
}

/** An answer for each score, over contexts of the right length. */
export function answerRows(): AnswerRow[] {
  const rng = new Rng("fixture/answers");
  const contexts = new Map<string, string[]>();
  const rows: AnswerRow[] = [];
  forEachAnswer((series, model, length, type, item) => {
    const key = `${item}/${length}`;
    if (!contexts.has(key)) contexts.set(key, utterances(rng, length));
    const lines = contexts.get(key) as string[];
    const whole = lines.join(" ");
    const size = series.method === "ssa" ? 13 : lines.length;
    const segments = [];
    for (let i = 0; i < lines.length; i += size) {
      const note = series.method === "direct" ? "" : i === 0 ? "my dog is rex" : "";
      const raw = series.method === "direct" ? "" : note || "empty";
      segments.push({ text: lines.slice(i, i + size).join(" "), raw, note });
    }
    const question = `what is my dog called (${type})`;
    rows.push({
      item_id: item,
      question_type: type === "abstention" ? "single-session-user" : type,
      abstention: type === "abstention",
      length,
      model,
      method: series.method,
      question,
      gold: "rex",
      segments: JSON.stringify(segments),
      final_prompt: series.method === "ssa"
        ? `<bos> <q> ${question} <r> my dog is rex <a>`
        : `<bos> ${whole} <q> ${question} <a>`,
      raw_output: "rex <eos>",
      answer: "rex",
      prompt_tokens: length + 10,
      generated_tokens: 6,
      finish: "stop",
    });
  });
  return rows;
}

/** Costs of three architectures that grow as the study's did. */
export function costRows(): CostRow[] {
  const lengths = [256, 1024, 4096, 8192];
  const milliseconds: Record<string, number[]> = {
    Mamba: [1.2, 4.1, 17.8, 36],
    Hybrid: [4.3, 27, 370, 1715],
    Transformer: [5.1, 38, 802, 3055],
  };
  return Object.entries(milliseconds).flatMap(([label, times]) =>
    times.map((time, i) => ({
      label,
      length: lengths[i],
      milliseconds: time,
      peak_bytes: label === "Mamba" ? 2e6 + 600 * lengths[i] : 3e6 + 4 * lengths[i] ** 2,
    }))
  );
}

function forEachAnswer(
  visit: (
    series: Series,
    model: string,
    length: number,
    type: typeof QUESTION_TYPES[number] | "abstention",
    item: string,
  ) => void,
): void {
  for (const length of LENGTHS) {
    for (const series of SERIES) {
      for (const model of series.models) {
        for (const type of [...QUESTION_TYPES, "abstention"] as const) {
          for (let i = 0; i < itemsPerType(length); i++) {
            visit(series, model, length, type, `${type}-${length}-${i}`);
          }
        }
      }
    }
  }
}

const WORDS =
  "i you went to the shop and saw a film it was fine thanks for telling me about rain today"
    .split(" ");

function utterances(rng: Rng, tokens: number): string[] {
  const lines: string[] = [];
  for (let n = 0; n < tokens; n += 8) {
    const words = Array.from({ length: 7 }, () => rng.pick(WORDS));
    lines.push(`${n % 16 === 0 ? "user" : "assistant"} ${words.join(" ")}`);
  }
  return lines;
}

/** A bench run of two kernels, one model and one comparison. */
export function benchRun(): BenchRun {
  const common = {
    kernel: null,
    side: "the kit",
    repeats: 5,
    share_of_peak: null,
    bytes: null,
    operations: null,
    peak_bytes: null,
    rate: null,
    unit: null,
  };
  const row = (median_ms: number, rest: Omit<Partial<BenchTableRow>, "median_ms">) =>
    ({ ...common, median_ms, least_ms: median_ms, ...rest }) as BenchTableRow;
  const peak = { part: "peak", shape: "1" } as const;
  const add = { part: "kernel", kernel: "elementwise", operation: "add", shape: "4×4" } as const;
  const product = { part: "kernel", kernel: "matmul", operation: "matmul", shape: "8" } as const;
  const prefill = { part: "model", operation: "prefill", unit: "tokens/s" } as const;
  const peers = { part: "peers", operation: "product", shape: "8" } as const;
  return {
    where: { adapter: "llvmpipe", subgroupSize: 16, date: "2026-11-23", cores: 2 },
    rows: [
      row(1, { ...peak, operation: "peak: copy", rate: 8, unit: "GB/s", bytes: 8e6 }),
      row(1, { ...peak, operation: "peak: add", rate: 64, unit: "GFLOP/s", operations: 64e6 }),
      row(2, {
        ...add,
        rate: 2,
        unit: "GB/s",
        share_of_peak: 0.25,
        bytes: 4e6,
        operations: 1e6,
      }),
      row(2, {
        ...product,
        rate: 32,
        unit: "GFLOP/s",
        share_of_peak: 0.5,
        bytes: 4e6,
        operations: 64e6,
      }),
      row(1, { ...product, kernel: "embedding", rate: 1, unit: "GB/s", bytes: 1e6 }),
      row(32, { ...prefill, shape: "tiny, 64 tokens", rate: 2000, peak_bytes: 1.5e6 }),
      row(768, { ...prefill, shape: "tiny, 1024 tokens", rate: 4000 / 3, peak_bytes: 1.5e6 }),
      row(2, peers),
      row(24, { ...peers, side: "TensorFlow.js 4" }),
      row(1, { ...peers, side: "PyTorch 2" }),
    ],
  };
}
