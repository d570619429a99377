/**
 * Training samples: token ids with next-token labels on the responses alone.
 *
 * @module
 */
import type { Tokenizer } from "../tokenizer/mod.ts";
import type { PromptFormat } from "./prompts.ts";

/** The label of a position that the loss leaves out. */
export const ignoredLabel: number = -100;

/** One training sequence before packing. */
export interface TrainingSample {
  /** Token ids `[length]`. */
  readonly tokens: Int32Array<ArrayBuffer>;
  /** `labels[i]` is token `i + 1` where that belongs to a response, else −100 `[length]`. */
  readonly labels: Int32Array<ArrayBuffer>;
  /** Loss weight of each position, 0 where the label is ignored `[length]`. */
  readonly weights: Float32Array<ArrayBuffer>;
  /** The source rows, one a turn. */
  readonly rowIds: readonly string[];
  /** The responses as text, one a labelled span, for checking spans. */
  readonly responses: readonly string[];
}

/** A piece of a sample's text, in order. */
export interface SamplePart {
  /** The text. */
  readonly text: string;
  /** Whether the model is to learn to write it. */
  readonly response: boolean;
}

/** A question turn: its note is null where it is answered at once. */
export interface QuestionTurn {
  /** The question. */
  readonly query: string;
  /** The note that is written before the answer. */
  readonly note: string | null;
  /** The answer. */
  readonly answer: string;
}

/** Prompt and response of a turn that follows an opening or a response. */
export function turnParts(
  { query, note, answer }: QuestionTurn,
  format: PromptFormat,
): [prompt: SamplePart, response: SamplePart] {
  const [prompt, response] = note === null
    ? [format.directTurn(query), format.directResponse(answer)]
    : [format.recallTurn(query), format.recallResponse(note, answer)];
  return [{ text: prompt, response: false }, { text: response, response: true }];
}

/**
 * Tokenizes parts one by one and joins them. Two responses must have a prompt between them, so that
 * every response is one labelled span; the first part is a prompt.
 */
export function buildSample(
  parts: readonly SamplePart[],
  rowIds: readonly string[],
  tokenizer: Tokenizer,
): TrainingSample {
  const encoded = parts.map(({ text }) => tokenizer.encode(text));
  const length = encoded.reduce((sum, ids) => sum + ids.length, 0);
  const tokens = new Int32Array(length);
  const labels = new Int32Array(length).fill(ignoredLabel);
  const weights = new Float32Array(length);
  let at = 0;
  parts.forEach(({ response }, part) => {
    for (const id of encoded[part]) {
      tokens[at] = id;
      if (response && at > 0) {
        labels[at - 1] = id;
        weights[at - 1] = 1;
      }
      at++;
    }
  });
  const responses = parts.filter(({ response }) => response).map(({ text }) => text);
  return { tokens, labels, weights, rowIds, responses };
}

/** A sample of one response, from its tokens and how many of them are prompt (at least one). */
export function labelledSample(
  tokens: Int32Array<ArrayBuffer>,
  prompt: number,
  rowId: string,
): Omit<TrainingSample, "responses"> {
  const labels = new Int32Array(tokens.length).fill(ignoredLabel);
  labels.set(tokens.subarray(prompt), prompt - 1);
  const weights = new Float32Array(tokens.length).fill(1, prompt - 1, tokens.length - 1);
  return { tokens, labels, weights, rowIds: [rowId] };
}
