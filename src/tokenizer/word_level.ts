/**
 * Word-level tokenizers (`WordLevel` after `WhitespaceSplit`), which the Hugging Face library for
 * JavaScript does not have: one look-up a word.
 *
 * @module
 */
import { DataError } from "../base/errors.ts";
import type { TokenizerDefinition } from "./definition.ts";
import type { Tokenizer } from "./tokenizer.ts";

/** A {@linkcode Tokenizer} whose tokens are the words between white space. */
export class WordLevelTokenizer implements Tokenizer {
  /** One more than the largest id. */
  readonly vocabSize: number;
  /** SHA-256 of the definition. */
  readonly hash: string;
  readonly #ids: ReadonlyMap<string, number>;
  readonly #words: readonly string[];
  readonly #unknown: number | undefined;

  /**
   * Takes the vocabulary from a definition.
   *
   * @param name The path, for messages.
   * @throws {DataError} where the text is cut otherwise than at white space.
   */
  constructor(definition: TokenizerDefinition, hash: string, name: string) {
    const cut = definition.pre_tokenizer?.type;
    if (cut !== "WhitespaceSplit") {
      throw new DataError(
        `reading tokenizer ${name}: found a WordLevel model after pre_tokenizer ${cut}, ` +
          `expected WhitespaceSplit`,
      );
    }
    const ids = new Map(Object.entries(definition.model.vocab as Readonly<Record<string, number>>));
    for (const { id, content } of definition.added_tokens ?? []) ids.set(content, id);
    const words: string[] = [];
    for (const [word, id] of ids) words[id] = word;
    this.hash = hash;
    this.vocabSize = words.length;
    this.#ids = ids;
    this.#words = words;
    this.#unknown = ids.get(definition.model.unk_token ?? "");
  }

  /**
   * Ids of the words of `text`.
   *
   * @throws {DataError} that names the first word the vocabulary lacks, unless it has a token for
   *   unknown words.
   */
  encode(text: string): number[] {
    const out: number[] = [];
    let start = -1;
    for (let i = 0; i <= text.length; i++) {
      const inWord = i < text.length && !isSpace(text.charCodeAt(i));
      if (inWord && start < 0) start = i;
      else if (!inWord && start >= 0) {
        out.push(this.#lookUp(text.slice(start, i)));
        start = -1;
      }
    }
    return out;
  }

  #lookUp(word: string): number {
    const id = this.#ids.get(word) ?? this.#unknown;
    if (id !== undefined) return id;
    throw new DataError(
      `encoding text: found the word "${word}", expected one of the tokenizer's ` +
        `${this.vocabSize} words; use a tokenizer made for this text`,
    );
  }

  /**
   * The words of `ids`, joined by one space.
   *
   * @throws {DataError} on an id outside the vocabulary.
   */
  decode(ids: readonly number[]): string {
    return ids.map((id) => {
      const word = this.#words[id];
      if (word !== undefined) return word;
      throw new DataError(`decoding tokens: found id ${id}, expected 0 to ${this.vocabSize - 1}`);
    }).join(" ");
  }

  /** Id of a word; undefined where the vocabulary lacks it. */
  tokenId(token: string): number | undefined {
    return this.#ids.get(token);
  }
}

/** ASCII white space, which is all that the tiny corpus and JSON-made texts separate words with. */
const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);
