/**
 * Sums over partial results that wait for others, to be taken in one dispatch with them.
 *
 * @module
 */
import { GpuArray } from "../../src/gpu/array.ts";
import type { Gpu } from "../../src/gpu/gpu.ts";
import { aligned, MAX_ROWS, overlap, shareBinding } from "../table.ts";
import type { GradientTarget } from "../target.ts";
import { type PartialSum, reduceAll } from "./mod.ts";

/** Bytes of partial results that wait at most; larger ones would leave the caches before their sum. */
const MOST_BYTES = 2 ** 24;
/** The same against the bytes of all targets: small models need no more. */
const TARGETS = 12;

/**
 * Collects sums whose targets are views of one buffer and whose partial results lie in one arena.
 * They are taken where the arena is full, where a target is named again, and by {@linkcode flush}.
 */
export class DeferredSums {
  #arena: GpuArray | undefined;
  #used = 0;
  #waiting: PartialSum[] = [];

  /** No sums yet. */
  constructor(readonly gpu: Gpu) {}

  /**
   * Room for partial results in the arena, which the caller releases once the sum is asked for.
   *
   * @param target Where a sum of them will go.
   * @returns Nothing where they are too many to wait.
   */
  room(target: GpuArray, shape: readonly number[]): GpuArray | undefined {
    const { gpu } = this;
    const size = shape.reduce((product, n) => product * n, 1);
    const capacity = Math.min(MOST_BYTES, TARGETS * target.pooled.bytes) / 4;
    if (size > capacity) return undefined;
    if (this.#arena && this.#used + size > this.#arena.size) this.flush();
    if (!this.#arena) [this.#arena, this.#used] = [gpu.own(gpu.empty([capacity])), 0];
    const room = new GpuArray(this.#arena.pooled, shape, "f32", this.#used);
    this.#used += aligned(size);
    return gpu.retain(room);
  }

  /** Notes a sum for later. @returns Whether it can wait; where it cannot, the caller takes it. */
  defer(partials: GpuArray, target: GradientTarget): boolean {
    if (partials.pooled !== this.#arena?.pooled) return false;
    if (this.waitsFor(target.array) || !this.#fits(target.array)) this.#take();
    this.#waiting.push({ partials, target });
    return true;
  }

  /** Whether a sum for this array waits: whoever reads or writes it has to {@linkcode flush} first. */
  waitsFor(array: GpuArray): boolean {
    return this.#waiting.some(({ target }) => overlap(target.array, array));
  }

  /** Takes all sums that wait, and gives the arena back. */
  flush(): void {
    this.#take();
    this.release();
  }

  /** Gives up what waits, after a failure. */
  release(): void {
    this.#waiting = [];
    if (this.#arena) this.gpu.release(this.#arena);
    this.#arena = undefined;
  }

  #take(): void {
    if (this.#waiting.length) reduceAll(this.gpu, this.#waiting);
    this.#waiting = [];
  }

  /** Whether one table and one binding can take this target in with those that wait. */
  #fits(target: GpuArray): boolean {
    const targets = [target, ...this.#waiting.map(({ target: { array } }) => array)];
    return targets.length <= MAX_ROWS && shareBinding(this.gpu, targets);
  }
}
