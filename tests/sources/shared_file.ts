/**
 * Real samples that lie beside some checkouts and are not part of the kit.
 *
 * @module
 */
import { fileURLToPath } from "node:url";

/** Path of a file under `../shared/data`, or undefined with a line that says what is skipped. */
export function sharedFile(path: string): string | undefined {
  const url = new URL(`../../../shared/data/${path}`, import.meta.url);
  try {
    Deno.statSync(url);
    return fileURLToPath(url);
  } catch {
    console.warn(`SKIPPED: ../shared/data/${path} is not there, so tests with it do not run`);
    return undefined;
  }
}
