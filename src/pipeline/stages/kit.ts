/**
 * What the stages of one run share.
 *
 * @module
 */
import type { Json } from "../../base/canonical_json.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import type { PromptFormat } from "../../rwr/prompts.ts";
import type { ManifestInput } from "../../tables/mod.ts";
import type { Tokenizer } from "../../tokenizer/mod.ts";
import type { Profile } from "../profile.ts";
import type { StageContext } from "../stage.ts";

/** A profile made concrete on this machine. */
export interface Kit {
  /** What to run. */
  readonly profile: Profile;
  /** Where it runs. */
  readonly gpu: Gpu;
  /** The model's tokenizer. */
  readonly tokenizer: Tokenizer;
  /** The model's prompts. */
  readonly format: PromptFormat;
}

/** What decides bits besides code and inputs: the adapter, its driver, variants that are not the defaults. */
export function adapterConfig({ facts, choices }: Gpu): { readonly [key: string]: Json } {
  const { adapter, driver, subgroupSize } = facts;
  const variants = choices.record();
  return { adapter, driver, subgroupSize, ...(variants && { variants }) };
}

/** Configuration of a stage whose numbers come from the GPU. */
export function onAdapter(kit: Kit, config: { readonly [key: string]: Json }): Json {
  return { ...config, ...adapterConfig(kit.gpu) };
}

/** The manifest of a table that a stage writes. */
export function manifestOf(
  context: StageContext,
  kit: Kit,
  config: Json,
  rowsIn: number,
  usesGpu: boolean,
): ManifestInput {
  return {
    config,
    inputs: context.inputHashes,
    code: context.code,
    adapter: usesGpu ? kit.gpu.facts.adapter : null,
    driver: usesGpu ? kit.gpu.facts.driver : null,
    rowsIn,
  };
}

/** A local path of a stage's input. */
export function inputPath(context: StageContext, name: string): string {
  const found = context.input(name);
  return typeof found === "string" ? found : decodeURIComponent(found.pathname);
}
