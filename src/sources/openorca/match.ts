/**
 * Which template a prompt fits, found with plain searches: a hundred patterns that go back over
 * every text would be slow over millions of rows.
 *
 * @module
 */
import {
  type OpenOrcaStratum,
  type OpenOrcaTemplate,
  QUESTION_TEMPLATES,
  TASK_TEMPLATES,
} from "./templates/mod.ts";

/** What a layout found. */
export interface TemplateMatch {
  /** The layout. */
  readonly template: OpenOrcaTemplate;
  /** The words in the place of `{context}`. */
  readonly context: string;
  /** The words in the place of `{query}`. */
  readonly query: string;
}

interface Compiled {
  readonly template: OpenOrcaTemplate;
  readonly prefix: string;
  readonly middle: string;
  readonly suffix: string;
  readonly contextFirst: boolean;
}

/** Characters of words that need no line end before them to be known. */
const TELLING = 20;

function compile(template: OpenOrcaTemplate, layout = template.layout): Compiled {
  const [prefix, between, behind] = layout.split(/\{(?:context|query)\}/);
  // Where options stood, lines before the next words may be one more or less.
  const middle = between.trimStart().length >= TELLING ? between.trimStart() : between;
  const suffix = behind.trimStart();
  const contextFirst = layout.indexOf("{context}") < layout.indexOf("{query}");
  return { template, prefix, middle, suffix, contextFirst };
}

const QUESTIONS = QUESTION_TEMPLATES.map((template) => compile(template));
const TASKS = TASK_TEMPLATES.map((template) => compile(template));

/** What a layout must have before its context and its query to be known on one line. */
const TELLS = /\p{L}{3}.*[:?.]\s*$/su;

/** The collection behind T0 lost its line ends: layouts that words alone tell, on one line. */
const FLAT = QUESTION_TEMPLATES
  .filter(({ layout }) => {
    const [prefix, middle] = layout.split(/\{(?:context|query)\}/);
    return layout.includes("\n") && TELLS.test(prefix) && TELLS.test(middle);
  })
  .map((template) => compile(template, template.layout.replace(/\s+/g, " ")));

/** Options on the line of the text: where they end cannot be told. */
const FLAT_OPTIONS = /\b(?:choices|options|candidates|answers):/i;

/**
 * The first layout of the stratum that `text` fits, or undefined. The context reaches to the last
 * place where the question can begin, or starts at the first where it can end.
 *
 * @param text The prompt without its options and without what asks for the answer.
 */
export function matchTemplate(text: string, stratum: OpenOrcaStratum): TemplateMatch | undefined {
  for (const compiled of stratum === "niv" ? TASKS : QUESTIONS) {
    const match = matchOne(text, compiled);
    if (match) return match;
  }
  if (stratum === "niv" || text.includes("\n") || FLAT_OPTIONS.test(text)) return;
  const line = text.replace(/ {2,}/g, " ");
  for (const compiled of FLAT) {
    const match = matchOne(line, compiled);
    if (match) return match;
  }
}

const LABEL = /^\p{Lu}[\p{L} ]{0,30}\d*:/u;

function matchOne(text: string, compiled: Compiled): TemplateMatch | undefined {
  const { template, prefix, middle, suffix, contextFirst } = compiled;
  if (!text.startsWith(prefix) || !text.endsWith(suffix)) return;
  if (text.length < prefix.length + suffix.length) return;
  const body = text.slice(prefix.length, text.length - suffix.length);
  const at = contextFirst ? body.lastIndexOf(middle) : body.indexOf(middle);
  if (at < 0) return;
  const parts = [body.slice(0, at).trim(), body.slice(at + middle.length).trim()];
  const [context, query] = contextFirst ? parts : [parts[1], parts[0]];
  if (context === "" || query === "") return;
  if (!template.lines && query.includes("\n")) return;
  if (template.bare && !query.split("\n").every((line) => line.endsWith("?"))) return;
  if (template.labelled && !LABEL.test(context)) return;
  return { template, context, query };
}
