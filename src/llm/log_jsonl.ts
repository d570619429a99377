/**
 * The request log as JSON lines, for readers in any language: the log's columns by name, messages
 * and sampling as JSON rather than as text.
 *
 * @module
 */
import { canonicalJson, type Json } from "../base/canonical_json.ts";
import { DataError } from "../base/errors.ts";
import { hashJson } from "../base/hash.ts";
import type { ColumnType } from "../tables/schemas.ts";
import { COLUMNS, type LogRow } from "./log_format.ts";

const OUTCOMES: readonly string[] = ["reply", "failed", "lost"] satisfies LogRow["outcome"][];

/** One line, with its end. */
export function jsonLine(row: LogRow): string {
  const messages: Json = JSON.parse(row.messages);
  const sampling: Json = JSON.parse(row.sampling);
  return JSON.stringify({ ...row, messages, sampling }) + "\n";
}

/**
 * Reads JSON lines, one in memory at a time.
 *
 * @throws {DataError} that names the line which is no JSON, lacks a column, or whose key is not
 *   that of what it says was asked.
 */
export async function* jsonLines(path: string): AsyncGenerator<LogRow> {
  let number = 0;
  for await (const line of linesOf(path)) {
    number++;
    if (line.trim() !== "") yield readLine(line, `${path} line ${number}`);
  }
}

async function* linesOf(path: string): AsyncGenerator<string> {
  using file = await Deno.open(path).catch((cause) => {
    throw new DataError(`reading ${path}: ${cause.message}; check the path`, { cause });
  });
  let rest = "";
  for await (const piece of file.readable.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop()!;
    yield* lines;
  }
  yield rest;
}

type Line = Readonly<Record<string, Json | undefined>>;

function readLine(text: string, where: string): LogRow {
  const fail = (found: string, cause?: unknown): never => {
    throw new DataError(
      `reading requests from ${where}: found ${found}, expected a line that the kit's export ` +
        `wrote; export again`,
      { cause },
    );
  };
  let line: Line;
  try {
    line = JSON.parse(text);
  } catch (cause) {
    return fail("no whole JSON", cause);
  }
  if (typeof line !== "object" || line === null) return fail("no object");
  for (const [name, type] of Object.entries(COLUMNS)) {
    const value = line[name];
    const right = name === "messages"
      ? Array.isArray(value)
      : name === "sampling"
      ? typeof value === "object" && value !== null && !Array.isArray(value)
      : fits(value, type);
    if (!right) fail(`${name} as ${JSON.stringify(value)?.slice(0, 80) ?? "nothing"}`);
  }
  if (!OUTCOMES.includes(line.outcome as string)) fail(`the outcome ${line.outcome}`);
  if (keyOf(line) !== line.key) fail("a key that is not that of the messages and sampling");
  const texts = ["messages", "sampling"].map((name) => [name, canonicalJson(line[name]!)]);
  const cells = Object.keys(COLUMNS).map((name) => [name, line[name]]);
  return Object.fromEntries([...cells, ...texts]) as LogRow;
}

function fits(value: Json | undefined, type: ColumnType): boolean {
  if (value === null) return type.endsWith("?");
  switch (type.replace("?", "")) {
    case "text":
      return typeof value === "string";
    case "boolean":
      return typeof value === "boolean";
    case "int32":
      return typeof value === "number" && value === (value | 0);
    default:
      return typeof value === "number";
  }
}

/** `requestKey` of what a line says was asked. */
function keyOf({ model, base_url, messages, sampling, attempt }: Line): string {
  const { schema, template, ...rest } = sampling as Line;
  return hashJson({
    ...{ model, baseUrl: base_url, messages, sampling: rest, schema, attempt, template },
  });
}
