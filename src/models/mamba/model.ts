/**
 * Mamba-1 (Gu and Dao, arXiv 2312.00752): the block, the language model, and its carried state.
 *
 * @module
 */
import { ShapeError } from "../../base/errors.ts";
import type { GpuArray } from "../../gpu/array.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import type { Precision } from "../../../kernels/matmul/precision.ts";
import { type NamedTensors, ParameterStore } from "../../nn/parameters.ts";
import {
  addRmsNorm,
  conv1d,
  embedding,
  linear,
  type Parameter,
  selectiveScan,
  split,
  Tape,
  type Tensor,
} from "../../tensor/mod.ts";
import { innerDim, type MambaConfig, mambaParameters, mixerName } from "./config.ts";
import {
  keepState,
  type MambaState,
  type MambaStateTensors,
  releaseState,
  stateTensors,
} from "./state.ts";

/** Tokens to run. */
export interface MambaInput {
  /** i32 `[batch, length]`, each below the padded vocabulary. */
  readonly ids: GpuArray;
  /** The same on the host, where a gradient of the embedding will be taken. */
  readonly hostIds?: Int32Array<ArrayBuffer>;
  /** i32 `[batch, length]`: where it changes, a new sequence begins. */
  readonly sequenceIndex?: GpuArray;
}

/** A Mamba-1 language model with tied head. */
export class Mamba {
  /** All weights. */
  readonly parameters: ParameterStore;

  /**
   * A model with these weights.
   *
   * @param weights Tensors under upstream's names.
   * @param trainable Also allocates gradients.
   * @param precision In which linear layers read their weights going forward. The weights themselves,
   * sums, activations and gradients are f32 whichever it is.
   * @throws {CheckpointError} where the weights do not fit the configuration.
   * @throws {DeviceError} where the adapter lacks the precision.
   */
  constructor(
    readonly gpu: Gpu,
    readonly config: MambaConfig,
    weights: NamedTensors,
    trainable: boolean,
    precision: Precision = "f32",
  ) {
    this.parameters = new ParameterStore(gpu, mambaParameters(config), trainable, precision);
    try {
      this.parameters.load(weights);
    } catch (error) {
      this.parameters.release();
      throw error;
    }
  }

  /**
   * Hidden states after the final norm.
   *
   * @param checkpoints Recomputes each layer when going back instead of keeping its activations.
   * @returns `[batch, length, dim]`.
   */
  forward(tape: Tape, input: MambaInput, checkpoints = false): Tensor {
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
    input: MambaInput,
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
  step(input: MambaInput, state: MambaState | undefined): { hidden: GpuArray; state: MambaState } {
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

  /** The weight of {@linkcode Mamba.logits}: `[padded vocabulary, dim]`. */
  get head(): Parameter {
    return this.parameters.get("backbone.embedding.weight");
  }

  /** Gives all memory back. */
  release(): void {
    this.parameters.release();
  }

  #run(
    tape: Tape,
    input: MambaInput,
    carried: { state: MambaStateTensors | undefined } | undefined,
    checkpoints: boolean,
  ): { hidden: Tensor; state: MambaStateTensors } {
    const { config, parameters } = this;
    if (input.ids.shape.length !== 2) {
      throw new ShapeError(`Mamba: found ids of [${input.ids.shape}], expected [batch, length]`);
    }
    const state: MambaStateTensors[number][] = [];
    let x = embedding(tape, parameters.get("backbone.embedding.weight"), input.ids, input.hostIds);
    let residual: Tensor | undefined;
    for (let layer = 0; layer < config.layers; layer++) {
      const block = (inner: Tape, [x, residual]: readonly Tensor[]) => {
        const before = carried && { state: carried.state?.[layer] };
        const made = this.#block(inner, layer, x, residual, input.sequenceIndex, before);
        if (made.state) state.push(made.state);
        return [made.x, made.residual] as const;
      };
      const inputs = residual ? [x, residual] : [x];
      [x, residual] = checkpoints ? tape.checkpoint(inputs, block) : block(tape, inputs);
    }
    const norm = parameters.get("backbone.norm_f.weight");
    return { hidden: addRmsNorm(tape, x, residual, norm, config.epsilon).out, state };
  }

  #block(
    tape: Tape,
    layer: number,
    x: Tensor,
    residual: Tensor | undefined,
    sequenceIndex: GpuArray | undefined,
    carried: { state: MambaStateTensors[number] | undefined } | undefined,
  ): { x: Tensor; residual: Tensor; state?: MambaStateTensors[number] } {
    const { config: c } = this;
    const weight = (name: string): Parameter => this.parameters.get(`${mixerName(layer)}.${name}`);
    const norm = this.parameters.get(`backbone.layers.${layer}.norm.weight`);
    const { out: normed, sum } = addRmsNorm(tape, x, residual, norm, c.epsilon);
    const inner = innerDim(c);
    const [series, z] = split(linear(tape, normed, weight("in_proj.weight")), [inner, inner]);
    const lastState = carried !== undefined;
    const conv = conv1d(
      tape,
      series,
      weight("conv1d.weight"),
      weight("conv1d.bias"),
      sequenceIndex,
      {
        initialState: carried?.state?.conv,
        lastState,
      },
    );
    const u = conv.out;
    const sizes = [c.dtRank, c.state, c.state];
    const [step, B, C] = split(linear(tape, u, weight("x_proj.weight")), sizes);
    const delta = linear(tape, step, weight("dt_proj.weight"));
    const scan = selectiveScan(
      tape,
      {
        u,
        delta,
        ALog: weight("A_log"),
        B,
        C,
        D: weight("D"),
        z,
        deltaBias: weight("dt_proj.bias"),
      },
      sequenceIndex,
      { initialState: carried?.state?.scan, lastState },
    );
    const state = lastState ? { conv: conv.lastState!, scan: scan.lastState! } : undefined;
    return { x: linear(tape, scan.out, weight("out_proj.weight")), residual: sum, state };
  }
}
