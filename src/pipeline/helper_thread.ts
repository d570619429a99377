/**
 * A thread that makes stages beside the one that runs them: both ends of the talk between the two.
 *
 * @module
 */
import { DataError, KitError } from "../base/errors.ts";
import type { OnProgress } from "../base/progress.ts";
import type { Helper } from "./runner.ts";
import { type Stage, StopRequested } from "./stage.ts";
import { stageContext, type StageFollower, type StageTask } from "./stage_context.ts";
import { stageKey } from "./stage_record.ts";

/** Opens the thread's own stages; its first message. */
interface Opening<Order> {
  /** What the thread makes its stages from. */
  readonly order: Order;
  /** One number, set to 1 when the stage under way is to stop. */
  readonly stop: ArrayBufferLike;
}

/** A stage to be made. */
interface Request {
  readonly stage: string;
  readonly task: StageTask;
  /** The stage's key as the run has it: another one means another adapter or choice of variants. */
  readonly key: string;
}

/** What the thread says: how far it is, and at last how it ended. */
type Reply =
  | { readonly progress: Parameters<OnProgress> }
  | { readonly done: true }
  | { readonly failed: Failed };

/** An error on its way between threads. */
interface Failed {
  readonly kind: "stop" | "kit" | "defect";
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
}

const describe = (error: unknown): Failed => {
  if (!(error instanceof Error)) return { kind: "defect", name: "Error", message: String(error) };
  const { name, message, stack } = error;
  if (error instanceof StopRequested) return { kind: "stop", name, message };
  return { kind: error instanceof KitError ? "kit" : "defect", name, message, stack };
};

function errorOf({ kind, name, message, stack }: Failed): Error {
  if (kind === "stop") return new StopRequested(message);
  const error = kind === "kit" ? new KitError(message) : new Error(message);
  Object.defineProperty(error, "name", { value: name });
  if (stack !== undefined) error.stack = stack;
  return error;
}

/** The run's end: a {@linkcode Helper} with a thread of its own. */
export class HelperThread<Order> implements Helper, Disposable {
  readonly #stop = new Int32Array(new SharedArrayBuffer(4));
  readonly #worker: Worker;
  /** Rejected when the thread can make nothing more. */
  readonly #broken = Promise.withResolvers<never>();

  /**
   * Starts the thread, so that it loads the code that the run has; it opens its stages with the first.
   *
   * @param module The module that calls {@linkcode serveStages}.
   * @param order What the thread makes its stages from; must be cloneable.
   */
  constructor(module: URL, order: Order) {
    this.#worker = new Worker(module, { type: "module" });
    const broken = (why: string) =>
      this.#broken.reject(new Error(`the thread beside the run ended: ${why}`));
    this.#broken.promise.catch(() => undefined);
    this.#worker.onerror = (event) => {
      // Without this the runtime ends the process, and the stage beside it loses its unit of work.
      event.preventDefault();
      broken(event.message);
    };
    this.#worker.onmessageerror = () => broken("a message could not be read");
    const { buffer } = this.#stop;
    this.#worker.postMessage({ order, stop: buffer } satisfies Opening<Order>);
  }

  /**
   * Has the thread make one stage.
   *
   * @throws {KitError} by the name and message of the kit's error that the stage ended with.
   * @throws {StopRequested} where the stage was stopped.
   * @throws {Error} where a defect ended the stage, or the thread.
   */
  async make(
    stage: Stage,
    task: StageTask,
    progress: OnProgress,
    signal: AbortSignal,
  ): Promise<void> {
    const ended = Promise.withResolvers<void>();
    const stop = () => Atomics.store(this.#stop, 0, 1);
    this.#worker.onmessage = ({ data }: MessageEvent<Reply>) => {
      if ("progress" in data) progress(...data.progress);
      else if ("failed" in data) ended.reject(errorOf(data.failed));
      else ended.resolve();
    };
    Atomics.store(this.#stop, 0, 0);
    signal.addEventListener("abort", stop);
    if (signal.aborted) stop();
    try {
      const key = stageKey(stage, task.kitVersion, task.inputs);
      this.#worker.postMessage({ stage: stage.name, task, key } satisfies Request);
      await Promise.race([ended.promise, this.#broken.promise]);
    } finally {
      signal.removeEventListener("abort", stop);
    }
  }

  /** Ends the thread. */
  [Symbol.dispose](): void {
    this.#worker.terminate();
  }
}

/**
 * The thread's end: makes stages as they are asked for.
 *
 * @param open Makes the stages; must make them as the run does.
 */
export function serveStages<Order>(open: (order: Order) => Promise<readonly Stage[]>): void {
  const thread = self as unknown as {
    onmessage: (event: MessageEvent<Opening<Order> | Request>) => void;
    postMessage(reply: Reply): void;
  };
  let opened: Opening<Order> | undefined;
  let stages: Promise<readonly Stage[]> | undefined;
  const make = async (request: Request, { order, stop }: Opening<Order>): Promise<Reply> => {
    try {
      stages ??= open(order).catch((error) => {
        if (error instanceof KitError) error.message += "; --jobs 1 does without the thread beside";
        throw error;
      });
      await makeStage(await stages, request, {
        progress: (...progress) => thread.postMessage({ progress }),
        stopAsked: () => Atomics.load(new Int32Array(stop), 0) === 1,
      });
      return { done: true };
    } catch (error) {
      return { failed: describe(error) };
    }
  };
  thread.onmessage = async ({ data }) => {
    if ("order" in data) opened = data;
    else thread.postMessage(await make(data, opened!));
  };
}

async function makeStage(
  stages: readonly Stage[],
  { stage: name, task, key }: Request,
  follower: StageFollower,
): Promise<void> {
  const stage = stages.find((stage) => stage.name === name);
  if (!stage || stageKey(stage, task.kitVersion, task.inputs) !== key) {
    throw new DataError(
      `stage "${name}": the thread beside the run found another adapter, driver or choice of ` +
        `variants than the run; run the same command again, with --jobs 1 if that recurs`,
    );
  }
  await stage.run(stageContext(stage, task, follower));
}
