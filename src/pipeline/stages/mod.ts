/**
 * All stages of a profile on the embedded corpus, in the order of the design.
 *
 * @module
 */
import type { Gpu } from "../../gpu/gpu.ts";
import { promptFormats } from "../../rwr/prompts.ts";
import { tinyTokenizer } from "../../tokenizer/mod.ts";
import type { Profile } from "../profile.ts";
import type { Stage } from "../stage.ts";
import { checkSupported } from "../supported.ts";
import { answersStage, itemsStage } from "./answering.ts";
import { METHOD_ROWS } from "./conditions.ts";
import { notesStage, packsStage, sourceStage } from "./data.ts";
import type { Kit } from "./kit.ts";
import { reportStage } from "./report.ts";
import { efficiencyStage, figuresStage, scoresStage } from "./results.ts";
import { baseStage, finetuneStage, type ShippedBase } from "./training.ts";

/** Measurements of speed that are shipped with the kit. */
const SHIPPED_BENCH = new URL("../../../data/bench/bench.arrow", import.meta.url);

/**
 * Makes a profile's stages.
 *
 * @param shipped The base checkpoint; absent to train it too.
 * @param bench The table of `deno task bench` that the report shows; the shipped one where absent.
 * @throws {ConfigError} where the profile asks for what the stages would pass over.
 */
export function stagesOf(
  profile: Profile,
  gpu: Gpu,
  shipped: ShippedBase | undefined,
  bench: string | URL = SHIPPED_BENCH,
): Stage[] {
  checkSupported(profile);
  const kit: Kit = {
    profile,
    gpu,
    tokenizer: tinyTokenizer(),
    format: promptFormats[profile.promptFormat],
  };
  return [
    // First what needs nothing: a second thread can ask the base while notes are made.
    baseStage(kit, shipped),
    itemsStage(kit),
    sourceStage(kit),
    notesStage(kit),
    packsStage(kit, "sft"),
    packsStage(kit, "rwr"),
    finetuneStage(kit, "sft"),
    finetuneStage(kit, "rwr"),
    ...METHOD_ROWS.map((row) => answersStage(kit, row)),
    scoresStage(kit),
    figuresStage(kit),
    efficiencyStage(kit),
    reportStage(kit, bench),
  ];
}
