/**
 * Reads the zero-shot templates out of FLAN's Python files, which hold them as one literal:
 * a dictionary of lists of pairs of strings.
 *
 * @module
 */
import { DataError } from "../src/base/errors.ts";

/** A template: what is asked and what is answered, with `{fields}`. */
export interface FlanTemplate {
  /** The prompt. */
  readonly input: string;
  /** The answer. */
  readonly target: string;
}

const TOKEN = /\s+|#[^\n]*|"""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[[\](){},:]/y;
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", '"': '"', "'": "'" };

/**
 * The templates of the dictionary that is assigned to `PATTERNS`, by task.
 *
 * @throws {DataError} where there is none, or it holds something else.
 */
export function parsePatterns(python: string): Map<string, FlanTemplate[]> {
  const start = /^PATTERNS = (?=\{)/m.exec(python);
  if (!start) throw new DataError("reading FLAN: found no PATTERNS, expected a clone of FLAN");
  const tokens = tokenise(python, start.index + start[0].length);
  const patterns = new Map<string, FlanTemplate[]>();
  let task: string | undefined;
  let pair: string[] = [];
  for (let i = 0, depth = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if ("{[(".includes(token)) depth++;
    else if ("}])".includes(token)) {
      if (token === ")" && task !== undefined) {
        patterns.get(task)!.push({ input: pair[0], target: pair[1] });
        pair = [];
      }
      if (--depth === 0) break;
    } else if (depth === 1 && tokens[i + 1] === ":") {
      task = textOf(token);
      patterns.set(task, []);
    } else if (depth === 3 && token !== ",") {
      // Strings that stand beside each other are one.
      const goesOn = /^["']/.test(tokens[i - 1]);
      if (goesOn) pair[pair.length - 1] += textOf(token);
      else pair.push(textOf(token));
    }
  }
  return patterns;
}

function tokenise(python: string, from: number): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = from;
  let depth = 0;
  for (let match = TOKEN.exec(python); match; match = TOKEN.exec(python)) {
    const [token] = match;
    if (/^(?:\s|#)/.test(token)) continue;
    tokens.push(token);
    if ("{[(".includes(token)) depth++;
    if ("}])".includes(token) && --depth === 0) return tokens;
  }
  throw new DataError("reading FLAN: found something else than strings in PATTERNS");
}

function textOf(token: string): string {
  return token.slice(1, -1).replace(/\\(.)/g, (_, letter: string) => ESCAPES[letter] ?? letter);
}
