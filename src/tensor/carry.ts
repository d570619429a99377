/**
 * States that operations carry from one piece of a sequence to the next.
 *
 * @module
 */
import { ShapeError } from "../base/errors.ts";
import type { GpuArray } from "../gpu/array.ts";
import type { Tape } from "./tape.ts";
import type { Tensor } from "./tensor.ts";

/** A sequence's carried state, and whether to return it for the next piece. */
export interface Carry {
  /** The state before the first step; zero where absent. */
  readonly initialState?: Tensor;
  /** Returns the state after the last step. */
  readonly lastState: boolean;
}

/** The gradient of a result that going back cannot do without. @throws {ShapeError} where it is absent. */
export function required({ gradient }: Tensor, operation: string): GpuArray {
  if (gradient) return gradient;
  throw new ShapeError(
    `backward of ${operation}: found a gradient of the last state alone, expected one of the output ` +
      `too; set it to zeros where nothing follows`,
  );
}

/** Hands the gradient of a piece's initial state to whoever made it. */
export function carryBack(
  tape: Tape,
  { initialState }: Carry,
  gradient: GpuArray | undefined,
): void {
  if (initialState && gradient) tape.accumulate(initialState, () => ({ gradient }));
}
