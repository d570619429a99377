/**
 * Proofs that the labels of samples and packed rows are what they should be.
 *
 * @module
 */
import { DataError } from "../base/errors.ts";
import type { Tokenizer } from "../tokenizer/mod.ts";
import { type PackedRow, paddingSequence } from "./packing.ts";
import { ignoredLabel, type TrainingSample } from "./sample.ts";

/** A run of labelled positions: `from` to `to`, exclusive. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Proves a sample's labels: each is the next token, and each labelled span, decoded, is the
 * response it stands for (white space apart, and how accents are composed, which tokenizers unify).
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

const squeeze = (text: string): string => text.normalize("NFC").replace(/\s+/g, " ").trim();
