/**
 * Writes `data/tiny/tokenizer.json` from the embedded corpus's vocabulary:
 * `deno run -A tools/make_tiny_tokenizer.ts`. Ids are baked into the shipped checkpoints.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { writeFileAtomic } from "../src/base/files.ts";
import { SPECIAL_TOKENS, VOCABULARY } from "../src/sources/embedded/vocabulary.ts";

/** The file's text: a Hugging Face tokenizer whose unknown token has no id, so that it refuses. */
export function tinyTokenizerText(): string {
  const added = SPECIAL_TOKENS.map((content, id) => ({
    id,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  }));
  const definition = {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: added,
    normalizer: null,
    pre_tokenizer: { type: "WhitespaceSplit" },
    post_processor: null,
    decoder: null,
    model: {
      type: "WordLevel",
      vocab: Object.fromEntries(VOCABULARY.map((word, id) => [word, id])),
      unk_token: "<unk>",
    },
  };
  return JSON.stringify(definition, null, 2) + "\n";
}

if (import.meta.main) {
  const path = fileURLToPath(new URL("../data/tiny/tokenizer.json", import.meta.url));
  await writeFileAtomic(path, tinyTokenizerText());
  console.log(`wrote ${path}: ${VOCABULARY.length} words`);
}
