/**
 * An array on the GPU: a strided view of numbers in a pooled buffer.
 *
 * @module
 */
import { ShapeError } from "../base/errors.ts";
import type { PooledBuffer } from "./pool.ts";

/**
 * Kinds of number that kernels read and write. Those of f16 are made and read by kernels alone, where
 * the adapter has `shader-f16`.
 */
export type DType = "f32" | "u32" | "i32" | "f16";

/** Where bindings may start: multiples of so many bytes. */
const BINDING_BYTES = 256;

/**
 * A view whose last axis is contiguous and whose rows (all other axes, flattened) lie `rowStride`
 * elements apart. Columns of a matrix are such a view, so slicing copies nothing.
 */
export class GpuArray {
  /** Elements of the last axis. */
  readonly columns: number;
  /** Product of all other axes. */
  readonly rows: number;

  /**
   * A view of bytes that are there already; a `Gpu` makes arrays with bytes of their own.
   *
   * @param pooled The bytes.
   * @param shape Sizes of the axes, outermost first; at least one axis.
   * @param offset First element, counted in elements.
   * @param rowStride Elements from one row to the next.
   */
  constructor(
    readonly pooled: PooledBuffer,
    readonly shape: readonly number[],
    readonly dtype: DType = "f32",
    readonly offset = 0,
    readonly rowStride: number = shape[shape.length - 1],
  ) {
    this.columns = shape[shape.length - 1];
    this.rows = shape.slice(0, -1).reduce((product, size) => product * size, 1);
  }

  /** Bytes of an element: 2 for f16, else 4. */
  get elementBytes(): number {
    return this.dtype === "f16" ? 2 : 4;
  }

  /** Elements between the start of the array's binding and its first element. */
  get residual(): number {
    return this.offset % (BINDING_BYTES / this.elementBytes);
  }

  /** Number of elements. */
  get size(): number {
    return this.rows * this.columns;
  }

  /** Whether the elements lie without gaps. */
  get contiguous(): boolean {
    return this.rowStride === this.columns || this.rows === 1;
  }

  /** The same elements in another shape. @throws {ShapeError} where sizes differ or rows have gaps. */
  reshape(shape: readonly number[]): GpuArray {
    const size = shape.reduce((product, n) => product * n, 1);
    const keepsRows = shape[shape.length - 1] === this.columns;
    if (size !== this.size || !(this.contiguous || keepsRows)) {
      throw new ShapeError(
        `reshape: found [${this.shape}] with row stride ${this.rowStride}, expected ${size} elements ` +
          `without gaps for [${shape}]; copy the slice first`,
      );
    }
    const stride = keepsRows ? this.rowStride : shape[shape.length - 1];
    return new GpuArray(this.pooled, shape, this.dtype, this.offset, stride);
  }

  /** Elements from one entry of the first axis to the next. */
  get leadingStride(): number {
    return this.shape.length === 1 ? 1 : this.rows / this.shape[0] * this.rowStride;
  }

  /** Entries `start` to `end` (exclusive) of the first axis, without a copy. */
  part(start: number, end: number): GpuArray {
    if (!(0 <= start && start < end && end <= this.shape[0])) {
      throw new ShapeError(
        `part: found entries ${start} to ${end}, expected a range within 0 to ${this.shape[0]}`,
      );
    }
    const shape = [end - start, ...this.shape.slice(1)];
    const offset = this.offset + start * this.leadingStride;
    const stride = this.shape.length === 1 ? shape[0] : this.rowStride;
    return new GpuArray(this.pooled, shape, this.dtype, offset, stride);
  }

  /** The same elements as a matrix: all axes but the last are rows. */
  get matrix(): GpuArray {
    return this.reshape([this.rows, this.columns]);
  }

  /** Columns `start` to `end` (exclusive) of every row, without a copy. */
  slice(start: number, end: number): GpuArray {
    if (!(0 <= start && start < end && end <= this.columns)) {
      throw new ShapeError(
        `slice: found columns ${start} to ${end}, expected a range within 0 to ${this.columns}`,
      );
    }
    const shape = [...this.shape.slice(0, -1), end - start];
    return new GpuArray(this.pooled, shape, this.dtype, this.offset + start, this.rowStride);
  }
}

/** @throws {ShapeError} that names the operation and the argument unless `array` has this shape. */
export function expectShape(
  operation: string,
  name: string,
  array: GpuArray,
  shape: readonly number[],
): void {
  if (array.shape.length !== shape.length || array.shape.some((n, i) => n !== shape[i])) {
    throw new ShapeError(`${operation}: found ${name} of [${array.shape}], expected [${shape}]`);
  }
}

/** @throws {ShapeError} as {@linkcode expectShape}, and where the array's rows have gaps. */
export function expectDense(
  operation: string,
  name: string,
  array: GpuArray,
  shape: readonly number[],
): void {
  expectShape(operation, name, array, shape);
  if (!array.contiguous) {
    throw new ShapeError(
      `${operation}: found ${name} with row stride ${array.rowStride}, expected rows without gaps; ` +
        `copy the slice first`,
    );
  }
}
