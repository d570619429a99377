/**
 * A finished distillation run as training packs: its accepted notes and plain rows in the shares
 * asked for, in one seeded order. Memory holds a few numbers a sample, and the text of one part.
 *
 * @module
 */
import { DataError, HaltError } from "../../base/errors.ts";
import { exists, readFile, writeFileAtomic } from "../../base/files.ts";
import { hashFile, hashJson } from "../../base/hash.ts";
import { readRows } from "../../tables/mod.ts";
import { partPath } from "../parts.ts";
import type { SelectionSummary } from "../selection.ts";
import { checkMixConfig, describeMix, type MixConfig } from "./config.ts";
import { PackPlan, writePacks } from "./packs.ts";
import { plainInputs, selectPlain } from "./plain.ts";
import { readSampleHeaders, writeSampleFile } from "./sample_file.ts";
import { SampleIndex } from "./sample_index.ts";
import { type MixSample, noteSamples, plainSample } from "./samples.ts";
import { checkPlain, quotaOf } from "./shares.ts";
import { type MixSummary, summariseMix } from "./summary.ts";

/** Called after every part: what is being made, parts that are there, and all of them. */
export type OnMixProgress = (what: "samples" | "packs", done: number, total: number) => void;

/** How a mix goes on. */
export interface MixRun {
  /** Aborted when the user asks to stop. */
  readonly signal?: AbortSignal;
  /** Told of every part. */
  readonly onProgress?: OnMixProgress;
}

/** Where the packs of a mode and their summary lie in a run's folder. */
export function mixPaths(
  directory: string,
  mode: MixConfig["mode"],
): { packs: string; summary: string; plain: string; work: string } {
  const suffix = mode === "rwr" ? "" : `-${mode}`;
  return {
    packs: `${directory}/packs${suffix}`,
    summary: `${directory}/mix${suffix}.json`,
    plain: `${directory}/plain${suffix}`,
    work: `${directory}/mixing${suffix}`,
  };
}

/**
 * Mixes and packs the accepted rows of a finished run into `packs/part-*.arrow` with `mix.json` last
 * (`packs-sft`, `mix-sft.json` for direct answers). The same run and configuration give the same
 * bytes, interrupted or not; packs of another configuration are replaced.
 *
 * @param directory The run's folder.
 * @throws {ConfigError} on shares that cannot be had.
 * @throws {DataError} where the run is not finished, or nothing of it can be packed.
 * @throws {HaltError} where the user stopped: the same call goes on from there.
 */
export async function mixRun(
  directory: string,
  config: MixConfig,
  run: MixRun = {},
): Promise<MixSummary> {
  checkMixConfig(config);
  const selection = await readSelection(directory);
  const inputs = await inputsOf(directory, selection, config);
  const described = describeMix(config);
  const configHash = hashJson({ ...described, inputs });
  const paths = mixPaths(directory, config.mode);
  const finished = await readFinished(paths, configHash);
  if (finished) {
    await removeWork(paths.work);
    return finished;
  }
  const files = await tokenize(directory, selection, config, `${paths.work}/${configHash}`, run);
  const { index, quota } = files;
  const drawn = index.draw(quota);
  if (drawn.length === 0) throw nothingToPack(directory, selection, index, config);
  const plan = new PackPlan(index, drawn, config.length);
  await removeSummary(paths.summary);
  await writePacks(plan, {
    directory: paths.packs,
    index,
    path: files.path,
    tokenizer: config.tokenizer,
    manifest: (part) => ({
      config: { mix: configHash, part, parts: plan.parts },
      inputs,
      code: config.code,
      adapter: null,
      driver: null,
    }),
    ...(run.signal && { signal: run.signal }),
    onPart: (done) => run.onProgress?.("packs", done, plan.parts),
  });
  const summary = summariseMix(
    config,
    { configHash, config: described, inputs },
    index,
    drawn,
    plan,
  );
  await replaceFolder(`${paths.work}/${configHash}/plain`, paths.plain);
  await writeFileAtomic(paths.summary, `${JSON.stringify(summary, null, 2)}\n`);
  await removeWork(paths.work);
  return summary;
}

async function removeWork(work: string): Promise<void> {
  if (await exists(work)) await Deno.remove(work, { recursive: true });
}

/** The run's selection, whose every part has its notes. */
async function readSelection(directory: string): Promise<SelectionSummary> {
  const path = `${directory}/selection.json`;
  if (!await exists(path)) {
    throw new DataError(
      `mixing ${directory}: found no selection.json, expected a distillation run (a merged one, ` +
        `where there are shards); check the name, or run deno task distill`,
    );
  }
  const text = new TextDecoder().decode(await readFile(path, "a selection"));
  let selection: SelectionSummary;
  try {
    selection = JSON.parse(text);
  } catch (cause) {
    throw new DataError(`mixing: found no JSON in ${path}, expected a selection; distill again`, {
      cause,
    });
  }
  for (let part = 0; part < selection.parts; part++) {
    const notes = partPath(`${directory}/notes`, part);
    if (await exists(notes)) continue;
    throw new DataError(
      `mixing ${directory}: found no ${notes}, expected ${selection.parts} parts of notes; the run ` +
        `is not finished: run deno task distill to its end (and deno task merge after shards)`,
    );
  }
  return selection;
}

async function inputsOf(
  directory: string,
  selection: SelectionSummary,
  config: MixConfig,
): Promise<Record<string, string>> {
  const notes: string[] = [];
  for (let part = 0; part < selection.parts; part++) {
    notes.push(await hashFile(partPath(`${directory}/notes`, part)));
  }
  return {
    selection: selection.configHash,
    notes: hashJson(notes),
    ...await plainInputs(config, selection),
  };
}

async function readFinished(
  { summary: path, packs }: ReturnType<typeof mixPaths>,
  configHash: string,
): Promise<MixSummary | undefined> {
  if (!await exists(path)) return;
  let summary: MixSummary;
  try {
    summary = JSON.parse(await Deno.readTextFile(path));
  } catch {
    return; // Not this kit's; what it stands for is made anew.
  }
  if (summary.configHash !== configHash) return;
  for (let part = 0; part < summary.packs.parts; part++) {
    if (!await exists(partPath(packs, part))) return;
  }
  return summary;
}

/** Its packs are about to change, and it is what says that they are whole. */
async function removeSummary(path: string): Promise<void> {
  if (await exists(path)) await Deno.remove(path);
}

/** What {@linkcode tokenize} found. */
interface Files {
  readonly index: SampleIndex;
  readonly quota: readonly number[];
  readonly path: (file: number) => string;
}

/** Tokenizes notes, and then as many plain rows as their share wants. */
async function tokenize(
  directory: string,
  selection: SelectionSummary,
  config: MixConfig,
  work: string,
  { signal, onProgress }: MixRun,
): Promise<Files> {
  await removeOthers(work);
  const path = (file: number) => `${work}/${String(file).padStart(5, "0")}.samples`;
  const index = new SampleIndex();
  index.reserve(2 * selection.selected);
  let files = 0;
  const add = async (samples: () => Promise<Iterable<MixSample>>, total: number) => {
    if (signal?.aborted) throw new HaltError("stopped; the same command goes on from here");
    if (!await exists(path(files))) {
      await writeSampleFile(path(files), await samples(), config);
    }
    for (const header of readSampleHeaders(path(files))) index.add(files, header);
    files++;
    onProgress?.("samples", files, total);
  };
  const rejected = config.plainShare > 0 && config.plainSource === "rejected";
  for (let part = 0; part < selection.parts; part++) {
    await add(async () => {
      const rows = await readRows(partPath(`${directory}/notes`, part), "notes");
      return noteSamples(rows, config.mode, rejected);
    }, selection.parts);
  }
  const quota = quotaOf(index.counts(), config);
  if (quota[3] > 0 && !rejected) {
    const plain = await selectPlain(directory, selection, config, `${work}/plain`, index, quota);
    index.reserve(plain.selected);
    for (let part = 0; part < plain.parts; part++) {
      await add(async () => {
        const rows = await readRows(partPath(`${work}/plain/selection`, part), "source");
        return rows.map(plainSample);
      }, selection.parts + plain.parts);
    }
  }
  checkPlain(index.counts()[3], quota);
  return { index, quota, path };
}

/** Removes what mixes of another configuration have left. */
async function removeOthers(work: string): Promise<void> {
  const [, parent, name] = /^(.*)\/([^/]+)$/.exec(work)!;
  await Deno.mkdir(work, { recursive: true });
  for await (const entry of Deno.readDir(parent)) {
    if (entry.name !== name) await Deno.remove(`${parent}/${entry.name}`, { recursive: true });
  }
}

/** Puts `from` in the place of `to`; where there is no `from`, removes `to`. */
async function replaceFolder(from: string, to: string): Promise<void> {
  if (await exists(to)) await Deno.remove(to, { recursive: true });
  if (await exists(from)) await Deno.rename(from, to);
}

function nothingToPack(
  directory: string,
  { selected }: SelectionSummary,
  { left }: SampleIndex,
  { length }: MixConfig,
): DataError {
  const sum = (fate: number) => left.reduce((all, counts) => all + counts[fate].samples, 0);
  const unfit = sum(1) + sum(2);
  return new DataError(
    unfit === 0
      ? `mixing ${directory}: found no accepted note for ${selected} rows, expected some; see the ` +
        `reasons in ${directory}/summary.json`
      : `mixing ${directory}: found ${sum(1)} samples longer than --length ${length} and ` +
        `${sum(2)} whose response the tokenizer changes, and none that fits; raise --length, or ` +
        `give another tokenizer`,
  );
}
