import { assert, assertEquals } from "@std/assert";
import {
  answerOverlap,
  type OpenOrcaRow,
  QUESTION_TEMPLATES,
  readOpenOrca,
  SPLIT_REASONS,
  type SplitLimits,
  splitOpenOrca,
  type SplitReason,
  TASK_TEMPLATES,
} from "../../../src/sources/mod.ts";
import { sharedFile } from "../shared_file.ts";
import { countWords, passage, row } from "./made_rows.ts";

const SAMPLE = sharedFile("openorca/openorca_first2rows.jsonl");

const LIMITS: SplitLimits = {
  minContextTokens: 20,
  maxContextTokens: 200,
  maxQueryTokens: 60,
  maxAnswerTokens: 50,
  minOverlap: 0.5,
};
const TEXT = passage(4);
const ASK = "Where does number 2 of Person4 live?";
const TOWN = "In Town126.";
const OPTIONS = "OPTIONS:\n- Town124\n- Town126";

const split = (made: OpenOrcaRow, limits = LIMITS) => splitOpenOrca(made, limits, countWords);

/** The reason why a row of FLAN, or of the collection in `id`, is not taken. */
function reasonOf(question: string, response = TOWN, id = "flan.1", limits = LIMITS): string {
  const result = split(row(id, question, response), limits);
  return "reason" in result ? result.reason : `taken by ${result.split.template}`;
}

Deno.test("every template takes back what it is filled with", () => {
  for (const { name, layout, ask } of QUESTION_TEMPLATES) {
    for (const tail of ["", `\n\n${OPTIONS}`, "\nA:", `\n${OPTIONS}\nAnswer:`]) {
      for (const lead of ["", "Q: "]) {
        const filled = layout.replace("{context}", TEXT).replace("{query}", ASK);
        const result = split(row("t0.1", lead + filled + tail, TOWN));
        assert("split" in result, `${name}: ${JSON.stringify(result)}`);
        const asked = (ask ?? "{query}").replace("{query}", ASK);
        const query = tail.includes("OPTIONS") ? `${asked}\n\n${OPTIONS}` : asked;
        const expected = {
          stratum: "t0" as const,
          template: name,
          context: TEXT,
          query,
          answer: TOWN,
        };
        assertEquals(result.split, expected, name);
      }
    }
  }
});

Deno.test("a definition is the query and its input the context", () => {
  const definition = "In this task, name the town where number 2 lives.\nBe brief.";
  for (const { name, layout } of TASK_TEMPLATES) {
    const filled = layout.replace("{context}", TEXT).replace("{query}", definition);
    const result = split(row("niv.1", filled, TOWN));
    if (name === "q-definition") {
      // Nothing says where the definition ends.
      assertEquals(result, { reason: "no template" });
      continue;
    }
    assert("split" in result, `${name}: ${JSON.stringify(result)}`);
    const { template, context, query } = result.split;
    assertEquals([template, context, query], [name, TEXT, definition]);
  }
});

Deno.test("names of templates are different", () => {
  for (const templates of [QUESTION_TEMPLATES, TASK_TEMPLATES]) {
    assertEquals(new Set(templates.map(({ name }) => name)).size, templates.length);
  }
});

Deno.test("options of other heads and marks join the query", () => {
  for (
    const options of [
      "Choices:\n (A). yes\n (B). no",
      "Pick from:\n[1] yes\n[2] no",
      "OPT: * yes * no",
    ]
  ) {
    const question = `${TEXT}\n\nIs it true that people live there?\n\n${options}`;
    const result = split(row("flan.1", question, "yes"));
    assert("split" in result, JSON.stringify(result));
    assertEquals(result.split.query, `Is it true that "people live there"?\n\n${options}`);
    assertEquals(result.split.context, TEXT);
  }
});

const CASES: Readonly<Record<SplitReason, readonly [string, string?, string?][]>> = {
  "unknown collection": [[`Article: ${TEXT}\n\nQuestion: ${ASK}`, TOWN, "dolly.1"]],
  "empty question": [["  \n"]],
  "empty answer": [[`Article: ${TEXT}\n\nQuestion: ${ASK}`, " \n"]],
  "reversed": [
    [`${TEXT}\n\nAsk a question about this article.`],
    [`Write a question about the following article: ${TEXT}`],
    [`${TEXT}\nDo you have any questions?`],
    [`What is the title of this article:\n\n${TEXT}`],
    ["Write an article that answers the following question: Who?"],
  ],
  "generation": [
    [`${TEXT}\n\nWrite highlights for this article.`],
    [`Summarize:\n\n${TEXT}`],
    [`${TEXT}\nWhat is a one-paragraph summary of the above article?`],
    ["Write a movie review."],
    [`Definition: Write a story of the given people.\nInput: ${TEXT}\nOutput:`, TOWN, "niv.1"],
  ],
  "closed book": [
    [ASK],
    [`Answer the following question:\n\n${ASK}`],
    [`Question: ${ASK}\nAnswer:`],
  ],
  "no template": [
    [`${TEXT}\n\nThis has no question mark.`],
    ["No definition of a task", TOWN, "niv.1"],
  ],
  "worked examples": [[`${TEXT}\nQuestion: Where?\nAnswer: There.\n\n${ASK}`]],
  "no answer overlap": [
    [`Article: ${TEXT}\n\nQuestion: ${ASK}`, "Somewhere in Paris, France."],
    [`Article: ${TEXT}\n\nQuestion: ${ASK}`, "Yes."],
  ],
  "context too short": [[`Article: ${passage(4, 1)}\n\nQuestion: ${ASK}`, "In Town124."]],
  "context too long": [
    [`Article: ${passage(4, 30)}\n\nQuestion: ${ASK}`],
    [`Article: ${passage(4, 300)}\n\nQuestion: ${ASK}`],
  ],
  "query too long": [[`Article: ${TEXT}\n\nQuestion: ${"very ".repeat(60)}${ASK}`]],
  "answer too long": [[`Article: ${TEXT}\n\nQuestion: ${ASK}`, "In Town126. ".repeat(30)]],
};

Deno.test("a row that is not taken has its reason", () => {
  for (const reason of SPLIT_REASONS) {
    for (const [question, response, id] of CASES[reason]) {
      assertEquals(reasonOf(question, response, id), reason, question.slice(0, 60));
    }
  }
});

Deno.test("limits hold their bounds, and an overlap that is no number takes nothing", () => {
  const question = `Article: ${TEXT}\n\nQuestion: ${ASK}`;
  const words = countWords(TEXT);
  const taken = "taken by article-question";
  const limited = (limits: Partial<SplitLimits>) =>
    reasonOf(question, TOWN, "flan.1", { ...LIMITS, ...limits });
  assertEquals(limited({ minContextTokens: words, maxContextTokens: words }), taken);
  assertEquals(limited({ minContextTokens: words + 1 }), "context too short");
  assertEquals(limited({ maxContextTokens: words - 1 }), "context too long");
  assertEquals(limited({ maxQueryTokens: countWords(ASK) }), taken);
  assertEquals(limited({ maxQueryTokens: countWords(ASK) - 1 }), "query too long");
  assertEquals(limited({ maxAnswerTokens: 2 }), taken);
  assertEquals(limited({ maxAnswerTokens: 1 }), "answer too long");
  assertEquals(limited({ minOverlap: NaN }), "no answer overlap");
});

Deno.test("the overlap counts the answer's own words", () => {
  assertEquals(answerOverlap("The answer is Oslo.", "He lives in Oslo.", "Where?"), 1);
  assertEquals(answerOverlap("Oslo or Bergen", "He lives in Oslo.", "Where?"), 0.5);
  assertEquals(
    answerOverlap("He lives there", "He lives in Oslo.", "Where does he lives there?"),
    0,
  );
  assertEquals(answerOverlap("42", "It is 42.", "How many?"), 1);
});

Deno.test({
  name: "of OpenOrca's first rows, a task is taken and a generation is not",
  ignore: SAMPLE === undefined,
  fn: async () => {
    const [task, generation] = await Array.fromAsync(readOpenOrca(SAMPLE as string));
    const result = split(task, { ...LIMITS, minContextTokens: 5, maxQueryTokens: 200 });
    assert("split" in result, JSON.stringify(result));
    assertEquals(result.split.template, "definition-first");
    assert(result.split.context.startsWith("AFC Ajax"));
    assert(result.split.query.startsWith("This task is about"));
    assertEquals(split(generation), { reason: "generation" });
  },
});

Deno.test("an answer to be judged is part of the query", () => {
  const asked = `Question: "${ASK}"\n\nResponse: "Town126"\n\n` +
    "Does the response correctly answer the question?";
  const result = split(row("flan.1", `${TEXT}\n\n${asked}\n\nOPTIONS:\n- no\n- yes`, "yes"));
  assert("split" in result, JSON.stringify(result));
  assertEquals(result.split.context, TEXT);
  assertEquals(result.split.query, `${asked}\n\nOPTIONS:\n- no\n- yes`);
});

Deno.test("an input that begins with a label ends a definition of one line", () => {
  const definition = "In this task, name the town where number 2 lives.";
  const result = split(row("niv.1", `Q: ${definition}\nPassage: ${TEXT}\nA:`, TOWN));
  assert("split" in result, JSON.stringify(result));
  assertEquals(result.split.template, "q-definition");
  assertEquals([result.split.query, result.split.context], [definition, `Passage: ${TEXT}`]);
});

/** Lists of options as FLAN draws them. */
const LISTS = [
  "OPTIONS:\n- yes\n- no",
  "Possible answers:\n (a). yes\n (b). no",
  "Choose from: [I] yes. [II] no.",
  "Select from the following.\n1). yes\n2). no",
  "Pick from: -- yes -- no",
];

Deno.test("options before the question join the query as well", () => {
  for (const list of LISTS) {
    for (const asked of [`Q: ${ASK}`, `Answer the following question: ${ASK}`]) {
      const result = split(row("flan.1", `${TEXT}\n\n${list}\n${asked}`, "yes"));
      assert("split" in result, `${list}: ${JSON.stringify(result)}`);
      assertEquals(result.split.context, TEXT);
      assertEquals(result.split.query, `${ASK}\n\n${list}`);
    }
  }
});

Deno.test("a list without a head is options at the end of a prompt alone", () => {
  const list = "- yes\n- no";
  const result = split(row("flan.1", `${TEXT}\n\n${ASK}\n${list}`, "yes"));
  assert("split" in result, JSON.stringify(result));
  assertEquals(result.split.query, `${ASK}\n\n${list}`);
  assertEquals(reasonOf(`${TEXT}\n${list}\n\n${ASK}`), "no template");
});

Deno.test("words that point to options are no part of context or query", () => {
  const says = "number 2 lives in Town126";
  const query = `Can we conclude from this that "${says}"?`;
  for (
    const question of [
      `${TEXT}\n\nChoose your answer: based on the paragraph above can we conclude that "${says}"?`,
      `${TEXT}\n\nMulti-choice problem: Based on the paragraph above can we conclude that "${says}"?`,
      `${TEXT}\n\nCan we draw the following conclusion (choose your answer)?\n${says}`,
      `You will be given options, read the text and determine if the sentence is true:\n\n${TEXT}` +
      `\n\nSentence: ${says}`,
      `Read the text and determine if the sentence is true (see options at the end):\n\n${TEXT}` +
      `\n\nSentence: ${says}`,
    ]
  ) {
    for (const cue of ["", "\nI think the answer is", "...A:"]) {
      const result = split(row("flan.1", `${question}\n\n${LISTS[0]}${cue}`, "yes"));
      assert("split" in result, `${question}: ${JSON.stringify(result)}`);
      assertEquals(result.split.context, TEXT);
      assertEquals(result.split.query, `${query}\n\n${LISTS[0]}`);
    }
  }
});

Deno.test("several questions about one text are one query", () => {
  const asked = `1. ${ASK}\n2. Where does number 3 live?`;
  for (
    const question of [
      `${TEXT}\n\n${asked}\n\nNumbered answers:`,
      `Make use of the article to answer the questions.\n\n${TEXT}\n\n${asked}`,
      `${TEXT}\n\nAnswer the following questions:\n${asked}\n\nNumbered answers:`,
    ]
  ) {
    const result = split(row("flan.1", question, "1. Town126\n2. Town127"));
    assert("split" in result, `${question}: ${JSON.stringify(result)}`);
    assertEquals([result.split.context, result.split.query], [TEXT, asked]);
  }
});

Deno.test("what only looks like a text and a question is refused", () => {
  for (
    const question of [
      `Sentence A: ${TEXT}\nSentence B: Number 2 lives there.\nDo they mean the same thing?`,
      `If "${TEXT.replace(". ", ".\n\n")}", who lives in "Town126"?`,
      `Look at this claim: "${TEXT.replace(". ", ".\n\n")}", is it that "he lives there"?`,
      `Consider what is said.\n\n${TEXT}\n\n${ASK}`,
      `Use the text for an answer.\n${TEXT}\n${ASK}`,
      `${TEXT}\n\nIs the following statement right, based on the text\n\nDoes number 2 live there?`,
      `${TEXT}\n\nWhich of the two sentences is the longer one?`,
      `${TEXT}\n\n${ASK}\nLet's think step by step.`,
      `Where does he live?\n\nWhich is the correct answer?`,
    ]
  ) assertEquals(reasonOf(question), "no template", question.slice(0, 60));
});

Deno.test("layouts that words tell are known where line ends were lost", () => {
  const question = "Extract the answer to the question from the following context.  Question: " +
    `${ASK}  Context: ${TEXT}`;
  const result = split(row("t0.1", question, TOWN));
  assert("split" in result, JSON.stringify(result));
  assertEquals(
    [result.split.template, result.split.context, result.split.query],
    ["extract-the-answer", TEXT, ASK],
  );
  assertEquals(reasonOf(`${question}  Choices:  - Town1  - Town2`, TOWN, "t0.1"), "closed book");
  assertEquals(reasonOf(`${TEXT} Question: ${ASK}`, TOWN, "t0.1"), "closed book");
});

Deno.test("white space and lists without end take no time without end", () => {
  const ends = ["\n", " ", " \n\t", ". ", "- a\n", "\n\n1. ", '" '];
  const start = performance.now();
  for (const end of ends) reasonOf(`Some text${end.repeat(20_000)}b\n\n${ASK}`);
  const milliseconds = performance.now() - start;
  assert(milliseconds < 5000, `took ${milliseconds} ms`);
});
