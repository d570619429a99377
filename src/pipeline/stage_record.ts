/**
 * What a stage leaves about itself in its folder, and whether that still holds.
 *
 * - `stage.json`: key, what the key was made from, hashes of the outputs; written last.
 * - `started.json`: the key of the work under way, so that work for another key is thrown away.
 * - `failure.json`: why the last try failed.
 * - `timing.json`: seconds; the only one that depends on a clock.
 *
 * @module
 */
import { canonicalJson, type Json } from "../base/canonical_json.ts";
import { writeFileAtomic } from "../base/files.ts";
import { hashJson } from "../base/hash.ts";
import { hashTree, joinPath } from "./run_directory.ts";
import type { Stage } from "./stage.ts";

/** Hashes by name. */
export type Hashes = Readonly<Record<string, string>>;

/** All that decides whether a stage must run again. */
export interface StageRecord {
  /** The stage's name. */
  readonly name: string;
  /** The kit's version and the stage's. */
  readonly code: string;
  /** The stage's configuration. */
  readonly config: Json;
  /** Hashes of what it reads. */
  readonly inputs: Hashes;
  /** Hashes of what it wrote, by output. */
  readonly outputs: Hashes;
}

/** How long a stage ran. */
export interface StageTiming {
  /** The key of the work that was timed. */
  readonly key: string;
  /** Seconds, over all sessions that worked for this key. */
  readonly seconds: number;
  /** Whether the stage was finished. */
  readonly complete: boolean;
}

/** `kit version` + `stage version`: what stands for the code in a key and in manifests. */
export function codeOf(stage: Stage, kitVersion: string): string {
  return `${kitVersion}+${stage.name}.${stage.version}`;
}

/** The key of a stage: equal keys promise equal outputs. */
export function stageKey(stage: Stage, kitVersion: string, inputs: Hashes): string {
  return hashJson({
    name: stage.name,
    code: codeOf(stage, kitVersion),
    config: stage.config,
    inputs,
    outputs: stage.outputs,
  });
}

/** Parses one of a folder's JSON files; null where it is missing or not whole. */
export async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await Deno.readTextFile(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof SyntaxError) return null;
    throw error;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The record of a finished stage and the key it was written under; null without a whole one. */
export async function readRecord(
  directory: string,
): Promise<{ key: string; record: StageRecord } | null> {
  const value = await readJson(joinPath(directory, "stage.json"));
  if (!isRecord(value) || !isRecord(value.outputs) || !isRecord(value.inputs)) return null;
  const { key, ...record } = value;
  return typeof key === "string" ? { key, record: record as unknown as StageRecord } : null;
}

/** Writes the record that marks a stage as finished. */
export async function writeRecord(
  directory: string,
  key: string,
  record: StageRecord,
): Promise<void> {
  const value: Json = { key, ...record };
  await writeFileAtomic(joinPath(directory, "stage.json"), canonicalJson(value) + "\n");
}

/** The last timing of a stage; null where it never ran. */
export async function readTiming(directory: string): Promise<StageTiming | null> {
  const value = await readJson(joinPath(directory, "timing.json"));
  return isRecord(value) && typeof value.seconds === "number" && typeof value.key === "string"
    ? { key: value.key, seconds: value.seconds, complete: value.complete === true }
    : null;
}

/** Where a stage stands. */
export type StageState = "done" | "stale" | "missing" | "failed";

/** A stage's state, why, and its outputs' hashes where it is done. */
export interface Inspection {
  /** The state. */
  readonly state: StageState;
  /** One line for people; empty where the stage is done. */
  readonly reason: string;
  /** Hashes of the outputs, verified; null unless the stage is done. */
  readonly outputs: Hashes | null;
  /** Whether the key stands but the outputs do not: what lies in the folder cannot be trusted. */
  readonly torn: boolean;
}

/** The first place where two configurations differ, as `path: old -> new`. */
function firstDifference(before: Json | undefined, after: Json | undefined, path: string): string {
  if (isRecord(before) && isRecord(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const [a, b] = [before[key] as Json | undefined, after[key] as Json | undefined];
      if (JSON.stringify(a) !== JSON.stringify(b)) {
        return firstDifference(a, b, path === "" ? key : `${path}.${key}`);
      }
    }
  }
  const show = (value: Json | undefined): string => (JSON.stringify(value) ?? "none").slice(0, 60);
  return `${path}: ${show(before)} -> ${show(after)}`;
}

/** Why a record's key is not the present one. */
function whyStale(record: StageRecord, stage: Stage, code: string, inputs: Hashes): string {
  if (record.code !== code) return `the code changed: ${record.code} -> ${code}`;
  if (hashJson(record.config ?? null) !== hashJson(stage.config)) {
    return `the configuration changed: ${firstDifference(record.config, stage.config, "")}`;
  }
  const names = new Set([...Object.keys(record.inputs), ...Object.keys(inputs)]);
  const changed = [...names].filter((name) => record.inputs[name] !== inputs[name]);
  if (changed.length > 0) return `an input changed: ${changed.join(", ")}`;
  return "its list of outputs changed";
}

/** Compares a finished stage's outputs with their recorded hashes, byte for byte. */
async function findTorn(directory: string, record: StageRecord): Promise<string | null> {
  for (const [name, recorded] of Object.entries(record.outputs)) {
    try {
      const found = await hashTree(joinPath(directory, name));
      if (found !== recorded) return `${name} was changed or torn after it was written`;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return `${name} is gone`;
      throw error;
    }
  }
  return null;
}

/**
 * Where a stage stands, with every output read and hashed: sizes and dates are not believed.
 *
 * @param inputs Hashes of what it reads; null where a stage before it is not done.
 */
export async function inspectStage(
  stage: Stage,
  directory: string,
  kitVersion: string,
  inputs: Hashes | null,
): Promise<Inspection> {
  const not = (state: StageState, reason: string, torn = false): Inspection => ({
    state,
    reason,
    outputs: null,
    torn,
  });
  const failure = await readJson(joinPath(directory, "failure.json"));
  if (isRecord(failure)) return not("failed", `the last try failed: ${failure.message}`);
  const found = await readRecord(directory);
  if (found === null) return not("missing", "first time");
  if (inputs === null) return not("stale", "a stage that it reads from is not done");
  if (found.key !== stageKey(stage, kitVersion, inputs)) {
    return not("stale", whyStale(found.record, stage, codeOf(stage, kitVersion), inputs));
  }
  const torn = await findTorn(directory, found.record);
  if (torn !== null) return not("stale", torn, true);
  return { state: "done", reason: "", outputs: found.record.outputs, torn: false };
}
