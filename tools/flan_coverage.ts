/**
 * Checks how prompts are cut against the templates that made them: fills every zero-shot template
 * of a clone of google-research/FLAN with made-up fields, cuts the prompts, and counts which came
 * back right, were refused, or were cut wrongly.
 *
 * `deno run -A tools/run.ts run -A tools/flan_coverage.ts PATH/TO/FLAN [--all]`
 *
 * Fails where any is cut wrongly. Nothing of the clone is kept.
 *
 * @module
 */
import { splitOpenOrca, type SplitResult } from "../src/sources/mod.ts";
import { type FlanTemplate, parsePatterns } from "./flan_patterns.ts";

/** What each field of the tasks with a context is: what to read, or what is asked. */
const CONTEXT_FIELDS = [
  "background",
  "context",
  "text",
  "passage",
  "paragraph",
  "premise",
  "sentence",
  "fact",
];
const QUERY_FIELDS = ["question", "hypothesis", "query", "numbered_questions", "response"];
/** Tasks whose prompts hold a context and a question about it. */
const CONTEXT_TASKS = new Set(
  ("rte cb anli mnli snli wnli squad_v1 squad_v2 drop quac coqa bool_q multirc cosmos_qa natinst_v2")
    .split(" "),
);
/** Tasks that ask for a text of the model's own, or hold nothing to read. */
const NO_CONTEXT = new RegExp(
  "^(natural_questions|synth_cot_natural_questions|trivia_qa|math_dataset|aeslc|cnn_dailymail|" +
    "gigaword|multi_news|newsroom|samsum|xsum|para_crawl|wmt\\w+|true_case|fix_punct|word_segment|" +
    "opinion_abstracts\\w+|common_gen|synth_cot_common_gen|dart|e2e_nlg|web_nlg_en|" +
    "wiki_lingua\\w*|arc|piqa|story_cloze|hellaswag|copa|lambada|program_synthesis\\w+|" +
    "\\w*input_inversion\\w*|strategyqa|cot_(?:gsm8k|strategyqa|creak|qasc|ecqa|sensemaking)|" +
    "stream_aqua|record|cola|trec|bigbench:.*)$",
);

const ONE = "The mill of Aven stands by the river and has two wheels. Ann Berg built it in 1812 " +
  "for the bakers of the town. Her brother Bo Lind ran it until the great flood took the dam.";
const SEVERAL =
  "The mill of Aven stands by the river.\n\nWho would have built it there? Ann Berg " +
  "did, in 1812, for the bakers.\nHer brother Bo Lind ran it: nobody else could.\n\nAfter the " +
  "great flood it was sold to the town.";
const BACKGROUND = "Aven is a small town of bakers and boatmen in the north.";
const DIALOGUE =
  "Ann: Have you seen the mill?\nBo: Yes, who has not?\nAnn: It was sold to the town.";

type Fields = Readonly<Record<string, string>>;

const NLI = "The mill was built by Ann Berg.";
const ANSWER = "Ann Berg";
const OPTIONS = ["yes", "no", ANSWER];

const fieldsOf = (passage: string, options: string, asked: string): Fields => ({
  ...Object.fromEntries(CONTEXT_FIELDS.map((name) => [name, passage])),
  ...{ background: BACKGROUND, title: "The Mill of Aven", options_: options },
  ...{ options_str: options, hypothesis: NLI, question: asked, response: ANSWER, answer: ANSWER },
  ...{ query: "The people of Aven thanked @placeholder for the mill.", entity: ANSWER },
  numbered_questions: "1. Who built the mill?\n2. When was it built?",
  numbered_answers: "1. Ann Berg\n2. 1812",
  ...{ sentence: NLI, sentence1: passage, sentence2: NLI, sent1: NLI, sent2: NLI },
  ...{ Definition: "In this task, name who built what the text is about.\nGive the name only." },
  ...{ input: `Passage: ${passage}`, output: ANSWER, dialog_: DIALOGUE, dialogue: DIALOGUE },
  ...{ summary: NLI, highlights: `${NLI}\nIt was sold.`, article: passage, document: passage },
});

const bulleted = (head: string, mark: (i: number) => string) =>
  `${head}${OPTIONS.map((option, i) => `${mark(i)}${option}`).join("")}`;
/** Some of the many ways in which options are listed. */
const OPTION_STYLES = [
  bulleted("OPTIONS:", () => "\n- "),
  bulleted("OPTIONS:", (i) => `\n(${"ABC"[i]}) `),
  bulleted("Choose from:", (i) => ` [${["I", "II", "III"][i]}] `),
  bulleted("Select from the following.", (i) => `\n ${"abc"[i]}). `),
  bulleted("Pick your answer from:", () => " -- "),
  bulleted("", () => "\n + "),
];
const QUESTIONS = ["Who built the mill of Aven?", "who has built the mill of Aven for the bakers"];

interface Filling {
  readonly prompt: string;
  readonly fields: Fields;
}

function* fillings(template: string): Generator<Filling> {
  const withOptions = /\{options_(?:str)?\}/.test(template);
  for (const passage of [ONE, SEVERAL]) {
    for (const asked of template.includes("{question}") ? QUESTIONS : QUESTIONS.slice(0, 1)) {
      for (const options of withOptions ? OPTION_STYLES : [""]) {
        const fields = fieldsOf(passage, options, asked);
        const fill = (_: string, name: string): string => fields[name] ?? `the ${name}`;
        yield { prompt: template.replace(/\{(\w+)\}/g, fill), fields };
      }
    }
  }
}

/** FLAN's own way to the templates without options. */
const withoutOptions = (template: string): string =>
  template.replace("\n\n{options_}", "").replace("\n{options_}", "").replace("{options_}", "")
    .replace("\n\n{options_str}", "");

const squeeze = (text: string): string => text.replace(/\s+/g, " ").trim();

type Verdict = "right" | "refused" | "wrong";

/**
 * Right: the context is all of the fields that are to be read and nothing else but their labels,
 * and the query holds all that is asked and nothing of the context.
 */
function judge(task: string, template: FlanTemplate, filling: Filling, result: SplitResult) {
  if ("reason" in result) return { verdict: "refused" as Verdict, why: result.reason };
  const { context, query, template: name } = result.split;
  const [read, asked] = task === "natinst_v2"
    ? [["input"], ["Definition"]]
    : task === "wnli"
    ? [["sentence1"], ["sentence2"]]
    : [CONTEXT_FIELDS, QUERY_FIELDS];
  const used = (names: readonly string[]) =>
    [...template.input.matchAll(/\{(\w+)\}/g)].map(([, field]) => field)
      .filter((field) => names.includes(field));
  const contexts = used(read).map((field) => squeeze(filling.fields[field]));
  const queries = used(asked).map((field) => squeeze(filling.fields[field]));
  let rest = squeeze(context);
  const held = contexts.every((text) => rest.includes(text));
  for (const text of [...contexts, squeeze(filling.fields.title)]) rest = rest.replace(text, "");
  const extra = rest.replace(
    /\b(?:Context|Background|Passage|Paragraph|Short movie review|Sentence from a movie review|Review|Article|Text|Dialogue)\s*:/g,
    "",
  )
    .match(/[\p{L}\p{N}]+/gu) ?? [];
  const answers = !/\{(?:question|context|text|title|hypothesis|highlights|summary)\}/
    .test(template.target);
  const good = held && contexts.length > 0 && extra.length === 0 && answers &&
    queries.every((text) => squeeze(query).includes(text)) &&
    !contexts.some((text) => squeeze(query).includes(text.slice(0, 40)));
  const why = `${name}: ${JSON.stringify({ context, query })}`;
  return { verdict: good ? "right" as const : "wrong" as const, why };
}

const LIMITS = {
  minContextTokens: 1,
  maxContextTokens: 10_000,
  maxQueryTokens: 10_000,
  maxAnswerTokens: 10_000,
  minOverlap: 0.5,
};
const countWords = (text: string): number => text.split(/\s+/).length;

/** The worst of a template's fillings, and what came of it. */
function check(task: string, template: FlanTemplate) {
  const id = task === "natinst_v2" ? "niv.1" : "flan.1";
  let refused: string | undefined;
  let count = { right: 0, refused: 0 };
  for (const filling of fillings(template.input)) {
    const row = { id, system_prompt: "", question: filling.prompt, response: ANSWER };
    const { verdict, why } = judge(
      task,
      template,
      filling,
      splitOpenOrca(row, LIMITS, countWords),
    );
    if (verdict === "wrong") return { verdict, why };
    count = { ...count, [verdict]: count[verdict] + 1 };
    if (verdict === "refused") refused ??= `${why}: ${JSON.stringify(filling.prompt)}`;
  }
  const verdict: Verdict = count.right >= count.refused ? "right" : "refused";
  return { verdict, why: refused ? `${count.refused} refused, such as ${refused}` : "" };
}

async function readTemplates(clone: string): Promise<Map<string, FlanTemplate[]>> {
  const tasks = new Map<string, FlanTemplate[]>();
  for (const file of ["v2/templates.py", "v2/flan_templates_branched.py", "templates.py"]) {
    const text = await Deno.readTextFile(`${clone}/flan/${file}`);
    for (const [task, templates] of parsePatterns(text)) {
      const all = tasks.get(task) ?? [];
      for (const { input, target } of templates) {
        for (const form of [input, withoutOptions(input)]) {
          if (!all.some((known) => known.input === form)) all.push({ input: form, target });
        }
      }
      tasks.set(task, all);
    }
  }
  return tasks;
}

const [clone, flag] = Deno.args;
const table: Record<string, Record<Verdict, number>> = {};
let wrong = 0;
const sums = { taken: 0, asked: 0, reversed: 0, refusals: 0 };
for (const [task, templates] of await readTemplates(clone)) {
  const counts = table[task] = { right: 0, refused: 0, wrong: 0 };
  for (const template of templates) {
    const { verdict, why } = check(task, template);
    const reversed = !/\{(?:answer|output|numbered_answers|cot|chain_of_thought)\}/
      .test(template.target) || NO_CONTEXT.test(task);
    const bad = verdict === "wrong" || (reversed && verdict === "right");
    counts[bad ? "wrong" : verdict]++;
    if (bad) wrong++;
    if (CONTEXT_TASKS.has(task)) {
      if (reversed) sums.reversed++;
      else {
        sums.asked++;
        if (verdict === "right" && !bad) sums.taken++;
      }
    }
    const shown = bad || (flag === "--all" && why !== "" && CONTEXT_TASKS.has(task) && !reversed);
    if (shown) {
      console.log(`${bad ? "WRONG" : verdict} ${task} ${JSON.stringify(template.input)}\n  ${why}`);
    }
  }
}
for (const [task, counts] of Object.entries(table)) {
  const kind = CONTEXT_TASKS.has(task) ? "context" : NO_CONTEXT.test(task) ? "no context" : "other";
  console.log(
    `${task.padEnd(44)} ${kind.padEnd(10)} right ${String(counts.right).padStart(3)}, refused ` +
      `${String(counts.refused).padStart(3)}, wrong ${String(counts.wrong).padStart(3)}`,
  );
}
console.log(
  `templates with a context and a question: ${sums.taken} of ${sums.asked} taken right; ` +
    `cut wrongly, of all tasks: ${wrong}`,
);
if (wrong > 0) Deno.exit(1);
