/**
 * Reading measurements of speed with what they mean nothing without: adapter and date.
 *
 * @module
 */
import { DataError } from "../base/errors.ts";
import type { BenchTableRow } from "./schemas.ts";
import { readRows, readTable } from "./tables.ts";

/** Where and when a bench run measured; unlike other manifests, this depends on a clock. */
export interface BenchCircumstances {
  /** The adapter, as the driver names it. */
  readonly adapter: string;
  /** Lanes of a subgroup, 0 without subgroups. */
  readonly subgroupSize: number;
  /** Day, as in 2026-11-23. */
  readonly date: string;
  /** Processor cores that the system offers. */
  readonly cores: number;
}

/** A bench run. */
export interface BenchRun {
  /** Its measurements in order. */
  readonly rows: readonly BenchTableRow[];
  /** Where and when. */
  readonly where: BenchCircumstances;
}

/**
 * Reads a table that `deno task bench` wrote.
 *
 * @throws {DataError} as `readTable`, and where the manifest does not say where and when.
 */
export async function readBench(path: string): Promise<BenchRun> {
  const { manifest: { adapter, config } } = await readTable(path, "bench");
  const { date, cores, subgroupSize } = (config ?? {}) as Readonly<Record<string, unknown>>;
  if (
    adapter === null || typeof date !== "string" || typeof cores !== "number" ||
    typeof subgroupSize !== "number"
  ) {
    throw new DataError(
      `reading bench table ${path}: found a manifest without adapter, date, cores or subgroups, ` +
        "expected those of `deno task bench`; measure again",
    );
  }
  const rows = await readRows(path, "bench");
  return { rows, where: { adapter, date, cores, subgroupSize } };
}

/** `llvmpipe (LLVM 15.0.6, 512 bits), 2 cores, 2026-11-23`. */
export function describeCircumstances({ adapter, cores, date }: BenchCircumstances): string {
  return `${adapter}, ${cores} core${cores === 1 ? "" : "s"}, ${date}`;
}
