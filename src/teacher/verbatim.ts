/**
 * Finding what a model quoted: models change quotes, white space and capitals when they copy.
 *
 * @module
 */

/** A text and where each of its characters stood in the text that it was made of. */
interface Folded {
  readonly text: string;
  readonly at: readonly number[];
}

const QUOTES: Readonly<Record<string, string>> = { "‘": "'", "’": "'", "“": '"', "”": '"' };

/** Lower case, plain quotes, one space for any run of white space. */
function fold(text: string): Folded {
  let out = "";
  const at: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const blank = /\s/.test(text[i]);
    if (blank && (out === "" || out.endsWith(" "))) continue;
    const lower = text[i].toLowerCase();
    // A letter whose small form is longer would shift all that follows.
    out += blank ? " " : QUOTES[text[i]] ?? (lower.length === 1 ? lower : text[i]);
    at.push(i);
  }
  return { text: out, at };
}

/**
 * The stretch of `context` that `quote` copies: character for character, else but for white space,
 * quotes and capitals.
 *
 * @returns The verbatim stretch; undefined where the context holds nothing like it.
 */
export function verbatimOf(context: string, quote: string): string | undefined {
  const wanted = quote.trim();
  if (wanted === "") return;
  if (context.includes(wanted)) return wanted;
  const folded = fold(context);
  const target = fold(wanted).text.trimEnd();
  const start = folded.text.indexOf(target);
  if (start < 0) return;
  return context.slice(folded.at[start], folded.at[start + target.length - 1] + 1);
}
