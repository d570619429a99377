/**
 * The stages that `deno task reproduce` runs, from its flags; alike in every thread that makes some.
 *
 * @module
 */
import { ConfigError } from "../base/errors.ts";
import { exists } from "../base/files.ts";
import type { Gpu } from "../gpu/gpu.ts";
import type { Profile } from "../pipeline/profile.ts";
import { loadProfile } from "../pipeline/profiles/mod.ts";
import type { Stage } from "../pipeline/stage.ts";
import { stagesOf } from "../pipeline/stages/mod.ts";
import type { ShippedBase } from "../pipeline/stages/training.ts";
import { checkShippedBase, checkSupported } from "../pipeline/supported.ts";
import { loadCheckpoint } from "../train/checkpoint.ts";
import { openGpu, type VariantChoices } from "./open_gpu.ts";

/** What decides the stages. */
export interface Reproduction extends VariantChoices {
  /** The profile's name. */
  readonly profile: string;
  /** Values of it that are changed, such as `finetuning.steps=500`. */
  readonly set: readonly string[];
  /** Whether the base model is trained too. */
  readonly fromScratch: boolean;
  /** Folder of the runs. */
  readonly runs: string;
}

/**
 * The folder of the base checkpoint that is shipped with the kit.
 *
 * @param named The profile before `--set`.
 * @throws {ConfigError} where it is not there, or is not the base that the profile describes.
 * @throws {CheckpointError} where it is damaged.
 */
async function shippedBase(profile: Profile, named: Profile): Promise<ShippedBase> {
  const url = new URL(`../../${profile.checkpoint}`, import.meta.url);
  if (await exists(url)) {
    const folder = decodeURIComponent(url.pathname);
    checkShippedBase(profile, named, (await loadCheckpoint(folder)).config);
    return { folder };
  }
  throw new ConfigError(
    `reproduce: found no base checkpoint ${profile.checkpoint}, expected the folder that ` +
      `\`deno task pretrain --out\` leaves; correct the profile's checkpoint, or train the base too ` +
      `with --from-scratch`,
  );
}

/** Opens the adapter, silently in a thread beside the run's, and makes the stages. */
export async function openStages(
  wanted: Reproduction,
  { quiet = false }: { readonly quiet?: boolean } = {},
): Promise<{ profile: Profile; gpu: Gpu; stages: Stage[] }> {
  const profile = loadProfile(wanted.profile, wanted.set);
  checkSupported(profile);
  const shipped = wanted.fromScratch
    ? undefined
    : await shippedBase(profile, loadProfile(wanted.profile));
  const gpu = await openGpu(wanted, { quiet });
  const measured = `${wanted.runs}/bench/bench.arrow`;
  const bench = await exists(measured) ? measured : undefined;
  return { profile, gpu, stages: stagesOf(profile, gpu, shipped, bench) };
}
