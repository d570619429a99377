/**
 * How many samples of each set make the shares that were asked for.
 *
 * @module
 */
import { ConfigError } from "../../base/errors.ts";
import type { MixConfig } from "./config.ts";

/** Samples by set, in the order of `MIX_SETS`. */
export type Quota = readonly [full: number, fullEmpty: number, empty: number, plain: number];

/**
 * Samples to take of each set: D_f whole; of D_e as many as the share of empty notes wants, or all;
 * of plain rows as many as their share of all samples wants.
 *
 * @param there Samples of each set that fit a pack; that of plain rows is not read.
 * @throws {ConfigError} where D_e has too few.
 */
export function quotaOf(
  [full, natural, empty]: readonly number[],
  { emptyShare, plainShare }: Pick<MixConfig, "emptyShare" | "plainShare">,
): Quota {
  // Where notes that are empty by nature are more than wanted, nothing is added to them.
  const wanted = emptyShare === undefined
    ? empty
    : Math.max(0, Math.round(full * emptyShare / (1 - emptyShare)) - natural);
  if (wanted > empty) {
    const most = Math.floor(1000 * (natural + empty) / (full + natural + empty)) / 1000;
    throw new ConfigError(
      `mixing: found ${natural + empty} empty notes that fit a pack, expected ` +
        `${natural + wanted} for --empty-share ${emptyShare} beside ${full} other notes; ask for ` +
        `${most} at most, or distill more rows`,
    );
  }
  const notes = full + natural + wanted;
  return [full, natural, wanted, Math.round(notes * plainShare / (1 - plainShare))];
}

/** @throws {ConfigError} where there are fewer plain rows than wanted. */
export function checkPlain(there: number, [full, natural, empty, plain]: Quota): void {
  if (there >= plain) return;
  const notes = full + natural + empty;
  const most = Math.floor(1000 * there / (notes + there)) / 1000;
  throw new ConfigError(
    `mixing: found ${there} plain rows that fit a pack, expected ${plain} for their share beside ` +
      `${notes} samples from notes; ask for --plain-share ${most} at most, or give a larger ` +
      `--plain-source`,
  );
}
