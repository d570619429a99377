/**
 * How a run's accepted rows and plain rows become packs: the settings, and whether they can be.
 *
 * @module
 */
import type { Json } from "../../base/canonical_json.ts";
import { ConfigError } from "../../base/errors.ts";
import type { TrainingMode } from "../../rwr/mixing.ts";
import { checkPacking } from "../../rwr/packing.ts";
import { plainFormat } from "../../rwr/prompts.ts";
import type { Tokenizer } from "../../tokenizer/mod.ts";
import type { ContaminationCheck } from "../selection.ts";

/** Raised by whoever changes what packs are made of, or their order. */
const MIX_VERSION = 1;

/** Rows that are open at a time while packing. */
export const WINDOW = 32;

/** What to make of a distillation run. */
export interface MixConfig {
  /** The model's tokenizer. */
  readonly tokenizer: Tokenizer;
  /** Tokens of a pack; a longer sample is left out and counted. */
  readonly length: number;
  /** `rwr`: a note and then the answer; `sft`: the answer at once, over the same rows. */
  readonly mode: TrainingMode;
  /**
   * Share of the samples from notes, plain ones apart, whose note is empty. D_f is used whole, so
   * the share is reached by drawing from D_e; undefined takes D_e whole, as the paper joins them.
   */
  readonly emptyShare?: number;
  /** Share of all samples that are plain rows, answered at once. */
  readonly plainShare: number;
  /**
   * Where plain rows are from: `rejected` for the run's rows whose note was rejected, else an
   * OpenOrca source, of which rows are drawn that the run did not select. Needed for a share.
   */
  readonly plainSource?: string;
  /** Compares plain rows with evaluations; has to be the selection's, where that had one. */
  readonly contamination?: ContaminationCheck;
  /** Names order and draws. */
  readonly seed: number;
  /** Version of the code, for manifests. */
  readonly code: string;
}

/** @throws {ConfigError} on shares, a length or a source that cannot be. */
export function checkMixConfig(config: MixConfig): void {
  checkPacking({ rowLength: config.length, window: WINDOW });
  for (const name of ["emptyShare", "plainShare"] as const) {
    const share = config[name];
    if (share === undefined || (share >= 0 && share < 1)) continue;
    const flag = name === "emptyShare" ? "--empty-share" : "--plain-share";
    throw new ConfigError(
      `mixing: found ${flag} ${share}, expected a number from 0 to below 1, such as 0.25`,
    );
  }
  if (config.plainShare > 0 && config.plainSource === undefined) {
    throw new ConfigError(
      `mixing: found --plain-share ${config.plainShare} without --plain-source, expected an ` +
        `OpenOrca source (rows that the run did not select), or "rejected"`,
    );
  }
}

/** All that decides the packs, but for the inputs. */
export function describeMix(config: MixConfig): Record<string, Json> {
  return {
    version: MIX_VERSION,
    tokenizer: config.tokenizer.hash,
    format: plainFormat.name,
    length: config.length,
    window: WINDOW,
    mode: config.mode,
    emptyShare: config.emptyShare ?? null,
    plainShare: config.plainShare,
    plainSource: config.plainShare === 0
      ? null
      : config.plainSource === "rejected"
      ? "rejected"
      : "not selected",
    contamination: config.contamination?.hash ?? null,
    seed: config.seed,
    code: config.code,
  };
}
