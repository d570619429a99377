/**
 * Layouts of Natural Instructions.
 *
 * @module
 */
import { type OpenOrcaTemplate, task } from "./template.ts";

/** Layouts of Natural Instructions: the definition of the task is the query. */
export const TASK_TEMPLATES: readonly OpenOrcaTemplate[] = [
  task(
    "definition-first",
    "You will be given a definition of a task first, then some input of the task.\n{query}\n\n" +
      "{context}\nOutput:",
  ),
  task("definition-input", "Definition: {query}\nInput: {context}\nOutput:"),
  task("instructions-input", "Instructions: {query}\nInput: {context}\nOutput:"),
  task(
    "reply-with-output",
    "Given the task definition and input, reply with output. {query}\n\n{context}",
  ),
  task(
    "teacher",
    "Teacher:{query}\nTeacher: Now, understand the problem? Solve this instance: {context}\n" +
      "Student:",
  ),
  task("problem", "Detailed Instructions: {query}\nProblem:{context}\nSolution:"),
  task("detailed-q", "Detailed Instructions: {query}\nQ: {context}\nA:"),
  { ...task("q-definition", "Q: {query}\n{context}\nA:"), labelled: true },
  task("definition-q", "{query}\nQ: {context}\nA:"),
  task("definition-only", "{query}\n\n{context}"),
];
