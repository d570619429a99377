/**
 * Opening the GPU for a command, with the variants and the precision that its flags ask for.
 *
 * @module
 */
import kit from "../../deno.json" with { type: "json" };
import { checkPrecision } from "../../kernels/precision.ts";
import { KERNELS } from "../../kernels/registry.ts";
import { variantsOf } from "../../kernels/tuning.ts";
import { pinVariants } from "../../kernels/variants.ts";
import { oneOf } from "../base/config.ts";
import { DeviceError } from "../base/errors.ts";
import { Gpu } from "../gpu/gpu.ts";
import { canReadTextures, WORTH_COPYING } from "../gpu/textures.ts";
import { type ModelPrecision, weightPrecision } from "../models/precision.ts";
import { adoptPicks, cacheFolder, trialFile } from "./trial_cache.ts";

/** The flag that pins variants. */
export const PIN_FLAG = { variant: "list" } as const;

/** The flag that says how kernels read large arrays. */
export const TEXTURES_FLAG = { textures: "text" } as const;

/** The flags of commands that compute: pins, whether to take what a trial picked, ways to read. */
export const VARIANT_FLAGS = { ...PIN_FLAG, ...TEXTURES_FLAG, tuned: "switch" } as const;

/** Lines of `--help` for {@linkcode VARIANT_FLAGS}. */
export const VARIANT_USAGE =
  `  --variant OP=NAME runs this variant of an operation; may be repeated. Another one gives other bits
  --tuned           runs what \`deno task doctor --tune\` picked on this adapter (the defaults)
  --textures on|off reads large arrays through textures, or all from storage (default: whichever is
                    faster on this kind of adapter; all: small ones too); no bit depends on it`;

/** Values of {@linkcode VARIANT_FLAGS}. */
export interface VariantChoices {
  /** Variants that are pinned, such as `selective_scan=chunked`. */
  readonly variant: readonly string[];
  /** Whether to run what a trial picked. */
  readonly tuned?: boolean;
  /** Whether to read large arrays through textures; the adapter's default unless told. */
  readonly textures?: string;
}

/** Bytes of a dispatch's arrays from which they are read through textures. */
const TEXTURES_FROM = { on: WORTH_COPYING, off: Infinity, all: 0 } as const;

function readThrough(gpu: Gpu, text: string): void {
  const word = oneOf(...Object.keys(TEXTURES_FROM) as (keyof typeof TEXTURES_FROM)[])(
    text,
    "--textures",
  );
  if (word !== "off" && !canReadTextures(gpu.device)) {
    throw new DeviceError(
      `--textures=${word}: ${gpu.facts.adapter} reads no storage textures, or fewer than arrays; ` +
        `leave the flag out`,
    );
  }
  gpu.texturesFrom = TEXTURES_FROM[word];
}

/** The value of `--precision`, f32 where absent. @throws {ConfigError} on another word. */
export function precisionOf(text: string | undefined): ModelPrecision {
  return oneOf("f32", "f16", "f16-activations")(text ?? "f32", "--precision");
}

/**
 * Opens the machine's adapter; says on standard error which variants are in force besides the defaults,
 * and where no trial can be taken over.
 *
 * @throws {DeviceError} where there is no adapter, or it lacks a variant, textures or the precision.
 * @throws {ConfigError} on a variant or a way to read that is not known.
 */
export async function openGpu(
  flags: VariantChoices,
  options: {
    readonly subgroups?: boolean;
    readonly precision?: ModelPrecision;
    /** Says nothing of variants, as where the same was said before. */
    readonly quiet?: boolean;
  } = {},
): Promise<Gpu> {
  const gpu = await Gpu.open(options);
  try {
    const known = variantsOf(KERNELS);
    if (flags.tuned) {
      const folder = cacheFolder();
      const problem = folder === undefined
        ? "found no cache folder: defaults are taken; set RWR_CACHE to a folder"
        : await adoptPicks(trialFile(folder, gpu, kit.version), gpu, known);
      if (problem !== undefined && !options.quiet) console.error(`--tuned: ${problem}`);
    }
    pinVariants(gpu, known, flags.variant);
    if (flags.textures !== undefined) readThrough(gpu, flags.textures);
    checkPrecision(gpu, weightPrecision(options.precision ?? "f32"));
    const chosen = Object.entries(gpu.choices.record() ?? {}).map((pair) => pair.join("="));
    if (chosen.length && !options.quiet) {
      console.error(`variants in force: ${chosen.join("; ")}; else the defaults`);
    }
    return gpu;
  } catch (error) {
    gpu.destroy();
    throw error;
  }
}
