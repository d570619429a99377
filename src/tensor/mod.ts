/**
 * Tensors, the reverse-mode tape, and the operations it differentiates.
 *
 * @module
 */
export { Parameter, Tensor } from "./tensor.ts";
export { Tape } from "./tape.ts";
export {
  addRmsNorm,
  type Carry,
  conv1d,
  embedding,
  gatedRmsNorm,
  type Labels,
  linear,
  linearCrossEntropy,
  type ScanInputs,
  selectiveScan,
  selectRows,
  split,
  ssd,
  type SsdInputs,
} from "./ops.ts";
