/**
 * Where a model is asked: address, name, key and prices, from the environment.
 *
 * @module
 */
import { ConfigError } from "../base/errors.ts";
import type { ChatTemplate } from "./chat_template.ts";
import { readChatTemplate } from "./chat_template_file.ts";

/** Who asks: each role has its own model, and may have its own server. */
export type LlmRole = "teacher" | "verifier";

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A secret that shows itself to nobody but who asks for it by {@linkcode ApiKey.reveal}. */
export class ApiKey {
  readonly #value: string;

  /**
   * Keeps a key.
   *
   * @param variable Where it came from, for the message.
   * @throws {ConfigError} where it holds white space or what no HTTP header can carry.
   */
  constructor(value: string, variable: string) {
    if (!/^[\x21-\x7e]+$/.test(value)) {
      throw new ConfigError(
        `${variable}: found white space or characters outside ASCII, expected a key without ` +
          `them; set it again`,
      );
    }
    this.#value = value;
  }

  /** The key itself, for the Authorization header alone. */
  reveal(): string {
    return this.#value;
  }

  /** `text` without the key: servers repeat what they were sent. */
  redact(text: string): string {
    return text.replaceAll(this.#value, "[key]");
  }

  /** `[key]`. */
  toString(): string {
    return "[key]";
  }

  /** `[key]`. */
  toJSON(): string {
    return "[key]";
  }

  /** `[key]`, when Deno prints it. */
  [Symbol.for("Deno.customInspect")](): string {
    return "[key]";
  }

  /** `[key]`, when Node prints it. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return "[key]";
  }
}

/** Prices in US dollars for a million tokens. */
export interface Prices {
  /** Of tokens read. */
  readonly input: number;
  /** Of tokens written. */
  readonly output: number;
}

/** A model on a server. */
export interface Endpoint {
  /** Who asks. */
  readonly role: LlmRole;
  /** Address such as `http://localhost:8000/v1`, without a slash at its end. */
  readonly baseUrl: string;
  /** The model's name, as the server knows it. */
  readonly model: string;
  /** The key; null for a server that asks for none. */
  readonly key: ApiKey | null;
  /** `chat` for `/chat/completions`, `completions` for `/completions`. */
  readonly api: "chat" | "completions";
  /** Renders conversations for `completions`; without it contents are joined by blank lines. */
  readonly template?: ChatTemplate;
  /** Prices; null where none are known. */
  readonly prices: Prices | null;
}

/**
 * Reads an endpoint from `RWR_TEACHER_BASE_URL`, `…_MODEL`, `…_API_KEY`, `…_API` (`chat` or
 * `completions`), `…_CHAT_TEMPLATE` (for `completions`: a tokenizer_config.json or a .jinja file),
 * `…_PRICE_INPUT` and `…_PRICE_OUTPUT` (US dollars for a million tokens).
 *
 * `RWR_VERIFIER_…` falls back to the teacher's. The teacher's key goes to no other server than the
 * teacher's, and its template and prices hold for no other model. `OPENAI_API_KEY` stands in for a
 * key that is not set.
 *
 * @throws {ConfigError} that names the variable which is missing or wrong, a bad template included.
 */
export function endpointFromEnvironment(
  role: LlmRole,
  environment: Environment = Deno.env.toObject(),
): Endpoint {
  const prefix = `RWR_${role.toUpperCase()}_`;
  const own = (name: string): Variable => variable(environment, prefix + name);
  const teachers = (name: string): Variable => variable(environment, `RWR_TEACHER_${name}`);
  const either = (name: string): Variable =>
    own(name).value === undefined ? teachers(name) : own(name);

  const baseUrl = readUrl(either("BASE_URL"));
  const model = required(either("MODEL"), "the model's name, as the server knows it");
  const sameServer = baseUrl === teachers("BASE_URL").value?.replace(/\/+$/, "");
  const sameModel = sameServer && model === teachers("MODEL").value;
  const key = sameServer ? either("API_KEY") : own("API_KEY");
  const pick = sameModel ? either : own;
  const api = readApi(sameServer ? either("API") : own("API"));
  const template = readTemplate(
    api === "completions" ? pick("CHAT_TEMPLATE") : own("CHAT_TEMPLATE"),
    api,
  );
  return {
    role,
    baseUrl,
    model,
    key: readKey(key.value === undefined ? variable(environment, "OPENAI_API_KEY") : key),
    api,
    ...(template && { template }),
    prices: readPrices(pick("PRICE_INPUT"), pick("PRICE_OUTPUT")),
  };
}

interface Variable {
  readonly name: string;
  /** Without white space around; undefined where the variable is empty or not set. */
  readonly value: string | undefined;
}

function variable(environment: Environment, name: string): Variable {
  return { name, value: environment[name]?.trim() || undefined };
}

function required({ name, value }: Variable, expected: string): string {
  if (value !== undefined) return value;
  throw new ConfigError(`${name}: found nothing, expected ${expected}; set this variable`);
}

function readUrl(from: Variable): string {
  const text = required(from, "the server's address, such as http://localhost:8000/v1");
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new ConfigError(
      `${from.name}: found ${JSON.stringify(text)}, expected an address that starts with http:// ` +
        `or https://, such as http://localhost:8000/v1`,
    );
  }
  // Addresses are logged; a name and password in one would be too.
  if (url.username || url.password || url.search || url.hash) {
    throw new ConfigError(
      `${from.name}: found an address with a user, a password, a query or a fragment, expected ` +
        `none; put the key into ${from.name.replace("BASE_URL", "API_KEY")}`,
    );
  }
  return text.replace(/\/+$/, "");
}

function readKey({ name, value }: Variable): ApiKey | null {
  return value === undefined ? null : new ApiKey(value, name);
}

function readApi({ name, value = "chat" }: Variable): "chat" | "completions" {
  if (value === "chat" || value === "completions") return value;
  throw new ConfigError(
    `${name}: found ${JSON.stringify(value)}, expected chat or completions`,
  );
}

function readTemplate(
  { name, value }: Variable,
  api: "chat" | "completions",
): ChatTemplate | undefined {
  if (value === undefined) return undefined;
  if (api === "completions") return readChatTemplate(value, name);
  throw new ConfigError(
    `${name}: found a template for a chat server, which applies its own, expected none; unset it, ` +
      `or set ${name.replace("CHAT_TEMPLATE", "API")}=completions`,
  );
}

function readPrices(input: Variable, output: Variable): Prices | null {
  if (input.value === undefined && output.value === undefined) return null;
  const read = (from: Variable): number => {
    const text = required(from, "a price in US dollars for a million tokens, as the other one has");
    const price = Number(text);
    if (price >= 0 && Number.isFinite(price)) return price;
    throw new ConfigError(
      `${from.name}: found ${JSON.stringify(text)}, expected US dollars for a million tokens, ` +
        `0 or more`,
    );
  };
  return { input: read(input), output: read(output) };
}
