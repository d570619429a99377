/**
 * Runs stages: each after those it reads from, none whose key stands and whose outputs are whole.
 * Whatever ends the process, the next run goes on where it was and ends with the same bytes, however
 * many stages are made at once.
 *
 * @module
 */
import type { OnProgress, ProgressSink } from "../base/progress.ts";
import { orderStages } from "./graph.ts";
import { hashInputs } from "./inputs.ts";
import { joinPath, lockRunDirectory } from "./run_directory.ts";
import { RunProgress } from "./run_progress.ts";
import { type Stage, StopRequested } from "./stage.ts";
import { stageContext, type StageTask, stopped } from "./stage_context.ts";
import { type Hashes, inspectStage, readTiming } from "./stage_record.ts";
import { StageWork } from "./stage_work.ts";

/** Somewhere else to make stages: another thread. One stage at a time is asked for. */
export interface Helper {
  /**
   * Does what the stage itself does.
   *
   * @param signal Aborted when the stage is to stop after the unit of work under way.
   * @throws {StopRequested} where it stopped so.
   */
  make(
    stage: Stage,
    task: StageTask,
    progress: OnProgress,
    signal: AbortSignal,
  ): Promise<void>;
}

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
  /** Threads that make stages beside this one; none unless told. */
  readonly helpers?: readonly Helper[];
}

/** What a run did. */
export interface RunReport {
  /** Stages that ran, in the order in which they began. */
  readonly ran: readonly string[];
  /** Stages that were done already. */
  readonly kept: readonly string[];
}

/**
 * Runs all stages that are not done.
 *
 * @throws {StopRequested} after a stop request.
 * @throws Whatever a stage throws first, after noting it in the stage's `failure.json`; stages under
 * way beside it are asked to stop.
 */
export async function runStages(
  stages: readonly Stage[],
  options: RunOptions,
): Promise<RunReport> {
  const order = orderStages(stages, options.targets);
  using _lock = await lockRunDirectory(options.directory);
  const { helpers = [], directory, sink } = options;
  const lanes = 1 + helpers.length;
  const progress = new RunProgress(await planOf(order, directory), sink, { lanes });
  const run = new Run(order, options, progress);
  await Promise.all([run.lane(), ...helpers.map((helper) => run.lane(helper))]);
  return run.report();
}

async function planOf(order: readonly Stage[], directory: string) {
  return await Promise.all(order.map(async (stage) => {
    const timing = await readTiming(joinPath(directory, stage.name));
    const expectedSeconds = timing?.complete ? timing.seconds : stage.expectedSeconds;
    return { name: stage.name, expectedSeconds };
  }));
}

/** A stage and its place in the order. */
interface Planned {
  readonly stage: Stage;
  readonly index: number;
}

/** A run under way: its stages are shared out among lanes, each of which makes one at a time. */
class Run {
  /** Stages that no lane has taken, in their order. */
  readonly #waiting: Set<Planned>;
  readonly #active = new Set<Stage>();
  readonly #done = new Map<string, Hashes>();
  readonly #ran: string[] = [];
  readonly #kept: string[] = [];
  /** Aborted when a stage fails. */
  readonly #stop = new AbortController();
  /** Aborted when a stage fails, and when the user asks to stop. */
  readonly #signal: AbortSignal;
  #failure: { readonly error: unknown } | undefined;
  #changed = Promise.withResolvers<void>();

  constructor(
    order: readonly Stage[],
    private readonly options: RunOptions,
    private readonly progress: RunProgress,
  ) {
    this.#waiting = new Set(order.map((stage, index) => ({ stage, index })));
    const asked = options.signal ? [options.signal] : [];
    this.#signal = AbortSignal.any([this.#stop.signal, ...asked]);
  }

  /** Makes stages until none is left; the lane of this thread takes any, a helper's only some. */
  async lane(helper?: Helper): Promise<void> {
    while (this.#waiting.size && !this.#failure) {
      const taken = this.#take(helper !== undefined);
      if (!taken) {
        await this.#changed.promise;
        continue;
      }
      this.#active.add(taken.stage);
      try {
        this.#done.set(taken.stage.name, await this.#make(taken, helper));
      } catch (error) {
        this.#fail(error);
      }
      this.#active.delete(taken.stage);
      this.#changed.resolve();
      this.#changed = Promise.withResolvers();
    }
  }

  /** What the run did. @throws Why it failed. */
  report(): RunReport {
    if (this.#failure) throw this.#failure.error;
    return { ran: this.#ran, kept: this.#kept };
  }

  /** A failure counts for more than the stops that it or the user asked for. */
  #fail(error: unknown): void {
    if (!this.#failure || this.#failure.error instanceof StopRequested) this.#failure = { error };
    if (this.#active.size > 1 && !this.#stop.signal.aborted) {
      this.options.sink("the stage beside it stops after its unit of work under way");
    }
    this.#stop.abort();
  }

  /**
   * The first stage that can be made now. Where helpers take what can be made aside, the thread of the
   * run first makes what only it can, since theirs may wait for that.
   */
  #take(aside: boolean): Planned | undefined {
    if ([...this.#active].some((stage) => stage.place === "alone")) return undefined;
    const ready = [...this.#waiting].filter(({ stage }) =>
      stage.inputs.every((input) => this.#done.has(input)) &&
      (aside ? stage.place === "aside" : stage.place !== "alone" || this.#active.size === 0)
    );
    const own = ({ stage }: Planned) => stage.place !== "aside";
    const taken = (this.options.helpers?.length ? ready.find(own) : undefined) ?? ready.at(0);
    if (taken) this.#waiting.delete(taken);
    return taken;
  }

  async #make({ stage, index }: Planned, helper: Helper | undefined): Promise<Hashes> {
    const { directory, kitVersion } = this.options;
    const inputs = await hashInputs(stage, this.#done);
    if (inputs === null) throw new Error(`stage ${stage.name} was taken before its inputs`);
    const found = await inspectStage(stage, joinPath(directory, stage.name), kitVersion, inputs);
    if (found.outputs) {
      this.#kept.push(stage.name);
      this.progress.keep(index);
      return found.outputs;
    }
    if (this.#signal.aborted) throw stopped(`before the stage ${stage.name}`);
    this.#ran.push(stage.name);
    const line = this.progress.start(index, found.reason);
    const task = { run: directory, kitVersion, inputs };
    const progress: OnProgress = (done, total, note) => line.update(done, total, note);
    const signal = this.#signal;
    return await new StageWork(stage, task, line).run(
      found.torn,
      () =>
        helper
          ? helper.make(stage, task, progress, signal)
          : stage.run(stageContext(stage, task, { progress, stopAsked: () => signal.aborted })),
    );
  }
}
