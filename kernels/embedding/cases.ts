/**
 * Shapes on which `deno task verify` proves the gather of rows.
 *
 * @module
 */
import {
  type KernelCase,
  type KernelSuite,
  randomIntegers,
  randomTensor,
  sumTolerance,
} from "../case.ts";
import { embedding, embeddingBackward, makeRowIndex } from "./mod.ts";
import { embeddingBackwardReference, embeddingReference } from "./reference.ts";

const EXACT = { absolute: 0, relative: 0 };

/** `shape` ids into a table of `rows` × `columns`. */
function gatherCase(shape: readonly number[], rows: number, columns: number): KernelCase {
  const seed = `embedding/${shape}/${rows}/${columns}`;
  const ids = randomIntegers(`${seed}/ids`, shape, rows);
  const count = ids.data.length;
  return {
    name: `${shape.join("×")} ids, table ${rows}×${columns}`,
    inputs: {
      table: randomTensor(`${seed}/table`, [rows, columns]),
      ids,
      dOut: randomTensor(`${seed}/dOut`, [...shape, columns]),
    },
    run: (gpu, { table, ids: onGpu, dOut }) => {
      const index = makeRowIndex(gpu, ids.data as Int32Array, rows);
      return { out: embedding(gpu, table, onGpu), dTable: embeddingBackward(gpu, dOut, index) };
    },
    reference: ({ table, ids, dOut }) => ({
      out: embeddingReference(table, ids, columns),
      dTable: embeddingBackwardReference(dOut, ids, [rows, columns]),
    }),
    tolerance: { out: EXACT, dTable: sumTolerance(Math.ceil(count / rows)) },
    differentiable: { outputs: { out: "dOut" }, inputs: { table: "dTable" } },
  };
}

/** Slices of wider arrays, and a target inside a flat vector that already holds a gradient. */
function accumulatingCase(count: number, rows: number, columns: number, shift: number): KernelCase {
  const seed = `embedding/strided/${count}/${rows}/${columns}/${shift}`;
  const ids = randomIntegers(`${seed}/ids`, [count], rows);
  const wide = columns + 2 * shift;
  const flat = rows * columns + 2 * shift;
  return {
    name: `strided by ${shift}, accumulating, ${count} ids, table ${rows}×${columns}`,
    inputs: {
      table: randomTensor(`${seed}/table`, [rows, wide]),
      ids,
      dOut: randomTensor(`${seed}/dOut`, [count, wide]),
      before: randomTensor(`${seed}/before`, [flat]),
    },
    run: (gpu, { table, ids: onGpu, dOut, before }) => {
      const index = makeRowIndex(gpu, ids.data as Int32Array, rows);
      const array = before.slice(shift, shift + rows * columns).reshape([rows, columns]);
      const upstream = dOut.slice(shift, shift + columns);
      embeddingBackward(gpu, upstream, index, { array, accumulate: true });
      return { out: embedding(gpu, table.slice(shift, shift + columns), onGpu), flat: before };
    },
    reference: ({ table, ids, dOut, before }) => {
      const inner = (m: Float64Array) =>
        m.filter((_, i) => i % wide >= shift && i % wide < shift + columns);
      const middle = before.slice(shift, shift + rows * columns);
      const summed = embeddingBackwardReference(inner(dOut), ids, [rows, columns], middle);
      const after = before.slice();
      after.set(summed, shift);
      return { out: embeddingReference(inner(table), ids, columns), flat: after };
    },
    tolerance: { out: EXACT, flat: sumTolerance(Math.ceil(count / rows)) },
  };
}

/** The gather of rows. */
export const suite: KernelSuite = {
  name: "embedding",
  cases: () => [
    gatherCase([1], 1, 1),
    gatherCase([1], 296, 64),
    gatherCase([2, 63], 296, 64),
    gatherCase([5, 13], 7, 5),
    gatherCase([372], 296, 64),
    gatherCase([784], 30, 67),
    gatherCase([1134], 13, 300),
    gatherCase([16, 256], 296, 64),
    gatherCase([300], 4096, 64),
    gatherCase([65], 50280, 12),
    accumulatingCase(65, 40, 64, 8),
    accumulatingCase(372, 40, 61, 3),
    accumulatingCase(784, 17, 8, 64),
  ],
};
