/**
 * Variants of cross-entropy.
 *
 * @module
 */
import { isLongRow, type TeamKind } from "../team.ts";
import { anywhere, type Variants, withSubgroups } from "../variants.ts";

/** Who shares a row of logits. */
export const teamVariants: Variants<TeamKind> = {
  operation: "cross_entropy",
  variants: { subgroup: withSubgroups, threads: anywhere, workgroup: anywhere },
  byDefault: ({ facts }, shapeClass) => {
    if (shapeClass === "long rows") return "workgroup";
    return facts.subgroupSize > 0 ? "subgroup" : "threads";
  },
};

/** The shape class of logits with so many columns. */
export function logitsClass(columns: number): "short rows" | "long rows" {
  return isLongRow(columns) ? "long rows" : "short rows";
}
