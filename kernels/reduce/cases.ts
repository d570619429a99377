/**
 * Shapes on which `deno task verify` proves the sum over partial results.
 *
 * @module
 */
import { type KernelCase, type KernelSuite, randomTensor, sumTolerance } from "../case.ts";
import { reducePartials } from "./mod.ts";
import { reduceReference } from "./reference.ts";

/** Overwrites one target and adds to another. */
function denseCase(count: number, shape: readonly number[]): KernelCase {
  const size = shape.reduce((product, n) => product * n, 1);
  const seed = `reduce/${count}/${shape}`;
  return {
    name: `${count} of ${shape.join("×")}`,
    inputs: {
      partials: randomTensor(`${seed}/partials`, [count, ...shape]),
      start: randomTensor(`${seed}/start`, shape),
    },
    run: (gpu, { partials, start }) => ({
      sum: reducePartials(gpu, partials, { array: gpu.empty(shape), accumulate: false }),
      onTop: reducePartials(gpu, partials, { array: start, accumulate: true }),
    }),
    reference: ({ partials, start }) => ({
      sum: reduceReference(partials, size),
      onTop: reduceReference(partials, size, start),
    }),
    tolerance: { sum: sumTolerance(count), onTop: sumTolerance(count) },
  };
}

/** Partials and target are columns of wider arrays; the columns beside the target stay as they are. */
function stridedCase(): KernelCase {
  const [count, rows, columns] = [5, 9, 6];
  return {
    name: "strided 5 of 9×6",
    inputs: {
      partials: randomTensor("reduce/strided/partials", [count, rows, 11]),
      start: randomTensor("reduce/strided/start", [rows, 10]),
    },
    run: (gpu, { partials, start }) => {
      const array = start.slice(3, 3 + columns);
      reducePartials(gpu, partials.slice(5, 5 + columns), { array, accumulate: true });
      return { home: start };
    },
    reference: ({ partials, start }) => {
      const cut = partials.filter((_, i) => i % 11 >= 5);
      const inside = start.filter((_, i) => i % 10 >= 3 && i % 10 < 3 + columns);
      const sums = reduceReference(cut, rows * columns, inside);
      const home = start.slice();
      sums.forEach((v, i) => home[Math.floor(i / columns) * 10 + 3 + i % columns] = v);
      return { home };
    },
    tolerance: { home: sumTolerance(count) },
  };
}

/** The sum over partial results. */
export const suite: KernelSuite = {
  name: "reduce",
  cases: () => [
    denseCase(1, [1]),
    denseCase(3, [7]),
    denseCase(4, [64]),
    denseCase(16, [5, 13]),
    denseCase(65, [12, 1, 4]),
    denseCase(372, [67]),
    denseCase(1134, [3, 4]),
    stridedCase(),
  ],
};
