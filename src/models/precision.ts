/**
 * In which numbers a model runs.
 *
 * @module
 */
import type { Precision } from "../../kernels/precision.ts";

/**
 * Going forward, `f16` reads the weights of linear layers in f16; `f16-activations` also holds what
 * the norms and the gated scan hand to a linear layer in f16. The weights themselves, sums and
 * gradients are f32 whichever it is, and so is what the head reads.
 */
export type ModelPrecision = Precision | "f16-activations";

/** Of the weights that linear layers read. */
export const weightPrecision = (precision: ModelPrecision): Precision =>
  precision === "f32" ? "f32" : "f16";

/** Of what norms and the gated scan hand to a linear layer. */
export const activationPrecision = (precision: ModelPrecision): Precision =>
  precision === "f16-activations" ? "f16" : "f32";
