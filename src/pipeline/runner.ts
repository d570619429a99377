/**
 * Runs stages: each after those it reads from, none whose key stands and whose outputs are whole.
 * Whatever ends the process, the next run goes on where it was and ends with the same bytes.
 *
 * @module
 */
import { canonicalJson, type Json } from "../base/canonical_json.ts";
import { nearest } from "../base/config.ts";
import { ConfigError, DataError } from "../base/errors.ts";
import { writeFileAtomic } from "../base/files.ts";
import type { ProgressSink } from "../base/progress.ts";
import { orderStages } from "./graph.ts";
import { hashInputs, inputPaths } from "./inputs.ts";
import { hashTree, joinPath, lockRunDirectory } from "./run_directory.ts";
import { RunProgress } from "./run_progress.ts";
import { type Stage, type StageContext, StopRequested } from "./stage.ts";
import {
  codeOf,
  type Hashes,
  inspectStage,
  readJson,
  readTiming,
  stageKey,
  writeRecord,
} from "./stage_record.ts";

/** How a run goes. */
export interface RunOptions {
  /** `runs/<profile>`; made where it is not there. */
  readonly directory: string;
  /** The kit's version; a new one makes every stage stale. */
  readonly kitVersion: string;
  /** Takes progress lines. */
  readonly sink: ProgressSink;
  /** Only these stages and what they need; all unless told. */
  readonly targets?: readonly string[];
  /** Aborted when the user asks to stop; the run ends after the unit of work under way. */
  readonly signal?: AbortSignal;
}

/** What a run did. */
export interface RunReport {
  /** Stages that ran, in order. */
  readonly ran: readonly string[];
  /** Stages that were done already. */
  readonly kept: readonly string[];
}

/**
 * Runs all stages that are not done.
 *
 * @throws {StopRequested} after a stop request.
 * @throws Whatever a stage throws, after noting it in the stage's `failure.json`.
 */
export async function runStages(
  stages: readonly Stage[],
  options: RunOptions,
): Promise<RunReport> {
  const order = orderStages(stages, options.targets);
  using _lock = await lockRunDirectory(options.directory);
  const progress = new RunProgress(await planOf(order, options.directory), options.sink);
  const done = new Map<string, Hashes>();
  const ran: string[] = [];
  const kept: string[] = [];
  for (const [index, stage] of order.entries()) {
    const inputs = await hashInputs(stage, done);
    if (inputs === null) throw new Error(`stage ${stage.name} was ordered before its inputs`);
    const directory = joinPath(options.directory, stage.name);
    const found = await inspectStage(stage, directory, options.kitVersion, inputs);
    if (found.outputs) {
      kept.push(stage.name);
      done.set(stage.name, found.outputs);
      continue;
    }
    if (options.signal?.aborted) throw stopped(`before the stage ${stage.name}`);
    progress.start(index, found.reason);
    const work = new StageWork(stage, directory, inputs, options, progress);
    done.set(stage.name, await work.run(found.torn));
    ran.push(stage.name);
  }
  return { ran, kept };
}

async function removeTree(path: string): Promise<void> {
  await Deno.remove(path, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
}

const stopped = (where: string): StopRequested =>
  new StopRequested(
    `stopped ${where}, as asked; all finished work is kept: ` +
      `run the same command again to go on from there`,
  );

async function planOf(order: readonly Stage[], directory: string) {
  return await Promise.all(order.map(async (stage) => {
    const timing = await readTiming(joinPath(directory, stage.name));
    const expectedSeconds = timing?.complete ? timing.seconds : stage.expectedSeconds;
    return { name: stage.name, expectedSeconds };
  }));
}

/** One stage being made. */
class StageWork {
  readonly #key: string;

  constructor(
    private readonly stage: Stage,
    private readonly directory: string,
    private readonly inputs: Hashes,
    private readonly options: RunOptions,
    private readonly progress: RunProgress,
  ) {
    this.#key = stageKey(stage, options.kitVersion, inputs);
  }

  /** Makes the stage's outputs and returns their hashes. */
  async run(torn: boolean): Promise<Hashes> {
    const before = await this.#prepare(torn);
    const start = performance.now();
    const seconds = () => before + (performance.now() - start) / 1000;
    try {
      await this.stage.run(this.#context());
      await this.#sweep(this.directory, /\.part$/);
      const outputs = await this.#hashOutputs();
      await this.#note("timing.json", { key: this.#key, seconds: seconds(), complete: true });
      await writeRecord(this.directory, this.#key, {
        name: this.stage.name,
        code: codeOf(this.stage, this.options.kitVersion),
        config: this.stage.config,
        inputs: this.inputs,
        outputs,
      });
      // Only now: a process killed before the record is written goes on from its shards.
      await this.#sweep(this.directory, /\.part-/);
      this.progress.finish();
      return outputs;
    } catch (error) {
      await this.#noteEnd(error, seconds());
      throw error;
    }
  }

  /** Empties the folder of work for another key; returns the seconds that this key already took. */
  async #prepare(torn: boolean): Promise<number> {
    await Deno.mkdir(this.directory, { recursive: true });
    const started = await readJson(joinPath(this.directory, "started.json")) as
      | { key?: unknown }
      | null;
    const resumes = !torn && started?.key === this.#key;
    // First, so that a process killed while emptying leaves no record of what is half gone.
    for (const name of ["stage.json", "failure.json"]) {
      await removeTree(joinPath(this.directory, name));
    }
    if (!resumes) {
      for await (const entry of Deno.readDir(this.directory)) {
        // The last timing still serves to estimate this one.
        if (entry.name !== "timing.json") await removeTree(joinPath(this.directory, entry.name));
      }
      await this.#note("started.json", { key: this.#key });
    }
    const timing = await readTiming(this.directory);
    return resumes && timing?.key === this.#key && !timing.complete ? timing.seconds : 0;
  }

  #context(): StageContext {
    const { stage, directory, progress, options } = this;
    return {
      directory,
      inputHashes: this.inputs,
      code: codeOf(stage, options.kitVersion),
      input: inputPaths(stage, options.directory, this.inputs),
      output: (name) => {
        if (stage.outputs.includes(name)) return joinPath(directory, name);
        throw new ConfigError(
          `stage "${stage.name}": found no declared output "${name}"; ` +
            `did you mean "${nearest(name, stage.outputs)}"?`,
        );
      },
      progress: (done, total, note) => progress.update(done, total, note),
      checkStop: () => {
        if (options.signal?.aborted) throw stopped(`inside the stage ${stage.name}`);
      },
    };
  }

  async #hashOutputs(): Promise<Hashes> {
    const hashes: Record<string, string> = {};
    for (const name of this.stage.outputs) {
      try {
        hashes[name] = await hashTree(joinPath(this.directory, name));
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
    if (!(error instanceof StopRequested)) {
      const message = error instanceof Error ? error.message : String(error);
      notes.push(["failure.json", { key: this.#key, message }]);
      this.progress.say(
        "failed; its finished work is kept: once the cause is gone, run the same command again to go on",
      );
    }
    for (const [name, value] of notes) await this.#note(name, value).catch(() => undefined);
  }

  async #note(name: string, value: Json): Promise<void> {
    await writeFileAtomic(joinPath(this.directory, name), canonicalJson(value) + "\n");
  }
}
