/**
 * Every kernel folder: what `deno task verify` proves and `deno task bench` times.
 *
 * @module
 */
import type { Bench } from "./bench.ts";
import type { KernelSuite } from "./case.ts";
import { bench as adamwBench } from "./adamw/bench.ts";
import { suite as adamw } from "./adamw/cases.ts";
import { bench as conv1dBench } from "./conv1d/bench.ts";
import { suite as conv1d } from "./conv1d/cases.ts";
import { bench as crossEntropyBench } from "./cross_entropy/bench.ts";
import { suite as crossEntropy } from "./cross_entropy/cases.ts";
import { bench as elementwiseBench } from "./elementwise/bench.ts";
import { suite as elementwise } from "./elementwise/cases.ts";
import { bench as embeddingBench } from "./embedding/bench.ts";
import { suite as embedding } from "./embedding/cases.ts";
import { bench as gatedRmsNormBench } from "./gated_rms_norm/bench.ts";
import { suite as gatedRmsNorm } from "./gated_rms_norm/cases.ts";
import { bench as matmulBench } from "./matmul/bench.ts";
import { suite as matmul } from "./matmul/cases.ts";
import { bench as reduceBench } from "./reduce/bench.ts";
import { suite as reduce } from "./reduce/cases.ts";
import { bench as rmsNormBench } from "./rms_norm/bench.ts";
import { suite as rmsNorm } from "./rms_norm/cases.ts";
import { bench as samplingBench } from "./sampling/bench.ts";
import { suite as sampling } from "./sampling/cases.ts";
import { bench as selectiveScanBench } from "./selective_scan/bench.ts";
import { suite as selectiveScan } from "./selective_scan/cases.ts";
import { bench as ssdBench } from "./ssd/bench.ts";
import { suite as ssd } from "./ssd/cases.ts";

/** One kernel folder. */
export interface RegisteredKernel {
  /** Its cases; the suite's name is the folder's. */
  readonly suite: KernelSuite;
  /** Its measurement. */
  readonly bench: Bench;
}

/** The kernel folders in the order in which they are proved. */
export const KERNELS: readonly RegisteredKernel[] = [
  { suite: elementwise, bench: elementwiseBench },
  { suite: reduce, bench: reduceBench },
  { suite: matmul, bench: matmulBench },
  { suite: embedding, bench: embeddingBench },
  { suite: rmsNorm, bench: rmsNormBench },
  { suite: gatedRmsNorm, bench: gatedRmsNormBench },
  { suite: conv1d, bench: conv1dBench },
  { suite: selectiveScan, bench: selectiveScanBench },
  { suite: ssd, bench: ssdBench },
  { suite: crossEntropy, bench: crossEntropyBench },
  { suite: adamw, bench: adamwBench },
  { suite: sampling, bench: samplingBench },
];
