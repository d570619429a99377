/**
 * Timestamps around dispatches.
 *
 * @module
 */
import { DeviceError } from "../base/errors.ts";

/** One dispatch on the device's clock. */
export interface KernelSpan {
  /** The kernel's operation, the constants baked into its text, and its arrays' shapes. */
  readonly label: string;
  /** Milliseconds from the start of the first dispatch. */
  readonly start: number;
  /** How long it took. */
  readonly milliseconds: number;
}

/** Milliseconds that a kernel took on the device, summed over its dispatches. */
export interface KernelTime {
  /** The kernel's label up to its first space: its operation. */
  readonly name: string;
  /** Number of dispatches. */
  readonly count: number;
  /** Milliseconds in all. */
  readonly milliseconds: number;
}

/** Timestamps at the two ends of a dispatch, which may be those of two passes. */
export interface DispatchSpan {
  /** At the beginning, before whatever is copied for it. */
  readonly start: GPUComputePassTimestampWrites;
  /** At the end of its own pass. */
  readonly end: GPUComputePassTimestampWrites;
}

const MAX_TIMED = 2048;
const SMALLEST_BUFFER = 256;

/** A pair of timestamps for each of many dispatches. */
export class DispatchTimer {
  readonly #names: string[] = [];
  readonly #querySet: GPUQuerySet;

  /** @param device With the feature `timestamp-query`. */
  constructor(readonly device: GPUDevice) {
    this.#querySet = device.createQuerySet({ type: "timestamp", count: 2 * MAX_TIMED });
  }

  /**
   * What the passes of one dispatch write.
   *
   * @throws {DeviceError} where there are more dispatches than one query set holds.
   */
  next(label: string): DispatchSpan {
    if (this.#names.length === MAX_TIMED) {
      throw new DeviceError(
        `profiling: found more than ${MAX_TIMED} dispatches, expected at most so many; ` +
          `profile fewer steps`,
      );
    }
    const i = this.#names.push(label) - 1;
    const querySet = this.#querySet;
    return {
      start: { querySet, beginningOfPassWriteIndex: 2 * i },
      end: { querySet, endOfPassWriteIndex: 2 * i + 1 },
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

  /** The dispatches in order, from the bytes of {@linkcode resolve}'s buffer. */
  spans(bytes: ArrayBuffer): KernelSpan[] {
    const ticks = new BigUint64Array(bytes);
    const milliseconds = (from: bigint, to: bigint) => Number(to - from) / 1e6;
    this.#querySet.destroy();
    return this.#names.map((label, i) => ({
      label,
      start: milliseconds(ticks[0], ticks[2 * i]),
      milliseconds: milliseconds(ticks[2 * i], ticks[2 * i + 1]),
    }));
  }
}

const operationOf = (label: string): string => label.split(" ")[0];

/** Times by operation, longest first. */
export function timesByOperation(spans: readonly KernelSpan[]): KernelTime[] {
  const totals = new Map<string, { count: number; milliseconds: number }>();
  for (const { label, milliseconds } of spans) {
    const total = totals.get(operationOf(label)) ?? { count: 0, milliseconds: 0 };
    total.count++;
    total.milliseconds += milliseconds;
    totals.set(operationOf(label), total);
  }
  return [...totals].map(([name, total]) => ({ name, ...total }))
    .sort((a, b) => b.milliseconds - a.milliseconds);
}

/**
 * The dispatches as a trace that chrome://tracing and Perfetto open (Trace Event Format, complete
 * events; microseconds).
 *
 * @param process What to call the row: the adapter's name.
 */
export function chromeTrace(spans: readonly KernelSpan[], process: string): string {
  const place = { pid: 1, tid: 1 };
  const events = [
    { name: "process_name", ph: "M", ...place, args: { name: process } },
    ...spans.map(({ label, start, milliseconds }) => ({
      name: operationOf(label),
      cat: "kernel",
      ph: "X",
      ts: start * 1e3,
      dur: milliseconds * 1e3,
      ...place,
      args: { label },
    })),
  ];
  return `${JSON.stringify({ displayTimeUnit: "ms", traceEvents: events })}\n`;
}
