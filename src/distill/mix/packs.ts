/**
 * Which samples go into which pack, from their lengths alone, and the parts of the packs table, each
 * made by itself from the samples' files.
 *
 * @module
 */
import { HaltError } from "../../base/errors.ts";
import { exists } from "../../base/files.ts";
import { checkPackedRow } from "../../rwr/label_checks.ts";
import { assignRows, packRow, type Piece } from "../../rwr/packing.ts";
import { type ManifestInput, writeRows } from "../../tables/mod.ts";
import type { Tokenizer } from "../../tokenizer/mod.ts";
import { isMade, partPath } from "../parts.ts";
import { WINDOW } from "./config.ts";
import { readSamples } from "./sample_file.ts";
import type { SampleIndex } from "./sample_index.ts";

/** Tokens of a part of the packs table: 20 MiB. */
const PART_TOKENS = 2 ** 20;
/** Tokens of the parts that are made from one reading of the samples' files: 48 MiB of samples. */
const READ_TOKENS = 2 ** 22;

/** The samples of each pack. */
export class PackPlan {
  /** Packs. */
  readonly packs: number;
  /** Packs of a part; the last may have fewer. */
  readonly packsPerPart: number;
  /** Parts. */
  readonly parts: number;
  readonly #starts: Uint32Array;
  readonly #members: Uint32Array;

  /**
   * Plans the packs.
   *
   * @param order Samples in the order in which they are packed.
   * @param length Tokens of a pack.
   */
  constructor(index: SampleIndex, order: Uint32Array, readonly length: number) {
    const lengths = order.map((i) => index.tokensOf(i));
    const packOf = assignRows(lengths, { rowLength: length, window: WINDOW });
    this.packs = packOf.reduce((most, pack) => Math.max(most, pack + 1), 0);
    this.packsPerPart = Math.max(1, Math.floor(PART_TOKENS / length));
    this.parts = Math.ceil(this.packs / this.packsPerPart);
    this.#starts = new Uint32Array(this.packs + 1);
    for (const pack of packOf) this.#starts[pack + 1]++;
    for (let pack = 0; pack < this.packs; pack++) this.#starts[pack + 1] += this.#starts[pack];
    const next = this.#starts.slice();
    this.#members = new Uint32Array(order.length);
    packOf.forEach((pack, at) => this.#members[next[pack]++] = order[at]);
  }

  /** Samples of a pack, in order. */
  samples(pack: number): Uint32Array {
    return this.#members.subarray(this.#starts[pack], this.#starts[pack + 1]);
  }

  /** The packs of a part: from the first to before the last. */
  packsOf(part: number): [from: number, to: number] {
    const from = part * this.packsPerPart;
    return [from, Math.min(this.packs, from + this.packsPerPart)];
  }
}

/** What the parts are written with. */
export interface PackWriting {
  /** Folder of the parts. */
  readonly directory: string;
  /** What the plan is about. */
  readonly index: SampleIndex;
  /** Path of a samples' file by its number. */
  readonly path: (file: number) => string;
  /** Fills packs up. */
  readonly tokenizer: Tokenizer;
  /** The manifest of a part. */
  readonly manifest: (part: number) => Omit<ManifestInput, "rowsIn">;
  /** Aborted when the user asks to stop. */
  readonly signal?: AbortSignal;
  /** Told of every part that is there. */
  readonly onPart: (done: number) => void;
}

/** Writes the parts that are not there, and removes those of an earlier mix that had more. */
export async function writePacks(plan: PackPlan, writing: PackWriting): Promise<void> {
  const { directory } = writing;
  let done = 0;
  const todo: number[] = [];
  for (let part = 0; part < plan.parts; part++) {
    const made = await isMade(partPath(directory, part), "packs", writing.manifest(part));
    if (made) writing.onPart(++done);
    else todo.push(part);
  }
  const together = Math.max(1, Math.floor(READ_TOKENS / (plan.packsPerPart * plan.length)));
  for (let from = 0; from < todo.length; from += together) {
    const parts = todo.slice(from, from + together);
    const pieces = gather(plan, parts, writing);
    for (const part of parts) {
      if (writing.signal?.aborted) {
        throw new HaltError("stopped; the same command goes on from here");
      }
      await writePart(plan, part, pieces, writing);
      writing.onPart(++done);
    }
  }
  for (let part = plan.parts; await exists(partPath(directory, part)); part++) {
    await Deno.remove(partPath(directory, part));
  }
}

/** The samples of some parts, file by file. */
function gather(
  plan: PackPlan,
  parts: readonly number[],
  { index, path }: PackWriting,
): Map<number, Piece> {
  const wanted = parts.flatMap((part) => {
    const [from, to] = plan.packsOf(part);
    return Array.from({ length: to - from }, (_, i) => [...plan.samples(from + i)]).flat();
  });
  const pieces = new Map<number, Piece>();
  for (const [file, samples] of Map.groupBy(wanted, (i) => index.at(i).file)) {
    // In the file's own order, so that it is read from start to end.
    const places = samples.map((i) => ({ i, ...index.at(i) })).sort((a, b) => a.offset - b.offset);
    readSamples(path(file), places).forEach((piece, at) => pieces.set(places[at].i, piece));
  }
  return pieces;
}

async function writePart(
  plan: PackPlan,
  part: number,
  pieces: ReadonlyMap<number, Piece>,
  { directory, tokenizer, manifest }: PackWriting,
): Promise<void> {
  const [from, to] = plan.packsOf(part);
  const padToken = tokenizer.tokenId("<pad>") ?? 0;
  let rowsIn = 0;
  const rows = Array.from({ length: to - from }, (_, i) => {
    const samples = plan.samples(from + i);
    rowsIn += samples.length;
    const row = packRow(
      Array.from(samples, (sample) => pieces.get(sample)!),
      padToken,
      plan.length,
    );
    checkPackedRow(row, tokenizer.vocabSize, `pack ${from + i}`);
    return row;
  });
  await writeRows(partPath(directory, part), "packs", rows, { ...manifest(part), rowsIn });
}
