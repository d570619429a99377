/**
 * Ctrl-C that ends a long command after the unit of work under way.
 *
 * @module
 */
import type { ProgressSink } from "../base/progress.ts";

/** A stop request that may come. */
export interface Interrupt extends Disposable {
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
}

/**
 * Listens for Ctrl-C until disposed of. The first asks to stop, and says so; after it the system's
 * own answer is back, so that a second one ends the process at once, which loses nothing but the
 * unit of work under way.
 */
export function stopOnInterrupt(sink: ProgressSink): Interrupt {
  const controller = new AbortController();
  const onSignal = (): void => {
    Deno.removeSignalListener("SIGINT", onSignal);
    controller.abort();
    sink("stopping after the unit of work under way; press Ctrl-C again to stop at once");
  };
  Deno.addSignalListener("SIGINT", onSignal);
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => Deno.removeSignalListener("SIGINT", onSignal),
  };
}
