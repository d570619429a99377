/**
 * Variants of RMS normalisation.
 *
 * @module
 */
import { anywhere, type Variants, withSubgroups } from "../variants.ts";

/** Who shares a row: as many lanes of a subgroup as find features, nobody, or a workgroup. */
export const rowVariants: Variants<"subgroup" | "thread" | "workgroup"> = {
  operation: "rms_norm",
  variants: { subgroup: withSubgroups, thread: anywhere, workgroup: anywhere },
  byDefault: ({ facts }, shapeClass) => {
    if (facts.subgroupSize > 0) return "subgroup";
    return facts.kind === "gpu" && shapeClass === "wide rows" ? "workgroup" : "thread";
  },
};

/** Features from which every thread of a workgroup finds some. */
const WIDE = 256;

/** The shape class of rows of `dim` features. */
export function rowClass(dim: number): "narrow rows" | "wide rows" {
  return dim < WIDE ? "narrow rows" : "wide rows";
}
