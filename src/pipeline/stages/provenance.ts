/**
 * What a report says of the stages before it.
 *
 * @module
 */
import type { Gpu } from "../../gpu/gpu.ts";
import type { ReportStage } from "../../report/mod.ts";
import { readRecord } from "../stage_record.ts";
import type { StageContext } from "../stage.ts";

/** Stages whose numbers come from the GPU. */
const ON_GPU = /^(base|train|answers|efficiency)/;

/** The record of a finished stage of the same run. */
export async function provenanceOf(
  context: StageContext,
  gpu: Gpu,
  name: string,
): Promise<ReportStage> {
  const found = await readRecord(`${context.directory}/../${name}`);
  const usesGpu = ON_GPU.test(name);
  return {
    name,
    code: found?.record.code ?? context.code,
    adapter: usesGpu ? gpu.facts.adapter : null,
    driver: usesGpu ? gpu.facts.driver : null,
    deno: Deno.version.deno,
    inputs: found?.record.inputs ?? {},
    outputs: found?.record.outputs ?? {},
  };
}
