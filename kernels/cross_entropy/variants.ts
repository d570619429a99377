/**
 * Variants of cross-entropy.
 *
 * @module
 */
import { isLongRow, type TeamKind, teamKind } from "../team.ts";
import { anywhere, type Variants, withSubgroups } from "../variants.ts";

/** Who shares a row of logits. */
export const teamVariants: Variants<TeamKind> = {
  operation: "cross_entropy",
  variants: { subgroup: withSubgroups, threads: anywhere, workgroup: anywhere },
  byDefault: (gpu, shapeClass) => teamKind(gpu, shapeClass === "long rows"),
};

/** The shape class of logits with so many columns. */
export function logitsClass(columns: number): "short rows" | "long rows" {
  return isLongRow(columns) ? "long rows" : "short rows";
}
