/**
 * A model's parameters as one flat vector: one optimizer dispatch, one norm, one file.
 *
 * @module
 */
import { CheckpointError } from "../base/errors.ts";
import { GpuArray } from "../gpu/array.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { checkPrecision, type Precision } from "../../kernels/precision.ts";
import { Parameter } from "../tensor/mod.ts";

/** Name, shape and kind of one parameter. */
export interface ParameterSpec {
  /** Upstream's name. */
  readonly name: string;
  /** Sizes of the axes. */
  readonly shape: readonly number[];
  /** Whether weight decay acts on it. */
  readonly decays: boolean;
}

/** Numbers of a parameter by upstream's name. */
export type NamedTensors = ReadonlyMap<
  string,
  { readonly shape: readonly number[]; readonly data: Float32Array<ArrayBuffer> }
>;

/** Bindings start at multiples of 64 elements. */
const ALIGNMENT = 64;

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

/** Parameters laid out one after another, those that decay first. */
export class ParameterStore {
  /** All parameters by name. */
  readonly byName: ReadonlyMap<string, Parameter>;
  /** `[size]`: the flat vector; gaps between parameters are zero. */
  readonly flat: GpuArray;
  /** `[size]`: gradients in the same layout; absent without training. */
  readonly gradient: GpuArray | undefined;
  /** Elements, from the first on, that weight decay acts on. */
  readonly decayed: number;

  /**
   * Allocates the parameters; {@linkcode ParameterStore.load} fills them.
   *
   * @param specs In upstream's order.
   * @param trainable Also allocates gradients.
   * @param precision In which products read weights; the numbers held here are f32.
   * @throws {DeviceError} where the adapter lacks it.
   */
  constructor(
    readonly gpu: Gpu,
    readonly specs: readonly ParameterSpec[],
    trainable: boolean,
    readonly precision: Precision = "f32",
  ) {
    checkPrecision(gpu, precision);
    const ordered = [...specs.filter((s) => s.decays), ...specs.filter((s) => !s.decays)];
    const offsets = new Map<string, number>();
    let end = 0;
    let decayed = 0;
    for (const { name, shape, decays } of ordered) {
      offsets.set(name, end);
      end += Math.ceil(sizeOf(shape) / ALIGNMENT) * ALIGNMENT;
      if (decays) decayed = end;
    }
    this.decayed = decayed;
    this.flat = gpu.own(gpu.zeros([end]));
    this.gradient = trainable ? gpu.own(gpu.zeros([end])) : undefined;
    const view = (whole: GpuArray, name: string, shape: readonly number[]) =>
      new GpuArray(whole.pooled, shape, "f32", offsets.get(name)!);
    const packable: Parameter[] = [];
    this.byName = new Map(specs.map(({ name, shape }) => [
      name,
      new Parameter(
        name,
        view(this.flat, name, shape),
        this.gradient && view(this.gradient, name, shape),
        precision,
        packable,
      ),
    ]));
  }

  /** The parameter of this name. @throws {CheckpointError} where there is none. */
  get(name: string): Parameter {
    const found = this.byName.get(name);
    if (!found) throw new CheckpointError(`parameter "${name}": not of this model`);
    return found;
  }

  /** Number of parameters, padding left out. */
  get count(): number {
    return this.specs.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  }

  /**
   * Takes over numbers by name.
   *
   * @throws {CheckpointError} on a missing tensor, a wrong shape, an unknown name, or a number that is
   * not finite; nothing is changed then.
   */
  load(tensors: NamedTensors): void {
    for (const { name, shape } of this.specs) {
      const found = tensors.get(name);
      if (!found) {
        throw new CheckpointError(
          `loading weights: tensor "${name}" is missing; expected ${name} of [${shape}]`,
        );
      }
      if (found.shape.length !== shape.length || found.shape.some((n, i) => n !== shape[i])) {
        throw new CheckpointError(
          `loading weights: found "${name}" of [${found.shape}], expected [${shape}]; is this checkpoint of another size?`,
        );
      }
      const bad = found.data.findIndex((x) => !Number.isFinite(x));
      if (bad >= 0) {
        throw new CheckpointError(
          `loading weights: found ${
            found.data[bad]
          } at element ${bad} of "${name}", expected finite numbers; ` +
            `take an earlier checkpoint`,
        );
      }
    }
    for (const name of tensors.keys()) {
      if (!this.byName.has(name)) {
        throw new CheckpointError(`loading weights: tensor "${name}" is unknown to this model`);
      }
    }
    for (const [name, parameter] of this.byName) {
      this.gpu.write(parameter.array, tensors.get(name)!.data);
    }
    this.changed();
  }

  /** Reads all numbers back by name. */
  async save(): Promise<
    Map<string, { shape: readonly number[]; data: Float32Array<ArrayBuffer> }>
  > {
    return this.unflatten(await this.gpu.readFloats(this.flat));
  }

  /** Splits a flat vector in this layout (parameters, gradients, moments) by name. */
  unflatten(
    flat: Float32Array<ArrayBuffer>,
  ): Map<string, { shape: readonly number[]; data: Float32Array<ArrayBuffer> }> {
    return new Map(this.specs.map(({ name, shape }) => {
      const start = this.get(name).array.offset;
      return [name, { shape, data: flat.slice(start, start + sizeOf(shape)) }];
    }));
  }

  /** Joins named numbers into a flat vector of this layout. */
  flatten(tensors: NamedTensors): Float32Array<ArrayBuffer> {
    const flat = new Float32Array(this.flat.size);
    for (const { name, shape } of this.specs) {
      const found = tensors.get(name);
      if (found?.data.length !== sizeOf(shape)) {
        throw new CheckpointError(
          `loading optimizer state: "${name}" is missing or of another size`,
        );
      }
      flat.set(found.data, this.get(name).array.offset);
    }
    return flat;
  }

  /** To be called whenever the numbers have changed: packed copies are out of date. */
  changed(): void {
    for (const parameter of this.byName.values()) {
      if (parameter.packed) this.gpu.release(parameter.packed.array);
      parameter.packed = undefined;
    }
  }

  /** To be called before a step: the next gradients overwrite those of the last. */
  startGradients(): void {
    for (const parameter of this.byName.values()) parameter.touched = false;
  }

  /** Gives all memory back. */
  release(): void {
    this.changed();
    this.gpu.release(this.flat);
    if (this.gradient) this.gpu.release(this.gradient);
  }
}
