/**
 * WGSL of the selective scan.
 *
 * @module
 */
export { backwardCode } from "./backward.ts";
export { forwardCode } from "./forward.ts";
export { SHARED_SUM_WORKGROUP, sharedSumCode } from "./partial_sums.ts";
export {
  BACKWARD_INPUTS,
  backwardSumsCode,
  CARRY_WORKGROUP,
  carryCode,
  FORWARD_INPUTS,
  forwardSumsCode,
} from "./sections.ts";
export { INPUTS } from "./step.ts";
