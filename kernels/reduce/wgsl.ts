/**
 * WGSL of the sum over partial results, in a fixed order.
 *
 * @module
 */
import { GROUP } from "../grid.ts";
import { bindings, entry, repeat } from "../wgsl.ts";

/** Threads of a workgroup. */
export const WORKGROUP = 64;

/** What is baked into the text. */
export interface ReduceConstants {
  /** Columns of a row of the target. */
  readonly columns: number;
  /** Elements between rows of the target. */
  readonly rowStride: number;
  /** First element of the target within its binding. */
  readonly offset: number;
  /** Elements between rows of the partials. */
  readonly partialStride: number;
  /** First element of the partials within their binding. */
  readonly partialOffset: number;
  /** Adds to the target instead of overwriting it. */
  readonly accumulate: boolean;
}

/** Four independent running sums hide the latency of the loads; their order is always the same. */
export function reduceCode(c: ReduceConstants): string {
  const element = (stride: number, offset: number) =>
    `(i / ${c.columns}u) * ${stride}u + i % ${c.columns}u + ${offset}u`;
  return `${bindings(["partials: f32", "out target_: f32"], ["size", "count", "step"])}
${entry(WORKGROUP, 0)}
  let i = ${GROUP} * ${WORKGROUP}u + local;
  if (i >= params.size) { return; }
  let first = ${element(c.partialStride, c.partialOffset)};
  ${repeat(4, (k) => `var sum${k} = 0.0;`)}
  var p = 0u;
  for (; p + 4u <= params.count; p += 4u) {
    ${repeat(4, (k) => `sum${k} += partials[first + (p + ${k}u) * params.step];`)}
  }
  for (; p < params.count; p++) { sum0 += partials[first + p * params.step]; }
  let at = ${element(c.rowStride, c.offset)};
  let sum = (sum0 + sum1) + (sum2 + sum3);
  target_[at] = ${c.accumulate ? "target_[at] + sum" : "sum"};
}`;
}
