/**
 * How `deno task bench` times a kernel: medians over repeats, each long enough that the wait at its
 * end (about 11 ms in Deno) hardly counts, and that wait taken off.
 *
 * @module
 */
import { median } from "../src/base/statistics.ts";
import type { Gpu } from "../src/gpu/gpu.ts";

/** One line of the table. */
export interface BenchRow {
  /** Operation and direction. */
  readonly operation: string;
  /** Sizes of the operands. */
  readonly shape: string;
  /** Median milliseconds of one run. */
  readonly milliseconds: number;
  /** Milliseconds of one run of the fastest repeat. */
  readonly least: number;
  /** Repeats. */
  readonly repeats: number;
  /** Work done a second, in units of 10⁹. */
  readonly rate: number;
  /** What the rate counts: bytes read and written at least once, or floating-point operations. */
  readonly unit: BenchUnit;
  /** Bytes of one run read and written at least once; null where nobody counted. */
  readonly bytes: number | null;
  /** Floating-point operations of one run; null where nobody counted. */
  readonly operations: number | null;
}

/** Bytes or floating-point operations a second, in units of 10⁹. */
export type BenchUnit = "GB/s" | "GFLOP/s";

/** What is timed. */
export interface BenchWork {
  /** Operation and direction. */
  readonly operation: string;
  /** Sizes of the operands. */
  readonly shape: string;
  /** Work of one run: bytes or floating-point operations. */
  readonly amount: number;
  /** What `amount` counts. */
  readonly unit: BenchUnit;
  /**
   * The count that `amount` is not, which places the work under the roofline: floating-point
   * operations where the unit is GB/s, bytes where it is GFLOP/s. By the equation, whatever the
   * kernel does twice; a function such as exp is one operation.
   */
  readonly alongside?: number;
  /** Encodes one run; arrays it makes are released. */
  readonly run: () => void;
}

/** A kernel folder's measurement: `bench.ts` exports one as `bench`. */
export type Bench = (gpu: Gpu) => Promise<BenchRow[]>;

const REPEATS = 5;
/** Milliseconds that a repeat should take. */
const LONG_ENOUGH = 100;
const MOST_RUNS = 500;

/** Times one piece of work after a run that compiles its kernels. */
export async function measure(gpu: Gpu, work: BenchWork): Promise<BenchRow> {
  const { operation, shape, amount, unit, alongside = null } = work;
  await time(gpu, work, 1);
  const once = await time(gpu, work, 4) / 4;
  const runs = Math.max(1, Math.min(MOST_RUNS, Math.ceil(LONG_ENOUGH / Math.max(once, 1e-3))));
  const waits: number[] = [];
  const times: number[] = [];
  for (let i = 0; i < REPEATS; i++) {
    waits.push(await time(gpu, work, 0));
    times.push(await time(gpu, work, runs));
  }
  const withoutWait = (together: number) => Math.max(1e-6, together - median(waits)) / runs;
  const [milliseconds, least] = [withoutWait(median(times)), withoutWait(Math.min(...times))];
  const rate = amount / milliseconds / 1e6;
  const [bytes, operations] = unit === "GB/s" ? [amount, alongside] : [alongside, amount];
  return {
    operation,
    shape,
    milliseconds,
    least,
    repeats: REPEATS,
    rate,
    unit,
    bytes,
    operations,
  };
}

/** Times the pieces of work that `prepare` makes, whose arrays live until all are done. */
export async function measureAll(
  gpu: Gpu,
  prepare: () => readonly BenchWork[],
): Promise<BenchRow[]> {
  gpu.openScope();
  try {
    const rows: BenchRow[] = [];
    for (const work of prepare()) rows.push(await measure(gpu, work));
    return rows;
  } finally {
    gpu.closeScope();
  }
}

async function time(gpu: Gpu, work: BenchWork, runs: number): Promise<number> {
  const start = performance.now();
  for (let i = 0; i < runs; i++) gpu.scope(work.run);
  await gpu.sync();
  return performance.now() - start;
}
