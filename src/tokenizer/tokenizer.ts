/**
 * What a tokenizer does for the kit.
 *
 * @module
 */

/** Text to token ids and back; no special token is added or dropped. */
export interface Tokenizer {
  /** One more than the largest id. */
  readonly vocabSize: number;
  /** SHA-256 of the definition, for manifests. */
  readonly hash: string;
  /** Ids of a text; special tokens written in it get their own ids. */
  encode(text: string): number[];
  /** Text of ids. */
  decode(ids: readonly number[]): string;
  /** Id of a token as the vocabulary writes it; undefined where it has none. */
  tokenId(token: string): number | undefined;
}
