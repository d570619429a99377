/**
 * Cutting a long context into segments for segmented answering.
 *
 * @module
 */
import { ConfigError } from "../base/errors.ts";
import type { Tokenizer } from "../tokenizer/mod.ts";

/** Utterances with the separator behind each but the last. */
export function contextPieces(utterances: readonly string[], separator: string): string[] {
  const last = utterances.length - 1;
  return utterances.map((utterance, i) => i < last ? utterance + separator : utterance);
}

/**
 * Joins pieces into segments of at most `limit` tokens, as many as fit each time; a piece that
 * alone exceeds the limit is cut between words, and a word between characters. Tokens are counted
 * piece by piece. Joined without a separator, the segments are the context again.
 *
 * @throws {ConfigError} where `limit` is less than one.
 */
export function cutSegments(
  pieces: readonly string[],
  limit: number,
  tokenizer: Tokenizer,
): string[] {
  if (!Number.isSafeInteger(limit) || limit < 1) {
    throw new ConfigError(
      `cutting a context into segments: found a limit of ${limit} tokens, expected at least 1`,
    );
  }
  const count = (text: string): number => tokenizer.encode(text).length;
  const fitting = pieces.flatMap((piece) => cutPiece(piece, limit, count));
  const segments: string[] = [];
  let used = Infinity;
  for (const { text, tokens } of fitting) {
    if (used + tokens > limit) {
      segments.push(text);
      used = tokens;
    } else {
      segments[segments.length - 1] += text;
      used += tokens;
    }
  }
  return segments;
}

interface Counted {
  readonly text: string;
  readonly tokens: number;
}

/** A piece whole, or cut into words, or a word into halves, until each part fits. */
function cutPiece(piece: string, limit: number, count: (text: string) => number): Counted[] {
  const tokens = count(piece);
  if (tokens <= limit) return [{ text: piece, tokens }];
  const parts = piece.match(/\s*\S+(?:\s+$)?/g) ?? [];
  if (parts.length > 1) return parts.flatMap((part) => cutPiece(part, limit, count));
  const characters = [...piece];
  if (characters.length < 2) return [{ text: piece, tokens }];
  const middle = characters.length >> 1;
  return [characters.slice(0, middle), characters.slice(middle)]
    .flatMap((half) => cutPiece(half.join(""), limit, count));
}
