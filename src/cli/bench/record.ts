/**
 * The table of a bench run: its rows, and the manifest that says where and when they were measured.
 *
 * @module
 */
import kit from "../../../deno.json" with { type: "json" };
import type { BenchRow } from "../../../kernels/bench.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import type { BenchTableRow, ManifestInput } from "../../tables/mod.ts";
import type { Comparison } from "../../../tools/peers/in_turn.ts";
import type { ModelRow } from "./model.ts";

/** Raised by whoever changes what is measured or how. */
const VERSION = 1;

/** The kit's name among sides. */
export const KIT = "the kit";

/** What is the same in all rows that the kit measures by itself. */
const OWN = { side: KIT, kernel: null, peak_bytes: null, bytes: null, operations: null } as const;

/** Rows of the peaks, or of one kernel's folder. */
export function kernelRows(
  kernel: string | null,
  rows: readonly BenchRow[],
  peaks: readonly BenchRow[],
): BenchTableRow[] {
  return rows.map((row) => ({
    ...OWN,
    part: kernel === null ? "peak" : "kernel",
    kernel,
    operation: row.operation,
    shape: row.shape,
    median_ms: row.milliseconds,
    least_ms: row.least,
    repeats: row.repeats,
    rate: row.rate,
    unit: row.unit,
    share_of_peak: kernel === null
      ? null
      : row.rate / peaks.find(({ unit }) => unit === row.unit)!.rate,
    bytes: row.bytes,
    operations: row.operations,
  }));
}

/** Rows of a comparison, one a side; rates are floating-point operations, where they were counted. */
export function comparisonRows(
  { operation, shape, operations, sides }: Comparison,
  peaks: readonly BenchRow[],
): BenchTableRow[] {
  const peak = peaks.find(({ unit }) => unit === "GFLOP/s")!.rate;
  return sides.map(({ name, times: { median, range: [least], repeats } }) => {
    const rate = operations === null ? null : operations / median / 1e6;
    return {
      ...OWN,
      part: "peers",
      operation,
      shape,
      side: name,
      median_ms: median,
      least_ms: least,
      repeats,
      rate,
      unit: rate === null ? null : "GFLOP/s",
      share_of_peak: rate === null ? null : rate / peak,
      operations,
    };
  });
}

/** Rows of whole models. */
export function modelRows(rows: readonly ModelRow[]): BenchTableRow[] {
  return rows.map((row) => ({
    ...OWN,
    part: "model",
    operation: row.work,
    shape: row.shape,
    median_ms: row.milliseconds,
    least_ms: row.least,
    repeats: row.repeats,
    rate: 1000 * row.tokens / row.milliseconds,
    unit: "tokens/s",
    share_of_peak: null,
    peak_bytes: row.peakBytes,
  }));
}

/** The manifest of a run now on this adapter; unlike other tables', it depends on a clock. */
export function benchManifest({ facts, choices, texturesFrom }: Gpu, rows: number): ManifestInput {
  const config = {
    date: new Date().toISOString().slice(0, 10),
    cores: navigator.hardwareConcurrency,
    subgroupSize: facts.subgroupSize,
    reads: texturesFrom < Infinity ? "textures" : "storage",
    ...(choices.record() && { variants: choices.record() }),
  };
  const code = `${kit.version}+bench.${VERSION}`;
  const { adapter, driver } = facts;
  return { config, inputs: {}, code, adapter, driver, rowsIn: rows };
}
