/**
 * Packing: training samples into rows of one fixed length, with what keeps them apart, and the
 * checks that the labels are what they should be.
 *
 * @module
 */
import { ConfigError, DataError } from "../base/errors.ts";
import { ignoredLabel, type TrainingSample } from "../rwr/sample.ts";
import type { Tokenizer } from "../tokenizer/mod.ts";

/** The sequence index of padding. */
export const paddingSequence: number = -1;

/** How samples are packed. */
export interface PackingConfig {
  /** Tokens a row. */
  readonly rowLength: number;
  /** Rows that are open at a time; a sample goes into the first of them that it fits. */
  readonly window: number;
  /** What becomes of a sample longer than a row. */
  readonly overlong: "drop" | "split";
}

/** A packed row, in the columns of the packs table; each list but the last is `[rowLength]`. */
export interface PackedRow {
  /** Token ids, padded at the end. */
  readonly token_ids: Int32Array<ArrayBuffer>;
  /** Next-token labels, −100 where the loss looks away. */
  readonly labels: Int32Array<ArrayBuffer>;
  /** Loss weights, 0 where the label is ignored. */
  readonly weights: Float32Array<ArrayBuffer>;
  /** Index of the sample within the row, from 0; −1 for padding. */
  readonly sequence_index: Int32Array<ArrayBuffer>;
  /** Position within the sample, from 0. */
  readonly positions: Int32Array<ArrayBuffer>;
  /** The source rows of the row's samples, in order. */
  readonly row_ids: string[];
}

/** What packing did. */
export interface PackingStatistics {
  /** Samples given. */
  readonly samples: number;
  /** Rows made. */
  readonly rows: number;
  /** Tokens in rows, padding apart. */
  readonly tokens: number;
  /** Those tokens as a share of all places. */
  readonly fillRate: number;
  /** Positions with a label. */
  readonly labelledTokens: number;
  /** Over-long samples dropped, and the tokens they had. */
  readonly dropped: { readonly samples: number; readonly tokens: number };
  /** Over-long samples split. */
  readonly split: number;
}

/** Rows and statistics of {@linkcode packSamples}. */
export interface Packed {
  /** The rows, in the order they were filled. */
  readonly rows: PackedRow[];
  /** What was done. */
  readonly statistics: PackingStatistics;
}

type Piece = Omit<TrainingSample, "responses">;

interface OpenRow {
  readonly pieces: Piece[];
  free: number;
}

/**
 * Packs samples first-fit over a window of open rows; when one too many is open, the oldest is
 * closed. Order and rows depend on the samples and the configuration alone.
 *
 * @param padToken The id that fills rows up.
 * @throws {ConfigError} on a row length or window that cannot be.
 * @throws {DataError} on a sample without tokens, or with lists of unequal length.
 */
export function packSamples(
  samples: readonly TrainingSample[],
  padToken: number,
  config: PackingConfig,
): Packed {
  checkConfig(config);
  const { pieces, dropped, split } = fitPieces(samples, config);
  const rows = firstFit(pieces, config).map((open) => packRow(open.pieces, padToken, config));
  const tokens = pieces.reduce((sum, piece) => sum + piece.tokens.length, 0);
  const labelledTokens = pieces.reduce((sum, piece) => sum + labelled(piece.labels), 0);
  const fillRate = rows.length === 0 ? 0 : tokens / (rows.length * config.rowLength);
  const { length } = rows;
  return {
    rows,
    statistics: {
      samples: samples.length,
      rows: length,
      tokens,
      fillRate,
      labelledTokens,
      dropped,
      split,
    },
  };
}

function checkConfig({ rowLength, window }: PackingConfig): void {
  for (const [name, value] of Object.entries({ rowLength, window })) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new ConfigError(`packing: found ${name} ${value}, expected a whole number from 1`);
    }
  }
}

function fitPieces(
  samples: readonly TrainingSample[],
  { rowLength, overlong }: PackingConfig,
): { pieces: Piece[]; dropped: { samples: number; tokens: number }; split: number } {
  const pieces: Piece[] = [];
  const dropped = { samples: 0, tokens: 0 };
  let split = 0;
  samples.forEach((sample, index) => {
    checkLengths(sample, index);
    if (sample.tokens.length <= rowLength) pieces.push(sample);
    else if (overlong === "drop") {
      dropped.samples++;
      dropped.tokens += sample.tokens.length;
    } else {
      split++;
      pieces.push(...splitSample(sample, rowLength));
    }
  });
  return { pieces, dropped, split };
}

function checkLengths({ tokens, labels, weights }: TrainingSample, index: number): void {
  if (tokens.length > 0 && labels.length === tokens.length && weights.length === tokens.length) {
    return;
  }
  throw new DataError(
    `packing sample ${index}: found ${tokens.length} tokens, ${labels.length} labels and ` +
      `${weights.length} weights, expected as many of each and at least one`,
  );
}

/** Pieces of a row's length; the label of a piece's last token is the next piece's first. */
function splitSample(sample: TrainingSample, rowLength: number): Piece[] {
  const pieces: Piece[] = [];
  for (let from = 0; from < sample.tokens.length; from += rowLength) {
    pieces.push({
      tokens: sample.tokens.slice(from, from + rowLength),
      labels: sample.labels.slice(from, from + rowLength),
      weights: sample.weights.slice(from, from + rowLength),
      rowIds: sample.rowIds,
    });
  }
  return pieces;
}

function firstFit(pieces: readonly Piece[], { rowLength, window }: PackingConfig): OpenRow[] {
  const closed: OpenRow[] = [];
  const open: OpenRow[] = [];
  for (const piece of pieces) {
    let row = open.find(({ free }) => free >= piece.tokens.length);
    if (!row) {
      row = { pieces: [], free: rowLength };
      open.push(row);
      if (open.length > window) closed.push(open.shift()!);
    }
    row.pieces.push(piece);
    row.free -= piece.tokens.length;
  }
  return [...closed, ...open];
}

function packRow(
  pieces: readonly Piece[],
  padToken: number,
  { rowLength }: PackingConfig,
): PackedRow {
  const row: PackedRow = {
    token_ids: new Int32Array(rowLength).fill(padToken),
    labels: new Int32Array(rowLength).fill(ignoredLabel),
    weights: new Float32Array(rowLength),
    sequence_index: new Int32Array(rowLength).fill(paddingSequence),
    positions: new Int32Array(rowLength),
    row_ids: pieces.flatMap(({ rowIds }) => rowIds),
  };
  let at = 0;
  pieces.forEach(({ tokens, labels, weights }, sequence) => {
    const end = at + tokens.length;
    row.token_ids.set(tokens, at);
    row.labels.set(labels, at);
    row.weights.set(weights, at);
    row.sequence_index.fill(sequence, at, end);
    for (let i = at; i < end; i++) row.positions[i] = i - at;
    at = end;
  });
  return row;
}

const labelled = (labels: Int32Array): number =>
  labels.reduce((count, label) => count + Number(label !== ignoredLabel), 0);

/** A run of labelled positions: `from` to `to`, exclusive. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Proves a sample's labels: each is the next token, and each labelled span, decoded, is the
 * response it stands for (white space apart).
 *
 * @param name What the sample is called in a message.
 * @throws {DataError} with the span and both texts.
 */
export function checkLabelSpans(
  sample: TrainingSample,
  tokenizer: Tokenizer,
  name: string,
): void {
  const { tokens, labels, responses } = sample;
  const spans = labelSpans(labels);
  if (spans.length !== responses.length) {
    throw new DataError(
      `checking labels of ${name}: found ${spans.length} labelled spans ` +
        `(${spans.map(({ from, to }) => `${from}–${to}`).join(", ")}), expected ` +
        `${responses.length}, one a response; make the samples again`,
    );
  }
  spans.forEach(({ from, to }, i) => {
    for (let at = from; at < to; at++) checkNext(tokens, labels, at, name);
    const found = squeeze(tokenizer.decode([...labels.subarray(from, to)]));
    const expected = squeeze(responses[i]);
    if (found !== expected) {
      throw new DataError(
        `checking labels of ${name}: span ${from}–${to} decodes to "${found}", expected the ` +
          `response "${expected}"; make the samples again with this tokenizer`,
      );
    }
  });
}

/**
 * Proves a packed row: ids and labels within the vocabulary, and each label the next token of its
 * own sample, except at a sample's last position in this row, where only a split sample has one.
 *
 * @param vocabSize One more than the largest id.
 * @param name What the row is called in a message.
 * @throws {DataError} that names the position.
 */
export function checkPackedRow(row: PackedRow, vocabSize: number, name: string): void {
  const { token_ids, labels, sequence_index } = row;
  for (let at = 0; at < token_ids.length; at++) {
    checkId(token_ids[at], vocabSize, "token", at, name);
    if (labels[at] === ignoredLabel) continue;
    checkId(labels[at], vocabSize, "label", at, name);
    if (sequence_index[at] === paddingSequence) {
      throw new DataError(
        `checking labels of ${name}: found label ${labels[at]} on padding at position ${at}, ` +
          `expected ${ignoredLabel}; pack again`,
      );
    }
    const inside = at + 1 < token_ids.length && sequence_index[at + 1] === sequence_index[at];
    if (inside) checkNext(token_ids, labels, at, name);
  }
}

function checkId(id: number, size: number, what: string, at: number, name: string): void {
  if (id >= 0 && id < size) return;
  throw new DataError(
    `checking labels of ${name}: found ${what} ${id} at position ${at}, expected 0 to ` +
      `${size - 1}; pack again with the model's own tokenizer`,
  );
}

function checkNext(tokens: Int32Array, labels: Int32Array, at: number, name: string): void {
  if (tokens[at + 1] === labels[at]) return;
  throw new DataError(
    `checking labels of ${name}: found label ${labels[at]} at position ${at}, expected ` +
      `${tokens[at + 1] ?? "none"}, the token at ${at + 1}; make the samples again`,
  );
}

function labelSpans(labels: Int32Array): Span[] {
  const spans: Span[] = [];
  let from = -1;
  for (let at = 0; at <= labels.length; at++) {
    const inside = at < labels.length && labels[at] !== ignoredLabel;
    if (inside && from < 0) from = at;
    if (!inside && from >= 0) {
      spans.push({ from, to: at });
      from = -1;
    }
  }
  return spans;
}

const squeeze = (text: string): string => text.replace(/\s+/g, " ").trim();
