/**
 * Numbering of workgroups past the 65,535 that WebGPU allows on one axis.
 *
 * @module
 */

/** Workgroups along x; more go on in the next row along y. */
const WIDTH = 32768;

/** The first two sizes of a dispatch of at least `groups` workgroups. */
export function grid(groups: number): [number, number] {
  return groups <= WIDTH ? [groups, 1] : [WIDTH, Math.ceil(groups / WIDTH)];
}

/** WGSL of a workgroup's number in a {@linkcode grid}; it may be past the last one wanted. */
export const GROUP = `(group.y * ${WIDTH}u + group.x)`;
