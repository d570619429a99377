/**
 * Requests of OpenAI's protocol, as far as a model that only goes on with text can serve them.
 *
 * Source of the fields: OpenAI's API reference, "Completions" and "Chat completions".
 *
 * @module
 */
import { ConfigError } from "../base/errors.ts";

/** The two ways to ask. */
export type ServedApi = "chat" | "completions";

/** A request, read. */
export interface ServedRequest {
  /** The way it came, and its reply's form. */
  readonly api: ServedApi;
  /** Text that the model goes on with; messages of a chat are joined by blank lines. */
  readonly prompt: string;
  /** Most tokens of the reply. */
  readonly maxTokens: number;
  /** Sampling temperature; 0 is greedy. */
  readonly temperature: number;
  /** Draws from the fewest tokens whose probabilities sum to this share. */
  readonly topP: number;
  /** Seed of the sampling. */
  readonly seed: number;
  /** Texts at which the reply ends; they are not part of it. */
  readonly stop: readonly string[];
  /** Whether the reply goes out as server-sent events. */
  readonly stream: boolean;
  /** Whether the last event has the usage. */
  readonly streamUsage: boolean;
}

const READ = [
  ...["model", "prompt", "messages", "max_tokens", "max_completion_tokens", "temperature"],
  ...["top_p", "seed", "stop", "stream", "stream_options", "user"],
];
/** What is not done here, and the value with which nothing is asked. */
const NEUTRAL: Readonly<Record<string, unknown>> = {
  n: 1,
  best_of: 1,
  echo: false,
  logprobs: false,
  store: false,
  frequency_penalty: 0,
  presence_penalty: 0,
};
const DEFAULT_TOKENS = { completions: 16, chat: 512 };

/**
 * Reads the body of a request to `/completions` or `/chat/completions`.
 *
 * @param served Name of the model that is served; a request for another is refused.
 * @throws {ConfigError} where a field is missing, of the wrong kind, or asks for what this server
 *   does not do, such as tools or a schema for the reply.
 */
export function readRequest(api: ServedApi, body: unknown, served: string): ServedRequest {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new ConfigError(`found no JSON object, expected the body of a ${api} request`);
  }
  const fields = new Fields(body as Record<string, unknown>);
  fields.refuseOthers();
  const model = fields.text("model", served);
  if (model !== served) {
    throw new ConfigError(`model: found "${model}", expected "${served}", the one served here`);
  }
  const limit = fields.number("max_completion_tokens", NaN);
  const options = fields.object("stream_options");
  return {
    api,
    prompt: api === "chat" ? fields.conversation() : fields.text("prompt"),
    maxTokens: fields.integer(
      "max_tokens",
      Number.isNaN(limit) ? DEFAULT_TOKENS[api] : limit,
      1,
    ),
    temperature: fields.number("temperature", 1, 0, 2),
    topP: fields.number("top_p", 1, 0, 1),
    seed: fields.integer("seed", 0),
    stop: fields.stop(),
    stream: fields.flag("stream"),
    streamUsage: options.include_usage === true,
  };
}

class Fields {
  constructor(readonly body: Record<string, unknown>) {}

  /** A field that nobody reads would be an answer to another question. */
  refuseOthers(): void {
    for (const [name, value] of Object.entries(this.body)) {
      if (READ.includes(name) || value === null) continue;
      if (Object.hasOwn(NEUTRAL, name) && value === NEUTRAL[name]) continue;
      this.#fail(name, value, "a request without it; this server does not do what it asks for");
    }
  }

  text(name: string, otherwise?: string): string {
    const value = this.body[name] ?? otherwise;
    // A list of one prompt is how several clients send one.
    const one = Array.isArray(value) && value.length === 1 ? value[0] : value;
    return typeof one === "string" ? one : this.#fail(name, value, "a text");
  }

  number(name: string, otherwise: number, least = -Infinity, most = Infinity): number {
    const value = this.body[name] ?? otherwise;
    if (typeof value === "number" && !(value < least || value > most)) return value;
    return this.#fail(name, value, `a number from ${least} to ${most}`);
  }

  integer(name: string, otherwise: number, least = -Number.MAX_SAFE_INTEGER): number {
    const value = this.number(name, otherwise);
    if (Number.isSafeInteger(value) && value >= least) return value;
    return this.#fail(name, value, `an integer from ${least}`);
  }

  flag(name: string): boolean {
    const value = this.body[name] ?? false;
    return typeof value === "boolean" ? value : this.#fail(name, value, "true or false");
  }

  object(name: string): Record<string, unknown> {
    const value = this.body[name] ?? {};
    if (typeof value === "object") return value as Record<string, unknown>;
    return this.#fail(name, value, "an object");
  }

  stop(): string[] {
    const value = this.body.stop ?? [];
    const list = typeof value === "string" ? [value] : value;
    const good = Array.isArray(list) && list.every((text) => typeof text === "string" && text);
    return good ? list : this.#fail("stop", value, "a text or a list of texts, none empty");
  }

  conversation(): string {
    const value = this.body.messages;
    if (!Array.isArray(value) || value.length === 0) {
      return this.#fail("messages", value, "a list of one message at least");
    }
    return value.map((message) =>
      contentOf(message) ??
        this.#fail("messages", message, "messages whose content is text")
    ).join("\n\n");
  }

  #fail(name: string, found: unknown, expected: string): never {
    const shown = JSON.stringify(found) ?? "nothing";
    throw new ConfigError(`${name}: found ${shown.slice(0, 80)}, expected ${expected}`);
  }
}

/** A message's text: a string, or a list of parts of text. */
function contentOf(message: unknown): string | undefined {
  const content = (message as { content?: unknown } | null)?.content;
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return undefined;
  const parts = content.map((part) => part?.type === "text" ? part.text : undefined);
  return parts.every((part) => typeof part === "string") ? parts.join("") : undefined;
}
