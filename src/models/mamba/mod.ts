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
export {
  type LayerState,
  Mamba,
  type MambaInput,
  type MambaState,
  type MambaStateTensors,
} from "./model.ts";
