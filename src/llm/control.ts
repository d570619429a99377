/**
 * How much is asked of a server at once: a limit that grows until the server pushes back, rates a
 * minute, pauses that the server asks for, and a breaker for a server that is gone.
 *
 * @module
 */
import { ConfigError, type HaltError } from "../base/errors.ts";
import { Breaker, type Probe } from "./breaker.ts";
import { TokenBucket } from "./token_bucket.ts";

/** Limits of a {@linkcode Control}; those left out have the defaults named. */
export interface ControlOptions {
  /** Most requests in flight; 64. */
  readonly maxInFlight?: number;
  /** Requests a minute; no limit. */
  readonly requestsPerMinute?: number;
  /** Tokens a minute, estimated as prompt and `maxTokens` together; no limit. */
  readonly tokensPerMinute?: number;
  /** Tries of one request, the first among them; 6. Twice as many where the server pushes back. */
  readonly tries?: number;
  /** Milliseconds before the first retry, doubled for each one after; 500. */
  readonly backoffMs?: number;
  /** The longest wait before a retry, in milliseconds; 30,000. */
  readonly maxBackoffMs?: number;
  /** Milliseconds until the response begins; 120,000. */
  readonly connectTimeoutMs?: number;
  /** Milliseconds between two pieces of a stream; 60,000. */
  readonly idleTimeoutMs?: number;
  /** Milliseconds for all of one try; 600,000. */
  readonly totalTimeoutMs?: number;
  /** How long a server may be gone, or ask to wait, before the run halts; 300,000 ms. */
  readonly patienceMs?: number;
  /** Seed of the jitter; 0. */
  readonly seed?: number;
}

const DEFAULTS: Required<ControlOptions> = {
  maxInFlight: 64,
  requestsPerMinute: Infinity,
  tokensPerMinute: Infinity,
  tries: 6,
  backoffMs: 500,
  maxBackoffMs: 30_000,
  connectTimeoutMs: 120_000,
  idleTimeoutMs: 60_000,
  totalTimeoutMs: 600_000,
  patienceMs: 300_000,
  seed: 0,
};

/** Requests in flight before anything is known of the server. */
const FIRST_LIMIT = 16;

/** What one try said of the server: all is well, it is there, it is too much, it is gone. */
export type ServerSign = "served" | "there" | "pushback" | "gone";

/** Leave to send one request. */
export interface Pass {
  /** Number of decreases of the limit before this request was sent. */
  readonly epoch: number;
}

interface Waiting {
  readonly tokens: number;
  readonly admitted: (pass: Pass) => void;
  readonly refused: (error: HaltError) => void;
}

/** Admits requests to one server; shared by all clients that ask it. */
export class Control {
  /** The limits. */
  readonly options: Required<ControlOptions>;
  readonly #requests: TokenBucket;
  readonly #tokens: TokenBucket;
  readonly #breaker: Breaker;
  readonly #queue: Waiting[] = [];
  readonly #sleepers = new Set<(error: HaltError) => void>();
  #limit: number;
  #active = 0;
  #epoch = 0;
  #pausedUntil = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #halted: HaltError | undefined;

  /**
   * Starts with a limit of 16, which grows by one for each reply until the server pushes back.
   *
   * @throws {ConfigError} where a limit is not a number above zero, or is unknown.
   */
  constructor(options: ControlOptions = {}) {
    checkOptions(options);
    this.options = { ...DEFAULTS, ...options };
    this.#limit = Math.min(FIRST_LIMIT, this.options.maxInFlight);
    this.#requests = new TokenBucket(this.options.requestsPerMinute);
    this.#tokens = new TokenBucket(this.options.tokensPerMinute);
    this.#breaker = new Breaker(this.options.patienceMs, {
      closed: () => this.#admit(),
      gaveUp: (error) => this.halt(error),
    });
  }

  /** Requests in flight. */
  get inFlight(): number {
    return this.#active;
  }

  /** Requests that may be in flight now. */
  get limit(): number {
    return Math.floor(this.#limit);
  }

  /** Why nothing is asked any more; undefined while it is. */
  get halted(): HaltError | undefined {
    return this.#halted;
  }

  /** Ends all waiting; requests in flight go on to their end. */
  halt(error: HaltError): void {
    this.#halted ??= error;
    clearTimeout(this.#timer);
    this.#breaker.stop();
    for (const { refused } of this.#queue.splice(0)) refused(this.#halted);
    for (const refuse of this.#sleepers) refuse(this.#halted);
    this.#sleepers.clear();
  }

  /**
   * Waits for leave to send a request, in order of asking.
   *
   * @param tokens Estimate of the tokens that it will take.
   * @throws {HaltError} once halted.
   */
  enter(tokens: number): Promise<Pass> {
    return new Promise((admitted, refused) => {
      if (this.#halted) return refused(this.#halted);
      this.#queue.push({ tokens, admitted, refused });
      this.#admit();
    });
  }

  /** A request came to its end. */
  leave(pass: Pass, sign: ServerSign, retryAfterMs: number | undefined, probe: Probe): void {
    if (sign === "served") this.#grow();
    if (sign === "pushback") this.#shrink(pass);
    if (retryAfterMs !== undefined) {
      this.#pausedUntil = Math.max(this.#pausedUntil, performance.now() + retryAfterMs);
    }
    this.#active--;
    if (!this.#halted) {
      if (sign === "gone") this.#breaker.failed(probe);
      else this.#breaker.answered();
    }
    this.#admit();
  }

  /**
   * Waits.
   *
   * @throws {HaltError} once halted, without waiting to the end.
   */
  sleep(milliseconds: number): Promise<void> {
    return new Promise((done, failed) => {
      if (this.#halted) return failed(this.#halted);
      const refuse = (error: HaltError): void => {
        clearTimeout(timer);
        failed(error);
      };
      const timer = setTimeout(() => {
        this.#sleepers.delete(refuse);
        done();
      }, milliseconds);
      this.#sleepers.add(refuse);
    });
  }

  #admit(): void {
    clearTimeout(this.#timer);
    while (this.#queue.length > 0 && this.#active < this.limit && !this.#halted) {
      if (this.#breaker.open) return;
      const [{ tokens, admitted }] = this.#queue;
      const wait = Math.max(
        this.#pausedUntil - performance.now(),
        this.#requests.wait(1),
        this.#tokens.wait(tokens),
      );
      if (wait > 0) {
        this.#timer = setTimeout(() => this.#admit(), Math.ceil(wait));
        return;
      }
      this.#requests.take(1);
      this.#tokens.take(tokens);
      this.#active++;
      this.#queue.shift();
      admitted({ epoch: this.#epoch });
    }
  }

  /** Doubles a round until the first push back, then adds one a round. */
  #grow(): void {
    if (this.#active < this.limit) return;
    const step = this.#epoch === 0 ? 1 : 1 / this.#limit;
    this.#limit = Math.min(this.options.maxInFlight, this.#limit + step);
  }

  /** Halves once for all requests that were sent before the last halving. */
  #shrink(pass: Pass): void {
    if (pass.epoch !== this.#epoch) return;
    this.#epoch++;
    this.#limit = Math.max(1, this.#limit / 2);
  }
}

function checkOptions(options: ControlOptions): void {
  for (const [name, value] of Object.entries(options)) {
    if (!(name in DEFAULTS)) {
      throw new ConfigError(
        `control: found ${name}, expected one of ${Object.keys(DEFAULTS).join(", ")}`,
      );
    }
    const least = ["maxInFlight", "tries"].includes(name) ? 1 : 0;
    if (!(value >= least && (value > 0 || name === "seed" || name === "backoffMs"))) {
      throw new ConfigError(`control: ${name}: found ${value}, expected a number above 0`);
    }
  }
}
