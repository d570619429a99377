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

function compile(template: OpenOrcaTemplate): Compiled {
  const [prefix, middle, suffix] = template.layout.split(/\{(?:context|query)\}/);
  const contextFirst = template.layout.indexOf("{context}") < template.layout.indexOf("{query}");
  return { template, prefix, middle, suffix, contextFirst };
}

const QUESTIONS = QUESTION_TEMPLATES.map((template) => compile(template));
const TASKS = TASK_TEMPLATES.map((template) => compile(template));

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
}

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
  if (template.bare && !query.endsWith("?")) return;
  return { template, context, query };
}
