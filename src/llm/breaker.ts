/**
 * A server that is gone is not asked by every request in turn: after a few failures it is probed
 * until it is back, or patience ends.
 *
 * @module
 */
import { HaltError } from "../base/errors.ts";
import { formatDuration } from "../base/progress.ts";

/** Asks a server something that costs nothing; true where it answers. */
export type Probe = () => Promise<boolean>;

/** Failures in a row after which nothing is sent. */
const FAILURES = 3;
const PROBES = 20;
const LONGEST_MS = 5_000;

/** Opens after {@linkcode FAILURES} failures in a row to reach a server. */
export class Breaker {
  readonly #patienceMs: number;
  readonly #on: { readonly closed: () => void; readonly gaveUp: (error: HaltError) => void };
  #failures = 0;
  #open = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param on Called when the server is back, and when patience ended. */
  constructor(
    patienceMs: number,
    on: { readonly closed: () => void; readonly gaveUp: (error: HaltError) => void },
  ) {
    this.#patienceMs = patienceMs;
    this.#on = on;
  }

  /** Whether nothing may be sent. */
  get open(): boolean {
    return this.#open;
  }

  /** The server answered. */
  answered(): void {
    this.#failures = 0;
  }

  /** The server could not be reached, or said that what is behind it could not. */
  failed(probe: Probe): void {
    if (++this.#failures < FAILURES || this.#open) return;
    this.#open = true;
    this.#probe(probe, performance.now());
  }

  /** Ends probing. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#open = false;
  }

  async #probe(probe: Probe, since: number): Promise<void> {
    const back = await probe();
    if (!this.#open) return;
    if (back) {
      this.#open = false;
      this.#failures = 0;
      this.#on.closed();
    } else if (performance.now() - since >= this.#patienceMs) {
      const waited = formatDuration(this.#patienceMs / 1000);
      this.#on.gaveUp(
        new HaltError(
          `asking a model: found its server gone for ${waited}, expected an answer; start the ` +
            `server or check its address, then run the command again to go on`,
        ),
      );
    } else {
      const wait = Math.min(LONGEST_MS, this.#patienceMs / PROBES);
      this.#timer = setTimeout(() => this.#probe(probe, since), wait);
    }
  }
}
