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
export { Mamba, type MambaInput } from "./model.ts";
export {
  keepState,
  type LayerState,
  type MambaState,
  type MambaStateTensors,
  ownState,
  releaseState,
  selectState,
  stateBytes,
  stateTensors,
} from "./state.ts";
