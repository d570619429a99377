/**
 * Which rows of OpenOrca are distilled: read twice, so that memory holds a few numbers a row. The
 * first pass decides, the second writes.
 *
 * @module
 */
import type { Json } from "../base/canonical_json.ts";
import { ConfigError, DataError } from "../base/errors.ts";
import { exists, writeFileAtomic } from "../base/files.ts";
import { hashJson } from "../base/hash.ts";
import { openOpenOrca, OPENORCA_STRATA, type OpenOrcaSource } from "../sources/mod.ts";
import { cut, decide, type Decision, RowsHash } from "./decision.ts";
import { PART_ROWS, partPath, PartWriter } from "./parts.ts";
import {
  describeSelection,
  type OnSelectionProgress,
  type SelectionConfig,
  type SelectionSummary,
} from "./selection_config.ts";

export * from "./selection_config.ts";

/**
 * Selects rows and writes them, in source order, as `selection/part-00000.arrow` and so on, with
 * `selection.json` last. The same configuration over the same rows gives the same bytes, whatever
 * format the rows are in. A selection that is finished is not made again, nor are its parts where
 * it was interrupted.
 *
 * @param directory The run's folder.
 * @throws {ConfigError} where the number of rows is none, or the folder holds another selection.
 * @throws {DataError} where the source cannot be read, changes between the passes, or holds no
 *   row that can be selected.
 */
export async function selectRows(
  config: SelectionConfig,
  directory: string,
  onProgress: OnSelectionProgress = () => {},
): Promise<SelectionSummary> {
  if (!Number.isSafeInteger(config.rows) || config.rows < 1) {
    throw new ConfigError(`selection: found ${config.rows} rows, expected an integer from 1`);
  }
  const source = await openOpenOrca(config.source);
  const described = describeSelection(config, source);
  const finished = await readFinished(directory, hashJson(described));
  if (finished) return finished;
  const decision = await decide(config, source, onProgress);
  const summary = await write(config, source, described, decision, directory, onProgress);
  await writeFileAtomic(summaryPath(directory), `${JSON.stringify(summary, null, 2)}\n`);
  return summary;
}

const summaryPath = (directory: string): string => `${directory}/selection.json`;

async function readFinished(
  directory: string,
  configHash: string,
): Promise<SelectionSummary | undefined> {
  const path = summaryPath(directory);
  if (!await exists(path)) return;
  const summary = parseSummary(path, await Deno.readTextFile(path));
  if (summary.configHash !== configHash) {
    throw new ConfigError(
      `selection in ${directory}: found one of another configuration or source ` +
        `(${summary.configHash}), expected ${configHash}; choose another folder, or delete this one`,
    );
  }
  for (let part = 0; part < summary.parts; part++) {
    if (!await exists(partPath(`${directory}/selection`, part))) return;
  }
  return summary;
}

function parseSummary(path: string, text: string): SelectionSummary {
  try {
    return JSON.parse(text) as SelectionSummary;
  } catch (cause) {
    throw new DataError(
      `reading ${path}: found no JSON, expected what this kit wrote; delete it and run again`,
      { cause },
    );
  }
}

async function write(
  config: SelectionConfig,
  source: OpenOrcaSource,
  described: Json,
  decision: Decision,
  directory: string,
  onProgress: OnSelectionProgress,
): Promise<SelectionSummary> {
  const split = cut(config);
  const hash = new RowsHash();
  const configHash = hashJson(described);
  const parts = new PartWriter(`${directory}/selection`, (part, ids) => ({
    config: { selection: configHash, part, ids },
    inputs: { rows: decision.rowsHash },
    code: config.code,
    adapter: null,
    driver: null,
    rowsIn: decision.rowsRead,
  }));
  const selected = OPENORCA_STRATA.map(() => 0);
  const templates: Record<string, number> = {};
  let index = 0;
  let next = 0;
  for await (const row of source.rows()) {
    hash.add(row);
    if (index++ === decision.drawn[next]) {
      next++;
      const result = split(row);
      if ("reason" in result) throw changed(config.source);
      const { stratum, template } = result.split;
      const name = `${stratum}/${template}`;
      selected[OPENORCA_STRATA.indexOf(stratum)]++;
      templates[name] = (templates[name] ?? 0) + 1;
      await parts.add(row.id, result.split, name);
    }
    if (index % 1000 === 0) onProgress(2, index, decision.rowsRead);
  }
  if (hash.digest() !== decision.rowsHash) throw changed(config.source);
  await parts.finish();
  onProgress(2, index, decision.rowsRead);
  const byStratum = OPENORCA_STRATA.map((name, i) =>
    [name, {
      read: decision.read[i],
      candidates: decision.candidates[i],
      selected: selected[i],
    }] as const
  );
  return {
    configHash,
    config: described,
    rowsHash: decision.rowsHash,
    rowsRead: decision.rowsRead,
    candidates: decision.candidates.reduce((sum, count) => sum + count, 0),
    selected: decision.drawn.length,
    parts: Math.ceil(decision.drawn.length / PART_ROWS),
    reasons: decision.reasons,
    strata: Object.fromEntries(byStratum) as SelectionSummary["strata"],
    templates: sorted(templates),
    contamination: sorted(decision.contamination),
  };
}

const sorted = <T>(counts: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(counts).sort(([a], [b]) => a < b ? -1 : 1));

function changed(source: string): DataError {
  return new DataError(
    `selecting from ${source}: found other rows in the second pass than in the first, expected ` +
      `files that nobody writes to; run the command again`,
  );
}
