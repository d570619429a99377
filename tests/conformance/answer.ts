/**
 * The command `answer` run in this process, over a made-up file or a real one.
 *
 * @module
 */
import { command } from "../../src/cli/answer.ts";
import { pathOf } from "../repository.ts";

/** Two items in LongMemEval's schema, written for these tests. */
export const DATA = pathOf("tests/conformance/fixtures/two_items.json");
/** A byte-level BPE of 270 tokens, made for these tests. */
export const TOKENIZER = pathOf("tests/conformance/fixtures/small_tokenizer.json");

/** Runs the command and returns what it printed. */
export async function runAnswer(args: readonly string[]): Promise<string> {
  const lines: string[] = [];
  const { log } = console;
  console.log = (line: string) => lines.push(line);
  try {
    const code = await command.run([...args]);
    if (code !== 0) throw new Error(`answer ended with ${code}`);
  } finally {
    console.log = log;
  }
  return lines.join("\n");
}
