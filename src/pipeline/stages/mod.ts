/**
 * All stages of a profile on the embedded corpus, in the order of the design.
 *
 * @module
 */
import { ConfigError } from "../../base/errors.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { promptFormats } from "../../rwr/prompts.ts";
import { tinyTokenizer } from "../../tokenizer/mod.ts";
import type { Profile } from "../profile.ts";
import type { Stage } from "../stage.ts";
import { answersStage, itemsStage } from "./answering.ts";
import { METHOD_ROWS } from "./conditions.ts";
import { notesStage, packsStage, sourceStage } from "./data.ts";
import type { Kit } from "./kit.ts";
import { reportStage } from "./report.ts";
import { efficiencyStage, figuresStage, scoresStage } from "./results.ts";
import { baseStage, finetuneStage, type ShippedBase } from "./training.ts";

/**
 * Makes a profile's stages.
 *
 * @param shipped The base checkpoint; absent to train it too.
 * @throws {ConfigError} where the profile needs data or a teacher that this version does not have.
 */
export function stagesOf(profile: Profile, gpu: Gpu, shipped: ShippedBase | undefined): Stage[] {
  if (profile.source.kind !== "embedded" || profile.teacher.kind !== "embedded") {
    throw new ConfigError(
      `reproduce: the profile "${profile.name}" needs OpenOrca and an LLM teacher, which this version does not ` +
        `have yet; use --profile tiny`,
    );
  }
  const kit: Kit = {
    profile,
    gpu,
    tokenizer: tinyTokenizer(),
    format: promptFormats[profile.promptFormat],
  };
  return [
    sourceStage(kit),
    notesStage(kit),
    packsStage(kit, "sft"),
    packsStage(kit, "rwr"),
    baseStage(kit, shipped),
    finetuneStage(kit, "sft"),
    finetuneStage(kit, "rwr"),
    itemsStage(kit),
    ...METHOD_ROWS.map((row) => answersStage(kit, row)),
    scoresStage(kit),
    figuresStage(kit),
    efficiencyStage(kit),
    reportStage(kit),
  ];
}
