/**
 * Mamba-1: configuration, weights and model.
 *
 * @module
 */
export {
  decodeMambaConfig,
  initializeMamba,
  innerDim,
  type MambaConfig,
  mambaConfig,
  mambaParameters,
  paddedVocab,
} from "./config.ts";
export { Mamba } from "./model.ts";
