/**
 * Packing: training samples into rows of one fixed length, with what keeps them apart.
 *
 * @module
 */
import { ConfigError, DataError } from "../base/errors.ts";
import { ignoredLabel, type TrainingSample } from "./sample.ts";

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

/** What is put into a row: a sample, or a part of one that was split. */
export type Piece = Omit<TrainingSample, "responses">;

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
  checkPacking(config);
  const { pieces, dropped, split } = fitPieces(samples, config);
  const placed = assignRows(pieces.map((piece) => piece.tokens.length), config);
  const byRow = Map.groupBy(pieces.keys(), (piece) => placed[piece]);
  // A row opens with its first piece, so they come in the order of their numbers.
  const rows = [...byRow.values()].map((members) =>
    packRow(members.map((i) => pieces[i]), padToken, config.rowLength)
  );
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

/** @throws {ConfigError} on a row length or window that cannot be. */
export function checkPacking(
  { rowLength, window }: Pick<PackingConfig, "rowLength" | "window">,
): void {
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

/**
 * Puts pieces first-fit into rows over a window of open ones; when one too many is open, the oldest
 * is closed.
 *
 * @param lengths Tokens of each piece, none more than a row's.
 * @returns The number of each piece's row; rows are numbered as they are opened.
 */
export function assignRows(
  lengths: ArrayLike<number>,
  { rowLength, window }: Pick<PackingConfig, "rowLength" | "window">,
): Uint32Array<ArrayBuffer> {
  const rows = new Uint32Array(lengths.length);
  const open: { readonly row: number; free: number }[] = [];
  let opened = 0;
  for (let piece = 0; piece < lengths.length; piece++) {
    let place = open.find(({ free }) => free >= lengths[piece]);
    if (!place) {
      place = { row: opened++, free: rowLength };
      open.push(place);
      if (open.length > window) open.shift();
    }
    rows[piece] = place.row;
    place.free -= lengths[piece];
  }
  return rows;
}

/** Fills one row of `rowLength` tokens with pieces that fit in it, in order. */
export function packRow(
  pieces: readonly Piece[],
  padToken: number,
  rowLength: number,
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
