/**
 * Tokenized samples of one part on the disk, so that they are tokenized once, and read back a few at
 * a time in another order. Files of a mix under way; they are removed when it is done.
 *
 * Little-endian 32-bit integers: the number of samples, {@linkcode HEADER} numbers for each, and
 * then, for each that fits a pack, its row's id and its tokens.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { DataError } from "../../base/errors.ts";
import { writeFileAtomic } from "../../base/files.ts";
import { checkLabelSpans } from "../../rwr/label_checks.ts";
import { buildSample, labelledSample } from "../../rwr/sample.ts";
import type { Piece } from "../../rwr/packing.ts";
import type { Tokenizer } from "../../tokenizer/mod.ts";
import { MIX_SETS, type MixSample } from "./samples.ts";

/** What may become of a sample; the last two are why it is in no pack. */
export const FATES = ["fits", "longer than a pack", "changed by the tokenizer"] as const;

/** Numbers of a sample's header: two of its rank, its draw, set, fate, tokens, those of the prompt. */
const HEADER = 7;
/** A SHA-256. */
const ID_WORDS = 8;
const HEX = 8;

/** A sample as its header says. */
export interface SampleHeader {
  /** Orders samples; below 2^53. */
  readonly rank: number;
  /** Decides which samples of a set are taken, whatever their order; below 2^32. */
  readonly draw: number;
  /** Index in {@linkcode MIX_SETS}. */
  readonly set: number;
  /** Index in {@linkcode FATES}. */
  readonly fate: number;
  /** Its tokens. */
  readonly tokens: number;
  /** Those of them that are prompt. */
  readonly prompt: number;
  /** Where its row's id stands in the file, in words. */
  readonly offset: number;
}

interface Tokenized extends Omit<SampleHeader, "offset"> {
  readonly body: Int32Array<ArrayBuffer>;
}

/** Tokenizes samples, proves their labels, and writes them in the order of their ranks. */
export async function writeSampleFile(
  path: string,
  samples: Iterable<MixSample>,
  { tokenizer, length, seed }: { tokenizer: Tokenizer; length: number; seed: number },
): Promise<void> {
  const made: Tokenized[] = [];
  for (const sample of samples) made.push(tokenize(sample, tokenizer, length, seed));
  made.sort((a, b) => a.rank - b.rank);
  const words = made.reduce((sum, { body }) => sum + body.length, 1 + HEADER * made.length);
  const file = new Int32Array(words);
  file[0] = made.length;
  let at = 1 + HEADER * made.length;
  made.forEach(({ rank, draw, set, fate, tokens, prompt, body }, i) => {
    file.set([rank / 2 ** 32, rank | 0, draw | 0, set, fate, tokens, prompt], 1 + HEADER * i);
    file.set(body, at);
    at += body.length;
  });
  await writeFileAtomic(path, new Uint8Array(file.buffer));
}

function tokenize(
  { set, rowId, parts }: MixSample,
  tokenizer: Tokenizer,
  length: number,
  seed: number,
): Tokenized {
  const sample = buildSample(parts, [rowId], tokenizer);
  const { tokens } = sample;
  const fate = tokens.length > length ? 1 : keepsResponse() ? 0 : 2;
  function keepsResponse(): boolean {
    try {
      checkLabelSpans(sample, tokenizer, `row ${rowId}`);
      return true;
    } catch (error) {
      if (error instanceof DataError) return false;
      throw error;
    }
  }
  const body = new Int32Array(fate === 0 ? ID_WORDS + tokens.length : 0);
  if (fate === 0) {
    body.set(idWords(rowId));
    body.set(tokens, ID_WORDS);
  }
  return {
    ...chances(`${seed}\u0000${set}\u0000${rowId}`),
    set: MIX_SETS.indexOf(set),
    fate,
    tokens: tokens.length,
    prompt: tokens.length - sample.labels.reduce((sum, label) => sum + Number(label >= 0), 0),
    body,
  };
}

/** Random numbers that the text names. */
function chances(text: string): Pick<SampleHeader, "rank" | "draw"> {
  const hash = createHash("sha256").update(text).digest();
  const rank = (hash.readUInt32LE(0) >>> 11) * 2 ** 32 + hash.readUInt32LE(4);
  return { rank, draw: hash.readUInt32LE(8) };
}

function idWords(rowId: string): Int32Array {
  if (!/^[0-9a-f]{64}$/.test(rowId)) {
    throw new DataError(
      `mixing: found a row with the id ${rowId}, expected a SHA-256 in hexadecimal; make the ` +
        `notes again from a selection of this kit`,
    );
  }
  return Int32Array.from(
    { length: ID_WORDS },
    (_, i) => parseInt(rowId.slice(HEX * i, HEX * (i + 1)), 16) | 0,
  );
}

const idText = (words: Int32Array): string =>
  Array.from(words, (word) => (word >>> 0).toString(16).padStart(HEX, "0")).join("");

/** The headers of a file, in its order. */
export function readSampleHeaders(path: string): SampleHeader[] {
  using file = Deno.openSync(path);
  const [count] = readWords(file, 0, 1, path);
  const words = readWords(file, 1, HEADER * count, path);
  let offset = 1 + HEADER * count;
  return Array.from({ length: count }, (_, i) => {
    const [high, low, draw, ...rest] = words.subarray(HEADER * i, HEADER * (i + 1));
    const [set, fate, tokens, prompt] = rest;
    const rank = high * 2 ** 32 + (low >>> 0);
    const header = { rank, draw: draw >>> 0, set, fate, tokens, prompt, offset };
    if (fate === 0) offset += ID_WORDS + tokens;
    return header;
  });
}

/** The samples at some places of a file, as they are packed. */
export function readSamples(
  path: string,
  places: readonly Pick<SampleHeader, "offset" | "tokens" | "prompt">[],
): Piece[] {
  using file = Deno.openSync(path);
  return places.map(({ offset, tokens, prompt }) => {
    const words = readWords(file, offset, ID_WORDS + tokens, path);
    return labelledSample(words.subarray(ID_WORDS), prompt, idText(words.subarray(0, ID_WORDS)));
  });
}

function readWords(
  file: Deno.FsFile,
  offset: number,
  count: number,
  path: string,
): Int32Array<ArrayBuffer> {
  const words = new Int32Array(count);
  const bytes = new Uint8Array(words.buffer);
  file.seekSync(4 * offset, Deno.SeekMode.Start);
  for (let done = 0; done < bytes.length;) {
    const read = file.readSync(bytes.subarray(done));
    if (read === null) {
      throw new DataError(`reading ${path}: found its end, expected more; delete it and mix again`);
    }
    done += read;
  }
  return words;
}
