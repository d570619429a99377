/**
 * Prompts of the method as text: up to where the model goes on, and what it should go on with.
 *
 * @module
 */
import { unknownAnswer } from "../teacher/verifier.ts";

/**
 * How contexts, queries, notes and answers are worded for a model. Prompts end without white space
 * and responses begin with it, so that both may be tokenized apart and joined.
 */
export interface PromptFormat {
  /** Name for configurations and tables. */
  readonly name: "tiny" | "plain";
  /** The literal note where nothing is relevant. */
  readonly emptyNote: string;
  /** The answer where the context does not hold it. */
  readonly unknownAnswer: string;
  /** Stands between the utterances of a context. */
  readonly utteranceSeparator: string;
  /** Stands between the notes of several segments. */
  readonly noteSeparator: string;
  /** What ends the note and opens the answer in a recall response. */
  readonly answerMarker: string;
  /** The token that ends a response. */
  readonly endToken: string;
  /** What opens a sample: the context, or nothing but the opening token where it is "". */
  opening(context: string): string;
  /** A query that is answered at once; follows an opening or a response. */
  directTurn(query: string): string;
  /** A query that is answered with a note first; follows an opening or a response. */
  recallTurn(query: string): string;
  /** A query with its notes given; follows an opening or a response. */
  notesTurn(query: string, notes: string): string;
  /** A whole prompt for a direct answer. */
  direct(context: string, query: string): string;
  /** A whole prompt for a note and then an answer. */
  recall(context: string, query: string): string;
  /** A whole prompt for an answer from notes alone, without the context. */
  fromNotes(query: string, notes: string): string;
  /** What follows a direct prompt or one with notes, up to and with the end token. */
  directResponse(answer: string): string;
  /** What follows a recall prompt, up to and with the end token. */
  recallResponse(note: string, answer: string): string;
}

type Parts = Omit<PromptFormat, "direct" | "recall" | "fromNotes">;

const withPrompts = (parts: Parts): PromptFormat => ({
  ...parts,
  direct: (context, query) => parts.opening(context) + parts.directTurn(query),
  recall: (context, query) => parts.opening(context) + parts.recallTurn(query),
  fromNotes: (query, notes) => (parts.opening("") + parts.notesTurn(query, notes)).trimStart(),
});

/** The tiny corpus's format: one special token for each part, the query last. */
export const tinyFormat: PromptFormat = withPrompts({
  name: "tiny",
  emptyNote: "empty .",
  unknownAnswer,
  utteranceSeparator: " ",
  noteSeparator: " ",
  answerMarker: "<a>",
  endToken: "<eos>",
  opening: (context) => context === "" ? "<bos>" : `<bos> ${context}`,
  directTurn: (query) => ` <q> ${query} <a>`,
  recallTurn: (query) => ` <q> ${query} <r>`,
  notesTurn: (query, notes) => ` <q> ${query} <r> ${notes} <a>`,
  directResponse: (answer) => ` ${answer} <eos>`,
  recallResponse: (note, answer) => ` ${note} <a> ${answer} <eos>`,
});

const ask = (query: string): string =>
  `\n\nPlease extract a note relevant to the query: ${query}\nNote:`;

/** English text for tokenizers of real models; the note prompt is the paper's. */
export const plainFormat: PromptFormat = withPrompts({
  name: "plain",
  emptyNote: "empty",
  unknownAnswer,
  utteranceSeparator: "\n",
  noteSeparator: "\n",
  answerMarker: "\nAnswer:",
  endToken: "<|endoftext|>",
  opening: (context) => context,
  directTurn: (query) => `\n\nQuery: ${query}\nAnswer:`,
  recallTurn: ask,
  notesTurn: (query, notes) => `${ask(query)} ${notes}\nAnswer:`,
  directResponse: (answer) => ` ${answer}<|endoftext|>`,
  recallResponse: (note, answer) => ` ${note}\nAnswer: ${answer}<|endoftext|>`,
});

/** The formats by name. */
export const promptFormats: Readonly<Record<PromptFormat["name"], PromptFormat>> = {
  tiny: tinyFormat,
  plain: plainFormat,
};
