/**
 * Checkpoint folders: weights, optimizer moments and the trainer's state, with a completion mark
 * that holds every file's SHA-256. A reader sees a whole checkpoint or none, whatever is killed.
 *
 * @module
 */
import { canonicalJson, type Json } from "../base/canonical_json.ts";
import { CheckpointError, KitError } from "../base/errors.ts";
import { exists, writeFileAtomic } from "../base/files.ts";
import { hashFile } from "../base/hash.ts";
import type { NamedTensors } from "../nn/parameters.ts";
import { type HostTensor, readSafetensors, writeSafetensors } from "../nn/safetensors.ts";

/** Where training stands. */
export interface TrainingState {
  /** Optimizer steps done. */
  readonly step: number;
  /** Hash of the configuration that training runs under. */
  readonly configHash: string;
  /** What else the trainer needs to go on: position in the data, generators, sums. */
  readonly trainer: Json;
}

/** AdamW's moments under the parameters' names. */
export interface Moments {
  /** Means of the gradients. */
  readonly first: NamedTensors;
  /** Means of the squared gradients. */
  readonly second: NamedTensors;
}

/** What a checkpoint folder holds. */
export interface Checkpoint {
  /** Weights under upstream's names. */
  readonly weights: NamedTensors;
  /** The model's `config.json`. */
  readonly config: Json;
  /** Absent in a model that is not trained on. */
  readonly moments?: Moments;
  /** Where training stands. */
  readonly state: TrainingState;
}

const WEIGHTS = "model.safetensors";
const CONFIG = "config.json";
const OPTIMIZER = "optimizer.safetensors";
const STATE = "state.json";
const COMPLETE = "COMPLETE";
const REQUIRED = [WEIGHTS, CONFIG, STATE] as const;
const FIRST = "first_moment.";
const SECOND = "second_moment.";
/** The last, and the one before in case the last is damaged. */
const KEPT = 2;

const describe = (error: unknown): string => error instanceof Error ? error.message : String(error);

/** The folder's old content while the new one takes its place. */
const previousOf = (folder: string): string => `${folder}.previous`;

/**
 * Saves a checkpoint; equal checkpoints have equal bytes. Until the last moment the folder's old
 * content stays readable, and {@linkcode loadCheckpoint} finds it even between the two renames. One
 * process at a time may save a folder.
 *
 * @throws {DataError} where the disk is full or refuses; the old content is then untouched.
 * @throws {CheckpointError} where the folder cannot be put in place.
 */
export async function saveCheckpoint(folder: string, checkpoint: Checkpoint): Promise<void> {
  const part = `${folder}.${Deno.pid}.part`;
  try {
    await discardLeftovers(folder);
    await writeFiles(part, checkpoint);
    await publish(part, folder);
  } catch (error) {
    await discard(part).catch(() => undefined);
    if (error instanceof KitError) throw error;
    throw new CheckpointError(
      `saving checkpoint ${folder}: ${describe(error)}; check that its directory can be written`,
      { cause: error },
    );
  }
}

/** Removes what killed saves of this folder have left. */
async function discardLeftovers(folder: string): Promise<void> {
  const [, parent, name] = /^(.*[/\\])?([^/\\]+)$/.exec(folder) ?? [];
  if (name === undefined || !await exists(parent ?? ".")) return;
  for await (const entry of Deno.readDir(parent ?? ".")) {
    const rest = entry.name.startsWith(name) ? entry.name.slice(name.length) : "";
    if (/^\.\d+\.part$/.test(rest)) await discard(folder + rest);
  }
}

async function writeFiles(folder: string, checkpoint: Checkpoint): Promise<void> {
  const { weights, config, moments, state } = checkpoint;
  await writeSafetensors(`${folder}/${WEIGHTS}`, weights);
  await writeFileAtomic(`${folder}/${CONFIG}`, JSON.stringify(config, null, 2) + "\n");
  if (moments) await writeSafetensors(`${folder}/${OPTIMIZER}`, joinMoments(moments));
  await writeFileAtomic(`${folder}/${STATE}`, canonicalJson({ ...state }) + "\n");
  const hashes: Record<string, string> = {};
  for (const name of moments ? [...REQUIRED, OPTIMIZER] : REQUIRED) {
    hashes[name] = await hashFile(`${folder}/${name}`);
  }
  await writeFileAtomic(`${folder}/${COMPLETE}`, canonicalJson(hashes) + "\n");
}

/** Renames cannot replace a folder that holds something, so the old one steps aside first. */
async function publish(part: string, folder: string): Promise<void> {
  const previous = previousOf(folder);
  if (await isComplete(folder)) {
    await discard(previous);
    await Deno.rename(folder, previous);
  } else {
    await discard(folder);
  }
  await Deno.rename(part, folder);
  await discard(previous);
}

/** Removes a folder, its mark first: what is half removed must not look whole. */
async function discard(folder: string): Promise<void> {
  if (!await exists(folder)) return;
  if (await isComplete(folder)) await Deno.remove(`${folder}/${COMPLETE}`);
  await Deno.remove(folder, { recursive: true });
}

const isComplete = (folder: string): Promise<boolean> => exists(`${folder}/${COMPLETE}`);

/** The folder, or its old content where a save was killed between its renames. */
async function locate(folder: string): Promise<string | undefined> {
  for (const candidate of [folder, previousOf(folder)]) {
    if (await isComplete(candidate)) return candidate;
  }
}

/**
 * Loads a checkpoint after comparing every file with the completion mark.
 *
 * @throws {CheckpointError} where it is missing, incomplete, damaged, or not a checkpoint.
 */
export async function loadCheckpoint(folder: string): Promise<Checkpoint> {
  const found = await locate(folder);
  if (found === undefined && !await exists(folder)) {
    throw new CheckpointError(
      `loading checkpoint ${folder}: found no such folder, expected a checkpoint; check the path, or ` +
        "make it first (deno task reproduce makes those of its run)",
    );
  }
  if (found === undefined) {
    throw new CheckpointError(
      `loading checkpoint ${folder}: found no file ${COMPLETE}, expected it beside ` +
        `${REQUIRED.join(", ")}; saving did not end, or the path is wrong: take another checkpoint`,
    );
  }
  const files = await verifyFiles(found);
  const { tensors: weights } = await readSafetensors(`${found}/${WEIGHTS}`);
  const config = await readJson(`${found}/${CONFIG}`) as Json;
  const state = decodeState(await readJson(`${found}/${STATE}`), `${found}/${STATE}`);
  if (!files.has(OPTIMIZER)) return { weights, config, state };
  return { weights, config, state, moments: await readMoments(`${found}/${OPTIMIZER}`) };
}

/** Compares the files with the hashes of the mark, and yields their names. */
async function verifyFiles(folder: string): Promise<ReadonlySet<string>> {
  const mark = await readJson(`${folder}/${COMPLETE}`);
  const hashes = new Map(Object.entries(mark as Record<string, unknown>));
  for (const name of new Set([...REQUIRED, ...hashes.keys()])) {
    const path = `${folder}/${name}`;
    const expected = hashes.get(name) ?? "its hash in COMPLETE";
    const found = await exists(path) ? await hashFile(path) : "no such file";
    if (found === expected) continue;
    throw new CheckpointError(
      `loading checkpoint: found ${path} with SHA-256 ${found}, expected ${expected}; the checkpoint ` +
        `is damaged: delete ${folder} to go on from an earlier one`,
    );
  }
  return new Set(hashes.keys());
}

async function readJson(path: string): Promise<object> {
  let value: unknown;
  try {
    value = JSON.parse(await Deno.readTextFile(path));
  } catch (error) {
    throw new CheckpointError(
      `loading checkpoint: ${path}: ${describe(error)}; take an earlier checkpoint`,
      { cause: error },
    );
  }
  if (typeof value === "object" && value !== null) return value;
  throw new CheckpointError(`loading checkpoint: found ${value} in ${path}, expected an object`);
}

function decodeState(value: object, path: string): TrainingState {
  const { step, configHash, trainer } = value as Partial<TrainingState>;
  if (Number.isSafeInteger(step) && typeof configHash === "string" && trainer !== undefined) {
    return { step: step!, configHash, trainer };
  }
  throw new CheckpointError(
    `loading checkpoint: found ${
      JSON.stringify(value)
    } in ${path}, expected step, configHash and ` +
      `trainer; was it written by another version of the kit?`,
  );
}

function joinMoments({ first, second }: Moments): NamedTensors {
  const joined = new Map<string, HostTensor>();
  for (const [name, tensor] of first) joined.set(FIRST + name, tensor);
  for (const [name, tensor] of second) joined.set(SECOND + name, tensor);
  return joined;
}

async function readMoments(path: string): Promise<Moments> {
  const first = new Map<string, HostTensor>();
  const second = new Map<string, HostTensor>();
  for (const [name, tensor] of (await readSafetensors(path)).tensors) {
    if (name.startsWith(FIRST)) first.set(name.slice(FIRST.length), tensor);
    else if (name.startsWith(SECOND)) second.set(name.slice(SECOND.length), tensor);
    else {
      throw new CheckpointError(
        `loading checkpoint: found tensor "${name}" in ${path}, expected names that begin with ` +
          `${FIRST} or ${SECOND}`,
      );
    }
  }
  return { first, second };
}

/**
 * Saves a checkpoint as `step-000250` of a directory, then removes all but the last two complete
 * ones and what killed saves have left. One process at a time may save into a directory.
 *
 * @returns The folder.
 * @throws {DataError} where the disk is full or refuses; the older checkpoints are then untouched.
 * @throws {CheckpointError} where folders cannot be put in place or removed.
 */
export async function saveStep(directory: string, checkpoint: Checkpoint): Promise<string> {
  const folder = `${directory}/step-${`${checkpoint.state.step}`.padStart(6, "0")}`;
  await saveCheckpoint(folder, checkpoint);
  await pruneSteps(directory);
  return folder;
}

/**
 * Removes all but the last two complete checkpoints of a directory and what killed saves have left.
 *
 * @throws {CheckpointError} where folders cannot be removed.
 */
export async function pruneSteps(directory: string): Promise<void> {
  const steps = await completeSteps(directory);
  const kept = new Set(steps.slice(-KEPT));
  try {
    for await (const { name } of Deno.readDir(directory)) {
      const stale = STEP.test(name) && !kept.has(`${directory}/${name}`);
      if (stale || LEFTOVER.test(name)) await discard(`${directory}/${name}`);
    }
  } catch (error) {
    throw new CheckpointError(
      `removing old checkpoints of ${directory}: ${describe(error)}; check its permissions`,
      { cause: error },
    );
  }
}

const STEP = /^step-(\d{6,})(\.previous)?$/;
const LEFTOVER = /^step-\d{6,}\.\d+\.part$/;

/**
 * The newest complete checkpoint among the `step-…` folders of a directory.
 *
 * @returns Its folder, or undefined where there is none.
 */
export async function latestCheckpoint(directory: string): Promise<string | undefined> {
  return (await completeSteps(directory)).at(-1);
}

/** Folders of complete checkpoints by ascending step; old content where a new one never came. */
async function completeSteps(directory: string): Promise<string[]> {
  if (!await exists(directory)) return [];
  const steps = new Map<number, string>();
  for await (const { name } of Deno.readDir(directory)) {
    const step = STEP.exec(name)?.[1];
    const found = step && await locate(`${directory}/step-${step}`);
    if (found) steps.set(Number(step), found);
  }
  return [...steps].sort(([a], [b]) => a - b).map(([, folder]) => folder);
}
