/**
 * One stage being made: what is kept of earlier work, its record, its time, and how it ended.
 *
 * @module
 */
import { canonicalJson, type Json } from "../base/canonical_json.ts";
import { DataError } from "../base/errors.ts";
import { writeFileAtomic } from "../base/files.ts";
import { hashTree, joinPath } from "./run_directory.ts";
import type { StageProgress } from "./run_progress.ts";
import { type Stage, StopRequested } from "./stage.ts";
import type { StageTask } from "./stage_context.ts";
import {
  codeOf,
  type Hashes,
  readJson,
  readTiming,
  stageKey,
  writeRecord,
} from "./stage_record.ts";

async function removeTree(path: string): Promise<void> {
  await Deno.remove(path, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
}

/** The work on one stage, except what the stage itself does. */
export class StageWork {
  readonly #key: string;
  readonly #directory: string;

  /** Work on `stage` that tells `progress` how it ends. */
  constructor(
    private readonly stage: Stage,
    private readonly task: StageTask,
    private readonly progress: StageProgress,
  ) {
    this.#key = stageKey(stage, task.kitVersion, task.inputs);
    this.#directory = joinPath(task.run, stage.name);
  }

  /**
   * Makes the stage's outputs and returns their hashes.
   *
   * @param torn Whether what lies in its folder cannot be trusted.
   * @param make Does what the stage itself does.
   */
  async run(torn: boolean, make: () => Promise<void>): Promise<Hashes> {
    const before = await this.#prepare(torn);
    const start = performance.now();
    const seconds = () => before + (performance.now() - start) / 1000;
    try {
      await make();
      await this.#sweep(this.#directory, /\.part$/);
      const outputs = await this.#hashOutputs();
      await this.#note("timing.json", { key: this.#key, seconds: seconds(), complete: true });
      await writeRecord(this.#directory, this.#key, {
        name: this.stage.name,
        code: codeOf(this.stage, this.task.kitVersion),
        config: this.stage.config,
        inputs: this.task.inputs,
        outputs,
      });
      // Only now: a process killed before the record is written goes on from its shards.
      await this.#sweep(this.#directory, /\.part-/);
      this.progress.finish();
      return outputs;
    } catch (error) {
      await this.#noteEnd(error, seconds());
      throw error;
    }
  }

  /** Empties the folder of work for another key; returns the seconds that this key already took. */
  async #prepare(torn: boolean): Promise<number> {
    await Deno.mkdir(this.#directory, { recursive: true });
    const started = await readJson(joinPath(this.#directory, "started.json")) as
      | { key?: unknown }
      | null;
    const resumes = !torn && started?.key === this.#key;
    // First, so that a process killed while emptying leaves no record of what is half gone.
    for (const name of ["stage.json", "failure.json"]) {
      await removeTree(joinPath(this.#directory, name));
    }
    if (!resumes) {
      for await (const entry of Deno.readDir(this.#directory)) {
        // The last timing still serves to estimate this one.
        if (entry.name !== "timing.json") await removeTree(joinPath(this.#directory, entry.name));
      }
      await this.#note("started.json", { key: this.#key });
    }
    const timing = await readTiming(this.#directory);
    return resumes && timing?.key === this.#key && !timing.complete ? timing.seconds : 0;
  }

  async #hashOutputs(): Promise<Hashes> {
    const hashes: Record<string, string> = {};
    for (const name of this.stage.outputs) {
      try {
        hashes[name] = await hashTree(joinPath(this.#directory, name));
      } catch (error) {
        if (!(error instanceof Deno.errors.NotFound)) throw error;
        throw new DataError(
          `stage "${this.stage.name}": it ended without its output ${name}; this is a defect of ` +
            `the stage, please report it`,
        );
      }
    }
    return hashes;
  }

  /** Removes shards, or what a killed process left of atomic writes, folders inside included. */
  async #sweep(folder: string, pattern: RegExp): Promise<void> {
    for await (const entry of Deno.readDir(folder)) {
      const path = joinPath(folder, entry.name);
      if (entry.isDirectory) await this.#sweep(path, pattern);
      else if (pattern.test(entry.name)) await removeTree(path);
    }
  }

  /** Notes how a stage ended that did not finish; a full disk must not hide the first error. */
  async #noteEnd(error: unknown, seconds: number): Promise<void> {
    const notes: [string, Json][] = [["timing.json", { key: this.#key, seconds, complete: false }]];
    const asked = error instanceof StopRequested;
    if (!asked) {
      const message = error instanceof Error ? error.message : String(error);
      notes.push(["failure.json", { key: this.#key, message }]);
    }
    this.progress.fail(
      asked
        ? undefined
        : "failed; its finished work is kept: once the cause is gone, run the same command again to go on",
    );
    for (const [name, value] of notes) await this.#note(name, value).catch(() => undefined);
  }

  async #note(name: string, value: Json): Promise<void> {
    await writeFileAtomic(joinPath(this.#directory, name), canonicalJson(value) + "\n");
  }
}
