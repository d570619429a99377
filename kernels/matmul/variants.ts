/**
 * Variants of the matrix products.
 *
 * @module
 */
import type { Gpu } from "../../src/gpu/gpu.ts";
import { anywhere, type Variants } from "../variants.ts";

/**
 * `broadcast` keeps a tile in the registers of a subgroup and hands loads round: made for adapters
 * where loads are the cost, and for few rows. `tiled` keeps tiles of both operands in workgroup
 * memory: made for adapters with many cores.
 */
type ProductVariant = "broadcast" | "tiled";

const byKind = ({ facts }: Gpu): ProductVariant => facts.kind === "cpu" ? "broadcast" : "tiled";

/** Below so many rows a tile of `tiled` would be mostly empty. */
const FEW_ROWS = 32;

/** A·B. */
export const productVariants: Variants<ProductVariant> = {
  operation: "matmul",
  variants: { broadcast: anywhere, tiled: anywhere },
  byDefault: (gpu, shapeClass) => shapeClass === "few rows" ? "broadcast" : byKind(gpu),
};

/** The shape class of A·B. */
export function productClass(rows: number): "few rows" | "many rows" {
  return rows < FEW_ROWS ? "few rows" : "many rows";
}

/** Aᵀ·B over all rows. */
export const transposedVariants: Variants<ProductVariant> = {
  operation: "matmul_transpose_a",
  variants: { broadcast: anywhere, tiled: anywhere },
  byDefault: byKind,
};

/** The only shape class of Aᵀ·B: its sizes are those of a weight. */
export const TRANSPOSED_CLASS = "weights";
