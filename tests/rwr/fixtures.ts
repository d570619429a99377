import { hashJson } from "../../src/base/hash.ts";
import type { SourceRow } from "../../src/sources/items.ts";
import { EmbeddedTeacher } from "../../src/teacher/embedded.ts";
import { words } from "../../src/teacher/text.ts";
import { needsOf, numberOf, numberWord } from "../../src/teacher/thesaurus.ts";
import type { Generate } from "../../src/rwr/generate.ts";
import { parseNote } from "../../src/rwr/note.ts";
import { tinyFormat } from "../../src/rwr/prompts.ts";
import type { Tokenizer } from "../../src/tokenizer/mod.ts";

/** A history in the words of the tiny corpus that holds a fact of every kind. */
export const history: readonly string[] = [
  "day d3",
  "user: hello there .",
  "assistant: hello how can i help you ?",
  "user: by the way my dog is rex .",
  "assistant: ok .",
  "user: is the weather nice or bad ?",
  "assistant: it is very nice .",
  "user: suggest a hotel .",
  "assistant: for a hotel try luna .",
  "day d9",
  "user: well i love jazz .",
  "user: the chair cost two .",
  "user: i think the traffic was slow .",
  "assistant: yes it was slow .",
  "user: i met nina on three .",
  "assistant: got it .",
  "user: oh and the lamp cost six .",
  "assistant: good to know .",
  "user: my dog is now tom .",
  "user: i met carl on eight .",
  "user: thanks that is great .",
  "assistant: you are welcome .",
];

/** One question of each kind about {@linkcode history}: question, type, answer, evidence. */
export const questions: readonly (readonly [string, string, string, string[]])[] = [
  ["what is my dog ?", "knowledge-update", "tom", ["my dog is now tom ."]],
  ["what did you suggest for hotel ?", "single-session-assistant", "luna", [
    "for a hotel try luna .",
  ]],
  ["recommend some music ?", "single-session-preference", "jazz", ["i love jazz ."]],
  ["how much for lamp and chair ?", "multi-session", "eight", [
    "the lamp cost six .",
    "the chair cost two .",
  ]],
  ["how much was the lamp ?", "single-session-user", "six", ["the lamp cost six ."]],
  ["how many days between carl and nina ?", "temporal-reasoning", "five", [
    "i met carl on eight .",
    "i met nina on three .",
  ]],
  ["when i met carl ?", "single-session-user", "eight", ["i met carl on eight ."]],
  ["what is my car ?", "abstention", "unknown", []],
  ["how much for lamp and vase ?", "abstention", "unknown", ["the lamp cost six ."]],
  ["recommend some drinks ?", "abstention", "unknown", []],
];

/** Source rows over one context. */
export function sourceRows(context: string = history.join("\n")): SourceRow[] {
  return questions.map(([query, questionType, answer, evidence]) => {
    const row = {
      split: "train" as const,
      contextId: hashJson(context),
      context,
      query,
      answer,
      questionType,
      evidence,
    };
    return { rowId: hashJson(row), ...row };
  });
}

/** What a note implies, for the model below. */
function impliedAnswer(query: string, note: string): string {
  const sentences = note.split(/(?<=\.)\s+/).map(words);
  const { relation, subjects } = needsOf(query);
  const values = subjects.map((subject) =>
    sentences.findLast((list) => list.some((word) => subject.has(word)))?.at(-1)
  );
  if (values.length === 0 || values.some((value) => value === undefined)) return "unknown";
  if (relation.answer === "value") return values[0]!;
  const [a, b] = values.map((value) => numberOf(value!)!);
  return numberWord(relation.answer === "sum" ? a + b : Math.abs(a - b));
}

/** A model that is the embedded teacher behind the tiny format's prompts. */
export function ruleModel(tokenizer: Tokenizer): { generate: Generate; calls: number[] } {
  const teacher = new EmbeddedTeacher();
  const calls: number[] = [];
  const reply = async (prompt: string): Promise<string> => {
    const [context, turn] = prompt.split("<q>");
    const [query, note] = turn.replace(/<a>$/, "").split("<r>").map((text) => text.trim());
    const raw = note || (await teacher.writeNote(context.replace("<bos>", ""), query)).raw;
    const answer = impliedAnswer(query, parseNote(raw));
    return prompt.endsWith("<r>") ? tinyFormat.recallResponse(raw, answer) : ` ${answer} <eos>`;
  };
  const generate: Generate = async (prompts, { maxNewTokens, stop }) => {
    calls.push(prompts.length);
    return await Promise.all(prompts.map(async (prompt) => {
      const ids = tokenizer.encode(await reply(tokenizer.decode(prompt)));
      const end = ids.findIndex((id) => stop.includes(id));
      const tokens = ids.slice(0, Math.min(end, maxNewTokens));
      return { tokens, finish: tokens.length === end ? "stop" as const : "length" as const };
    }));
  };
  return { generate, calls };
}
