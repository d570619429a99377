/**
 * The figures that a bench run has measurements for.
 *
 * @module
 */
import type { BenchRun } from "../../tables/bench_run.ts";
import { besidePeers, besidePeersFigure } from "../beside_peers.ts";
import { canPlace, roofline, rooflineFigure } from "../roofline.ts";
import type { PlotlyFigure } from "./plotly.ts";

/** A figure with its entry's names. */
export interface NamedFigure {
  /** File-name-safe name. */
  readonly id: string;
  /** What it shows, in a few words. */
  readonly title: string;
  /** What the figure shows and what it does not. */
  readonly caption: string;
  /** The figure itself. */
  readonly figure: PlotlyFigure;
}

/**
 * The roofline where a kernel's bytes and operations were counted, and the comparison where the
 * run has one.
 *
 * @throws {DataError} where a measurement is not a positive number.
 */
export function benchFigures(run: BenchRun): NamedFigure[] {
  const made: NamedFigure[] = [];
  if (run.rows.some(canPlace)) {
    const { id, title } = rooflineFigure;
    const caption = "The roof is what two kernels reach that only copy from memory, or only " +
      "multiply and add; a point above its slope found its bytes in the processor's cache. " +
      "Operations and bytes are those of the equation.";
    made.push({ id, title, caption, figure: roofline(run) });
  }
  if (run.rows.some(({ part }) => part === "peers")) {
    const { id, title } = besidePeersFigure;
    const caption = "Each side in turn in one run, all float32, with results that agree.";
    made.push({ id, title, caption, figure: besidePeers(run) });
  }
  return made;
}
