/**
 * Variants of the causal convolution.
 *
 * @module
 */
import { anywhere, type Variants } from "../variants.ts";

/**
 * How time is cut: `long_pieces` walk far with the window in registers, so that few tokens are read
 * twice; `short_pieces` occupy an adapter with many cores.
 */
export const pieceVariants: Variants<"long_pieces" | "short_pieces"> = {
  operation: "conv1d",
  variants: { long_pieces: anywhere, short_pieces: anywhere },
  byDefault: ({ facts }) => facts.kind === "cpu" ? "long_pieces" : "short_pieces",
};

/** The only shape class: the number of pieces follows from the sizes. */
export const PIECE_CLASS = "all";
