/**
 * The prompt layouts of the collections behind OpenOrca that put a context and a question about it
 * into one text.
 *
 * @module
 */
import { JUDGEMENT_TEMPLATES } from "./judgement.ts";
import { PLAIN_TEMPLATES, READING_TEMPLATES } from "./reading.ts";
import type { OpenOrcaTemplate } from "./template.ts";

export { TASK_TEMPLATES } from "./tasks.ts";
export { OPENORCA_STRATA, type OpenOrcaStratum, type OpenOrcaTemplate } from "./template.ts";

/** Layouts of FLAN, T0 and CoT; the first that fits is taken, so particular ones stand first. */
export const QUESTION_TEMPLATES: readonly OpenOrcaTemplate[] = [
  ...READING_TEMPLATES,
  ...JUDGEMENT_TEMPLATES,
  ...PLAIN_TEMPLATES,
];
