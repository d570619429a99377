/**
 * The trainer: gradient accumulation, clipping, AdamW, a loss log, and a state that resumes to the
 * same bits.
 *
 * @module
 */
import { CheckpointError, ConfigError, DataError } from "../base/errors.ts";
import type { GpuArray } from "../gpu/array.ts";
import type { HostArray } from "../gpu/gpu.ts";
import { adamw, adamwSettings, gradientNorm } from "../../kernels/adamw/mod.ts";
import type { LanguageModel } from "../models/language_model.ts";
import type { NamedTensors } from "../nn/parameters.ts";
import type { EvaluationLogTableRow, TrainingLogTableRow } from "../tables/mod.ts";
import type { BatchSource, TrainingBatch } from "./batches.ts";
import { batchLoss, labelledWeight } from "./loss.ts";
import { learningRateAt, type Schedule } from "./schedule.ts";
import { checkSegments, segmentedLoss, segmentedScores, type Segments } from "./segments.ts";

/** How to train. */
export interface TrainerOptions extends Schedule {
  /** AdamW's decay of the mean of gradients. */
  readonly beta1: number;
  /** AdamW's decay of the mean of squared gradients. */
  readonly beta2: number;
  /** Decoupled weight decay of matrices. */
  readonly weightDecay: number;
  /** Largest norm of the whole gradient. */
  readonly clipNorm: number;
  /** Batches whose gradients are summed in one step. */
  readonly accumulation: number;
  /** Recomputes each layer when going back instead of keeping its activations. */
  readonly activationCheckpoints: boolean;
  /**
   * Takes rows in segments of time, for sequences whose activations would not fit; whole where absent.
   * Not with activation checkpoints, nor with packed rows.
   */
  readonly segments?: Segments;
}

/** All that decides how training goes on, besides options and batches. */
export interface TrainerState {
  /** Steps done. */
  readonly step: number;
  /** Tokens seen. */
  readonly tokens: number;
  /** Weights under upstream's names. */
  readonly weights: NamedTensors;
  /** AdamW's mean of gradients, by the same names. */
  readonly firstMoment: NamedTensors;
  /** AdamW's mean of squared gradients. */
  readonly secondMoment: NamedTensors;
  /** One row a step done. */
  readonly log: readonly TrainingLogTableRow[];
  /** One row an evaluation done. */
  readonly evaluations: readonly EvaluationLogTableRow[];
}

/** Steps between two readings of the losses: the only synchronisation of training. */
const READ_EVERY = 10;
const EPSILON = 1e-8;

interface Pending {
  readonly step: number;
  readonly tokens: number;
  readonly learningRate: number;
  readonly losses: readonly GpuArray[];
  readonly norm: GpuArray;
}

/** Steps whose numbers are on their way. */
interface Reading {
  readonly steps: readonly Pending[];
  readonly numbers: Promise<HostArray[]>;
}

/** One number that is not finite would spread to all weights at the next step. */
function checkFinite(moment: NamedTensors): void {
  for (const [name, { data }] of moment) {
    const bad = data.findIndex((x) => !Number.isFinite(x));
    if (bad >= 0) {
      throw new CheckpointError(
        `loading optimizer state: found ${data[bad]} at element ${bad} of "${name}", expected ` +
          `finite numbers; take an earlier checkpoint`,
      );
    }
  }
}

/**
 * Trains a model on batches that are a pure function of the step.
 *
 * @example A long row in the memory of one segment; `gpu`, `model` and the `Int32Array` `ids` given
 * ```ts ignore
 * const batches = windowBatches(ids, { batch: 1, length: 65_536, seed: 1 });
 * const trainer = new Trainer(model, {
 *   learningRate: 4e-3, warmup: 100, steps: 1000, floor: 0.05,
 *   beta1: 0.9, beta2: 0.95, weightDecay: 0.01, clipNorm: 1,
 *   accumulation: 1, activationCheckpoints: false,
 *   segments: { length: 4096, gradients: "exact" },
 * }, batches);
 * await trainer.run(1000, ({ step, loss }) => console.log(step, loss));
 * ```
 */
export class Trainer {
  readonly #firstMoment: GpuArray;
  readonly #secondMoment: GpuArray;
  readonly #settings: GpuArray;
  readonly #log: TrainingLogTableRow[] = [];
  readonly #evaluations: EvaluationLogTableRow[] = [];
  #pending: Pending[] = [];
  #reading: Reading | undefined;
  #step = 0;
  #tokens = 0;

  /**
   * A trainer before its first step.
   *
   * @param model Made trainable.
   * @param batches Gives micro-batch i of step s as `batches(s · accumulation + i)`.
   * @throws {ConfigError} where there is nothing to do, or the segments cannot be.
   */
  constructor(
    readonly model: LanguageModel,
    readonly options: TrainerOptions,
    readonly batches: BatchSource,
  ) {
    if (!(options.steps >= 1 && options.accumulation >= 1)) {
      throw new ConfigError(
        `training: found ${options.steps} steps of ${options.accumulation} batches, expected at ` +
          `least 1 of each`,
      );
    }
    if (options.segments && options.activationCheckpoints) {
      throw new ConfigError(
        "training: found segments and activation checkpoints, expected one of them; segments bound " +
          "memory on their own",
      );
    }
    if (options.segments) checkSegments(options.segments);
    const { gpu, parameters } = model;
    this.#firstMoment = gpu.own(gpu.zeros([parameters.flat.size]));
    this.#secondMoment = gpu.own(gpu.zeros([parameters.flat.size]));
    this.#settings = gpu.own(gpu.zeros([8]));
  }

  /** Steps done. */
  get step(): number {
    return this.#step;
  }

  /** One row a step done and read back. */
  get log(): readonly TrainingLogTableRow[] {
    return this.#log;
  }

  /** One row an evaluation done. */
  get evaluations(): readonly EvaluationLogTableRow[] {
    return this.#evaluations;
  }

  /**
   * Goes on until `until` steps are done, then reads everything back. Ten steps' losses are read while
   * the next ten run.
   *
   * @param onRead Called for every ten steps with the newest row.
   * @throws {DataError} where the loss or the gradient is not finite.
   */
  async run(until: number, onRead?: (row: TrainingLogTableRow) => void): Promise<void> {
    while (this.#step < until) {
      this.#encodeStep();
      if (this.#pending.length >= READ_EVERY) await this.#read(onRead);
    }
    await this.#settle(onRead);
  }

  /**
   * Loss and accuracy on held-out batches with the weights as they are; noted in `evaluations`.
   *
   * @throws {DataError} where the loss is not finite, or nothing is labelled.
   */
  async evaluate(batches: readonly TrainingBatch[]): Promise<EvaluationLogTableRow> {
    const { model } = this;
    const total = batches.reduce((sum, batch) => sum + labelledWeight(batch), 0);
    const sums = { loss: 0, right: 0, labelled: 0 };
    for (const batch of batches) {
      model.gpu.openScope();
      try {
        const { segments } = this.options;
        const parts = segments
          ? segmentedScores(model, batch, total, segments)
          : [batchLoss(model, batch, total, { train: false })];
        const read = await model.gpu.read(...parts.flatMap(({ loss, correct }) => [loss, correct]));
        parts.forEach(({ labels }, part) => {
          const [[loss], hits] = read.slice(2 * part);
          sums.loss += loss;
          labels.forEach((label, i) => {
            if (label < 0) return;
            sums.labelled++;
            sums.right += hits[i];
          });
        });
      } finally {
        model.gpu.closeScope();
      }
    }
    if (!Number.isFinite(sums.loss)) {
      throw new DataError(
        `evaluating after step ${this.#step}: found a loss of ${sums.loss}, expected a finite number; ` +
          `lower the learning rate and start again from the last checkpoint`,
      );
    }
    const { loss, right, labelled } = sums;
    const row = { step: this.#step, loss, accuracy: right / labelled, labelled };
    this.#evaluations.push(row);
    return row;
  }

  /** Everything needed to go on from here. */
  async state(): Promise<TrainerState> {
    await this.#settle();
    const { gpu, parameters } = this.model;
    const [weights, first, second] = await gpu.read(
      parameters.flat,
      this.#firstMoment,
      this.#secondMoment,
    );
    const named = (flat: typeof weights) => parameters.unflatten(flat as Float32Array<ArrayBuffer>);
    return {
      step: this.#step,
      tokens: this.#tokens,
      weights: named(weights),
      firstMoment: named(first),
      secondMoment: named(second),
      log: [...this.#log],
      evaluations: [...this.#evaluations],
    };
  }

  /** Takes over a saved state. @throws {CheckpointError} where it is not of this model. */
  restore(state: TrainerState): void {
    if (state.step > this.options.steps || state.log.length !== state.step) {
      throw new CheckpointError(
        `resuming training: found ${state.step} steps and ${state.log.length} log rows, expected as many rows as ` +
          `steps and at most ${this.options.steps}; delete the checkpoint to start over`,
      );
    }
    const { gpu, parameters } = this.model;
    // Everything is checked before anything is taken over.
    const moments = [state.firstMoment, state.secondMoment].map((moment) => {
      checkFinite(moment);
      return parameters.flatten(moment);
    });
    parameters.load(state.weights);
    gpu.write(this.#firstMoment, moments[0]);
    gpu.write(this.#secondMoment, moments[1]);
    this.#step = state.step;
    this.#tokens = state.tokens;
    this.#log.splice(0, Infinity, ...state.log);
    this.#evaluations.splice(0, Infinity, ...state.evaluations);
  }

  /** Gives the optimizer's memory back; the model stays. */
  release(): void {
    for (const array of [this.#firstMoment, this.#secondMoment, this.#settings]) {
      this.model.gpu.release(array);
    }
  }

  #encodeStep(): void {
    const { model, options } = this;
    const { gpu, parameters } = model;
    const from = this.#step * options.accumulation;
    const micro = Array.from({ length: options.accumulation }, (_, i) => this.batches(from + i));
    const total = micro.reduce((sum, batch) => sum + labelledWeight(batch), 0);
    const learningRate = learningRateAt(options, this.#step);
    const step = this.#step + 1;
    const settings = adamwSettings(step, {
      learningRate,
      beta1: options.beta1,
      beta2: options.beta2,
      epsilon: EPSILON,
      weightDecay: options.weightDecay,
      maxNorm: options.clipNorm,
    });
    gpu.write(this.#settings, settings);
    gpu.scope(() => {
      parameters.startGradients();
      const losses = micro.map((batch) =>
        gpu.scope(() => {
          const loss = options.segments
            ? segmentedLoss(model, batch, total, options.segments)
            : batchLoss(model, batch, total, {
              train: true,
              checkpoints: options.activationCheckpoints,
            }).loss;
          return gpu.keep(loss);
        })
      );
      const norm = gradientNorm(gpu, parameters.gradient!);
      adamw(gpu, {
        parameters: parameters.flat,
        gradient: parameters.gradient!,
        firstMoment: this.#firstMoment,
        secondMoment: this.#secondMoment,
        decayed: parameters.decayed,
        norm,
        settings: this.#settings,
      });
      parameters.changed();
      for (const array of [...losses, norm]) gpu.own(array);
      // Only now: a batch that was refused is no step.
      this.#step = step;
      this.#tokens += micro.reduce((sum, { ids }) => sum + ids.length, 0);
      this.#pending.push({ step, tokens: this.#tokens, learningRate, losses, norm });
    });
    gpu.flush();
  }

  /** Begins to read what is pending, and takes what was begun before. */
  async #read(onRead?: (row: TrainingLogTableRow) => void): Promise<void> {
    const steps = this.#pending.splice(0);
    const arrays = steps.flatMap(({ losses, norm }) => [...losses, norm]);
    try {
      const begun = { steps, ...await this.model.gpu.beginRead(...arrays) };
      await this.#take(onRead);
      this.#reading = begun;
    } finally {
      for (const array of arrays) this.model.gpu.release(array);
    }
  }

  /** Reads everything. */
  async #settle(onRead?: (row: TrainingLogTableRow) => void): Promise<void> {
    if (this.#pending.length) await this.#read(onRead);
    await this.#take(onRead);
  }

  /** Waits for the numbers that are on their way. */
  async #take(onRead?: (row: TrainingLogTableRow) => void): Promise<void> {
    const reading = this.#reading;
    if (!reading) return;
    this.#reading = undefined;
    this.#note(reading.steps, await reading.numbers);
    onRead?.(this.#log[this.#log.length - 1]);
  }

  /** Adds steps to the log. */
  #note(steps: readonly Pending[], numbers: readonly HostArray[]): void {
    const values = numbers.map(([x]) => x);
    for (const { step, tokens, learningRate, losses } of steps) {
      const loss = values.splice(0, losses.length).reduce((sum, x) => sum + x, 0);
      const [norm] = values.splice(0, 1);
      if (!Number.isFinite(loss) || !Number.isFinite(norm)) {
        throw new DataError(
          `training step ${step}: found a loss of ${loss} and a gradient norm of ${norm}, expected finite numbers; ` +
            `lower the learning rate and start again from the last checkpoint`,
        );
      }
      this.#log.push({ step, tokens, loss, learning_rate: learningRate, gradient_norm: norm });
    }
  }
}
