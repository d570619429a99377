/**
 * The byte-level tokenizer: any text, no vocabulary to ship.
 *
 * @module
 */
import { DataError } from "../base/errors.ts";
import { sha256 } from "../base/hash.ts";
import type { Tokenizer } from "./tokenizer.ts";

const SPECIAL: ReadonlyMap<string, number> = new Map([["<bos>", 256], ["<eos>", 257]]);

/**
 * A tokenizer of UTF-8 bytes (ids 0 to 255) with `<bos>` (256) and `<eos>` (257). The two are never
 * made from text and decode to nothing; bytes that are not UTF-8 decode to U+FFFD.
 */
export function byteTokenizer(): Tokenizer {
  const vocabSize = 256 + SPECIAL.size;
  return {
    vocabSize,
    hash: sha256(`bytes:${[...SPECIAL.keys()].join(",")}`),
    encode: (text) => [...new TextEncoder().encode(text)],
    decode: (ids) => {
      const wrong = ids.find((id) => !Number.isInteger(id) || id < 0 || id >= vocabSize);
      if (wrong !== undefined) {
        throw new DataError(`decoding tokens: found id ${wrong}, expected 0 to ${vocabSize - 1}`);
      }
      const bytes = Uint8Array.from(ids.filter((id) => id < 256));
      return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    },
    tokenId: (token) => SPECIAL.get(token) ?? (token.length === 1 ? asciiId(token) : undefined),
  };
}

const asciiId = (token: string): number | undefined =>
  token.charCodeAt(0) < 128 ? token.charCodeAt(0) : undefined;
