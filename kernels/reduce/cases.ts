/**
 * Shapes on which `deno task verify` proves the sum over partial results.
 *
 * @module
 */
import { type KernelCase, type KernelSuite, randomTensor, sumTolerance } from "../case.ts";
import { GpuArray } from "../../src/gpu/array.ts";
import { DeferredSums } from "./deferred.ts";
import { reducePartials, roomForPartials } from "./mod.ts";
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

/** Elements of the one buffer that holds the targets of {@linkcode deferredCase}. */
const HOME = 448;
/** Where the targets begin, their shapes, and the columns of the partial results that they sum. */
const TARGETS = [
  { at: 0, shape: [33, 8], count: 9, from: 0, wide: 8, accumulate: false },
  { at: 264, shape: [7, 3], count: 6, from: 0, wide: 3, accumulate: true },
  { at: 320, shape: [11, 4], count: 5, from: 2, wide: 7, accumulate: true },
  { at: 384, shape: [1], count: 70, from: 0, wide: 1, accumulate: false },
  { at: 400, shape: [4, 1, 12], count: 3, from: 0, wide: 12, accumulate: false },
];

/** Sums of different sizes that wait for each other; what lies between the targets stays. */
function deferredCase(): KernelCase {
  const rowsOf = (shape: readonly number[]) => shape.slice(0, -1).reduce((n, size) => n * size, 1);
  const partials = TARGETS.map(({ shape, count, wide }, i) =>
    randomTensor(`reduce/deferred/${i}`, [count, ...shape.slice(0, -1), wide])
  );
  return {
    name: `${TARGETS.length} together`,
    inputs: {
      start: randomTensor("reduce/deferred/start", [HOME]),
      ...Object.fromEntries(partials.map((tensor, i) => [`partials${i}`, tensor])),
    },
    run: (gpu, inputs) => {
      const home = gpu.empty([HOME]);
      gpu.copy(inputs.start, home);
      const sums = new DeferredSums(gpu);
      TARGETS.forEach(({ at, shape, from, accumulate }, i) => {
        const target = { array: new GpuArray(home.pooled, shape, "f32", at), accumulate, sums };
        const given = inputs[`partials${i}`];
        const room = roomForPartials(gpu, target, given.shape);
        gpu.copy(given, room);
        reducePartials(gpu, room.slice(from, from + shape[shape.length - 1]), target);
        gpu.release(room);
      });
      sums.flush();
      return { home };
    },
    reference: (inputs) => {
      const home = inputs.start.slice();
      TARGETS.forEach(({ at, shape, from, wide, accumulate }, i) => {
        const columns = shape[shape.length - 1];
        const size = rowsOf(shape) * columns;
        const cut = inputs[`partials${i}`].filter((_, j) =>
          j % wide >= from && j % wide < from + columns
        );
        const before = accumulate ? inputs.start.slice(at, at + size) : undefined;
        home.set(reduceReference(cut, size, before), at);
      });
      return { home };
    },
    tolerance: { home: sumTolerance(70) },
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
    deferredCase(),
  ],
};
