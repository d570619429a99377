/**
 * What a dispatch binds: views of buffers or textures, and a uniform of a few numbers.
 *
 * @module
 */
import type { GpuArray } from "./array.ts";
import type { Pipeline } from "./pipelines.ts";
import type { Texels } from "./textures.ts";

const BIND_GROUP_CACHE = 8192;
const UNIFORM_CACHE = 8192;

/** Bind groups and uniforms, each made once. */
export class BindGroups {
  #groups = new Map<string, GPUBindGroup>();
  #uniforms = new Map<string, { id: number; buffer: GPUBuffer }>();
  #uniformIds = 0;

  /**
   * None yet.
   *
   * @param device Where they are made.
   * @param watch Is told what an error would mean, and of the error.
   */
  constructor(
    readonly device: GPUDevice,
    readonly watch: (where: string, error: Promise<GPUError | null>) => void,
  ) {}

  /** How many are kept. */
  get kept(): { bindGroups: number; uniforms: number } {
    return { bindGroups: this.#groups.size, uniforms: this.#uniforms.size };
  }

  /** The group of these arrays, or of the textures they are read through, and of a uniform of `params`. */
  of(
    label: string,
    { id, layout }: Pipeline,
    arrays: readonly GpuArray[],
    texels: ReadonlyMap<number, Texels>,
    params: readonly number[],
  ): GPUBindGroup {
    let key = `${id}`;
    for (const [binding, array] of arrays.entries()) {
      const texture = texels.get(binding);
      key += texture
        ? `,t${texture.id}`
        : `,${array.pooled.id}@${array.offset - array.residual}+${bindingSize(array)}`;
    }
    const uniform = params.length ? this.#uniform(params) : undefined;
    if (uniform) key += `;${uniform.id}`;
    const cached = this.#groups.get(key);
    if (cached) return cached;
    const entries: GPUBindGroupEntry[] = arrays.map((array, binding) => ({
      binding,
      resource: texels.get(binding)?.view ?? bindingOf(array),
    }));
    if (uniform) entries.push({ binding: arrays.length, resource: { buffer: uniform.buffer } });
    this.device.pushErrorScope("validation");
    const made = this.device.createBindGroup({ label, layout, entries });
    this.watch(`binding ${shapesOf(arrays)} to ${label}`, this.device.popErrorScope());
    if (this.#groups.size >= BIND_GROUP_CACHE) this.#groups.clear();
    this.#groups.set(key, made);
    return made;
  }

  /** Uniforms are few and small, so each content gets a buffer that is never written again. */
  #uniform(params: readonly number[]): { id: number; buffer: GPUBuffer } {
    const key = params.join();
    const cached = this.#uniforms.get(key);
    if (cached) return cached;
    const words = new Uint32Array(Math.ceil(params.length / 4) * 4);
    words.set(params);
    const usage = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST;
    const buffer = this.device.createBuffer({ size: words.byteLength, usage });
    this.device.queue.writeBuffer(buffer, 0, words);
    const made = { id: ++this.#uniformIds, buffer };
    if (this.#uniforms.size >= UNIFORM_CACHE) this.#uniforms.clear();
    this.#uniforms.set(key, made);
    return made;
  }
}

/** Shapes as errors and profiles show them. */
export const shapesOf = (arrays: readonly GpuArray[]): string =>
  arrays.map(({ shape }) => `[${shape}]`).join(" ");

/**
 * A binding covers the view alone, so that a small view of a large buffer stays under the limit of a
 * binding. It starts at a multiple of 256 bytes; kernels add the array's residual themselves.
 */
export function bindingOf(array: GpuArray): Required<GPUBufferBinding> {
  const { buffer } = array.pooled;
  const offset = (array.offset - array.residual) * array.elementBytes;
  return { buffer, offset, size: bindingSize(array) };
}

/** Bytes from the binding's start to the view's end, in whole vectors of four. */
export function bindingSize(array: GpuArray): number {
  const elements = array.residual + (array.rows - 1) * array.rowStride + array.columns;
  return Math.ceil(elements / 4) * 4 * array.elementBytes;
}
