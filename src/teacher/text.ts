/**
 * Contexts as utterances, utterances as sentences, sentences as words: the reading that teacher,
 * verifier and removal of passages share.
 *
 * @module
 */

const lineEnd = /(?<=\n)/;
const speakerWithin = /\s(?:(?:user|assistant):\s|day d\d)/;
const speakerStart = /(?<=\s)(?=(?:user|assistant):\s|day d\d+\b)/;

/**
 * Cuts a context into utterances: lines, and within a line what each speaker says. The pieces keep
 * their white space, so that joined without a separator they are the context again.
 */
export function splitUtterances(context: string): string[] {
  return context.split(lineEnd)
    .flatMap((line) => speakerWithin.test(line) ? line.split(speakerStart) : line)
    .filter((piece) => piece !== "");
}

/**
 * Cuts a text into sentences, each trimmed and with its end mark; speaker labels are left out.
 * An end mark counts only before white space or the end, so that `3.5` stays whole.
 */
export function splitSentences(text: string): string[] {
  return text.replace(/^\s*(?:user|assistant):\s*/i, "")
    .split(/(?<=[.!?])\s+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

/** A sentence without "by the way" and its like in front. */
export function withoutOpener(sentence: string): string {
  return sentence.replace(/^(?:by the way|well|oh and|oh|and|also),?\s+(?=\S)/i, "");
}

/** Lower-case words and numbers of a text, in order, without punctuation. */
export function words(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+(?:['’][\p{L}]+)?/gu) ?? [];
}

/**
 * Whether `later` tells the same as `earlier` with another last word ("my dog is rex ." and "my dog
 * is now tom ."), so that it takes the earlier one's place. Needs three words in common: "i love
 * jazz" and "i love tea" stand side by side.
 */
export function supersedes(later: string, earlier: string): boolean {
  const a = words(later).filter((word) => word !== "now");
  const b = words(earlier).filter((word) => word !== "now");
  if (a.length !== b.length || a.length < 4) return false;
  return a.slice(0, -1).every((word, i) => word === b[i]);
}
