/**
 * What models of the Mamba family share: embedding, layers of norm and mixer with a residual stream,
 * final norm, tied head, and a state that is carried along the sequence. Training and inference know
 * a model by this alone.
 *
 * @module
 */
import type { Json } from "../base/canonical_json.ts";
import { ShapeError } from "../base/errors.ts";
import type { GpuArray } from "../gpu/array.ts";
import type { Gpu } from "../gpu/gpu.ts";
import type { Precision } from "../../kernels/precision.ts";
import { type NamedTensors, type ParameterSpec, ParameterStore } from "../nn/parameters.ts";
import { addRmsNorm, embedding, linear, type Parameter, Tape, type Tensor } from "../tensor/mod.ts";
import { activationPrecision, type ModelPrecision, weightPrecision } from "./precision.ts";
import {
  keepState,
  type MambaState,
  type MambaStateTensors,
  releaseState,
  stateTensors,
} from "./state.ts";

/** Tokens to run. */
export interface ModelInput {
  /** i32 `[batch, length]`, each below the padded vocabulary. */
  readonly ids: GpuArray;
  /** The same on the host, where a gradient of the embedding will be taken. */
  readonly hostIds?: Int32Array<ArrayBuffer>;
  /** i32 `[batch, length]`: where it changes, a new sequence begins. */
  readonly sequenceIndex?: GpuArray;
}

/** What every model's configuration says. */
export interface LanguageModelConfig {
  /** Tokens that can be predicted. */
  readonly vocabSize: number;
  /** Number of blocks. */
  readonly layers: number;
  /** Added to the mean square in every norm. */
  readonly epsilon: number;
}

/** What a mixer makes of a layer's input. */
export interface Mixed {
  /** Added to the residual stream by the next norm. */
  readonly x: Tensor;
  /** The state after the last step, where it was asked for. */
  readonly state?: MambaStateTensors[number];
}

/** The state before a piece of a sequence; a mixer that is given one returns the state after it. */
export interface Carried {
  /** Absent before the first token. */
  readonly state: MambaStateTensors[number] | undefined;
}

/** A language model with tied head; the mixer is its subclasses' own. */
export abstract class LanguageModel<C extends LanguageModelConfig = LanguageModelConfig> {
  /** All weights. */
  readonly parameters: ParameterStore;

  /**
   * A model with these weights.
   *
   * @param specs The parameters under upstream's names.
   * @param weights Tensors under those names.
   * @param trainable Also allocates gradients.
   * @param precision In which linear layers read their operands going forward.
   * @throws {CheckpointError} where the weights do not fit the configuration.
   * @throws {DeviceError} where the adapter lacks the precision.
   */
  constructor(
    readonly gpu: Gpu,
    readonly config: C,
    specs: readonly ParameterSpec[],
    weights: NamedTensors,
    trainable: boolean,
    readonly precision: ModelPrecision,
  ) {
    this.parameters = new ParameterStore(gpu, specs, trainable, weightPrecision(precision));
    try {
      this.parameters.load(weights);
    } catch (error) {
      this.parameters.release();
      throw error;
    }
  }

  /** Of what a mixer's linear layers read. */
  protected get activations(): Precision {
    return activationPrecision(this.precision);
  }

  /** Bytes of GPU memory that one sequence's state takes, whatever its length. */
  abstract get stateBytes(): number;

  /** The `config.json` of a checkpoint, with which transformers loads the model too. */
  abstract get configJson(): Json;

  /**
   * A layer between its norm and the residual stream.
   *
   * @param normed `[batch, length, dim]`, in the precision of activations.
   * @param carried Absent where no state is wanted.
   */
  protected abstract mix(
    tape: Tape,
    layer: number,
    normed: Tensor,
    sequenceIndex: GpuArray | undefined,
    carried: Carried | undefined,
  ): Mixed;

  /**
   * Hidden states after the final norm.
   *
   * @param checkpoints Recomputes each layer when going back instead of keeping its activations.
   * @returns `[batch, length, dim]`.
   */
  forward(tape: Tape, input: ModelInput, checkpoints = false): Tensor {
    const { hidden } = this.#run(tape, input, undefined, checkpoints);
    return hidden;
  }

  /**
   * Like `forward` for a piece of a sequence: goes on from the state of the pieces before it.
   *
   * @param state Absent before the first token.
   * @returns Hidden states `[batch, length, dim]` and the state after the last token. Gradients go back
   * through both, and to the state that was given; the hidden states must have one, be it of zeros.
   */
  forwardFrom(
    tape: Tape,
    input: ModelInput,
    state: MambaStateTensors | undefined,
  ): { hidden: Tensor; state: MambaStateTensors } {
    return this.#run(tape, input, { state }, false);
  }

  /**
   * Runs tokens after those that made `state`, one or many at a time, without gradients.
   *
   * @param state Taken over: its arrays are released. Absent before the first token.
   * @returns Hidden states `[batch, length, dim]`, and the state after the last token; both belong to
   * the caller's scope.
   */
  step(input: ModelInput, state: MambaState | undefined): { hidden: GpuArray; state: MambaState } {
    const { gpu } = this;
    const made = gpu.scope(() => {
      const run = this.forwardFrom(new Tape(gpu, false), input, state && stateTensors(state));
      return { hidden: gpu.keep(run.hidden.array), state: keepState(gpu, run.state) };
    });
    if (state) releaseState(gpu, state);
    return made;
  }

  /**
   * Scores of the next token: h·Eᵀ with the embedding E, as upstream's tied head.
   *
   * @param hidden `[rows, dim]`.
   * @returns `[rows, padded vocabulary]`.
   */
  logits(tape: Tape, hidden: Tensor): Tensor {
    return linear(tape, hidden, this.head);
  }

  /** The weight of {@linkcode LanguageModel.logits}: `[padded vocabulary, dim]`. */
  get head(): Parameter {
    return this.parameters.get("backbone.embedding.weight");
  }

  /** Gives all memory back. */
  release(): void {
    this.parameters.release();
  }

  #run(
    tape: Tape,
    input: ModelInput,
    carried: { state: MambaStateTensors | undefined } | undefined,
    checkpoints: boolean,
  ): { hidden: Tensor; state: MambaStateTensors } {
    const { config, parameters } = this;
    if (input.ids.shape.length !== 2) {
      throw new ShapeError(
        `language model: found ids of [${input.ids.shape}], expected [batch, length]`,
      );
    }
    const state: MambaStateTensors[number][] = [];
    let x = embedding(tape, parameters.get("backbone.embedding.weight"), input.ids, input.hostIds);
    let residual: Tensor | undefined;
    for (let layer = 0; layer < config.layers; layer++) {
      const block = (inner: Tape, [x, residual]: readonly Tensor[]) => {
        const before = carried && { state: carried.state?.[layer] };
        const norm = parameters.get(`backbone.layers.${layer}.norm.weight`);
        const normed = addRmsNorm(inner, x, residual, norm, config.epsilon, this.activations);
        const made = this.mix(inner, layer, normed.out, input.sequenceIndex, before);
        if (made.state) state.push(made.state);
        return [made.x, normed.sum] as const;
      };
      const inputs = residual ? [x, residual] : [x];
      [x, residual] = checkpoints ? tape.checkpoint(inputs, block) : block(tape, inputs);
    }
    const norm = parameters.get("backbone.norm_f.weight");
    return { hidden: addRmsNorm(tape, x, residual, norm, config.epsilon).out, state };
  }
}
