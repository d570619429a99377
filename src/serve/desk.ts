/**
 * Where prompts wait for the model: those that came while it was busy are answered as one batch.
 *
 * @module
 */
import { ConfigError } from "../base/errors.ts";
import type { Generate } from "../rwr/generate.ts";
import type { Tokenizer } from "../tokenizer/mod.ts";
import type { ServedReply } from "./reply.ts";
import type { ServedRequest } from "./request.ts";

/** How a reply is drawn; see `Sampling` of src/infer. */
export interface ServedSampling {
  /** Decides what is drawn. */
  readonly seed: number;
  /** Divides the logits; above 0. */
  readonly temperature: number;
  /** 0: no limit on the number of tokens to draw from. */
  readonly topK: number;
  /** Share of probability to draw from. */
  readonly topP: number;
}

/** The model behind a server. */
export interface ServedModel {
  /** Its name, as requests call it. */
  readonly name: string;
  /** Its tokenizer. */
  readonly tokenizer: Tokenizer;
  /** Token ids that end a reply. */
  readonly stop: readonly number[];
  /** A generator; greedy where there is no sampling. */
  generator(sampling?: ServedSampling): Generate;
}

interface Waiting {
  readonly tokens: readonly number[];
  readonly request: ServedRequest;
  readonly done: (reply: ServedReply) => void;
  readonly failed: (error: unknown) => void;
}

/** Most prompts of a batch. */
const MAX_BATCH = 64;
/** How long an idle model waits for company, in milliseconds. */
const GATHER_MS = 5;

/** Takes prompts and hands them to the model, one batch at a time. */
export class Desk {
  readonly #model: ServedModel;
  #queue: Waiting[] = [];
  #busy = false;

  constructor(model: ServedModel) {
    this.#model = model;
  }

  /**
   * Answers a request.
   *
   * @throws {ConfigError} where the prompt has no token.
   */
  answer(request: ServedRequest): Promise<ServedReply> {
    const tokens = this.#model.tokenizer.encode(request.prompt);
    if (tokens.length === 0) {
      throw new ConfigError("prompt: found no token, expected one at least");
    }
    return new Promise((done, failed) => {
      this.#queue.push({ tokens, request, done, failed });
      if (this.#busy) return;
      this.#busy = true;
      setTimeout(() => this.#work(), GATHER_MS);
    });
  }

  async #work(): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#take();
      try {
        const replies = await this.#generate(batch);
        batch.forEach(({ done }, i) => done(replies[i]));
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    this.#busy = false;
  }

  /** Greedy replies do not depend on their batch; a drawn one depends on its place, hence alone. */
  #take(): Waiting[] {
    const [first] = this.#queue;
    if (first.request.temperature > 0) return this.#queue.splice(0, 1);
    const batch = this.#queue.filter(({ request }) => request.temperature === 0);
    const taken = new Set(batch.slice(0, MAX_BATCH));
    this.#queue = this.#queue.filter((waiting) => !taken.has(waiting));
    return [...taken];
  }

  async #generate(batch: readonly Waiting[]): Promise<ServedReply[]> {
    const [{ request: { temperature, topP, seed } }] = batch;
    const sampling = temperature > 0 ? { seed, temperature, topK: 0, topP } : undefined;
    const replies = await this.#model.generator(sampling)(
      batch.map(({ tokens }) => tokens),
      {
        maxNewTokens: Math.max(...batch.map(({ request }) => request.maxTokens)),
        stop: this.#model.stop,
      },
    );
    return replies.map(({ tokens, finish }, i) => this.#reply(batch[i], tokens, finish));
  }

  /** The batch ran to its longest limit; each reply is cut at its own. */
  #reply(
    { tokens: prompt, request: { maxTokens, stop } }: Waiting,
    written: readonly number[],
    finish: ServedReply["finish"],
  ): ServedReply {
    const kept = written.slice(0, maxTokens);
    const text = this.#model.tokenizer.decode(kept);
    const ends = stop.map((mark) => text.indexOf(mark)).filter((at) => at >= 0);
    const whole = kept.length === written.length ? finish : "length";
    return {
      text: ends.length > 0 ? text.slice(0, Math.min(...ends)) : text,
      finish: ends.length > 0 ? "stop" : whole,
      promptTokens: prompt.length,
      completionTokens: kept.length,
    };
  }
}
