/**
 * Reading what `deno task bench` wrote.
 *
 * @module
 */
import { DataError } from "../base/errors.ts";
import type { BenchRun } from "./bench_run.ts";
import { readRows, readTable } from "./tables.ts";

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
