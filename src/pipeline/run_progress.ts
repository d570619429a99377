/**
 * Progress of a whole run: the stages under way, what they have left, and what the run has left.
 *
 * @module
 */
import { formatDuration, type ProgressSink } from "../base/progress.ts";

/** A stage as progress sees it. */
export interface PlannedStage {
  /** Its name. */
  readonly name: string;
  /** Its last measured time on this machine, or the stage's own estimate. */
  readonly expectedSeconds: number;
}

/** How much sooner stages are done in two lanes than in one, about; more lanes add little. */
const LANES_GAIN = 1.25;

/** How progress is told. */
export interface ProgressOptions {
  /** Stages at once. */
  readonly lanes?: number;
  /** The shortest time between two lines of a stage. */
  readonly everyMs?: number;
  /** A clock in milliseconds. */
  readonly now?: () => number;
}

/**
 * Follows a run. A stage under way writes at most one line every few seconds, such as
 * `[stage 4/17 train-rwr] 610/1200, 3 m 10 s left, whole run about 7 m 00 s left`.
 */
export class RunProgress {
  /** Stages that have not begun, by their place in the plan. */
  readonly #later: Set<number>;
  readonly #active = new Set<StageProgress>();
  // Expected and measured seconds of the stages that this run finished.
  #expected = 0;
  #measured = 0;

  /**
   * Follows a run that has not begun.
   *
   * @param plan All stages in the order in which they run, those already done among them.
   * @param sink Takes the lines.
   */
  constructor(
    private readonly plan: readonly PlannedStage[],
    private readonly sink: ProgressSink,
    private readonly options: ProgressOptions = {},
  ) {
    this.#later = new Set(plan.keys());
  }

  /** A stage begins. */
  start(index: number, note: string): StageProgress {
    const { everyMs = 5000, now = () => performance.now() } = this.options;
    this.#later.delete(index);
    const { name, expectedSeconds } = this.plan[index];
    const stage: StageProgress = new StageProgress(expectedSeconds, {
      now,
      everyMs,
      pace: () => this.#pace(),
      say: (text) => this.sink(`[stage ${index + 1}/${this.plan.length} ${name}] ${text}`),
      runLeft: () => this.#left(),
      ended: (seconds) => {
        this.#active.delete(stage);
        if (seconds === undefined) return;
        this.#expected += expectedSeconds;
        this.#measured += seconds;
      },
    });
    this.#active.add(stage);
    stage.begin(note);
    return stage;
  }

  /** A stage was done already. */
  keep(index: number): void {
    this.#later.delete(index);
  }

  /** How much slower than expected this machine was so far; estimates of seconds say nothing. */
  #pace(): number {
    return this.#expected > 0 && this.#measured > 5 ? this.#measured / this.#expected : 1;
  }

  /** Seconds that the whole run has left. */
  #left(): number {
    const active = [...this.#active].map((stage) => stage.left());
    const later = [...this.#later].reduce((sum, i) => sum + this.plan[i].expectedSeconds, 0);
    const gain = (this.options.lanes ?? 1) > 1 ? LANES_GAIN : 1;
    return Math.max(0, ...active) + later * this.#pace() / gain;
  }
}

/** What a stage under way knows of its run. */
interface RunView {
  readonly now: () => number;
  readonly everyMs: number;
  readonly pace: () => number;
  readonly say: (text: string) => void;
  readonly runLeft: () => number;
  readonly ended: (seconds?: number) => void;
}

/** Follows one stage under way. */
export class StageProgress {
  readonly #startedAt: number;
  #lastLineAt = -Infinity;
  #first: { readonly done: number; readonly at: number } | undefined;
  #done = 0;
  #total = 0;
  #doneAt = 0;

  /** Follows a stage that begins now. */
  constructor(private readonly expectedSeconds: number, private readonly run: RunView) {
    this.#startedAt = run.now();
  }

  /** Says that and why the stage begins. */
  begin(note: string): void {
    this.#line(`starts (${note})`, this.left());
  }

  /** The stage did `done` of `total` units. */
  update(done: number, total: number, note?: string): void {
    const at = this.run.now();
    this.#first ??= { done, at };
    [this.#done, this.#total, this.#doneAt] = [done, total, at];
    if (at - this.#lastLineAt < this.run.everyMs) return;
    this.#line(`${done}/${total}${note ? ` (${note})` : ""}`, this.left());
  }

  /** The stage is finished; returns the seconds it took. */
  finish(): number {
    const seconds = (this.run.now() - this.#startedAt) / 1000;
    this.run.ended(seconds);
    this.#line(`done in ${formatDuration(seconds)}`);
    return seconds;
  }

  /** The stage ended unfinished. */
  fail(text?: string): void {
    this.run.ended();
    if (text !== undefined) this.run.say(text);
  }

  /** Seconds it has left: from its own pace once there is one, else from the plan. */
  left(): number {
    const since = (moment: number) => (this.run.now() - moment) / 1000;
    if (!this.#first || this.#done === this.#first.done) {
      return Math.max(0, this.expectedSeconds * this.run.pace() - since(this.#startedAt));
    }
    const { done, at } = this.#first;
    const each = (this.#doneAt - at) / 1000 / (this.#done - done);
    return Math.max(0, each * (this.#total - this.#done) - since(this.#doneAt));
  }

  #line(text: string, left?: number): void {
    this.#lastLineAt = this.run.now();
    const stage = left === undefined ? "" : `, ${formatDuration(left)} left`;
    this.run.say(`${text}${stage}, whole run about ${formatDuration(this.run.runLeft())} left`);
  }
}
