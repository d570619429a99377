/**
 * The kit beside its peers, by the programs of tools/peers.
 *
 * @module
 */
import type { BenchRow } from "../../../kernels/bench.ts";
import { compareMatmul } from "../../../tools/peers/matmul_time.ts";
import { checkPython } from "../../../tools/peers/python.ts";
import { compareScan } from "../../../tools/peers/scan_time.ts";
import { compareSteps, STEP_FORMS } from "../../../tools/peers/step_time.ts";
import { ConfigError } from "../../base/errors.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import type { BenchTableRow } from "../../tables/mod.ts";
import { comparisonRows } from "./record.ts";

/** Said aloud: a reader must not take a shorter table for the whole. */
const say = (line: string): void => console.error(line);

/**
 * Times the same work in the kit and in every peer that is there; those that are not are named.
 *
 * @param python PyTorch's interpreter.
 */
export async function measurePeers(
  gpu: Gpu,
  python: string | undefined,
  peaks: readonly BenchRow[],
): Promise<BenchTableRow[]> {
  const found = await usablePython(python);
  if (gpu.facts.kind === "gpu") {
    say("The kit runs on a GPU, C and PyTorch on the processor: no comparison of like with like.");
  }
  // As many as a software adapter takes; the scan in C has room for 64.
  const threads = Math.min(64, navigator.hardwareConcurrency);
  const common = { python: found, threads, say };
  const comparisons = [
    ...await compareMatmul(gpu, common),
    ...await compareScan(gpu, common),
  ];
  if (found !== undefined) {
    for (const step of STEP_FORMS) comparisons.push(await compareSteps(gpu, step, common));
  }
  return comparisons.flatMap((comparison) => comparisonRows(comparison, peaks));
}

async function usablePython(python: string | undefined): Promise<string | undefined> {
  try {
    return await checkPython(python);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    say(`ABSENT: PyTorch, ${error.message}`);
    return undefined;
  }
}
