/**
 * Progress of a whole run: the stage under way, what it has left, and what the run has left.
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

/**
 * Follows a run and writes at most one line every few seconds, such as
 * `[stage 4/17 train-rwr] 610/1200, 3 m 10 s left, whole run about 7 m 00 s left`.
 */
export class RunProgress {
  readonly #plan: readonly PlannedStage[];
  readonly #sink: ProgressSink;
  readonly #everyMs: number;
  readonly #now: () => number;
  #index = 0;
  #startedAt = 0;
  #firstDone: number | undefined;
  #lastLineAt = -Infinity;
  // Expected and measured seconds of the stages that this run finished.
  #expected = 0;
  #measured = 0;

  /**
   * Follows a run that has not begun.
   *
   * @param plan All stages in the order in which they run, those already done among them.
   * @param sink Takes the lines.
   * @param everyMs The shortest time between two lines.
   * @param now A clock in milliseconds.
   */
  constructor(
    plan: readonly PlannedStage[],
    sink: ProgressSink,
    everyMs = 5000,
    now: () => number = () => performance.now(),
  ) {
    this.#plan = plan;
    this.#sink = sink;
    this.#everyMs = everyMs;
    this.#now = now;
  }

  /** `[stage 4/17 train-rwr]`. */
  get label(): string {
    return `[stage ${this.#index + 1}/${this.#plan.length} ${this.#plan[this.#index].name}]`;
  }

  /** A stage begins. */
  start(index: number, note: string): void {
    this.#index = index;
    this.#startedAt = this.#now();
    this.#firstDone = undefined;
    this.#line(`starts (${note})`, this.#plan[index].expectedSeconds * this.#pace());
  }

  /** A stage did `done` of `total` units. */
  update(done: number, total: number, note?: string): void {
    this.#firstDone ??= done;
    if (this.#now() - this.#lastLineAt < this.#everyMs) return;
    this.#line(`${done}/${total}${note ? ` (${note})` : ""}`, this.#stageLeft(done, total));
  }

  /** The stage is finished; returns the seconds it took. */
  finish(): number {
    const seconds = (this.#now() - this.#startedAt) / 1000;
    this.#expected += this.#plan[this.#index].expectedSeconds;
    this.#measured += seconds;
    this.#line(`done in ${formatDuration(seconds)}`);
    return seconds;
  }

  /** A line about the stage under way, written at once. */
  say(text: string): void {
    this.#sink(`${this.label} ${text}`);
  }

  /** How much slower than expected this machine was so far; estimates of seconds say nothing. */
  #pace(): number {
    return this.#expected > 0 && this.#measured > 5 ? this.#measured / this.#expected : 1;
  }

  /** Seconds the stage has left: from its own pace once there is one, else from the plan. */
  #stageLeft(done: number, total: number): number {
    const elapsed = (this.#now() - this.#startedAt) / 1000;
    const made = done - (this.#firstDone ?? done);
    if (made > 0) return elapsed / made * (total - done);
    return Math.max(0, this.#plan[this.#index].expectedSeconds * this.#pace() - elapsed);
  }

  #line(text: string, stageLeft?: number): void {
    this.#lastLineAt = this.#now();
    const later = this.#plan.slice(this.#index + 1)
      .reduce((sum, stage) => sum + stage.expectedSeconds, 0) * this.#pace();
    const stage = stageLeft === undefined ? "" : `, ${formatDuration(stageLeft)} left`;
    const whole = formatDuration((stageLeft ?? 0) + later);
    this.say(`${text}${stage}, whole run about ${whole} left`);
  }
}
