/**
 * Tensors that a tape can differentiate.
 *
 * @module
 */
import type { GpuArray } from "../gpu/array.ts";
import type { PackedMatrix } from "../../kernels/matmul/mod.ts";
import type { Precision } from "../../kernels/precision.ts";

/** A result of an operation: numbers on the GPU and, while the tape runs back, their gradient. */
export class Tensor {
  /** Set by the tape while it runs back. */
  gradient: GpuArray | undefined;

  /**
   * A tensor without a gradient yet.
   *
   * @param array The numbers.
   * @param piece Set by `split`: the tensor of which these are columns, and the first of them.
   */
  constructor(
    readonly array: GpuArray,
    readonly piece?: { readonly whole: Tensor; readonly start: number },
  ) {}

  /** Sizes of the axes. */
  get shape(): readonly number[] {
    return this.array.shape;
  }
}

/** A trainable tensor: a view of the model's flat parameter vector. */
export class Parameter extends Tensor {
  /** The same numbers laid out for products with the transpose, until the parameter changes. */
  packed: PackedMatrix | undefined;
  /** Whether the target holds gradients of this step already. */
  touched = false;

  /**
   * A parameter whose numbers the model holds.
   *
   * @param name Upstream's name.
   * @param array View of the parameters.
   * @param target View of the flat gradient; absent in a model that is not trained.
   * @param precision Of the packed numbers.
   * @param packable The model's parameters that have been packed, in order of their first use: those
   * that changed together are packed together.
   */
  constructor(
    readonly name: string,
    array: GpuArray,
    readonly target?: GpuArray,
    readonly precision: Precision = "f32",
    readonly packable: Parameter[] = [],
  ) {
    super(array);
  }
}
