/**
 * What a report says of the stages before it, as they themselves recorded it.
 *
 * @module
 */
import { tableFromIPC } from "arrow-js";
import { DataError } from "../../base/errors.ts";
import { readFile } from "../../base/files.ts";
import type { ReportStage } from "../../report/mod.ts";
import { type Manifest, MANIFEST_KEY, parseManifest } from "../../tables/mod.ts";
import type { StageContext } from "../stage.ts";
import { readRecord, type StageRecord } from "../stage_record.ts";

/**
 * The record of a finished stage of the same run. Adapter, driver and Deno are those of the
 * manifest of its first table; a stage without a table has at most the adapter of its configuration.
 *
 * @throws {DataError} where the stage has no record, or its table no manifest.
 */
export async function provenanceOf(context: StageContext, name: string): Promise<ReportStage> {
  const directory = `${context.directory}/../${name}`;
  const found = await readRecord(directory);
  if (!found) {
    throw new DataError(
      `report: the stage ${name} left no record in ${directory}, expected a finished stage; ` +
        `run the command again`,
    );
  }
  const { record } = found;
  const manifest = await firstManifest(directory, record);
  return {
    name,
    code: record.code,
    adapter: manifest ? manifest.adapter : configuredAdapter(record),
    driver: manifest?.driver ?? null,
    deno: manifest?.deno ?? null,
    inputs: record.inputs,
    outputs: record.outputs,
  };
}

async function firstManifest(
  directory: string,
  { outputs }: StageRecord,
): Promise<Manifest | null> {
  const name = Object.keys(outputs).find((output) => output.endsWith(".arrow"));
  if (name === undefined) return null;
  const path = `${directory}/${name}`;
  const { schema } = tableFromIPC(await readFile(path, "table"));
  return parseManifest(schema.metadata.get(MANIFEST_KEY), path);
}

/** A stage on the GPU names the adapter in its configuration, whether it writes tables or not. */
function configuredAdapter({ config }: StageRecord): string | null {
  const adapter = typeof config === "object" && config !== null && "adapter" in config
    ? config.adapter
    : null;
  return typeof adapter === "string" ? adapter : null;
}
