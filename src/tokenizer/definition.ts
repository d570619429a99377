/**
 * The members of a Hugging Face `tokenizer.json` that the kit itself looks at.
 *
 * @module
 */
import { DataError } from "../base/errors.ts";

/** A parsed `tokenizer.json`; what is not named here is left to the library. */
export interface TokenizerDefinition {
  /** Special and other tokens that stand beside the model's vocabulary. */
  readonly added_tokens?: readonly { readonly id: number; readonly content: string }[];
  /** How text is cut before the model. */
  readonly pre_tokenizer?: { readonly type?: string } | null;
  /** The model. */
  readonly model: {
    /** Such as `BPE` or `WordLevel`. */
    readonly type?: string;
    /** Ids by token; a list for some models. */
    readonly vocab: Readonly<Record<string, number>> | readonly unknown[];
    /** The token of unknown words. */
    readonly unk_token?: string | null;
  };
}

/**
 * Parses a `tokenizer.json`.
 *
 * @param name The path, for messages.
 * @throws {DataError} where it is not JSON or has no model with a vocabulary.
 */
export function parseDefinition(text: string, name: string): TokenizerDefinition {
  let found = "other JSON";
  try {
    const value: unknown = JSON.parse(text);
    if (isDefinition(value)) return value;
  } catch (error) {
    found = String(error);
  }
  throw new DataError(
    `reading tokenizer ${name}: found ${found}, expected a Hugging Face tokenizer.json with ` +
      `"model" and its "vocab"; check the path`,
  );
}

function isDefinition(value: unknown): value is TokenizerDefinition {
  if (typeof value !== "object" || value === null || !("model" in value)) return false;
  const { model } = value;
  return typeof model === "object" && model !== null && "vocab" in model &&
    typeof model.vocab === "object" && model.vocab !== null;
}
