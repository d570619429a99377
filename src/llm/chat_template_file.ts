/**
 * Chat templates as model repositories keep them: `tokenizer_config.json`, or a `.jinja` file.
 *
 * @module
 */
import { ConfigError } from "../base/errors.ts";
import { ChatTemplate } from "./chat_template.ts";

/** Newer repositories keep the template in this file beside tokenizer_config.json. */
const BESIDE = "chat_template.jinja";

/**
 * Reads `tokenizer_config.json` (`chat_template` as text or as a list with one of the name
 * `default`, else `chat_template.jinja` beside it; special tokens) or a file that ends in `.jinja`
 * or `.jinja2`, which has no special tokens.
 *
 * @param variable The setting that names the file, for messages.
 * @throws {ConfigError} where there is no template, or none that renders a conversation.
 */
export function readChatTemplate(path: string, variable: string): ChatTemplate {
  const where = `${variable}=${path}`;
  const text = readText(path, where);
  if (/\.(jinja2?|j2)$/i.test(path)) return new ChatTemplate({ template: text }, where);
  const config = parse(text, where);
  const template = templateOf(config, where) ?? beside(path);
  if (template === undefined) {
    throw new ConfigError(
      `${where}: found no chat_template, and no ${BESIDE} beside it, expected one of the two; ` +
        `a base model has none: unset ${variable}`,
    );
  }
  const serverAddsBos = config.add_bos_token !== false;
  return new ChatTemplate({ template, tokens: tokensOf(config), serverAddsBos }, where);
}

type Config = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Config =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function readText(path: string, where: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError(
      `${where}: ${reason}; expected a tokenizer_config.json or a .jinja file; check the path`,
      { cause },
    );
  }
}

function parse(text: string, where: string): Config {
  const expected = "expected the JSON object of a tokenizer_config.json, or a file named *.jinja";
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new ConfigError(`${where}: found no JSON, ${expected}`, { cause });
  }
  if (!isObject(value)) throw new ConfigError(`${where}: found other JSON, ${expected}`);
  return value;
}

function templateOf({ chat_template: found }: Config, where: string): string | undefined {
  if (found === undefined || found === null || typeof found === "string") return found ?? undefined;
  const list = (Array.isArray(found) ? found : []).filter(isObject);
  const template = list.find(({ name }) => name === "default")?.template;
  if (typeof template === "string") return template;
  throw new ConfigError(
    `${where}: found a chat_template with ${
      list.map(({ name }) => String(name)).join(", ") || "nothing"
    }, expected text or a list with one of the name default; put the one to use into a .jinja file`,
  );
}

function beside(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path.replace(/[^/\\]*$/, BESIDE));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** `bos_token` and its like: text, or an object with the text as `content`. */
function tokensOf(config: Config): Record<string, string> {
  const tokens: Record<string, string> = {};
  for (const [name, value] of Object.entries(config)) {
    const text = isObject(value) ? value.content : value;
    if (name.endsWith("_token") && typeof text === "string") tokens[name] = text;
  }
  return tokens;
}
