/**
 * Tokenizers from Hugging Face `tokenizer.json` files.
 *
 * @module
 */
import { Tokenizer as HuggingFaceTokenizer } from "@huggingface/tokenizers";
import tiny from "../../data/tiny/tokenizer.json" with { type: "json" };
import { DataError } from "../base/errors.ts";
import { readFile } from "../base/files.ts";
import { hashJson, sha256 } from "../base/hash.ts";
import { parseDefinition, type TokenizerDefinition } from "./definition.ts";
import type { Tokenizer } from "./tokenizer.ts";
import { WordLevelTokenizer } from "./word_level.ts";

/**
 * Loads any Hugging Face `tokenizer.json`.
 *
 * @throws {DataError} where the file is missing, is no tokenizer, or is of a kind that the library
 *   does not know.
 */
export async function loadTokenizer(path: string): Promise<Tokenizer> {
  const bytes = await readFile(path, "tokenizer");
  const definition = parseDefinition(new TextDecoder().decode(bytes), path);
  return makeTokenizer(definition, sha256(bytes), path);
}

/** The embedded corpus's tokenizer: 293 words, with `<pad> <bos> <q> <a> <r> <eos>` first. */
export function tinyTokenizer(): Tokenizer {
  return makeTokenizer(tiny, hashJson(tiny), "data/tiny/tokenizer.json");
}

function makeTokenizer(definition: TokenizerDefinition, hash: string, name: string): Tokenizer {
  if (definition.model.type === "WordLevel") return new WordLevelTokenizer(definition, hash, name);
  let inner: HuggingFaceTokenizer;
  try {
    inner = new HuggingFaceTokenizer(definition, { clean_up_tokenization_spaces: false });
  } catch (error) {
    throw new DataError(
      `reading tokenizer ${name}: found what the tokenizers library cannot load (${
        String(error)
      }), ` +
        `expected a model such as BPE, WordPiece or Unigram`,
      { cause: error },
    );
  }
  return wrap(inner, hash);
}

function wrap(inner: HuggingFaceTokenizer, hash: string): Tokenizer {
  const vocabSize = 1 + inner.get_vocab(true).values().reduce((top, id) => Math.max(top, id), -1);
  return {
    vocabSize,
    hash,
    encode: (text) => inner.encode(text, { add_special_tokens: false }).ids,
    decode: (ids) => {
      const wrong = ids.find((id) => inner.id_to_token(id) === undefined);
      if (wrong !== undefined) {
        throw new DataError(`decoding tokens: found id ${wrong}, expected 0 to ${vocabSize - 1}`);
      }
      return ids.length === 0 ? "" : inner.decode([...ids], { skip_special_tokens: false });
    },
    tokenId: (token) => inner.token_to_id(token),
  };
}
