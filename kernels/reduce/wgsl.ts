/**
 * WGSL of sums over partial results, in a fixed order, many of them in one dispatch.
 *
 * @module
 */
import { findRow, tableBinding, type TableRow } from "../table.ts";
import { bindings, elementOf, entry, repeat } from "../wgsl.ts";

/** Threads of a workgroup. */
export const WORKGROUP = 64;

/** What is baked into the text. */
export interface ReduceConstants {
  /** Rows of the table. */
  readonly size: number;
  /** A thread sums four neighbouring elements, all aligned, instead of one. */
  readonly vec4: boolean;
}

/** One sum; places count elements from the start of their binding. */
export interface ReduceRow {
  /** First element of the partial results. */
  readonly partialAt: number;
  /** Elements between their rows. */
  readonly partialStride: number;
  /** Elements from one partial result to the next. */
  readonly partialStep: number;
  /** Number of partial results. */
  readonly count: number;
  /** First element of the target. */
  readonly targetAt: number;
  /** Elements between its rows. */
  readonly targetStride: number;
  /** Elements of a row. */
  readonly columns: number;
  /** Rows. */
  readonly rows: number;
  /** Adds to the target instead of overwriting it. */
  readonly accumulate: boolean;
}

/** A sum as its threads read it. */
export function reduceRow(r: ReduceRow, vec4: boolean): TableRow {
  const threads = r.rows * r.columns / (vec4 ? 4 : 1);
  return {
    groups: Math.ceil(threads / WORKGROUP),
    words: [
      r.partialAt,
      r.partialStride,
      r.partialStep,
      2 * r.count + Number(r.accumulate),
      r.targetAt,
      r.targetStride,
      r.columns,
      r.rows,
    ],
  };
}

/** Four independent running sums hide the latency of the loads; their order is always the same. */
export function reduceCode({ size, vec4 }: ReduceConstants): string {
  const [zero, width] = vec4 ? ["vec4f()", 4] : ["0.0", 1];
  const element = elementOf(vec4);
  const place = (at: string) => vec4 ? `(${at}) >> 2u` : at;
  const partial = (p: string) => `partials[${place(`start + (${p}) * rowA.z`)}]`;
  return `${bindings([`partials: ${element}`, `out target_: ${element}`])}${tableBinding(2, size)}
${entry(WORKGROUP, 0)}
${findRow(size, WORKGROUP)}
  let width = rowB.z / ${width}u;
  let row = i / width;
  if (row >= rowB.w) { return; }
  let column = (i - row * width) * ${width}u;
  let count = rowA.w >> 1u;
  let start = rowA.x + row * rowA.y + column;
  ${repeat(4, (k) => `var sum${k} = ${zero};`)}
  var p = 0u;
  for (; p + 4u <= count; p += 4u) {
    ${repeat(4, (k) => `sum${k} += ${partial(`p + ${k}u`)};`)}
  }
  for (; p < count; p++) { sum0 += ${partial("p")}; }
  let at = ${place("rowB.x + row * rowB.y + column")};
  var sum = (sum0 + sum1) + (sum2 + sum3);
  if ((rowA.w & 1u) == 1u) { sum = target_[at] + sum; }
  target_[at] = sum;
}`;
}
