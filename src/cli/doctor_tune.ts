/**
 * `deno task doctor --tune`: which variant of each operation is fastest here, and why it was picked.
 *
 * @module
 */
import kit from "../../deno.json" with { type: "json" };
import { KERNELS } from "../../kernels/registry.ts";
import { type TrialResult, tune } from "../../kernels/tuning.ts";
import { DataError } from "../base/errors.ts";
import { openGpu } from "./open_gpu.ts";
import { markdownTable } from "./bench/table.ts";
import { cacheFolder, trialFile, writePicks } from "./trial_cache.ts";

/**
 * Times every variant, prints a table, and keeps what was picked; pinned operations are kept out.
 *
 * @throws {ConfigError} on a variant that is not known.
 * @throws {DataError} where the picks cannot be kept.
 */
export async function tuneAdapter(variant: readonly string[]): Promise<void> {
  const folder = cacheFolder();
  if (folder === undefined) {
    throw new DataError("doctor --tune: found no cache folder; set RWR_CACHE to a folder");
  }
  const gpu = await openGpu({ variant });
  try {
    const results = await tune(gpu, KERNELS);
    console.log(`variants\n${trialTable(results)}`);
    if (variant.length > 0) {
      console.log("nothing written, because variants are pinned");
      return;
    }
    const path = trialFile(folder, gpu, kit.version);
    const picks = results.filter(({ usual, usualReason, picked }) =>
      usualReason !== "pinned" && picked !== usual
    );
    await writePicks(path, gpu, kit.version, picks);
    console.log(`written to ${path}; commands take it with --tuned`);
  } finally {
    gpu.destroy();
  }
}

/** A row for each operation and shape class. */
export function trialTable(results: readonly TrialResult[]): string {
  const header = ["operation", "shape class", "timed on", "ms of each variant", "picked", "why"];
  return markdownTable(
    header,
    results.map((result) => [
      result.operation,
      result.shapeClass,
      result.shape,
      result.times.map(({ variant, milliseconds }) => `${variant} ${milliseconds.toFixed(3)}`)
        .join(", "),
      result.picked,
      reasonOf(result),
    ]),
  );
}

function reasonOf({ times, usual, usualReason, picked }: TrialResult): string {
  if (usualReason === "pinned") return "pinned";
  const time = (name: string) => times.find(({ variant }) => variant === name)?.milliseconds ?? NaN;
  if (picked !== usual) {
    return `trial: ${
      (time(usual) / time(picked)).toFixed(1)
    } times as fast as the default ${usual}`;
  }
  const best = Math.min(...times.map(({ milliseconds }) => milliseconds));
  return time(usual) <= best ? "default, and the fastest" : "default: no other saves a tenth";
}
