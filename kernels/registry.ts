/**
 * Every kernel folder: what `deno task verify` proves and `deno task bench` times.
 *
 * @module
 */
import type { Bench } from "./bench.ts";
import type { KernelSuite } from "./case.ts";
import type { Tuning } from "./variants.ts";
import { bench as adamwBench } from "./adamw/bench.ts";
import { suite as adamw } from "./adamw/cases.ts";
import { bench as conv1dBench, tuning as conv1dTuning } from "./conv1d/bench.ts";
import { suite as conv1d } from "./conv1d/cases.ts";
import { bench as crossEntropyBench, tuning as crossEntropyTuning } from "./cross_entropy/bench.ts";
import { suite as crossEntropy } from "./cross_entropy/cases.ts";
import { bench as elementwiseBench } from "./elementwise/bench.ts";
import { suite as elementwise } from "./elementwise/cases.ts";
import { bench as embeddingBench } from "./embedding/bench.ts";
import { suite as embedding } from "./embedding/cases.ts";
import { bench as gatedRmsNormBench } from "./gated_rms_norm/bench.ts";
import { suite as gatedRmsNorm } from "./gated_rms_norm/cases.ts";
import { bench as matmulBench, tuning as matmulTuning } from "./matmul/bench.ts";
import { suite as matmul } from "./matmul/cases.ts";
import { bench as reduceBench } from "./reduce/bench.ts";
import { suite as reduce } from "./reduce/cases.ts";
import { bench as rmsNormBench, tuning as rmsNormTuning } from "./rms_norm/bench.ts";
import { suite as rmsNorm } from "./rms_norm/cases.ts";
import { bench as samplingBench } from "./sampling/bench.ts";
import { suite as sampling } from "./sampling/cases.ts";
import {
  bench as selectiveScanBench,
  tuning as selectiveScanTuning,
} from "./selective_scan/bench.ts";
import { suite as selectiveScan } from "./selective_scan/cases.ts";
import { bench as ssdBench } from "./ssd/bench.ts";
import { suite as ssd } from "./ssd/cases.ts";

/** One kernel folder. */
export interface RegisteredKernel {
  /** Its cases; the suite's name is the folder's. */
  readonly suite: KernelSuite;
  /** Its measurement. */
  readonly bench: Bench;
  /** Its operations that have variants. */
  readonly tuning: readonly Tuning[];
}

/** The kernel folders in the order in which they are proved. */
export const KERNELS: readonly RegisteredKernel[] = [
  { suite: elementwise, bench: elementwiseBench, tuning: [] },
  { suite: reduce, bench: reduceBench, tuning: [] },
  { suite: matmul, bench: matmulBench, tuning: matmulTuning },
  { suite: embedding, bench: embeddingBench, tuning: [] },
  { suite: rmsNorm, bench: rmsNormBench, tuning: rmsNormTuning },
  { suite: gatedRmsNorm, bench: gatedRmsNormBench, tuning: [] },
  { suite: conv1d, bench: conv1dBench, tuning: conv1dTuning },
  { suite: selectiveScan, bench: selectiveScanBench, tuning: selectiveScanTuning },
  { suite: ssd, bench: ssdBench, tuning: [] },
  { suite: crossEntropy, bench: crossEntropyBench, tuning: crossEntropyTuning },
  { suite: adamw, bench: adamwBench, tuning: [] },
  { suite: sampling, bench: samplingBench, tuning: [] },
];
