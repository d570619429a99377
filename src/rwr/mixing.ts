/**
 * Training samples from accepted notes: several question turns a context, D_f and D_e mixed, for
 * direct answers (`sft`) and for recall with reasoning (`rwr`) over the same rows.
 *
 * @module
 */
import { type Decoder, integer, number, object } from "../base/config.ts";
import { DataError } from "../base/errors.ts";
import { Rng } from "../base/rng.ts";
import type { SourceRow } from "../sources/items.ts";
import type { NotesTableRow } from "../tables/mod.ts";
import { splitSentences, splitUtterances } from "../teacher/text.ts";
import type { Tokenizer } from "../tokenizer/mod.ts";
import { parseNote } from "./note.ts";
import { keptUtterances, noteInContextOrder, removablePieces } from "./passages.ts";
import type { PromptFormat } from "./prompts.ts";
import { buildSample, type SamplePart, type TrainingSample, turnParts } from "./sample.ts";

/** What is learnt: answers at once, or a note and then the answer. */
export type TrainingMode = "sft" | "rwr";

/** How rows are mixed. */
export interface MixingConfig {
  /** Decides roles, order and notes samples. */
  readonly seed: number;
  /** How often every context is seen, each time with its roles drawn anew. */
  readonly epochs: number;
  /** Most question turns on one context. */
  readonly turns: number;
  /**
   * Share of turns whose note is to be empty. Rows that are unanswerable by nature count; D_e
   * supplies the rest. Where nature alone gives more, nothing is added.
   */
  readonly emptyShare: number;
  /** In `rwr`, the share of turns that are answered at once (the paper mixes the source in). */
  readonly directShare: number;
  /** In `rwr`, the share of samples that answer from given notes, without a context. */
  readonly notesShare: number;
  /** Turns of such a sample. */
  readonly notesTurns: number;
  /** Share of such turns whose given note is empty. */
  readonly notesEmptyShare: number;
}

/** Decodes a {@linkcode MixingConfig}. */
export const mixingConfig: Decoder<MixingConfig> = object({
  seed: integer(),
  epochs: integer(1),
  turns: integer(1),
  emptyShare: number(0, 1),
  directShare: number(0, 1),
  notesShare: number(0, 0.9),
  notesTurns: integer(1),
  notesEmptyShare: number(0, 1),
});

/** Rows and the words they are put in. */
export interface MixingInput {
  /** Source rows, for the contexts that rows share. */
  readonly source: readonly SourceRow[];
  /** Notes rows; the rejected ones are passed over. */
  readonly notes: readonly NotesTableRow[];
  /** The prompts. */
  readonly format: PromptFormat;
  /** The model's tokenizer. */
  readonly tokenizer: Tokenizer;
}

/** A source row with its accepted notes. */
interface Pair {
  readonly row: SourceRow;
  readonly note: string;
  readonly removed: NotesTableRow | undefined;
}

/** A turn as drawn: the row, whether its answer was removed, whether it is answered at once. */
interface Turn {
  readonly pair: Pair;
  readonly removed: boolean;
  readonly direct: boolean;
}

/**
 * Makes the samples of all epochs in training order. Both modes draw the same turns on the same
 * contexts in the same order; `rwr` has its notes samples spread evenly between them.
 *
 * @throws {DataError} where no note was accepted, or an accepted note has no source row.
 */
export function mixSamples(
  input: MixingInput,
  mode: TrainingMode,
  config: MixingConfig,
): TrainingSample[] {
  const pairs = acceptedPairs(input);
  const chance = removalChance(pairs, input.format, config.emptyShare);
  const groups = [...Map.groupBy(pairs, ({ row }) => row.contextId).values()];
  const samples: TrainingSample[] = [];
  for (let epoch = 0; epoch < config.epochs; epoch++) {
    const rng = new Rng(`${config.seed}/mixing/${epoch}`);
    for (const group of rng.shuffle(groups)) {
      samples.push(contextSample(drawTurns(group, chance, config, rng), mode, input));
    }
  }
  if (mode === "sft") return samples;
  const count = Math.round(samples.length * config.notesShare / (1 - config.notesShare));
  return interleave(samples, notesSamples(pairs, count, input, config));
}

function acceptedPairs({ source, notes, format }: MixingInput): Pair[] {
  const rows = new Map(source.map((row) => [row.rowId, row]));
  const removed = new Map(
    notes.filter(({ set }) => set === "D_e").map((note) => [note.row_id, note]),
  );
  const pairs = notes.filter(({ set }) => set === "D_f").map((full) => {
    const row = rows.get(full.row_id);
    if (!row) {
      throw new DataError(
        `mixing training rows: found a note for row ${full.row_id}, which is not among the ` +
          `${source.length} source rows; give the source table that the notes were made from`,
      );
    }
    return { row, note: acceptedNote(full, format), removed: removed.get(full.row_id) };
  });
  if (pairs.length === 0) {
    throw new DataError(
      `mixing training rows: found no accepted note among ${notes.length} rows, expected some; ` +
        `see the reasons in the notes table`,
    );
  }
  return pairs;
}

/** The note of an accepted row in the words of `format`; notes may be made with another's literal. */
export function acceptedNote({ note }: NotesTableRow, format: PromptFormat): string {
  return parseNote(note ?? "") === "" ? format.emptyNote : note!;
}

/** With what chance a row that has a D_e twin appears as it, so that the share is reached. */
function removalChance(pairs: readonly Pair[], format: PromptFormat, share: number): number {
  const natural = pairs.filter(({ note }) => note === format.emptyNote).length;
  const twins = pairs.filter(({ removed }) => removed !== undefined).length;
  if (twins === 0) return 0;
  return Math.min(1, Math.max(0, (share * pairs.length - natural) / twins));
}

function drawTurns(
  group: readonly Pair[],
  chance: number,
  config: MixingConfig,
  rng: Rng,
): Turn[] {
  const drawn = rng.sample(group, config.turns).map((pair) => ({
    pair,
    removed: rng.uniform() < chance && pair.removed !== undefined,
    direct: rng.uniform() < config.directShare,
  }));
  return withoutConflicts(drawn);
}

/** Takes removals back that would cut a sentence out that another turn's note needs. */
function withoutConflicts(turns: readonly Turn[]): Turn[] {
  let settled = [...turns];
  for (const turn of turns.filter(({ removed }) => removed)) {
    const left = splitUtterances(turn.pair.removed!.context).map((text) => text.toLowerCase());
    const needed = settled.filter((other) => !other.removed)
      .flatMap(({ pair }) => splitSentences(pair.note.toLowerCase()))
      .filter((sentence) => pairHolds(turn.pair, sentence));
    if (needed.every((sentence) => left.some((text) => text.includes(sentence)))) continue;
    settled = settled.map((other) => other === turn ? { ...turn, removed: false } : other);
  }
  return settled;
}

const pairHolds = ({ row }: Pair, sentence: string): boolean =>
  row.context.toLowerCase().includes(sentence);

function contextSample(
  turns: readonly Turn[],
  mode: TrainingMode,
  { format, tokenizer }: MixingInput,
): TrainingSample {
  const parts: SamplePart[] = [{ text: format.opening(sharedContext(turns)), response: false }];
  for (const { pair, removed, direct } of turns) {
    const { query } = pair.row;
    const answer = removed ? format.unknownAnswer : pair.row.answer;
    const note = removed ? format.emptyNote : pair.note;
    const atOnce = mode === "sft" || direct;
    parts.push(...turnParts({ query, note: atOnce ? null : note, answer }, format));
  }
  return buildSample(parts, turns.map(({ pair }) => pair.row.rowId), tokenizer);
}

/** The turns' context without what was removed for any of them. */
function sharedContext(turns: readonly Turn[]): string {
  const { context } = turns[0].pair.row;
  const removals = turns.filter(({ removed }) => removed);
  if (removals.length === 0) return context;
  const kept = removals.map(({ pair }) => new Set(keptUtterances(context, pair.removed!.context)));
  return removablePieces(context).filter((_, i) => kept.every((set) => set.has(i))).join("")
    .trimEnd();
}

/** Samples that answer from notes: the note is prompt, the loss falls on the answer alone. */
function notesSamples(
  pairs: readonly Pair[],
  count: number,
  input: MixingInput,
  config: MixingConfig,
): TrainingSample[] {
  const rng = new Rng(`${config.seed}/notes`);
  const isEmpty = ({ note }: Pair): boolean => note === input.format.emptyNote;
  const filled = drawer(pairs.filter((pair) => !isEmpty(pair)), rng);
  const empty = drawer(pairs.filter(isEmpty), rng);
  return Array.from({ length: count }, () => {
    const turns = new Map<string, Pair>();
    for (let i = 0; i < config.notesTurns; i++) {
      const [first, second] = rng.uniform() < config.notesEmptyShare
        ? [empty, filled]
        : [filled, empty];
      const pair = (first() ?? second())!;
      turns.set(pair.row.query, pair);
    }
    return notesSample([...turns.values()], input);
  });
}

/** Hands rows out in random order, each once before any comes again. */
function drawer(pairs: readonly Pair[], rng: Rng): () => Pair | undefined {
  let queue: Pair[] = [];
  return () => {
    if (queue.length === 0) queue = rng.shuffle(pairs);
    return queue.pop();
  };
}

function notesSample(turns: readonly Pair[], { format, tokenizer }: MixingInput): TrainingSample {
  const parts: SamplePart[] = turns.flatMap(({ row, note }, i) => {
    const given = noteInContextOrder(row.context, note);
    const turn = format.notesTurn(row.query, given);
    return [
      { text: i === 0 ? (format.opening("") + turn).trimStart() : turn, response: false },
      { text: format.directResponse(row.answer), response: true },
    ];
  });
  return buildSample(parts, turns.map(({ row }) => row.rowId), tokenizer);
}

/** `others` at even distances between `samples`, both in their order. */
function interleave<T>(samples: readonly T[], others: readonly T[]): T[] {
  const out: T[] = [];
  let next = 0;
  samples.forEach((sample, i) => {
    out.push(sample);
    while (next < others.length && next < (i + 1) * others.length / samples.length) {
      out.push(others[next++]);
    }
  });
  return out;
}
