/**
 * The GPU as the kernels see it: arrays, cached pipelines, many dispatches a submit, one awaited
 * synchronisation only where numbers are read back.
 *
 * @module
 */
import { DeviceError, ShapeError } from "../base/errors.ts";
import { type AdapterFacts, openDevice, type OpenedDevice } from "./adapter.ts";
import { type DType, GpuArray } from "./array.ts";
import { BindGroups, bindingOf, bindingSize, shapesOf } from "./bind_groups.ts";
import { Choices } from "./choices.ts";
import { Holdings } from "./holdings.ts";
import { type Kernel, type Pipeline, Pipelines } from "./pipelines.ts";
import { BufferPool } from "./pool.ts";
import { type FirstDispatch, SecondCompiler, wasCompiled } from "./second_compiler.ts";
import { MOST_BYTES, type Texels, TexturePool, texturesFrom } from "./textures.ts";
import { type DispatchSpan, DispatchTimer, type KernelSpan } from "./timing.ts";

/** Typed arrays that travel to the GPU. */
export type HostArray =
  | Float32Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>;

const NO_TEXELS: ReadonlyMap<number, Texels> = new Map();

/** One device with its pool, its pipeline and bind-group caches, and its command encoder. */
export class Gpu {
  /** The WebGPU device. */
  readonly device: GPUDevice;
  /** What is known of its adapter. */
  readonly facts: AdapterFacts;
  /** Outstanding buffers are counted here. */
  readonly pool: BufferPool;
  /** Which variants of operations run here. */
  readonly choices: Choices = new Choices();
  /** Fills new arrays with NaN, so that a kernel which leaves a gap is found out. */
  poison = false;
  /** Most bytes of one binding; launchers split what is larger. Tests lower it. */
  bindingLimit: number;
  /**
   * Bytes of a dispatch's arrays, those of vec4f that it only reads, from which they are copied to
   * textures and read from there, unless one is larger than a texture; infinite where storage is the
   * faster way. No bit depends on it.
   */
  texturesFrom: number;

  #pipelines: Pipelines;
  #textures: TexturePool;
  #bindGroups: BindGroups;
  #second: SecondCompiler | undefined;
  #gathered: FirstDispatch[] = [];
  #submitted: FirstDispatch | undefined;
  #gathers = false;
  #encoder: GPUCommandEncoder | undefined;
  #pass: GPUComputePassEncoder | undefined;
  #encoded: string[] = [];
  #scopes: Holdings[] = [];
  #checks: Promise<void>[] = [];
  #fault: DeviceError | undefined;
  #timer: DispatchTimer | undefined;

  private constructor({ device, facts, second }: OpenedDevice) {
    this.device = device;
    this.facts = facts;
    this.pool = new BufferPool(device);
    this.#textures = new TexturePool(device);
    const watch = (where: string, error: Promise<GPUError | null>) => this.#watch(where, error);
    this.#pipelines = new Pipelines(device, watch);
    this.#bindGroups = new BindGroups(device, watch);
    this.#second = second && new SecondCompiler(second);
    second?.lost.then(() => this.#second = undefined);
    this.bindingLimit = device.limits.maxStorageBufferBindingSize;
    this.texturesFrom = texturesFrom(device, facts);
    device.lost?.then(({ message }) => {
      this.#fault ??= new DeviceError(
        `${facts.adapter}: ${message}; run the command again, it resumes from its last checkpoint`,
      );
    });
    device.addEventListener("uncapturederror", (event) => {
      event.preventDefault();
      this.#fault ??= new DeviceError(
        `${facts.adapter}: ${(event as GPUUncapturedErrorEvent).error.message}`,
      );
    });
  }

  /**
   * Opens the machine's adapter.
   *
   * @param options.subgroups `false` runs the kernels' fallbacks.
   * @throws {DeviceError} where there is no adapter.
   */
  static async open(options: { subgroups?: boolean } = {}): Promise<Gpu> {
    return new Gpu(await openDevice({ ...options, second: true }));
  }

  /** Number of compiled pipelines. */
  get pipelines(): number {
    return this.#pipelines.count;
  }

  /** What is kept from one step to the next: a training loop must not add to it for ever. */
  get kept(): { bindGroups: number; uniforms: number; buffers: number; textureBytes: number } {
    return {
      ...this.#bindGroups.kept,
      buffers: this.pool.created,
      textureBytes: this.#textures.bytes,
    };
  }

  /** Most bytes of arrays at once since {@linkcode resetPeak}, with the textures made since. */
  get peakBytes(): number {
    return this.pool.peakBytes + this.#textures.peakBytes;
  }

  /** Starts a new measurement of {@linkcode peakBytes}. */
  resetPeak(): void {
    this.flush();
    this.#textures.trim();
    this.#textures.resetPeak();
    this.pool.resetPeak();
  }

  /** Frees what lies unused, after a phase whose sizes will not come again. */
  trim(): void {
    this.flush();
    this.pool.trim();
    this.#textures.trim();
  }

  /** Lanes of a subgroup, 0 where kernels must do without. */
  get subgroupSize(): number {
    return this.facts.subgroupSize;
  }

  /** Whether kernels may read and write f16. */
  get f16(): boolean {
    return this.device.features.has("shader-f16");
  }

  /** A new array whose contents are undefined; it lives until released or its scope ends. */
  empty(shape: readonly number[], dtype: DType = "f32"): GpuArray {
    const size = shape.reduce((product, n) => product * n, 1);
    if (!Number.isSafeInteger(size) || size <= 0) {
      throw new ShapeError(
        `allocating an array: found shape [${shape}], expected every axis to be at least 1`,
      );
    }
    const bytes = size * (dtype === "f16" ? 2 : 4);
    const array = new GpuArray(this.pool.take(bytes), shape, dtype);
    this.#scopes.at(-1)?.add(array.pooled);
    if (this.poison) this.#fillWithNaN(array);
    return array;
  }

  /** A new array filled with zeros. */
  zeros(shape: readonly number[], dtype: DType = "f32"): GpuArray {
    const array = this.empty(shape, dtype);
    this.clear(array);
    return array;
  }

  /** A new array with these numbers; the shape defaults to one axis. */
  upload(data: HostArray, shape: readonly number[] = [data.length]): GpuArray {
    const dtype = data instanceof Float32Array
      ? "f32"
      : data instanceof Uint32Array
      ? "u32"
      : "i32";
    const array = this.empty(shape, dtype);
    this.write(array, data);
    return array;
  }

  /** Overwrites a contiguous array. Work encoded before sees the old numbers. */
  write(array: GpuArray, data: HostArray): void {
    expectHostNumbers("writing", array);
    if (!array.contiguous || data.length !== array.size) {
      throw new ShapeError(
        `writing an array: found ${data.length} numbers, expected ${array.size} for [${array.shape}]`,
      );
    }
    this.flush();
    this.device.queue.writeBuffer(array.pooled.buffer, array.offset * 4, data);
  }

  /** Sets a contiguous array to zero. */
  clear(array: GpuArray): void {
    this.#endPass();
    this.#commands().clearBuffer(
      array.pooled.buffer,
      array.offset * array.elementBytes,
      array.size * array.elementBytes,
    );
  }

  /**
   * Copies one contiguous array over another of the same size.
   *
   * @throws {ShapeError} where sizes differ, rows have gaps, or both are views of one buffer.
   */
  copy(from: GpuArray, to: GpuArray): void {
    const apart = from.pooled !== to.pooled;
    const bytes = from.elementBytes;
    const alike = from.size === to.size && bytes === to.elementBytes;
    if (!from.contiguous || !to.contiguous || !alike || !apart) {
      throw new ShapeError(
        `copy: found [${from.shape}] to [${to.shape}]${apart ? "" : " of the same buffer"}, ` +
          `expected equal sizes without gaps in two buffers`,
      );
    }
    this.#endPass();
    this.#commands().copyBufferToBuffer(
      from.pooled.buffer,
      from.offset * bytes,
      to.pooled.buffer,
      to.offset * bytes,
      from.size * bytes,
    );
  }

  /** A second holder of the same bytes: released apart from the first. */
  retain(array: GpuArray): GpuArray {
    array.pooled.holders++;
    this.#scopes.at(-1)?.add(array.pooled);
    return array;
  }

  /** Gives up one holder of the array's bytes; with the last they go back to the pool. */
  release(array: GpuArray): void {
    for (let i = this.#scopes.length - 1; i >= 0; i--) {
      if (this.#scopes[i].remove(array.pooled)) break;
    }
    this.pool.give(array.pooled);
  }

  /** Hands an array from the innermost scope to the one around it, or to the caller outside all. */
  keep(array: GpuArray): GpuArray {
    if (this.#scopes.at(-1)?.remove(array.pooled)) this.#scopes.at(-2)?.add(array.pooled);
    return array;
  }

  /** Takes an array out of all scopes: whoever holds it releases it. */
  own(array: GpuArray): GpuArray {
    for (const scope of this.#scopes) scope.remove(array.pooled);
    return array;
  }

  /** Runs `body` and releases every array it made and did not {@linkcode keep}. */
  scope<T>(body: () => T): T {
    this.openScope();
    try {
      return body();
    } finally {
      this.closeScope();
    }
  }

  /** Opens a scope by hand, for work that awaits in between. */
  openScope(): void {
    this.#scopes.push(new Holdings());
  }

  /** Closes the innermost scope. */
  closeScope(): void {
    for (const pooled of this.#scopes.pop()?.all() ?? []) this.pool.give(pooled);
  }

  /**
   * A kernel, compiled at its first dispatch.
   *
   * @param label Operation, a space, then every constant baked into the text: the cache's key.
   */
  kernel(label: string, code: () => string): Kernel {
    return this.#pipelines.kernel(label, code);
  }

  /**
   * Encodes one dispatch. Bindings are numbered in their order; `params` (32-bit unsigned numbers), where
   * given, is the uniform after them.
   *
   * @throws {DeviceError} where an array is larger than {@linkcode bindingLimit}, or workgroups are more
   * than an axis takes; nothing is encoded then.
   */
  dispatch(
    kernel: Kernel,
    arrays: readonly GpuArray[],
    workgroups: readonly [number, number?, number?],
    params: readonly number[] = [],
  ): void {
    if (this.#fault) throw this.#fault;
    const [x, y = 1, z = 1] = workgroups;
    const limit = this.device.limits.maxComputeWorkgroupsPerDimension;
    if (Math.max(x, y, z) > limit) {
      throw new DeviceError(
        `${kernel.label}: found ${x} × ${y} × ${z} workgroups, expected at most ${limit} an axis; use smaller chunks`,
      );
    }
    for (const array of arrays) this.#checkBinding(kernel, array);
    const compiled = this.#pipelines.count;
    const pipeline = this.#pipelines.of(kernel, this.#reads(kernel, arrays));
    const span = this.#timer?.next(`${kernel.label} ${shapesOf(arrays)}`);
    const texels = this.#copyToTextures(pipeline, arrays, span);
    const bound = this.#bindGroups.of(kernel.label, pipeline, arrays, texels, params);
    const pass = this.#begin(kernel.label, span && passTimes(pipeline, span));
    pass.setPipeline(pipeline.pipeline);
    pass.setBindGroup(0, bound);
    pass.dispatchWorkgroups(x, y, z);
    if (this.#timer) this.#endPass();
    if (this.#pipelines.count > compiled) this.#compileEarly({ pipeline, params });
  }

  /** Whether a kernel whose operands of vec4f are these, and no others, reads them through textures. */
  readsTextures(arrays: readonly GpuArray[]): boolean {
    if (this.texturesFrom === Infinity) return false;
    const sizes = arrays.map(bindingSize);
    const enough = sizes.reduce((sum, size) => sum + size, 0) >= this.texturesFrom;
    return enough && sizes.every((size) => size <= MOST_BYTES);
  }

  /**
   * Submits what is encoded; does not wait until it has run. It may wait for what was submitted before,
   * and it helps to compile kernels that were gathered.
   */
  flush(): void {
    this.#submitted = undefined;
    this.#gathers = false;
    if (!this.#encoder) return;
    this.#endPass();
    const names = this.#encoded.splice(0);
    this.device.pushErrorScope("out-of-memory");
    this.device.pushErrorScope("validation");
    this.device.queue.submit([this.#encoder.finish()]);
    this.#encoder = undefined;
    this.#textures.dropOutgrown();
    const where = `running ${names.length} kernels (${
      [...new Set(names)].slice(0, 4).join("; ")
    }, …)`;
    this.#watch(where, this.device.popErrorScope());
    this.#watch(where, this.device.popErrorScope());
    this.#second?.help(this.#gathered.splice(0));
  }

  /** Submits and waits until the device is idle. @throws {DeviceError} for anything that went wrong. */
  async sync(): Promise<void> {
    this.flush();
    await this.device.queue.onSubmittedWorkDone();
    await this.#check();
  }

  /**
   * Reads arrays back in one synchronisation, each as contiguous numbers of its own kind.
   *
   * @throws {DeviceError} where a kernel failed or the device was lost.
   */
  async read(...arrays: GpuArray[]): Promise<HostArray[]> {
    return await (await this.beginRead(...arrays)).numbers;
  }

  /**
   * Begins to read arrays back: what is dispatched from then on may write to them, and runs while the
   * host waits for the numbers.
   *
   * @throws {DeviceError} where a kernel failed; the numbers' promise, too, where the device was lost.
   */
  async beginRead(...arrays: GpuArray[]): Promise<{ readonly numbers: Promise<HostArray[]> }> {
    for (const array of arrays) expectHostNumbers("reading", array);
    const spans = arrays.map((a) => ({
      from: a.offset * 4,
      bytes: ((a.rows - 1) * a.rowStride + a.columns) * 4,
    }));
    const total = spans.reduce((sum, span) => sum + span.bytes, 0);
    const staging = this.device.createBuffer({
      size: total,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
    this.#endPass();
    let at = 0;
    arrays.forEach((array, i) => {
      const { from, bytes } = spans[i];
      this.#commands().copyBufferToBuffer(array.pooled.buffer, from, staging, at, bytes);
      at += bytes;
    });
    this.flush();
    await this.#check();
    const numbers = this.#map(staging).then((all) => {
      let at = 0;
      return arrays.map((array, i) => gather(array, all.slice(at, at += spans[i].bytes)));
    });
    // Whoever awaits the numbers later gets the error; until then it is not unhandled.
    numbers.catch(() => undefined);
    return { numbers };
  }

  /** Reads one array of 32-bit floats. */
  async readFloats(array: GpuArray): Promise<Float32Array<ArrayBuffer>> {
    return (await this.read(array))[0] as Float32Array<ArrayBuffer>;
  }

  /**
   * Runs `body` with timestamps around every dispatch.
   *
   * @returns The dispatches in order; none where the adapter has no timestamps.
   * @throws {DeviceError} where `body` makes more dispatches than one query set holds.
   */
  async profile(body: () => void | Promise<void>): Promise<KernelSpan[]> {
    this.flush();
    if (!this.device.features.has("timestamp-query")) {
      await body();
      await this.sync();
      return [];
    }
    const timer = new DispatchTimer(this.device);
    this.#timer = timer;
    try {
      await body();
    } finally {
      this.#timer = undefined;
      this.flush();
    }
    const staging = timer.resolve(this.#commands());
    this.flush();
    await this.#check();
    return timer.spans(await this.#map(staging));
  }

  /** Frees everything; the object cannot be used afterwards. */
  destroy(): void {
    this.#encoder = undefined;
    this.#fault ??= new DeviceError("the GPU was used after destroy(); open it again");
    this.device.destroy();
    this.#second?.destroy();
  }

  /** Poison of every kind: bits of NaN in one or two floats a word. */
  #fillWithNaN(array: GpuArray): void {
    const half = array.dtype === "f16";
    const words = new Uint32Array(Math.ceil((array.size * array.elementBytes) / 4));
    this.flush();
    this.device.queue.writeBuffer(
      array.pooled.buffer,
      0,
      words.fill(half ? 0x7e007e00 : 0x7fc00000),
    );
  }

  #commands(): GPUCommandEncoder {
    return this.#encoder ??= this.device.createCommandEncoder();
  }

  #begin(
    label: string,
    timestampWrites: GPUComputePassTimestampWrites | undefined,
  ): GPUComputePassEncoder {
    this.#encoded.push(label);
    return this.#pass ??= this.#commands().beginComputePass(timestampWrites && { timestampWrites });
  }

  #reads({ vectors }: Kernel, arrays: readonly GpuArray[]): "storage" | "textures" {
    if (this.texturesFrom === Infinity) return "storage";
    // Too few arrays are refused where they are bound.
    if (vectors.length === 0 || vectors.some((i) => i >= arrays.length)) return "storage";
    return this.readsTextures(vectors.map((i) => arrays[i])) ? "textures" : "storage";
  }

  /** Copies what the pipeline reads through textures; the copies count as part of a timed dispatch. */
  #copyToTextures(
    { textures }: Pipeline,
    arrays: readonly GpuArray[],
    timed: DispatchSpan | undefined,
  ): ReadonlyMap<number, Texels> {
    if (textures.length === 0) return NO_TEXELS;
    this.#endPass();
    textures.forEach((binding, place) =>
      this.#textures.reserve(place, bindingSize(arrays[binding]))
    );
    if (timed) this.#commands().beginComputePass({ timestampWrites: timed.start }).end();
    return new Map(textures.map((binding, place) => [
      binding,
      this.#textures.fill(this.#commands(), place, bindingOf(arrays[binding])),
    ]));
  }

  /**
   * Submits a pipeline's first dispatch at once, since drivers compile at that, while the next kernel is
   * built here. Submitting waits for what was submitted before: where that takes the time of compiling,
   * kernels are gathered instead until a flush, to be compiled on two devices.
   */
  #compileEarly(first: FirstDispatch): void {
    if (this.#gathers) {
      this.#gathered.push(first);
      return;
    }
    const before = this.#submitted;
    const start = performance.now();
    this.flush();
    const waited = performance.now() - start;
    this.#gathers = this.#second !== undefined && wasCompiled(before, waited);
    this.#submitted = first;
  }

  #endPass(): void {
    this.#pass?.end();
    this.#pass = undefined;
  }

  #checkBinding({ label }: Kernel, array: GpuArray): void {
    const size = bindingSize(array);
    if (size <= this.bindingLimit) return;
    throw new DeviceError(
      `binding [${array.shape}] to ${label.split(" ")[0]}: found ${size} bytes, expected at most ` +
        `${this.bindingLimit}, the most that ${this.facts.adapter} binds at once; use smaller batches`,
    );
  }

  #watch(where: string, error: Promise<GPUError | null>): void {
    this.#checks.push(error.then((found) => {
      if (found) this.#fault ??= new DeviceError(`${where}: ${found.message}`);
    }));
  }

  /** Copies a staging buffer's bytes to the host and destroys it. */
  async #map(staging: GPUBuffer): Promise<ArrayBuffer> {
    try {
      await staging.mapAsync(GPUMapMode.READ);
    } catch (error) {
      throw this.#fault ??
        new DeviceError(`${this.facts.adapter}: reading back: ${error}; run the command again`);
    }
    const bytes = staging.getMappedRange().slice(0);
    staging.destroy();
    return bytes;
  }

  async #check(): Promise<void> {
    await Promise.all(this.#checks.splice(0));
    if (this.#fault) throw this.#fault;
  }
}

/** What the dispatch's own pass writes: both timestamps, where no copies have begun its span. */
const passTimes = ({ textures }: Pipeline, { start, end }: DispatchSpan) =>
  textures.length ? end : { ...start, ...end };

/** Elements between the start of the array's binding and its first element. */
export function residual(array: GpuArray): number {
  return array.residual;
}

/** @throws {ShapeError} where the numbers have no kind on the host. */
function expectHostNumbers(doing: string, array: GpuArray): void {
  if (array.dtype === "f16") {
    throw new ShapeError(
      `${doing} an array: found f16, expected f32, u32 or i32; kernels alone read and write f16`,
    );
  }
}

function gather(array: GpuArray, bytes: ArrayBuffer): HostArray {
  const Numbers = array.dtype === "f32"
    ? Float32Array
    : array.dtype === "u32"
    ? Uint32Array
    : Int32Array;
  const strided = new Numbers(bytes);
  if (array.contiguous) return strided;
  const dense = new Numbers(array.size);
  for (let row = 0; row < array.rows; row++) {
    const from = row * array.rowStride;
    dense.set(strided.subarray(from, from + array.columns), row * array.columns);
  }
  return dense;
}
