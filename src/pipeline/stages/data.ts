/**
 * Stages from the corpus to packed training rows: source, notes, packs.
 *
 * @module
 */
import type { Json } from "../../base/canonical_json.ts";
import { writeFileAtomic } from "../../base/files.ts";
import { parseNote } from "../../rwr/note.ts";
import { countNotes, distillBatch } from "../../rwr/distill.ts";
import { checkLabelSpans, checkPackedRow } from "../../rwr/label_checks.ts";
import { type MixingConfig, mixSamples, type TrainingMode } from "../../rwr/mixing.ts";
import { type Packed, type PackingStatistics, packSamples } from "../../rwr/packing.ts";
import {
  CORPUS_VERSION,
  fromSourceTable,
  type SourceRow,
  toSourceTable,
  trainingContexts,
} from "../../sources/mod.ts";
import type { NotesTableRow, SourceTableRow } from "../../tables/mod.ts";
import { readRows, writeRows } from "../../tables/mod.ts";
import { EmbeddedTeacher } from "../../teacher/embedded.ts";
import { measureTeacher } from "../../teacher/measure.ts";
import { impliedAnswerRule } from "../../teacher/verifier.ts";
import { resumeInShards } from "../shards.ts";
import type { Stage } from "../stage.ts";
import { inputPath, type Kit, manifestOf } from "./kit.ts";

/** Share of questions that the generator leaves unanswerable; D_e supplies the rest. */
const NATURAL_ABSENT = 0.25;
/** Tokens of a packed row: two of the longest samples. */
const ROW_LENGTH = 512;
const PACKING = { rowLength: ROW_LENGTH, window: 32, overlong: "drop" } as const;
const NOTES_SHARD = 2000;
/** Source rows held out to watch training, as a share of those it is trained on. */
const HELD_OUT_SHARE = 0.005;

/** Rows of {@linkcode ROW_LENGTH} tokens in one step. */
export function rowsPerStep(tokensPerStep: number): number {
  return Math.max(1, Math.round(tokensPerStep / ROW_LENGTH));
}

/** Training rows of the embedded corpus. */
export function sourceStage(kit: Kit): Stage {
  const { seed, source, finetuning } = kit.profile;
  const config = {
    corpus: CORPUS_VERSION,
    seed,
    rows: source.rows,
    lengths: finetuning.lengths,
    turns: finetuning.turns,
    absent: NATURAL_ABSENT,
    partial: finetuning.partialShare,
  };
  return {
    name: "source",
    inputs: [],
    config,
    version: 1,
    outputs: ["source.arrow"],
    expectedSeconds: 4,
    async run(context) {
      const rows = [
        ...drawRows({ ...config, count: source.rows, split: "train" }),
        ...drawRows({
          ...config,
          count: Math.ceil(source.rows * HELD_OUT_SHARE),
          split: "validation",
        }),
      ];
      const manifest = manifestOf(context, kit, config, 0, false);
      await writeRows(context.output("source.arrow"), "source", rows, manifest);
    },
  };
}

/** At least `count` rows: those of a context stay together. */
function drawRows(options: Parameters<typeof trainingContexts>[0]): SourceTableRow[] {
  const rows: SourceTableRow[] = [];
  for (const context of trainingContexts(options)) {
    if (rows.length >= options.count) break;
    rows.push(...context.rows.map(toSourceTable));
  }
  return rows;
}

/** The teacher's notes, verified; what it got right is measured against the evidence labels. */
export function notesStage(kit: Kit): Stage {
  const teacher = new EmbeddedTeacher();
  const config = {
    teacher: teacher.name,
    format: kit.format.name,
    verifier: impliedAnswerRule.rule,
    rule: impliedAnswerRule.version,
  };
  return {
    name: "notes",
    inputs: ["source"],
    config,
    version: 1,
    outputs: ["notes.arrow", "teacher.json"],
    expectedSeconds: 10,
    async run(context) {
      const source = await readRows(inputPath(context, "source/source.arrow"), "source");
      const distillation = { teacher, verifier: impliedAnswerRule, format: kit.format };
      const notes = await resumeInShards<NotesTableRow>(
        context,
        { name: "notes", total: source.length, shardSize: NOTES_SHARD },
        (start, end) => distillBatch(source.slice(start, end).map(fromSourceTable), distillation),
      );
      const manifest = manifestOf(context, kit, config, source.length, false);
      await writeRows(context.output("notes.arrow"), "notes", notes, manifest);
      await writeFileAtomic(context.output("teacher.json"), teacherReport(source, notes));
    },
  };
}

function teacherReport(source: readonly SourceTableRow[], notes: readonly NotesTableRow[]): string {
  const evidence = new Map(source.map((row) => [row.row_id, row.evidence]));
  const measured = notes.filter(({ role, note }) => role === "full" && note !== null).map((
    row,
  ) => ({
    questionType: row.question_type,
    note: parseNote(row.note!),
    evidence: evidence.get(row.row_id)!,
  }));
  const { rejected, ...counts } = countNotes(notes);
  const report = {
    counts: { ...counts, rejected: Object.fromEntries(rejected) },
    agreement: Object.fromEntries(measureTeacher(measured)),
  };
  return JSON.stringify(report, null, 2) + "\n";
}

/** Packed rows for one way of training; both ways see the same questions in the same order. */
export function packsStage(kit: Kit, mode: TrainingMode): Stage {
  const { seed, finetuning } = kit.profile;
  const mixing = {
    seed,
    epochs: 1,
    turns: finetuning.turns,
    emptyShare: finetuning.absentShare,
    directShare: 0,
    notesShare: finetuning.notesGivenShare,
    notesTurns: 6,
    notesEmptyShare: 0.1,
  };
  const config = {
    mode,
    mixing,
    packing: PACKING,
    tokenizer: kit.tokenizer.hash,
    format: kit.format.name,
  } as unknown as Json;
  return {
    name: `packs-${mode}`,
    inputs: ["source", "notes"],
    config,
    version: 1,
    outputs: ["packs.arrow", "held-out.arrow", "packing.json"],
    expectedSeconds: 6,
    async run(context) {
      const source = await readRows(inputPath(context, "source/source.arrow"), "source");
      const notes = await readRows(inputPath(context, "notes/notes.arrow"), "notes");
      const statistics: Record<string, PackingStatistics> = {};
      for (const [split, file] of [["train", "packs.arrow"], ["validation", "held-out.arrow"]]) {
        const rows = source.filter((row) => row.split === split).map(fromSourceTable);
        const ids = new Set(rows.map(({ rowId }) => rowId));
        const packed = pack(kit, mode, mixing, rows, notes.filter(({ row_id }) => ids.has(row_id)));
        statistics[split] = packed.statistics;
        const manifest = manifestOf(context, kit, config, packed.statistics.samples, false);
        await writeRows(context.output(file), "packs", packed.rows, manifest);
      }
      await writeFileAtomic(
        context.output("packing.json"),
        JSON.stringify(statistics, null, 2) + "\n",
      );
    },
  };
}

/** Mixes and packs the rows of one split, and proves every label span. */
function pack(
  { tokenizer, format }: Kit,
  mode: TrainingMode,
  mixing: MixingConfig,
  source: readonly SourceRow[],
  notes: readonly NotesTableRow[],
): Packed {
  const samples = mixSamples({ source, notes, format, tokenizer }, mode, mixing);
  samples.forEach((sample, i) => checkLabelSpans(sample, tokenizer, `sample ${i}`));
  const packed = packSamples(samples, tokenizer.tokenId("<pad>") ?? 0, PACKING);
  packed.rows.forEach((row, i) => checkPackedRow(row, tokenizer.vocabSize, `packed row ${i}`));
  return packed;
}
