/**
 * Tokenizers.
 *
 * @module
 */
export { byteTokenizer } from "./bytes.ts";
export { loadTokenizer, tinyTokenizer } from "./load.ts";
export type { Tokenizer } from "./tokenizer.ts";
