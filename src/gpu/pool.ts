/**
 * Buffers that are used again: WebGPU zeroes a new buffer and frees an old one late, so a
 * training step should make none.
 *
 * @module
 */
import { DeviceError } from "../base/errors.ts";

/** A pooled buffer with the number of arrays that hold it. */
export class PooledBuffer {
  /** Arrays that still need the bytes; at 0 the buffer goes back to the pool. */
  holders = 1;

  /**
   * Takes a buffer over.
   *
   * @param id Number unique within the device, for bind-group keys.
   */
  constructor(readonly id: number, readonly buffer: GPUBuffer, readonly bytes: number) {}
}

/** Rounds up to a class of sizes at most a quarter apart, so that near sizes share buffers. */
export function sizeClass(bytes: number): number {
  const least = Math.max(256, bytes);
  const step = Math.max(256, 2 ** (Math.floor(Math.log2(least)) - 2));
  return Math.ceil(least / step) * step;
}

/** Hands out buffers for storage and uniforms, and takes them back. */
export class BufferPool {
  #free = new Map<number, PooledBuffer[]>();
  #created = 0;
  #live = 0;
  #liveBytes = 0;
  #peakBytes = 0;

  /**
   * An empty pool.
   *
   * @param device Where buffers are made.
   */
  constructor(readonly device: GPUDevice) {}

  /** Buffers handed out and not yet returned. */
  get live(): number {
    return this.#live;
  }

  /** Bytes handed out and not yet returned. */
  get liveBytes(): number {
    return this.#liveBytes;
  }

  /** Buffers made so far. */
  get created(): number {
    return this.#created;
  }

  /** Most bytes that were handed out at once since the last call of {@linkcode resetPeak}. */
  get peakBytes(): number {
    return this.#peakBytes;
  }

  /** Starts a new measurement of {@linkcode peakBytes}. */
  resetPeak(): void {
    this.#peakBytes = this.#liveBytes;
  }

  /**
   * A buffer of at least `bytes`; its contents are whatever they were.
   *
   * @throws {DeviceError} where one buffer of that size is over the device's limit.
   */
  take(bytes: number): PooledBuffer {
    const limit = this.device.limits.maxBufferSize;
    const size = Math.min(sizeClass(bytes), Math.floor(limit / 4) * 4);
    if (bytes > size) {
      throw new DeviceError(
        `allocating a GPU buffer: found ${bytes} bytes wanted, expected at most ${limit}; ` +
          `use a smaller batch, or shorter chunks`,
      );
    }
    const pooled = this.#free.get(size)?.pop() ?? this.#create(size);
    pooled.holders = 1;
    this.#live++;
    this.#liveBytes += pooled.bytes;
    this.#peakBytes = Math.max(this.#peakBytes, this.#liveBytes);
    return pooled;
  }

  /**
   * Takes a buffer back once its last holder lets go. Work already encoded may still use it.
   *
   * @throws {DeviceError} where nobody holds it: it would be handed out twice.
   */
  give(pooled: PooledBuffer): void {
    if (pooled.holders <= 0) {
      throw new DeviceError(
        `releasing a GPU buffer of ${pooled.bytes} bytes: found it released already, expected a ` +
          `holder; this is a defect, please report it`,
      );
    }
    if (--pooled.holders > 0) return;
    this.#live--;
    this.#liveBytes -= pooled.bytes;
    // Lowest number last: what is free, not in which order it came back, decides what is taken next,
    // so that every training step binds the same buffers.
    const shelf = this.#free.get(pooled.bytes) ?? [];
    if (shelf.length === 0) this.#free.set(pooled.bytes, shelf);
    const at = shelf.findLastIndex(({ id }) => id > pooled.id) + 1;
    shelf.splice(at, 0, pooled);
  }

  /** Destroys what lies unused, after a phase whose sizes will not come again. */
  trim(): void {
    for (const shelf of this.#free.values()) for (const { buffer } of shelf) buffer.destroy();
    this.#free.clear();
  }

  #create(size: number): PooledBuffer {
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_SRC |
      GPUBufferUsage.COPY_DST;
    return new PooledBuffer(++this.#created, this.device.createBuffer({ size, usage }), size);
  }
}
