/**
 * Timestamps around dispatches.
 *
 * @module
 */
import { DeviceError } from "../base/errors.ts";

/** Milliseconds that a kernel took on the device, summed over its dispatches. */
export interface KernelTime {
  /** The kernel's label up to its first space: its operation. */
  readonly name: string;
  /** Number of dispatches. */
  readonly count: number;
  /** Milliseconds in all. */
  readonly milliseconds: number;
}

const MAX_TIMED = 2048;
const SMALLEST_BUFFER = 256;

/** A pair of timestamps for each of many compute passes. */
export class DispatchTimer {
  readonly #names: string[] = [];
  readonly #querySet: GPUQuerySet;

  /** @param device With the feature `timestamp-query`. */
  constructor(readonly device: GPUDevice) {
    this.#querySet = device.createQuerySet({ type: "timestamp", count: 2 * MAX_TIMED });
  }

  /**
   * What the pass of one dispatch writes.
   *
   * @throws {DeviceError} where there are more dispatches than one query set holds.
   */
  next(label: string): GPUComputePassTimestampWrites {
    if (this.#names.length === MAX_TIMED) {
      throw new DeviceError(
        `profiling: found more than ${MAX_TIMED} dispatches, expected at most so many; ` +
          `profile fewer steps`,
      );
    }
    const i = this.#names.push(label) - 1;
    return {
      querySet: this.#querySet,
      beginningOfPassWriteIndex: 2 * i,
      endOfPassWriteIndex: 2 * i + 1,
    };
  }

  /** Encodes the copy of all timestamps into a buffer that can be mapped. */
  resolve(commands: GPUCommandEncoder): GPUBuffer {
    const size = Math.max(SMALLEST_BUFFER, 16 * this.#names.length);
    const { MAP_READ, COPY_DST, COPY_SRC, QUERY_RESOLVE } = GPUBufferUsage;
    const resolved = this.device.createBuffer({ size, usage: QUERY_RESOLVE | COPY_SRC });
    const staging = this.device.createBuffer({ size, usage: MAP_READ | COPY_DST });
    commands.resolveQuerySet(this.#querySet, 0, 2 * this.#names.length, resolved, 0);
    commands.copyBufferToBuffer(resolved, 0, staging, 0, size);
    return staging;
  }

  /** Times by operation, longest first, from the bytes of {@linkcode resolve}'s buffer. */
  sum(bytes: ArrayBuffer): KernelTime[] {
    const ticks = new BigUint64Array(bytes);
    const totals = new Map<string, { count: number; milliseconds: number }>();
    this.#names.forEach((label, i) => {
      const name = label.split(" ")[0];
      const total = totals.get(name) ?? { count: 0, milliseconds: 0 };
      total.count++;
      total.milliseconds += Number(ticks[2 * i + 1] - ticks[2 * i]) / 1e6;
      totals.set(name, total);
    });
    this.#querySet.destroy();
    return [...totals].map(([name, total]) => ({ name, ...total }))
      .sort((a, b) => b.milliseconds - a.milliseconds);
  }
}
