/**
 * `report.html` of a distillation run: how many notes stood up, where they are from, how long they
 * are, how far verifiers agree, and examples of each fate.
 *
 * @module
 */
import { writeFileAtomic } from "../base/files.ts";
import { escapeHtml } from "../figures/export/html.ts";
import { acceptance, noteLength, selectionShares } from "../figures/mod.ts";
import {
  figureHtml,
  measurementsHtml,
  page,
  type PagePart,
  partsHtml,
  type ReportFigure,
  type ReportTable,
} from "../report/mod.ts";
import type { NotesTableRow } from "../tables/mod.ts";
import type { RunFacts } from "./run_facts.ts";
import { acceptanceRows, agreementRows, reasonRows, rejectRows, stratumRows } from "./tables.ts";

/** Groups of the figure; the table has them all. */
const MOST_GROUPS = 20;
/** Characters of an example's text. */
const MOST_TEXT = 4000;

/** Writes the report of a finished run into its folder. */
export async function writeDistillationReport(directory: string, facts: RunFacts): Promise<void> {
  await writeFileAtomic(`${directory}/report.html`, await reportPage(facts));
}

/** The report's text; the same facts give the same text. */
export async function reportPage(facts: RunFacts): Promise<string> {
  const figures = figuresOf(facts);
  const title = "Distilled notes";
  return await page({
    title,
    manifestHash: facts.notesHash,
    body: partsHtml(title, parts(facts, new Map(figures.map((figure) => [figure.id, figure])))),
    figures,
  });
}

const paragraph = (text: string): string => `<p>${escapeHtml(text)}</p>`;
const table = (title: string, header: readonly string[], rows: ReportTable["rows"]): string =>
  rows.length === 0 ? "" : measurementsHtml({ title, header, rows });
const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;

function figuresOf(facts: RunFacts): ReportFigure[] {
  const rows = acceptanceRows(facts);
  const shown = [...rows.slice(0, -1).slice(0, MOST_GROUPS), rows[rows.length - 1]];
  const groups = shown.map(([name, rows, , , share, low, high]) => ({
    ...{ name, rows, share },
    interval: [low, high] as const,
  }));
  const notes = facts.noteLengths.filter(({ noteWords, contextWords }) =>
    noteWords > 0 && contextWords > 0
  );
  const strata = Object.entries(facts.selection.strata).map(([name, counts]) => ({
    name,
    ...counts,
  }));
  return [
    {
      id: "acceptance",
      title: "Accepted notes by source and template",
      caption:
        "Share of rows whose note over the whole context was accepted (D_f); the number on " +
        "the right is the number of rows.",
      figure: acceptance({ groups }),
    },
    ...(notes.length === 0 ? [] : [{
      id: "note-length",
      title: "Length of notes against length of contexts",
      caption: "Accepted notes over whole contexts; a sample by hash where there are many.",
      figure: noteLength({ notes }),
    }]),
    {
      id: "selection",
      title: "Rows of the source, drawn and left out",
      caption:
        "Rows of the source by collection: drawn for this run, fit but not drawn, and left " +
        "out for one of the reasons below.",
      figure: selectionShares({ groups: strata }),
    },
  ];
}

function parts(facts: RunFacts, figures: ReadonlyMap<string, ReportFigure>): PagePart[] {
  const figure = (id: string): string => figures.has(id) ? figureHtml(figures.get(id)!) : "";
  return [
    { id: "outcome", title: "What came out", html: outcome(facts) },
    {
      id: "by-source",
      title: "By source and template",
      html: figure("acceptance") + table(
        "Accepted notes; intervals are Wilson's, 95%",
        ["source", "rows", "D_f", "D_e", "accepted", "interval"],
        acceptanceRows(facts).map(([type, rows, full, empty, share, low, high]) => [
          ...[type, rows, full, empty, percent(share), `${percent(low)} to ${percent(high)}`],
        ]),
      ),
    },
    {
      id: "rejects",
      title: "What was rejected",
      html: table("Rows of the notes table in no set", ["asked for", "rule", "rows"], [
        ...rejectRows(facts),
      ]),
    },
    { id: "lengths", title: "Lengths", html: figure("note-length") + lengthTable(facts) },
    { id: "verifiers", title: "How verifiers agree", html: verifiers(facts) },
    { id: "selection", title: "How rows were selected", html: figure("selection") + chosen(facts) },
    { id: "examples", title: "Examples", html: examples(facts) },
    { id: "origin", title: "Where this comes from", html: origin(facts) },
  ];
}

function outcome({ summary: { all, notes } }: RunFacts): string {
  const share = all.rows === 0 ? "" : ` (${percent(all.full / all.rows)})`;
  return paragraph(
    `Of ${all.rows} source rows, ${all.full}${share} have a note over the whole context from which ` +
      `the answer follows (D_f); of those, ${all.empty} also have an empty note over the context ` +
      "without the passages that hold the answer (D_e).",
  ) +
    paragraph(
      `The teacher read ${notes.promptTokens} tokens and wrote ${notes.completionTokens} for the ` +
        `rows of the notes table, for $${notes.costUsd.toFixed(4)}; what verdicts and located ` +
        "passages cost stands in the request log.",
    );
}

function lengthTable({ lengths: { contexts, notes } }: RunFacts): string {
  const rows = Object.entries({ contexts, "accepted notes": notes }).flatMap(([name, found]) =>
    found
      ? [[name, found.count, found.least, found.lower, found.median, found.upper, found.most]]
      : []
  );
  const header = ["in words", "texts", "least", "lower quartile", "median", "upper quartile"];
  return table("Words of contexts and of notes", [...header, "most"], rows);
}

function verifiers(facts: RunFacts): string {
  const { reasked } = facts.summary;
  const again = reasked?.share
    ? `Asked a second time about ${reasked.asked} notes, the verifier gave the same verdict on ` +
      `${percent(reasked.share.mean)} of those that it judged (${percent(reasked.share.low)} to ` +
      `${percent(reasked.share.high)}; Cohen's kappa ${reasked.kappa?.toFixed(3) ?? "undefined"}).`
    : "No note was judged a second time.";
  const rows = agreementRows(facts);
  return paragraph(again) +
    table(
      "Verdicts on record beside rules that need no model, on the notes of the first part",
      ["one", "the other", "notes", "agreement", "Cohen's kappa"],
      rows,
    );
}

function chosen(facts: RunFacts): string {
  const items = Object.entries(facts.selection.contamination).map(([item, { rows, words }]) =>
    [item, rows, words] as const
  );
  return table("Rows by collection", ["collection", "read", "fit", "drawn"], stratumRows(facts)) +
    table("Why rows were left out", ["reason", "rows"], reasonRows(facts)) +
    table(
      "Items of evaluations that rows share words with; those rows were left out",
      ["item", "rows", "shared words"],
      items,
    );
}

function examples({ examples }: RunFacts): string {
  return [...examples].map(([kind, rows]) => {
    const shown = rows.map((row) =>
      `<details><summary>${escapeHtml(cut(row.query, 160))}</summary>${example(row)}</details>`
    );
    return `<h3>${escapeHtml(kind)}</h3>\n${shown.join("\n")}`;
  }).join("\n");
}

function example(row: NotesTableRow): string {
  const texts: Readonly<Record<string, string | null>> = {
    query: row.query,
    answer: row.answer,
    "the teacher's reply": row.raw_note,
    note: row.note,
    [`verdict by ${row.rule ?? "nobody"}`]: `${row.verdict}: ${row.reason}`,
    error: row.error,
    context: row.context,
  };
  return Object.entries(texts).filter(([, text]) => text !== null).map(([name, text]) =>
    `<p class="muted">${escapeHtml(name)}</p><blockquote>${
      escapeHtml(cut(text!, MOST_TEXT)).replaceAll("\n", "<br>")
    }</blockquote>`
  ).join("");
}

const cut = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most)} … (${text.length - most} characters more)`;

function origin({ manifest, rules, selection, notesHash }: RunFacts): string {
  const config = manifest.config as { readonly teacher: string; readonly verifier: string };
  const { files } = selection.config as {
    readonly files: readonly { readonly name: string; readonly bytes: number }[];
  };
  return table("Who and what", ["what", "value"], [
    ["teacher and its prompts", config.teacher],
    ["verifier", config.verifier],
    ["rules", rules.join("; ")],
    ["code", manifest.code],
    ["Deno", manifest.deno],
    ["selection", selection.configHash],
    ["rows read", selection.rowsHash],
    ["notes", notesHash],
  ]) +
    table("Files of the source", ["file", "bytes"], files.map(({ name, bytes }) => [name, bytes]));
}
