/**
 * What stands around a question in a prompt: lists of options, words that point to them, and words
 * that ask for the answer. FLAN draws each at random, so they are taken off before templates are
 * compared.
 *
 * @module
 */

const CUE_WORDS = "A|AI|Answer|An answer|The answer|The answer is|(?:I think|And) the answer is|" +
  "Output|Response|Solution|Student|Numbered answers|Provide a numbered list of answers\\.|" +
  "Whats the answer\\?";
/**
 * What asks for the answer, at the end of a prompt. White space before it is bounded by the line,
 * so that the search takes time in proportion to the text.
 */
const CUE = new RegExp(
  `(?:(?:\\n[^\\S\\n]*|(?<=[?."]) +)(?:${CUE_WORDS})|\\.\\.\\. *(?:${CUE_WORDS})?) ?:?$`,
);

/** The prompt without the words at its end that ask for the answer. */
export function withoutCue(text: string): string {
  return text.trimEnd().replace(CUE, "").trimEnd();
}

/** How an option begins. */
const MARK = "(?:--?|[+*]|\\[[-+\\w]+\\]\\.?|\\(\\w+\\)[.)]?|\\w{1,4}(?:[.)]|\\)\\.))";
const HEAD = new RegExp(
  "(?:(?:^|\\n)[^\\S\\n]*(?:Here are the options: )?|\\.)" +
    "(?:(?:OPTIONS|Options|OPT|Possible answers|Available choices|Available options|Options are|" +
    "Choices|Choose from|Choose your answer from|Pick your answer from|Pick from|Select from):|" +
    `(?:Select|pick) from the following\\.)(?=\\s*${MARK})`,
  "g",
);
const ITEM = new RegExp(`^\\s*${MARK}\\s*\\S.*(?<!\\?)$`);

/** A prompt and the list of options that stood in it; "" where it has none. */
export interface Optioned {
  /** The prompt without the list. */
  readonly text: string;
  /** The list with its head. */
  readonly options: string;
}

/** Takes the last list of options out, wherever it stands. */
export function withoutOptions(text: string): Optioned {
  const head = [...text.matchAll(HEAD)].at(-1);
  if (!head) return withoutBareOptions(text);
  const start = head.index;
  const lines = text.slice(start + head[0].length).split("\n");
  // Items stand behind the head, or one a line below it.
  let count = 1;
  const below = lines[0].trim() === "";
  while (count < lines.length && below && ITEM.test(lines[count])) count++;
  const options = head[0].replace(/^\./, "") + lines.slice(0, count).join("\n");
  const after = lines.slice(count).join("\n").trim();
  const before = text.slice(0, start).trimEnd();
  return {
    text: after === "" ? withoutCue(before) : `${before}\n\n${after}`.trim(),
    options: options.replace(/^\s*Here are the options: /, "").replace(/\.\.\.\s*$/, "").trim(),
  };
}

/** A list without a head is taken for options at the end of a prompt alone. */
function withoutBareOptions(text: string): Optioned {
  const lines = text.split("\n");
  let first = lines.length;
  while (first > 0 && ITEM.test(lines[first - 1])) first--;
  if (lines.length - first < 2) return { text, options: "" };
  return {
    text: withoutCue(lines.slice(0, first).join("\n").trim()),
    options: lines.slice(first).join("\n").replace(/\.\.\.\s*$/, "").trim(),
  };
}

/** Whether a text begins or ends with a list, which may be options without a head. */
export function touchesList(text: string): boolean {
  const lines = text.split("\n");
  const both = (some: readonly string[]) =>
    some.length === 2 && some.every((line) => ITEM.test(line));
  return both(lines.slice(0, 2)) || both(lines.slice(-2));
}

type Left = string | ((match: string, before: string, first: string) => string);

/** Words that point to a list of options, and what is left of them. */
const POINTERS: readonly (readonly [RegExp, Left])[] = [
  [/ ?\((?:see options(?: at the end)?|choose your answer|see options below)\)/gi, ""],
  [/ by choosing from the options(?=[.:])/g, ""],
  [/\. (?:Select from options at the end|Choose from options)[.:](?=\n)/g, ":"],
  [/Question with options to choose from: /g, "Question: "],
  [/^See the multi-choice question below:\s*/, ""],
  [/\n\nHere are the options: *(?=\n)/g, ""],
  [
    new RegExp(
      "(^|\\n\\.?|\\. ?)(?:Multi-choice (?:problem|question)|Multi-select(?: problem)?|" +
        "Single/multi-select question|Question with options|Q with options|" +
        "Choose (?:your answer|from options|the correct answer)|Select the correct answer|" +
        "Pick from options)[:.] ?(\\S)",
      "g",
    ),
    (_, before: string, first: string) => before + first.toUpperCase(),
  ],
  [
    /(^|\n)(?:Choose your answer(?: from options)?|Choose from options|Select from options|See options at the end|Note the options at the end|This question has options)\. /g,
    "$1",
  ],
  [/^You will be given options, r/, "R"],
  [/\nPossible answers:\s*$/, ""],
];

/** The prompt without words that point to a list of options. */
export function withoutPointers(text: string): string {
  // A string and a function are different forms of `replace`.
  const take = (rest: string, [words, left]: typeof POINTERS[number]): string =>
    typeof left === "string" ? rest.replace(words, left) : rest.replace(words, left);
  return POINTERS.reduce(take, text).trim();
}
