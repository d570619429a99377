/**
 * How batches come by their answers.
 *
 * @module
 */
import { HaltError } from "../../base/errors.ts";
import type { Batch } from "./record.ts";

/** Brings batches to whoever answers them, and fetches the answers. */
export interface Carrier {
  /**
   * Sees all batches through: each is handed to `collect` when its answers lie in its folder, or
   * withdrawn.
   *
   * @throws {HaltError} where that cannot be done now; the next call goes on.
   */
  carry(batches: readonly Batch[], collect: (batch: Batch) => Promise<void>): Promise<void>;
}

/**
 * Waits.
 *
 * @throws {HaltError} where the user asks to stop.
 */
export async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  const stopped = (): HaltError =>
    new HaltError(
      "waiting for batches: stopped as asked; they go on at the server, and the same command " +
        "fetches their answers",
    );
  await new Promise<void>((done, failed) => {
    if (signal?.aborted) return failed(stopped());
    const stop = (): void => {
      clearTimeout(timer);
      failed(stopped());
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      done();
    }, milliseconds);
    signal?.addEventListener("abort", stop, { once: true });
  });
}
