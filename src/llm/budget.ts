/**
 * What may be spent. A request reserves the most that it can cost before it is sent, so what is
 * spent and reserved together never exceeds the limit.
 *
 * @module
 */
import { ConfigError, HaltError } from "../base/errors.ts";
import type { Endpoint, Prices } from "./endpoint.ts";
import { type LlmRequest, promptTokenBound } from "./request.ts";

const MILLION = 1_000_000;

/** Price of tokens in US dollars; 0 without prices. */
export function costOf(prices: Prices | null, prompt: number, completion: number): number {
  return prices ? (prompt * prices.input + completion * prices.output) / MILLION : 0;
}

/** The most that one attempt at a request can cost, in US dollars. */
export function worstCostOf(prices: Prices | null, request: LlmRequest): number {
  return costOf(prices, promptTokenBound(request), request.maxTokens);
}

/** Money set aside for one attempt. */
export interface Reservation {
  /** Gives back what was not needed; once. */
  settle(costUsd: number): void;
}

/** What can be under way at once, as known beforehand. */
export interface BudgetBound {
  /** Requests that fit into what is left, at most as many as may be in flight. */
  readonly requests: number;
  /** The most that they can cost together, in US dollars. */
  readonly usd: number;
  /** What is spent when they all cost the most, in US dollars; never above the limit. */
  readonly spentUsd: number;
}

interface Waiting {
  readonly usd: number;
  readonly granted: (reservation: Reservation) => void;
  readonly refused: (error: HaltError) => void;
}

/** A limit on spending, shared by all who ask. */
export class Budget {
  readonly #limit: number;
  #spent: number;
  #reserved = 0;
  #inFlight = 0;
  #queue: Waiting[] = [];
  #halted: HaltError | undefined;

  /**
   * Starts a budget.
   *
   * @param maxCostUsd The limit in US dollars.
   * @param spentUsd Spent before, such as {@linkcode RequestLog.costUsd} of a run that goes on.
   * @throws {ConfigError} where a number is negative or no number.
   */
  constructor(maxCostUsd: number, spentUsd = 0) {
    if (!(maxCostUsd >= 0 && spentUsd >= 0)) {
      throw new ConfigError(
        `maximum cost: found ${maxCostUsd} with ${spentUsd} spent, expected US dollars, 0 or more`,
      );
    }
    this.#limit = maxCostUsd;
    this.#spent = spentUsd;
  }

  /** Spent so far, in US dollars. */
  get spentUsd(): number {
    return this.#spent;
  }

  /** Set aside for attempts under way, in US dollars. */
  get reservedUsd(): number {
    return this.#reserved;
  }

  /** The limit, in US dollars. */
  get maxCostUsd(): number {
    return this.#limit;
  }

  /**
   * Checks that the cost of an endpoint can be known.
   *
   * @throws {ConfigError} where it has no prices.
   */
  check(endpoint: Endpoint): void {
    if (endpoint.prices) return;
    const prefix = `RWR_${endpoint.role.toUpperCase()}_PRICE_`;
    throw new ConfigError(
      `maximum cost: found no prices of ${endpoint.model}, expected ${prefix}INPUT and ` +
        `${prefix}OUTPUT in US dollars for a million tokens; set both, or ask without a maximum`,
    );
  }

  /** What `maxInFlight` requests like `request` can cost at most. */
  bound(endpoint: Endpoint, request: LlmRequest, maxInFlight: number): BudgetBound {
    const one = worstCostOf(endpoint.prices, request);
    const left = this.#limit - this.#spent;
    const fit = one > 0 ? Math.max(0, Math.floor(left / one)) : maxInFlight;
    const requests = Math.min(fit, maxInFlight);
    return { requests, usd: requests * one, spentUsd: this.#spent + requests * one };
  }

  /**
   * Sets money aside, and waits where attempts under way may give some back.
   *
   * @throws {HaltError} where it does not fit even then; from then on nothing does.
   */
  reserve(usd: number): Promise<Reservation> {
    return new Promise((granted, refused) => {
      this.#queue.push({ usd, granted, refused });
      this.#serve();
    });
  }

  #serve(): void {
    while (this.#queue.length > 0) {
      const [{ usd, granted, refused }] = this.#queue;
      if (!this.#halted && this.#spent + this.#reserved + usd <= this.#limit) {
        granted(this.#set(usd));
      } else if (this.#halted || this.#inFlight === 0) {
        this.#halted ??= new HaltError(
          `asking within $${this.#limit}: found $${this.#spent.toFixed(6)} spent and a request ` +
            `of up to $${usd.toFixed(6)}, expected room for it; raise the maximum cost to go on`,
        );
        refused(this.#halted);
      } else return;
      this.#queue.shift();
    }
  }

  #set(usd: number): Reservation {
    this.#reserved += usd;
    this.#inFlight++;
    let open = true;
    return {
      settle: (costUsd) => {
        if (!open) return;
        open = false;
        this.#inFlight--;
        // Sums of fractions leave remainders; none may stay behind.
        this.#reserved = this.#inFlight === 0 ? 0 : this.#reserved - usd;
        this.#spent += costUsd;
        this.#serve();
      },
    };
  }
}
