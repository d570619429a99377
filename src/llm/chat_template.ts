/**
 * The chat template of a model behind `/completions`: a server that is sent a prompt applies none,
 * so the conversation is rendered here, as the model was trained to read it.
 *
 * @module
 */
import { Template } from "@huggingface/jinja";
import { ConfigError } from "../base/errors.ts";
import { hashJson } from "../base/hash.ts";
import type { Endpoint } from "./endpoint.ts";
import type { LlmMessage, LlmRequest } from "./request.ts";

/** A template's text, and the special tokens of its tokenizer. */
export interface ChatTemplateSource {
  /** Jinja, as transformers reads it. */
  readonly template: string;
  /** Special tokens by their names in tokenizer_config.json, such as `bos_token`. */
  readonly tokens?: Readonly<Record<string, string>>;
  /** `add_bos_token` of tokenizer_config.json; true where it does not say. */
  readonly serverAddsBos?: boolean;
}

type Compiled = Pick<Template, "render">;

/** What a template may ask for a date: always this day, so that a prompt is the same tomorrow. */
const TODAY = { Y: "2024", m: "07", d: "26", b: "Jul", B: "July", H: "00", M: "00", "%": "%" };

/** Renders conversations; made once and found good before anything is asked. */
export class ChatTemplate {
  /** SHA-256 of the template and its special tokens; part of what a request is known by. */
  readonly hash: string;
  /** Texts at which the model has ended its turn. */
  readonly stop: readonly string[];
  readonly #where: string;
  readonly #tokens: Readonly<Record<string, string>>;
  readonly #dropsBos: boolean;
  readonly #compiled: Compiled;
  readonly #folds: boolean;

  /**
   * Compiles a template and tries it on a conversation with a system message, and where it refuses
   * or leaves that out, with the system's words at the head of the first user message.
   *
   * @param where Where the template came from, for messages.
   * @throws {ConfigError} where it is no Jinja, or renders neither conversation.
   */
  constructor({ template, tokens = {}, serverAddsBos = true }: ChatTemplateSource, where: string) {
    this.hash = hashJson({ template, tokens, serverAddsBos });
    this.stop = tokens.eos_token ? [tokens.eos_token] : [];
    this.#where = where;
    this.#tokens = tokens;
    this.#dropsBos = serverAddsBos;
    this.#compiled = compile(template, where);
    this.#folds = !this.#takes(TRIAL);
    if (this.#folds && !shows(this.#render(folded(TRIAL)), TRIAL)) {
      throw this.#unfit("a prompt without the user's words", "one that holds every message");
    }
  }

  /**
   * The prompt, up to where the model goes on. A beginning-of-text token at its head is left out,
   * since servers put one there themselves, unless `add_bos_token` is false.
   *
   * @throws {ConfigError} where the template refuses the conversation.
   */
  prompt(messages: readonly LlmMessage[]): string {
    return this.#render(this.#folds ? folded(messages) : messages);
  }

  #takes(messages: readonly LlmMessage[]): boolean {
    try {
      return shows(this.#render(messages), messages);
    } catch (error) {
      if (error instanceof ConfigError) return false;
      throw error;
    }
  }

  #render(messages: readonly LlmMessage[]): string {
    const items = {
      ...{ bos_token: "", eos_token: "", ...this.#tokens },
      ...{ messages, add_generation_prompt: true, date_in_prompt },
    };
    let prompt: unknown;
    try {
      prompt = this.#compiled.render(items);
    } catch (error) {
      throw this.#unfit(describe(error), "a prompt; choose the template of a chat model", error);
    }
    if (typeof prompt !== "string") throw this.#unfit(typeof prompt, "text");
    const bos = this.#tokens.bos_token ?? "";
    return this.#dropsBos && prompt.startsWith(bos) ? prompt.slice(bos.length) : prompt;
  }

  #unfit(found: string, expected: string, cause?: unknown): ConfigError {
    return new ConfigError(
      `rendering the chat template of ${this.#where}: found ${found}, expected ${expected}`,
      { cause },
    );
  }
}

/** The request as an endpoint is sent it: its template's prompt as one message, and its stops. */
export function asSent({ template }: Endpoint, request: LlmRequest): LlmRequest {
  if (!template) return request;
  const content = template.prompt(request.messages);
  const stop = [...new Set([...request.stop ?? [], ...template.stop])];
  return { ...request, messages: [{ role: "user", content }], stop };
}

/**
 * How a completion server is shown the messages: the template's hash, or `joined`; undefined for a
 * chat server, which shows them to the model itself.
 */
export function formOf({ api, template }: Endpoint): string | undefined {
  return template?.hash ?? (api === "completions" ? "joined" : undefined);
}

const TRIAL: readonly LlmMessage[] = [
  { role: "system", content: "TheSystemSays" },
  { role: "user", content: "TheUserAsks" },
];

const shows = (prompt: string, messages: readonly LlmMessage[]): boolean =>
  messages.every(({ content }) => prompt.includes(content));

function compile(text: string, where: string): Compiled {
  try {
    const template = new Template(text);
    // A global cannot be given twice, but a template may set it anew.
    const [today] = new Template("{% set strftime_now = date_in_prompt %}").parsed.body;
    template.parsed.body.unshift(today);
    return template;
  } catch (error) {
    throw new ConfigError(
      `reading the chat template of ${where}: found ${describe(error)}, expected Jinja as ` +
        `transformers reads it; copy the model's tokenizer_config.json again`,
      { cause: error },
    );
  }
}

const date_in_prompt = (format: string): string =>
  format.replace(/%([YmdbBHM%])/g, (_, code) => TODAY[code as keyof typeof TODAY]);

/** The system's messages, with a blank line between, at the head of the first message of a user. */
function folded(messages: readonly LlmMessage[]): LlmMessage[] {
  const system = messages.filter(({ role }) => role === "system").map(({ content }) => content);
  const spoken = messages.filter(({ role }) => role !== "system");
  if (system.length === 0) return spoken;
  const first = spoken.findIndex(({ role }) => role === "user");
  const asked = first < 0 ? [] : [spoken[first].content];
  const content = [...system, ...asked].join("\n\n");
  const rest = first < 0 ? spoken : spoken.toSpliced(first, 1);
  return [{ role: "user", content }, ...rest];
}

const describe = (error: unknown): string => {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/\s+/g, " ").slice(0, 300);
};
