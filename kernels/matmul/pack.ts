/**
 * Laying out all weights of a model that an optimizer step has changed.
 *
 * @module
 */
import { GpuArray } from "../../src/gpu/array.ts";
import type { Gpu } from "../../src/gpu/gpu.ts";
import { aligned, MAX_ROWS, shareBinding } from "../table.ts";
import { type PackedMatrix, packTransposed, panelShape } from "./mod.ts";
import { packPanels } from "./panels.ts";
import type { Precision } from "../precision.ts";

/** Elements of one group's panels at most, 64 MiB. */
const GROUP_ELEMENTS = 2 ** 24;

/**
 * {@linkcode packTransposed} of many weights: those that lie in one buffer in one dispatch, as far as
 * one binding reaches.
 *
 * @param weights `[columns, depth]` each, rows without gaps between elements.
 * @param precision Of the panels.
 * @returns As many, each a holder of its bytes.
 * @throws {ShapeError} where one has not two axes.
 */
export function packAll(
  gpu: Gpu,
  weights: readonly GpuArray[],
  precision: Precision = "f32",
): PackedMatrix[] {
  return groupsOf(gpu, weights).flatMap((group) =>
    group.length === 1
      ? [packTransposed(gpu, group[0], precision)]
      : packGroup(gpu, group, precision)
  );
}

/** Elements of a weight's panels, up to where the next one's may begin. */
function roomOf(gpu: Gpu, w: GpuArray): number {
  return aligned(panelShape(gpu, w).reduce((product, n) => product * n));
}

/** Successive weights that go together. */
function groupsOf(gpu: Gpu, weights: readonly GpuArray[]): GpuArray[][] {
  const groups: GpuArray[][] = [];
  let total = 0;
  for (const w of weights) {
    const group = groups.at(-1);
    const room = roomOf(gpu, w);
    const fits = group && group.length < MAX_ROWS && total + room <= GROUP_ELEMENTS &&
      shareBinding(gpu, [...group, w]);
    if (fits) group.push(w);
    else groups.push([w]);
    total = fits ? total + room : room;
  }
  return groups;
}

function packGroup(gpu: Gpu, group: readonly GpuArray[], precision: Precision): PackedMatrix[] {
  const whole = gpu.empty([group.reduce((sum, w) => sum + roomOf(gpu, w), 0)], precision);
  let at = 0;
  const pieces = group.map((w) => {
    const array = new GpuArray(whole.pooled, panelShape(gpu, w), precision, at);
    at += roomOf(gpu, w);
    return { w, array: gpu.retain(array) };
  });
  packPanels(gpu, pieces);
  gpu.release(whole);
  return pieces.map(({ w: { shape: [columns, depth] }, array }) => ({ array, depth, columns }));
}
