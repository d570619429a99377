/**
 * Mamba-2: configuration, weights and model.
 *
 * @module
 */
export {
  decodeMamba2Config,
  initializeMamba2,
  type Mamba2Config,
  mamba2Config,
  mamba2Parameters,
} from "./config.ts";
export { hfConfig2, mamba2ConfigFrom } from "./formats.ts";
export { Mamba2 } from "./model.ts";
