/**
 * A bench run: measurements of speed with what they mean nothing without, adapter and date.
 *
 * @module
 */
import type { BenchTableRow } from "./schemas.ts";

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

/** `llvmpipe (LLVM 15.0.6, 512 bits), 2 cores, 2026-11-23`. */
export function describeCircumstances({ adapter, cores, date }: BenchCircumstances): string {
  return `${adapter}, ${cores} core${cores === 1 ? "" : "s"}, ${date}`;
}
