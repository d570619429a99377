/**
 * How far a loop may go.
 *
 * @module
 */
import { ShapeError } from "../src/base/errors.ts";
import type { Gpu } from "../src/gpu/gpu.ts";

/** lavapipe ends all loops of a thread after so many rounds in total, without an error. */
const SOFTWARE_ROUNDS = 65_535;

/** @throws {ShapeError} where a thread would go round more often than a software adapter allows. */
export function checkRounds(gpu: Gpu, operation: string, rounds: number, remedy: string): void {
  if (gpu.facts.kind === "cpu" && rounds > SOFTWARE_ROUNDS) {
    throw new ShapeError(
      `${operation}: found ${rounds} rounds of a loop, expected at most ${SOFTWARE_ROUNDS} on ` +
        `${gpu.facts.adapter}, which ends longer ones in silence; ${remedy}`,
    );
  }
}
