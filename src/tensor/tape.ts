/**
 * Reverse-mode differentiation: operations note how to go back, and the tape goes back over them.
 *
 * @module
 */
import { ShapeError } from "../base/errors.ts";
import type { GpuArray } from "../gpu/array.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { add } from "../../kernels/elementwise/mod.ts";
import { DeferredSums } from "../../kernels/reduce/deferred.ts";
import type { GradientTarget } from "../../kernels/target.ts";
import { type Parameter, Tensor } from "./tensor.ts";

const WHOLE_AND_PIECES =
  "backward: found a tensor used both whole and in pieces, expected one or the other";

interface Entry {
  readonly outputs: readonly Tensor[];
  readonly backward: () => void;
}

/**
 * A list of operations in the order they ran. Open a scope of the {@linkcode Gpu} around it: the
 * tape releases gradients as soon as they are used up, the scope everything else.
 */
export class Tape {
  #entries: Entry[] = [];
  /** Columns of a split tensor's gradient that its pieces have written. */
  #written = new Map<Tensor, number>();
  /** Sums of parameters' gradients; a checkpoint's tape leaves them to the tape around it. */
  #sums: DeferredSums;

  /**
   * An empty tape.
   *
   * @param recording `false` runs forward only: operations then save nothing.
   */
  constructor(readonly gpu: Gpu, readonly recording = true) {
    this.#sums = new DeferredSums(gpu);
  }

  /**
   * Notes an operation.
   *
   * @param outputs Its results; their gradients are released after `backward`.
   * @param backward Hands gradients of the inputs to {@linkcode accumulate}; runs only where an output
   * has a gradient.
   */
  record(outputs: readonly Tensor[], backward: () => void): void {
    if (this.recording) this.#entries.push({ outputs, backward });
  }

  /**
   * Adds to a tensor's gradient.
   *
   * @param write Makes what is to be added: into `out` where it is given (columns of a wider gradient);
   * with `addend` already added to it where the kernel can, which `fused: true` tells.
   * @throws {ShapeError} where a piece of a split is used twice.
   */
  accumulate(
    tensor: Tensor,
    write: (into: { out?: GpuArray; addend?: GpuArray }) => { gradient: GpuArray; fused?: boolean },
  ): void {
    const before = tensor.gradient;
    if (tensor.piece) {
      if (before) {
        throw new ShapeError("backward: a piece of a split may be used by one operation only");
      }
      const { whole, start } = tensor.piece;
      if (whole.gradient && !this.#written.has(whole)) {
        throw new ShapeError(WHOLE_AND_PIECES);
      }
      this.#written.set(whole, (this.#written.get(whole) ?? 0) + tensor.array.columns);
      whole.gradient ??= this.gpu.empty(whole.shape);
      tensor.gradient = whole.gradient.slice(start, start + tensor.array.columns);
      write({ out: tensor.gradient });
      return;
    }
    if (this.#written.has(tensor)) {
      throw new ShapeError(WHOLE_AND_PIECES);
    }
    const { gradient, fused } = write({ addend: before });
    tensor.gradient = before && !fused ? add(this.gpu, before, gradient) : gradient;
    if (before && !fused) this.gpu.release(gradient);
    if (before) this.gpu.release(before);
  }

  /**
   * Where a parameter's gradient goes: its place in the flat gradient, added to after the first use.
   * What a kernel leaves there may come with the end of {@linkcode backward} only.
   */
  target(parameter: Parameter): GradientTarget {
    if (!parameter.target) {
      throw new ShapeError(`gradient of ${parameter.name}: the model was loaded without gradients`);
    }
    const accumulate = parameter.touched;
    parameter.touched = true;
    if (this.#sums.waitsFor(parameter.target)) this.#sums.flush();
    return { array: parameter.target, accumulate, sums: this.#sums };
  }

  /**
   * Goes back over everything recorded, last first. Set the gradient of the final tensors before.
   * The tape is empty afterwards.
   */
  backward(): void {
    try {
      this.#goBack();
      this.#sums.flush();
    } finally {
      this.#sums.release();
    }
  }

  #goBack(): void {
    for (const { outputs, backward } of this.#entries.reverse()) {
      for (const output of outputs) {
        const written = this.#written.get(output) ?? output.array.columns;
        if (output.gradient && written < output.array.columns) {
          throw new ShapeError(
            `backward: found gradients of ${written} columns of a split tensor, expected ` +
              `${output.array.columns}; use every piece`,
          );
        }
      }
      if (outputs.some((output) => output.gradient)) backward();
      for (const output of outputs) {
        if (output.gradient && !output.piece) this.gpu.release(output.gradient);
        output.gradient = undefined;
      }
    }
    this.#entries = [];
    this.#written.clear();
  }

  /**
   * Activation checkpointing: runs `body` without saving anything and runs it again when going back.
   * Costs a second forward, saves the memory of all that lies between inputs and outputs.
   *
   * @param inputs Whole tensors that `body` may use; parameters need not be listed.
   * @param body A pure function of its inputs.
   */
  checkpoint(
    inputs: readonly Tensor[],
    body: (tape: Tape, inputs: readonly Tensor[]) => readonly Tensor[],
  ): readonly Tensor[] {
    const { gpu } = this;
    const forward = gpu.scope(() => {
      const made = body(new Tape(gpu, false), inputs.map(({ array }) => new Tensor(array)));
      for (const { array } of made) gpu.keep(array);
      return made;
    });
    const outputs = forward.map(({ array }) => new Tensor(array));
    this.record(outputs, () => {
      const twins = inputs.map(({ array }) => new Tensor(array));
      gpu.scope(() => {
        const inner = new Tape(gpu);
        inner.#sums = this.#sums;
        body(inner, twins).forEach((again, i) => {
          const { gradient } = outputs[i];
          if (gradient) again.gradient = gpu.retain(gradient);
        });
        inner.#goBack();
        for (const { gradient } of twins) if (gradient) gpu.keep(gradient);
      });
      inputs.forEach((input, i) => {
        const { gradient } = twins[i];
        if (gradient) this.accumulate(input, () => ({ gradient }));
      });
    });
    return outputs;
  }
}
