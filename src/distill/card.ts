/**
 * `card.md`: what a distilled set is, in the form of Hugging Face's dataset cards, written from the
 * run's tables alone.
 *
 * @module
 */
import { writeFileAtomic } from "../base/files.ts";
import { unknownAnswer } from "../teacher/verifier.ts";
import type { LengthSummary } from "./lengths.ts";
import type { RunFacts } from "./run_facts.ts";
import { acceptanceRows, agreementRows, reasonRows, rejectRows, stratumRows } from "./tables.ts";

/** Writes the card of a finished run into its folder. */
export async function writeCard(directory: string, facts: RunFacts): Promise<void> {
  await writeFileAtomic(`${directory}/card.md`, cardText(facts));
}

/** The card's text; the same facts give the same text. */
export function cardText(facts: RunFacts): string {
  const parts = [
    head(facts),
    introduction(facts),
    ["## How many", markdown(["set", "rows"], countRows(facts)), "### By source and template"],
    markdown(
      ["source", "rows", "D_f", "D_e", "accepted", "95 % interval"],
      acceptanceRows(facts).map(([type, rows, full, empty, share, low, high]) => [
        ...[type, rows, full, empty, percent(share), `${percent(low)} to ${percent(high)}`],
      ]),
    ),
    "### Rejected",
    markdown(["what was asked", "rule", "rows"], rejectRows(facts)),
    source(facts),
    made(facts),
    lengths(facts),
    agreement(facts),
    LOADING,
    LIMITS,
    `## Files\n\n\`notes/\` has the hash \`${facts.notesHash}\` (SHA-256 over those of its parts), ` +
    `\`selection.json\` the configuration \`${facts.selection.configHash}\`.`,
  ];
  return `${parts.flat().join("\n\n")}\n`;
}

function head({ summary: { all }, selection }: RunFacts): string {
  return `---
license: ${isOpenOrca(selection) ? "mit" : "unknown"}
language: en
task_categories: [question-answering, summarization]
size_categories: ${sizeCategory(all.full + all.empty)}
tags: [recall-with-reasoning, chain-of-thought, distillation, long-context, mamba]
---

# Notes for Recall with Reasoning`;
}

function sizeCategory(rows: number): string {
  const names = ["n<1K", "1K<n<10K", "10K<n<100K", "100K<n<1M", "1M<n<10M"];
  return names[Math.max(0, Math.min(4, Math.floor(Math.log10(Math.max(1, rows))) - 2))];
}

function introduction({ summary: { all } }: RunFacts): string {
  return `A teacher model read ${all.rows} contexts, each with a query, and wrote down what of the ` +
    `context the query needs; a verifier checked every note against the known answer. The set is ` +
    `made for fine-tuning a model to recall such a note before it answers (Recall with Reasoning, ` +
    `[arXiv 2505.03320](https://arxiv.org/abs/2505.03320)).

- **D_f**: notes over whole contexts from which the answer follows.
- **D_e**: empty notes over the same contexts without the passages that hold the answer, with the
  answer "${unknownAnswer}".

Rows that failed a check are in the tables too, with the rule and the reason.`;
}

function countRows({ summary: { all, rejected } }: RunFacts): [string, number][] {
  const lost = Object.values(rejected).reduce((sum, rows) => sum + rows, 0);
  return [
    ["source rows", all.rows],
    ["D_f", all.full],
    ["D_e", all.empty],
    ["rejected, of both kinds", lost],
  ];
}

interface SelectionConfigJson {
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
  readonly seed: number;
  readonly limits: Readonly<Record<string, number>>;
  readonly contamination: {
    readonly files: Readonly<Record<string, { readonly items: number }>>;
  } | null;
}

const configOf = ({ config }: RunFacts["selection"]) => config as unknown as SelectionConfigJson;

/** OpenOrca's own two files. */
function isOpenOrca(selection: RunFacts["selection"]): boolean {
  const { files } = configOf(selection);
  return files.every(({ name }) => /(^|\/)(1M-GPT4|3_5M-GPT3_5)-Augmented\.parquet$/.test(name));
}

function source(facts: RunFacts): string {
  const { selection } = facts;
  const { files, seed, limits, contamination } = configOf(selection);
  const compared = contamination === null
    ? "The rows were compared with no evaluation."
    : `The rows were compared with ${
      Object.entries(contamination.files).map(([name, { items }]) => `${name} (${items} items)`)
        .join(", ")
    } by runs of words; ${selection.reasons.contaminated} rows that overlap were left out.`;
  const items = Object.entries(selection.contamination).map(([item, { rows, words }]) =>
    [item, rows, words] as const
  );
  const licence = isOpenOrca(selection)
    ? "OpenOrca is under the MIT licence."
    : "The licence of these files is not known to the kit.";
  return [
    "## Source",
    `${licence} Contexts and queries were cut out of its prompts by templates, drawn by ` +
    `seed ${seed} within ${
      Object.entries(limits).map(([name, value]) => `${name} ${value}`).join(", ")
    }.`,
    markdown(["file", "bytes"], files.map(({ name, bytes }) => [name, bytes])),
    markdown(["collection", "read", "could be drawn", "drawn"], stratumRows(facts)),
    reasonRows(facts).length > 0
      ? markdown(["why a row was left out", "rows"], reasonRows(facts))
      : "No row was left out.",
    compared,
    ...(items.length > 0
      ? [markdown(["item of an evaluation", "rows", "shared words"], items)]
      : []),
  ].join("\n\n");
}

function made({ manifest, rules }: RunFacts): string {
  const { teacher, verifier } = manifest.config as { teacher: string; verifier: string };
  return `## How it was made

${markdown(["who", "what"], [["teacher and its prompts", teacher], ["verifier", verifier]])}

Of the prompts only the words "Please extract a note relevant to the query:" are known to be the
paper's. All requests were greedy. Verdicts are by these rules:

${rules.map((rule) => `- ${escape(rule)}`).join("\n")}`;
}

function lengths({ lengths: { contexts, notes } }: RunFacts): string {
  const row = (name: string, found: LengthSummary | null) =>
    found === null
      ? []
      : [[name, found.count, found.least, found.lower, found.median, found.upper, found.most]];
  const header = ["in words", "texts", "least", "lower quartile", "median", "upper quartile"];
  return `## Lengths\n\n${
    markdown([...header, "most"], [
      ...row("contexts", contexts),
      ...row("accepted notes", notes),
    ])
  }`;
}

function agreement(facts: RunFacts): string {
  const { reasked } = facts.summary;
  const again = reasked?.share
    ? `The verifier was asked a second time about ${reasked.asked} notes and gave the same verdict ` +
      `on ${percent(reasked.share.mean)} (${percent(reasked.share.low)} to ${
        percent(reasked.share.high)
      }; Cohen's kappa ${reasked.kappa?.toFixed(3) ?? "undefined"}).`
    : "No note was judged a second time.";
  const header = ["one", "the other", "notes", "agreement", "Cohen's kappa"];
  return `## How verifiers agree\n\n${again} On the notes of the first thousand rows, with rules ` +
    `beside the verdicts on record:\n\n${markdown(header, agreementRows(facts))}`;
}

const LOADING = `## Loading

\`\`\`ts
import { readRows } from "@rwr/kit";

const rows = await readRows("notes/part-00000.arrow", "notes");
const notes = rows.filter(({ set }) => set === "D_f");
\`\`\`

\`\`\`python
import pyarrow as pa

rows = pa.ipc.open_file("notes/part-00000.arrow").read_pandas()
notes = rows[rows["set"] == "D_f"]
\`\`\``;

const LIMITS = `## Known limits

Notes, verdicts and located passages are a model's: no person read them. A note can hold the answer
for a wrong reason, and a verifier can be wrong. Templates cut prompts that were never meant to be
cut; what none fits is left out, so the set is no fair sample of its source.`;

type Cell = string | number | null;

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const escape = (text: string): string =>
  text.replace(/[\\`*_{}[\]<>|#]/g, "\\$&").replace(/\s+/g, " ");

/** A table; numbers stand right. */
function markdown(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const right = header.map((_, i) => rows.every((row) => typeof row[i] === "number"));
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const shown = (cell: Cell) => cell === null ? "" : escape(String(cell));
  return [
    line(header),
    line(right.map((is) => is && rows.length > 0 ? "---:" : "---")),
    ...rows.map((row) => line(row.map(shown))),
  ].join("\n");
}
