/**
 * Contexts with passages cut out, and notes put back into the order of their context.
 *
 * @module
 */
import { DataError } from "../base/errors.ts";
import {
  splitSentences,
  splitUtterances,
  supersedes,
  withoutOpener,
  words,
} from "../teacher/text.ts";

/**
 * What is cut out of a context whole: utterances, or the sentences of a context that is one
 * paragraph. Joined without a separator the pieces are the context again.
 */
export function removablePieces(context: string): string[] {
  const utterances = splitUtterances(context);
  return utterances.length > 1
    ? utterances
    : context.split(/(?<=[.!?]["'”’)\]]*\s+)(?=\S)/).filter((piece) => piece !== "");
}

/**
 * Cuts every utterance out that holds one of the passages; the others stay as they are. Of a
 * context that is one paragraph, the sentences that hold a passage or stand in one.
 *
 * @throws {DataError} where a passage does not stand in the context, or nothing would be left.
 */
export function removePassages(context: string, passages: readonly string[]): string {
  const pieces = removablePieces(context);
  const holds = (piece: string, passage: string): boolean =>
    piece.includes(passage) || passage.includes(piece.trim());
  for (const passage of passages) {
    if (passage.trim() === "" || !pieces.some((piece) => holds(piece, passage))) {
      throw new DataError(
        `removing the answer from a context: found no utterance that holds "${passage}"; ` +
          `a passage has to be copied from the context verbatim, within one utterance`,
      );
    }
  }
  const left = pieces.filter((piece) => !passages.some((passage) => holds(piece, passage)));
  if (left.length === 0) {
    throw new DataError("removing the answer from a context: nothing is left; keep the row as is");
  }
  return left.join("").trimEnd();
}

/**
 * Which utterances of `full` are left in `removed`, as indices in order.
 *
 * @throws {DataError} where `removed` is not `full` with utterances cut out.
 */
export function keptUtterances(full: string, removed: string): number[] {
  const all = removablePieces(full).map((utterance) => utterance.trimEnd());
  const kept: number[] = [];
  let at = 0;
  for (const utterance of removablePieces(removed).map((piece) => piece.trimEnd())) {
    while (at < all.length && all[at] !== utterance) at++;
    if (at === all.length) {
      throw new DataError(
        `comparing a context with its reduced form: found "${utterance}" in the reduced one ` +
          `alone; make the notes again from this source`,
      );
    }
    kept.push(at++);
  }
  return kept;
}

/**
 * The notes that segments of the context would have given, joined: the note's sentences in the
 * context's order, each preceded by the older values that it takes the place of. A note whose
 * sentences do not all stand in the context is returned as it is.
 */
export function noteInContextOrder(context: string, note: string): string {
  const wanted = new Map(splitSentences(note).map((text) => [words(text).join(" "), text]));
  const told = new Map<string, string>();
  for (const sentence of splitUtterances(context).flatMap(splitSentences)) {
    const text = withoutOpener(sentence);
    const key = words(text).join(" ");
    const outdated = () => [...wanted.values()].some((later) => supersedes(later, text));
    if (wanted.has(key) || outdated()) told.set(key, text);
  }
  const complete = [...wanted.keys()].every((key) => told.has(key));
  return complete ? [...told.values()].join(" ") : note;
}
